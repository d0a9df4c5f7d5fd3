"""What hangs on a unit in letters that are under way and on the council; the shape of the functions is that of
blocs.lineage. Grants stay with the unit that received them."""

from datetime import timedelta

from awards.enums import ItemState, ProposalState
from awards.models import CouncilMember, Proposal, ProposalItem
from awards.services import move_item
from blocs.enums import OpenItemChoice as C
from blocs.errors import Invalid
from blocs.lineage import OpenItem, still_there
from common import audit
from common.dated import overlapping
from common.undo import Changes, revert, values_of

APP = "awards"
_OPEN = (ItemState.PROPOSED, ItemState.RETURNED, ItemState.ACCEPTED)


def open_items(unit, on):
    """Items of letters that nobody has decided yet, and seats on the council in force on or after the day `on`."""
    rows = ProposalItem.objects.filter(unit=unit, state__in=_OPEN).exclude(line__proposal__state=ProposalState.CLOSED)
    for item in rows.for_work().order_by("pk"):
        letter = item.line.proposal
        # A draft is its writer's: the row is taken out there. What is accepted waits for a decision alone.
        can_close = letter.state != ProposalState.DRAFT and item.state != ItemState.ACCEPTED
        yield OpenItem(
            APP,
            f"item:{item.pk}",
            f"Đề nghị {item.line.award.name}, {letter.bloc_year}",
            f"tờ trình {letter.get_state_display().lower()}, đề nghị {item.get_state_display().lower()}",
            (C.CARRY, C.CLOSE, C.HOLD) if can_close else (C.CARRY, C.HOLD),
            C.HOLD,
        )
    seats = CouncilMember.objects.filter(unit=unit).filter(overlapping(on)).select_related("user")
    for seat in seats.order_by("pk"):
        yield OpenItem(
            APP,
            f"seat:{seat.pk}",
            f"Ủy viên Hội đồng: {seat.user}",
            seat.title,
            (C.CARRY, C.HOLD) if seat.starts_on >= on else (C.CARRY, C.CLOSE, C.HOLD),
        )


def lock(units):
    """Letters take turns by their rows."""
    letters = ProposalItem.objects.filter(unit__in=units, state__in=_OPEN).values("line__proposal")
    list(Proposal.objects.select_for_update().filter(pk__in=letters).order_by("pk"))


def settle(key, choice, *, successor, on, by, paper=None):
    """Do with one item what was chosen; the undo for `unsettle`. Raises Invalid, IllegalStep, StaleState."""
    if choice == C.HOLD:
        return {}
    kind, pk = key.split(":")
    if kind == "seat":
        return _settle_seat(still_there(CouncilMember.objects.select_related("user"), pk), choice, successor, on, by)
    item = still_there(ProposalItem.objects.for_work(), pk)
    changes, old = Changes(), item.unit
    before = values_of(item, ["unit_id", "state"])
    if choice == C.CLOSE:
        move_item(item, ItemState.WITHDRAWN, by=by, note=f"Đơn vị thay đổi tổ chức từ ngày {on:%d/%m/%Y}")
    else:
        if ProposalItem.objects.filter(line=item.line_id, unit=successor).exclude(state=ItemState.WITHDRAWN).exists():
            raise Invalid(f"{successor} đã có trong dòng “{item.line}” của tờ trình; xin chọn cách xử lý khác.")
        item.unit = successor
        item.save()
        audit.record(
            "chuyển đề nghị cho đơn vị kế thừa",
            item.line.proposal,
            by=by,
            before={"unit": old.code},
            after={"unit": successor.code},
        )
    changes.noted(item, before)
    return changes.as_undo()


def _settle_seat(seat, choice, successor, on, by):
    changes, old_end = Changes(), seat.ends_on
    if seat.starts_on >= on:
        changes.change(seat, unit=successor)
    else:
        changes.change(seat, ends_on=on - timedelta(days=1))
        if choice == C.CARRY:
            made = CouncilMember(user=seat.user, unit=successor, title=seat.title, starts_on=on, ends_on=old_end)
            made.save()
            changes.made(made)
    words = "chuyển đơn vị công tác của ủy viên Hội đồng" if choice == C.CARRY else "kết thúc ủy viên Hội đồng"
    audit.record(words, seat, by=by, after={"unit": successor.code if successor else ""})
    return changes.as_undo()


def unsettle(key, undo, *, by):
    """Put back what `settle` did; a letter keeps a row that says so. The caller has asked `common.undo.built_on`."""
    revert(undo)
    kind, pk = key.split(":")
    if kind == "item" and undo:
        item = still_there(ProposalItem.objects.for_work(), pk)
        audit.record("hoàn tác đề nghị khi đơn vị thay đổi tổ chức", item.line.proposal, by=by, after={"item": str(item)})

"""The hand-over: its list, ticked by both units (F13), and the record that ends the rights of the secretariat (F14)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from blocs.errors import Invalid, WrongDate
from blocs.models import BlocOffice, BlocYear, Handover, HandoverItem
from blocs.reports import missing_to_record, next_leader
from blocs.scope import is_on_behalf, leading_unit_ids, scope_of, succeeding_unit_ids
from blocs.services.records import save_checked
from common import audit
from common.actor import forget_request_memory
from common.errors import NotReady, StaleState
from common.permissions import may, require
from common.text import clean_text


@transaction.atomic
def record_handover(*, bloc_year, handed_over_on, by, to_unit=None, note=""):
    """Record that the year was handed over: all its offices end, and with them the right to change anything of it.

    `to_unit` is by default the leader of the bloc's next year. Raises PermissionDenied, StaleState (recorded already),
    NotReady (nobody holds an office; lines of the list not ticked and no note that says why, unless it is entered on
    behalf of the bloc or from history), WrongDate (before the first day in office, in the future), Invalid.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    done = Handover.objects.filter(bloc_year=bloc_year).select_related("recorded_by").first()
    # Before the question of rights: they ended with the first record, and a second click deserves the true reason.
    if done and may(by, "blocs.view_blocyear", bloc_year):
        message = f"{bloc_year} đã được {done.recorded_by} ghi nhận bàn giao ngày {done.handed_over_on:%d/%m/%Y}."
        raise StaleState(message, subject=bloc_year)
    require(by, "blocs.work_on_blocyear", bloc_year)
    offices = list(
        BlocOffice.objects.filter(bloc_year=bloc_year, handed_over_on=None)
        .in_order()
        .select_related("unit", "bloc_year__bloc", "bloc_year__year")
    )
    if not offices:
        raise NotReady(["đơn vị đang giữ chức vụ để bàn giao"], subject=bloc_year)
    first_day = min(office.starts_on for office in offices)
    if handed_over_on < first_day:
        raise WrongDate(f"Ngày bàn giao không được trước ngày đầu nhiệm kỳ {first_day:%d/%m/%Y}.", subject=bloc_year)
    if handed_over_on > timezone.localdate():
        raise WrongDate(f"Ngày bàn giao {handed_over_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=bloc_year)
    # Read before the rights end, or everybody would have acted on behalf.
    on_behalf = is_on_behalf(by, bloc_year)
    missing = missing_to_record(bloc_year)
    if missing and not clean_text(note) and not on_behalf:
        raise NotReady([*missing, "hoặc ghi chú vì sao bàn giao khi chưa đủ"], subject=bloc_year)
    handover = Handover(
        bloc_year=bloc_year,
        handed_over_on=handed_over_on,
        from_unit=offices[0].unit,
        to_unit=to_unit or next_leader(bloc_year),
        note=clean_text(note),
        recorded_by=by,
    )
    save_checked(handover)
    for office in offices:
        office.handed_over_on = handed_over_on
        office.save()
        audit.record(
            f"bàn giao chức vụ {office.title.lower()}",
            office,
            by=by,
            on_behalf=on_behalf,
            before={"handed_over_on": ""},
            after={"handed_over_on": str(handed_over_on)},
        )
    audit.record(
        "ghi nhận bàn giao",
        bloc_year,
        by=by,
        on_behalf=on_behalf,
        after={
            "handed_over_on": str(handed_over_on),
            "from_unit": handover.from_unit.code,
            "to_unit": handover.to_unit.code if handover.to_unit else "",
        },
        note=handover.note,
    )
    forget_request_memory()
    return handover


@dataclass(frozen=True)
class PackChange:
    """What one person changed in one line; None leaves as it is. `note_before` is the note they had before their eyes."""

    item: HandoverItem
    given: bool | None = None
    received: bool | None = None
    note: str | None = None
    note_before: str = ""


@transaction.atomic
def save_handover_pack(*, bloc_year, lines, by):
    """The list of the hand-over is these lines (`group`, `key`, `label`, `detail`), in this order.

    A line that is no longer among them goes, unless somebody has ticked or noted it. Raises PermissionDenied, StaleState.
    """
    _lock_open_handover(bloc_year, by)
    _require_either_side(by, bloc_year)
    known = {item.key: item for item in bloc_year.handover_items.all()}
    for position, line in enumerate(lines, 1):
        item = known.pop(line.key, None) or HandoverItem(bloc_year=bloc_year, key=line.key)
        item.position, item.group = position, line.group
        item.label, item.detail = clean_text(line.label)[:500], clean_text(line.detail)[:500]
        save_checked(item)
    for item in known.values():
        if item.given_at or item.received_at or item.note:
            item.position = len(lines) + 1
            item.save()
        else:
            item.delete()
    audit.record(
        "lập danh sách bàn giao", bloc_year, by=by, on_behalf=_is_neither_side(by, bloc_year), after={"lines": len(lines)}
    )
    return list(bloc_year.handover_items.all())


@transaction.atomic
def tick_handover(*, bloc_year, changes, by):
    """Tick, untick and note lines: the giving unit on its side, the receiving unit on the other, the notes by both.

    Only what each has changed is written, so two people at work do not undo one another. Raises PermissionDenied,
    StaleState (recorded, or a note that somebody else has changed meanwhile), Invalid (a line of another year).
    """
    _lock_open_handover(bloc_year, by)
    if any(change.given is not None for change in changes):
        require(by, "blocs.give_handover", bloc_year)
    if any(change.received is not None for change in changes):
        require(by, "blocs.receive_handover", bloc_year)
    _require_either_side(by, bloc_year)
    items = {item.pk: item for item in bloc_year.handover_items.all()}
    for change in changes:
        item = items.get(change.item.pk)
        if item is None:
            raise Invalid("Mục này không còn trong danh sách bàn giao.", subject=bloc_year)
        _change_line(item, change, by, _is_neither_side(by, bloc_year))


def _change_line(item, change, by, on_behalf):
    before, after, now = {}, {}, timezone.now()
    for side, wanted in (("given", change.given), ("received", change.received)):
        ticked = getattr(item, f"{side}_at") is not None
        if wanted is None or wanted == ticked:
            continue
        setattr(item, f"{side}_at", now if wanted else None)
        setattr(item, f"{side}_by", by if wanted else None)
        before[side], after[side] = ticked, wanted
    if change.note is not None and clean_text(change.note) != item.note:
        if item.note != clean_text(change.note_before):
            message = f"Ghi chú của mục “{item.label[:80]}” vừa được người khác sửa thành: {item.note or 'để trống'}."
            raise StaleState(message, subject=item.bloc_year)
        before["note"], after["note"] = item.note, clean_text(change.note)
        item.note = after["note"]
    if after:
        save_checked(item)
        audit.record("xác nhận mục bàn giao", item, by=by, on_behalf=on_behalf, before=before, after=after)


def _lock_open_handover(bloc_year, by):
    """Lock the year; StaleState when its hand-over stands already, said to those who may know of it."""
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    done = Handover.objects.filter(bloc_year=bloc_year).first()
    if done and may(by, "blocs.view_blocyear", bloc_year):
        message = f"{bloc_year} đã bàn giao ngày {done.handed_over_on:%d/%m/%Y}; danh sách không sửa được nữa."
        raise StaleState(message, subject=bloc_year)


def _require_either_side(by, bloc_year):
    if not (may(by, "blocs.give_handover", bloc_year) or may(by, "blocs.receive_handover", bloc_year)):
        raise PermissionDenied("Chỉ đơn vị bàn giao và đơn vị nhận bàn giao xác nhận được danh sách.")


def _is_neither_side(by, bloc_year):
    """Whether an act is entered for the units: its doer works for neither of the two."""
    return not scope_of(by).unit_ids & (leading_unit_ids(bloc_year) | succeeding_unit_ids(bloc_year))

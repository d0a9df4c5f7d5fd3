"""Acts on letters, items and decisions; `move`, `move_item`, `move_decision` are the only doors to a state."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from awards.enums import (
    DECISION_TRANSITIONS,
    ITEM_TRANSITIONS,
    TRANSITIONS,
    DecisionState,
    ItemState,
    ProposalState,
    RewardKind,
)
from awards.errors import AlreadyDecided, AlreadyHandled, NotOnThisLetter
from awards.models import AwardKind, Decision, Grant, Proposal, ProposalItem, ProposalLine
from awards.reports import number_is_used, with_lines
from blocs.models import Unit
from blocs.scope import is_on_behalf
from common import audit, versions
from common.errors import IllegalStep, NotReady, StaleState
from common.permissions import require
from documents.enums import PaperCustody
from documents.errors import NumberTaken, WrongDate


@dataclass(frozen=True)
class NomineeInput:
    """One nominee as entered: a unit, a name, or a number of nominees without names."""

    unit: Unit | None = None
    nominee_name: str = ""
    is_person: bool = False
    person_title: str = ""
    nameless_count: int | None = None
    achievements: str = ""

    @property
    def key(self):
        """What makes two entries the same nominee."""
        return nominee_key(self)


@dataclass(frozen=True)
class LineInput:
    """One award with the number that the source declares and the nominees it lists."""

    award: AwardKind
    declared_count: int | None = None
    wording: str = ""
    reward_kind: str = RewardKind.MERIT
    nominees: list = field(default_factory=list)


def nominee_key(nominee):
    """Equal for an item and an input that mean the same nominee."""
    unit_id = nominee.unit.pk if nominee.unit else None
    return unit_id, nominee.nominee_name, nominee.person_title, nominee.nameless_count


# The three doors


def _move(record, table, target, *, message, **stamps):
    if target not in table[record.state]:
        raise IllegalStep(record, target)
    # Compare-and-set: of two people one wins, on SQLite as on PostgreSQL.
    unchanged = type(record)._base_manager.filter(pk=record.pk, state=record.state)
    if not unchanged.update(state=target, **stamps):
        raise StaleState(message, subject=_page_of(record))
    before = record.state
    for name, value in {"state": target, **stamps}.items():
        setattr(record, name, value)
    return before


def _page_of(record):
    return record.line.proposal if isinstance(record, ProposalItem) else record


def move(proposal, target, *, by, note="", **stamps):
    """The one door to a letter's state. Raises IllegalStep, StaleState."""
    message = "Tờ trình vừa được người khác xử lý; xin xem lại trước khi làm tiếp."
    before = _move(proposal, TRANSITIONS, target, message=message, **stamps)
    proposal.steps.create(from_state=before, to_state=target, by=by, note=note)


def move_item(item, target, *, by, note="", legal_ground="", **stamps):
    """The one door to an item's state. Raises IllegalStep, StaleState."""
    message = f"Đề nghị “{item}” vừa được người khác xử lý; xin xem lại trước khi làm tiếp."
    before = _move(item, ITEM_TRANSITIONS, target, message=message, **stamps)
    item.line.proposal.steps.create(
        item=item, from_state=before, to_state=target, by=by, note=note, legal_ground=legal_ground
    )


def move_decision(decision, target, *, by, **stamps):
    """The one door to a decision's state. Raises IllegalStep, StaleState."""
    message = "Quyết định vừa được người khác xử lý; xin xem lại trước khi làm tiếp."
    before = _move(decision, DECISION_TRANSITIONS, target, message=message, **stamps)
    audit.record("chuyển trạng thái quyết định", decision, by=by, before={"state": before}, after={"state": target})


# The letter


@transaction.atomic
def save_proposal(*, proposal, by, version=None, lines):
    """Save a draft with all its lines: a new letter, or one whose form was opened at `version`.

    `lines` replaces what stands there; the achievement summaries of nominees that stay are kept. Declared and listed
    numbers are stored as given, whether they agree or not (N12). Raises PermissionDenied (`awards.change_proposal`),
    StaleState.
    """
    is_new, on_behalf = proposal.pk is None, is_on_behalf(by, proposal.bloc_year)
    if is_new:
        require(by, "blocs.work_on_blocyear", proposal.bloc_year)
        proposal.entered_on_behalf = on_behalf
        proposal.edited_at, proposal.edited_by = timezone.now(), by
    else:
        require(by, "awards.change_proposal", proposal)
        _claim_draft(proposal, version=version, by=by)
        proposal.entered_on_behalf = proposal.entered_on_behalf or on_behalf
    proposal.save()
    known = {}
    for item in ProposalItem.objects.filter(line__proposal=proposal).select_related("unit", "line"):
        known[item.line.award_id, nominee_key(item)] = item.achievements
    ProposalItem.objects.filter(line__proposal=proposal).delete()
    proposal.lines.all().delete()
    for position, entered in enumerate(lines, 1):
        line = ProposalLine.objects.create(
            proposal=proposal,
            position=position,
            award=entered.award,
            wording=entered.wording,
            reward_kind=entered.reward_kind,
            declared_count=entered.declared_count,
        )
        _add_items(line, entered.nominees, known=known)
    audit.record("lập tờ trình" if is_new else "sửa tờ trình", proposal, by=by, on_behalf=on_behalf)
    return proposal


def _claim_draft(proposal, *, version, by):
    """StaleState unless nobody saved or sent the draft since it was opened; then nobody else can until we are done."""
    versions.claim(proposal, version=version, by=by)
    # Sending leaves the version alone; saving what was read before would make a draft of the letter again.
    if not Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT).exists():
        raise StaleState("Tờ trình vừa được trình, không sửa được nữa.", subject=proposal)


def _add_items(line, nominees, *, known=None, start=1):
    rows = []
    for position, entered in enumerate(nominees, start):
        kept = (known or {}).get((line.award_id, entered.key), "")
        rows.append(
            ProposalItem(
                line=line,
                position=position,
                unit=entered.unit,
                nominee_name=entered.nominee_name,
                is_person=entered.is_person,
                person_title=entered.person_title,
                nameless_count=entered.nameless_count,
                achievements=entered.achievements or kept,
            )
        )
    return ProposalItem.objects.bulk_create(rows)


@transaction.atomic
def save_achievements(*, proposal, by, version, achievements):
    """Write the achievement summaries of a draft: `achievements` maps item pk → text.

    Raises PermissionDenied (`awards.change_proposal`), StaleState.
    """
    require(by, "awards.change_proposal", proposal)
    _claim_draft(proposal, version=version, by=by)
    proposal.save()
    for item in ProposalItem.objects.filter(line__proposal=proposal, pk__in=achievements):
        item.achievements = achievements[item.pk]
        item.save(update_fields=["achievements"])


@transaction.atomic
def submit_proposal(*, proposal, by):
    """Draft → sent. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    require(by, "awards.submit_proposal", proposal)
    # The page may show lines that somebody has taken out since; nobody saves the draft while we look.
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    if missing := with_lines(Proposal.objects.filter(pk=proposal.pk)).get().missing_to_submit:
        raise NotReady(missing, subject=proposal)
    move(proposal, ProposalState.SENT, by=by, sent_at=timezone.now(), sent_by=by)


@transaction.atomic
def recall_proposal(*, proposal, by):
    """Sent → draft, while nobody has acted (F66). Raises PermissionDenied, AlreadyHandled, IllegalStep, StaleState."""
    require(by, "awards.recall_proposal", proposal)
    if proposal.steps.filter(item__isnull=False).exists():
        raise AlreadyHandled("Đã có đề nghị được xử lý, không thu hồi được tờ trình.", subject=proposal)
    move(proposal, ProposalState.DRAFT, by=by, note="Thu hồi để sửa", sent_at=None, sent_by=None)


@transaction.atomic
def receive_proposal(*, proposal, by):
    """Sent → received by the standing agency; from now on items are appraised.

    Raises PermissionDenied, IllegalStep, StaleState.
    """
    require(by, "awards.receive_proposal", proposal)
    move(proposal, ProposalState.RECEIVED, by=by, received_at=timezone.now(), received_by=by)


@transaction.atomic
def close_proposal(*, proposal, by):
    """Received → closed, when every item has come to its end. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    require(by, "awards.close_proposal", proposal)
    if missing := proposal.missing_to_close:
        raise NotReady(missing, subject=proposal)
    move(proposal, ProposalState.CLOSED, by=by)


# Items


@transaction.atomic
def accept_items(*, items, by, note=""):
    """Proposed → accepted, each item by itself (F75). A number without names cannot be judged.

    Raises PermissionDenied (`awards.appraise_item`; nobody judges the own unit), NotReady, IllegalStep, StaleState.
    """
    _require_for_each(by, "awards.appraise_item", items)
    nameless = [item for item in items if item.nameless_count is not None]
    if nameless:
        missing = [f"tên của {item.nameless_count} trường hợp “{item.line}”" for item in nameless]
        raise NotReady(missing, subject=nameless[0].line.proposal)
    for item in items:
        move_item(item, ItemState.ACCEPTED, by=by, note=note)


@transaction.atomic
def return_items(*, items, by, reason, legal_ground=""):
    """Proposed → returned, with a reason that the sender reads (F72, DDL-3).

    Raises PermissionDenied (`awards.appraise_item`), NotReady (no reason), IllegalStep, StaleState.
    """
    _require_for_each(by, "awards.appraise_item", items)
    _require_reason(reason, "lý do trả lại", items)
    for item in items:
        move_item(
            item, ItemState.RETURNED, by=by, note=reason.strip(), legal_ground=legal_ground, return_reason=reason.strip()
        )


@transaction.atomic
def refuse_items(*, items, by, reason):
    """Proposed or accepted → refused, with a reason (LEG-6).

    Raises PermissionDenied (`awards.appraise_item`), NotReady (no reason), AlreadyDecided, IllegalStep, StaleState.
    """
    _require_for_each(by, "awards.appraise_item", items)
    _require_reason(reason, "lý do không xét", items)
    _refuse_decided(items)
    for item in items:
        move_item(item, ItemState.REFUSED, by=by, note=reason.strip())


@transaction.atomic
def withdraw_items(*, items, by, reason):
    """Proposed or returned → withdrawn by the sender, with a reason; in a draft a row is simply deleted.

    Raises PermissionDenied (`awards.withdraw_item`), NotReady (no reason), NotOnThisLetter (draft), IllegalStep, StaleState.
    """
    _require_for_each(by, "awards.withdraw_item", items)
    _require_reason(reason, "lý do rút", items)
    for item in items:
        if item.line.proposal.state == ProposalState.DRAFT:
            raise NotOnThisLetter("Tờ trình đang soạn: hãy sửa tờ trình và bỏ dòng này.", subject=item.line.proposal)
        move_item(item, ItemState.WITHDRAWN, by=by, note=reason.strip())


def _require_for_each(by, permission, items):
    for item in items:
        require(by, permission, item)


def _require_reason(reason, name, items):
    if not reason.strip():
        raise NotReady([name], subject=items[0].line.proposal if items else None)


def _refuse_decided(items, *, besides=None):
    """No item may stand on two decisions."""
    others = Decision.objects.filter(items__in=items).exclude(pk=getattr(besides, "pk", None)).select_related("paper")
    if decision := others.first():
        held = decision.items.select_related("unit").filter(pk__in=[item.pk for item in items])
        names = "; ".join(f"“{item}”" for item in held)
        raise AlreadyDecided(f"{names} đã nằm trong {decision}; hãy bỏ khỏi quyết định đó trước.", subject=decision)


@transaction.atomic
def correct_line(*, line, declared_count, nominees, by):
    """Answer a return: only the returned items of the line are opened (F73).

    `nominees` is what shall stand in their place: returned ones still named go back to the board (→ proposed), those left
    out are withdrawn, new ones are added as proposed; the steps keep all of it. Items that the board did not return stay
    untouched. Raises PermissionDenied (`awards.correct_item`), NotReady (nothing was returned), NotOnThisLetter (named
    twice), StaleState.
    """
    proposal = line.proposal
    items = list(line.items.select_related("unit"))
    for item in items:
        item.line = line
    returned = [item for item in items if item.state == ItemState.RETURNED]
    if not returned:
        raise NotReady(["đề nghị bị trả lại trong dòng này"], subject=proposal)
    _require_for_each(by, "awards.correct_item", returned)
    wanted = {entered.key: entered for entered in nominees}
    untouched = [item for item in items if item.state not in (ItemState.RETURNED, ItemState.WITHDRAWN)]
    for item in untouched:
        if nominee_key(item) in wanted:
            raise NotOnThisLetter(f"“{item}” đã có trong dòng này và không bị trả lại.", subject=proposal)
    before = {"declared_count": line.declared_count, "nominees": [str(item) for item in items if not item.is_final]}
    for item in returned:
        entered = wanted.pop(nominee_key(item), None)
        if entered is None:
            move_item(item, ItemState.WITHDRAWN, by=by, note="Bỏ khỏi dòng khi sửa theo yêu cầu", return_reason="")
        else:
            move_item(item, ItemState.PROPOSED, by=by, note="Trình lại sau khi sửa", return_reason="")
    last = max(item.position for item in items)
    for added in _add_items(line, wanted.values(), start=last + 1):
        proposal.steps.create(item=added, from_state="", to_state=added.state, by=by, note="Bổ sung khi sửa theo yêu cầu")
    line.declared_count = declared_count
    line.save(update_fields=["declared_count"])
    after = {
        "declared_count": declared_count,
        "nominees": [str(entered.unit or entered.nominee_name) for entered in nominees],
    }
    audit.record("sửa dòng đề nghị bị trả lại", line, by=by, before=before, after=after)


# Decisions


@transaction.atomic
def record_decision(*, by, paper, items, signer_name="", signer_title=""):
    """Record a decision in a first step: its paper (saved here if new) and the accepted items it will grant; hidden (F82).

    Raises PermissionDenied (`awards.decide`, `awards.decide_item`), NotReady (file, items), WrongDate (in the future),
    NumberTaken, IllegalStep (an item that is not accepted), AlreadyDecided.
    """
    require(by, "awards.decide")
    _check_decision(paper, items, by=by)
    paper.is_public, paper.custody = False, PaperCustody.SEALED
    _save_paper(paper)
    decision = Decision.objects.create(paper=paper, signer_name=signer_name, signer_title=signer_title, recorded_by=by)
    decision.items.set(items)
    audit.record("ghi nhận quyết định khen thưởng", decision, by=by, after={"items": [str(item) for item in items]})
    return decision


@transaction.atomic
def edit_decision(*, decision, by, version, paper, items, signer_name="", signer_title=""):
    """Correct a decision that is not yet published, opened at `version`.

    Raises what `record_decision` raises, IllegalStep once published, StaleState when a colleague saved meanwhile.
    """
    require(by, "awards.decide")
    # Takes the row, so that publishing and editing cannot both win.
    versions.claim(decision, version=version, by=by)
    if not Decision.objects.filter(pk=decision.pk, state=DecisionState.DRAFT).update(signer_name=signer_name):
        decision.refresh_from_db()
        raise IllegalStep(decision, DecisionState.DRAFT)
    # What another agency holds back is not this one's to empty and fill anew.
    granted = list(decision.items.for_work())
    _require_for_each(by, "awards.decide_item", granted)
    _check_decision(paper, items, by=by, decision=decision)
    _save_paper(paper)
    before = [str(item) for item in granted]
    decision.signer_name, decision.signer_title = signer_name, signer_title
    decision.save()
    decision.items.set(items)
    after = {"items": [str(item) for item in items]}
    audit.record("sửa quyết định khen thưởng", decision, by=by, before={"items": before}, after=after)
    return decision


def _save_paper(paper):
    if paper.issuer.pk is None:
        paper.issuer.save()
        paper.issuer = paper.issuer
    paper.save()


def _check_decision(paper, items, *, by, decision=None):
    missing = [] if paper.file else ["tệp PDF của quyết định"]
    if not items:
        missing.append("đề nghị được khen thưởng")
    if missing:
        raise NotReady(missing, subject=decision)
    if paper.issued_on > timezone.localdate():
        raise WrongDate(f"Ngày quyết định {paper.issued_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=decision)
    if used := number_is_used(paper):
        raise NumberTaken(used, subject=decision)
    for item in items:
        require(by, "awards.decide_item", item)
        if item.state != ItemState.ACCEPTED:
            raise IllegalStep(item, ItemState.GRANTED)
    _refuse_decided(items, besides=decision)


@transaction.atomic
def publish_decision(*, decision, by):
    """Draft → published: items granted, the register written, the paper public, everything locked (F82).

    Returns the number of grants. Raises PermissionDenied (`awards.decide`), NotReady, WrongDate, IllegalStep, StaleState.
    """
    require(by, "awards.decide")
    if missing := decision.missing_to_publish:
        raise NotReady(missing, subject=decision)
    paper = decision.paper
    if paper.issued_on > timezone.localdate():
        raise WrongDate(f"Ngày quyết định {paper.issued_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=decision)
    move_decision(decision, DecisionState.PUBLISHED, by=by, published_at=timezone.now(), published_by=by)
    # The name on the register is the one the unit bore on the day of the decision.
    named = Unit.objects.named_on(paper.issued_on)
    names = dict(named.filter(proposal_items__decisions=decision).values_list("pk", "name_on_day"))
    items = list(decision.items.for_work())
    for item in items:
        require(by, "awards.decide_item", item)
        move_item(item, ItemState.GRANTED, by=by, note=str(decision))
        Grant.objects.create(
            decision=decision,
            item=item,
            award=item.line.award,
            reward_kind=item.line.reward_kind,
            bloc_year=item.line.proposal.bloc_year,
            unit=item.unit,
            recipient_name=names.get(item.unit_id) or item.nominee_name,
            is_person=item.is_person,
            period=item.line.proposal.bloc_year.year.title,
        )
    paper.is_public, paper.custody = True, PaperCustody.LOCKED
    paper.save(update_fields=["is_public", "custody"])
    return len(items)


@transaction.atomic
def save_award_kind(*, kind, by):
    """Save one row of the catalogue. Raises PermissionDenied (`awards.manage_catalogue`)."""
    require(by, "awards.manage_catalogue")
    is_new = kind.pk is None
    kind.save()
    audit.record("thêm vào danh mục khen thưởng" if is_new else "sửa danh mục khen thưởng", kind, by=by)
    return kind

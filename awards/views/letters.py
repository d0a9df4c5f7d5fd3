"""What the pages of one letter share: fetching it, and everything its page shows."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render

from awards.enums import ITEM_TONES, ITEM_WAITING_FOR, TONES, WAITING_FOR, ItemState, ProposalState
from awards.forms import ItemsActForm
from awards.models import Proposal
from awards.reports import count_difference, differences, listed_count, repeated_units, steps_of, totals, with_lines
from common.permissions import may
from common.text import count_words
from documents.reports import documents_of


def get_letter(request, pk):
    """A letter the user may see, with its lines and items; else 404, as if it did not exist."""
    return get_object_or_404(with_lines(Proposal.objects.visible_to(request.user).for_table()), pk=pk)


@dataclass(frozen=True)
class ItemRow:
    """One item on the page: what it is, where it stands, what the user may do with it."""

    item: object
    tone: str
    can_choose: bool
    why_not: str
    note: str
    is_checked: bool

    @property
    def waiting_for(self):
        return ITEM_WAITING_FOR[self.item.state]


@dataclass(frozen=True)
class LineBlock:
    """One line with its rows, its two numbers and whether it waits for a correction by the user."""

    line: object
    rows: list
    listed: int
    difference: object
    can_correct: bool

    @property
    def reasons(self):
        return reasons_of(row.item for row in self.rows)


def letter_page(request, proposal, *, form=None, status=200):
    """The page of a letter, for its sender and for the board alike; `form` is a refused act with what was typed."""
    user = request.user
    can_work = may(user, "awards.submit_proposal", proposal)
    chosen = set(form.data.getlist("items")) if form is not None else set()
    steps = list(steps_of(proposal))
    # The latest remark on each item stands beside it.
    notes = {step.item_id: step.note for step in steps if step.item_id}
    blocks = [_block(user, line, chosen, notes) for line in proposal.lines.all()]
    rows = [row for block in blocks for row in block.rows]
    # Whoever comes from the board's desk is led back there; the others are in the bloc's workplace.
    from_desk = not can_work and may(user, "awards.view_board")
    can_appraise = any(row.can_choose == "appraise" for row in rows)
    context = {
        "base_template": "awards/board_base.html" if from_desk else "workplace/bloc_year_base.html",
        "eyebrow": str(proposal.bloc_year) if from_desk else "",
        "proposal": proposal,
        "bloc_year": proposal.bloc_year,
        "tone": TONES[proposal.state],
        "waiting_for": _waiting_for(proposal, rows),
        "blocks": blocks,
        "totals": totals(proposal),
        "differences": differences(proposal),
        "repeated": repeated_units(proposal),
        "steps": _chain(steps),
        "documents": documents_of(proposal),
        "act_form": form or ItemsActForm(proposal=proposal),
        "act_errors": _errors(form) if status != 200 else [],
        "is_kept": form is not None and status == 200,
        "can_work": can_work,
        "can_edit": may(user, "awards.change_proposal", proposal),
        "can_submit": can_work and proposal.state == ProposalState.DRAFT,
        "can_recall": can_work and proposal.state == ProposalState.SENT,
        "can_receive": proposal.state == ProposalState.SENT and may(user, "awards.receive_proposal", proposal),
        "can_close": may(user, "awards.close_proposal", proposal),
        "can_appraise": can_appraise,
        "can_withdraw": any(row.can_choose for row in rows) and can_work and proposal.state != ProposalState.DRAFT,
        "returned": [block for block in blocks if block.can_correct],
    }
    return render(request, "awards/proposal_detail.html", context, status=status)


def _waiting_for(proposal, rows):
    """Who holds the letter now; while items are judged, whoever holds one of them."""
    if proposal.state != ProposalState.RECEIVED:
        return WAITING_FOR[proposal.state]
    holders = dict.fromkeys(row.waiting_for for row in rows if row.waiting_for)
    return "; ".join(holders) or WAITING_FOR[proposal.state]


def _errors(form):
    if form is None:
        return []
    return [text for texts in form.errors.values() for text in texts]


def _block(user, line, chosen, notes):
    rows = [_row(user, item, chosen, notes) for item in line.items.all()]
    can_correct = any(may(user, "awards.correct_item", row.item) for row in rows)
    return LineBlock(line, rows, listed_count(line), count_difference(line), can_correct)


def _row(user, item, chosen, notes):
    act, why_not = _choice(user, item)
    return ItemRow(
        item=item,
        tone=ITEM_TONES[item.state],
        can_choose=act,
        why_not=why_not,
        note=notes.get(item.pk, ""),
        is_checked=str(item.pk) in chosen,
    )


def _choice(user, item):
    """Which kind of act the item is open to ("appraise", "withdraw", ""), and why there is no box where one is expected."""
    if item.state in (ItemState.PROPOSED, ItemState.ACCEPTED) and may(user, "awards.appraise_item", item):
        return "appraise", ""
    sent = item.line.proposal.state in (ProposalState.SENT, ProposalState.RECEIVED)
    if sent and item.state in (ItemState.PROPOSED, ItemState.RETURNED) and may(user, "awards.withdraw_item", item):
        return "withdraw", ""
    if item.state == ItemState.PROPOSED and may(user, "awards.close_proposal", item.line.proposal):
        return "", "Đơn vị của bạn: người khác thẩm định"
    return "", ""


def _chain(steps):
    """The chain of handling as the timeline shows it; what one person did to many items at once is one entry."""
    entries, last = [], None
    for step in steps:
        act = (step.by_id, step.to_state, step.note, step.legal_ground, step.at.replace(second=0, microsecond=0))
        if step.item_id and act == last:
            entries[-1]["items"].append(step.item)
            continue
        kinds, tones = (ItemState, ITEM_TONES) if step.item_id else (ProposalState, TONES)
        ground = f"({step.legal_ground})" if step.legal_ground else ""
        entries.append(
            {
                "at": step.at,
                "label": kinds(step.to_state).label,
                "items": [step.item] if step.item_id else [],
                "note": " ".join(part for part in (step.note, ground) if part),
                "by": str(step.by),
                "tone": tones[step.to_state],
            }
        )
        last = act if step.item_id else None
    return [_entry(entry) for entry in entries]


def _entry(entry):
    items = entry.pop("items")
    label, note = entry.pop("label"), entry.pop("note")
    if not items:
        return {**entry, "title": f"Tờ trình: {label}", "text": note}
    if len(items) == 1:
        return {**entry, "title": f"{label}: {items[0]} – {items[0].line}", "text": note}
    names = "; ".join(f"{item} – {item.line}" for item in items)
    return {**entry, "title": f"{label}: {count_words(len(items))} đề nghị", "text": "\n".join(filter(None, [note, names]))}


def reasons_of(items):
    """(reason, names) of returned items, each reason once."""
    reasons = {}
    for item in items:
        if item.return_reason:
            reasons.setdefault(item.return_reason, []).append(str(item))
    return list(reasons.items())

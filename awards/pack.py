"""What is still on its way between the bloc and the board when a year is handed over."""

from awards.enums import FINAL_ITEM_STATES, ProposalState
from awards.models import Proposal, ProposalItem
from blocs.pack import PackLine

AWARDS = "Đề nghị khen thưởng chưa xong"


def lines_of(bloc_year):
    """Letters not sent yet, without their names (a draft is the secretariat's own), and every item without a result."""
    for letter in Proposal.objects.filter(bloc_year=bloc_year, state=ProposalState.DRAFT).order_by("pk"):
        detail = f"Lập ngày {letter.created_at:%d/%m/%Y}"
        yield PackLine(AWARDS, f"letter:{letter.pk}", "Tờ trình đang soạn, chưa trình", detail)
    items = ProposalItem.objects.filter(line__proposal__bloc_year=bloc_year).exclude(
        line__proposal__state=ProposalState.DRAFT
    )
    items = items.exclude(state__in=FINAL_ITEM_STATES).select_related("line__award", "unit")
    for item in items.order_by("line__proposal", "line__position", "position", "pk"):
        reason = f": {item.return_reason}" if item.return_reason else ""
        yield PackLine(AWARDS, f"item:{item.pk}", f"{item.line}: {item}", f"{item.get_state_display()}{reason}")

"""Draw docs/workflows from the state tables, so that the pictures cannot say anything else than the code."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from awards import enums as awards
from blocs import enums as blocs
from documents import enums as documents
from meetings import enums as meetings
from news import enums as news

# file name, title, states, moves, who holds it (a table or nothing)
WORKFLOWS = [
    ("proposal", "Tờ trình đề nghị khen thưởng", awards.ProposalState, awards.TRANSITIONS, awards.WAITING_FOR),
    ("proposal_item", "Một đề nghị trong tờ trình", awards.ItemState, awards.ITEM_TRANSITIONS, awards.ITEM_WAITING_FOR),
    (
        "decision",
        "Quyết định khen thưởng",
        awards.DecisionState,
        awards.DECISION_TRANSITIONS,
        awards.DECISION_WAITING_FOR,
    ),
    ("meeting", "Hội nghị của khối", meetings.MeetingStatus, meetings.MEETING_TRANSITIONS, meetings.MEETING_WAITING_FOR),
    ("covenant", "Phiên bản giao ước thi đua", blocs.CovenantState, blocs.COVENANT_TRANSITIONS, blocs.COVENANT_WAITING_FOR),
    ("signature", "Chữ ký của một đơn vị trên giao ước", blocs.SignatureState, blocs.SIGNATURE_TRANSITIONS, None),
    ("emulation_year", "Năm thi đua", blocs.YearState, blocs.YEAR_TRANSITIONS, None),
    ("import_job", "Lần nhập Excel", blocs.ImportState, blocs.IMPORT_TRANSITIONS, blocs.IMPORT_WAITING_FOR),
    ("paper_batch", "Đợt tạo văn bản", documents.BatchState, documents.BATCH_TRANSITIONS, documents.BATCH_WAITING_FOR),
    ("paper_batch_item", "Một văn bản của đợt", documents.BatchItemState, documents.BATCH_ITEM_TRANSITIONS, None),
    ("article", "Tin bài", news.ArticleState, news.TRANSITIONS, news.WAITING_FOR),
]


def drawing(title, states, moves, waiting_for):
    """One page of Markdown: a diagram, then the same as a table."""
    lines = [f"# {title}", "", "Drawn from the code by `manage.py draw_workflows`; do not edit by hand.", ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in states]
    lines.append(f"    [*] --> {next(iter(states)).value}")
    for state in states:
        targets = [target for target in states if target in moves[state]]
        lines += [f"    {state.value} --> {target.value}" for target in targets]
        if not targets:
            lines.append(f"    {state.value} --> [*]")
    lines += ["```", ""]
    lines += ["| state | in Vietnamese | goes to | held by |", "| --- | --- | --- | --- |"]
    for state in states:
        targets = ", ".join(target.label for target in states if target in moves[state]) or "–"
        holder = (waiting_for or {}).get(state) or "–"
        lines.append(f"| `{state.value}` | {state.label} | {targets} | {holder} |")
    return "\n".join(lines) + "\n"


def drawings():
    """File name → text, for every workflow."""
    return {f"{name}.md": drawing(title, states, moves, waiting) for name, title, states, moves, waiting in WORKFLOWS}


class Command(BaseCommand):
    help = "Vẽ lại docs/workflows từ các bảng trạng thái; --check chỉ so sánh."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="không ghi; báo lỗi khi hình vẽ khác với mã nguồn")

    def handle(self, *, check, **options):
        folder = Path(settings.BASE_DIR) / "docs" / "workflows"
        stale = []
        for name, text in drawings().items():
            path = folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
                if not check:
                    folder.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(f"Hình vẽ đã cũ: {', '.join(stale)}. Chạy manage.py draw_workflows.")
        self.stdout.write(f"Đã so sánh {len(WORKFLOWS)} quy trình, {len(stale)} hình khác.")

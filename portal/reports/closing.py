"""What is still open in the blocs of an emulation year, for whoever closes it: a warning, no hindrance."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from awards.enums import ItemState, ProposalState
from awards.models import Proposal, ProposalItem
from blocs.enums import CovenantState
from blocs.models import BlocOffice, BlocYear
from blocs.reports import covenant_progress
from common.text import count_words
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from portal.reports.workplace import UNDECIDED


@dataclass(frozen=True)
class OpenYear:
    """One bloc-year with the sentences about what is not finished in it."""

    bloc_year: BlocYear
    sentences: list


def open_in_year(year):
    """An OpenYear for each bloc of the year in Vietnamese order, finished ones too; six queries however many there are."""
    rows = list(BlocYear.objects.filter(year=year).for_work().order_by("bloc__sort_key", "pk"))
    covenants = covenant_progress(rows)
    offices = Counter(
        BlocOffice.objects.filter(bloc_year__year=year, handed_over_on=None).values_list("bloc_year", flat=True)
    )
    meetings = _counts(Meeting.objects.filter(bloc_year__year=year), "status")
    letters = _counts(Proposal.objects.filter(bloc_year__year=year), "state")
    items = _counts(ProposalItem.objects.filter(line__proposal__bloc_year__year=year), "state", "line__proposal__bloc_year")
    return [
        OpenYear(
            row,
            [
                *_covenant(covenants[row.pk]),
                *_meetings(meetings[row.pk]),
                *_letters(letters[row.pk], items[row.pk]),
                *_offices(offices[row.pk]),
            ],
        )
        for row in rows
    ]


def _counts(rows, field, owner="bloc_year"):
    """dict from bloc-year to a Counter of states."""
    found = defaultdict(Counter)
    for pk, state, count in rows.order_by().values_list(owner, field).annotate(Count("pk")):
        found[pk][state] = count
    return found


def _covenant(progress):
    if progress.version is None:
        yield "Chưa soạn giao ước"
    elif progress.version.state == CovenantState.DRAFT:
        yield "Giao ước đang soạn, chưa gửi ký"
    elif progress.version.state == CovenantState.SIGNING:
        yield f"Giao ước đang ký: đã có {progress.signed}/{progress.total}"


def _meetings(states):
    if count := states[MeetingStatus.ANNOUNCED]:
        yield f"{count_words(count)} hội nghị chưa nhập kết quả"
    if count := states[MeetingStatus.HELD]:
        yield f"{count_words(count)} hội nghị chưa khóa biên bản"


def _letters(states, items):
    if count := states[ProposalState.DRAFT]:
        yield f"{count_words(count)} tờ trình đang soạn, chưa trình"
    if count := states[ProposalState.SENT]:
        yield f"{count_words(count)} tờ trình chờ tiếp nhận"
    if count := sum(items[state] for state in UNDECIDED if states[ProposalState.RECEIVED]):
        returned = f", trong đó {count_words(items[ItemState.RETURNED])} bị trả lại" if items[ItemState.RETURNED] else ""
        yield f"{count_words(count)} đề nghị chưa có kết quả cuối cùng{returned}"


def _offices(count):
    if count:
        yield f"{count_words(count)} chức vụ chưa bàn giao"

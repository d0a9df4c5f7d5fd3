"""The register of terms of a bloc: who held which office when, by which vote or paper (F10, F12)."""

from dataclasses import dataclass

from django.urls import reverse

from blocs.models import BlocYear
from blocs.reports import OfficeLine
from common.permissions import may
from meetings.models import Election, Meeting


@dataclass(frozen=True)
class TermRow:
    """One office of one year; an address is empty where the reader may not open what it leads to."""

    bloc_year: BlocYear
    line: OfficeLine
    paper_url: str
    meeting: Meeting | None
    meeting_url: str

    @property
    def holders(self):
        return list(self.line.office.holders.all())


def terms_of(eras, user):
    """TermRows of years with their `leaders` (OfficeLines), in the order given; two queries."""
    bloc_years = [era.bloc_year for era in eras]
    elections = Election.objects.filter(office__bloc_year__in=bloc_years).select_related(
        "meeting__bloc_year__bloc", "meeting__bloc_year__year"
    )
    meetings = {row.office_id: row.meeting for row in elections}
    own = set()
    if meetings and user.is_authenticated:
        rows = Meeting.objects.visible_to(user).filter(pk__in={row.pk for row in meetings.values()})
        own = set(rows.values_list("pk", flat=True))
    return [
        TermRow(
            era.bloc_year,
            line,
            _paper_url(line.office.paper, user),
            meetings.get(line.office.pk),
            _meeting_url(meetings.get(line.office.pk), own),
        )
        for era in eras
        for line in era.leaders
    ]


def _paper_url(paper, user):
    if paper is None or not paper.file or not may(user, "documents.view_paper", paper):
        return ""
    return reverse("documents:paper-file", args=[paper.pk])


def _meeting_url(meeting, own):
    if meeting is None:
        return ""
    return meeting.get_absolute_url() if meeting.pk in own else meeting.bloc_year.get_public_url()

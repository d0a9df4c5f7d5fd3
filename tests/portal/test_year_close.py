"""Closing a year says what is still open in each bloc, asks, and stays possible."""

from datetime import date

import pytest
from django.urls import reverse

from awards.enums import ItemState
from blocs.enums import CovenantState, YearState
from blocs.models import BlocOffice, Covenant, CovenantVersion
from portal.reports.closing import open_in_year
from tests.factories.awards import ProposalFactory, ProposalItemFactory, ProposalLineFactory
from tests.factories.blocs import BlocOfficeFactory, BlocYearFactory, EmulationYearFactory, standing_agency_officer
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def unfinished(name):
    """A bloc-year with something open in every app."""
    bloc_year = BlocYearFactory(bloc__name=name)
    BlocOfficeFactory(bloc_year=bloc_year)
    for status in ("announced", "held", "closed"):
        MeetingFactory(bloc_year=bloc_year, status=status)
    ProposalFactory(bloc_year=bloc_year)
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year, received=True))
    for state in (ItemState.PROPOSED, ItemState.RETURNED, ItemState.REFUSED):
        ProposalItemFactory(line=line, state=state)
    return bloc_year


def finished(name):
    bloc_year = BlocYearFactory(bloc__name=name)
    BlocOfficeFactory(bloc_year=bloc_year, handed_over_on=date(2022, 1, 15))
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    CovenantVersion.objects.create(covenant=covenant, state=CovenantState.SIGNED)
    return bloc_year


SENTENCES = [
    "Chưa soạn giao ước",
    "01 hội nghị chưa nhập kết quả",
    "01 hội nghị chưa khóa biên bản",
    "01 tờ trình đang soạn, chưa trình",
    "02 đề nghị chưa có kết quả cuối cùng, trong đó 01 bị trả lại",
    "01 chức vụ chưa bàn giao",
]


def test_everything_open_is_named_per_bloc():
    unfinished("Khối A")
    finished("Khối B")
    found = open_in_year(EmulationYearFactory())
    assert [(row.bloc_year.bloc.name, row.sentences) for row in found] == [("Khối A", SENTENCES), ("Khối B", [])]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(django_assert_num_queries, count):
    rows = [unfinished(f"Khối {number}") for number in range(count)]
    year = rows[0].year
    with django_assert_num_queries(6):
        assert len(open_in_year(year)) == count


def test_closing_asks_first_and_closes_then(client):
    unfinished("Khối A")
    finished("Khối B")
    year = EmulationYearFactory()
    client.force_login(standing_agency_officer())
    url = reverse("portal:year-close", args=[year.slug])
    page = client.get(url).text
    for sentence in SENTENCES:
        assert sentence in page
    assert "Vẫn đóng năm" in page
    assert client.post(url).status_code == 302
    year.refresh_from_db()
    assert year.state == YearState.CLOSED
    assert "Năm này đã đóng." in client.get(url).text
    assert client.post(url).status_code == 409


def test_a_finished_year_is_closed_without_a_warning(client):
    finished("Khối B")
    client.force_login(standing_agency_officer())
    page = client.get(reverse("portal:year-close", args=[EmulationYearFactory().slug])).text
    assert "Không còn việc nào" in page
    assert "Vẫn đóng năm" not in page
    assert BlocOffice.objects.count() == 1

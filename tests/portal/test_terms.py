"""The register of terms on the page of a bloc: who led when, how it was decided, by which meeting or paper."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.enums import OfficeBasis
from blocs.models import OfficeHolder
from tests.factories.awards import small_pdf
from tests.factories.blocs import BlocOfficeFactory, BlocYearFactory, EmulationYearFactory, PaperFactory, staff_of
from tests.factories.meetings import ElectionFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    """2021 named by a paper with two persons one after the other; 2022 elected at the meeting of 2021."""
    bloc_year = BlocYearFactory(members=2)
    first, second = (row.unit for row in bloc_year.memberships)
    paper = PaperFactory(number="543/QĐ-UBND", file=small_pdf())
    office = BlocOfficeFactory(bloc_year=bloc_year, unit=first, basis=OfficeBasis.APPOINTED, paper=paper)
    OfficeHolder.objects.create(
        office=office, person_name="Bùi Đình Thi", starts_on=date(2021, 1, 1), ends_on=date(2021, 6, 30)
    )
    OfficeHolder.objects.create(office=office, person_name="Nguyễn Thị Hoa", starts_on=date(2021, 7, 1))
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    elected = BlocOfficeFactory(bloc_year=following, unit=second)
    meeting = MeetingFactory(bloc_year=bloc_year, title="Hội nghị tổng kết năm 2021")
    ElectionFactory(meeting=meeting, bloc_year=following, unit=second, office=elected)
    return bloc_year


def test_each_term_says_how_it_was_decided_and_leads_there(client, bloc_year, django_assert_max_num_queries):
    url = reverse("portal:bloc", args=[bloc_year.bloc.slug])
    meeting = bloc_year.meetings.get()
    with django_assert_max_num_queries(40):
        response = client.get(url)
    html = response.content.decode()
    assert [row.bloc_year.year.slug for row in response.context["terms"]] == ["2022", "2021"]
    assert "Nguyễn Thị Hoa, từ 01/07/2021" in html
    assert "Bùi Đình Thi, từ 01/01/2021 đến 30/06/2021" in html
    assert "Hội nghị tổng kết năm 2021" in html
    # A reader comes to the public page of the year, and to a paper only if it is public.
    assert meeting.get_absolute_url() not in html
    assert response.context["terms"][1].paper_url == ""
    client.force_login(staff_of(bloc_year.memberships[0].unit))
    signed_in = client.get(url).context["terms"]
    assert signed_in[0].meeting_url == meeting.get_absolute_url()
    assert signed_in[1].paper_url

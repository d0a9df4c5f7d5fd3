"""The page of the plan of rotation, and the persons behind an office on their own days."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.enums import OfficeRole, RotationPolicy
from blocs.services import add_holder, open_bloc_year, update_bloc_year
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    secretary_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    """2021: the first of the list leads, the third assists; the deputy succeeds."""
    bloc_year = BlocYearFactory(members=4, rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS)
    units = [row.unit for row in bloc_year.memberships]
    BlocOfficeFactory(bloc_year=bloc_year, unit=units[0])
    BlocOfficeFactory(bloc_year=bloc_year, unit=units[2], role=OfficeRole.DEPUTY)
    return bloc_year


def at(name, bloc_year):
    return reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug])


def test_the_page_proposes_with_reasons_and_tells_who_led(client, bloc_year):
    client.force_login(secretary_of(bloc_year))
    response = client.get(at("rotation", bloc_year))
    html = response.content.decode()
    units = [row.unit for row in bloc_year.memberships]
    assert [row.unit for row in response.context["proposals"]] == [units[2], units[1], units[3]]
    assert "Khối phó năm 2021 kế nhiệm; chưa làm khối trưởng năm nào" in html
    assert "Bầu tại hội nghị" in html
    assert at("rotation", bloc_year) in client.get(at("members", bloc_year)).content.decode()


def test_a_vote_for_a_second_year_running_stands_and_is_marked(client, bloc_year):
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    BlocOfficeFactory(bloc_year=following, unit=bloc_year.memberships[0].unit)
    client.force_login(secretary_of(bloc_year))
    html = client.get(at("rotation", bloc_year)).content.decode()
    assert html.count("Liên tiếp quá nhiệm kỳ") == 1


def test_queries_do_not_grow_with_years_and_members(client, bloc_year, django_assert_num_queries):
    client.force_login(secretary_of(bloc_year))
    client.get(at("rotation", bloc_year))
    with CaptureQueriesContext(connection) as few:
        client.get(at("rotation", bloc_year))
    for slug in ("2019", "2020"):
        earlier = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug=slug))
        office = BlocOfficeFactory(bloc_year=earlier, unit=MembershipFactory(bloc=bloc_year.bloc).unit)
        office.holders.create(person_name="Trần Văn Nam", starts_on=office.starts_on)
    with django_assert_num_queries(len(few)):
        client.get(at("rotation", bloc_year))


def test_both_persons_stand_on_their_own_days_and_the_unit_stays(client, bloc_year):
    user = secretary_of(bloc_year)
    office = bloc_year.offices.get(role=OfficeRole.LEADER)
    add_holder(office=office, person_name="Bùi Đình Thi", by=user)
    add_holder(office=office, person_name="Nguyễn Thị Hoa", starts_on=date(2021, 7, 1), by=user)
    client.force_login(user)
    for name in ("members", "rotation"):
        html = client.get(at(name, bloc_year)).content.decode()
        assert "Bùi Đình Thi" in html
        assert "từ 01/01/2021 đến 30/06/2021" in html
        assert "Nguyễn Thị Hoa" in html
        assert "từ 01/07/2021" in html


def test_a_new_year_takes_over_the_way_of_rotation_and_the_term(bloc_year):
    officer = standing_agency_officer()
    update_bloc_year(bloc_year=bloc_year, by=officer, term_years=2)
    following = open_bloc_year(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"), by=officer)
    assert (following.rotation_policy, following.term_years) == (RotationPolicy.DEPUTY_SUCCEEDS, 2)


def test_the_term_is_set_on_the_page_of_the_year(client, bloc_year):
    client.force_login(standing_agency_officer())
    data = {"theme": "", "declared_members": "", "leader_counted": "on", "rotation_policy": "free", "term_years": "3"}
    assert client.post(at("bloc-year-edit", bloc_year), {**data, "term_years": "9"}).status_code == 422
    assert client.post(at("bloc-year-edit", bloc_year), data).status_code == 302
    bloc_year.refresh_from_db()
    assert (bloc_year.rotation_policy, bloc_year.term_years) == (RotationPolicy.FREE, 3)

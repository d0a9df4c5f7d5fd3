"""Who may issue accounts must not thereby reach what the rules keep from them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from blocs.models import Assignment
from blocs.services.sheets import assign, correct_assignment
from tests.blocs.sheet_files import upload, workbook
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db

DAY = date(2021, 2, 1)


@pytest.fixture
def officer():
    return standing_agency_officer()


def foreign_agency():
    return UnitFactory(is_standing_agency=True, code="thuong-truc-khac")


def foreign_member():
    return MembershipFactory(bloc=BlocFactory(organiser=foreign_agency())).unit


def test_an_agency_assigns_people_to_units_of_its_blocs_and_to_itself(officer):
    own = officer.assignments.get().unit
    for unit in (UnitFactory(), MembershipFactory().unit, own):
        assert assign(by=officer, user=UserFactory(), unit=unit, starts_on=DAY).pk


@pytest.mark.parametrize("make_unit", [foreign_agency, foreign_member])
def test_an_agency_sends_nobody_into_another_agency_or_its_blocs(officer, make_unit):
    with pytest.raises(PermissionDenied):
        assign(by=officer, user=UserFactory(), unit=make_unit(), starts_on=DAY)


def test_nobody_gives_a_right_to_themselves(officer):
    with pytest.raises(PermissionDenied):
        assign(by=officer, user=officer, unit=UnitFactory(), starts_on=DAY)
    with pytest.raises(PermissionDenied):
        correct_assignment(by=officer, assignment=officer.assignments.get(), ends_on=None)


def test_an_agency_does_not_end_the_work_of_another_ones_staff(officer):
    assignment = standing_agency_officer(foreign_agency()).assignments.get()
    with pytest.raises(PermissionDenied):
        correct_assignment(by=officer, assignment=assignment, ends_on=DAY)


def test_the_administrator_assigns_anybody(officer):
    assert assign(by=AdministratorFactory(), user=officer, unit=foreign_agency(), starts_on=DAY).pk


def test_the_sheet_names_the_row_that_reaches_too_far(officer, client):
    client.force_login(officer)
    foreign_agency()
    headers = ["Tên đăng nhập", "Họ và tên", "Mã đơn vị"]
    body = workbook(headers, [["nguyen.an", "Nguyễn Văn An", "thuong-truc-khac"]], title="Tài khoản")
    job = upload(client, "tai-khoan", body)
    assert job.state == "faulty"
    assert "cơ quan thường trực khác" in str(job.report["faults"])
    assert Assignment.objects.count() == 1

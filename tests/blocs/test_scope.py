"""Who sees and works on what: the list of workplaces agrees with the permission for every kind of user."""

from datetime import date

import pytest

from blocs.enums import OfficeRole, YearState
from blocs.models import BlocYear
from blocs.scope import scope_of, visible_bloc_years
from blocs.services import record_handover
from common.permissions import may
from tests.factories.blocs import (
    AdministratorFactory,
    AssignmentFactory,
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    """Blocs of two agencies and of nobody, over two years, with a unit that came late and one that left."""
    other_agency = UnitFactory(is_standing_agency=True)
    ours = BlocYearFactory(members=3)
    theirs = BlocYearFactory(bloc=BlocFactory(organiser=other_agency), members=2)
    following = BlocYearFactory(bloc=ours.bloc, year=EmulationYearFactory(slug="2022"))
    gone = MembershipFactory(bloc=ours.bloc, position=8, ends_on=date(2021, 6, 30)).unit
    late = MembershipFactory(bloc=ours.bloc, position=9, starts_on=date(2022, 5, 1)).unit
    closed = BlocYearFactory(year=EmulationYearFactory(slug="2020", state=YearState.CLOSED), members=1)
    return {
        "ours": ours,
        "theirs": theirs,
        "following": following,
        "closed": closed,
        "gone": gone,
        "late": late,
        "other_agency": other_agency,
    }


def after_hand_over(province):
    user = secretary_of(province["ours"])
    record_handover(bloc_year=province["ours"], handed_over_on=date(2022, 1, 11), by=user)
    return user


def outside_leader(province):
    """A unit that leads without being a member."""
    return staff_of(BlocOfficeFactory(bloc_year=province["theirs"], unit=UnitFactory()).unit)


USERS = {
    "nobody in particular": (lambda p: UserFactory(), set()),
    "administrator": (lambda p: AdministratorFactory(), set()),
    "editor": (lambda p: editor(), set()),
    "disabled member": (
        lambda p: staff_of(p["ours"].bloc.memberships.first().unit, user=UserFactory(is_active=False)),
        set(),
    ),
    "past assignment": (
        lambda p: AssignmentFactory(unit=p["ours"].bloc.memberships.first().unit, ends_on=date(2021, 1, 1)).user,
        set(),
    ),
    "member": (lambda p: staff_of(p["ours"].bloc.memberships.first().unit), {"ours", "following"}),
    "unit that left in 2021": (lambda p: staff_of(p["gone"]), {"ours"}),
    "unit that came in 2022": (lambda p: staff_of(p["late"]), {"following"}),
    "leader": (lambda p: secretary_of(p["ours"]), {"ours", "following"}),
    "deputy": (lambda p: secretary_of(p["ours"], OfficeRole.DEPUTY), {"ours", "following"}),
    "leader after hand-over": (after_hand_over, {"ours", "following"}),
    "leader from outside": (outside_leader, {"theirs"}),
    "agency of nobody's blocs": (lambda p: standing_agency_officer(), {"ours", "following", "closed"}),
    "agency of the other bloc": (
        lambda p: staff_of(p["other_agency"]),
        {"ours", "theirs", "following", "closed"},
    ),
}


@pytest.mark.parametrize("kind", USERS)
def test_the_list_of_workplaces_agrees_with_the_permission(province, kind):
    make_user, expected = USERS[kind]
    user = make_user(province)
    rows = list(BlocYear.objects.for_work())
    allowed = {row for row in rows if may(user, "blocs.view_blocyear", row)}
    assert allowed == {province[name] for name in expected}
    assert set(visible_bloc_years(user)) == allowed


WORKERS = {
    "member": (lambda p: staff_of(p["ours"].bloc.memberships.first().unit), set()),
    "leader": (lambda p: secretary_of(p["ours"]), {"ours"}),
    "deputy": (lambda p: secretary_of(p["ours"], OfficeRole.DEPUTY), {"ours"}),
    "leader after hand-over": (after_hand_over, set()),
    "agency without a secretariat": (lambda p: standing_agency_officer(), {"ours", "following"}),
    "administrator": (lambda p: AdministratorFactory(), set()),
    "leader of a closed year": (lambda p: secretary_of(p["closed"]), set()),
}


@pytest.mark.parametrize("kind", WORKERS)
def test_who_works_on_a_bloc_year(province, kind):
    make_user, expected = WORKERS[kind]
    user = make_user(province)
    allowed = {row for row in BlocYear.objects.for_work() if may(user, "blocs.work_on_blocyear", row)}
    assert allowed == {province[name] for name in expected}


def test_the_agency_steps_back_while_the_secretariat_can_work(province):
    officer = standing_agency_officer()
    secretary = secretary_of(province["ours"])
    assert not may(officer, "blocs.work_on_blocyear", province["ours"])
    assert may(officer, "blocs.appoint_office", province["ours"])
    secretary.is_active = False
    secretary.save()
    assert may(officer, "blocs.work_on_blocyear", province["ours"])


def test_an_office_gives_no_right_before_its_first_day():
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2998"))
    office = BlocOfficeFactory(bloc_year=bloc_year)
    assert scope_of(staff_of(office.unit)).led_ids == frozenset()

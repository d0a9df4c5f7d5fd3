"""Who sees which letter: the rule and the list agree, over states and roles."""

import pytest

from awards.enums import ProposalState
from awards.models import Proposal, ProposalItem
from common.permissions import may
from tests.factories.awards import CouncilMemberFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
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

STATES = ["draft", "sent", "received", "closed"]
NONE, ARRIVED, ALL = [], STATES[1:], STATES


def letters_of(bloc_year):
    """One letter in each state."""
    return [
        ProposalFactory(bloc_year=bloc_year),
        ProposalFactory(bloc_year=bloc_year, sent=True),
        ProposalFactory(bloc_year=bloc_year, received=True),
        ProposalFactory(bloc_year=bloc_year, closed=True),
    ]


def handed_over(bloc_year):
    user = secretary_of(bloc_year)
    bloc_year.offices.update(handed_over_on="2022-02-01")
    return user


def member_of(bloc_year):
    return staff_of(MembershipFactory(bloc=bloc_year.bloc).unit)


def agency_entering_on_behalf(bloc_year):
    bloc_year.offices.update(handed_over_on="2022-02-01")
    return standing_agency_officer()


def other_agency(bloc_year):
    bloc_year.bloc.organiser = UnitFactory(is_standing_agency=True)
    bloc_year.bloc.save()
    return standing_agency_officer()


ROLES = [
    (secretary_of, ALL),
    (handed_over, ARRIVED),
    (member_of, ARRIVED),
    (lambda bloc_year: standing_agency_officer(), ARRIVED),
    (agency_entering_on_behalf, ALL),
    (other_agency, NONE),
    (lambda bloc_year: CouncilMemberFactory().user, ARRIVED),
    (lambda bloc_year: secretary_of(BlocYearFactory(members=1)), NONE),
    (lambda bloc_year: UserFactory(), NONE),
    (lambda bloc_year: editor(), NONE),
    (lambda bloc_year: AdministratorFactory(), NONE),
    (lambda bloc_year: UserFactory(is_active=False), NONE),
]


@pytest.mark.parametrize(("make_user", "expected"), ROLES)
def test_the_list_and_the_rule_agree(make_user, expected):
    bloc_year = BlocYearFactory(members=2)
    secretary_of(bloc_year)
    letters = letters_of(bloc_year)
    items = [ProposalItemFactory(line__proposal=letter) for letter in letters]
    user = make_user(bloc_year)
    rows = list(Proposal.objects.for_table())
    allowed = {row.state for row in rows if may(user, "awards.view_proposal", row)}
    assert allowed == set(expected)
    assert set(Proposal.objects.visible_to(user).values_list("state", flat=True)) == set(expected)
    seen = set(ProposalItem.objects.visible_to(user))
    assert seen == {item for item in items if item.line.proposal.state in expected}


def test_drafts_of_a_closed_year_are_seen_by_nobody():
    year = EmulationYearFactory(state="closed")
    bloc_year = BlocYearFactory(members=1, year=year)
    user = secretary_of(bloc_year)
    draft = ProposalFactory(bloc_year=bloc_year)
    assert may(user, "awards.view_proposal", draft) is False
    assert list(Proposal.objects.visible_to(user)) == []


@pytest.mark.parametrize("state", STATES)
def test_appraising_asks_for_a_received_letter(state):
    letter = next(row for row in letters_of(BlocYearFactory(members=1)) if row.state == state)
    item = ProposalItemFactory(line__proposal=letter)
    assert may(standing_agency_officer(), "awards.appraise_item", item) is (state == ProposalState.RECEIVED)


def test_nobody_appraises_for_the_own_unit():
    unit = UnitFactory(is_standing_agency=True)
    letter = ProposalFactory(received=True, bloc_year=BlocYearFactory(bloc=BlocFactory()))
    own = ProposalItemFactory(line__proposal=letter, unit=unit)
    other = ProposalItemFactory(line__proposal=letter)
    officer = staff_of(unit)
    assert (may(officer, "awards.appraise_item", own), may(officer, "awards.appraise_item", other)) == (False, True)

"""One standing agency must not read, take over or publish what another one holds back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from awards import services
from awards.enums import ItemState, ProposalState
from awards.models import Decision, Proposal
from awards.reports import with_lines
from awards.services import save_achievements, save_proposal
from common.errors import NotReady, StaleState
from portal.reports.tasks import dashboard_of
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    UnitFactory,
    secretary_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


def agency_with_item():
    """An agency of its own organiser, its bloc-year, and an accepted item in a received letter."""
    unit = UnitFactory(is_standing_agency=True)
    bloc_year = BlocYearFactory(bloc=BlocFactory(organiser=unit))
    letter = ProposalFactory(bloc_year=bloc_year, received=True)
    item = ProposalItemFactory(line__proposal=letter, state=ItemState.ACCEPTED)
    return standing_agency_officer(unit), item


@pytest.fixture
def own():
    return agency_with_item()


@pytest.fixture
def other():
    return agency_with_item()


@pytest.fixture
def held_back(own):
    return DecisionFactory(items=[own[1]], recorded_by=own[0])


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", ["decision", "decision-file", "decision-edit", "decision-publish"])
def test_a_decision_held_back_by_one_agency_does_not_exist_for_another(own, other, held_back, name):
    url = reverse(f"awards:{name}", args=[held_back.pk])
    answer = client_of(own[0]).get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    answer.close()
    assert (answer.status_code, client_of(other[0]).get(url).status_code) == (200, 404)


def test_lists_and_tasks_of_an_agency_name_no_decision_that_another_holds_back(own, other, held_back):
    listed = reverse("awards:decisions")
    assert held_back.paper.number in client_of(own[0]).get(listed).content.decode()
    assert held_back.paper.number not in client_of(other[0]).get(listed).content.decode()
    assert any(str(held_back) == task.text for task in dashboard_of(own[0]).tasks)
    assert not any(str(held_back) == task.text for task in dashboard_of(other[0]).tasks)


def test_an_agency_does_not_take_over_the_decision_of_another(own, other, held_back):
    with pytest.raises(PermissionDenied):
        services.edit_decision(
            decision=held_back, version=held_back.version, by=other[0], paper=held_back.paper, items=[other[1]]
        )
    assert list(Decision.objects.get().items.all()) == [own[1]]


def test_a_published_decision_is_read_by_every_agency(own, other, held_back):
    services.publish_decision(decision=held_back, by=own[0])
    assert client_of(other[0]).get(reverse("awards:decision", args=[held_back.pk])).status_code == 200


# A page that was opened before the letter was sent


@pytest.fixture
def letter():
    bloc_year = BlocYearFactory(members=3)
    item = ProposalItemFactory(line__proposal__bloc_year=bloc_year)
    return item.line.proposal, item, secretary_of(bloc_year)


def test_summaries_saved_over_a_letter_just_sent_do_not_make_it_a_draft_again(letter):
    proposal, item, by = letter
    opened = Proposal.objects.get(pk=proposal.pk)
    services.submit_proposal(proposal=proposal, by=by)
    with pytest.raises(StaleState):
        save_achievements(proposal=opened, by=by, version=opened.version, achievements={item.pk: "Hoàn thành xuất sắc"})
    assert Proposal.objects.get().state == ProposalState.SENT


def test_a_letter_emptied_by_a_colleague_is_not_sent_from_the_page_that_still_showed_its_lines(letter):
    proposal, _, by = letter
    opened = with_lines(Proposal.objects.filter(pk=proposal.pk)).get()
    save_proposal(proposal=proposal, by=by, version=proposal.version, lines=[])
    with pytest.raises(NotReady):
        services.submit_proposal(proposal=opened, by=by)


def test_a_draft_that_the_agency_goes_on_writing_is_marked_as_entered_on_behalf():
    unit = UnitFactory(is_standing_agency=True)
    bloc_year = BlocYearFactory(bloc=BlocFactory(organiser=unit))
    draft = ProposalFactory(bloc_year=bloc_year)
    save_proposal(proposal=draft, by=standing_agency_officer(unit), version=draft.version, lines=[])
    assert Proposal.objects.get().entered_on_behalf

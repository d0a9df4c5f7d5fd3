"""The bloc of Phú Thọ and the people around its letter."""

import pytest

from awards import services
from awards.models import Proposal, ProposalItem
from awards.reports import with_lines
from tests.awards.phu_tho import letter_of, phu_tho_year, secretary
from tests.factories.blocs import standing_agency_officer


@pytest.fixture
def bloc_year():
    return phu_tho_year()


@pytest.fixture
def thuky(bloc_year):
    return secretary(bloc_year)


@pytest.fixture
def hoidong():
    return standing_agency_officer()


@pytest.fixture
def draft(bloc_year, thuky):
    return letter_of(bloc_year, thuky)


@pytest.fixture
def received(draft, thuky, hoidong):
    services.submit_proposal(proposal=draft, by=thuky)
    services.receive_proposal(proposal=draft, by=hoidong)
    return draft


@pytest.fixture
def fresh():
    return lambda proposal: with_lines(Proposal.objects.for_table()).get(pk=proposal.pk)


@pytest.fixture
def items_of():
    def read(proposal, position=None):
        items = ProposalItem.objects.for_work().filter(line__proposal=proposal)
        return list(items.filter(line__position=position) if position else items)

    return read

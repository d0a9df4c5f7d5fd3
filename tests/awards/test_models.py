"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards.enums import ItemState
from awards.models import Proposal, ProposalItem
from tests.factories.awards import (
    AwardKindFactory,
    CouncilMemberFactory,
    DecisionFactory,
    GrantFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
)
from tests.factories.blocs import UnitFactory

pytestmark = pytest.mark.django_db


def a_unit_twice():
    item = ProposalItemFactory()
    ProposalItemFactory(line=item.line, unit=item.unit)


def a_grant_twice():
    item = ProposalItemFactory()
    GrantFactory(item=item)
    GrantFactory(item=item)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ProposalFactory(state="lost"),
        lambda: ProposalFactory(sent_at=timezone.now()),
        lambda: ProposalFactory(received_at=timezone.now()),
        lambda: ProposalItemFactory(state="lost"),
        lambda: ProposalItemFactory(unit=None),
        lambda: ProposalItemFactory(nominee_name="Báo Phú Thọ"),
        lambda: ProposalItemFactory(unit=None, nominee_name="Báo Phú Thọ", nameless_count=2),
        a_unit_twice,
        lambda: DecisionFactory(state="lost"),
        lambda: DecisionFactory(published_at=timezone.now()),
        lambda: CouncilMemberFactory(starts_on=date(2022, 1, 1), ends_on=date(2021, 1, 1)),
        lambda: (AwardKindFactory(code="GOV_FLAG"), AwardKindFactory(code="GOV_FLAG")),
        a_grant_twice,
    ],
)
def test_the_database_refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_withdrawn_unit_leaves_room_for_itself():
    item = ProposalItemFactory(state=ItemState.WITHDRAWN)
    assert ProposalItemFactory(line=item.line, unit=item.unit).pk


def test_what_an_item_is_called():
    line = ProposalLineFactory()
    unit = ProposalItemFactory(line=line, unit=UnitFactory(name="Báo Phú Thọ"))
    number = ProposalItemFactory(line=line, unit=None, nameless_count=6)
    assert [(str(item), item.count) for item in (unit, number)] == [("Báo Phú Thọ", 1), ("6 trường hợp chưa có tên", 6)]


def test_days_waiting_are_counted_from_the_sending():
    assert ProposalFactory().days_waiting is None
    assert ProposalFactory(sent=True).days_waiting == 0


def test_a_letter_and_its_items_go_together():
    item = ProposalItemFactory()
    assert list(Proposal.objects.filter(lines__items=item)) == [item.line.proposal]
    assert ProposalItem.objects.get().get_absolute_url() == item.line.proposal.get_absolute_url()

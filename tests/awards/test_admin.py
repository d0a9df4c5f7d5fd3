"""The administrator looks at letters and grants, and has no handle on their state."""

import pytest
from django.contrib import admin
from django.urls import reverse

from awards.models import AwardKind, Decision, Grant, Proposal, ProposalItem, ProposalStep
from tests.factories.awards import DecisionFactory, GrantFactory, ProposalItemFactory
from tests.factories.blocs import AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(AdministratorFactory())
    return client


@pytest.fixture
def records():
    item = ProposalItemFactory()
    step = item.line.proposal.steps.create(item=item, from_state="proposed", to_state="accepted", by=UserFactory())
    return [item.line.proposal, item, step, DecisionFactory(items=[item]), GrantFactory(item=item)]


def test_every_list_and_record_opens(administrator, records):
    for record in [*records, AwardKind.objects.first()]:
        name = f"admin:awards_{record._meta.model_name}"
        assert administrator.get(reverse(f"{name}_changelist")).status_code == 200
        assert administrator.get(reverse(f"{name}_change", args=[record.pk])).status_code == 200


@pytest.mark.parametrize("model", [Proposal, ProposalItem, ProposalStep, Decision, Grant])
def test_nothing_of_the_work_is_added_changed_or_deleted(administrator, records, model):
    record = model.objects.first()
    name = f"admin:awards_{model._meta.model_name}"
    assert administrator.get(reverse(f"{name}_add")).status_code == 403
    assert administrator.post(reverse(f"{name}_change", args=[record.pk]), {"state": "granted"}).status_code == 403
    assert administrator.post(reverse(f"{name}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403
    assert admin.site._registry[model].get_actions(administrator.get("/quan-tri/").wsgi_request) == {}

"""Two people press at the same moment, on a database that lets both run."""

import threading

import pytest
from django.db import connection

from awards import services
from awards.enums import ItemState, ProposalState
from awards.models import Decision, Grant, Proposal, ProposalItem
from awards.services import LineInput, NomineeInput
from common.errors import DomainError
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import BlocYearFactory, secretary_of, standing_agency_officer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time"),
]


def at_once(*acts):
    """Run them in threads of their own; what each returned or which DomainError refused it."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            answers[place] = act()
        except DomainError as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refused(answers):
    return [answer for answer in answers if isinstance(answer, DomainError)]


@pytest.fixture
def accepted():
    letter = ProposalFactory(received=True)
    return [ProposalItemFactory(line__proposal=letter, state=ItemState.ACCEPTED) for _ in range(3)]


def test_of_two_who_publish_a_decision_one_does(accepted):
    by, decision = standing_agency_officer(), DecisionFactory(items=accepted)
    acts = [lambda: services.publish_decision(decision=Decision.objects.get(pk=decision.pk), by=by)] * 2
    assert len(refused(at_once(*acts))) == 1
    assert Grant.objects.count() == 3


def test_an_item_on_two_decisions_is_granted_once(accepted):
    by = standing_agency_officer()
    held = [DecisionFactory(items=accepted[:1]), DecisionFactory(items=accepted[:1])]
    acts = [lambda pk=row.pk: services.publish_decision(decision=Decision.objects.get(pk=pk), by=by) for row in held]
    assert len(refused(at_once(*acts))) == 1
    assert Grant.objects.count() == 1


def test_two_who_judge_one_item_do_not_both_win(accepted):
    by = standing_agency_officer()
    item = ProposalItemFactory(line=accepted[0].line)

    def judge(act):
        rows = list(ProposalItem.objects.for_work().filter(pk=item.pk))
        return act(items=rows, by=by, reason="Thiếu báo cáo thành tích")

    answers = at_once(lambda: judge(services.return_items), lambda: judge(services.refuse_items))
    assert len(refused(answers)) == 1
    assert item.line.proposal.steps.filter(item=item).count() == 1


def test_a_letter_sent_while_it_is_saved_is_sent_as_it_was_saved_or_not_saved():
    bloc_year = BlocYearFactory(members=3)
    item = ProposalItemFactory(line__proposal__bloc_year=bloc_year)
    by, letter = secretary_of(bloc_year), item.line.proposal
    named = LineInput(award=item.line.award, nominees=[NomineeInput(nominee_name="Phòng Tổng hợp")])

    def save(lines):
        row = Proposal.objects.get(pk=letter.pk)
        return services.save_proposal(proposal=row, by=by, version=row.version, lines=lines)

    for _ in range(5):
        Proposal.objects.filter(pk=letter.pk).update(state=ProposalState.DRAFT, sent_at=None, sent_by=None)
        save([named])
        send = lambda: services.submit_proposal(proposal=Proposal.objects.get(pk=letter.pk), by=by)  # noqa: E731
        at_once(send, lambda: save([]))
        state = Proposal.objects.get(pk=letter.pk).state
        assert state == ProposalState.DRAFT or ProposalItem.objects.filter(line__proposal=letter).exists()

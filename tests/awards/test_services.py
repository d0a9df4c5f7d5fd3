"""Acts on letters, items and decisions: each success and each refusal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from awards import services
from awards.enums import DecisionState, ItemState, ProposalState
from awards.errors import AlreadyDecided, AlreadyHandled, NotOnThisLetter
from awards.models import AwardKind, Grant, Proposal, ProposalItem, ProposalStep
from awards.reports import count_difference, repeated_units, totals, with_lines
from awards.services import LineInput, NomineeInput
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from common.models import AuditEvent
from documents.errors import NumberTaken, WrongDate
from documents.models import Issuer, Paper
from tests.awards.phu_tho import letter_of, nominees, phu_tho_year
from tests.factories.awards import AwardKindFactory, DecisionFactory, ProposalItemFactory, small_pdf
from tests.factories.blocs import (
    BlocYearFactory,
    IssuerFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
)

pytestmark = pytest.mark.django_db


def fresh(proposal):
    return with_lines(Proposal.objects.for_table()).get(pk=proposal.pk)


def items_of(proposal, position=None):
    items = ProposalItem.objects.for_work().filter(line__proposal=proposal)
    return list(items.filter(line__position=position) if position else items)


def states_of(items):
    pks = [item.pk for item in items]
    return set(ProposalItem.objects.filter(pk__in=pks).values_list("state", flat=True))


def new_paper(**changes):
    values = {
        "number": "512/QĐ-UBND",
        "issuer": changes.get("issuer") or IssuerFactory(name="Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ"),
        "issued_on": date(2022, 3, 1),
        "subject": "Khen thưởng các tập thể có thành tích xuất sắc năm 2021",
        "file": small_pdf(),
    }
    return Paper(**(values | changes))


def test_seed_letter_keeps_twelve_declared_and_eleven_listed(draft):
    letter = fresh(draft)
    sums = totals(letter)
    assert (sums.lines, sums.listed, sums.declared) == (4, 11, 12)
    assert dict(sums.by_decider) == {"Thủ tướng Chính phủ": 4, "Chủ tịch Ủy ban nhân dân tỉnh": 7}
    last = letter.lines.all()[3]
    assert (count_difference(last).declared, count_difference(last).listed) == (6, 5)
    assert [count_difference(line) for line in letter.lines.all()[:3]] == [None, None, None]


def test_scenario_s7_three_proposals_by_authority(bloc_year, thuky):
    gov, cert = AwardKind.objects.get(code="GOV_FLAG"), AwardKind.objects.get(code="PROV_CERT")
    rows = [(gov, "Sở Tài chính"), (cert, "Văn phòng UBND tỉnh"), (cert, "Sở Kế hoạch và Đầu tư")]
    lines = [LineInput(award=award, nominees=[NomineeInput(unit=UnitFactory(name=name))]) for award, name in rows]
    letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=lines)
    sums = totals(fresh(letter))
    assert (sums.lines, sums.listed, sums.declared) == (3, 3, 3)
    assert sums.by_decider == [("Thủ tướng Chính phủ", 1), ("Chủ tịch Ủy ban nhân dân tỉnh", 2)]


def test_a_letter_of_a_foreign_bloc_year_is_refused(bloc_year):
    stranger = secretary_of(BlocYearFactory(members=1))
    with pytest.raises(PermissionDenied):
        letter_of(bloc_year, stranger)


def test_standing_agency_enters_for_a_bloc_without_account_and_it_is_marked(hoidong):
    bloc_year = phu_tho_year()
    letter = letter_of(bloc_year, hoidong)
    assert letter.entered_on_behalf is True


def test_saving_over_a_newer_version_says_who_saved_it(draft, thuky, bloc_year):
    colleague = staff_of(bloc_year.offices.get().unit)
    stale = Proposal.objects.get(pk=draft.pk)
    draft.addressee = "Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ"
    services.save_proposal(proposal=draft, by=colleague, version=1, lines=[])
    with pytest.raises(StaleState) as caught:
        services.save_proposal(proposal=stale, by=thuky, version=1, lines=[])
    assert str(colleague) in caught.value.message
    assert "kính gửi" in caught.value.message


def test_saving_again_keeps_the_achievements_of_those_who_stay(draft, thuky):
    item = items_of(draft, 1)[0]
    services.save_achievements(
        proposal=draft, by=thuky, version=draft.version, achievements={item.pk: "Hoàn thành 12/12 chỉ tiêu."}
    )
    lines = [LineInput(award=item.line.award, nominees=nominees("Văn phòng Tỉnh ủy", "Báo Phú Thọ"))]
    services.save_proposal(proposal=draft, by=thuky, version=draft.version, lines=lines)
    kept = {str(row): row.achievements for row in items_of(draft)}
    assert kept == {"Văn phòng Tỉnh ủy": "Hoàn thành 12/12 chỉ tiêu.", "Báo Phú Thọ": ""}


def test_a_sent_letter_is_not_edited(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    with pytest.raises(PermissionDenied):
        services.save_proposal(proposal=draft, by=thuky, version=draft.version, lines=[])


def test_submit_names_everything_missing(bloc_year, thuky):
    empty = services.save_proposal(proposal=Proposal(bloc_year=bloc_year, addressee=""), by=thuky, lines=[])
    with pytest.raises(NotReady) as caught:
        services.submit_proposal(proposal=empty, by=thuky)
    assert caught.value.missing == ["nơi nhận (kính gửi)", "ít nhất một dòng đề nghị"]


def test_submit_is_stamped_and_leaves_a_step(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    saved = Proposal.objects.get(pk=draft.pk)
    assert (saved.state, saved.sent_by) == (ProposalState.SENT, thuky)
    step = ProposalStep.objects.get(proposal=draft)
    assert (step.from_state, step.to_state, step.by, step.item) == ("draft", "sent", thuky, None)


def test_submit_twice_is_an_illegal_step(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    with pytest.raises(IllegalStep):
        services.submit_proposal(proposal=draft, by=thuky)


def test_of_two_who_submit_one_wins(draft, thuky):
    late = Proposal.objects.get(pk=draft.pk)
    services.submit_proposal(proposal=draft, by=thuky)
    with pytest.raises(StaleState):
        services.submit_proposal(proposal=late, by=thuky)


def test_submit_by_a_member_is_refused(draft, bloc_year):
    member = staff_of(bloc_year.bloc.memberships.get(unit__name="Báo Phú Thọ").unit)
    with pytest.raises(PermissionDenied):
        services.submit_proposal(proposal=draft, by=member)


def test_recall_brings_back_the_draft_while_nobody_acted(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    services.recall_proposal(proposal=draft, by=thuky)
    saved = Proposal.objects.get(pk=draft.pk)
    assert (saved.state, saved.sent_at, saved.sent_by) == (ProposalState.DRAFT, None, None)


def test_recall_after_receipt_is_refused(received, thuky):
    with pytest.raises(IllegalStep):
        services.recall_proposal(proposal=received, by=thuky)


def test_recall_after_an_item_was_handled_is_refused(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    services.withdraw_items(items=items_of(draft, 1)[:1], by=thuky, reason="Đơn vị xin rút")
    with pytest.raises(AlreadyHandled):
        services.recall_proposal(proposal=draft, by=thuky)


def test_receive_by_the_sender_is_refused(draft, thuky):
    services.submit_proposal(proposal=draft, by=thuky)
    with pytest.raises(PermissionDenied):
        services.receive_proposal(proposal=draft, by=thuky)


def test_each_item_has_its_own_verdict(received, hoidong):
    services.accept_items(items=items_of(received, 1), by=hoidong)
    services.return_items(items=items_of(received, 4), by=hoidong, reason="Khai 06, danh sách có 05", legal_ground="Điều 35")
    services.refuse_items(items=items_of(received, 2)[:1], by=hoidong, reason="Chưa đủ 05 năm liên tục")
    assert states_of(items_of(received, 1)) == {ItemState.ACCEPTED}
    assert states_of(items_of(received, 4)) == {ItemState.RETURNED}
    assert [item.state for item in items_of(received, 2)] == [ItemState.REFUSED, ItemState.PROPOSED]
    returned = items_of(received, 4)[0]
    assert returned.return_reason == "Khai 06, danh sách có 05"
    step = returned.steps.get()
    assert (step.note, step.legal_ground, step.by) == ("Khai 06, danh sách có 05", "Điều 35", hoidong)


@pytest.mark.parametrize("act", [services.return_items, services.refuse_items])
def test_a_verdict_against_an_item_needs_a_reason(received, hoidong, act):
    with pytest.raises(NotReady):
        act(items=items_of(received, 1), by=hoidong, reason="  ")
    assert states_of(items_of(received, 1)) == {ItemState.PROPOSED}


def test_items_of_a_letter_that_is_only_sent_are_not_appraised(draft, thuky, hoidong):
    services.submit_proposal(proposal=draft, by=thuky)
    with pytest.raises(PermissionDenied):
        services.accept_items(items=items_of(draft), by=hoidong)


def test_nobody_appraises_the_own_unit(received):
    unit = items_of(received, 1)[0].unit
    unit.is_standing_agency = True
    unit.save()
    officer = staff_of(unit)
    with pytest.raises(PermissionDenied):
        services.accept_items(items=items_of(received, 1)[:1], by=officer)
    services.accept_items(items=items_of(received, 1)[1:], by=officer)
    assert [item.state for item in items_of(received, 1)] == [ItemState.PROPOSED, ItemState.ACCEPTED]


def test_one_refused_item_of_many_stops_them_all(received, hoidong):
    services.refuse_items(items=items_of(received, 1)[:1], by=hoidong, reason="Không đủ tiêu chuẩn")
    with pytest.raises(IllegalStep):
        services.accept_items(items=items_of(received, 1)[::-1], by=hoidong)
    assert [item.state for item in items_of(received, 1)] == [ItemState.REFUSED, ItemState.PROPOSED]


def test_a_number_without_names_is_not_accepted(bloc_year, thuky, hoidong):
    line = LineInput(award=AwardKindFactory(), declared_count=6, nominees=[NomineeInput(nameless_count=6)])
    letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=[line])
    services.submit_proposal(proposal=letter, by=thuky)
    services.receive_proposal(proposal=letter, by=hoidong)
    with pytest.raises(NotReady):
        services.accept_items(items=items_of(letter), by=hoidong)


def returned_line(letter, hoidong):
    services.return_items(items=items_of(letter, 4), by=hoidong, reason="Khai 06, danh sách có 05")
    return letter.lines.get(position=4)


def test_a_corrected_line_goes_back_to_the_board_and_keeps_its_history(received, thuky, hoidong):
    line = returned_line(received, hoidong)
    names = [str(item) for item in items_of(received, 4)]
    entered = nominees(*names[1:], "Trường Chính trị tỉnh Phú Thọ", "Ủy ban MTTQ tỉnh")
    services.correct_line(line=line, declared_count=6, nominees=entered, by=thuky)
    now = {str(item): item.state for item in items_of(received, 4)}
    assert now == {
        names[0]: ItemState.WITHDRAWN,
        **dict.fromkeys(names[1:], ItemState.PROPOSED),
        "Trường Chính trị tỉnh Phú Thọ": ItemState.PROPOSED,
        "Ủy ban MTTQ tỉnh": ItemState.PROPOSED,
    }
    corrected = fresh(received).lines.all()[3]
    assert (corrected.declared_count, count_difference(corrected)) == (6, None)
    stayed = next(item for item in items_of(received, 4) if str(item) == names[1])
    assert [(step.from_state, step.to_state) for step in stayed.steps.all()] == [
        ("proposed", "returned"),
        ("returned", "proposed"),
    ]
    assert stayed.return_reason == ""


def test_a_withdrawn_unit_may_be_added_to_the_line_again(received, thuky, hoidong):
    line = returned_line(received, hoidong)
    names = [str(item) for item in items_of(received, 4)]
    services.correct_line(line=line, declared_count=4, nominees=nominees(*names[1:]), by=thuky)
    services.return_items(
        items=[item for item in items_of(received, 4) if item.state == ItemState.PROPOSED],
        by=hoidong,
        reason="Đề nghị rà soát lại",
    )
    services.correct_line(line=line, declared_count=5, nominees=nominees(*names), by=thuky)
    again = [item.state for item in items_of(received, 4) if str(item) == names[0]]
    assert sorted(again) == [ItemState.PROPOSED, ItemState.WITHDRAWN]


def test_items_that_were_not_returned_stay_closed(received, thuky, hoidong):
    services.return_items(items=items_of(received, 4)[:1], by=hoidong, reason="Thiếu báo cáo")
    line = received.lines.get(position=4)
    untouched = str(items_of(received, 4)[1])
    with pytest.raises(NotOnThisLetter):
        services.correct_line(line=line, declared_count=6, nominees=nominees(untouched), by=thuky)


def test_a_line_without_returned_items_is_not_corrected(received, thuky):
    with pytest.raises(NotReady):
        services.correct_line(line=received.lines.get(position=4), declared_count=5, nominees=[], by=thuky)


def test_the_board_does_not_correct_the_line_of_a_bloc(received, hoidong):
    line = returned_line(received, hoidong)
    with pytest.raises(PermissionDenied):
        services.correct_line(line=line, declared_count=5, nominees=[], by=hoidong)


def test_withdraw_needs_a_reason_and_the_sender(received, thuky, hoidong):
    items = items_of(received, 1)[:1]
    with pytest.raises(NotReady):
        services.withdraw_items(items=items, by=thuky, reason="")
    with pytest.raises(PermissionDenied):
        services.withdraw_items(items=items, by=hoidong, reason="Rút")
    services.withdraw_items(items=items, by=thuky, reason="Đơn vị xin rút")
    assert states_of(items) == {ItemState.WITHDRAWN}


def test_items_of_a_draft_are_deleted_not_withdrawn(draft, thuky):
    with pytest.raises(NotOnThisLetter):
        services.withdraw_items(items=items_of(draft, 1), by=thuky, reason="Rút")


def test_a_letter_is_closed_when_all_items_are_final(received, hoidong):
    services.refuse_items(items=items_of(received)[1:], by=hoidong, reason="Không đủ tiêu chuẩn")
    with pytest.raises(NotReady) as caught:
        services.close_proposal(proposal=fresh(received), by=hoidong)
    assert caught.value.missing == ["kết quả của 1 đề nghị"]
    services.refuse_items(items=items_of(received)[:1], by=hoidong, reason="Không đủ tiêu chuẩn")
    services.close_proposal(proposal=fresh(received), by=hoidong)
    assert Proposal.objects.get(pk=received.pk).state == ProposalState.CLOSED


def accepted(received, hoidong, position=1):
    services.accept_items(items=items_of(received, position), by=hoidong)
    return items_of(received, position)


def test_a_recorded_decision_is_hidden_and_grants_nothing(received, hoidong):
    items = accepted(received, hoidong)
    decision = services.record_decision(by=hoidong, paper=new_paper(), items=items, signer_name="Bùi Văn Quang")
    assert (decision.state, decision.paper.is_public) == (DecisionState.DRAFT, False)
    assert (Grant.objects.count(), states_of(items)) == (0, {ItemState.ACCEPTED})


def test_publishing_grants_locks_and_says_how_many(received, hoidong):
    items = accepted(received, hoidong)
    decision = services.record_decision(by=hoidong, paper=new_paper(), items=items)
    assert services.publish_decision(decision=decision, by=hoidong) == 2
    assert states_of(items) == {ItemState.GRANTED}
    assert sorted(Grant.objects.values_list("recipient_name", flat=True)) == ["Hội Nông dân tỉnh", "Văn phòng Tỉnh ủy"]
    assert Grant.objects.public().count() == 2
    assert Paper.objects.get(pk=decision.paper.pk).is_public is True
    assert AuditEvent.objects.filter(action="chuyển trạng thái quyết định").count() == 1
    with pytest.raises(IllegalStep):
        services.publish_decision(decision=decision, by=hoidong)
    with pytest.raises(IllegalStep):
        services.edit_decision(decision=decision, version=decision.version, by=hoidong, paper=decision.paper, items=items)


def test_a_new_issuer_is_kept_with_the_decision(received, hoidong):
    issuer = Issuer(name="Thủ tướng Chính phủ")
    decision = services.record_decision(by=hoidong, paper=new_paper(issuer=issuer), items=accepted(received, hoidong))
    assert Paper.objects.get(pk=decision.paper.pk).issuer == Issuer.objects.get(name="Thủ tướng Chính phủ")


def test_a_decision_needs_file_and_items(received, hoidong):
    with pytest.raises(NotReady) as caught:
        services.record_decision(by=hoidong, paper=new_paper(file=""), items=[])
    assert caught.value.missing == ["tệp PDF của quyết định", "đề nghị được khen thưởng"]


def test_a_decision_of_tomorrow_is_refused(received, hoidong):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(WrongDate):
        services.record_decision(by=hoidong, paper=new_paper(issued_on=tomorrow), items=accepted(received, hoidong))


def test_a_number_is_used_once_a_year_by_an_issuer(received, hoidong):
    first = new_paper()
    first.save()
    items = accepted(received, hoidong)
    with pytest.raises(NumberTaken):
        services.record_decision(by=hoidong, paper=new_paper(issuer=first.issuer, issued_on=date(2022, 5, 1)), items=items)
    other_year = new_paper(issuer=first.issuer, issued_on=date(2023, 5, 1))
    assert services.record_decision(by=hoidong, paper=other_year, items=items).pk


def test_an_item_stands_on_one_decision(received, hoidong):
    items = accepted(received, hoidong)
    services.record_decision(by=hoidong, paper=new_paper(), items=items)
    with pytest.raises(AlreadyDecided):
        services.record_decision(by=hoidong, paper=new_paper(number="513/QĐ-UBND", issuer=IssuerFactory()), items=items)
    with pytest.raises(AlreadyDecided):
        services.refuse_items(items=items, by=hoidong, reason="Không đủ tiêu chuẩn")


def test_only_accepted_items_stand_on_a_decision(received, hoidong):
    with pytest.raises(IllegalStep):
        services.record_decision(by=hoidong, paper=new_paper(), items=items_of(received, 1))


def test_a_decision_is_recorded_by_the_standing_agency_alone(received, thuky, hoidong):
    with pytest.raises(PermissionDenied):
        services.record_decision(by=thuky, paper=new_paper(), items=accepted(received, hoidong))


def test_a_decision_takes_no_items_of_blocs_followed_by_another_agency(received, hoidong):
    items = accepted(received, hoidong)
    bloc = received.bloc_year.bloc
    bloc.organiser = UnitFactory(name="Ban Thi đua - Khen thưởng", is_standing_agency=True)
    bloc.save()
    with pytest.raises(PermissionDenied):
        services.record_decision(by=hoidong, paper=new_paper(), items=[ProposalItem.objects.for_work().get(pk=items[0].pk)])


def test_a_draft_decision_can_be_corrected(received, hoidong):
    items = accepted(received, hoidong)
    decision = services.record_decision(by=hoidong, paper=new_paper(), items=items)
    paper = decision.paper
    paper.number = "521/QĐ-UBND"
    services.edit_decision(
        decision=decision, version=decision.version, by=hoidong, paper=paper, items=items[:1], signer_name="Bùi Văn Quang"
    )
    decision.refresh_from_db()
    assert (decision.paper.number, decision.items.count(), decision.signer_name) == ("521/QĐ-UBND", 1, "Bùi Văn Quang")


def test_publish_by_another_is_refused():
    with pytest.raises(PermissionDenied):
        services.publish_decision(decision=DecisionFactory(), by=UserFactory())


def test_the_same_unit_on_two_lines_warns(bloc_year, thuky):
    lines = [
        LineInput(award=AwardKindFactory(name="Cờ thi đua của Chính phủ"), nominees=nominees("Báo Phú Thọ")),
        LineInput(award=AwardKindFactory(name="Bằng khen"), nominees=nominees("Báo Phú Thọ")),
    ]
    letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=lines)
    assert repeated_units(fresh(letter)) == [
        "Báo Phú Thọ được đề nghị 02 hình thức trong cùng tờ trình: Cờ thi đua của Chính phủ; Bằng khen."
    ]


def test_a_unit_on_another_letter_of_the_year_warns(received, bloc_year, thuky):
    line = LineInput(award=AwardKindFactory(), nominees=nominees("Báo Phú Thọ"))
    letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=[line])
    assert repeated_units(fresh(letter)) == [
        "Báo Phú Thọ đã được đề nghị “Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh” trong một tờ trình khác của năm."
    ]


def test_a_council_of_history_takes_persons_with_their_posts(bloc_year, thuky):
    person = NomineeInput(nominee_name="Nguyễn Thị Lan", is_person=True, person_title="Trưởng phòng, Báo Phú Thọ")
    line = LineInput(award=AwardKindFactory(), nominees=[person])
    letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=[line])
    assert str(items_of(letter)[0]) == "Nguyễn Thị Lan"


def test_save_award_kind_is_for_the_standing_agency(hoidong, thuky):
    kind = AwardKindFactory.build()
    with pytest.raises(PermissionDenied):
        services.save_award_kind(kind=kind, by=thuky)
    assert services.save_award_kind(kind=kind, by=hoidong).pk


def test_the_step_log_is_append_only():
    item = ProposalItemFactory()
    item.line.proposal.steps.create(item=item, from_state="proposed", to_state="accepted", by=UserFactory())
    with pytest.raises(DomainError):
        ProposalStep.objects.all().delete()

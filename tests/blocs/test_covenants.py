"""The covenant: drafted, frozen, signed on paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.enums import (
    COVENANT_TRANSITIONS,
    COVENANT_WAITING_FOR,
    SIGNATURE_TRANSITIONS,
    CovenantState,
    OfficeRole,
    SignatureState,
)
from blocs.errors import Invalid, WrongDate
from blocs.models import CovenantSignature
from blocs.reports import covenant_progress, group_items, leaders_of, member_count_difference
from blocs.services import (
    ItemInput,
    add_holder,
    attach_scan,
    record_signatures,
    refuse_signature,
    revise_covenant,
    save_covenant,
    send_covenant,
)
from blocs.services.covenants import digest_of
from common.audit import events_of
from common.errors import IllegalStep, NotReady, StaleState
from tests.factories.blocs import (
    BlocYearFactory,
    MembershipFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db
ITEMS = [
    ItemInput("Hoàn thành nhiệm vụ chính trị được giao.", "Nhiệm vụ chính trị"),
    ItemInput("Xây nhà Đại đoàn kết.", "Hoạt động chung", "at_least", Decimal("2"), "nhà"),
    ItemInput("Thực hiện văn hóa công sở.", "Nhiệm vụ chính trị"),
]


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def draft(bloc_year, secretary):
    return save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS, theme="Đoàn kết, sáng tạo")


@pytest.fixture
def sent(draft, secretary):
    return send_covenant(version=draft, by=secretary)


def signed_rows(version, day=date(2022, 1, 11)):
    return [(row, "Bùi Đình Thi", "Trưởng ban", day) for row in version.signatures.all()]


def test_tables_name_every_state():
    assert set(COVENANT_TRANSITIONS) == set(COVENANT_WAITING_FOR) == set(CovenantState)
    assert set(SIGNATURE_TRANSITIONS) == set(SignatureState)


def test_save_covenant_makes_a_draft_and_writes_over_it(bloc_year, secretary, draft):
    assert (draft.number, draft.state, draft.items.count()) == (1, CovenantState.DRAFT, 3)
    again = save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS[:1], theme="Sáng tạo", version=1)
    assert again.pk == draft.pk
    assert (again.version, again.theme, again.items.count()) == (2, "Sáng tạo", 1)


def test_save_covenant_tells_the_second_editor_who_was_first(bloc_year, secretary, draft):
    other = staff_of(bloc_year.offices.get().unit)
    save_covenant(bloc_year=bloc_year, by=other, items=ITEMS, theme="Kỷ cương", version=1)
    with pytest.raises(StaleState) as caught:
        save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS, theme="Sáng tạo", version=1)
    assert caught.value.message.startswith(f"{other} đã lưu bản mới hơn lúc")
    assert "chủ đề" in caught.value.message
    draft.refresh_from_db()
    assert draft.theme == "Kỷ cương"


def test_save_covenant_saves_nothing_of_a_bad_row(bloc_year, secretary, draft):
    with pytest.raises(Invalid):
        save_covenant(bloc_year=bloc_year, by=secretary, items=[ITEMS[0], ItemInput("")], version=1)
    draft.refresh_from_db()
    assert (draft.version, draft.items.count()) == (1, 3)


def test_save_covenant_needs_the_right(bloc_year, secretary):
    member = staff_of(bloc_year.bloc.memberships.last().unit)
    for user in (UserFactory(), member, standing_agency_officer()):
        with pytest.raises(PermissionDenied):
            save_covenant(bloc_year=bloc_year, by=user, items=ITEMS)


def test_send_covenant_freezes_the_text_and_gives_every_member_a_line(bloc_year, sent):
    assert sent.state == CovenantState.SIGNING
    assert sent.digest == digest_of(sent)
    assert len(sent.digest) == 64
    assert [(row.unit, row.position, row.state) for row in sent.signatures.all()] == [
        (row.unit, position, SignatureState.WAITING) for position, row in enumerate(bloc_year.memberships, 1)
    ]
    event = events_of(sent).first()
    assert (event.before, event.after) == ({"state": "draft"}, {"state": "signing"})


def test_send_covenant_says_what_is_missing():
    bloc_year = BlocYearFactory()
    officer = standing_agency_officer()
    draft = save_covenant(bloc_year=bloc_year, by=officer, items=[])
    with pytest.raises(NotReady) as caught:
        send_covenant(version=draft, by=officer)
    assert caught.value.missing == ["ít nhất một nội dung giao ước", "danh sách đơn vị thành viên"]


def test_a_sent_covenant_is_neither_sent_again_nor_edited(bloc_year, secretary, sent):
    with pytest.raises(IllegalStep):
        send_covenant(version=sent, by=secretary)
    with pytest.raises(IllegalStep) as caught:
        save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS, version=sent.version)
    assert caught.value.message == "Giao ước đang ở trạng thái “Đang ký” nên không sửa được; nếu cần hãy lập bản mới."


def test_send_covenant_needs_the_right(draft):
    with pytest.raises(PermissionDenied):
        send_covenant(version=draft, by=UserFactory())


def test_members_of_the_reference_day_sign(bloc_year, secretary, draft):
    MembershipFactory(bloc=bloc_year.bloc, position=8, ends_on=date(2021, 6, 30))
    MembershipFactory(bloc=bloc_year.bloc, position=9, starts_on=date(2022, 1, 1))
    send_covenant(version=draft, by=secretary)
    assert CovenantSignature.objects.count() == 3


def test_record_signatures_until_the_last_one_signs(secretary, sent):
    rows = signed_rows(sent)
    record_signatures(version=sent, rows=rows[:2], by=secretary)
    assert sent.state == CovenantState.SIGNING
    progress = covenant_progress(sent.covenant.bloc_year)
    assert (progress.signed, progress.total, progress.is_signed) == (2, 3, False)
    record_signatures(version=sent, rows=rows[2:], by=secretary)
    assert (sent.state, sent.signed_on) == (CovenantState.SIGNED, date(2022, 1, 11))
    row = sent.signatures.first()
    assert (row.signer_name, row.signer_title, row.way, row.recorded_by) == (
        "Bùi Đình Thi",
        "Trưởng ban",
        "paper",
        secretary,
    )
    assert covenant_progress(sent.covenant.bloc_year).is_signed


def test_record_signatures_records_all_or_none(secretary, sent):
    rows = signed_rows(sent)
    rows[2] = (*rows[2][:3], date(2999, 1, 1))
    with pytest.raises(WrongDate, match="ở sau ngày hôm nay"):
        record_signatures(version=sent, rows=rows, by=secretary)
    assert not CovenantSignature.objects.exclude(state=SignatureState.WAITING).exists()


@pytest.mark.parametrize(
    ("name", "title", "day", "error"),
    [
        ("", "", date(2022, 1, 11), NotReady),
        ("Bùi Đình Thi", "", None, NotReady),
        ("Đ" * 121, "", date(2022, 1, 11), Invalid),
        ("", "Đ" * 201, date(2022, 1, 11), Invalid),
    ],
)
def test_record_signatures_refuses_incomplete_rows(secretary, sent, name, title, day, error):
    with pytest.raises(error):
        record_signatures(version=sent, rows=[(sent.signatures.first(), name, title, day)], by=secretary)


def test_what_is_entered_from_history_may_lack_the_day_of_signing():
    bloc_year = BlocYearFactory(members=2)
    officer = standing_agency_officer()
    version = save_covenant(bloc_year=bloc_year, by=officer, items=ITEMS)
    send_covenant(version=version, by=officer)
    rows = [(row, "", "Đại diện lãnh đạo đơn vị", None) for row in version.signatures.all()]
    record_signatures(version=version, rows=rows, by=officer)
    assert (version.state, version.signed_on) == (CovenantState.SIGNED, None)
    assert [event.on_behalf for row, *_ in rows for event in events_of(row)] == [True, True]


def test_record_signatures_refuses_an_empty_list_a_second_time_and_a_foreign_row(secretary, sent):
    with pytest.raises(NotReady):
        record_signatures(version=sent, rows=[], by=secretary)
    rows = signed_rows(sent)
    record_signatures(version=sent, rows=rows[:1], by=secretary)
    with pytest.raises(IllegalStep):
        record_signatures(version=sent, rows=rows[:1], by=secretary)
    foreign = CovenantSignature(version_id=sent.pk + 1, unit=rows[0][0].unit)
    with pytest.raises(Invalid, match="không thuộc bản giao ước này"):
        record_signatures(version=sent, rows=[(foreign, "A", "", date(2022, 1, 11))], by=secretary)


def test_two_who_record_the_same_signature_at_once(secretary, sent):
    first = sent.signatures.first()
    stale = sent.signatures.first()
    record_signatures(version=sent, rows=[(first, "A", "", date(2022, 1, 11))], by=secretary)
    with pytest.raises(StaleState):
        record_signatures(version=sent, rows=[(stale, "B", "", date(2022, 1, 11))], by=secretary)


def test_record_signatures_refuses_a_draft_and_a_foreign_user(secretary, draft):
    with pytest.raises(IllegalStep):
        record_signatures(version=draft, rows=[], by=secretary)
    with pytest.raises(PermissionDenied):
        record_signatures(version=draft, rows=[], by=UserFactory())


def test_refuse_signature_with_a_reason_and_sign_later(secretary, sent):
    row = sent.signatures.first()
    with pytest.raises(NotReady):
        refuse_signature(signature=row, reason=" ", by=secretary)
    with pytest.raises(Invalid):
        refuse_signature(signature=row, reason="Đ" * 501, by=secretary)
    with pytest.raises(PermissionDenied):
        refuse_signature(signature=row, reason="Chờ ý kiến.", by=UserFactory())
    refuse_signature(signature=row, reason="Chờ ý kiến Ban Thường vụ.", by=secretary)
    assert (row.state, row.refusal_reason) == (SignatureState.REFUSED, "Chờ ý kiến Ban Thường vụ.")
    with pytest.raises(IllegalStep):
        refuse_signature(signature=row, reason="Lần nữa.", by=secretary)
    record_signatures(version=sent, rows=[(row, "Bùi Đình Thi", "", date(2022, 1, 11))], by=secretary)
    row.refresh_from_db()
    assert (row.state, row.refusal_reason) == (SignatureState.SIGNED, "")


def test_a_new_version_replaces_the_old_one_when_it_is_sent(secretary, sent):
    covenant = sent.covenant
    draft = revise_covenant(covenant=covenant, by=secretary, change_note="Thêm chỉ tiêu nhà Đại đoàn kết")
    assert (draft.number, draft.items.count(), draft.theme) == (2, 3, "Đoàn kết, sáng tạo")
    assert sent.items.count() == 3
    with pytest.raises(IllegalStep):
        revise_covenant(covenant=covenant, by=secretary)
    assert covenant_progress(covenant.bloc_year).version == sent
    send_covenant(version=draft, by=secretary)
    sent.refresh_from_db()
    assert sent.state == CovenantState.REPLACED
    assert draft.signatures.count() == 3
    assert draft.digest != sent.digest
    assert covenant_progress(covenant.bloc_year).version == draft


def test_revise_covenant_needs_the_right(sent):
    with pytest.raises(PermissionDenied):
        revise_covenant(covenant=sent.covenant, by=UserFactory())


def test_attach_scan_only_to_what_was_sent_and_only_a_pdf(secretary, draft, make_pdf):
    with pytest.raises(IllegalStep):
        attach_scan(version=draft, scan=make_pdf(), by=secretary)
    send_covenant(version=draft, by=secretary)
    with pytest.raises(Invalid, match="không phải là PDF"):
        attach_scan(version=draft, scan=SimpleUploadedFile("giao-uoc.pdf", b"GIF89a"), by=secretary)
    version = attach_scan(version=draft, scan=make_pdf(), by=secretary)
    assert version.scan.name.startswith("covenants/")
    with pytest.raises(PermissionDenied):
        attach_scan(version=draft, scan=make_pdf(), by=UserFactory())


# Reports


def test_covenant_progress_of_many_takes_one_query(django_assert_num_queries, sent):
    years = [sent.covenant.bloc_year, BlocYearFactory(), BlocYearFactory()]
    with django_assert_num_queries(1):
        found = covenant_progress(years)
    assert [found[row.pk].total for row in years] == [3, 0, 0]
    assert found[years[1].pk].label == "Chưa soạn"


@pytest.mark.parametrize("count", [1, 3])
def test_leaders_of_many_take_constant_queries(django_assert_num_queries, count):
    years = [BlocYearFactory(members=2) for _ in range(count)]
    for row in years:
        deputy = secretary_of(row, OfficeRole.DEPUTY)
        leader = secretary_of(row)
        add_holder(
            office=row.offices.get(role=OfficeRole.LEADER), person_name="Bùi Đình Thi", titles=["Trưởng ban"], by=leader
        )
        assert deputy != leader
    with django_assert_num_queries(3):
        found = leaders_of(years)
        lines = found[years[0].pk]
        assert [(line.title, line.holder_name, line.holder_titles) for line in lines] == [
            ("Khối trưởng", "Bùi Đình Thi", "Trưởng ban"),
            ("Khối phó", "", ""),
        ]
        assert all(line.unit_name == line.unit.name for line in lines)


@pytest.mark.parametrize(
    ("declared", "leader_counted", "expected"),
    [(None, True, None), (3, True, None), (15, True, (15, 3)), (2, False, None), (3, False, (3, 2))],
)
def test_member_count_difference_shows_both_numbers(bloc_year, secretary, declared, leader_counted, expected):
    bloc_year.declared_members, bloc_year.leader_counted = declared, leader_counted
    difference = member_count_difference(bloc_year)
    assert (difference and (difference.declared, difference.listed)) == expected


def test_group_items_keeps_the_order_of_headings(draft):
    groups = group_items(draft.items.all())
    assert [(heading, len(items)) for heading, items in groups] == [("Nhiệm vụ chính trị", 2), ("Hoạt động chung", 1)]

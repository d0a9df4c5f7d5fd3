"""The letter as its sender enters it, and as the board handles it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards import services
from awards.enums import ItemState, ProposalState
from awards.models import AwardKind, Proposal, ProposalItem
from blocs.models import Unit
from meetings.models import Meeting
from tests.awards.phu_tho import letter_of, nominees
from tests.factories.awards import AwardKindFactory, CouncilMemberFactory
from tests.factories.blocs import BlocYearFactory, UserFactory, secretary_of, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(client, thuky):
    client.force_login(thuky)
    return client


@pytest.fixture
def desk(hoidong):
    client = Client()
    client.force_login(hoidong)
    return client


def url(name, proposal, *args):
    return reverse(f"awards:{name}", args=[proposal.pk, *args])


def create_url(bloc_year):
    return reverse("awards:proposal-create", args=[bloc_year.bloc.slug, bloc_year.year.slug])


def form_data(*lines, total=None, **letter):
    data = {
        "addressee": "Hội đồng Thi đua - Khen thưởng tỉnh",
        "grounds": "Căn cứ Luật Thi đua, khen thưởng",
        "opening": "",
        "meeting": "",
        "version": "1",
        **letter,
        "dong-TOTAL_FORMS": str(total or len(lines)),
        "dong-INITIAL_FORMS": "0",
    }
    for number, line in enumerate(lines):
        for name, value in line.items():
            data[f"dong-{number}-{name}"] = value
    return data


def line(code, names="", declared="", kind="collective", **changes):
    award = AwardKind.objects.get(code=code)
    return {
        "award": str(award.pk),
        "nominees": names,
        "declared_count": declared,
        "nominee_kind": kind,
        "reward_kind": "merit",
        "wording": "",
        **changes,
    }


def errors_in(response):
    return [
        text
        for form in [response.context["form"], *response.context["lines"]]
        for texts in form.errors.values()
        for text in texts
    ]


def test_the_four_lines_of_the_seed_are_entered_on_one_page(sender, bloc_year, fresh):
    response = sender.post(
        create_url(bloc_year),
        form_data(
            line("GOV_FLAG", "Văn phòng Tỉnh ủy\nHội Nông dân tỉnh"),
            line("PM_CERT", "Ban Tuyên giáo Tỉnh uỷ\r\nTỉnh đoàn Thanh niên cộng sản Hồ Chí Minh"),
            line("PROV_FLAG", "Ban Tổ chức Tỉnh ủy\nĐảng ủy khối các cơ quan tỉnh"),
            line(
                "PROV_CERT",
                "Ban Dân vận Tỉnh ủy\nHội Liên hiệp Phụ nữ Tỉnh\nBáo Phú Thọ\nLiên đoàn Lao động tỉnh\n"
                "Đảng ủy khối Doanh nghiệp tỉnh",
                declared="06",
            ),
        ),
    )
    letter = Proposal.objects.get()
    assert response.status_code == 302
    items = ProposalItem.objects.filter(line__proposal=letter)
    assert (items.count(), items.filter(unit=None).count(), Unit.objects.count()) == (11, 0, 15)
    shown = sender.get(letter.get_absolute_url()).content.decode()
    assert "Số ghi trong biên bản là 06, danh sách có 05." in shown
    assert "04 dòng; danh sách có 11, biên bản ghi 12" in shown


def test_a_doubtful_name_comes_back_as_a_question_and_nothing_is_lost(sender, bloc_year):
    data = form_data(line("PROV_FLAG", "Đảng ủy khối cơ quan tỉnh\nBáo Phú Thọ", declared="2"))
    response = sender.post(create_url(bloc_year), data)
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    row = response.context["lines"][0]
    question = next(name for name in row.fields if name.startswith("chon_"))
    offered = dict(row.fields[question].choices)
    unit = Unit.objects.get(name="Đảng ủy khối các cơ quan tỉnh")
    assert offered[str(unit.pk)] == "Đảng ủy khối các cơ quan tỉnh"
    assert offered["nhu-da-go"] == "Giữ nguyên như đã gõ: Đảng ủy khối cơ quan tỉnh"
    assert row["nominees"].value() == "Đảng ủy khối cơ quan tỉnh\nBáo Phú Thọ"
    answered = sender.post(create_url(bloc_year), data | {f"dong-0-{question}": str(unit.pk)})
    assert answered.status_code == 302
    assert [str(item) for item in ProposalItem.objects.all()] == ["Đảng ủy khối các cơ quan tỉnh", "Báo Phú Thọ"]
    assert Unit.objects.count() == 15


def test_a_doubtful_name_may_stay_as_typed(sender, bloc_year):
    data = form_data(line("PROV_FLAG", "Đảng ủy khối cơ quan tỉnh"))
    question = next(
        name for name in sender.post(create_url(bloc_year), data).context["lines"][0].fields if name.startswith("chon_")
    )
    sender.post(create_url(bloc_year), data | {f"dong-0-{question}": "nhu-da-go"})
    item = ProposalItem.objects.get()
    assert (item.unit, item.nominee_name) == (None, "Đảng ủy khối cơ quan tỉnh")


def test_an_answer_that_was_not_offered_is_refused(sender, bloc_year):
    data = form_data(line("PROV_FLAG", "Đảng ủy khối cơ quan tỉnh"))
    question = next(
        name for name in sender.post(create_url(bloc_year), data).context["lines"][0].fields if name.startswith("chon_")
    )
    other = Unit.objects.get(name="Báo Phú Thọ")
    assert sender.post(create_url(bloc_year), data | {f"dong-0-{question}": str(other.pk)}).status_code == 422


def test_names_are_never_split_at_commas_and_unknown_ones_are_kept(sender, bloc_year):
    sender.post(create_url(bloc_year), form_data(line("PROV_CERT", "Phòng Văn hóa, Thể thao và Du lịch huyện Cẩm Khê")))
    item = ProposalItem.objects.get()
    assert (item.unit, item.nominee_name) == (None, "Phòng Văn hóa, Thể thao và Du lịch huyện Cẩm Khê")


def test_persons_come_with_their_posts(sender, bloc_year):
    names = "Nguyễn Thị Lan – Trưởng phòng, Báo Phú Thọ\nTrần Văn Minh - Phó Trưởng ban - Ban Dân vận\nLê Hồng Sơn"
    sender.post(create_url(bloc_year), form_data(line("PROV_CERT", names, kind="person")))
    assert [(item.nominee_name, item.person_title, item.is_person) for item in ProposalItem.objects.all()] == [
        ("Nguyễn Thị Lan", "Trưởng phòng, Báo Phú Thọ", True),
        ("Trần Văn Minh", "Phó Trưởng ban - Ban Dân vận", True),
        ("Lê Hồng Sơn", "", True),
    ]


def test_a_number_without_names_is_one_nameless_item(sender, bloc_year):
    sender.post(create_url(bloc_year), form_data(line("PROV_CERT", declared="6")))
    item = ProposalItem.objects.get()
    assert (item.nameless_count, str(item)) == (6, "6 trường hợp chưa có tên")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"names": ""}, "Hãy ghi tên từng tập thể, cá nhân, hoặc ghi số lượng khi chưa có tên."),
        ({"names": "Báo Phú Thọ\nbao phu tho"}, "“Báo Phú Thọ” ghi hai lần trong cùng một dòng đề nghị."),
        ({"names": "Báo Phú Thọ", "declared": "sáu"}, "Hãy ghi một số nguyên, ví dụ 06."),
        ({"names": "Báo Phú Thọ", "kind": "person"}, "“Cờ thi đua của Chính phủ” chỉ dành cho tập thể."),
        (
            {"names": "X" * 201},
            f"Dòng “{'X' * 60}…” quá dài: tên tối đa 200 ký tự, chức vụ tối đa 250 ký tự.",
        ),
        (
            {"names": "\n".join(f"Tập thể số {number}" for number in range(301))},
            "Mỗi dòng đề nghị nhận tối đa 300 tên; hãy tách thành nhiều dòng.",
        ),
    ],
)
def test_bad_lines_come_back_with_one_sentence(sender, bloc_year, changes, sentence):
    response = sender.post(create_url(bloc_year), form_data(line("GOV_FLAG", **changes), opening="Năm 2021 toàn Khối"))
    assert response.status_code == 422
    assert errors_in(response) == [sentence]
    assert response.context["form"]["opening"].value() == "Năm 2021 toàn Khối"
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"addressee": ""},
        {"addressee": "x" * 201},
        {"meeting": "999999"},
        {"meeting": "abc"},
        {"dong-0-award": "999999"},
        {"dong-0-award": "\x00"},
        {"dong-0-nominees": "Báo\x00Phú Thọ"},
        {"dong-0-reward_kind": "none"},
        {"dong-TOTAL_FORMS": "x"},
        {"dong-TOTAL_FORMS": "99999"},
        {"version": "-1"},
    ],
)
def test_bad_input_is_never_an_error_of_ours(sender, bloc_year, changes):
    data = form_data(line("PROV_CERT", "Báo Phú Thọ")) | changes
    assert (sender.post(create_url(bloc_year), data).status_code, Proposal.objects.count()) == (422, 0)


def test_the_meeting_of_another_bloc_is_refused(sender, bloc_year):
    foreign = Meeting.objects.create(bloc_year=BlocYearFactory(), title="Hội nghị khác", starts_on="2022-01-11")
    response = sender.post(create_url(bloc_year), form_data(line("PROV_CERT", "Báo Phú Thọ"), meeting=foreign.pk))
    assert response.status_code == 422


def test_a_row_is_added_without_script(sender, bloc_year):
    data = form_data(line("PROV_CERT", "Báo Phú Thọ")) | {"them_dong": "dong"}
    response = sender.post(create_url(bloc_year), data)
    assert (response.status_code, len(response.context["lines"].forms), Proposal.objects.count()) == (200, 2, 0)
    assert response.context["lines"][0]["nominees"].value() == "Báo Phú Thọ"


def test_a_deleted_row_is_not_saved(sender, bloc_year):
    sender.post(
        create_url(bloc_year), form_data(line("PROV_CERT", "Báo Phú Thọ"), line("GOV_FLAG", "Báo Phú Thọ", DELETE="on"))
    )
    assert [row.award.code for row in Proposal.objects.get().lines.all()] == ["PROV_CERT"]


def edit_data(draft, **changes):
    return form_data(line("PROV_CERT", "Báo Phú Thọ"), **changes)


def test_a_stale_page_keeps_what_was_typed_and_says_who_saved(sender, draft, bloc_year):
    colleague = staff_of(bloc_year.offices.get().unit, user__full_name="Lê Thu Hà")
    services.save_proposal(proposal=Proposal.objects.get(pk=draft.pk), by=colleague, version=1, lines=[])
    response = sender.post(url("proposal-edit", draft), edit_data(draft, opening="Năm 2021 toàn Khối hoàn thành"))
    assert response.status_code == 409
    assert response.context["form"]["opening"].value() == "Năm 2021 toàn Khối hoàn thành"
    assert response.context["lines"][0]["nominees"].value() == "Báo Phú Thọ"
    assert response.context["form"].non_field_errors()[0].startswith("Lê Thu Hà đã lưu bản mới hơn lúc")
    again = edit_data(draft, opening="Năm 2021", version=response.context["form"]["version"].value())
    assert sender.post(url("proposal-edit", draft), again).status_code == 302


def test_a_letter_sent_meanwhile_keeps_what_was_typed(sender, draft, thuky):
    services.submit_proposal(proposal=Proposal.objects.get(pk=draft.pk), by=thuky)
    response = sender.post(url("proposal-edit", draft), edit_data(draft, opening="Năm 2021 toàn Khối"))
    assert response.status_code == 409
    assert response.context["form"]["opening"].value() == "Năm 2021 toàn Khối"
    assert "đã trình" in response.context["form"].non_field_errors()[0]


def test_a_form_survives_the_end_of_the_session(sender, bloc_year, thuky):
    sender.get(create_url(bloc_year))
    sender.session.flush()
    sender.cookies.pop("sessionid")
    sender.post(create_url(bloc_year), form_data(line("PROV_CERT", "Báo Phú Thọ"), opening="Năm 2021 toàn Khối"))
    session = sender.session
    kept = session["kept_form"]
    sender.force_login(thuky)
    session = sender.session
    session["kept_form"] = kept
    session.save()
    response = sender.get(create_url(bloc_year))
    assert response.status_code == 200
    assert response.context["form"]["opening"].value() == "Năm 2021 toàn Khối"
    assert response.context["lines"][0]["nominees"].value() == "Báo Phú Thọ"


def test_the_edit_page_shows_the_letter_as_it_stands(sender, draft):
    response = sender.get(url("proposal-edit", draft))
    rows = response.context["lines"].forms
    assert [row["declared_count"].value() for row in rows] == [None, None, None, 6, None]
    assert rows[0]["nominees"].value() == "Văn phòng Tỉnh ủy\nHội Nông dân tỉnh"


def test_the_draft_is_hidden_from_the_board(desk, draft):
    for name in ("proposal", "proposal-edit", "letter-pdf", "letter-issue"):
        assert desk.get(url(name, draft)).status_code == 404
    assert desk.post(url("proposal-receive", draft)).status_code == 404


def test_a_member_reads_the_sent_letter_and_changes_nothing(client, received, bloc_year):
    client.force_login(staff_of(Unit.objects.get(name="Báo Phú Thọ")))
    assert client.get(received.get_absolute_url()).status_code == 200
    assert client.get(create_url(bloc_year)).status_code == 403
    assert client.get(url("proposal-edit", received)).status_code == 403
    assert client.post(url("proposal-submit", received)).status_code == 403
    assert client.post(url("items-withdraw", received), {"items": [1], "reason": "x"}).status_code in (403, 422)


def test_submit_recall_receive(sender, desk, draft):
    assert sender.post(url("proposal-submit", draft)).status_code == 302
    assert sender.post(url("proposal-recall", draft)).status_code == 302
    sender.post(url("proposal-submit", draft))
    assert desk.post(url("proposal-receive", draft)).status_code == 302
    assert Proposal.objects.get(pk=draft.pk).state == ProposalState.RECEIVED
    assert sender.post(url("proposal-recall", draft)).status_code == 409


def test_acts_are_posted_not_fetched(sender, draft):
    assert sender.get(url("proposal-submit", draft)).status_code == 405


def test_the_board_returns_many_items_at_once_with_a_reason(desk, sender, received, items_of):
    pks = [item.pk for item in items_of(received, 4)]
    reason = "Khai 06, danh sách có 05"
    assert desk.post(url("items-return", received), {"items": pks, "reason": reason}).status_code == 302
    assert {item.state for item in items_of(received, 4)} == {ItemState.RETURNED}
    shown = sender.get(received.get_absolute_url()).content.decode()
    assert reason in shown
    assert url("line-correct", received, items_of(received, 4)[0].line_id) in shown


def test_returning_without_a_reason_keeps_what_was_ticked(desk, received, items_of):
    pks = [item.pk for item in items_of(received, 4)[:2]]
    response = desk.post(url("items-return", received), {"items": pks, "reason": " ", "legal_ground": "Điều 35"})
    assert response.status_code == 422
    checked = [row.item.pk for block in response.context["blocks"] for row in block.rows if row.is_checked]
    assert checked == pks
    assert response.context["act_errors"] == ["Hãy ghi lý do trả lại để khối biết cần sửa gì."]
    assert response.context["act_form"]["legal_ground"].value() == "Điều 35"


def test_a_verdict_that_came_too_late_keeps_its_reason_and_shows_the_first(desk, received, hoidong, items_of):
    item = items_of(received, 4)[0]
    services.accept_items(items=[item], by=hoidong)
    reason = "Danh sách thiếu một đơn vị."
    response = desk.post(url("items-return", received), {"items": [item.pk], "reason": reason})
    assert response.status_code == 409
    assert response.context["act_errors"] != []
    assert response.context["act_form"]["reason"].value() == reason
    item.refresh_from_db()
    assert item.state == ItemState.ACCEPTED


@pytest.mark.parametrize("items", [[], ["999999"], ["abc"]])
def test_no_item_or_a_foreign_one_is_a_sentence(desk, received, items):
    response = desk.post(url("items-accept", received), {"items": items})
    assert (response.status_code, len(response.context["act_errors"])) == (422, 1)


def test_an_item_of_another_letter_is_refused(desk, received, bloc_year, thuky, items_of):
    other = letter_of(bloc_year, thuky)
    response = desk.post(url("items-accept", received), {"items": [items_of(other)[0].pk]})
    assert response.status_code == 422
    assert items_of(other)[0].state == ItemState.PROPOSED


def test_the_own_unit_has_no_box_and_says_why(client, received, items_of):
    unit = items_of(received, 1)[0].unit
    unit.is_standing_agency = True
    unit.save()
    client.force_login(staff_of(unit))
    shown = client.get(received.get_absolute_url())
    row = shown.context["blocks"][0].rows[0]
    assert (row.can_choose, row.why_not) == ("", "Đơn vị của bạn: người khác thẩm định")
    assert client.post(url("items-accept", received), {"items": [items_of(received, 1)[0].pk]}).status_code == 403


def test_a_verdict_survives_the_end_of_the_session(desk, hoidong, received, items_of):
    address = url("items-return", received)
    assert desk.get(address).status_code == 405
    desk.get(received.get_absolute_url())
    desk.cookies.pop("sessionid")
    pk = items_of(received, 4)[0].pk
    desk.post(address, {"items": [pk], "reason": "Khai 06, danh sách có 05"})
    kept = desk.session["kept_form"]
    desk.force_login(hoidong)
    session = desk.session
    session["kept_form"] = kept
    session.save()
    response = desk.get(address)
    assert response.status_code == 200
    assert response.context["act_form"]["reason"].value() == "Khai 06, danh sách có 05"
    assert [row.item.pk for block in response.context["blocks"] for row in block.rows if row.is_checked] == [pk]
    assert items_of(received, 4)[0].state == ItemState.PROPOSED


def test_a_letter_begun_from_a_meeting_names_it(sender, bloc_year):
    meeting = Meeting.objects.create(bloc_year=bloc_year, title="Hội nghị tổng kết năm 2021", starts_on="2022-01-11")
    foreign = Meeting.objects.create(bloc_year=BlocYearFactory(), title="Hội nghị khác", starts_on="2022-01-11")
    for pk, expected in [(meeting.pk, meeting.pk), (foreign.pk, None), ("x", None), ("9" * 40, None)]:
        form = sender.get(f"{create_url(bloc_year)}?hoi_nghi={pk}").context["form"]
        assert form["meeting"].value() == expected


def test_a_new_letter_is_addressed_to_the_council_of_the_province(sender, bloc_year):
    form = sender.get(create_url(bloc_year)).context["form"]
    assert form["addressee"].value() == "Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ"
    assert form["grounds"].value() == "Căn cứ Luật Thi đua, khen thưởng"


def test_the_sender_cannot_give_verdicts(sender, received, items_of):
    assert sender.post(url("items-accept", received), {"items": [items_of(received, 1)[0].pk]}).status_code == 403


def correction(received, hoidong, items_of):
    services.return_items(items=items_of(received, 4), by=hoidong, reason="Khai 06, danh sách có 05")
    return url("line-correct", received, items_of(received, 4)[0].line_id)


def test_the_sender_corrects_the_returned_line_and_sends_it_again(sender, received, hoidong, items_of):
    address = correction(received, hoidong, items_of)
    shown = sender.get(address)
    data = {
        "seen": shown.context["form"]["seen"].value(),
        "declared_count": "6",
        "nominee_kind": "collective",
        "nominees": shown.context["form"]["nominees"].value() + "\nTrường Chính trị tỉnh Phú Thọ",
    }
    assert sender.post(address, data).status_code == 302
    assert {item.state for item in items_of(received, 4)} == {ItemState.PROPOSED}
    assert len(items_of(received, 4)) == 6
    assert "biên bản ghi 12" in sender.get(received.get_absolute_url()).content.decode()


def test_a_correction_answered_by_a_colleague_meanwhile_keeps_what_was_typed(sender, received, hoidong, thuky, items_of):
    address = correction(received, hoidong, items_of)
    seen = sender.get(address).context["form"]["seen"].value()
    line_of = received.lines.get(position=4)
    entered = [services.NomineeInput(unit=item.unit) for item in items_of(received, 4)]
    services.correct_line(line=line_of, declared_count=5, nominees=entered, by=thuky)
    data = {"seen": seen, "declared_count": "6", "nominee_kind": "collective", "nominees": "Ủy ban MTTQ tỉnh"}
    response = sender.post(address, data)
    assert response.status_code == 409
    assert response.context["form"]["nominees"].value() == "Ủy ban MTTQ tỉnh"
    assert str(thuky) in response.context["form"].non_field_errors()[0]


def test_an_untouched_name_cannot_be_added_in_a_correction(sender, received, hoidong, items_of):
    services.return_items(items=items_of(received, 4)[:1], by=hoidong, reason="Thiếu báo cáo")
    address = url("line-correct", received, items_of(received, 4)[0].line_id)
    form = sender.get(address).context["form"]
    assert form["nominees"].value() == "Ban Dân vận Tỉnh ủy"
    data = {
        "seen": form["seen"].value(),
        "declared_count": "6",
        "nominee_kind": "collective",
        "nominees": "Báo Phú Thọ",
    }
    response = sender.post(address, data)
    assert response.status_code == 422
    assert response.context["form"]["nominees"].value() == "Báo Phú Thọ"


def test_a_line_of_another_letter_is_not_found(sender, received, bloc_year, thuky):
    other = letter_of(bloc_year, thuky)
    assert sender.get(url("line-correct", received, other.lines.first().pk)).status_code == 404


def test_achievements_are_written_beside_the_names(sender, draft, items_of):
    item = items_of(draft, 1)[0]
    data = {f"de_nghi_{item.pk}": "Hoàn thành 12/12 chỉ tiêu.", "version": "1"}
    assert sender.post(url("proposal-achievements", draft), data).status_code == 302
    assert ProposalItem.objects.get(pk=item.pk).achievements == "Hoàn thành 12/12 chỉ tiêu."
    stale = sender.post(url("proposal-achievements", draft), data | {f"de_nghi_{item.pk}": "Bản khác"})
    assert (stale.status_code, stale.context["form"][f"de_nghi_{item.pk}"].value()) == (409, "Bản khác")


def test_the_same_unit_twice_warns_and_does_not_block(sender, bloc_year):
    sender.post(create_url(bloc_year), form_data(line("PROV_CERT", "Báo Phú Thọ"), line("GOV_FLAG", "Báo Phú Thọ")))
    letter = Proposal.objects.get()
    assert "được đề nghị 02 hình thức trong cùng tờ trình" in sender.get(letter.get_absolute_url()).content.decode()
    assert sender.post(url("proposal-submit", letter)).status_code == 302


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return len(response.context["page"].object_list), len(queries)


def test_the_list_of_a_year_has_constant_queries(sender, bloc_year, thuky):
    address = reverse("awards:proposals", args=[bloc_year.bloc.slug, bloc_year.year.slug])
    letter_of(bloc_year, thuky)
    one = queries_of(sender, address)
    letter_of(bloc_year, thuky)
    letter_of(bloc_year, thuky)
    assert (one[0], queries_of(sender, address)) == (1, (3, one[1]))


def test_the_board_has_constant_queries(desk, bloc_year, thuky):
    address = reverse("awards:board")
    services.submit_proposal(proposal=letter_of(bloc_year, thuky), by=thuky)
    one = queries_of(desk, address)
    for _ in range(2):
        services.submit_proposal(proposal=letter_of(bloc_year, thuky), by=thuky)
    assert (one[0], queries_of(desk, address)) == (1, (3, one[1]))


def test_a_letter_has_as_many_queries_for_one_item_as_for_many(desk, sender, thuky, hoidong, bloc_year):
    def queries(names):
        lines = [services.LineInput(award=AwardKind.objects.get(code="PROV_CERT"), nominees=nominees(*names))]
        letter = services.save_proposal(proposal=Proposal(bloc_year=bloc_year), by=thuky, lines=lines)
        services.submit_proposal(proposal=letter, by=thuky)
        services.receive_proposal(proposal=letter, by=hoidong)
        counts = []
        for client in (desk, sender):
            client.get(letter.get_absolute_url())
            with CaptureQueriesContext(connection) as found:
                client.get(letter.get_absolute_url())
            counts.append(len(found))
        return counts

    assert queries(["Báo Phú Thọ"]) == queries(["Ủy ban MTTQ tỉnh", "Văn phòng Tỉnh ủy", "Hội Nông dân tỉnh"])


def test_the_board_filters_by_state_year_and_name(desk, received, bloc_year, thuky):
    letter_of(bloc_year, thuky)
    address = reverse("awards:board")
    assert [row.pk for row in desk.get(address).context["page"]] == [received.pk]
    assert list(desk.get(f"{address}?trang_thai=sent").context["page"]) == []
    assert len(desk.get(f"{address}?trang_thai=received&nam=2021&q=doan the phu tho").context["page"].object_list) == 1
    assert len(desk.get(f"{address}?trang_thai=nonsense&nam=x&trang=abc").context["page"].object_list) == 1
    assert desk.get(address).context["received"] == 1


def test_the_board_is_for_the_agency_and_the_council(client, received):
    for user, status in [
        (secretary_of(BlocYearFactory(members=1)), 403),
        (UserFactory(), 403),
        (CouncilMemberFactory().user, 200),
    ]:
        client.force_login(user)
        assert client.get(reverse("awards:board")).status_code == status


def test_an_award_out_of_use_is_not_offered_but_stays_where_it_is(sender, draft, bloc_year):
    AwardKind.objects.filter(code="GOV_FLAG").update(is_active=False)
    AwardKindFactory(name="Danh hiệu không dùng", is_active=False)
    new = sender.get(create_url(bloc_year)).content.decode()
    assert ("Danh hiệu không dùng" in new, "Cờ thi đua của Chính phủ" in new) == (False, False)
    assert "Cờ thi đua của Chính phủ" in sender.get(url("proposal-edit", draft)).content.decode()

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from blocs.models import BlocOffice, BlocYear, Unit
from common.audit import events_of
from documents.models import IssuedDocument, Issuer
from meetings.models import Election, Meeting
from meetings.services import close_meeting
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    UnitFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    FigureFactory,
    MeetingFactory,
    ParticipantFactory,
    PointFactory,
)
from tests.meetings.pages import TITLE, address, election, figure, form, member, phu_tho

pytestmark = pytest.mark.django_db
FORM = "meetings/meeting_form.html"


@pytest.fixture
def bloc_year():
    return phu_tho()


@pytest.fixture
def thuky(bloc_year, client):
    user = secretary_of(bloc_year)
    client.force_login(user)
    return user


def post_new(client, bloc_year, **values):
    return client.post(address("meeting-create", bloc_year), form(bloc_year, **values))


def text_of(response):
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", body.replace("&quot;", '"').replace("&#x27;", "'"))


# Entering


def test_the_meeting_of_phu_tho_is_entered_in_one_sitting(client, bloc_year, thuky):
    titles = "Phó Chủ tịch thường trực Hội đồng\nPhó Giám đốc Sở Nội vụ\nTrưởng Ban Thi đua, Khen thưởng tỉnh"
    response = post_new(
        client,
        bloc_year,
        participants=[
            {"capacity": "chair", "person_name": "Bùi Đình Thi", "unit": "Ban Tổ chức Tỉnh uỷ"},
            {"capacity": "chair", "person_name": "Nguyễn Thị Phương Hạnh", "unit": "hoi nong dan tinh"},
            {"capacity": "guest", "person_name": "Hồ Thị Phương Thủy", "titles": titles},
            {"capacity": "guest", "person_name": "", "unit": "", "titles": " "},
        ],
        figures=[
            figure("đơn vị đăng ký và ký giao ước", "100", unit_of_measure="%"),
            figure("đề tài cấp tỉnh", "13 đề tài"),
            figure("đề tài cấp cơ sở", "5.848", unit_of_measure="đề tài"),
            figure("ủng hộ", "1 tỷ 500 triệu đồng"),
            figure("hiến máu", "hơn 845", unit="Báo Phú Thọ", unit_of_measure="đơn vị máu"),
            figure("đơn vị nộp báo cáo", "4/8 đơn vị"),
        ],
        points=[{"section": "conclusion", "text": "Đẩy mạnh phong trào thi đua"}, {"section": "result", "text": ""}],
        elections=[
            election("leader", "Hội Nông dân tỉnh"),
            election("deputy", "Đảng ủy khối các cơ quan tỉnh", votes_for="13", votes_cast="15"),
        ],
    )
    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert response.url == meeting.get_absolute_url() == address("meeting", bloc_year, meeting.pk)
    assert (meeting.bloc_year, meeting.starts_on, meeting.kinds_text) == (
        bloc_year,
        date(2022, 1, 11),
        "Tổng kết, triển khai nhiệm vụ, ký kết giao ước",
    )
    assert meeting.attendances.count() == 15
    assert [(row.person_name, str(row.unit), len(row.titles)) for row in meeting.participants.all()] == [
        ("Bùi Đình Thi", "Ban Tổ chức Tỉnh ủy", 0),
        ("Nguyễn Thị Phương Hạnh", "Hội Nông dân tỉnh", 0),
        ("Hồ Thị Phương Thủy", "None", 3),
    ]
    assert [(row.value, row.value_text) for row in meeting.figures.all()] == [
        (Decimal(100), "100 %"),
        (Decimal(13), "13 đề tài"),
        (Decimal(5848), "5.848 đề tài"),
        (Decimal(1500000000), "1.500.000.000 đồng"),
        (Decimal(845), "hơn 845 đơn vị máu"),
        (Decimal(4), "4/8 đơn vị"),
    ]
    offices = BlocOffice.objects.filter(bloc_year__year__slug="2022").in_order()
    assert [str(row.unit) for row in offices] == ["Hội Nông dân tỉnh", "Đảng ủy khối các cơ quan tỉnh"]
    assert [row.text for row in meeting.points.all()] == ["Đẩy mạnh phong trào thi đua"]


def test_a_misspelt_member_is_offered_and_no_sixteenth_unit_arises(client, bloc_year, thuky):
    units = Unit.objects.count()
    response = post_new(client, bloc_year, elections=[election("deputy", "Đảng ủy khối cơ quan tỉnh")])
    assert response.status_code == 422
    assert "Có phải ý bạn là: Đảng ủy khối các cơ quan tỉnh" in text_of(response)
    assert 'name="elections-0-unit_chon"' in response.content.decode()
    chosen = election("deputy", "Đảng ủy khối cơ quan tỉnh", unit_chon="Đảng ủy khối các cơ quan tỉnh")
    assert post_new(client, bloc_year, elections=[chosen]).status_code == 302
    assert str(Election.objects.get().unit) == "Đảng ủy khối các cơ quan tỉnh"
    assert Unit.objects.count() == units


def test_a_meeting_is_announced_for_a_future_day_without_results(client, bloc_year, thuky):
    day = timezone.localdate() + timedelta(days=20)
    response = post_new(client, bloc_year, status="announced", starts_on=f"{day:%d/%m/%Y}", kinds=["mid_year"])
    meeting = Meeting.objects.get()
    assert (response.status_code, meeting.status, meeting.starts_on) == (302, "announced", day)
    assert meeting.attendances.count() == 0


def test_the_form_of_a_new_meeting_lists_every_member_present(client, bloc_year, thuky):
    response = client.get(address("meeting-create", bloc_year))
    assert response.status_code == 200
    page = response.context["page"]
    assert [str(row.unit_shown) for row in page.attendances] == [str(row.unit) for row in bloc_year.memberships]
    assert {row["presence"].value() for row in page.attendances} == {"present"}


def test_what_was_saved_stands_in_the_form_and_saves_back_unchanged(client, bloc_year, thuky):
    post_new(
        client,
        bloc_year,
        starts_at="14h",
        host="Báo Phú Thọ",
        participants=[{"capacity": "guest", "person_name": "Hồ Thị Phương Thủy", "titles": "Một\nHai"}],
        agenda=[{"text": "Báo cáo tổng kết", "presenter": "Hội Nông dân tỉnh"}],
        figures=[figure("ủng hộ", "1.234,5", unit="Báo Phú Thọ", qualifier="nearly", unit_of_measure="triệu đồng")],
        points=[{"section": "request", "text": "Tăng kinh phí", "addressee": "UBND tỉnh"}],
        elections=[election("leader", "Hội Nông dân tỉnh")],
    )
    meeting = Meeting.objects.get()
    url = address("meeting-edit", bloc_year, meeting.pk)
    page = client.get(url).context["page"]
    sent = {name: value for name, value in as_sent(page).items() if value is not None}
    before = snapshot(meeting)
    assert sent["version"] == "1"
    assert sent["starts_at"] == "14:00"
    assert sent["figures-0-value"] == "1.234,5"
    response = client.post(url, sent)
    assert response.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.version == 2
    assert snapshot(meeting) == before


def as_sent(page):
    """What a browser would send of a page nobody has touched."""
    data = {}
    for part in [page.form, *(row for formset in page.formsets for row in formset.forms)]:
        for bound in part:
            if bound.name == "DELETE":
                continue
            value = bound.value()
            value = bound.field.prepare_value(value) if value is not None else ""
            data[bound.html_name] = value if isinstance(value, list) else shown(bound, value)
    for formset in page.formsets:
        for bound in formset.management_form:
            data[bound.html_name] = str(bound.value() if bound.value() is not None else "")
    return data


def shown(bound, value):
    value = bound.field.widget.format_value(value)
    return value[0] if isinstance(value, list) else "" if value is None else str(value)


def snapshot(meeting):
    rows = {}
    for name in ("participants", "attendances", "agenda", "figures", "points", "elections", "purposes"):
        rows[name] = list(getattr(meeting, name).order_by("pk").values())
    return rows


# Bad input


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Hãy ghi tên hội nghị."),
        ({"title": "H" * 301}, "Tên hội nghị"),
        ({"kinds": []}, "Hãy chọn ít nhất một nội dung họp."),
        ({"kinds": ["dancing"]}, "Nội dung họp"),
        ({"status": ""}, "Hãy chọn hội nghị sắp họp hay đã họp."),
        ({"status": "closed"}, "Tình trạng"),
        ({"starts_on": ""}, "Hãy ghi ngày họp."),
        ({"starts_on": "31/02/2022"}, "dd/mm/yyyy"),
        ({"starts_on": "11/01/0022"}, "Năm của ngày họp không hợp lý"),
        ({"ends_on": "10/01/2022"}, "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"starts_on": "11/01/2031"}, "chưa đến nên chưa ghi “Đã họp” được"),
        ({"starts_at": "25:00"}, "Giờ phải theo dạng 24 giờ"),
        ({"part_of_day": "night"}, "Buổi"),
        ({"host": "Sở Xây dựng Cà Mau"}, "Không tìm thấy đơn vị tên “Sở Xây dựng Cà Mau”."),
        ({"headcount": "nhiều"}, "Hãy ghi một số nguyên."),
        ({"headcount": "-1"}, "Số không được nhỏ hơn 0."),
        ({"headcount": "9" * 30}, "Số không được lớn hơn 1.000.000."),
        ({"declared_units": "1001"}, "Số không được lớn hơn 1.000."),
        ({"participants": [{"capacity": "chair", "titles": "Chủ tịch"}]}, "Hãy ghi họ tên hoặc đơn vị."),
        ({"participants": [{"capacity": "king", "person_name": "Bùi Đình Thi"}]}, "Tư cách"),
        ({"participants": [{"capacity": "chair", "person_name": "B" * 121}]}, "Họ và tên"),
        ({"agenda": [{"presenter": "Hội Nông dân tỉnh"}]}, "Hãy ghi nội dung."),
        ({"figures": [figure("sáng kiến", "")]}, "Hãy ghi giá trị."),
        ({"figures": [figure("", "13")]}, "Hãy ghi tên chỉ tiêu."),
        ({"figures": [figure("sáng kiến", "nhiều")]}, "không phải là số"),
        ({"figures": [figure("sáng kiến", "1.5")]}, "phần lẻ viết sau dấu phẩy"),
        ({"figures": [figure("sáng kiến", "13 đề tài", unit_of_measure="sáng kiến")]}, "khác với đơn vị tính"),
        ({"figures": [figure("máu", "hơn 845", qualifier="nearly")]}, "khác với mức"),
        ({"figures": [figure("báo cáo", "4/8", denominator="9")]}, "khác với tổng số"),
        ({"figures": [figure("báo cáo", "4", denominator="0")]}, "Tổng số phải là một số lớn hơn 0."),
        ({"points": [{"section": "result", "text": "Tốt", "addressee": "UBND tỉnh"}]}, "chỉ ghi ở mục “Kiến nghị”"),
        ({"points": [{"section": "gossip", "text": "Tốt"}]}, "Mục"),
        ({"points": [{"section": "result", "text": "T" * 2001}]}, "Nội dung"),
        ({"elections": [election("leader", "") | {"votes_for": "3"}]}, "Hãy ghi đơn vị được bầu."),
        ({"elections": [election("king", "Báo Phú Thọ")]}, "Chức vụ"),
        (
            {"elections": [election("leader", "Báo Phú Thọ", votes_for="9", votes_cast="8")]},
            "Số phiếu đồng ý không được lớn hơn số phiếu bầu.",
        ),
        (
            {"elections": [election("leader", "Báo Phú Thọ"), election("deputy", "Báo Phú Thọ")]},
            "Mỗi đơn vị chỉ được bầu vào một chức vụ.",
        ),
        (
            {"elections": [election("leader", "Báo Phú Thọ"), election("leader", "Hội Nông dân tỉnh")]},
            "Mỗi năm chỉ có một khối trưởng.",
        ),
    ],
)
def test_a_fault_is_one_sentence_and_everything_typed_comes_back(client, bloc_year, thuky, values, sentence):
    response = post_new(client, bloc_year, **{"place": "Hội trường tầng 3", **values})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Hội trường tầng 3" in response.content.decode()
    assert not Meeting.objects.exists()


def test_a_fault_in_a_row_says_in_which_list_the_row_stands(client, bloc_year, thuky):
    figures = [figure("sáng kiến", "13"), figure("đề tài", "nhiều")]
    text = text_of(post_new(client, bloc_year, figures=figures, participants=[{"capacity": "chair", "titles": "Chủ tịch"}]))
    assert "Điều hành, khách mời, dòng 1: Hãy ghi họ tên hoặc đơn vị." in text
    assert "Số liệu, dòng 2, Giá trị : “nhiều” không phải là số." in text


def test_a_unit_of_another_bloc_is_not_elected(client, bloc_year, thuky):
    BlocYearFactory(members=1)
    other = UnitFactory(name="Sở Tài chính")
    response = post_new(client, bloc_year, elections=[election("leader", other)])
    assert response.status_code == 422
    assert "Không tìm thấy đơn vị tên “Sở Tài chính”." in text_of(response)


@pytest.mark.parametrize("unit", ["", "abc", "-1", "0", "99999999", "9" * 40])
def test_a_foreign_unit_in_the_attendance_is_refused(client, bloc_year, thuky, unit):
    data = form(bloc_year)
    data["attendances-0-unit"] = unit
    response = client.post(address("meeting-create", bloc_year), data)
    assert response.status_code == 422
    assert "Có dòng điểm danh của một đơn vị không thuộc khối" in text_of(response)


def test_a_unit_of_another_bloc_in_the_attendance_is_refused(client, bloc_year, thuky):
    data = form(bloc_year)
    data["attendances-0-unit"] = UnitFactory().pk
    response = client.post(address("meeting-create", bloc_year), data)
    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_a_unit_twice_in_the_attendance_is_named(client, bloc_year, thuky):
    data = form(bloc_year)
    data["attendances-0-unit"] = data["attendances-13-unit"]
    response = client.post(address("meeting-create", bloc_year), data)
    assert response.status_code == 422
    assert "Đơn vị Báo Phú Thọ có hai dòng trong danh sách điểm danh." in text_of(response)


@pytest.mark.parametrize("prefix", ["participants", "attendances", "agenda", "figures", "points", "elections"])
@pytest.mark.parametrize("total", ["abc", "", "1000000000", "-5", "9" * 5000, None])
def test_a_garbled_number_of_rows_is_refused_with_a_sentence(client, bloc_year, thuky, prefix, total):
    data = form(bloc_year)
    data[f"{prefix}-TOTAL_FORMS"] = total
    data = {name: value for name, value in data.items() if value is not None}
    response = client.post(address("meeting-create", bloc_year), data)
    assert response.status_code in ({302} if total == "-5" else {422})
    if response.status_code == 422:
        assert "Phần này" in text_of(response) or "không thuộc khối" in text_of(response)


def test_nothing_at_all_is_refused_and_not_an_error(client, bloc_year, thuky):
    response = client.post(address("meeting-create", bloc_year), {})
    assert response.status_code == 422
    assert "Hãy ghi tên hội nghị." in text_of(response)


def test_a_row_key_that_is_no_number_is_refused_or_new(client, bloc_year, thuky):
    response = post_new(client, bloc_year, agenda=[{"text": "Khai mạc", "pk": "abc"}])
    assert response.status_code == 422
    foreign = AgendaItemFactory(text="Của khối khác")
    assert post_new(client, bloc_year, agenda=[{"text": "Khai mạc", "pk": foreign.pk}]).status_code == 302
    foreign.refresh_from_db()
    assert foreign.text == "Của khối khác"


def test_the_same_meeting_is_not_made_twice_by_a_double_click(client, bloc_year, thuky):
    assert post_new(client, bloc_year).status_code == 302
    response = post_new(client, bloc_year)
    assert response.status_code == 422
    assert "Hội nghị cùng tên, cùng ngày đã có" in text_of(response)
    assert Meeting.objects.count() == 1


def test_a_refusal_of_the_office_keeps_everything_typed(client, bloc_year, thuky):
    bloc_year.year.__class__.objects.filter(slug="2022").delete()
    response = post_new(client, bloc_year, elections=[election("leader", "Báo Phú Thọ")], place="Hội trường tầng 3")
    assert response.status_code == 422
    assert "Chưa có năm thi đua tiếp theo năm 2021" in text_of(response)
    assert "Hội trường tầng 3" in response.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("prefix", ["participants", "agenda", "figures", "points", "elections"])
def test_a_row_is_added_without_script_and_nothing_is_saved(client, bloc_year, thuky, prefix):
    response = post_new(client, bloc_year, them_dong=prefix, title="", place="Hội trường tầng 3")
    assert response.status_code == 200
    assert response.context["page"].form["place"].value() == "Hội trường tầng 3"
    assert {formset.prefix: len(formset.forms) for formset in response.context["formsets"]}[prefix] == 1
    assert "Hãy ghi tên hội nghị." not in text_of(response)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("total", ["abc", "9" * 5000, "1000000000"])
def test_adding_a_row_to_a_garbled_list_is_no_error(client, bloc_year, thuky, total):
    data = {**form(bloc_year), "them_dong": "agenda", "agenda-TOTAL_FORMS": total}
    assert client.post(address("meeting-create", bloc_year), data).status_code == 200


# Two people, and the session's end


def test_the_second_of_two_people_keeps_what_was_typed_and_may_overwrite_knowingly(client, bloc_year, thuky):
    post_new(client, bloc_year)
    meeting = Meeting.objects.get()
    url = address("meeting-edit", bloc_year, meeting.pk)
    first = {**form(bloc_year), "version": "1", "title": "Hội nghị tổng kết của người thứ nhất"}
    assert client.post(url, first).status_code == 302
    second = form(bloc_year, version="1", place="Hội trường tầng 3", points=[{"section": "result", "text": "Ý mới gõ"}])
    response = client.post(url, second)
    assert response.status_code == 409
    text = text_of(response)
    assert f"{thuky} đã lưu bản mới hơn lúc" in text
    assert "Ý mới gõ" in text
    assert "Hội trường tầng 3" in response.content.decode()
    assert response.context["form"]["version"].value() == "2"
    assert Meeting.objects.get().title == "Hội nghị tổng kết của người thứ nhất"
    second["version"] = response.context["form"]["version"].value()
    assert client.post(url, second).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.version, meeting.points.get().text) == (TITLE, 3, "Ý mới gõ")


def test_a_meeting_closed_meanwhile_keeps_what_was_typed(client, bloc_year, thuky):
    post_new(client, bloc_year)
    meeting = Meeting.objects.get()
    close_meeting(meeting=meeting, by=thuky)
    late = form(bloc_year, version="1", place="Hội trường tầng 3", points=[{"section": "result", "text": "Ý mới gõ"}])
    response = client.post(address("meeting-edit", bloc_year, meeting.pk), late)
    assert response.status_code == 409
    text = text_of(response)
    assert f"{thuky} đã khóa biên bản lúc" in text
    assert "Ý mới gõ" in text
    assert "Hội trường tầng 3" in response.content.decode()
    assert not Meeting.objects.get().points.filter(text="Ý mới gõ").exists()


@pytest.mark.parametrize("version", ["", "abc", "0", "-1", "9" * 40])
def test_a_garbled_version_is_refused(client, bloc_year, thuky, version):
    post_new(client, bloc_year)
    response = client.post(address("meeting-edit", bloc_year, Meeting.objects.get().pk), form(bloc_year, version=version))
    assert response.status_code == 422
    assert Meeting.objects.get().version == 1


def test_a_session_that_ends_in_the_middle_gives_the_whole_form_back(client, bloc_year, thuky):
    url = address("meeting-create", bloc_year)
    client.get(url)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    rows = [{"section": "result", "text": f"Ý thứ {number}"} for number in range(1, 8)]
    response = client.post(url, form(bloc_year, points=rows, figures=[figure("sáng kiến", "5.848")], headcount="chín mươi"))
    assert response.status_code == 302
    assert not Meeting.objects.exists()
    client.force_login(thuky)
    response = client.get(url)
    assert response.status_code == 200
    page = response.context["page"]
    assert [row["text"].value() for row in page.points] == [f"Ý thứ {number}" for number in range(1, 8)]
    assert page.form["headcount"].value() == "chín mươi"
    assert page.figures[0]["value"].value() == "5.848"
    assert len(page.attendances.forms) == 15


# Reading


def test_a_meeting_is_read_with_its_chairs_guest_figures_and_elections(client, bloc_year, thuky):
    post_new(
        client,
        bloc_year,
        participants=[
            {"capacity": "chair", "person_name": "Bùi Đình Thi"},
            {"capacity": "chair", "person_name": "Nguyễn Thị Phương Hạnh"},
            {"capacity": "guest", "person_name": "Hồ Thị Phương Thủy", "titles": "Một\nHai\nBa"},
        ],
        figures=[figure("đề tài cấp cơ sở", "5.848 đề tài")],
        elections=[election("leader", "Hội Nông dân tỉnh")],
        declared_units="14",
    )
    response = client.get(Meeting.objects.get().get_absolute_url())
    text = text_of(response)
    assert response.status_code == 200
    assert len(response.context["summary"].chairs) == 2
    assert response.context["summary"].guests[0].titles == ["Một", "Hai", "Ba"]
    assert "5.848 đề tài" in text
    assert "15/15 đơn vị" in text
    assert "Biên bản ghi 14 đơn vị dự, danh sách điểm danh có 15 đơn vị dự." in text


def test_an_almost_empty_meeting_shows_no_empty_parts(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year, place="")
    text = text_of(client.get(meeting.get_absolute_url()))
    for word in ("None", "null", "Địa điểm", "Điều hành", "Số liệu", "Hạn chế", "Kiến nghị", "Văn bản đã ban hành"):
        assert word not in text.replace("Hội nghị", "")
    assert "Chưa nhập kết quả hội nghị." in text


LIST_QUERIES = 24


@pytest.mark.parametrize("count", [1, 3])
def test_meeting_list_query_count(client, bloc_year, thuky, count, django_assert_max_num_queries):
    for number in range(count):
        meeting = MeetingFactory(bloc_year=bloc_year, title=f"Hội nghị {number}", attending=True)
        FigureFactory.create_batch(2, meeting=meeting)
    client.get(address("meetings", bloc_year))
    with django_assert_max_num_queries(LIST_QUERIES):
        response = client.get(address("meetings", bloc_year))
    assert [(row.present_count, row.figure_count) for row in response.context["meetings"]] == [(15, 2)] * count


@pytest.mark.parametrize("name", ["meeting", "meeting-edit"])
def test_the_pages_of_a_meeting_ask_the_database_as_often_for_many_rows_as_for_one(
    client, bloc_year, thuky, name, django_assert_max_num_queries
):
    unit = member(bloc_year, "Báo Phú Thọ")
    counts = []
    for rows in (1, 4):
        meeting = MeetingFactory(bloc_year=bloc_year, title=f"Hội nghị {rows}")
        for number in range(rows):
            ParticipantFactory(meeting=meeting, unit=unit, position=number)
            FigureFactory(meeting=meeting, unit=unit, level="unit")
            PointFactory(meeting=meeting)
            AgendaItemFactory(meeting=meeting)
            AttendanceFactory(meeting=meeting, unit=bloc_year.bloc.memberships.in_order()[number].unit)
        with django_assert_max_num_queries(60) as queries:
            assert client.get(address(name, bloc_year, meeting.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_saving_many_rows_matches_units_with_as_few_queries_as_one(client, bloc_year, thuky, django_assert_max_num_queries):
    counts = []
    for rows in (1, 5):
        lines = [figure(f"chỉ tiêu {number}", "1", unit="Báo Phú Thọ") for number in range(rows)]
        people = [{"capacity": "guest", "unit": "Hội Nông dân tỉnh"} for _ in range(rows)]
        data = form(bloc_year, title=f"Hội nghị {rows}", figures=lines, participants=people)
        with django_assert_max_num_queries(120) as queries:
            assert client.post(address("meeting-create", bloc_year), data).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["abc", "0", "-1", "99", "9" * 40])
def test_a_nonsense_page_number_gives_a_page(client, bloc_year, thuky, page):
    assert client.get(address("meetings", bloc_year), {"trang": page}).status_code == 200


# Closing, reopening


def test_a_closed_meeting_offers_no_edit_and_is_reopened_with_a_reason(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year)
    assert client.post(address("meeting-close", bloc_year, meeting.pk)).status_code == 302
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert address("meeting-edit", bloc_year, meeting.pk) not in page
    assert client.get(address("meeting-edit", bloc_year, meeting.pk)).status_code == 403
    url = address("meeting-reopen", bloc_year, meeting.pk)
    assert client.get(url).status_code == 200
    response = client.post(url, {"reason": " "})
    assert response.status_code == 422
    assert "Hãy ghi lý do mở lại biên bản." in text_of(response)
    assert client.post(url, {"reason": "Bổ sung số liệu"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.status == "held"
    assert events_of(meeting).first().note == "Bổ sung số liệu"


def test_closing_is_no_link(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year)
    assert client.get(address("meeting-close", bloc_year, meeting.pk)).status_code == 405


def test_closing_what_is_closed_says_so_and_is_no_error(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year, status="closed")
    assert client.post(address("meeting-close", bloc_year, meeting.pk)).status_code == 409
    announced = MeetingFactory(bloc_year=bloc_year, status="announced")
    assert client.post(address("meeting-close", bloc_year, announced.pk)).status_code == 422


# Who


ADDRESSES = {
    "meetings": "GET",
    "meeting": "GET",
    "meeting-report-pdf": "GET",
    "meeting-create": "GET",
    "meeting-edit": "GET",
    "meeting-reopen": "GET",
    "meeting-report-issue": "GET",
    "meeting-close": "POST",
}


@pytest.mark.parametrize(
    ("who", "reading", "working"),
    [
        ("secretariat", 200, {200, 302}),
        ("member", 200, {403}),
        ("standing agency", 200, {403}),
        ("stranger", 404, {404}),
        ("editor", 404, {404}),
        ("administrator", 404, {404}),
        ("nobody", 302, {302}),
    ],
)
def test_who_may_not_see_gets_404_and_who_may_not_do_403(client, bloc_year, who, reading, working):
    meeting = MeetingFactory(bloc_year=bloc_year)
    PointFactory(meeting=meeting)
    secretary = secretary_of(bloc_year)
    users = {
        "secretariat": lambda: secretary,
        "member": lambda: staff_of(member(bloc_year, "Báo Phú Thọ")),
        "standing agency": standing_agency_officer,
        "stranger": lambda: staff_of(UnitFactory()),
        "editor": editor,
        "administrator": AdministratorFactory,
    }
    if who != "nobody":
        client.force_login(users[who]())
    for name, method in ADDRESSES.items():
        args = [] if name in {"meetings", "meeting-create"} else [meeting.pk]
        response = client.generic(method, address(name, bloc_year, *args))
        expected = {reading} if name in {"meetings", "meeting", "meeting-report-pdf"} else working
        assert response.status_code in expected, name


def test_the_standing_agency_enters_for_a_bloc_without_account_and_it_is_marked(client, bloc_year):
    officer = standing_agency_officer()
    client.force_login(officer)
    assert post_new(client, bloc_year).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.entered_on_behalf is True
    assert "Cơ quan thường trực nhập thay khối." in text_of(client.get(meeting.get_absolute_url()))


def test_after_the_hand_over_the_secretariat_only_reads(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year)
    BlocOffice.objects.filter(bloc_year=bloc_year).update(handed_over_on=date(2022, 1, 20))
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(address("meeting-edit", bloc_year, meeting.pk)).status_code == 403
    assert client.post(address("meeting-edit", bloc_year, meeting.pk), form(bloc_year, version="1")).status_code == 403


def test_a_meeting_of_another_year_or_bloc_is_not_found_here(client, bloc_year, thuky):
    other = MeetingFactory(bloc_year=BlocYearFactory(bloc=bloc_year.bloc, year__slug="2022"))
    foreign = MeetingFactory()
    for meeting in (other, foreign):
        assert client.get(address("meeting", bloc_year, meeting.pk)).status_code == 404


# The report


@pytest.fixture
def issuer(bloc_year):
    unit = member(bloc_year, "Ban Tổ chức Tỉnh ủy")
    unit.issuer = Issuer.objects.create(
        name="Ban Tổ chức Tỉnh ủy Phú Thọ", superior_name="Tỉnh ủy Phú Thọ", symbol="BTCTU", place="Phú Thọ", profile="party"
    )
    unit.save()
    return unit.issuer


def test_the_draft_of_the_report_is_a_pdf(client, bloc_year, thuky, issuer):
    meeting = MeetingFactory(bloc_year=bloc_year)
    response = client.get(address("meeting-report-pdf", bloc_year, meeting.pk))
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"kinds": ["thematic"]}, "nội dung họp sơ kết hoặc tổng kết"),
        ({"status": "announced"}, "kết quả hội nghị (hội nghị còn ghi “Sắp họp”)"),
    ],
)
def test_a_report_of_nothing_is_refused_with_what_is_missing(client, bloc_year, thuky, values, missing):
    meeting = MeetingFactory(bloc_year=bloc_year, **values)
    response = client.get(address("meeting-report-pdf", bloc_year, meeting.pk))
    assert response.status_code == 422
    assert missing in text_of(response)


def test_the_report_is_issued_with_the_number_of_the_register(client, bloc_year, thuky, issuer, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    meeting = MeetingFactory(bloc_year=bloc_year, status="closed")
    FigureFactory(meeting=meeting)
    url = address("meeting-report-issue", bloc_year, meeting.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"number": "5", "issued_on": "12/01/2022"}).status_code == 302
    document = IssuedDocument.objects.get()
    assert (document.number, document.subject, document.created_by) == ("05/BC-BTCTU", meeting, thuky)
    assert document.title == "Báo cáo Tổng kết công tác thi đua, khen thưởng năm 2021"
    assert "05/BC-BTCTU" in text_of(client.get(meeting.get_absolute_url()))
    # The same number again: refused; another number replaces the first paper.
    response = client.post(url, {"number": "05", "issued_on": "13/01/2022"})
    assert response.status_code == 409
    assert "đã dùng cho một văn bản khác" in text_of(response)
    assert client.post(url, {"number": "06", "issued_on": "13/01/2022"}).status_code == 302
    document.refresh_from_db()
    assert document.superseded_by.number == "06/BC-BTCTU"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Hãy ghi số văn bản do văn thư cấp."),
        ({"number": "năm", "issued_on": "12/01/2022"}, "Số văn bản bắt đầu bằng chữ số"),
        ({"number": "5", "issued_on": "hôm qua"}, "dd/mm/yyyy"),
        ({"number": "5", "issued_on": "12/01/2031"}, "ở sau ngày hôm nay"),
        ({"number": "5", "issued_on": "12/01/2022"}, "kết quả hoặc số liệu"),
    ],
)
def test_a_faulty_issue_comes_back_as_typed(client, bloc_year, thuky, issuer, values, sentence):
    meeting = MeetingFactory(bloc_year=bloc_year)
    response = client.post(address("meeting-report-issue", bloc_year, meeting.pk), values)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not IssuedDocument.objects.exists()
    assert BlocYear.objects.count() == 1


def test_the_tab_of_the_meetings_stays_marked_on_the_pages_of_one(client, bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year)
    page = client.get(meeting.get_absolute_url()).content.decode()
    marked = re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current', page)
    assert address("meetings", bloc_year) in marked

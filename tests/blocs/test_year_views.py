"""Pages of a bloc-year: members, offices, movements, covenant, hand-over."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from blocs.enums import CovenantState, OfficeRole, SignatureState
from blocs.models import BlocOffice, Covenant, Handover, Movement
from blocs.services import (
    ItemInput,
    add_holder,
    appoint_office,
    record_signatures,
    save_covenant,
    send_covenant,
)
from documents.models import IssuedDocument
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def work(client, secretary):
    """A browser in which the secretary of the bloc-year is signed in."""
    client.force_login(secretary)
    return client


@pytest.fixture
def at(bloc_year):
    """The address of a page of the bloc-year."""
    return lambda name, *args: reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, *args])


def member_of(bloc_year):
    return staff_of(bloc_year.bloc.memberships.last().unit)


def refused(response, *sentences, status=422):
    assert response.status_code == status
    page = response.content.decode()
    for sentence in sentences:
        assert sentence in page, sentence
    return page


PAGES = ["members", "covenant", "handover"]
FORM_PAGES = ["bloc-year-edit", "office-appoint", "movement-edit", "covenant-edit"]


@pytest.mark.parametrize("name", PAGES)
def test_members_and_the_agency_read_every_page_and_strangers_find_none(client, bloc_year, secretary, at, name):
    for user in (secretary, member_of(bloc_year), standing_agency_officer()):
        client.force_login(user)
        assert client.get(at(name)).status_code == 200
    for user in (UserFactory(), AdministratorFactory(), staff_of(UnitFactory())):
        client.force_login(user)
        assert client.get(at(name)).status_code == 404


@pytest.mark.parametrize("name", FORM_PAGES)
def test_only_the_secretariat_opens_the_forms(client, bloc_year, secretary, at, name):
    client.force_login(secretary)
    assert client.get(at(name)).status_code == 200
    client.force_login(member_of(bloc_year))
    assert client.get(at(name)).status_code == 403
    client.force_login(UserFactory())
    assert client.get(at(name)).status_code == 404


@pytest.mark.parametrize("name", PAGES + FORM_PAGES)
def test_a_bloc_or_year_that_is_not_there_is_not_found(work, bloc_year, name):
    assert work.get(reverse(f"blocs:{name}", args=["khong-co", "2021"])).status_code == 404
    assert work.get(reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, "1900"])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_year_shows_no_empty_value(client, name):
    bloc_year = BlocYearFactory()
    client.force_login(standing_agency_officer())
    page = client.get(reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, "2021"])).content.decode()
    assert "None" not in page


COUNTS = {}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", PAGES)
def test_pages_take_the_same_number_of_queries(client, django_assert_max_num_queries, name, count):
    bloc_year = BlocYearFactory(members=count + 1)
    secretary = secretary_of(bloc_year)
    for number in range(count):
        unit = bloc_year.bloc.memberships.order_by("-position")[number].unit if number == 0 else UnitFactory()
        office = appoint_office(bloc_year=bloc_year, unit=unit, role=OfficeRole.DEPUTY, order=number + 1, by=secretary)
        add_holder(office=office, person_name="Nguyễn Văn An", by=secretary)
        Movement.objects.create(bloc_year=bloc_year, name=f"Phong trào {number}", unit=unit)
    items = [ItemInput(f"Nội dung {number}") for number in range(count)]
    send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=items), by=secretary)
    client.force_login(secretary)
    url = reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, "2021"])
    client.get(url)
    with django_assert_max_num_queries(40) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) == COUNTS.setdefault(name, len(queries))


# Members and offices


def test_the_declared_number_is_shown_beside_the_list_and_nothing_is_corrected(work, bloc_year, at):
    bloc_year.declared_members = 15
    bloc_year.save()
    page = work.get(at("members")).content.decode()
    assert "Văn bản ghi 15 đơn vị, danh sách có 03 đơn vị." in page
    bloc_year.refresh_from_db()
    assert bloc_year.declared_members == 15


def test_members_are_those_of_the_last_day_in_the_order_of_the_decision(work, bloc_year, at):
    left = MembershipFactory(bloc=bloc_year.bloc, position=9, ends_on=date(2021, 6, 30))
    rows = work.get(at("members")).context["memberships"]
    assert [row.position for row in rows] == [1, 2, 3]
    assert left.unit not in [row.unit for row in rows]


def test_the_year_gets_its_theme_and_declared_number(work, bloc_year, at):
    url = at("bloc-year-edit")
    data = {"theme": "Đoàn kết", "declared_members": "15", "leader_counted": "on", "rotation_policy": "free"}
    refused(work.post(url, {**data, "declared_members": "mười lăm"}), "Số thành viên ghi trong văn bản")
    refused(work.post(url, {**data, "theme": "Đ" * 301}), "Chủ đề thi đua")
    assert work.post(url, data).status_code == 302
    bloc_year.refresh_from_db()
    assert (bloc_year.theme, bloc_year.declared_members) == ("Đoàn kết", 15)


def office_data(holder, **changes):
    base = {
        "unit": str(holder),
        "role": "deputy",
        "order": "1",
        "starts_on": "01/01/2021",
        "ends_on": "31/12/2021",
        "basis": "elected",
    }
    return {**base, **changes}


def test_a_deputy_is_recorded_and_shown_with_its_person(work, bloc_year, at):
    unit = bloc_year.bloc.memberships.last().unit
    assert work.post(at("office-appoint"), office_data(unit)).status_code == 302
    office = BlocOffice.objects.get(role=OfficeRole.DEPUTY)
    url = at("holder-create", office.pk)
    assert work.get(url).status_code == 200
    refused(work.post(url, {"person_name": "", "starts_on": "01/01/2021"}), "Họ và tên")
    refused(work.post(url, {"person_name": "Đ" * 121, "starts_on": "01/01/2021"}), "120")
    refused(work.post(url, {"person_name": "Nguyễn Văn An", "starts_on": "31/12/2020"}), "Người đại diện không thể")
    titles = "Tỉnh ủy viên\nChủ tịch Hội Nông dân tỉnh"
    data = {"person_name": "Nguyễn Thị Phương Hạnh", "titles": titles, "starts_on": "01/01/2021"}
    assert work.post(url, data).status_code == 302
    page = work.get(at("members")).content.decode()
    assert "Nguyễn Thị Phương Hạnh" in page
    assert "Tỉnh ủy viên, Chủ tịch Hội Nông dân tỉnh" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": "leader"}, "đang có khối trưởng là"),
        ({"role": "vua"}, "Chức vụ"),
        ({"unit": ""}, "Đơn vị"),
        ({"unit": "Không có đơn vị này"}, "Không tìm thấy đơn vị"),
        ({"order": "0"}, "Thứ tự"),
        ({"starts_on": "31/12/2021", "ends_on": "01/01/2021"}, "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"starts_on": "01/01/2022", "ends_on": "31/12/2022"}, "Chức vụ phải có ngày nằm trong năm 2021"),
        ({"paper": "99999"}, "Theo văn bản"),
    ],
)
def test_a_bad_office_comes_back(work, bloc_year, at, changes, sentence):
    data = office_data(bloc_year.bloc.memberships.last().unit, **changes)
    refused(work.post(at("office-appoint"), data), sentence)
    assert BlocOffice.objects.count() == 1


def test_the_agency_replaces_a_leader_in_mid_year(client, bloc_year, secretary, at):
    client.force_login(standing_agency_officer())
    office = bloc_year.offices.get()
    url = at("office-end", office.pk)
    assert client.get(url).status_code == 200
    refused(client.post(url, {"ends_on": ""}), "Ngày cuối cùng giữ chức vụ")
    refused(client.post(url, {"ends_on": "01/01/2999"}), "ở sau ngày hôm nay")
    assert client.post(url, {"ends_on": "30/06/2021"}).status_code == 302
    refused(client.post(url, {"ends_on": "30/06/2021"}), "đã thôi giữ chức vụ này")
    unit = bloc_year.bloc.memberships.last().unit
    data = office_data(unit, role="leader", starts_on="01/07/2021", basis="succession")
    assert client.post(at("office-appoint"), data).status_code == 302
    other = BlocOffice.objects.create(
        bloc_year=BlocYearFactory(), unit=UnitFactory(), role="leader", starts_on="2021-01-01", ends_on="2021-12-31"
    )
    assert client.get(at("office-end", other.pk)).status_code == 404
    assert client.get(at("holder-create", other.pk)).status_code == 404


def movement_rows(*names, **extra):
    data = {"phong-trao-TOTAL_FORMS": str(len(names)), "phong-trao-INITIAL_FORMS": "0"}
    for number, name in enumerate(names):
        data[f"phong-trao-{number}-name"] = name
    return {**data, **extra}


def test_movements_are_written_as_one_list(work, bloc_year, at):
    url = at("movement-edit")
    unit = bloc_year.bloc.memberships.first().unit
    data = movement_rows("Xây dựng nông thôn mới", "", "Chung tay vì người nghèo")
    data |= {"phong-trao-0-launched_by": "Thủ tướng Chính phủ", "phong-trao-2-unit": unit.name}
    assert work.post(url, data).status_code == 302
    assert [(row.name, row.unit) for row in bloc_year.movements.all()] == [
        ("Xây dựng nông thôn mới", None),
        ("Chung tay vì người nghèo", unit),
    ]
    page = work.get(url).content.decode()
    assert 'value="Xây dựng nông thôn mới"' in page
    data = movement_rows("Xây dựng nông thôn mới", "Chung tay vì người nghèo", **{"phong-trao-0-DELETE": "on"})
    data["phong-trao-INITIAL_FORMS"] = "2"
    assert work.post(url, data).status_code == 302
    assert [row.name for row in bloc_year.movements.all()] == ["Chung tay vì người nghèo"]


def test_a_row_is_added_without_scripts_and_nothing_is_saved(work, bloc_year, at):
    response = work.post(at("movement-edit"), movement_rows("Xây dựng nông thôn mới", them_dong="phong-trao"))
    assert response.status_code == 200
    page = response.content.decode()
    assert 'name="phong-trao-1-name"' in page
    assert 'value="Xây dựng nông thôn mới"' in page
    assert not bloc_year.movements.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (movement_rows("Đ" * 301), "300"),
        (movement_rows("Phong trào", **{"phong-trao-0-unit": "Không có"}), "Không tìm thấy đơn vị"),
        ({"phong-trao-TOTAL_FORMS": "xx"}, ""),
        ({}, ""),
    ],
)
def test_bad_movements_come_back(work, bloc_year, at, data, sentence):
    refused(work.post(at("movement-edit"), data), sentence)
    assert not bloc_year.movements.exists()


# Covenant


def covenant_data(*rows, **changes):
    """A posted covenant; each row is (heading, text, qualifier, value, unit of measure)."""
    data = {"theme": "Đoàn kết, sáng tạo", "noi-dung-TOTAL_FORMS": str(len(rows)), "noi-dung-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        for name, value in zip(("heading", "text", "qualifier", "value", "unit_of_measure"), row, strict=True):
            data[f"noi-dung-{number}-{name}"] = value
    return {**data, **changes}


ROW = ("Nhiệm vụ chính trị", "Hoàn thành nhiệm vụ được giao.", "", "", "")
TARGET = ("Hoạt động chung", "Xây nhà Đại đoàn kết.", "at_least", "1.234,5", "triệu đồng")


@pytest.fixture
def draft(bloc_year, secretary):
    items = [
        ItemInput("Hoàn thành nhiệm vụ được giao.", "Nhiệm vụ chính trị"),
        ItemInput("Xây nhà Đại đoàn kết.", "Hoạt động chung", "at_least", 2, "nhà"),
    ]
    return save_covenant(
        bloc_year=bloc_year,
        by=secretary,
        items=items,
        theme="Đoàn kết, sáng tạo",
        grounds="Căn cứ Luật Thi đua, khen thưởng\nCăn cứ Quyết định số 543/QĐ-UBND",
        undertaking="Các đơn vị cam kết thực hiện nghiêm túc.",
        place="Việt Trì",
    )


@pytest.fixture
def sent(draft, secretary):
    return send_covenant(version=draft, by=secretary)


def test_a_covenant_is_drafted_with_contents_and_targets(work, bloc_year, at):
    url = at("covenant-edit")
    assert work.post(url, covenant_data(ROW, ("", "", "", "", ""), TARGET)).status_code == 302
    version = Covenant.objects.get().current
    assert [(item.heading, item.qualifier, item.value) for item in version.items.all()] == [
        ("Nhiệm vụ chính trị", "", None),
        ("Hoạt động chung", "at_least", 1234.5),
    ]
    page = work.get(at("covenant")).content.decode()
    assert "ít nhất 1.234,5 triệu đồng" in " ".join(page.split())
    page = work.get(url).content.decode()
    assert "Xây nhà Đại đoàn kết." in page
    assert 'value="1.234,5"' in page
    unchanged = covenant_data(ROW, TARGET, version="1", **{"noi-dung-INITIAL_FORMS": "2"})
    assert work.post(url, unchanged).status_code == 302
    assert version.items.count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (covenant_data(ROW, theme="Đ" * 301), "Chủ đề thi đua"),
        (covenant_data(("", "", "", "5", "nhà")), "Nội dung"),
        (covenant_data(("", "Xây nhà.", "", "năm", "nhà")), "Chỉ tiêu"),
        (covenant_data(("", "Xây nhà.", "at_least", "", "")), "Đã chọn mức thì phải ghi chỉ tiêu."),
        (covenant_data(("", "Xây nhà.", "", "", "nhà")), "Đã ghi đơn vị tính thì phải ghi chỉ tiêu."),
        (covenant_data(("", "Đ" * 2001, "", "", "")), "2000"),
        (covenant_data(("", "Xây nhà.", "lạ", "5", "nhà")), "Mức"),
        (covenant_data(ROW, signed_on="01/01/2999"), "ở sau ngày hôm nay"),
        (covenant_data(ROW, **{"noi-dung-TOTAL_FORMS": "xx"}), ""),
    ],
)
def test_a_bad_covenant_comes_back_as_typed(work, at, data, sentence):
    page = refused(work.post(at("covenant-edit"), {**data, "place": "Việt Trì"}), sentence)
    assert 'value="Việt Trì"' in page
    assert not Covenant.objects.exists()


def test_a_row_of_the_covenant_is_added_without_scripts(work, at):
    response = work.post(at("covenant-edit"), covenant_data(ROW, them_dong="noi-dung"))
    assert response.status_code == 200
    assert 'name="noi-dung-1-text"' in response.content.decode()
    assert not Covenant.objects.exists()


def test_the_second_of_two_editors_keeps_everything_and_learns_who_was_first(work, bloc_year, draft, at):
    other = staff_of(bloc_year.offices.get().unit)
    save_covenant(bloc_year=bloc_year, by=other, items=[ItemInput("Khác.")], theme="Kỷ cương", version=1)
    data = covenant_data(ROW, version="1", theme="Chủ đề của tôi")
    page = refused(work.post(at("covenant-edit"), data), f"{other} đã lưu bản mới hơn lúc")
    assert 'value="Chủ đề của tôi"' in page
    assert "Hoàn thành nhiệm vụ được giao." in page
    assert 'name="version" value="2"' in page
    assert work.post(at("covenant-edit"), {**data, "version": "2"}).status_code == 302
    draft.refresh_from_db()
    assert draft.theme == "Chủ đề của tôi"


def test_a_draft_is_for_those_who_write_it(client, bloc_year, draft, at):
    for user in (member_of(bloc_year), standing_agency_officer()):
        client.force_login(user)
        assert "Đoàn kết, sáng tạo" not in client.get(at("covenant")).content.decode()
        assert client.get(at("covenant-pdf")).status_code == 404
        assert client.post(at("covenant-send")).status_code == 404


def test_a_covenant_is_sent_from_its_page_and_then_no_longer_edited(work, draft, at):
    assert "Gửi các đơn vị ký" in work.get(at("covenant")).content.decode()
    assert work.get(at("covenant-send")).status_code == 200
    draft.refresh_from_db()
    assert draft.state == CovenantState.DRAFT
    assert work.post(at("covenant-send")).status_code == 302
    draft.refresh_from_db()
    assert draft.state == CovenantState.SIGNING
    assert work.get(at("covenant-edit")).status_code == 409
    page = refused(work.post(at("covenant-edit"), covenant_data(ROW, version="1")), "“Đang ký” nên không sửa được")
    assert "Hoàn thành nhiệm vụ được giao." in page
    assert work.post(at("covenant-send")).status_code == 409


def test_a_covenant_that_lacks_something_says_so_beside_the_button(work, bloc_year, secretary, at):
    save_covenant(bloc_year=bloc_year, by=secretary, items=[])
    page = work.get(at("covenant")).content.decode()
    assert "Còn thiếu: ít nhất một nội dung giao ước." in page
    assert work.post(at("covenant-send")).status_code == 422


def ticks(version, count, **changes):
    rows = list(version.signatures.all())[:count]
    return {**{f"ky-{row.pk}-is_signed": "on" for row in rows}, **changes}


def test_signatures_of_all_members_are_recorded_on_one_page(work, sent, at):
    url = at("covenant-sign")
    assert work.get(url).content.decode().count('type="checkbox"') == 3
    first = sent.signatures.first()
    data = ticks(sent, 3, same_date="11/01/2022", same_title="Thủ trưởng đơn vị")
    data |= {f"ky-{first.pk}-signer_name": "Bùi Đình Thi", f"ky-{first.pk}-signed_on": "10/01/2022"}
    assert work.post(url, data).status_code == 302
    sent.refresh_from_db()
    assert sent.state == CovenantState.SIGNED
    assert [(row.signer_name, row.signer_title, row.signed_on) for row in sent.signatures.all()] == [
        ("Bùi Đình Thi", "", date(2022, 1, 10)),
        ("", "Thủ trưởng đơn vị", date(2022, 1, 11)),
        ("", "Thủ trưởng đơn vị", date(2022, 1, 11)),
    ]
    assert "3/3" in work.get(at("covenant")).content.decode()
    assert work.get(url).status_code == 409


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Xin ghi người ký hoặc chức vụ người ký của"),
        ({"same_title": "Thủ trưởng"}, "Xin ghi ngày ký của"),
        ({"same_title": "Thủ trưởng", "same_date": "01/01/2999"}, "ở sau ngày hôm nay"),
        ({"same_title": "Đ" * 201, "same_date": "11/01/2022"}, "200"),
        ({"same_title": "Thủ trưởng", "same_date": "11.01"}, "Ngày ký chung"),
    ],
)
def test_bad_signatures_come_back_and_nothing_is_recorded(work, sent, at, changes, sentence):
    refused(work.post(at("covenant-sign"), ticks(sent, 2, **changes)), sentence)
    assert not sent.signatures.exclude(state=SignatureState.WAITING).exists()


def test_recording_without_a_tick_is_asked_about(work, sent, at):
    refused(work.post(at("covenant-sign"), {"same_date": "11/01/2022"}), "Xin đánh dấu ít nhất một đơn vị")


def test_a_refusal_is_recorded_with_its_reason(work, sent, at):
    row = sent.signatures.first()
    url = at("covenant-refuse", row.pk)
    assert work.get(url).status_code == 200
    refused(work.post(url, {"reason": ""}), "Lý do từ chối ký")
    assert work.post(url, {"reason": "Chờ ý kiến cấp trên."}).status_code == 302
    assert "Chờ ý kiến cấp trên." in work.get(at("covenant")).content.decode()
    refused(work.post(url, {"reason": "Lần nữa."}), "Không thể chuyển từ")
    assert work.get(at("covenant-refuse", 999999)).status_code == 404


def test_members_may_not_write_the_covenant(client, bloc_year, sent, at):
    client.force_login(member_of(bloc_year))
    row = sent.signatures.first()
    for name, args in (
        ("covenant-sign", []),
        ("covenant-refuse", [row.pk]),
        ("covenant-issue", []),
        ("covenant-edit", []),
    ):
        assert client.get(at(name, *args)).status_code == 403
    for name in ("covenant-send", "covenant-revise", "covenant-scan"):
        assert client.post(at(name)).status_code == 403
    assert client.get(at("covenant-pdf")).status_code == 200


def text_of(response):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(response.getvalue())).pages).split())


def test_the_covenant_prints_bloc_year_articles_targets_and_every_member(work, bloc_year, sent, secretary, at):
    rows = [(sent.signatures.first(), "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11))]
    record_signatures(version=sent, rows=rows, by=secretary)
    response = work.get(at("covenant-pdf"))
    assert response["Content-Type"] == "application/pdf"
    text = text_of(response)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIAO ƯỚC THI ĐUA",
        "Năm 2021",
        bloc_year.bloc.name.upper(),
        "Chủ đề: Đoàn kết, sáng tạo",
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Điều 1. Nhiệm vụ chính trị",
        "Điều 2. Hoạt động chung",
        "Chỉ tiêu: ít nhất 02 nhà.",
        "Điều 3. Cam kết chung",
        "Tại Việt Trì, các đơn vị thành viên",
        "Phú Thọ, ngày",
        "Bùi Đình Thi",
    ):
        assert part in text, part
    for row in sent.signatures.all():
        assert row.unit.name.upper() in text


def test_the_covenant_is_issued_once_dated_and_replaced_by_the_next(work, sent, secretary, at):
    url = at("covenant-issue")
    refused(work.post(url, {"issued_on": "11/01/2022"}), "chữ ký của đủ các đơn vị")
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in sent.signatures.all()]
    record_signatures(version=sent, rows=rows, by=secretary)
    refused(work.post(url, {"issued_on": ""}), "Ngày ghi trên giao ước")
    refused(work.post(url, {"issued_on": "01/01/2999"}), "ở sau ngày hôm nay")
    assert work.post(url, {"issued_on": "11/01/2022", "is_public": "on"}).status_code == 302
    first = IssuedDocument.objects.get()
    assert (first.subject, first.is_public, first.issued_on) == (sent.covenant, True, date(2022, 1, 11))
    page = work.get(at("covenant")).content.decode()
    assert first.get_absolute_url() in page
    response = work.get(first.get_absolute_url())
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()
    assert work.post(url, {"issued_on": "12/01/2022"}).status_code == 302
    first.refresh_from_db()
    assert first.superseded_by == IssuedDocument.objects.exclude(pk=first.pk).get()


def test_a_draft_is_not_issued(work, draft, at):
    refused(work.post(at("covenant-issue"), {"issued_on": "11/01/2022"}), "việc gửi giao ước cho các đơn vị ký")


def test_the_scan_is_uploaded_and_read_by_members(work, client, bloc_year, sent, at, make_pdf):
    url = at("covenant-scan")
    assert work.get(url).status_code == 404
    assert work.get(url + "?tai-len=1").status_code == 200
    refused(work.post(url), "Bản quét giao ước đã ký")
    refused(work.post(url, {"scan": SimpleUploadedFile("a.pdf", b"MZ90")}), "không phải là PDF")
    assert work.post(url, {"scan": make_pdf()}).status_code == 302
    client.force_login(member_of(bloc_year))
    response = client.get(url)
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_a_new_version_is_opened_from_the_page_and_the_old_one_stays_readable(work, sent, at):
    assert work.post(at("covenant-revise")).url == at("covenant-edit")
    assert work.post(at("covenant-edit"), covenant_data(ROW, version="1", change_note="Sửa chỉ tiêu")).status_code == 302
    assert work.post(at("covenant-send")).status_code == 302
    page = work.get(at("covenant") + "?ban=1").content.decode()
    assert "Đã thay bằng bản mới" in page
    assert "bản số 2" in page
    assert work.get(at("covenant") + "?ban=%00x").status_code == 200
    assert work.get(at("covenant-pdf") + "?ban=1").status_code == 200
    assert work.get(at("covenant-pdf") + "?ban=77").status_code == 404


def test_a_new_draft_hides_nothing_of_the_version_being_signed(work, client, bloc_year, sent, at, make_pdf):
    work.post(at("covenant-scan"), {"scan": make_pdf()})
    work.post(at("covenant-revise"))
    data = ticks(sent, 3, same_date="11/01/2022", same_title="Thủ trưởng đơn vị")
    assert work.post(at("covenant-sign"), data).status_code == 302
    sent.refresh_from_db()
    assert sent.state == CovenantState.SIGNED
    client.force_login(member_of(bloc_year))
    page = client.get(at("covenant")).content.decode()
    assert "3/3" in page
    assert "bản số 2" not in page
    response = client.get(at("covenant-scan"))
    assert response.status_code == 200
    response.close()
    assert client.get(at("covenant-pdf") + "?ban=2").status_code == 404


# Hand-over


def test_the_hand_over_is_recorded_once_and_ends_the_work(work, client, bloc_year, secretary, at):
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    unit = bloc_year.bloc.memberships.last().unit
    appoint_office(bloc_year=following, unit=unit, role=OfficeRole.LEADER, by=secretary, allowed_by=bloc_year)
    url = at("handover")
    assert f'value="{unit.name}"' in work.get(url).content.decode()
    refused(work.post(url, {"handed_over_on": ""}), "Ngày bàn giao")
    refused(work.post(url, {"handed_over_on": "01/01/2999"}), "ở sau ngày hôm nay")
    refused(work.post(url, {"handed_over_on": "31/12/2020"}), "trước ngày đầu nhiệm kỳ")
    refused(work.post(url, {"handed_over_on": "11/01/2022", "to_unit": "Không có"}), "Không tìm thấy đơn vị")
    refused(work.post(url, {"handed_over_on": "11/01/2022", "note": "Đ" * 2001}), "2000")
    data = {"handed_over_on": "11/01/2022", "to_unit": unit.name, "note": "Đủ hồ sơ."}
    assert work.post(url, data).status_code == 302
    page = work.get(url).content.decode()
    assert "Đủ hồ sơ." in page
    assert "11/01/2022" in page
    assert "<form class" not in page.split('<main id="noi-dung"')[1].split("</main>")[0]
    refused(work.post(url, data), "ghi nhận bàn giao ngày 11/01/2022")
    assert Handover.objects.count() == 1
    for name in FORM_PAGES:
        assert work.get(at(name)).status_code == 403
    client.force_login(staff_of(unit))
    assert client.get(reverse("blocs:covenant-edit", args=[bloc_year.bloc.slug, "2022"])).status_code == 200
    assert client.get(at("covenant-edit")).status_code == 403


def test_a_member_may_not_record_the_hand_over(client, bloc_year, secretary, at):
    client.force_login(member_of(bloc_year))
    assert client.post(at("handover"), {"handed_over_on": "11/01/2022"}).status_code == 403
    assert not Handover.objects.exists()


def test_a_year_without_offices_cannot_be_handed_over(client):
    bloc_year = BlocYearFactory(members=1)
    client.force_login(standing_agency_officer())
    url = reverse("blocs:handover", args=[bloc_year.bloc.slug, "2021"])
    assert "Chưa có đơn vị giữ chức vụ" in client.get(url).content.decode()
    refused(client.post(url, {"handed_over_on": "11/01/2022"}), "đơn vị đang giữ chức vụ để bàn giao")


def test_a_closed_year_is_only_read(client, bloc_year, secretary, at):
    bloc_year.year.state = "closed"
    bloc_year.year.save()
    client.force_login(secretary)
    for name in PAGES:
        assert client.get(at(name)).status_code == 200
    for name in FORM_PAGES:
        assert client.get(at(name)).status_code == 403

"""Units by Excel, through the pages: created, changed, asked about, refused."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.models import Unit, UnitAlias, UnitKind, UnitName
from common.models import AuditEvent
from tests.blocs.sheet_files import cells, confirm, edited, export, faults, line_of, take_in, upload, workbook
from tests.factories.blocs import UnitFactory, standing_agency_officer

pytestmark = pytest.mark.django_db

HEADERS = ["Mã đơn vị", "Tên đơn vị", "Tỉnh, thành phố", "Thành lập ngày"]


@pytest.fixture
def agency(client):
    user = standing_agency_officer(UnitFactory(code="thuong-truc", name="Phòng Thi đua", is_standing_agency=True))
    client.force_login(user)
    client.user = user
    return client


def test_a_new_unit_is_previewed_then_made_with_name_history_and_log(agency):
    UnitKind.objects.create(name="Sở, ngành")
    body = workbook(
        ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Tên gọi khác", "Thành lập ngày"],
        [
            ["phong-qlvh", "Phòng Quản lý văn hóa", None, "so-vhttdl", None, None],
            ["so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", "sở ngành", None, "Sở VHTTDL\nSở Văn hoá", date(2008, 4, 1)],
        ],
    )
    job = upload(agency, "don-vi", body)
    assert (job.state, job.report["counts"]) == ("ready", {"new": 2, "change": 0, "same": 0, "skip": 0})
    assert not Unit.objects.filter(code="so-vhttdl").exists()
    assert line_of(job, 3)[2][-1] == ["Thành lập ngày", "", "01/04/2008"]
    job = confirm(agency, job)
    assert job.state == "done"
    unit = Unit.objects.get(code="so-vhttdl")
    assert (unit.name, unit.kind.name, unit.starts_on) == ("Sở Văn hóa, Thể thao và Du lịch", "Sở, ngành", date(2008, 4, 1))
    assert unit.search.startswith("so van hoa")
    assert unit.sort_key
    assert Unit.objects.get(code="phong-qlvh").parent == unit
    assert set(UnitAlias.objects.values_list("text", flat=True)) == {"Sở VHTTDL", "Sở Văn hoá"}
    assert UnitName.objects.get(unit=unit).starts_on == date(2008, 4, 1)
    history = unit.history.get()
    assert (history.history_user, history.history_type) == (agency.user, "+")
    assert AuditEvent.objects.filter(action="nhập Excel: đã nhập").count() == 1


def test_an_exported_list_that_comes_back_unchanged_changes_nothing(agency):
    UnitFactory(code="so-y-te", name="Sở Y tế", starts_on=date(2010, 1, 1), phone="0210 384 5678")
    UnitFactory(code="cong-thuc", name="=1+1", parent=Unit.objects.get(code="so-y-te"))
    UnitAlias.objects.create(unit=Unit.objects.get(code="so-y-te"), text="Sở Ytế")
    rows = Unit.history.count(), AuditEvent.objects.count()
    job = upload(agency, "don-vi", export(agency, "don-vi"))
    assert (job.state, job.report["counts"]) == ("ready", {"new": 0, "change": 0, "same": 3, "skip": 0})
    page = agency.get(job.get_absolute_url())
    assert "không có gì để ghi" in page.content.decode()
    assert "Xác nhận nhập" not in page.content.decode()
    assert (Unit.history.count(), AuditEvent.objects.exclude(action__startswith="tải lên").count()) == rows


def test_the_export_holds_the_filtered_list_in_its_order_typed(agency):
    for name in ("Đảng ủy Khối", "Ban Dân vận", "Đài Phát thanh", "Ân Thi"):
        UnitFactory(name=name, starts_on=date(2015, 3, 2))
    rows = cells(export(agency, "don-vi"))
    names = [row[1] for row in rows[1:]]
    assert names == ["Ân Thi", "Ban Dân vận", "Đài Phát thanh", "Đảng ủy Khối", "Phòng Thi đua"]
    assert rows[1][10] == date(2015, 3, 2)
    assert [row[1] for row in cells(export(agency, "don-vi", q="dang"))[1:]] == ["Đảng ủy Khối"]


def test_only_the_changed_cells_of_an_exported_list_are_written(agency):
    unit = UnitFactory(code="so-y-te", name="Sở Y tế", phone="0210 111", province="Phú Thọ")
    body = edited(export(agency, "don-vi"), {(3, "Điện thoại"): "0210 222", (3, "Tỉnh, thành phố"): None})
    job = upload(agency, "don-vi", body)
    assert line_of(job, 3)[2] == [["Tỉnh, thành phố", "Phú Thọ", "(trống)"], ["Điện thoại", "0210 111", "0210 222"]]
    assert confirm(agency, job).state == "done"
    unit.refresh_from_db()
    assert (unit.phone, unit.province, unit.name) == ("0210 222", "", "Sở Y tế")


def test_a_cell_that_somebody_else_edited_meanwhile_is_asked_about(agency):
    unit = UnitFactory(code="so-y-te", name="Sở Y tế", phone="0210 111", address="Số 1")
    body = edited(export(agency, "don-vi"), {(3, "Điện thoại"): "0210 222"})
    other = standing_agency_officer(UnitFactory(name="Ban khác", is_standing_agency=True))
    unit.phone, unit.address = "0210 333", "Số 2"
    unit._history_user = other
    unit.save()
    job = upload(agency, "don-vi", body)
    assert [(q[1], q[2]) for q in job.report["questions"]] == [(3, "Điện thoại")]
    text = job.report["questions"][0][3]
    assert "khi xuất là “0210 111”, trong tệp là “0210 222”, hiện nay là “0210 333”" in text
    assert f"{other.full_name} sửa lúc" in text
    refused = confirm(agency, job)
    assert (refused.response.status_code, refused.state) == (422, "ready")
    assert confirm(agency, job, {job.report["questions"][0][0]: "lay"}).state == "done"
    unit.refresh_from_db()
    # The address was changed here and left alone in the sheet: it stays.
    assert (unit.phone, unit.address) == ("0210 222", "Số 2")


def test_a_conflict_may_be_settled_for_what_is_here(agency):
    unit = UnitFactory(code="so-y-te", name="Sở Y tế", phone="0210 111")
    body = edited(export(agency, "don-vi"), {(3, "Điện thoại"): "0210 222"})
    Unit.objects.filter(pk=unit.pk).update(phone="0210 333")
    job = upload(agency, "don-vi", body)
    assert confirm(agency, job, {job.report["questions"][0][0]: "giu"}).state == "done"
    unit.refresh_from_db()
    assert unit.phone == "0210 333"


def test_a_change_between_preview_and_confirmation_asks_to_look_again(agency):
    unit = UnitFactory(code="so-y-te", name="Sở Y tế", phone="0210 111")
    job = upload(agency, "don-vi", edited(export(agency, "don-vi"), {(3, "Điện thoại"): "0210 222"}))
    Unit.objects.filter(pk=unit.pk).update(phone="0210 333")
    job = confirm(agency, job)
    assert (job.state, len(job.report["questions"])) == ("ready", 1)
    assert "Dữ liệu đã thay đổi" in job.report["notices"][0]
    unit.refresh_from_db()
    assert unit.phone == "0210 333"


def test_one_bad_row_saves_nothing_and_every_fault_has_row_and_column(agency):
    UnitFactory(code="da-co", name="Đã có")
    body = workbook(
        ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Thư điện tử", "Thành lập ngày", "Kết thúc ngày"],
        [
            ["tot", "Đơn vị tốt", None, None, None, None, None],
            ["mã sai", "Đơn vị A", None, None, None, None, None],
            ["thieu-ten", None, None, None, None, None, None],
            ["loai", "Đơn vị B", "không có loại này", None, None, None, None],
            ["cha", "Đơn vị C", None, "khong-co", None, None, None],
            ["thu", "Đơn vị D", None, None, "khong-phai-thu", None, None],
            ["ngay", "Đơn vị E", None, None, None, "31/02/2021", None],
            ["nguoc", "Đơn vị F", None, None, None, date(2021, 1, 1), date(2020, 1, 1)],
            ["tot", "Đơn vị G", None, None, None, None, None],
            ["dai", "Đ" * 201, None, None, None, None, None],
        ],
    )
    job = upload(agency, "don-vi", body)
    assert job.state == "faulty"
    assert [(row, column) for row, column, _ in faults(job)] == [
        (3, "Mã đơn vị"),
        (4, "Tên đơn vị"),
        (5, "Loại đơn vị"),
        (6, "Mã đơn vị cấp trên"),
        (7, "Thư điện tử"),
        (8, "Thành lập ngày"),
        (9, "Kết thúc ngày"),
        (10, "Mã đơn vị"),
        (11, "Tên đơn vị"),
    ]
    texts = [text for _, _, text in faults(job)]
    assert texts[2] == "Không có loại đơn vị “không có loại này”."
    assert texts[3] == "Không có mã đơn vị “khong-co”."
    assert texts[5].startswith("“31/02/2021” không phải là ngày")
    assert texts[7] == "Mã “tot” đã có ở dòng 2 của tệp."
    assert not Unit.objects.filter(code="tot").exists()
    assert confirm(agency, job).response.status_code == 409
    assert not Unit.objects.filter(code="tot").exists()


def test_a_known_name_under_a_new_code_is_asked_about(agency):
    unit = UnitFactory(code="pt-hnd", name="Hội Nông dân tỉnh", province="Phú Thọ")
    body = workbook(
        HEADERS, [["hnd", "Hội nông dân tỉnh", "Phú Thọ", None], ["hnd-vp", "Hội Nông dân tỉnh", "Vĩnh Phúc", None]]
    )
    job = upload(agency, "don-vi", body)
    question = job.report["questions"][0]
    assert (len(job.report["questions"]), question[1]) == (1, 2)
    assert [value for value, _ in question[4]] == ["pt-hnd", "moi", "bo"]
    assert confirm(agency, job, {question[0]: "pt-hnd"}).state == "done"
    unit.refresh_from_db()
    assert unit.code == "hnd"
    assert Unit.objects.get(code="hnd-vp").province == "Vĩnh Phúc"


def test_a_row_without_code_is_known_by_its_name_or_gets_a_code(agency):
    UnitFactory(code="pt-hnd", name="Hội Nông dân tỉnh")
    body = workbook(["Tên đơn vị", "Điện thoại"], [["Hội Nông dân tỉnh", 2103845678], ["Sở Nội vụ", None]])
    assert take_in(agency, "don-vi", body).state == "done"
    assert Unit.objects.get(code="pt-hnd").phone == "2103845678"
    assert Unit.objects.get(name="Sở Nội vụ").code == "so-noi-vu"


def test_circles_of_parents_are_refused(agency):
    UnitFactory(code="con", name="Con", parent=UnitFactory(code="cha", name="Cha"))
    body = workbook(
        ["Mã đơn vị", "Tên đơn vị", "Mã đơn vị cấp trên"], [["cha", "Cha", "con"], ["x", "X", "y"], ["y", "Y", "x"]]
    )
    job = upload(agency, "don-vi", body)
    assert (2, "Mã đơn vị cấp trên", "Đơn vị không thể là cấp trên của chính mình.") in faults(job)
    assert (4, "Mã đơn vị cấp trên", "Đơn vị không thể là cấp trên của chính mình.") in faults(job)


def test_formulae_stay_text(agency):
    body = workbook(["Mã đơn vị", "Tên đơn vị"], [["so-y-te", '=HYPERLINK("http://x","Sở Y tế")']])
    take_in(agency, "don-vi", body)
    assert Unit.objects.get(code="so-y-te").name == '=HYPERLINK("http://x","Sở Y tế")'


def test_a_mark_that_we_did_not_write_is_refused(agency):
    UnitFactory(code="so-y-te", name="Sở Y tế")
    body = edited(export(agency, "don-vi"), {(3, "Mã dòng (không sửa)"): "1.1.abc:xyz"})
    assert [row[:2] for row in faults(upload(agency, "don-vi", body))] == [(3, "Mã dòng (không sửa)")]


def test_a_copied_row_is_told_to_lose_its_mark(agency):
    UnitFactory(code="so-y-te", name="Sở Y tế")
    rows = cells(export(agency, "don-vi"))
    job = upload(agency, "don-vi", workbook(rows[0], [*rows[1:], rows[2]]))
    assert "bản chép của dòng 3" in faults(job)[0][2]


def test_tcvn3_text_is_recognised_and_converted_when_asked(agency):
    body = workbook(["Mã đơn vị", "Tên đơn vị"], [["so-y-te", "Së Y tÕ"], ["ub", "UBND tØnh Phó Thä"], ["so-1", "Tæ sè 1"]])
    job = upload(agency, "don-vi", body)
    assert ["Së Y tÕ", "Sở Y tế"] in job.report["tcvn3"]
    assert confirm(agency, job).response.status_code == 422
    agency.post(reverse("blocs:import-convert", args=[job.pk]), {"chuyen": "co"})
    job.refresh_from_db()
    assert (job.state, job.report["tcvn3"]) == ("ready", [])
    assert confirm(agency, job).state == "done"
    assert Unit.objects.get(code="so-y-te").name == "Sở Y tế"
    assert Unit.objects.get(code="ub").name == "UBND tỉnh Phú Thọ"
    assert Unit.objects.get(code="so-1").name == "Tổ số 1"


def test_tcvn3_text_may_be_left_as_it_is(agency):
    job = upload(agency, "don-vi", workbook(["Mã đơn vị", "Tên đơn vị"], [["so-y-te", "Së Y tÕ"]]))
    agency.post(reverse("blocs:import-convert", args=[job.pk]), {"chuyen": "khong"})
    job.refresh_from_db()
    assert confirm(agency, job).state == "done"
    assert Unit.objects.get(code="so-y-te").name == "Së Y tÕ"

"""Blocs with members, offices with holders, accounts with assignments: in and out by Excel."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from accounts.models import User
from blocs.enums import AssignmentRole, OfficeRole
from blocs.models import Assignment, Bloc, BlocOffice, BlocYear, Membership, OfficeHolder, Unit
from common.models import AuditEvent
from tests.blocs.sheet_files import cells, confirm, edited, export, faults, line_of, take_in, upload, workbook
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(client):
    user = standing_agency_officer(UnitFactory(code="thuong-truc", name="Phòng Thi đua", is_standing_agency=True))
    client.force_login(user)
    client.user = user
    return client


# Blocs with members

BLOC_HEADERS = ["Mã khối", "Tên khối", "Tên gọi", "Ngày thành lập khối", "Mã đơn vị", "Tên đơn vị", "Từ ngày", "Đến ngày"]


def test_a_bloc_and_its_members_come_in_their_order(agency):
    UnitFactory(code="so-vh", name="Sở Văn hóa, Thể thao và Du lịch")
    body = workbook(
        BLOC_HEADERS,
        [
            ["cum-1", "Cụm thi đua số 1", "Cụm", date(2021, 3, 5), "so-vh", None, None, None],
            ["cum-1", None, None, None, None, "Hội Làm vườn và Trang trại", "01/04/2021", "31/12/2022"],
            ["cum-2", "Cụm thi đua số 2", None, None, None, None, None, None],
        ],
        title="Khối và thành viên",
    )
    job = take_in(agency, "khoi", body)
    assert (job.state, job.report["counts"]["new"]) == ("done", 4)
    bloc = Bloc.objects.get(slug="cum-1")
    assert (bloc.word, bloc.founded_on) == ("cum", date(2021, 3, 5))
    rows = list(Membership.objects.filter(bloc=bloc).order_by("position"))
    assert [(row.unit.name, row.starts_on, row.ends_on) for row in rows] == [
        ("Sở Văn hóa, Thể thao và Du lịch", date(2021, 3, 5), None),
        ("Hội Làm vườn và Trang trại", date(2021, 4, 1), date(2022, 12, 31)),
    ]
    assert rows[0].history.get().history_user == agency.user
    assert Bloc.objects.filter(slug="cum-2").exists()
    assert AuditEvent.objects.filter(action="thêm thành viên khối").count() == 2


def test_exported_blocs_come_back_unchanged(agency):
    bloc = BlocFactory(slug="cum-1", organiser=Unit.objects.get(code="thuong-truc"))
    MembershipFactory(bloc=bloc, position=2, ends_on=date(2024, 1, 1))
    MembershipFactory(bloc=bloc, position=1)
    BlocFactory(slug="trong", name="Khối chưa có thành viên")
    before = Membership.history.count(), Bloc.history.count()
    job = upload(agency, "khoi", export(agency, "khoi"))
    assert (job.state, job.report["lines"], job.report["questions"]) == ("ready", [], [])
    assert take_in(agency, "khoi", export(agency, "khoi")).report["counts"]["change"] == 0
    assert (Membership.history.count(), Bloc.history.count()) == before


def test_the_export_of_blocs_follows_the_filter(agency):
    MembershipFactory(bloc=BlocFactory(slug="a", name="Khối thi đua Đảng"))
    MembershipFactory(bloc=BlocFactory(slug="b", name="Khối thi đua Sở"))
    assert [row[0] for row in cells(export(agency, "khoi", q="dang"))[1:]] == ["a"]


def test_a_changed_member_and_bloc_are_written_and_conflicts_asked(agency):
    bloc = BlocFactory(slug="cum-1", number="1")
    member = MembershipFactory(bloc=bloc, position=1)
    sheet = export(agency, "khoi")
    body = edited(sheet, {(2, "Đến ngày"): date(2024, 1, 1), (2, "Số của khối"): "I", (2, "Thứ tự"): 7})
    Bloc.objects.filter(pk=bloc.pk).update(number="01")
    Membership.objects.filter(pk=member.pk).update(position=5)
    job = upload(agency, "khoi", body)
    assert [(q[1], q[2]) for q in job.report["questions"]] == [(2, "Số của khối"), (2, "Thứ tự")]
    answers = {job.report["questions"][0][0]: "lay", job.report["questions"][1][0]: "giu"}
    assert confirm(agency, job, answers).state == "done"
    bloc.refresh_from_db()
    member.refresh_from_db()
    assert (bloc.number, member.position, member.ends_on) == ("I", 5, date(2024, 1, 1))


def test_faults_of_blocs_name_row_and_column(agency):
    unit = UnitFactory(code="so-vh", name="Sở Văn hóa", ends_on=date(2020, 1, 1))
    bloc = BlocFactory(slug="cum-1", name="Cụm 1", founded_on=date(2021, 1, 1))
    member = MembershipFactory(bloc=bloc, starts_on=date(2021, 1, 1))
    body = workbook(
        BLOC_HEADERS,
        [
            ["cum-1", None, None, None, "khong-co", None, "01/01/2021", None],
            ["cum-1", None, None, None, unit.code, None, "01/01/2021", None],
            ["cum-1", None, None, None, member.unit.code, None, "01/01/2022", None],
            ["cum-1", None, None, None, None, "Hội Mới", "01/02/2021", "01/01/2021"],
            ["cum-1", None, None, None, None, "Hội Khác", "01/02/2021", None],
            ["cum-1", None, None, None, None, "Hội khác", "01/02/2022", None],
            ["cum-9", None, None, None, None, "Hội Mới", "01/02/2021", None],
        ],
    )
    job = upload(agency, "khoi", body)
    assert faults(job) == [
        (2, "Mã đơn vị", "Không có mã đơn vị “khong-co”."),
        (3, "Từ ngày", "Sở Văn hóa đã kết thúc hoạt động ngày 01/01/2020."),
        (5, "Đến ngày", "Ngày kết thúc không được trước ngày bắt đầu."),
        (7, "Tên đơn vị", "Trùng với dòng 6: cùng đơn vị, cùng khối, có ngày trùng nhau."),
        (8, "Tên khối", "Không có mã khối “cum-9”; để lập khối mới, hãy ghi tên khối."),
    ]
    job = upload(
        agency, "khoi", workbook(BLOC_HEADERS, [["cum-1", *[None] * 3, member.unit.code, None, "01/01/2022", None]])
    )
    assert [row[:2] for row in faults(job)] == [(2, "Mã đơn vị")]
    assert "đã là thành viên của khối từ 01/01/2021" in faults(job)[0][2]
    assert Membership.objects.count() == 1


def test_a_close_name_is_asked_about_and_may_become_a_new_unit(agency):
    UnitFactory(code="pt-hnd", name="Hội Nông dân tỉnh")
    body = workbook(BLOC_HEADERS, [["cum-1", "Cụm 1", "Cụm", date(2021, 1, 1), None, "Hội Nông dâm tỉnh", None, None]])
    job = upload(agency, "khoi", body)
    question = job.report["questions"][0]
    assert [value for value, _ in question[4]] == ["pt-hnd", "moi", "bo"]
    assert confirm(agency, job, {question[0]: "pt-hnd"}).state == "done"
    assert Membership.objects.get().unit.code == "pt-hnd"


def test_a_bloc_that_another_agency_follows_is_not_changed(agency):
    other = UnitFactory(name="Ban khác", is_standing_agency=True)
    BlocFactory(slug="cum-1", organiser=other)
    body = workbook(BLOC_HEADERS, [["cum-1", "Tên khác", None, None, None, None, None, None]])
    job = upload(agency, "khoi", body)
    assert faults(job) == [(2, "Mã khối", "Tài khoản của bạn không có quyền thực hiện việc này.")]


# Offices

OFFICE_HEADERS = [
    "Mã khối",
    "Năm thi đua",
    "Số thành viên ghi trong văn bản",
    "Chức vụ",
    "Thứ tự",
    "Tên đơn vị",
    "Căn cứ",
    "Người đại diện",
    "Chức danh",
]


def test_offices_open_the_year_and_name_the_people(agency):
    EmulationYearFactory(slug="2021")
    bloc = BlocFactory(slug="cum-2", word="cum")
    for name in ("Sở Ngoại vụ Hải Phòng", "Sở Ngoại vụ Thái Nguyên", "Sở Ngoại vụ Phú Thọ"):
        MembershipFactory(bloc=bloc, unit__name=name)
    body = workbook(
        OFFICE_HEADERS,
        [
            ["cum-2", 2021, 10, "Cụm trưởng", None, "Sở Ngoại vụ Hải Phòng", None, "Võ Duy Sang", "Giám đốc\nTỉnh ủy viên"],
            ["cum-2", 2021, None, "Cụm phó", 1, "Sở Ngoại vụ Thái Nguyên", None, None, None],
            ["cum-2", 2021, None, "Khối phó", 2, "Sở Ngoại vụ Phú Thọ", "cử theo quyết định", None, None],
        ],
    )
    assert take_in(agency, "chuc-vu", body).state == "done"
    bloc_year = BlocYear.objects.get(bloc=bloc)
    assert bloc_year.declared_members == 10
    offices = BlocOffice.objects.filter(bloc_year=bloc_year).in_order()
    assert [(o.role, o.order, o.unit.name, o.basis) for o in offices] == [
        (OfficeRole.LEADER, 1, "Sở Ngoại vụ Hải Phòng", "elected"),
        (OfficeRole.DEPUTY, 1, "Sở Ngoại vụ Thái Nguyên", "elected"),
        (OfficeRole.DEPUTY, 2, "Sở Ngoại vụ Phú Thọ", "appointed"),
    ]
    holder = OfficeHolder.objects.get()
    assert (holder.person_name, holder.titles) == ("Võ Duy Sang", ["Giám đốc", "Tỉnh ủy viên"])
    assert AuditEvent.objects.filter(action__startswith="cử cụm").count() == 3


def test_exported_offices_come_back_unchanged(agency):
    bloc_year = BlocYearFactory(declared_members=5)
    office = BlocOfficeFactory(bloc_year=bloc_year)
    OfficeHolder.objects.create(office=office, person_name="Lê Thị Hoa", titles=["Giám đốc"], starts_on=office.starts_on)
    BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    before = BlocOffice.history.count(), BlocYear.history.count()
    job = upload(agency, "chuc-vu", export(agency, "chuc-vu"))
    assert (job.state, job.report["lines"], job.report["questions"]) == ("ready", [], [])
    assert (BlocOffice.history.count(), BlocYear.history.count()) == before


def test_a_corrected_office_is_written_and_a_conflict_asked(agency):
    bloc_year = BlocYearFactory(declared_members=5)
    office = BlocOfficeFactory(bloc_year=bloc_year)
    holder = OfficeHolder.objects.create(office=office, person_name="Lê Thị Hoa", starts_on=office.starts_on)
    sheet = export(agency, "chuc-vu")
    body = edited(sheet, {(2, "Người đại diện"): "Lê Thị Hòa", (2, "Số thành viên ghi trong văn bản"): 6})
    OfficeHolder.objects.filter(pk=holder.pk).update(person_name="Lê Thị Hoan")
    job = upload(agency, "chuc-vu", body)
    assert [(q[1], q[2]) for q in job.report["questions"]] == [(2, "Người đại diện")]
    assert confirm(agency, job, {job.report["questions"][0][0]: "lay"}).state == "done"
    holder.refresh_from_db()
    bloc_year.refresh_from_db()
    assert (holder.person_name, bloc_year.declared_members) == ("Lê Thị Hòa", 6)


def test_faults_of_offices_name_row_and_column(agency):
    bloc_year = BlocYearFactory(members=2, bloc__slug="k1")
    leader, other = (row.unit for row in bloc_year.bloc.memberships.all())
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    headers = ["Mã khối", "Năm thi đua", "Chức vụ", "Mã đơn vị"]

    def faults_of(*rows):
        return faults(upload(agency, "chuc-vu", workbook(headers, rows)))

    assert faults_of(
        ["k9", 2021, "Khối trưởng", other.code],
        ["k1", 1999, "Khối trưởng", other.code],
        ["k1", 2021, "Chủ tịch", other.code],
        ["k1", 2021, None, other.code],
        ["k1", 2021, "Khối phó", "khong-co"],
        ["k1", 2021, "Khối phó", None],
    ) == [
        (2, "Mã khối", "Không có mã khối “k9”."),
        (3, "Năm thi đua", "Không có năm thi đua “1999”."),
        (4, "Chức vụ", "Không có lựa chọn “Chủ tịch”; chỉ nhận: Khối trưởng; Khối phó; Thường trực khối."),
        (5, "Chức vụ", "Ô này bắt buộc phải có khi đã ghi đơn vị."),
        (6, "Mã đơn vị", "Không có mã đơn vị “khong-co”."),
        (7, "Mã đơn vị", "Ô này bắt buộc phải có khi đã ghi chức vụ."),
    ]
    rows = faults_of(["k1", 2021, "Khối trưởng", other.code])
    assert [row[:2] for row in rows] == [(2, "Mã đơn vị")]
    assert "đang có khối trưởng là" in rows[0][2]
    assert BlocOffice.objects.count() == 1


# Accounts

ACCOUNT_HEADERS = ["Tên đăng nhập", "Họ và tên", "Điện thoại", "Mã đơn vị", "Vai trò", "Từ ngày"]


def accounts_body(*rows):
    return workbook(ACCOUNT_HEADERS, rows, title="Tài khoản")


def test_accounts_come_without_password_and_passwords_are_handed_out_once(agency, client, django_user_model):
    unit = UnitFactory(code="so-y-te")
    body = accounts_body(
        ["nguyen.an", "Nguyễn Văn An", "0912 345 678", "so-y-te", None, "01/02/2021"],
        ["nguyen.an", "Nguyễn Văn An", None, "thuong-truc", "biên tập viên", "01/02/2021"],
        ["tran.binh", "Trần Thị Bình", None, None, None, None],
    )
    job = take_in(agency, "tai-khoan", body)
    assert job.state == "done"
    user = User.objects.get(username="nguyen.an")
    assert (user.full_name, user.must_change_password, user.has_usable_password()) == ("Nguyễn Văn An", True, False)
    rows = Assignment.objects.filter(user=user).order_by("pk")
    assert [(row.unit.code, row.role) for row in rows] == [
        ("so-y-te", AssignmentRole.STAFF),
        ("thuong-truc", AssignmentRole.EDITOR),
    ]
    assert unit.assignments.get().starts_on == date(2021, 2, 1)
    assert AuditEvent.objects.filter(action="cấp tài khoản").count() == 2
    url = reverse("blocs:import-passwords", args=[job.pk])
    response = agency.post(url)
    given = cells(b"".join(response.streaming_content))[1:]
    assert "no-store" in response.headers["Cache-Control"]
    assert [row[0] for row in given] == ["nguyen.an", "tran.binh"]
    user.refresh_from_db()
    assert user.check_password(given[0][2])
    assert agency.post(url).status_code == 409
    assert given[0][2] not in str(job.report)


def test_only_the_importer_gets_the_passwords(agency, client):
    job = take_in(agency, "tai-khoan", accounts_body(["nguyen.an", "Nguyễn Văn An", None, None, None, None]))
    client.force_login(AdministratorFactory())
    assert client.post(reverse("blocs:import-passwords", args=[job.pk])).status_code == 403
    assert not User.objects.get(username="nguyen.an").has_usable_password()


def test_the_administrator_imports_accounts_and_nothing_else(client):
    client.force_login(AdministratorFactory())
    assert take_in(client, "tai-khoan", accounts_body(["nguyen.an", "Nguyễn Văn An", *[None] * 4])).state == "done"
    assert client.get(reverse("blocs:import-create", args=["don-vi"])).status_code == 403
    assert client.get(reverse("blocs:import-create", args=["khong-co"])).status_code == 404


def test_exported_accounts_come_back_unchanged_and_hold_no_password(agency):
    user = staff_of(UnitFactory(code="so-y-te"))
    user.set_password("mat-khau-rat-dai-2021")
    user.save()
    UserFactory()
    body = export(agency, "tai-khoan")
    assert not any("pbkdf2" in str(cell) or "md5" in str(cell) for row in cells(body) for cell in row)
    job = upload(agency, "tai-khoan", body)
    assert (job.state, job.report["lines"], job.report["questions"]) == ("ready", [], [])


def test_a_conflict_in_an_account_is_asked(agency):
    user = staff_of(UnitFactory(code="so-y-te"), user__username="aa", user__phone="1")
    body = edited(export(agency, "tai-khoan", q="aa"), {(2, "Điện thoại"): "2"})
    User.objects.filter(pk=user.pk).update(phone="3", password=make_password(None))
    job = upload(agency, "tai-khoan", body)
    assert [(q[1], q[2]) for q in job.report["questions"]] == [(2, "Điện thoại")]
    job = confirm(agency, job, {job.report["questions"][0][0]: "lay"})
    assert job.state == "done", (job.report["notices"], job.report["faults"])
    user.refresh_from_db()
    assert user.phone == "2"


def test_an_agency_does_not_touch_the_administrator(agency):
    AdministratorFactory(username="quan-tri", full_name="Quản trị")
    job = upload(agency, "tai-khoan", accounts_body(["quan-tri", "Tên khác", None, None, None, None]))
    assert [row[:2] for row in faults(job)] == [(2, "Tên đăng nhập")]
    job = upload(agency, "tai-khoan", accounts_body(["quan-tri", "Quản trị", None, "thuong-truc", None, None]))
    assert "chỉ do quản trị hệ thống" in faults(job)[0][2]


def test_faults_of_accounts_name_row_and_column(agency):
    UserFactory(username="Le.Hoa", full_name="Lê Hoa")
    job = upload(
        agency,
        "tai-khoan",
        accounts_body(
            [None, "Không tên", None, None, None, None],
            ["le.hoa", "Lê Hoa", None, None, None, None],
            ["x", "X", None, "khong-co", None, None],
            ["y", "Y", None, "thuong-truc", "giám đốc", None],
            ["z", "Z", None, "thuong-truc", None, "hôm qua"],
        ),
    )
    assert [(row, column) for row, column, _ in faults(job)] == [
        (2, "Tên đăng nhập"),
        (3, "Tên đăng nhập"),
        (4, "Mã đơn vị"),
        (5, "Vai trò"),
        (6, "Từ ngày"),
    ]
    job = upload(agency, "tai-khoan", accounts_body(["có dấu cách", "X", None, None, None, None]))
    assert [row[:2] for row in faults(job)] == [(2, "Tên đăng nhập")]


def test_line_of_preview_shows_cells(agency):
    BlocFactory(slug="cum-1", name="Cụm 1")
    job = upload(agency, "khoi", workbook(BLOC_HEADERS, [["cum-1", "Cụm thi đua 1", *[None] * 6]]))
    assert line_of(job, 2) == ("change", "Khối: Cụm 1", [["Tên khối", "Cụm 1", "Cụm thi đua 1"]])

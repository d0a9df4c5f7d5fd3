"""Lists as of any day, through the pages: S5, S8 and S20 of the acceptance scenarios, and a year that stays as it was."""

from datetime import date

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from blocs.documents import CovenantPaper
from blocs.enums import BlocKind, BlocWord, OfficeRole
from blocs.models import BlocOffice, BlocYear, Covenant, CovenantVersion, Membership
from blocs.services import (
    add_member,
    appoint_office,
    create_bloc,
    end_membership,
    open_bloc_year,
    rename_bloc,
    rename_unit,
)
from meetings.models import Meeting
from tests.blocs.sheet_files import cells, export
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    secretary_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory
from tests.filled_form import rows, send_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 08:00+07:00", tick=False):
        yield


@pytest.fixture
def officer():
    return standing_agency_officer()


def table_rows(response, name):
    return [str(row) for row in response.context[name]]


# As of a day


@pytest.fixture
def moved(officer):
    """A bloc of 2021 that was renamed, one member left, one was renamed, one came later; the leader changed in mid-year."""
    bloc = create_bloc(by=officer, name="Khối thi đua số 6", founded_on=date(2016, 1, 1))
    leaver, renamed = UnitFactory(name="Bảo hiểm xã hội tỉnh"), UnitFactory(name="Sở Y tế")
    newcomer = UnitFactory(name="Sở Khoa học và Công nghệ")
    bloc_year = BlocYearFactory(bloc=bloc)
    first = add_member(bloc=bloc, unit=leaver, starts_on=date(2016, 1, 1), by=officer)
    add_member(bloc=bloc, unit=renamed, starts_on=date(2016, 1, 1), by=officer)
    BlocOfficeFactory(bloc_year=bloc_year, unit=leaver, ends_on=date(2021, 6, 30), handed_over_on=date(2021, 6, 30))
    BlocOfficeFactory(bloc_year=bloc_year, unit=renamed, starts_on=date(2021, 7, 1))
    end_membership(membership=first, ends_on=date(2022, 5, 31), by=officer)
    add_member(bloc=bloc, unit=newcomer, starts_on=date(2022, 6, 1), by=officer)
    rename_unit(unit=renamed, name="Sở Y tế và Dân số", on=date(2023, 1, 1), by=officer)
    rename_bloc(bloc=bloc, name="Khối thi đua các sở, ngành", on=date(2024, 1, 1), by=officer)
    return bloc_year


def member_names(response):
    return [str(member.unit) for member in response.context["page"].members]


def test_the_page_of_a_bloc_is_true_for_any_day(client, moved):
    url = moved.bloc.get_absolute_url()
    then = client.get(url, {"ngay": "31/12/2021"})
    assert member_names(then) == ["Bảo hiểm xã hội tỉnh", "Sở Y tế"]
    assert "<h1>Khối thi đua số 6</h1>" in then.text
    assert "Thành viên tại ngày 31/12/2021." in then.text
    assert "(nay là Sở Y tế và Dân số)" in then.text
    assert "/don-vi/" in then.text
    assert "?ngay=31/12/2021" in then.text
    now = client.get(url)
    assert member_names(now) == ["Sở Y tế và Dân số", "Sở Khoa học và Công nghệ"]
    assert "<h1>Khối thi đua các sở, ngành</h1>" in now.text
    nonsense = client.get(url, {"ngay": "hôm kia"})
    assert nonsense.status_code == 200
    assert "“hôm kia” không phải là một ngày" in nonsense.text


def test_the_year_of_a_bloc_shows_its_reference_day_and_any_other(client, moved):
    url = moved.get_public_url()
    assert member_names(client.get(url)) == ["Bảo hiểm xã hội tỉnh", "Sở Y tế"]
    march = client.get(url, {"ngay": "2021-03-01"})
    assert [line.unit_name for line in march.context["page"].leaders] == ["Bảo hiểm xã hội tỉnh"]
    august = client.get(url, {"ngay": "01/08/2021"})
    assert [line.unit_name for line in august.context["page"].leaders] == ["Sở Y tế"]


def test_the_list_of_blocs_is_that_of_the_day(client, moved, officer):
    create_bloc(by=officer, name="Cụm thi đua số 1", word=BlocWord.CLUSTER, founded_on=date(2025, 7, 1))
    gone = create_bloc(by=officer, name="Khối thi đua các huyện", founded_on=date(2010, 1, 1), dissolved_on=date(2025, 7, 1))
    then = client.get(reverse("portal:bloc-list"), {"ngay": "31/12/2021"})
    assert [str(card.bloc) for card in then.context["cards"]] == ["Khối thi đua các huyện", "Khối thi đua số 6"]
    assert [card.members for card in then.context["cards"]] == [0, 2]
    assert [card.leader for card in then.context["cards"]] == ["", "Sở Y tế"]
    now = client.get(reverse("portal:bloc-list"))
    assert [str(card.bloc) for card in now.context["cards"]] == ["Cụm thi đua số 1", "Khối thi đua các sở, ngành"]
    client.force_login(officer)
    registry = client.get(reverse("blocs:blocs"), {"ngay": "31/12/2021"})
    assert [(str(row), row.member_count) for row in registry.context["page"]] == [(str(gone), 0), ("Khối thi đua số 6", 2)]


def test_a_unit_shows_the_blocs_and_offices_of_the_day(client, moved):
    unit = moved.bloc.memberships.first().unit
    url = unit.get_absolute_url()
    then = client.get(url, {"ngay": "01/03/2021"})
    assert [str(row.bloc) for row in then.context["page"].memberships] == ["Khối thi đua số 6"]
    assert [row.unit for row in then.context["page"].offices] == [unit]
    later = client.get(url, {"ngay": "01/03/2023"})
    assert later.context["page"].memberships == later.context["page"].offices == []
    assert "Ngày này đơn vị không ở khối, cụm thi đua nào." in later.text
    renamed = BlocOffice.objects.get(starts_on=date(2021, 7, 1)).unit
    assert "<h1>Sở Y tế</h1>" in client.get(renamed.get_absolute_url(), {"ngay": "01/03/2021"}).text


def test_the_registry_and_the_workplace_take_the_day_too(client, moved, officer):
    client.force_login(officer)
    units = client.get(reverse("blocs:units"), {"ngay": "31/12/2021"})
    named = {str(unit): unit.bloc_count for unit in units.context["page"]}
    assert (named["Sở Y tế"], named["Bảo hiểm xã hội tỉnh"], named["Sở Khoa học và Công nghệ"]) == (1, 1, 0)
    members = client.get(reverse("blocs:bloc-members", args=[moved.bloc.slug]), {"ngay": "31/12/2021"})
    assert [str(row.unit) for row in members.context["present"]] == ["Bảo hiểm xã hội tỉnh", "Sở Y tế"]
    work = client.get(reverse("blocs:members", args=[moved.bloc.slug, "2021"]), {"ngay": "01/03/2021"})
    assert [str(row.unit) for row in work.context["memberships"]] == ["Bảo hiểm xã hội tỉnh", "Sở Y tế"]
    assert [line.unit_name for line in work.context["offices"]] == ["Bảo hiểm xã hội tỉnh"]
    assert "Về ngày của năm" in work.text


def test_what_was_reported_for_a_year_prints_the_same_after_a_unit_has_left(officer):
    bloc_year = BlocYearFactory(members=3)
    version = CovenantVersion.objects.create(covenant=Covenant.objects.create(bloc_year=bloc_year))
    before = CovenantPaper(version).get_values()
    row = bloc_year.bloc.memberships.first()
    end_membership(membership=row, ends_on=date(2022, 3, 1), by=officer)
    rename_unit(unit=bloc_year.bloc.memberships.last().unit, name="Đơn vị mang tên mới", on=date(2022, 4, 1), by=officer)
    rename_bloc(bloc=bloc_year.bloc, name="Khối mang tên mới", on=date(2022, 4, 1), by=officer)
    again = CovenantVersion.objects.select_related("covenant__bloc_year__bloc", "covenant__bloc_year__year").get()
    assert CovenantPaper(again).get_values() == before


# S5


S5_MOVEMENTS = [
    ("Liên đoàn Lao động tỉnh", ["Lao động giỏi", "Lao động sáng tạo"]),
    ("Hội Nông dân tỉnh", ["Nông dân thi đua sản xuất kinh doanh giỏi, đoàn kết giúp nhau làm giàu và giảm nghèo bền vững"]),
    ("Hội Liên hiệp Phụ nữ tỉnh", ["Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc"]),
    ("Tỉnh đoàn Thanh niên", ["Xây dựng giá trị hình mẫu thanh niên Hà Giang thời kỳ mới"]),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", ["Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh"]),
    ("Hội Cựu chiến binh tỉnh", ["Cựu chiến binh gương mẫu"]),
]
S5_OF_ALL = [
    ("Học tập và làm theo tư tưởng, đạo đức, phong cách Chủ tịch Hồ Chí Minh", "Chỉ thị 05-CT/TW"),
    ("Thực hiện 8 lời Bác Hồ căn dặn Đảng bộ và nhân dân các dân tộc Hà Giang", "Tỉnh ủy"),
    ("Doanh nghiệp tỉnh Hà Giang hội nhập và phát triển", ""),
    ("Phong trào sáng tạo khởi nghiệp", ""),
]


def test_s5_movements_of_units_then_of_the_whole_bloc(client, officer):
    bloc = create_bloc(by=officer, name="Khối Mặt trận - Đoàn thể", founded_on=date(2018, 1, 1), province="Hà Giang")
    bloc_year = BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug="2019"))
    for name, _ in S5_MOVEMENTS:
        add_member(bloc=bloc, unit=UnitFactory(name=name), starts_on=date(2018, 1, 1), by=officer)
    front = bloc.memberships.get(unit__name__startswith="Ủy ban Mặt trận").unit
    women = bloc.memberships.get(unit__name__startswith="Hội Liên hiệp").unit
    appoint_office(bloc_year=bloc_year, unit=front, role=OfficeRole.LEADER, by=officer)
    following = open_bloc_year(bloc=bloc, year=EmulationYearFactory(slug="2020"), by=officer)
    appoint_office(bloc_year=following, unit=women, role=OfficeRole.LEADER, by=officer)
    client.force_login(secretary_of(bloc_year))
    typed = [{"name": name, "unit": unit} for unit, names in S5_MOVEMENTS for name in names]
    typed += [{"name": name, "launched_by": level} for name, level in S5_OF_ALL]
    url = reverse("blocs:movement-edit", args=[bloc.slug, "2019"])
    assert client.post(url, rows("phong-trao", *typed)).status_code == 302
    client.logout()
    page = client.get(bloc_year.get_public_url())
    groups = page.context["page"].movements
    assert [(row.unit_name, [m.name for m in row.movements]) for row in groups] == [
        *S5_MOVEMENTS,
        ("", [name for name, _ in S5_OF_ALL]),
    ]
    assert "Toàn khối" in page.text
    assert "(Chỉ thị 05-CT/TW phát động)" in page.text
    assert [(line.title, line.unit_name) for line in page.context["page"].leaders] == [("Khối trưởng", str(front))]
    next_page = client.get(following.get_public_url())
    assert [(line.title, line.unit_name) for line in next_page.context["page"].leaders] == [("Khối trưởng", str(women))]
    assert "Khối phó" not in next_page.text


# S8


S8_MEMBERS = (
    "Hải Phòng",
    "Thái Nguyên",
    "Phú Thọ",
    "Hà Nội",
    "Tuyên Quang",
    "Bắc Giang",
    "Bắc Ninh",
    "Hòa Bình",
    "Yên Bái",
    "Vĩnh Phúc",
)


def test_s8_two_ordered_deputies_and_a_meeting_of_two_days(client, officer):
    client.force_login(officer)
    ministry = UnitFactory(name="Bộ Ngoại giao", province="")
    url = reverse("blocs:bloc-create")
    typed = {"name": "Cụm thi đua số II - Bộ Ngoại giao", "word": "cum", "kind": "sector", "number": "II"}
    assert send_form(client, url, **typed, run_by="Bộ Ngoại giao", founded_on="01/01/2015").status_code == 302
    bloc = ministry.run_blocs.get()
    names = [f"Sở Ngoại vụ {name}" for name in S8_MEMBERS]
    paste = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    preview = client.post(paste, {"names": "\n".join(names), "starts_on": "01/01/2015"})
    lines = {f"dong-{line.number}": "moi" for line in preview.context["lines"]}
    data = {"names": "\n".join(names), "starts_on": "01/01/2015", "luu": "1", **lines}
    assert client.post(paste, data).status_code == 302
    year = EmulationYearFactory(slug="2017")
    opened = send_form(client, reverse("blocs:bloc-year-create", args=[bloc.slug]), year=year.pk, declared_members="10")
    assert opened.status_code == 302, opened.context["form"].errors
    appoint = reverse("blocs:office-appoint", args=[bloc.slug, "2017"])
    # In the order of nobody: the page brings them into theirs.
    for role, order, name in (("deputy", 2, "Phú Thọ"), ("leader", 1, "Hải Phòng"), ("deputy", 1, "Thái Nguyên")):
        answer = send_form(client, appoint, role=role, order=order, unit=f"Sở Ngoại vụ {name}", basis="elected")
        assert answer.status_code == 302, (name, answer.text)
    bloc_year = BlocYear.objects.get(bloc=bloc)
    MeetingFactory(
        bloc_year=bloc_year, status="held", starts_on=date(2017, 11, 30), ends_on=date(2017, 12, 1), place="Thái Nguyên"
    )
    expected = [
        ("Cụm trưởng", "Sở Ngoại vụ Hải Phòng"),
        ("Cụm phó", "Sở Ngoại vụ Thái Nguyên"),
        ("Cụm phó thứ 2", "Sở Ngoại vụ Phú Thọ"),
    ]
    work = client.get(reverse("blocs:members", args=[bloc.slug, "2017"]))
    assert [(line.title, line.unit_name) for line in work.context["offices"]] == expected
    assert [str(row.unit) for row in work.context["memberships"]] == names
    assert BlocOffice.objects.filter(bloc_year=bloc_year).count() == 3
    named = [" ".join(map(str, row)) for row in cells(export(client, "chuc-vu"))]
    places = [next(n for n, row in enumerate(named) if unit in row) for _, unit in expected]
    assert places == sorted(places)
    client.logout()
    public = client.get(bloc_year.get_public_url())
    assert [(line.title, line.unit_name) for line in public.context["page"].leaders] == expected
    assert [row.meeting.place for row in public.context["page"].meetings] == ["Thái Nguyên"]
    assert "30/11/2017 – 01/12/2017" in public.text
    assert Meeting.objects.filter(bloc_year=bloc_year).count() == 1
    assert "Do <strong>Bộ Ngoại giao</strong> tổ chức" in client.get(bloc.get_absolute_url()).text


# S20


def province(sizes, *, word, kind, day):
    """Blocs of one word and kind with so many members each, quickly."""
    for size in sizes:
        bloc = BlocFactory(word=word, kind=kind, founded_on=day)
        for position in range(1, size + 1):
            MembershipFactory(bloc=bloc, position=position, starts_on=day)


def totals_of(response):
    totals = response.context["totals"]
    rows = [*totals.words, totals.everything]
    return {row.label: (row.blocs, row.units, str(row.mean)) for row in rows}


@pytest.fixture
def hai_phong():
    day = date(2025, 9, 1)
    province([8] * 9 + [7] * 6, word=BlocWord.CLUSTER, kind=BlocKind.LOCALITY, day=day)
    province([8] * 20, word=BlocWord.BLOC, kind=BlocKind.AGENCY, day=day)


@pytest.mark.parametrize("name", ["blocs:blocs", "portal:bloc-list"])
@pytest.mark.usefixtures("hai_phong")
def test_s20_a_large_province(client, officer, name, django_assert_max_num_queries):
    client.force_login(officer)
    ContentType.objects.clear_cache()
    client.get(reverse(name))
    with django_assert_max_num_queries(17):
        page = client.get(reverse(name))
    assert totals_of(page) == {"Khối": (20, 160, "8.0"), "Cụm": (15, 114, "7.6"), "Tất cả": (35, 274, "7.8")}
    for text in ("7,6", "8,0", "<strong>0/35</strong>"):
        assert text in page.text
    assert page.context["page"].paginator.count == 35
    clusters = client.get(reverse(name), {"ten_goi": "cum"})
    assert clusters.context["page"].paginator.count == 15
    assert Membership.objects.count() == 274


def test_s20_cao_bang_before_and_after_its_new_decision(client, officer):
    old = PaperFactory(number="463/QĐ-UBND", issued_on=date(2016, 4, 19), subject="Thành lập khối giao ước thi đua")
    new = PaperFactory(number="348/QĐ-UBND", issued_on=date(2018, 4, 6), subject="Kiện toàn khối, cụm", replaces=old)
    day = date(2018, 4, 6)
    province([9] * 5 + [8] * 5 + [7], word=BlocWord.BLOC, kind=BlocKind.AGENCY, day=day)
    province([8, 8, 8, 8], word=BlocWord.BLOC, kind=BlocKind.ENTERPRISE, day=day)
    province([7, 6], word=BlocWord.CLUSTER, kind=BlocKind.LOCALITY, day=day)
    client.force_login(officer)
    page = client.get(reverse("blocs:blocs"), {"ngay": "31/12/2018"})
    totals = page.context["totals"]
    assert [(row.label, row.blocs) for row in totals.kinds] == [
        ("Cơ quan, sở, ngành", 11),
        ("Địa phương", 2),
        ("Doanh nghiệp", 4),
    ]
    assert (totals.everything.blocs, totals.everything.units) == (17, 137)
    assert client.get(reverse("blocs:blocs"), {"ngay": "05/04/2018"}).context["totals"].everything.blocs == 0
    papers = client.get(reverse("blocs:papers"), {"q": "463"}).text
    assert "463/QĐ-UBND" in papers
    assert "Đã được thay thế" in papers
    assert str(new) in papers

"""Real blocs entered by the import files of tests/data through the pages; as of a day the pages show exactly their facts."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from blocs.models import Bloc, BlocOffice, BlocYear, Unit
from tests.blocs.sheet_files import confirm, export, upload
from tests.data import make_cases
from tests.factories.blocs import EmulationYearFactory, UnitFactory, standing_agency_officer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOLDER = Path(settings.BASE_DIR) / "tests" / "data"
CASES = [make.__name__.removeprefix("case_") for make in make_cases.CASES]


@pytest.fixture
def agency(client):
    client.force_login(
        standing_agency_officer(UnitFactory(code="thuong-truc", name="Cơ quan thường trực", is_standing_agency=True))
    )
    return client


def enter(client, number):
    """Upload the files of a case; every question is answered with “a unit of its own”: names alone do not identify."""
    for year in range(2012, 2027):
        EmulationYearFactory(slug=str(year))
    for word in ("don-vi", "khoi", "chuc-vu"):
        path = FOLDER / f"{number}-{word}.xlsx"
        if not path.exists():
            continue
        job = upload(client, word, path.read_bytes(), name=path.name)
        assert (job.state, job.report["faults"]) == ("ready", []), path.name
        answers = {question[0]: "moi" for question in job.report["questions"]}
        assert confirm(client, job, answers).state == "done", (path.name, job.report)


def members_of(client, slug, day):
    """The member list of the public page as of a day, in its order."""
    page = client.get(reverse("portal:bloc", args=[slug]), {"ngay": f"{day:%d/%m/%Y}"})
    assert page.status_code == 200
    shown = [str(row.unit) for row in page.context["page"].members]
    bloc = Bloc.objects.get(slug=slug)
    assert shown == [row.unit.name for row in bloc.memberships.on(day).in_order().select_related("unit")]
    text = page.content.decode()
    assert [name for name in shown if name not in text.replace("&#x27;", "'")] == []
    return shown


def leaders(slug, year):
    rows = BlocOffice.objects.filter(bloc_year__bloc__slug=slug, bloc_year__year__slug=str(year)).in_order()
    return [(row.title, row.unit.name) for row in rows.select_related("unit", "bloc_year__bloc")]


def declared(slug, year):
    return BlocYear.objects.get(bloc__slug=slug, year__slug=str(year)).declared_members


@pytest.mark.parametrize("number", CASES)
def test_what_was_entered_comes_back_unchanged(agency, number):
    enter(agency, number)
    for word in ("don-vi", "khoi", "chuc-vu"):
        if not (FOLDER / f"{number}-{word}.xlsx").exists():
            continue
        job = upload(agency, word, export(agency, word, tat_ca="on"))
        assert (job.state, job.report["lines"], job.report["questions"]) == ("ready", [], []), word


@pytest.mark.parametrize("make", make_cases.CASES, ids=CASES)
def test_the_files_are_those_of_the_script(make, tmp_path):
    make().write(tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {path.name for path in FOLDER.glob(f"{make().number}-*.xlsx")}


def test_case_03_cao_bang_has_seventeen_blocs(agency):
    enter(agency, "03")
    assert Bloc.objects.existing_on(date(2018, 4, 5)).count() == 0
    blocs = Bloc.objects.existing_on(date(2018, 4, 6))
    kinds = [blocs.filter(kind=kind).count() for kind in ("agency", "enterprise", "locality")]
    assert (blocs.count(), kinds, blocs.filter(word="cum").count()) == (17, [11, 4, 2], 2)
    assert members_of(agency, "cb-co-quan-1", date(2018, 12, 31)) == []


def test_case_04_dak_lak_names_leader_and_deputy_of_every_bloc(agency):
    enter(agency, "04")
    assert leaders("dl-cum-1", 2018) == [("Cụm trưởng", "huyện Krông Pách"), ("Cụm phó", "thị xã Buôn Hồ")]
    assert leaders("dl-khoi-6", 2018) == [
        ("Khối trưởng", "Sở Lao động Thương binh và Xã hội"),
        ("Khối phó", "Sở Giáo dục và Đào tạo"),
    ]
    assert BlocOffice.objects.filter(basis="appointed").count() == 20
    assert Unit.objects.matching("krong pac").get().name == "huyện Krông Pách"
    assert members_of(agency, "dl-khoi-7", date(2018, 12, 31)) == ["Công ty Điện lực", "Cục Hải quan tỉnh"]


def test_case_05_police_clusters_of_quang_tri(agency):
    enter(agency, "05")
    day = date(2025, 12, 31)
    numbers = sorted(Bloc.objects.existing_on(day).values_list("number", flat=True))
    assert numbers == [str(number) for number in (*range(223, 227), *range(342, 353))]
    sizes = [declared(f"qt-cum-{number}", 2025) for number in numbers]
    assert sizes == [8, 5, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7]
    assert [len(members_of(agency, f"qt-cum-{number}", day)) for number in numbers] == sizes
    assert sum(sizes) == 105 == Unit.objects.exclude(code="thuong-truc").count()
    assert members_of(agency, "qt-cum-225", day)[4:6] == ["Phòng PC11A", "Phòng PC11B"]
    assert leaders("qt-cum-346", 2025) == [("Cụm trưởng", "Công an Đồng Hởi"), ("Cụm phó", "Công an Quảng Ninh")]
    assert members_of(agency, "qt-cum-352", date(2024, 12, 31)) == []


def test_case_06_propaganda_boards_of_tay_ninh(agency):
    enter(agency, "06")
    sizes = [len(members_of(agency, f"tn-tuyen-giao-{n}", date(2024, 11, 29))) for n in range(1, 5)]
    assert sizes == [6, 3, 3, 4]
    assert members_of(agency, "tn-tuyen-giao-4", date(2024, 11, 29))[1] == (
        "Ban Tuyên giáo - Tổng hợp Đảng uỷ Khối Cơ quan và Doanh nghiệp tỉnh"
    )


def test_case_39_members_of_2016_and_of_2021_differ_under_one_number(agency):
    enter(agency, "39")
    seen_2016 = {
        "Trường Cao đẳng nghiệp vụ cao su",
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Khoa học và Công nghệ",
        "Đài Phát thanh và Truyền hình",
        "Ban Dân tộc",
        "Bảo hiểm xã hội tỉnh",
    }
    members_2021 = {
        "Đài Phát thanh - Truyền hình và Báo Bình Phước",
        "Ban Dân tộc",
        "Sở Khoa học và Công nghệ",
        "Sở Y tế",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Thông tin và Truyền thông",
        "Sở Giáo dục và Đào tạo",
        "Trường Cao đẳng Bình Phước",
    }
    assert set(members_of(agency, "bp-khoi-6", date(2016, 12, 31))) == seen_2016
    for day in (date(2021, 12, 31), date(2022, 12, 31)):
        assert set(members_of(agency, "bp-khoi-6", day)) == members_2021
    assert [leaders("bp-khoi-6", year)[0][1] for year in (2016, 2021, 2022)] == [
        "Trường Cao đẳng nghiệp vụ cao su",
        "Đài Phát thanh - Truyền hình và Báo Bình Phước",
        "Sở Khoa học và Công nghệ",
    ]
    assert (declared("bp-khoi-6", 2016), declared("bp-khoi-6", 2021), declared("bp-khoi-6", 2022)) == (None, 9, 9)


def test_case_43_clusters_of_thanh_hoa(agency):
    enter(agency, "43")
    day = date(2024, 12, 31)
    assert [len(members_of(agency, f"th-cum-{n}", day)) for n in (3, 5, 11)] == [11, 8, 11]
    assert "Sở Lao động, Thương binh và Xã hội" in members_of(agency, "th-cum-5", day)
    assert members_of(agency, "th-cum-3", date(2025, 6, 30))[0] == "huyện Quan Sơn"
    assert members_of(agency, "th-cum-3", date(2025, 7, 1)) == []
    assert {bloc.get_word_display() for bloc in Bloc.objects.all()} == {"Cụm"}
    assert leaders("th-cum-3", 2024) == [("Cụm trưởng", "huyện Cẩm Thủy")]
    office = BlocOffice.objects.get(bloc_year__bloc__slug="th-cum-11")
    assert (office.unit.name, office.holders.get().person_name, office.holders.get().titles) == (
        "Hội Làm vườn và Trang trại",
        "Võ Duy Sang",
        ["Chủ tịch"],
    )


def test_case_51_two_deputies_in_their_order(agency):
    enter(agency, "51")
    provinces = "Hải Phòng, Thái Nguyên, Phú Thọ, Hà Nội, Tuyên Quang, Bắc Giang, Bắc Ninh, Hòa Bình, Yên Bái, Vĩnh Phúc"
    expected = [f"Sở Ngoại vụ {name}" for name in provinces.split(", ")]
    assert members_of(agency, "bng-cum-2", date(2017, 11, 30)) == expected
    assert leaders("bng-cum-2", 2017) == [
        ("Cụm trưởng", "Sở Ngoại vụ Hải Phòng"),
        ("Cụm phó", "Sở Ngoại vụ Thái Nguyên"),
        ("Cụm phó thứ 2", "Sở Ngoại vụ Phú Thọ"),
    ]


def test_case_52_nine_members_become_seven_when_provinces_merge(agency):
    enter(agency, "52")
    names = "Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị, Thừa Thiên Huế, Đà Nẵng, Quảng Nam, Quảng Ngãi"
    nine = names.split(", ")
    seven = [name for name in nine if name not in ("Quảng Bình", "Quảng Nam")]
    assert members_of(agency, "bng-cum-3", date(2019, 7, 9)) == [f"Sở Ngoại vụ {name}" for name in nine]
    assert members_of(agency, "bng-cum-3", date(2025, 12, 26)) == [f"Sở Ngoại vụ {name}" for name in seven]
    assert (declared("bng-cum-3", 2019), declared("bng-cum-3", 2025)) == (9, 7)
    office = BlocOffice.objects.get(bloc_year__year__slug="2025")
    assert (office.title, office.unit.name, office.holders.get().person_name) == (
        "Cụm trưởng",
        "Sở Ngoại vụ Thanh Hóa",
        "Trần Thị Thu Hằng",
    )


def test_case_57_a_number_that_changes_its_members(agency):
    enter(agency, "57")
    assert Bloc.objects.filter(number="5").count() == 2
    provinces = ("Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên - Huế")
    police = [f"Công an tỉnh {name}" for name in provinces]
    assert members_of(agency, "bca-cum-5-2016", date(2017, 3, 1)) == police
    assert members_of(agency, "bca-cum-5-2016", date(2019, 3, 1)) == []
    assert members_of(agency, "bca-cum-5-2019", date(2019, 12, 31)) == [
        "Cục Cảnh sát quản lý trại giam, cơ sở giáo dục bắt buộc, trường giáo dưỡng",
        "Cục Cảnh sát giao thông",
    ]
    assert leaders("bca-cum-5-2016", 2018) == [
        ("Cụm trưởng", "Công an tỉnh Quảng Trị"),
        ("Cụm phó", "Công an tỉnh Thừa Thiên - Huế"),
    ]
    assert BlocOffice.objects.get(bloc_year__bloc__slug="bca-cum-7").basis == "appointed"
    assert (declared("bca-cum-7", 2024), members_of(agency, "bca-cum-7", date(2024, 4, 6))) == (
        5,
        ["Công an tỉnh Quảng Trị"],
    )


def test_case_58_veterans_of_six_provinces(agency):
    enter(agency, "58")
    provinces = ("Bến Tre", "An Giang", "Đồng Tháp", "Vĩnh Long", "Tiền Giang", "Trà Vinh")
    assert members_of(agency, "ccb-cum-11", date(2013, 1, 18)) == [f"Hội Cựu chiến binh tỉnh {name}" for name in provinces]
    assert leaders("ccb-cum-11", 2013) == [("Cụm trưởng", "Hội Cựu chiến binh tỉnh Tiền Giang")]


def test_case_60_names_with_commas_and_a_cluster_without_list(agency):
    enter(agency, "60")
    members = members_of(agency, "btp-cum-3", date(2026, 1, 29))
    assert (len(members), members[0]) == (6, "Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý")
    assert declared("btp-cum-3", 2026) == 6
    assert members_of(agency, "btp-mien-nui", date(2026, 1, 26)) == []

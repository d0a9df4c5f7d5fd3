"""The wizard of a change of units through its pages, and what the pages of units and years say afterwards (S10)."""

from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from blocs.enums import OfficeRole, SuccessionKind
from blocs.models import BlocOffice, BlocYear, Membership, Unit, UnitKind, UnitName, UnitSuccession
from blocs.services import add_member, create_unit, end_membership, open_bloc_year
from portal.lineage import record_succession
from tests.factories.awards import GrantFactory
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    staff_of,
    standing_agency_officer,
)
from tests.filled_form import read_form, rows, send_form

pytestmark = pytest.mark.django_db
CREATE = "portal:succession-create"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-12-29 09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def agency(officer):
    client = Client()
    client.force_login(officer, BACKEND)
    return client


def first_step(kind, olds=(), news=(), on="01/07/2025", **more):
    """Step 1 as typed: old units by name, successors as dicts of their row."""
    return {
        "kind": kind,
        "effective_on": on,
        "buoc": "1",
        **rows("cu", *({"unit": str(unit)} for unit in olds)),
        **rows("moi", *news),
        **more,
    }


def press(client, page, button="", **typed):
    """Send the wizard's form of this page with what is typed into it."""
    data = read_form(page, "buoc")
    if button:
        data["di"] = button
    return client.post(reverse(CREATE), {**data, **typed})


def text_of(response):
    return " ".join(response.content.decode().split())


def words_of(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


# S10


NAMES_2019 = ("Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế", "Đà Nẵng", "Quảng Nam")


@pytest.fixture
def cluster(officer):
    """Cụm thi đua số 3 of Bộ Ngoại giao as it stood in 2019, entered through the services."""
    bloc = BlocFactory(slug="ngoai-giao-cum-3", name="Cụm thi đua số 3 - Bộ Ngoại giao", word="cum", founded_on=None)
    for name in (*NAMES_2019, "Quảng Ngãi"):
        unit = create_unit(by=officer, name=f"Sở Ngoại vụ {name}", province=name)
        add_member(bloc=bloc, unit=unit, starts_on=date(2015, 1, 1), by=officer)
    for year in ("2019", "2025"):
        open_bloc_year(bloc=bloc, year=EmulationYearFactory(slug=year), by=officer)
    return bloc


def test_s10_provinces_merge(agency, cluster, officer):
    """S10: units of Quảng Bình and Quảng Nam end in 2025; 2019 keeps its nine members, 2025 has seven."""
    paper = PaperFactory(number="202/2025/QH15", issued_on=date(2025, 6, 12), subject="Sắp xếp đơn vị hành chính cấp tỉnh")
    before = {model: model.objects.count() for model in (Unit, UnitName, Membership)}
    for old, heir in (("Quảng Bình", "Quảng Trị"), ("Quảng Nam", "Đà Nẵng")):
        page = agency.post(
            reverse(CREATE),
            first_step("merge", [f"Sở Ngoại vụ {old}"], [{"unit": f"Sở Ngoại vụ {heir}"}], paper=paper.pk),
        )
        assert page.status_code == 200
        assert "Thành viên Cụm thi đua số 3 - Bộ Ngoại giao" in text_of(page)
        page = press(agency, page, "goi_y")
        page = press(agency, page)
        assert f"Chuyển cho Sở Ngoại vụ {heir}" in text_of(page)
        done = press(agency, page)
        assert done.status_code == 302
        assert agency.get(done["Location"]).status_code == 200

    reader = Client()
    counts = {}
    for year in ("2019", "2025"):
        page = reader.get(reverse("portal:bloc-year", args=[cluster.slug, year]))
        counts[year] = page.context["page"].members
    assert [len(counts["2019"]), len(counts["2025"])] == [9, 7]
    page = words_of(reader.get(reverse("portal:bloc-year", args=[cluster.slug, "2019"])))
    assert "Sở Ngoại vụ Quảng Bình (nay là Sở Ngoại vụ Quảng Trị)" in page
    assert "Sở Ngoại vụ Quảng Nam (nay là Sở Ngoại vụ Đà Nẵng)" in page
    assert "Quảng Bình" not in text_of(reader.get(reverse("portal:bloc-year", args=[cluster.slug, "2025"])))

    heir = Unit.objects.get(name="Sở Ngoại vụ Quảng Trị")
    page = text_of(reader.get(heir.get_absolute_url()))
    assert "Kế thừa từ" in page
    assert "Sở Ngoại vụ Quảng Bình" in page
    assert "202/2025/QH15" in page
    gone = Unit.objects.get(name="Sở Ngoại vụ Quảng Bình")
    page = text_of(reader.get(gone.get_absolute_url()))
    assert "đến hết ngày 30/06/2025" in page
    assert "Sở Ngoại vụ Quảng Trị" in page
    # Nothing was deleted, and the successors were members already.
    assert {model: model.objects.count() for model in before} == before


def test_s10_figures_of_the_merged_cluster_stay_exact(agency, cluster):
    """S10: 167 projects and 75 million dollars of 2025, entered as the office writes them, read by the public."""
    year = ("ngoai-giao-cum-3", "2025")
    saved = send_form(
        agency,
        reverse("meetings:meeting-create", args=year),
        title="Hội nghị tổng kết năm 2025, triển khai nhiệm vụ năm 2026",
        status="held",
        kinds=["year_end", "launch"],
        starts_on="26/12/2025",
        part_of_day="afternoon",
        place="Khách sạn Mường Thanh",
        **{
            "figures-0-indicator": "chương trình, dự án viện trợ",
            "figures-0-value": "167",
            "figures-0-unit_of_measure": "dự án",
            "figures-1-indicator": "kinh phí cam kết",
            "figures-1-value": "75 triệu",
            "figures-1-unit_of_measure": "USD",
        },
    )
    assert saved.status_code == 302
    page = words_of(agency.get(saved["Location"]))
    assert "167 dự án" in page
    assert "75.000.000 USD" in page


# The steps


@pytest.fixture
def bloc_year():
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2025"), members=3)
    leader, deputy, _ = [row.unit for row in bloc_year.bloc.memberships.order_by("position", "pk")]
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    BlocOfficeFactory(bloc_year=bloc_year, unit=deputy, role=OfficeRole.DEPUTY)
    return bloc_year


def leader_of(bloc_year):
    return bloc_year.offices.get(role=OfficeRole.LEADER).unit


def review_page(client, bloc_year, **more):
    successor = UnitFactory(name="Ban Tuyên giáo và Dân vận Tỉnh ủy")
    page = client.post(reverse(CREATE), first_step("merge", [leader_of(bloc_year)], [{"unit": successor}], **more))
    assert page.status_code == 200
    return page


def test_nothing_is_chosen_beforehand_and_nothing_undecided_passes(agency, bloc_year):
    page = review_page(agency, bloc_year)
    data = read_form(page, "buoc")
    assert not [name for name in data if name.startswith("muc-")]
    page = press(agency, page)
    assert page.status_code == 422
    assert text_of(page).count("Xin chọn cách xử lý.") == 4
    assert not UnitSuccession.objects.exists()


def test_choices_survive_the_way_back_and_forth(agency, bloc_year):
    page = press(agency, review_page(agency, bloc_year), "goi_y")
    name = next(name for name in read_form(page, "buoc") if name.startswith("muc-blocs-office"))
    assert read_form(page, "buoc")[name] == "deputy"
    page = press(agency, page, **{name: "close"})
    assert "Ghi nhận biến động" in text_of(page)
    page = press(agency, page, "2")
    assert read_form(page, "buoc")[name] == "close"
    page = press(agency, page, "1")
    assert page.status_code == 200
    data = read_form(page, "kind")
    assert (data["kind"], data["effective_on"]) == ("merge", "01/07/2025")
    assert data["cu-0-unit"] == leader_of(bloc_year).name


def test_a_leader_that_disappears_lets_the_deputy_act(agency, bloc_year):
    deputy = bloc_year.offices.get(role=OfficeRole.DEPUTY).unit
    page = press(agency, press(agency, review_page(agency, bloc_year), "goi_y"))
    assert "Khối phó điều hành" in text_of(page)
    assert press(agency, page).status_code == 302
    leaders = bloc_year.offices.filter(role=OfficeRole.LEADER).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in leaders] == [
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 12, 31)),
    ]
    assert leaders[1].unit == deputy


def test_the_past_is_warned_of(agency, bloc_year):
    page = text_of(review_page(agency, bloc_year))
    assert "Ngày có hiệu lực đã qua" in page
    assert "Danh sách thành viên tính đến 31/12/2025" in page


def test_what_changed_between_review_and_confirmation_is_shown_again(agency, bloc_year):
    page = press(agency, press(agency, review_page(agency, bloc_year), "goi_y"))
    other = MembershipFactory(unit=leader_of(bloc_year))
    answer = press(agency, page)
    assert answer.status_code == 409
    assert f"Thêm “Thành viên {other.bloc.name}”" in text_of(answer)
    assert not UnitSuccession.objects.exists()
    # What had been chosen is still chosen; only the new item is open.
    assert len([name for name in read_form(answer, "buoc") if name.startswith("muc-")]) == 2
    page = press(agency, press(agency, answer, "goi_y"))
    assert press(agency, page).status_code == 302


def test_a_second_click_records_nothing_twice(agency, bloc_year):
    page = press(agency, press(agency, review_page(agency, bloc_year), "goi_y"))
    assert press(agency, page).status_code == 302
    again = press(agency, page)
    assert again.status_code == 409
    assert "đã kết thúc hoạt động ngày 30/06/2025" in text_of(again)
    assert UnitSuccession.objects.count() == 1


def test_what_was_typed_outlives_the_session(agency, officer, bloc_year):
    page = press(agency, review_page(agency, bloc_year), "goi_y")
    data = read_form(page, "buoc")
    agency.cookies.pop("sessionid", None)
    lost = agency.post(reverse(CREATE), data)
    assert lost.status_code == 302
    agency.force_login(officer, BACKEND)
    # force_login begins a session of its own; signing in by the form keeps the one that holds what was typed.
    session = agency.session
    session["kept_form"] = {
        "path": reverse(CREATE),
        "body": "&".join(f"{k}={v}" for k, v in _encoded(data)),
        "owner": str(officer.pk),
        "files": False,
    }
    session.save()
    page = agency.get(reverse(CREATE))
    assert page.status_code == 200
    assert "Rà soát từng mục" in text_of(page)
    name = next(name for name in data if name.startswith("muc-blocs-office"))
    assert read_form(page, "buoc")[name] == "deputy"


def _encoded(data):
    for name, values in data.items():
        for value in values if isinstance(values, list) else [values]:
            yield quote(name), quote(str(value))


def test_rows_are_added_without_scripts(agency):
    data = first_step("merge", ["Đơn vị A"], [{"unit": ""}])
    page = agency.post(reverse(CREATE), {**data, "them_dong": "cu"})
    assert page.status_code == 200
    assert 'name="cu-1-unit"' in text_of(page)
    assert read_form(page, "kind")["cu-0-unit"] == "Đơn vị A"


def test_the_page_of_a_unit_leads_to_a_filled_form(agency):
    unit = UnitFactory(name="Sở Nội vụ")
    page = agency.get(reverse(CREATE), {"loai": "rename", "don-vi": unit.code})
    data = read_form(page, "kind")
    assert (data["kind"], data["cu-0-unit"]) == ("rename", "Sở Nội vụ")
    assert agency.get(reverse(CREATE), {"loai": "x", "don-vi": "y" * 300}).status_code == 200


def test_rename_has_nothing_to_review(agency):
    unit = UnitFactory(name="Sở Nội vụ")
    page = agency.post(reverse(CREATE), first_step("rename", ["Sở Nội vụ"], new_name="Sở Nội vụ và Lao động"))
    assert "Xác nhận biến động" in text_of(page)
    assert press(agency, page).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Sở Nội vụ và Lao động"
    assert UnitSuccession.objects.get().kind == SuccessionKind.RENAME


def test_two_units_become_a_new_one(agency):
    UnitFactory(name="Ban Tuyên giáo Tỉnh ủy")
    UnitFactory(name="Ban Dân vận Tỉnh ủy")
    names = ["Ban Tuyên giáo Tỉnh ủy", "Ban Dân vận Tỉnh ủy"]
    page = agency.post(reverse(CREATE), first_step("merge", names, [{"name": "Ban Tuyên giáo và Dân vận", "code": "btgdv"}]))
    page = press(agency, page)
    assert "Lập mới" in text_of(page)
    assert press(agency, page).status_code == 302
    new = Unit.objects.get(code="btgdv")
    assert (new.province, new.starts_on) == ("Phú Thọ", date(2025, 7, 1))


@pytest.mark.parametrize(
    ("kind", "olds", "news", "more", "words"),
    [
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị A"}], {}, "không thể vừa là đơn vị cũ vừa là đơn vị kế thừa"),
        ("merge", ["Đã kết thúc"], [{"unit": "Đơn vị A"}], {}, "đã kết thúc hoạt động ngày 31/12/2020"),
        ("merge", ["Đơn vị A"], [{"unit": "Đã kết thúc"}], {}, "Đơn vị kế thừa Đã kết thúc đã kết thúc"),
        ("merge", ["Đơn vị A"], [{"unit": "khong-co-ma-nay"}], {}, "Không tìm thấy đơn vị tên"),
        ("merge", ["Đơn vị A"], [{"name": "Đơn vị B"}], {}, "Đã có đơn vị Đơn vị B"),
        ("merge", ["Đơn vị A", "Đơn vị B"], [{"name": "Đơn vị mới", "code": "ma-a"}], {}, "đã dùng cho một đơn vị khác"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B", "name": "Đơn vị C"}], {}, "không ghi cả hai"),
        ("merge", ["Đơn vị A"], [{"code": "abc"}], {}, "Mã chỉ ghi cho đơn vị mới lập"),
        ("merge", ["Đơn vị A", "Đơn vị A"], [{"unit": "Đơn vị B"}], {}, "chỉ được ghi một lần"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"effective_on": "01/01/2000"}, "mang tên đang dùng"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"effective_on": "01/01/2999"}, "ở sau ngày hôm nay"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"effective_on": "32/13/2025"}, "Có hiệu lực từ ngày"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"stays": "on"}, "Chỉ đánh dấu khi chia tách"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"paper": "999999"}, "Theo văn bản"),
        ("merge", ["Đơn vị A"], [{"unit": "Đơn vị B"}], {"new_name": "X"}, "Tên mới chỉ ghi khi đổi tên"),
        ("merge", [], [{"unit": "Đơn vị B"}], {}, "Xin chọn đơn vị có biến động"),
        ("rename", ["Đơn vị A"], [], {}, "Xin ghi tên mới"),
        ("rename", ["Đơn vị A"], [], {"new_name": "Đơn vị A"}, "giống hệt tên đang dùng"),
        ("rename", ["Đơn vị A"], [], {"new_name": "Đơn vị X", "effective_on": "01/01/2999"}, "ở sau ngày hôm nay"),
        ("rename", ["Đơn vị A", "Đơn vị B"], [], {"new_name": "Đơn vị X"}, "Đổi tên chỉ ghi cho một đơn vị"),
        ("bay", ["Đơn vị A"], [], {}, "Loại biến động"),
    ],
)
def test_bad_input_comes_back_with_a_sentence(agency, kind, olds, news, more, words):
    UnitFactory(name="Đơn vị A", code="ma-a")
    UnitFactory(name="Đơn vị B", code="ma-b")
    UnitFactory(name="Đã kết thúc", ends_on=date(2020, 12, 31))
    answer = agency.post(reverse(CREATE), {**first_step(kind, olds, news), **more})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not UnitSuccession.objects.exists()


@pytest.mark.parametrize("data", [{}, {"buoc": "3"}, {"buoc": "9", "di": "x"}, {"buoc": "3", "da_xem": "rác"}])
def test_nonsense_is_refused_and_never_fails(agency, data):
    assert agency.post(reverse(CREATE), data).status_code in (409, 422)


@pytest.mark.parametrize("step", ["2", "3", "7"])
def test_a_forged_review_is_shown_again(agency, bloc_year, step):
    data = first_step("merge", [leader_of(bloc_year)], [{"unit": UnitFactory()}])
    answer = agency.post(reverse(CREATE), {**data, "buoc": step, "da_xem": "rác", "muc-blocs-office-1": "carry:99"})
    assert answer.status_code == 409
    assert not UnitSuccession.objects.exists()


def test_nobody_else_gets_in(bloc_year):
    client = Client()
    client.force_login(staff_of(leader_of(bloc_year)), BACKEND)
    for name in ("portal:successions", CREATE):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(CREATE), {}).status_code == 403


# One act, taking it back


@pytest.fixture
def recorded(agency, officer, bloc_year):
    page = press(agency, press(agency, review_page(agency, bloc_year), "goi_y"))
    press(agency, page)
    return UnitSuccession.objects.get()


def test_the_act_shows_what_was_done_and_is_taken_back(agency, recorded, bloc_year):
    page = text_of(agency.get(recorded.get_absolute_url()))
    assert "Khối phó điều hành" in page
    assert "Hoàn tác" in page
    url = reverse("portal:succession-undo", args=[recorded.pk])
    assert "Đưa mọi thứ trở lại" in text_of(agency.get(url))
    assert agency.post(url).status_code == 302
    assert "Đã hoàn tác" in text_of(agency.get(recorded.get_absolute_url()))
    assert leader_of(bloc_year).ends_on is None
    assert agency.post(url).status_code == 409


def test_what_was_built_on_it_is_listed_and_stops_the_undo(agency, recorded, officer):
    heir = Unit.objects.get(name="Ban Tuyên giáo và Dân vận Tỉnh ủy")
    end_membership(membership=heir.memberships.get(), ends_on=date(2025, 12, 1), by=officer)
    page = text_of(agency.get(recorded.get_absolute_url()))
    assert "Không còn hoàn tác được, vì sau đó đã có" in page
    assert "đã đổi đến ngày" in page
    answer = agency.post(reverse("portal:succession-undo", args=[recorded.pk]))
    assert answer.status_code == 409
    assert "Không hoàn tác được" in text_of(answer)


# Lists, unit pages, query counts


def test_the_list_is_found_by_any_name_of_a_unit(agency, recorded):
    UnitFactory(name="Sở Tài chính")
    url = reverse("portal:successions")
    assert "Sáp nhập, hợp nhất" in text_of(agency.get(url, {"q": "tuyen giao"}))
    assert "Không tìm thấy biến động nào" in text_of(agency.get(url, {"q": "so tai chinh"}))


def queries(client, url):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def merge_quietly(officer, old=None):
    old, new = old or UnitFactory(), UnitFactory()
    return record_succession(
        kind="merge", effective_on=date(2025, 7, 1), from_units=[old], to_units=[new], choices={}, by=officer
    )


def test_the_list_of_acts_needs_no_more_queries_for_more_rows(agency, officer):
    merge_quietly(officer)
    url = reverse("portal:successions")
    agency.get(url)
    one = queries(agency, url)
    merge_quietly(officer)
    merge_quietly(officer)
    assert queries(agency, url) == one


def test_old_names_on_the_page_of_a_year_need_no_more_queries(officer):
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2019"), bloc__founded_on=None)
    url = bloc_year.get_public_url()

    def leave():
        row = MembershipFactory(bloc=bloc_year.bloc, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
        record_succession(
            kind="merge",
            effective_on=date(2025, 7, 1),
            from_units=[row.unit],
            to_units=[UnitFactory()],
            choices={},
            by=officer,
        )

    leave()
    # The first answer of a process also reads the content types.
    Client().get(url)
    one = queries(Client(), url)
    leave()
    leave()
    page = Client().get(url)
    assert text_of(page).count("nay là") == 3
    assert queries(Client(), url) == one


def test_the_unit_page_tells_names_lineage_memberships_offices_and_awards(officer):
    unit = UnitFactory(name="Sở Nội vụ", functions="Tham mưu về tổ chức, công vụ và thi đua, khen thưởng.")
    child = UnitFactory(name="Ban Thi đua - Khen thưởng", parent=unit)
    bloc_year = BlocYearFactory(bloc__name="Khối các sở tham mưu")
    MembershipFactory(bloc=bloc_year.bloc, unit=unit)
    BlocOfficeFactory(bloc_year=bloc_year, unit=unit)
    grant = GrantFactory(unit=unit, bloc_year=bloc_year)
    old = UnitFactory(name="Sở Lao động - Thương binh và Xã hội")
    record_succession(kind="merge", effective_on=date(2025, 3, 1), from_units=[old], to_units=[unit], choices={}, by=officer)
    record_succession(
        kind="rename", effective_on=date(2025, 4, 1), from_units=[unit], new_name="Sở Nội vụ và Lao động", by=officer
    )
    page = text_of(Client().get(unit.get_absolute_url()))
    for words in (
        "Sở Nội vụ và Lao động",
        "Tham mưu về tổ chức, công vụ và thi đua, khen thưởng.",
        child.name,
        "Khối các sở tham mưu",
        "Khối trưởng",
        grant.award.name,
        "Sở Lao động - Thương binh và Xã hội",
        "từ 01/03/2025",
        "từ 01/01/2000 đến 31/03/2025",
    ):
        assert words in page, words


def test_a_dissolved_unit_is_said_to_have_ended(officer):
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2019"), bloc__founded_on=None)
    row = MembershipFactory(bloc=bloc_year.bloc, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    record_succession(kind="dissolve", effective_on=date(2025, 3, 1), from_units=[row.unit], choices={}, by=officer)
    assert "(đã kết thúc hoạt động)" in text_of(Client().get(bloc_year.get_public_url()))


def test_a_chain_of_acts_leads_to_the_unit_of_today(officer):
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2019"), bloc__founded_on=None)
    first, second, third = UnitFactory(name="PC11"), UnitFactory(name="PC11A"), UnitFactory(name="PC07")
    MembershipFactory(bloc=bloc_year.bloc, unit=first, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
    for old, new, on in ((first, second, date(2024, 3, 1)), (second, third, date(2025, 3, 1))):
        old.refresh_from_db()
        record_succession(kind="merge", effective_on=on, from_units=[old], to_units=[new], choices={}, by=officer)
    assert "(nay là PC07)" in text_of(Client().get(bloc_year.get_public_url()))
    assert BlocYear.objects.count() == 1
    assert not BlocOffice.objects.exists()


# Tree and kinds of units


def test_the_tree_shows_units_under_their_parents_in_vietnamese_order(agency):
    parent = UnitFactory(name="Sở Nội vụ")
    for name in ("Văn phòng Sở", "Ban Tôn giáo", "Đội lưu trữ"):
        UnitFactory(name=name, parent=parent)
    UnitFactory(name="Chi cục cũ", parent=parent, ends_on=date(2020, 12, 31))
    url = reverse("blocs:unit-tree")
    page = agency.get(url)
    branch = next(branch for branch in page.context["roots"] if branch.unit == parent)
    assert [child.unit.name for child in branch.children] == ["Ban Tôn giáo", "Đội lưu trữ", "Văn phòng Sở"]
    page = agency.get(url, {"het": "1"})
    branch = next(branch for branch in page.context["roots"] if branch.unit == parent)
    assert len(branch.children) == 4


def test_a_circle_of_parents_loses_no_unit(agency):
    first = UnitFactory(name="Đơn vị A")
    second = UnitFactory(name="Đơn vị B", parent=first)
    first.parent = second
    first.save()
    page = text_of(agency.get(reverse("blocs:unit-tree")))
    assert "Đơn vị A" in page
    assert "Đơn vị B" in page


def test_the_tree_needs_no_more_queries_for_more_units(agency):
    url = reverse("blocs:unit-tree")
    parent = UnitFactory()
    UnitFactory(parent=parent)
    agency.get(url)
    one = queries(agency, url)
    for _ in range(3):
        parent = UnitFactory(parent=parent)
    assert queries(agency, url) == one


def test_kinds_of_units_are_an_open_list(agency):
    create = reverse("blocs:unit-kind-create")
    assert agency.post(create, {"name": "Trung đoàn", "position": "7"}).status_code == 302
    again = agency.post(create, {"name": "trung đoàn", "position": "8"})
    assert again.status_code == 422
    assert "Đã có loại đơn vị “Trung đoàn”" in text_of(again)
    kind = UnitKind.objects.get()
    assert agency.post(reverse("blocs:unit-kind-edit", args=[kind.pk]), {"name": "Trung đoàn, sư đoàn", "position": "7"})
    assert "Trung đoàn, sư đoàn" in text_of(agency.get(reverse("blocs:unit-kinds")))

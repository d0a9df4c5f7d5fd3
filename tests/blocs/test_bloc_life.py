"""A bloc over the years: names, papers, groups, its end; units in two blocs are warned of, never refused."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from blocs.documents import CovenantPaper
from blocs.enums import BlocAct, BlocKind
from blocs.errors import Invalid, WrongDate
from blocs.models import Bloc, BlocYear, Covenant, CovenantVersion
from blocs.reports import member_count_difference
from blocs.services import (
    add_member,
    create_bloc,
    dissolve_bloc,
    record_bloc_paper,
    remove_bloc_paper,
    rename_bloc,
    save_groups,
    update_bloc,
)
from blocs.totals import double_members
from common.errors import StaleState
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
    standing_agency_officer,
)
from tests.filled_form import send_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2024-03-01 08:00+07:00", tick=False):
        yield


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def bloc(officer):
    return create_bloc(by=officer, name="Khối thi đua các ban Đảng", short_name="Khối ban Đảng", founded_on=date(2018, 4, 6))


# Names


def test_a_renamed_bloc_keeps_the_name_of_each_day(bloc, officer):
    rename_bloc(bloc=bloc, name="Khối thi đua các cơ quan Đảng tỉnh", on=date(2022, 1, 1), by=officer)
    named = {day: str(Bloc.objects.named_on(day).get(pk=bloc.pk)) for day in (date(2021, 12, 31), date(2022, 1, 1))}
    assert list(named.values()) == ["Khối thi đua các ban Đảng", "Khối thi đua các cơ quan Đảng tỉnh"]
    assert Bloc.objects.named_on(date(2021, 12, 31)).get(pk=bloc.pk).label == "Khối ban Đảng"
    assert Bloc.objects.matching("cac ban dang").get() == bloc


@pytest.mark.parametrize(
    ("name", "on", "refusal"),
    [
        ("Khối thi đua các ban Đảng", date(2022, 1, 1), Invalid),
        ("Khối mới", date(2024, 3, 2), WrongDate),
        ("Khối mới", date(2018, 4, 6), WrongDate),
    ],
)
def test_a_name_that_cannot_be_is_refused(bloc, officer, name, on, refusal):
    short = bloc.short_name if name == bloc.name else ""
    with pytest.raises(refusal):
        rename_bloc(bloc=bloc, name=name, short_name=short, on=on, by=officer)
    assert bloc.names.count() == 1


def test_correcting_a_slip_makes_no_new_name(bloc, officer):
    update_bloc(bloc=bloc, by=officer, name="Khối thi đua các Ban Đảng")
    assert [row.name for row in bloc.names.all()] == ["Khối thi đua các Ban Đảng"]


def test_papers_and_pages_of_a_year_bear_the_name_of_that_year(bloc, officer, signed_in):
    bloc_year = BlocYearFactory(bloc=bloc)
    rename_bloc(bloc=bloc, name="Khối thi đua các cơ quan Đảng tỉnh", on=date(2022, 1, 1), by=officer)
    version = CovenantVersion.objects.create(covenant=Covenant.objects.create(bloc_year=bloc_year))
    bloc_year = BlocYear.objects.for_work().get(pk=bloc_year.pk)
    assert CovenantPaper(version).get_values()["bloc"] == "Khối thi đua các ban Đảng"
    assert str(bloc_year) == "Khối ban Đảng, năm 2021"
    page = signed_in.get(bloc_year.get_public_url()).text
    assert "(nay là Khối thi đua các cơ quan Đảng tỉnh)" in page
    assert "Khối thi đua các ban Đảng" in signed_in.get(bloc_year.get_absolute_url()).text


def test_a_bloc_is_renamed_by_its_page(bloc, signed_in):
    url = reverse("blocs:bloc-names", args=[bloc.slug])
    assert send_form(signed_in, url, name="Khối số 1", on="01/13/2022").status_code == 422
    assert send_form(signed_in, url, name="Khối số 1", on="01/01/2022").status_code == 302
    page = signed_in.get(url).text
    assert page.index("Khối số 1") < page.index("31/12/2021")


# Papers


def test_a_replaced_paper_stays_readable_as_replaced(officer, signed_in, client):
    old = PaperFactory(number="463/QĐ-UBND", issued_on=date(2016, 4, 19), subject="Thành lập khối giao ước thi đua")
    new = PaperFactory(number="348/QĐ-UBND", issued_on=date(2018, 4, 6), subject="Kiện toàn khối, cụm", replaces=old)
    bloc = create_bloc(by=officer, name="Khối thi đua tổng hợp", founding_paper=old, founded_on=date(2016, 4, 19))
    url = reverse("blocs:bloc-papers", args=[bloc.slug])
    assert send_form(signed_in, url, paper=new.pk, act="reform", effective_on="").status_code == 302
    assert [(row.paper, row.act, row.effective_on) for row in bloc.papers.all()] == [
        (old, BlocAct.FOUND, date(2016, 4, 19)),
        (new, BlocAct.REFORM, date(2018, 4, 6)),
    ]
    replaced = "Quyết định số 348/QĐ-UBND ngày 06/04/2018"
    page = signed_in.get(url).text
    assert "Quyết định số 463/QĐ-UBND ngày 19/04/2016" in page
    assert f"bằng {replaced}" in page
    client.logout()
    assert f"đã được thay thế bằng {replaced}" in client.get(bloc.get_absolute_url()).text


def test_a_paper_takes_effect_when_it_was_issued_or_later(bloc, officer):
    paper = PaperFactory(issued_on=date(2021, 3, 5))
    with pytest.raises(WrongDate):
        record_bloc_paper(bloc=bloc, paper=paper, act=BlocAct.REFORM, effective_on=date(2021, 3, 4), by=officer)
    with pytest.raises(Invalid, match="chưa giải thể"):
        record_bloc_paper(bloc=bloc, paper=paper, act=BlocAct.DISSOLVE, effective_on=date(2021, 3, 5), by=officer)
    record_bloc_paper(bloc=bloc, paper=paper, act=BlocAct.REFORM, effective_on=date(2021, 3, 5), by=officer)
    with pytest.raises(Invalid, match="đã được ghi"):
        record_bloc_paper(bloc=bloc, paper=paper, act=BlocAct.REFORM, effective_on=date(2021, 3, 5), by=officer)


def test_the_first_founding_paper_is_shown_as_such_and_can_be_taken_back(bloc, officer, signed_in):
    paper = PaperFactory(issued_on=date(2018, 4, 6))
    row = record_bloc_paper(bloc=bloc, paper=paper, act=BlocAct.FOUND, effective_on=date(2018, 4, 6), by=officer)
    assert Bloc.objects.get(pk=bloc.pk).founding_paper == paper
    url = reverse("blocs:bloc-paper-remove", args=[bloc.slug, row.pk])
    assert signed_in.get(url).status_code == 200
    assert signed_in.post(url).status_code == 302
    assert Bloc.objects.get(pk=bloc.pk).founding_paper is None
    assert bloc.papers.count() == 0


# Groups


def test_members_are_shown_by_group(bloc, signed_in, client):
    rows = [MembershipFactory(bloc=bloc, position=n, unit__name=f"Hội Cựu chiến binh tỉnh số {n}") for n in (1, 2, 3)]
    url = reverse("blocs:bloc-groups", args=[bloc.slug])
    assert send_form(signed_in, url, groups="Nhóm 1\nNhóm 2").status_code == 302
    chosen = {f"nhom-{rows[0].pk}": "Nhóm 2", f"nhom-{rows[2].pk}": "Nhóm 1"}
    assert signed_in.post(url, {"groups": "Nhóm 1\nNhóm 2", **chosen}).status_code == 302
    for address in (bloc.get_absolute_url(), reverse("blocs:bloc-members", args=[bloc.slug])):
        page = signed_in.get(address).text
        found = [page.index(text) for text in ("Nhóm 1", rows[2].unit.name, "Nhóm 2", rows[0].unit.name, rows[1].unit.name)]
        assert found == sorted(found)


def test_a_group_that_goes_takes_no_member_with_it(bloc, officer):
    row = MembershipFactory(bloc=bloc)
    save_groups(bloc=bloc, names=["Nhóm 1"], members={row: "Nhóm 1"}, by=officer)
    save_groups(bloc=bloc, names=[], by=officer)
    row.refresh_from_db()
    assert (row.group, row.ends_on, bloc.groups.count()) == (None, None, 0)
    with pytest.raises(Invalid, match="tên khác nhau"):
        save_groups(bloc=bloc, names=["Nhóm 1", "nhóm 1"], by=officer)


# The end of a bloc


def test_a_dissolved_bloc_ends_its_memberships_and_keeps_its_past(bloc, officer, signed_in):
    bloc_year = BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug="2023"))
    row = MembershipFactory(bloc=bloc, starts_on=date(2018, 4, 6), unit__name="Báo Cao Bằng")
    paper = PaperFactory(issued_on=date(2023, 6, 1))
    url = reverse("blocs:bloc-dissolve", args=[bloc.slug])
    assert send_form(signed_in, url, on="05/06/2023", paper=paper.pk).status_code == 302
    row.refresh_from_db()
    assert row.ends_on == date(2023, 6, 4)
    assert [m.unit for m in BlocYear.objects.get(pk=bloc_year.pk).memberships] == [row.unit]
    assert bloc.papers.get().act == BlocAct.DISSOLVE
    page = signed_in.get(bloc.get_absolute_url()).text
    assert "Thành viên khi kết thúc" in page
    assert "Báo Cao Bằng" in page
    assert not Bloc.objects.existing_on(date(2023, 6, 5)).exists()
    assert Bloc.objects.existing_on(date(2023, 6, 4)).get() == bloc
    with pytest.raises(StaleState):
        dissolve_bloc(bloc=bloc, on=date(2023, 7, 1), by=officer)
    with pytest.raises(WrongDate):
        add_member(bloc=Bloc.objects.get(pk=bloc.pk), unit=UnitFactory(), starts_on=date(2023, 6, 5), by=officer)


@pytest.mark.parametrize("on", [date(2024, 3, 2), date(2018, 4, 6)])
def test_a_bloc_ends_neither_tomorrow_nor_before_it_began(bloc, officer, on):
    with pytest.raises(WrongDate):
        dissolve_bloc(bloc=bloc, on=on, by=officer)


@pytest.mark.parametrize("act", ["rename", "groups", "dissolve", "paper"])
def test_who_does_not_follow_the_bloc_changes_nothing_of_its_life(bloc, act):
    stranger = UserFactory()
    acts = {
        "rename": lambda: rename_bloc(bloc=bloc, name="Khối khác", on=date(2022, 1, 1), by=stranger),
        "groups": lambda: save_groups(bloc=bloc, names=["Nhóm 1"], by=stranger),
        "dissolve": lambda: dissolve_bloc(bloc=bloc, on=date(2022, 1, 1), by=stranger),
        "paper": lambda: record_bloc_paper(
            bloc=bloc, paper=PaperFactory(), act=BlocAct.REFORM, effective_on=date(2022, 1, 1), by=stranger
        ),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


def test_removing_a_paper_needs_the_right(bloc, officer):
    row = record_bloc_paper(bloc=bloc, paper=PaperFactory(), act=BlocAct.REFORM, effective_on=date(2022, 1, 1), by=officer)
    with pytest.raises(PermissionDenied):
        remove_bloc_paper(row=row, by=UserFactory())


# Two blocs at once


def test_a_second_provincial_bloc_warns_and_a_cluster_of_the_sector_does_not(officer, signed_in):
    first, second = BlocFactory(name="Khối số 1"), BlocFactory(name="Khối số 2")
    cluster = BlocFactory(kind=BlocKind.SECTOR, name="Cụm thi đua số 3 Bộ Ngoại giao")
    unit = MembershipFactory(bloc=first, unit__name="Sở Ngoại vụ").unit
    assert add_member(bloc=cluster, unit=unit, starts_on=date(2022, 1, 1), by=officer).warnings == []
    assert double_members(date(2024, 3, 1)) == []
    url = reverse("blocs:bloc-members", args=[second.slug])
    page = signed_in.post(url, {"unit": "Sở Ngoại vụ", "starts_on": "01/01/2022", "is_counted": "on"}, follow=True).text
    assert "Sở Ngoại vụ đồng thời là thành viên của Khối số 1 (từ 05/03/2021)" in page
    assert "Đơn vị đồng thời ở khối khác của tỉnh" in page
    assert [(row.unit, row.blocs) for row in double_members(date(2024, 3, 1))] == [(unit, [first, second])]
    assert "01 đơn vị" not in page
    assert "1 đơn vị đang ở hai khối của tỉnh." in signed_in.get(reverse("blocs:registry")).text
    assert "Sở Ngoại vụ: Khối số 1; Khối số 2" in signed_in.get(reverse("blocs:blocs")).text


def test_the_workplace_shows_who_is_also_elsewhere(officer, signed_in):
    bloc_year = BlocYearFactory(bloc__name="Khối số 1")
    unit = MembershipFactory(bloc=bloc_year.bloc, unit__name="Sở Ngoại vụ").unit
    MembershipFactory(bloc=BlocFactory(name="Khối số 2"), unit=unit)
    page = signed_in.get(reverse("blocs:members", args=[bloc_year.bloc.slug, "2021"])).text
    assert "Sở Ngoại vụ: Khối số 2" in page


def test_the_picker_offers_free_units_first(signed_in):
    taken = MembershipFactory(bloc=BlocFactory(short_name="Khối số 1"), unit__name="Hội An sinh tỉnh").unit
    free = UnitFactory(name="Hội Bảo trợ tỉnh")
    wanting = BlocFactory()
    url = reverse("blocs:unit-suggest")
    rows = signed_in.get(url, {"q": "hoi", "cho": wanting.slug}).json()["results"]
    assert [(row["value"], row["note"]) for row in rows] == [
        (free.code, f"Phú Thọ, {free.code}"),
        (taken.code, "đang ở Khối số 1"),
    ]
    cluster = BlocFactory(kind=BlocKind.SECTOR)
    rows = signed_in.get(url, {"q": "hoi", "cho": cluster.slug}).json()["results"]
    assert [row["value"] for row in rows] == [taken.code, free.code]


# The declared number


def test_the_warning_shows_both_numbers_and_how_the_leader_counts():
    bloc_year = BlocYearFactory(members=3, declared_members=4, leader_counted=False)
    leader = bloc_year.bloc.memberships.first().unit
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    difference = member_count_difference(bloc_year)
    assert (difference.declared, difference.listed, difference.with_leader) == (4, 2, 3)
    assert difference.text == (
        "Văn bản ghi 04 đơn vị, chưa tính khối trưởng; danh sách có 03 đơn vị, không tính khối trưởng còn 02."
    )
    bloc_year.declared_members = 2
    assert member_count_difference(bloc_year) is None

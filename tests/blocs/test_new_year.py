"""Opening a new year for many blocs from a shown plan; the province's dates; planning a meeting too late."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from blocs.enums import CovenantState, RotationPolicy, YearKind
from blocs.errors import Invalid
from blocs.models import BlocYear, Covenant, CovenantItem, CovenantVersion, YearDeadline
from blocs.new_year import coming_due, plan_new_year
from blocs.services import add_member, open_bloc_year, open_new_year, save_deadlines, set_year_state
from common.errors import StaleState
from meetings.models import Meeting, MeetingPurpose
from meetings.reports import warnings_of
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory
from tests.filled_form import read_form, rows, send_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2022-01-05 08:00+07:00", tick=False):
        yield


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def year_with_covenant(name, policy=RotationPolicy.LIST_ORDER, **more):
    """A bloc in 2021 with three members, a declared number and a signed covenant of two contents."""
    bloc_year = BlocYearFactory(
        bloc__name=name, members=3, theme="Đoàn kết", rotation_policy=policy, declared_members=3, **more
    )
    version = CovenantVersion.objects.create(
        covenant=Covenant.objects.create(bloc_year=bloc_year), state=CovenantState.SIGNED, undertaking="Quyết tâm thực hiện."
    )
    CovenantItem.objects.create(version=version, position=1, text="Hoàn thành nhiệm vụ năm 2021")
    CovenantItem.objects.create(
        version=version, position=2, text="Tổ chức đảng hoàn thành tốt", value=Decimal(95), unit_of_measure="%"
    )
    return bloc_year


@pytest.fixture
def province():
    """Three blocs in 2021, the third without a year; and the year 2022."""
    first, second = year_with_covenant("Khối A"), year_with_covenant("Khối B", policy=RotationPolicy.DEPUTY_SUCCEEDS)
    third = BlocFactory(name="Khối C")
    return [first.bloc, second.bloc, third], first.year, EmulationYearFactory(slug="2022")


def facts(year):
    return {
        row.bloc.name: (row.theme, row.rotation_policy, row.declared_members)
        for row in BlocYear.objects.filter(year=year).select_related("bloc")
    }


def test_the_wizard_shows_what_it_will_make_and_makes_exactly_that(signed_in, province):
    blocs, source, year = province
    leaver = blocs[0].memberships.first()
    leaver.ends_on = date(2021, 12, 31)
    leaver.save()
    url = reverse("blocs:new-year", args=["2022"])
    shown = send_form(signed_in, url, khoi=[bloc.slug for bloc in blocs])
    assert shown.status_code == 200
    assert facts(year) == {}
    plan = shown.context["plan"]
    assert [(row.bloc.name, row.rotation_label, row.declared_members) for row in plan.rows] == [
        ("Khối A", "theo thứ tự danh sách", 3),
        ("Khối B", "khối phó kế nhiệm", 3),
        ("Khối C", "bầu tự do", None),
    ]
    assert [(len(row.members), len(row.left), len(row.items), row.outdated) for row in plan.rows] == [
        (2, 1, 2, 1),
        (3, 0, 2, 1),
        (0, 0, 0, 0),
    ]
    assert f"đã rời: {leaver.unit.name}" in shown.text
    assert "Khác danh sách" in shown.text
    made = send_form_of(signed_in, shown, url, mo="1")
    assert made.status_code == 302
    assert facts(year) == {
        "Khối A": ("", RotationPolicy.LIST_ORDER, 3),
        "Khối B": ("", RotationPolicy.DEPUTY_SUCCEEDS, 3),
        "Khối C": ("", RotationPolicy.FREE, None),
    }
    draft = Covenant.objects.get(bloc_year__year=year, bloc_year__bloc=blocs[0]).current
    assert (draft.state, draft.theme, draft.undertaking) == (CovenantState.DRAFT, "", "Quyết tâm thực hiện.")
    assert [(item.text, item.value, item.unit_of_measure) for item in draft.items.all()] == [
        ("Hoàn thành nhiệm vụ năm 2021", None, ""),
        ("Tổ chức đảng hoàn thành tốt", Decimal(95), "%"),
    ]
    assert "Đã mở năm 2022 cho 03 khối, cụm." in signed_in.get(reverse("blocs:years")).text
    assert source.bloc_years.count() == 2


def send_form_of(client, page, url, **typed):
    """Press a button of the page that was just shown."""
    return client.post(url, {**read_form(page, "ban_xem"), **typed})


def test_a_second_time_nothing_is_made_twice(signed_in, officer, province):
    blocs, source, year = province
    open_bloc_year(bloc=blocs[0], year=year, by=officer, theme="Đã có chủ đề")
    url = reverse("blocs:new-year", args=["2022"])
    page = signed_in.get(url)
    assert "Đã mở năm này" in page.text
    shown = send_form(signed_in, url, khoi=[bloc.slug for bloc in blocs])
    assert [row.is_new for row in shown.context["plan"].rows] == [False, True, True]
    send_form_of(signed_in, shown, url, mo="1")
    assert facts(year)["Khối A"] == ("Đã có chủ đề", RotationPolicy.LIST_ORDER, None)
    assert BlocYear.objects.filter(year=year).count() == 3
    again = open_new_year(year=year, source=source, blocs=blocs, by=officer)
    assert again == []
    assert "Tất cả các khối, cụm đều đã mở năm này." in signed_in.get(url).text


def test_a_single_bloc_can_be_opened(signed_in, province):
    blocs, _, year = province
    url = reverse("blocs:new-year", args=["2022"])
    page = signed_in.get(url, {"khoi": blocs[1].slug})
    assert page.context["form"].chosen == {blocs[1].slug}
    shown = send_form(signed_in, f"{url}?khoi={blocs[1].slug}", khoi=[blocs[1].slug], giao_uoc="")
    assert [row.bloc for row in shown.context["plan"].rows] == [blocs[1]]
    assert not Covenant.objects.filter(bloc_year__year=year).exists()


def test_what_changed_since_the_preview_is_shown_again(signed_in, officer, province):
    blocs, _, year = province
    url = reverse("blocs:new-year", args=["2022"])
    shown = send_form(signed_in, url, khoi=[blocs[0].slug])
    add_member(bloc=blocs[0], unit=UnitFactory(name="Báo Phú Thọ"), starts_on=date(2021, 6, 1), by=officer)
    again = send_form_of(signed_in, shown, url, mo="1")
    assert again.status_code == 409
    assert "Dữ liệu vừa thay đổi so với bản xem trước" in again.text
    assert "Báo Phú Thọ" in again.text
    assert facts(year) == {}
    assert send_form_of(signed_in, again, url, mo="1").status_code == 302


def test_choosing_again_keeps_what_was_chosen(signed_in, province):
    blocs, _, _ = province
    url = reverse("blocs:new-year", args=["2022"])
    shown = send_form(signed_in, url, khoi=[blocs[2].slug])
    back = send_form_of(signed_in, shown, url, chon_lai="1")
    assert back.status_code == 200
    assert back.context["form"].chosen == {blocs[2].slug}


def test_bad_input_comes_back(signed_in, province):
    url = reverse("blocs:new-year", args=["2022"])
    assert "Xin chọn ít nhất một khối, cụm." in send_form(signed_in, url, khoi=[]).text
    assert signed_in.post(url, {"khoi": ["khong-co"], "nguon": "khong-co"}).status_code == 422


def test_either_all_blocs_are_opened_or_none(officer, province, monkeypatch):
    blocs, source, year = province
    monkeypatch.setattr("blocs.services.years.save_covenant", lambda **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_new_year(year=year, source=source, blocs=blocs, by=officer)
    assert facts(year) == {}


def test_a_closed_year_opens_for_nobody(officer, signed_in, province):
    blocs, source, year = province
    set_year_state(year=year, target="closed", by=officer)
    with pytest.raises(Invalid):
        open_new_year(year=year, source=source, blocs=blocs, by=officer)
    page = signed_in.get(reverse("blocs:new-year", args=["2022"]))
    assert "không mở khối được" in page.text
    assert 'name="khoi"' not in page.text


def test_who_may_not_and_what_was_not_shown(officer, province):
    blocs, source, year = province
    with pytest.raises(PermissionDenied):
        open_new_year(year=year, source=source, blocs=blocs, by=UserFactory())
    with pytest.raises(StaleState):
        open_new_year(year=year, source=source, blocs=blocs, by=officer, digest="khác")
    foreign = BlocFactory(organiser=UnitFactory(is_standing_agency=True))
    with pytest.raises(PermissionDenied):
        open_new_year(year=year, source=source, blocs=[*blocs, foreign], by=officer)
    assert facts(year) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_takes_a_constant_number_of_queries(django_assert_num_queries, count):
    source = [year_with_covenant(f"Khối {number}") for number in range(count)]
    year = EmulationYearFactory(slug="2022")
    with django_assert_num_queries(8):
        plan = plan_new_year(year=year, source=source[0].year, blocs=[row.bloc for row in source])
    assert [len(row.items) for row in plan.rows] == [2] * count


def test_a_school_year_copies_from_a_school_year(signed_in):
    BlocYearFactory(bloc__name="Khối trường", year=EmulationYearFactory(slug="2021"))
    school = EmulationYearFactory(
        slug="2020-2021",
        label="năm học 2020 – 2021",
        kind=YearKind.SCHOOL,
        starts_on=date(2020, 9, 1),
        ends_on=date(2021, 8, 31),
    )
    BlocYearFactory(bloc=BlocYear.objects.get().bloc, year=school)
    new = EmulationYearFactory(
        slug="2021-2022",
        label="năm học 2021 – 2022",
        kind=YearKind.SCHOOL,
        starts_on=date(2021, 9, 1),
        ends_on=date(2022, 8, 31),
    )
    page = signed_in.get(reverse("blocs:new-year", args=[new.slug]))
    assert page.context["form"]["nguon"].value() == school.slug
    assert "Năm học 2021 – 2022" in page.text


# The province's dates


def test_the_dates_of_the_province_are_kept_as_one_list(signed_in):
    year = EmulationYearFactory(slug="2022")
    url = reverse("blocs:year-deadlines", args=["2022"])
    typed = rows(
        "han",
        {"name": "Nộp hồ sơ khen thưởng", "due_on": "10/12/2022", "stage": "year_end"},
        {"name": "Ký kết giao ước", "due_on": "15/01/2022", "stage": "covenant"},
    )
    assert signed_in.post(url, typed).status_code == 302
    assert [str(row) for row in year.deadlines.all()] == ["Ký kết giao ước: 15/01/2022", "Nộp hồ sơ khen thưởng: 10/12/2022"]
    page = signed_in.get(url).text
    assert "còn 10 ngày" in page
    assert signed_in.post(url, rows("han", {"name": "Thiếu ngày"})).status_code == 422
    assert year.deadlines.count() == 2


def test_dates_show_the_days_left_where_people_look(client, signed_in, officer):
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2022"), members=2)
    save_deadlines(year=bloc_year.year, rows=[{"name": "Nộp báo cáo", "due_on": date(2022, 1, 6)}], by=officer)
    assert [row.label for row in coming_due()] == ["ngày mai"]
    assert "Nộp báo cáo" in signed_in.get(reverse("portal:dashboard")).text
    client.force_login(secretary_of(bloc_year))
    for url in (reverse("portal:dashboard"), bloc_year.get_absolute_url()):
        page = client.get(url).text
        assert "Nộp báo cáo" in page
        assert "ngày mai" in page


@pytest.mark.parametrize(("day", "label"), [(-20, None), (-3, "đã qua 3 ngày"), (0, "hôm nay"), (30, "còn 30 ngày")])
def test_a_date_that_has_long_passed_is_no_longer_shown(day, label):
    due_on = date.fromordinal(date(2022, 1, 5).toordinal() + day)
    YearDeadline.objects.create(year=EmulationYearFactory(slug="2022"), name="Nộp báo cáo", due_on=due_on)
    assert [row.label for row in coming_due()] == ([label] if label else [])


def test_saving_dates_needs_the_right():
    with pytest.raises(PermissionDenied):
        save_deadlines(year=EmulationYearFactory(), rows=[], by=UserFactory())


@pytest.mark.parametrize(
    ("stage", "kind", "warned"),
    [("", "mid_year", True), ("year_end", "year_end", True), ("year_end", "mid_year", False), ("none", "year_end", False)],
)
def test_planning_a_meeting_after_the_date_warns(stage, kind, warned):
    bloc_year = BlocYearFactory()
    YearDeadline.objects.create(year=bloc_year.year, name="Nộp hồ sơ khen thưởng", due_on=date(2021, 12, 10), stage=stage)
    meeting = MeetingFactory(bloc_year=bloc_year, status="announced", starts_on=date(2022, 1, 11), ends_on=None)
    meeting.purposes.all().delete()
    MeetingPurpose.objects.create(meeting=meeting, kind=kind)
    meeting = Meeting.objects.for_table().get(pk=meeting.pk)
    sentence = "Dự kiến họp ngày 11/01/2022, sau hạn của tỉnh 10/12/2021: Nộp hồ sơ khen thưởng."
    assert (sentence in warnings_of(meeting, [], [])) is warned


def test_a_meeting_on_the_day_itself_is_in_time():
    bloc_year = BlocYearFactory(members=1)
    YearDeadline.objects.create(year=bloc_year.year, name="Nộp hồ sơ", due_on=date(2022, 1, 11))
    meeting = MeetingFactory(bloc_year=bloc_year, status="announced", starts_on=date(2022, 1, 11), ends_on=None)
    assert [row for row in warnings_of(meeting, [], []) if "hạn của tỉnh" in row] == []

from datetime import date
from decimal import Decimal

import pytest

from common.permissions import may
from meetings.enums import MeetingStatus, Presence
from meetings.models import Meeting
from meetings.reports import expected_leader, summary_of
from tests.factories.blocs import (
    AdministratorFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import FigureFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


def test_a_meeting_that_fits_together_warns_of_nothing(bloc_year):
    assert summary_of(MeetingFactory(bloc_year=bloc_year, attending=True, declared_units=3, headcount=12)).warnings == []


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"declared_units": 15}, "Biên bản ghi 15 đơn vị dự, danh sách điểm danh có 03 đơn vị dự."),
        ({"headcount": 2}, "Số người dự (02) ít hơn số đơn vị có mặt (03)."),
        ({"starts_on": date(2022, 1, 9)}, "Ngày 09/01/2022 là Chủ nhật."),
        ({"starts_on": date(2022, 1, 14), "ends_on": date(2022, 1, 15)}, "Ngày 15/01/2022 là thứ Bảy."),
        ({"starts_on": date(2022, 7, 12)}, "Ngày họp 12/07/2022 cách năm 2021 quá 6 tháng."),
    ],
)
def test_what_does_not_fit_together_is_said(bloc_year, values, warning):
    assert summary_of(MeetingFactory(bloc_year=bloc_year, attending=True, **values)).warnings == [warning]


def test_a_day_within_half_a_year_of_the_year_is_no_matter(bloc_year):
    assert summary_of(MeetingFactory(bloc_year=bloc_year, attending=True, starts_on=date(2022, 6, 30))).warnings == []


def test_substitutes_count_as_present_and_the_excused_do_not(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    first, second, _ = meeting.attendances.all()
    meeting.attendances.filter(pk=first.pk).update(presence=Presence.REPLACED)
    meeting.attendances.filter(pk=second.pk).update(presence=Presence.EXCUSED)
    assert summary_of(meeting).present_units == 2


def test_members_without_a_line_and_lines_without_a_member_are_named(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    late = MembershipFactory(bloc=bloc_year.bloc, unit=UnitFactory(name="Báo Phú Thọ"), position=9).unit
    leaving = bloc_year.bloc.memberships.order_by("position").first()
    leaving.ends_on = date(2021, 6, 30)
    leaving.save()
    assert summary_of(meeting).warnings == [
        f"Chưa điểm danh: {late}.",
        f"Không phải thành viên khối vào ngày 11/01/2022 nhưng có trong điểm danh: {leaving.unit}.",
    ]


def test_without_any_attendance_the_number_of_members_is_said(bloc_year):
    assert summary_of(MeetingFactory(bloc_year=bloc_year)).warnings == ["Chưa điểm danh: cả 03 đơn vị."]


def test_a_part_larger_than_its_whole_is_said(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    FigureFactory(meeting=meeting, indicator="Báo cáo", value=Decimal(9), denominator=Decimal(8), unit_of_measure="đơn vị")
    assert summary_of(meeting).warnings == ["Số liệu “Báo cáo”: 9/8 đơn vị, phần lớn hơn tổng số."]


def test_an_announced_meeting_whose_day_has_passed_is_said(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED)
    assert summary_of(meeting).warnings == ["Ngày họp 11/01/2022 đã qua nhưng hội nghị còn ghi “Sắp họp”."]


@pytest.mark.parametrize(
    ("values", "text", "prose"),
    [
        ({}, "11/01/2022", "Ngày 11/01/2022"),
        ({"part_of_day": "afternoon"}, "Chiều 11/01/2022", "Chiều ngày 11/01/2022"),
        ({"part_of_day": "all_day"}, "Cả ngày 11/01/2022", "Cả ngày 11/01/2022"),
        ({"ends_on": date(2022, 1, 12)}, "Từ 11/01/2022 đến 12/01/2022", "Từ ngày 11/01/2022 đến ngày 12/01/2022"),
        ({"ends_on": date(2022, 1, 11)}, "11/01/2022", "Ngày 11/01/2022"),
    ],
)
def test_days_are_written_as_people_write_them(bloc_year, values, text, prose):
    meeting = MeetingFactory(bloc_year=bloc_year, **values)
    assert (meeting.days_text, meeting.days_prose) == (text, prose)


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ("free", "(cách luân phiên: bầu tự do), khối trưởng năm 2022 dự kiến là {second}: chưa làm khối trưởng năm nào;"),
        ("deputy_succeeds", "(cách luân phiên: khối phó kế nhiệm), khối trưởng năm 2022 dự kiến là {third}: khối phó"),
        ("list_order", "(cách luân phiên: theo thứ tự danh sách), khối trưởng năm 2022 dự kiến là {second}: đứng kế tiếp"),
    ],
)
def test_the_next_leader_is_proposed_by_the_rule_of_rotation(bloc_year, policy, sentence):
    first, second, third = (row.unit for row in bloc_year.memberships)
    bloc_year.rotation_policy = policy
    assert expected_leader(bloc_year) == ""
    BlocOfficeFactory(bloc_year=bloc_year, unit=first)
    BlocOfficeFactory(bloc_year=bloc_year, unit=third, role="deputy")
    said = expected_leader(bloc_year)
    assert said.startswith(f"Theo kế hoạch luân phiên {sentence.format(second=second, third=third)}")
    assert said.endswith("Hội nghị quyết định.")


def people(bloc_year):
    return {
        "secretariat": secretary_of(bloc_year),
        "member": staff_of(bloc_year.bloc.memberships.order_by("-position").first().unit),
        "standing agency": standing_agency_officer(),
        "stranger": staff_of(UnitFactory()),
        "without work": UserFactory(),
        "editor": editor(),
        "administrator": AdministratorFactory(),
    }


def test_visible_to_agrees_with_the_view_permission(bloc_year):
    other = BlocYearFactory(members=1)
    meetings = [MeetingFactory(bloc_year=year, status=status) for year in (bloc_year, other) for status in MeetingStatus]
    for name, user in people(bloc_year).items():
        allowed = {meeting for meeting in meetings if may(user, "meetings.view_meeting", meeting)}
        assert set(Meeting.objects.visible_to(user)) == allowed, name


@pytest.mark.parametrize(
    ("who", "change", "close"),
    [
        ("secretariat", True, True),
        ("member", False, False),
        ("standing agency", False, False),
        ("stranger", False, False),
        ("without work", False, False),
        ("editor", False, False),
        ("administrator", False, False),
    ],
)
def test_who_may_change_close_and_issue(bloc_year, who, change, close):
    user = people(bloc_year)[who]
    is_open, closed = MeetingFactory(bloc_year=bloc_year), MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.CLOSED)
    assert may(user, "meetings.change_meeting", is_open) is change
    assert may(user, "meetings.change_meeting", closed) is False
    assert may(user, "meetings.close_meeting", closed) is close
    assert may(user, "meetings.issue_report", closed) is close


def test_after_the_hand_over_nobody_of_the_unit_changes_anything(bloc_year):
    secretary = secretary_of(bloc_year)
    meeting = MeetingFactory(bloc_year=bloc_year)
    bloc_year.offices.update(handed_over_on=date(2022, 1, 20))
    assert may(secretary, "meetings.view_meeting", meeting) is True
    assert may(secretary, "meetings.change_meeting", meeting) is False
    assert may(secretary, "meetings.close_meeting", meeting) is False


def test_the_deputy_works_on_the_meeting_too(bloc_year):
    deputy = BlocOfficeFactory(bloc_year=bloc_year, role="deputy", unit=bloc_year.bloc.memberships.last().unit)
    assert may(staff_of(deputy.unit), "meetings.change_meeting", MeetingFactory(bloc_year=bloc_year)) is True

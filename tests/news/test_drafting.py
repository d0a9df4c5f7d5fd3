"""The text of an article from a meeting: facts alone, in sentences of an office, nothing where nothing is known."""

from datetime import date
from decimal import Decimal

import pytest

from blocs.enums import BlocKind, OfficeBasis, OfficeRole, Qualifier
from meetings.enums import Capacity, FigureLevel, MeetingKind, PartOfDay, PointSection, Presence
from news.drafting import count_differences, draft_from_meeting, missing_facts, read_meeting
from tests.factories.awards import AwardKindFactory, ProposalFactory, ProposalItemFactory, ProposalLineFactory
from tests.factories.blocs import BlocYearFactory, EmulationYearFactory, UnitFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    ElectionFactory,
    FigureFactory,
    MeetingFactory,
    ParticipantFactory,
    PointFactory,
)

pytestmark = pytest.mark.django_db


def text_of(meeting):
    return draft_from_meeting(read_meeting(meeting.pk))


def test_an_empty_record_gives_a_lead_and_no_empty_heading():
    meeting = MeetingFactory(kinds=[MeetingKind.MID_YEAR], place="", starts_on=date(2020, 7, 8))
    text = text_of(meeting)
    assert text.title == f"{meeting.bloc_year.bloc.label} sơ kết công tác thi đua, khen thưởng năm 2021"
    assert text.lead.startswith("Ngày 08/07/2020, ")
    assert text.body == ""
    assert "None" not in text.title + text.lead


def test_the_lead_says_when_where_who_and_what():
    bloc_year = BlocYearFactory(bloc__name="Khối thi đua các cơ quan Đảng")
    EmulationYearFactory(slug="2022")
    meeting = MeetingFactory(
        bloc_year=bloc_year,
        kinds=[MeetingKind.COVENANT, MeetingKind.YEAR_END, MeetingKind.LAUNCH],
        part_of_day=PartOfDay.AFTERNOON,
    )
    assert text_of(meeting).lead == (
        "Chiều 11/01/2022, tại Ban Tổ chức Tỉnh ủy Phú Thọ, Khối thi đua các cơ quan Đảng tổ chức hội nghị tổng kết công "
        "tác thi đua, khen thưởng năm 2021, triển khai nhiệm vụ năm 2022 và ký kết giao ước thi đua năm 2022."
    )


def test_two_days_are_both_named():
    meeting = MeetingFactory(starts_on=date(2017, 11, 30), ends_on=date(2017, 12, 1))
    assert text_of(meeting).lead.startswith("Từ ngày 30/11/2017 đến ngày 01/12/2017, ")


def test_chairs_and_guests_bear_their_titles_and_the_speaker_is_not_introduced_twice():
    meeting = MeetingFactory()
    ParticipantFactory(meeting=meeting, position=1)
    ParticipantFactory(
        meeting=meeting,
        position=2,
        capacity=Capacity.CO_CHAIR,
        person_name="Nguyễn Thị Phương Hạnh",
        titles=["Chủ tịch Hội Nông dân tỉnh"],
    )
    ParticipantFactory(
        meeting=meeting, position=3, capacity=Capacity.GUEST, person_name="Hồ Thị Phương Thủy", titles=["A", "B", "C"]
    )
    ParticipantFactory(meeting=meeting, position=4, capacity=Capacity.CONCLUDED)
    PointFactory(meeting=meeting, text="tuyên truyền điển hình tiên tiến;")
    body = text_of(meeting).body
    assert (
        "Đồng chí Bùi Đình Thi, Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng ban Tổ chức Tỉnh ủy và đồng chí Nguyễn Thị Phương "
        "Hạnh, Chủ tịch Hội Nông dân tỉnh đồng chủ trì hội nghị. Dự hội nghị có đồng chí Hồ Thị Phương Thủy, A, B, C."
        in body
    )
    assert (
        "Phát biểu kết luận, đồng chí Bùi Đình Thi đề nghị các đơn vị trong khối tập trung thực hiện:\n"
        "- Tuyên truyền điển hình tiên tiến." in body
    )


def test_enterprises_are_not_comrades():
    meeting = MeetingFactory(bloc_year__bloc__kind=BlocKind.ENTERPRISE)
    ParticipantFactory(meeting=meeting)
    assert text_of(meeting).body.startswith("Bùi Đình Thi, Ủy viên")


def test_attendance_is_counted_from_the_list():
    bloc_year = BlocYearFactory(members=3)
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    meeting.attendances.filter(position=3).update(presence=Presence.ABSENT)
    assert text_of(meeting).body == "Tham dự có đại diện 02/03 đơn vị thành viên của khối."


def test_a_declared_number_is_told_and_its_difference_is_kept():
    bloc_year = BlocYearFactory(members=3)
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True, declared_units=4, attendees="lãnh đạo phụ trách")
    assert text_of(meeting).body == "Tham dự có lãnh đạo phụ trách của 04 đơn vị."
    assert [(row.declared, row.listed) for row in count_differences(read_meeting(meeting.pk))] == [(4, 3)]


def test_figures_keep_their_exact_number_and_the_word_before_it():
    meeting = MeetingFactory()
    FigureFactory(meeting=meeting, position=1)
    FigureFactory(
        meeting=meeting, position=2, indicator="Lượt người hiến máu", value=Decimal("845"), unit_of_measure="lượt",
        qualifier=Qualifier.MORE,
    )  # fmt: skip
    FigureFactory(meeting=meeting, position=3, indicator="Đơn vị ký giao ước", value=Decimal("100"), unit_of_measure="%")
    unit = UnitFactory(name="Hội Chữ thập đỏ")
    FigureFactory(
        meeting=meeting, position=4, indicator="Nhà xây mới", value=Decimal("1.5"), unit_of_measure="tỷ đồng",
        level=FigureLevel.UNIT, unit=unit,
    )  # fmt: skip
    body = text_of(meeting).body
    assert "- Đề tài, sáng kiến, giải pháp cấp cơ sở: 5.848 đề tài." in body
    assert "- Lượt người hiến máu: hơn 845 lượt." in body
    assert "- Đơn vị ký giao ước: 100%." in body
    assert "- Hội Chữ thập đỏ: nhà xây mới: 1,5 tỷ đồng." in body


def test_agenda_and_points_stand_under_their_headings():
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting)
    PointFactory(meeting=meeting, section=PointSection.SHORTCOMING, text="phong trào chưa đều")
    PointFactory(meeting=meeting, section=PointSection.REQUEST, text="hỗ trợ kinh phí", addressee="Ủy ban nhân dân tỉnh")
    body = text_of(meeting).body
    headings = [line for line in body.split("\n") if line.startswith("## ")]
    assert headings == ["## Nội dung hội nghị", "## Hạn chế", "## Kiến nghị"]
    assert "- Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021 – Lãnh đạo Hội Nông dân tỉnh." in body
    assert "- Với Ủy ban nhân dân tỉnh: hỗ trợ kinh phí." in body


def test_elections_name_leader_before_deputy():
    meeting = MeetingFactory()
    coming = BlocYearFactory(bloc=meeting.bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    deputy, leader = UnitFactory(name="Đảng ủy khối các cơ quan tỉnh"), UnitFactory(name="Hội Nông dân tỉnh")
    ElectionFactory(meeting=meeting, bloc_year=coming, role=OfficeRole.DEPUTY, unit=deputy)
    ElectionFactory(meeting=meeting, bloc_year=coming, role=OfficeRole.LEADER, unit=leader)
    assert text_of(meeting).body.endswith(
        "Hội nghị đã bầu Hội Nông dân tỉnh giữ chức Khối trưởng và Đảng ủy khối các cơ quan tỉnh giữ chức Khối phó năm 2022."
    )
    meeting.elections.update(basis=OfficeBasis.ACCLAIMED)
    assert "Hội nghị đã suy tôn Hội Nông dân tỉnh" in text_of(meeting).body


def proposed(meeting, name, declared, units):
    proposal = ProposalFactory(bloc_year=meeting.bloc_year, meeting=meeting)
    line = ProposalLineFactory(proposal=proposal, award=AwardKindFactory(name=name), declared_count=declared)
    for unit in units:
        ProposalItemFactory(line=line, unit=unit)
    return line


def test_proposals_are_told_as_numbers_and_never_by_name():
    meeting = MeetingFactory()
    units = [UnitFactory(name=f"Đơn vị thành viên {letter}") for letter in "ABCDE"]
    proposed(meeting, "Cờ thi đua của Chính phủ", None, units[:2])
    proposed(meeting, "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 6, units)
    body = text_of(meeting).body
    assert "02 Cờ thi đua của Chính phủ và 06 Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh." in body
    assert "Đơn vị thành viên" not in body
    (difference,) = count_differences(read_meeting(meeting.pk))
    assert difference.sentence == (
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: biên bản ghi 06, danh sách có 05. Bài dùng số ghi trong biên bản (06)."
    )


def test_missing_facts_are_listed():
    meeting = MeetingFactory(place="")
    assert missing_facts(read_meeting(meeting.pk)) == [
        "địa điểm",
        "người chủ trì",
        "điểm danh đơn vị thành viên",
        "chương trình",
        "số liệu",
        "kết luận",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_meeting_takes_a_constant_number_of_queries(django_assert_max_num_queries, count):
    meeting = MeetingFactory()
    for number in range(count):
        AttendanceFactory(meeting=meeting, position=number)
        ParticipantFactory(meeting=meeting, position=number)
        proposed(meeting, f"Bằng khen {number}", None, [UnitFactory(), UnitFactory()])
    with django_assert_max_num_queries(19):
        text_of(meeting)

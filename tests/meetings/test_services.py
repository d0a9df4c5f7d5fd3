from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from blocs.enums import OfficeBasis, OfficeRole, Qualifier, YearState
from blocs.errors import OfficeTaken
from blocs.models import BlocOffice, BlocYear, OfficeHolder
from common.audit import events_of
from common.errors import IllegalStep, NotReady, StaleState
from meetings.enums import Capacity, FigureLevel, MeetingKind, MeetingStatus, PointSection, Presence
from meetings.errors import MeetingInvalid, NoNextYear, OfficeSettled
from meetings.models import Election, Meeting
from meetings.services import (
    AgendaInput,
    AttendanceInput,
    ElectionInput,
    FigureInput,
    MeetingInput,
    ParticipantInput,
    PointInput,
    close_meeting,
    reopen_meeting,
    save_meeting,
)
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    UnitFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 11)


@pytest.fixture
def bloc_year():
    EmulationYearFactory(slug="2022")
    return BlocYearFactory(members=3)


@pytest.fixture
def thuky(bloc_year):
    return secretary_of(bloc_year)


def units_of(bloc_year):
    return [row.unit for row in bloc_year.memberships_on(DAY)]


def year_end(**values):
    given = {"title": "Hội nghị tổng kết năm 2021", "kinds": (MeetingKind.YEAR_END,), "starts_on": DAY}
    return MeetingInput(**{**given, "status": MeetingStatus.HELD, **values})


def save_new(bloc_year, by, **values):
    return save_meeting(meeting=Meeting(bloc_year=bloc_year), by=by, data=year_end(**values))


def save_again(meeting, by, **values):
    meeting = Meeting.objects.get(pk=meeting.pk)
    return save_meeting(meeting=meeting, by=by, version=meeting.version, data=year_end(**values))


def elect(*units, **values):
    roles = [OfficeRole.LEADER, OfficeRole.DEPUTY, OfficeRole.DEPUTY]
    return tuple(ElectionInput(role, unit, **values) for role, unit in zip(roles, units, strict=False))


def test_a_meeting_is_saved_with_everything_it_decided(bloc_year, thuky):
    first, second, third = units_of(bloc_year)
    meeting = save_new(
        bloc_year,
        thuky,
        kinds=(MeetingKind.YEAR_END, MeetingKind.LAUNCH, MeetingKind.COVENANT),
        part_of_day="afternoon",
        starts_at=time(14),
        participants=(
            ParticipantInput(Capacity.CHAIR, "Bùi Đình Thi", first, ("Trưởng ban Tổ chức Tỉnh ủy",)),
            ParticipantInput(Capacity.GUEST, "Hồ Thị Phương Thủy", titles=("Phó Giám đốc Sở Nội vụ", "Trưởng Ban Thi đua")),
        ),
        attendances=(AttendanceInput(first), AttendanceInput(second, Presence.EXCUSED), AttendanceInput(third)),
        agenda=(AgendaInput("Báo cáo tổng kết", "Hội Nông dân tỉnh"),),
        figures=(
            FigureInput("Sáng kiến cơ sở", Decimal(5848), "đề tài"),
            FigureInput("Đơn vị máu", Decimal(845), "đơn vị máu", Qualifier.MORE, unit=second),
        ),
        points=(PointInput(PointSection.REQUEST, "Tăng kinh phí", "UBND tỉnh"),),
    )
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.kinds == [MeetingKind.YEAR_END, MeetingKind.LAUNCH, MeetingKind.COVENANT]
    assert (meeting.status, meeting.version, meeting.edited_by) == (MeetingStatus.HELD, 1, thuky)
    assert meeting.entered_on_behalf is False
    assert [row.titles for row in meeting.participants.all()] == [
        ["Trưởng ban Tổ chức Tỉnh ủy"],
        ["Phó Giám đốc Sở Nội vụ", "Trưởng Ban Thi đua"],
    ]
    assert [(row.unit, row.presence) for row in meeting.attendances.all()] == [
        (first, "present"),
        (second, "excused"),
        (third, "present"),
    ]
    assert [(row.value_text, row.level, row.unit) for row in meeting.figures.all()] == [
        ("5.848 đề tài", FigureLevel.BLOC, None),
        ("hơn 845 đơn vị máu", FigureLevel.UNIT, second),
    ]
    assert [(row.text, row.addressee) for row in meeting.points.all()] == [("Tăng kinh phí", "UBND tỉnh")]
    event = events_of(meeting).get()
    assert (event.action, event.before, event.after, event.on_behalf) == ("nhập hội nghị", {}, {"status": "held"}, False)


def test_rows_that_stay_keep_their_records_and_take_the_new_order(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky, agenda=(AgendaInput("Khai mạc"), AgendaInput("Báo cáo"), AgendaInput("Bế mạc")))
    opening, report, closing = meeting.agenda.all()
    save_again(
        meeting,
        thuky,
        agenda=(
            AgendaInput("Báo cáo tổng kết", pk=report.pk),
            AgendaInput("Khai mạc", pk=opening.pk),
            AgendaInput("Ký giao ước"),
        ),
    )
    rows = list(meeting.agenda.all())
    assert [row.text for row in rows] == ["Báo cáo tổng kết", "Khai mạc", "Ký giao ước"]
    assert [row.pk for row in rows[:2]] == [report.pk, opening.pk]
    assert closing.pk not in [row.pk for row in rows]


def test_a_row_of_another_meeting_is_never_touched(bloc_year, thuky):
    other = save_new(bloc_year, thuky, title="Hội nghị khác", agenda=(AgendaInput("Của hội nghị khác"),))
    foreign = other.agenda.get()
    meeting = save_new(bloc_year, thuky, agenda=(AgendaInput("Của mình", pk=foreign.pk),))
    foreign.refresh_from_db()
    assert (foreign.text, foreign.meeting) == ("Của hội nghị khác", other)
    assert [row.text for row in meeting.agenda.all()] == ["Của mình"]


def test_the_second_of_two_people_is_told_who_saved_and_nothing_of_theirs_is_kept(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky)
    opened = Meeting.objects.get(pk=meeting.pk)
    save_again(meeting, thuky, title="Hội nghị tổng kết khối")
    with pytest.raises(StaleState) as caught:
        save_meeting(meeting=opened, by=thuky, version=1, data=year_end(agenda=(AgendaInput("Khai mạc"),)))
    assert caught.value.message.startswith(f"{thuky} đã lưu bản mới hơn lúc ")
    assert "đã sửa: tên hội nghị" in caught.value.message
    meeting.refresh_from_db()
    assert (meeting.title, meeting.version) == ("Hội nghị tổng kết khối", 2)
    assert not meeting.agenda.exists()


def test_the_secretariat_enters_for_itself_and_the_standing_agency_on_behalf(bloc_year):
    meeting = save_new(bloc_year, standing_agency_officer())
    assert meeting.entered_on_behalf is True
    assert events_of(meeting).get().on_behalf is True


@pytest.mark.parametrize("who", ["member", "stranger", "standing"])
def test_only_who_works_on_the_bloc_year_may_save(bloc_year, thuky, who):
    member = units_of(bloc_year)[2]
    by = {
        "member": lambda: staff_of(member),
        "stranger": lambda: staff_of(UnitFactory()),
        "standing": standing_agency_officer,
    }
    with pytest.raises(PermissionDenied):
        save_new(bloc_year, by[who]())
    assert not Meeting.objects.exists()


def test_a_closed_meeting_is_not_changed(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky)
    close_meeting(meeting=meeting, by=thuky)
    with pytest.raises(PermissionDenied):
        save_again(meeting, thuky)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Hãy ghi tên hội nghị."),
        ({"kinds": ()}, "Hãy chọn ít nhất một nội dung họp."),
        ({"ends_on": date(2022, 1, 10)}, "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"starts_on": date(2031, 1, 11)}, "chưa đến nên chưa ghi “Đã họp” được"),
        ({"ends_on": date(2031, 1, 11)}, "chưa đến nên chưa ghi “Đã họp” được"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(bloc_year, thuky, values, sentence):
    with pytest.raises(MeetingInvalid) as caught:
        save_new(bloc_year, thuky, **values)
    assert sentence in caught.value.message
    assert not Meeting.objects.exists()


def test_a_unit_has_one_line_in_the_attendance(bloc_year, thuky):
    unit = units_of(bloc_year)[0]
    with pytest.raises(MeetingInvalid, match="chỉ điểm danh một dòng"):
        save_new(bloc_year, thuky, attendances=(AttendanceInput(unit), AttendanceInput(unit)))


def test_an_announced_meeting_lies_in_the_future_and_has_nobody_present(bloc_year, thuky):
    unit = units_of(bloc_year)[0]
    meeting = save_new(
        bloc_year, thuky, status=MeetingStatus.ANNOUNCED, starts_on=date(2031, 1, 11), attendances=(AttendanceInput(unit),)
    )
    assert meeting.status == MeetingStatus.ANNOUNCED
    assert not meeting.attendances.exists()


def test_what_was_held_does_not_become_announced_again(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky)
    with pytest.raises(IllegalStep) as caught:
        save_again(meeting, thuky, status=MeetingStatus.ANNOUNCED)
    assert caught.value.message == "Không thể chuyển từ “Đã họp” sang “Sắp họp”."


def test_the_elected_units_hold_the_offices_of_the_next_year(bloc_year, thuky):
    first, second, third = units_of(bloc_year)
    meeting = save_new(
        bloc_year,
        thuky,
        elections=(*elect(second, third, votes_for=14, votes_cast=15), ElectionInput(OfficeRole.DEPUTY, first)),
    )
    following = BlocYear.objects.get(bloc=bloc_year.bloc, year__slug="2022")
    offices = BlocOffice.objects.filter(bloc_year=following).in_order()
    assert [(row.role, row.order, row.unit, row.starts_on, row.ends_on) for row in offices] == [
        ("leader", 1, second, date(2022, 1, 1), date(2022, 12, 31)),
        ("deputy", 1, third, date(2022, 1, 1), date(2022, 12, 31)),
        ("deputy", 2, first, date(2022, 1, 1), date(2022, 12, 31)),
    ]
    assert [(row.office.unit, row.votes_for, row.votes_cast) for row in meeting.elections.all()] == [
        (second, 14, 15),
        (third, 14, 15),
        (first, None, None),
    ]
    assert events_of(meeting.elections.first()).get().action == "ghi kết quả bầu"


def test_saving_the_same_election_again_changes_nothing(bloc_year, thuky):
    second = units_of(bloc_year)[1]
    meeting = save_new(bloc_year, thuky, elections=elect(second))
    election, office = Election.objects.get(), BlocOffice.objects.get(bloc_year__year__slug="2022")
    save_again(meeting, thuky, elections=elect(second))
    assert (Election.objects.get().pk, BlocOffice.objects.get(bloc_year__year__slug="2022").pk) == (election.pk, office.pk)
    assert events_of(election).count() == 1


def test_a_corrected_election_corrects_the_offices_even_when_two_units_change_places(bloc_year, thuky):
    _, second, third = units_of(bloc_year)
    meeting = save_new(bloc_year, thuky, elections=elect(second, third))
    save_again(meeting, thuky, elections=elect(third, second))
    offices = BlocOffice.objects.filter(bloc_year__year__slug="2022").in_order()
    assert [row.unit for row in offices] == [third, second]
    save_again(meeting, thuky, elections=())
    assert not BlocOffice.objects.filter(bloc_year__year__slug="2022").exists()
    assert not Election.objects.exists()


def test_the_way_and_the_votes_are_corrected_in_place(bloc_year, thuky):
    second = units_of(bloc_year)[1]
    meeting = save_new(bloc_year, thuky, elections=elect(second))
    save_again(meeting, thuky, elections=elect(second, basis=OfficeBasis.ACCLAIMED, votes_for=3, votes_cast=3))
    election = Election.objects.get()
    assert (election.basis, election.votes_for, election.office.basis) == ("acclaimed", 3, "acclaimed")
    assert [event.action for event in events_of(election)] == ["sửa kết quả bầu", "ghi kết quả bầu"]


def test_an_office_on_which_things_hang_is_not_changed_by_the_meeting(bloc_year, thuky):
    _, second, third = units_of(bloc_year)
    meeting = save_new(bloc_year, thuky, elections=elect(second))
    office = BlocOffice.objects.get(bloc_year__year__slug="2022")
    OfficeHolder.objects.create(office=office, person_name="Nguyễn Thị Phương Hạnh", starts_on=office.starts_on)
    with pytest.raises(OfficeSettled) as caught:
        save_again(meeting, thuky, elections=elect(third))
    assert "đã bắt đầu" in caught.value.message
    assert BlocOffice.objects.get(bloc_year__year__slug="2022").unit == second
    assert Meeting.objects.get(pk=meeting.pk).version == 1


def test_an_office_that_the_registry_has_already_is_taken_over(bloc_year, thuky):
    second = units_of(bloc_year)[1]
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    office = BlocOfficeFactory(bloc_year=following, unit=second)
    save_new(bloc_year, thuky, elections=elect(second))
    assert Election.objects.get().office == office


def test_another_leader_in_the_registry_is_named_and_nothing_is_saved(bloc_year, thuky):
    _, second, third = units_of(bloc_year)
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    BlocOfficeFactory(bloc_year=following, unit=third)
    with pytest.raises(OfficeTaken, match=str(third)):
        save_new(bloc_year, thuky, elections=elect(second))
    assert not Meeting.objects.exists()


def test_an_office_is_elected_at_one_meeting_only(bloc_year, thuky):
    _, second, third = units_of(bloc_year)
    save_new(bloc_year, thuky, elections=elect(second))
    with pytest.raises(MeetingInvalid, match="hãy sửa ở hội nghị đó"):
        save_new(bloc_year, thuky, title="Hội nghị bất thường", elections=elect(third))


def test_without_the_next_emulation_year_the_sentence_says_what_to_do(thuky, bloc_year):
    bloc_year.year.__class__.objects.filter(slug="2022").delete()
    with pytest.raises(NoNextYear) as caught:
        save_new(bloc_year, thuky, elections=elect(units_of(bloc_year)[1]))
    assert caught.value.message.startswith("Chưa có năm thi đua tiếp theo năm 2021")
    assert not Meeting.objects.exists()


def test_a_unit_that_is_no_member_is_not_elected(bloc_year, thuky):
    stranger = UnitFactory(name="Sở Tài chính")
    with pytest.raises(MeetingInvalid, match="Sở Tài chính không phải là thành viên của khối vào ngày 11/01/2022"):
        save_new(bloc_year, thuky, elections=elect(stranger))


def test_elections_that_contradict_themselves_are_refused(bloc_year, thuky):
    first, second, _ = units_of(bloc_year)
    with pytest.raises(MeetingInvalid, match="Mỗi đơn vị chỉ được bầu vào một chức vụ"):
        save_new(bloc_year, thuky, elections=elect(first, first))
    leaders = (ElectionInput(OfficeRole.LEADER, first), ElectionInput(OfficeRole.LEADER, second))
    with pytest.raises(MeetingInvalid, match="Mỗi năm chỉ có một khối trưởng"):
        save_new(bloc_year, thuky, elections=leaders)
    with pytest.raises(MeetingInvalid, match="không được lớn hơn số phiếu bầu"):
        save_new(bloc_year, thuky, elections=elect(first, votes_for=4, votes_cast=3))
    with pytest.raises(MeetingInvalid, match="chưa họp thì chưa có kết quả bầu"):
        save_new(bloc_year, thuky, status=MeetingStatus.ANNOUNCED, elections=elect(first))


def test_closing_and_reopening_are_kept_with_their_reason(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky)
    close_meeting(meeting=meeting, by=thuky)
    assert (meeting.status, meeting.version) == (MeetingStatus.CLOSED, 2)
    reopen_meeting(meeting=meeting, by=thuky, reason="Bổ sung số liệu của Báo Phú Thọ")
    assert (meeting.status, meeting.version) == (MeetingStatus.HELD, 3)
    assert [(event.action, event.note) for event in events_of(meeting)] == [
        ("mở lại biên bản", "Bổ sung số liệu của Báo Phú Thọ"),
        ("khóa biên bản", ""),
        ("nhập hội nghị", ""),
    ]


def test_an_announced_meeting_is_not_closed(thuky, bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED)
    with pytest.raises(NotReady) as caught:
        close_meeting(meeting=meeting, by=thuky)
    assert caught.value.missing == ["hội nghị chưa ghi “Đã họp”"]


def test_closing_twice_and_reopening_what_is_open_are_refused(thuky, bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year)
    with pytest.raises(IllegalStep):
        reopen_meeting(meeting=meeting, by=thuky, reason="nhầm")
    stale = Meeting.objects.get(pk=meeting.pk)
    close_meeting(meeting=meeting, by=thuky)
    with pytest.raises(IllegalStep):
        close_meeting(meeting=meeting, by=thuky)
    with pytest.raises(StaleState):
        close_meeting(meeting=stale, by=thuky)


def test_reopening_needs_a_reason(thuky, bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.CLOSED)
    with pytest.raises(NotReady) as caught:
        reopen_meeting(meeting=meeting, by=thuky, reason="  ")
    assert caught.value.missing == ["lý do mở lại"]


@pytest.mark.parametrize("act", [close_meeting, lambda **kw: reopen_meeting(reason="nhầm", **kw)])
def test_only_who_works_on_the_bloc_year_closes_and_reopens(bloc_year, act):
    meeting = MeetingFactory(bloc_year=bloc_year)
    secretary_of(bloc_year)
    with pytest.raises(PermissionDenied):
        act(meeting=meeting, by=staff_of(units_of(bloc_year)[2]))


def test_nothing_changes_in_a_closed_year(bloc_year, thuky):
    meeting = MeetingFactory(bloc_year=bloc_year)
    type(bloc_year.year).objects.filter(pk=bloc_year.year.pk).update(state=YearState.CLOSED)
    bloc_year.year.refresh_from_db()
    with pytest.raises(PermissionDenied):
        save_again(meeting, thuky)


def test_an_announced_meeting_becomes_held_and_the_log_says_so(bloc_year, thuky):
    meeting = save_new(bloc_year, thuky, status=MeetingStatus.ANNOUNCED)
    save_again(meeting, thuky, attendances=tuple(AttendanceInput(unit) for unit in units_of(bloc_year)))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.attendances.count()) == (MeetingStatus.HELD, 3)
    event = events_of(meeting).first()
    assert (event.before, event.after) == ({"status": "announced"}, {"status": "held"})

"""Reads about meetings: lists with counts, one meeting in full, what does not fit together in it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from blocs.models import Unit
from blocs.new_year import deadlines_missed_by
from blocs.reports import leaders_of
from blocs.rotation import would_lead_next
from common.dated import on_day
from common.text import count_words
from meetings.enums import Capacity, FigureLevel, MeetingStatus, PointSection, Presence
from meetings.models import AgendaItem, Attendance, Figure, Meeting, Participant, Point

# Somebody of the unit sat there, be it a substitute.
PRESENT = (Presence.PRESENT, Presence.REPLACED)
# How far from its year a meeting may lie before we ask whether the day is right: 2021 may close on 11/01/2022.
FAR = timedelta(days=183)
_WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


def meetings_of(bloc_year):
    """The meetings of a bloc-year, newest first, each with `present_count`, `listed_count`, `figure_count`."""
    present = Attendance.objects.filter(presence__in=PRESENT)
    return (
        Meeting.objects.filter(bloc_year=bloc_year)
        .for_table()
        .annotate(
            present_count=_count(present),
            listed_count=_count(Attendance.objects.all()),
            figure_count=_count(Figure.objects.all()),
        )
    )


def _count(rows):
    grouped = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(number=Count("pk"))
    return Coalesce(Subquery(grouped.values("number")), 0)


@dataclass(frozen=True)
class MeetingSummary:
    """One meeting in full, read with a constant number of queries."""

    meeting: Meeting
    participants: list
    attendances: list
    agenda: list
    figures: list
    points: list
    elections: list
    members: list
    leaders: list
    warnings: list = field(default_factory=list)

    @property
    def chairs(self):
        return [row for row in self.participants if row.capacity in (Capacity.CHAIR, Capacity.CO_CHAIR)]

    @property
    def guests(self):
        return [row for row in self.participants if row.capacity == Capacity.GUEST]

    @property
    def others(self):
        """Who opened, concluded, kept the minutes."""
        shown = {Capacity.CHAIR, Capacity.CO_CHAIR, Capacity.GUEST}
        return [row for row in self.participants if row.capacity not in shown]

    @property
    def present_units(self):
        return sum(row.presence in PRESENT for row in self.attendances)

    @property
    def bloc_figures(self):
        return [row for row in self.figures if row.level == FigureLevel.BLOC]

    @property
    def unit_figures(self):
        return [row for row in self.figures if row.level == FigureLevel.UNIT]

    def points_of(self, section):
        return [row for row in self.points if row.section == section]

    @property
    def results(self):
        return self.points_of(PointSection.RESULT)

    @property
    def shortcomings(self):
        return self.points_of(PointSection.SHORTCOMING)

    @property
    def conclusions(self):
        return self.points_of(PointSection.CONCLUSION)

    @property
    def next_tasks(self):
        return self.points_of(PointSection.NEXT_TASK)

    @property
    def requests(self):
        return self.points_of(PointSection.REQUEST)

    @property
    def leader(self):
        """The OfficeLine of the leading unit, or None."""
        return self.leaders[0] if self.leaders else None

    @property
    def is_empty(self):
        return not (self.participants or self.attendances or self.agenda or self.figures or self.points or self.elections)


def summary_of(meeting):
    """Everything a page or paper says about a meeting; units bear the name of the meeting's day."""
    day = meeting.starts_on
    named = Prefetch("unit", Unit.objects.named_on(day))
    lists = {
        name: list(model.objects.filter(meeting=meeting).prefetch_related(named))
        for name, model in {"participants": Participant, "attendances": Attendance, "figures": Figure}.items()
    }
    elections = meeting.elections.select_related(
        "bloc_year__bloc", "bloc_year__year", "office__bloc_year__bloc"
    ).prefetch_related(named)
    members = [row.unit for row in meeting.bloc_year.memberships_on(day)]
    return MeetingSummary(
        meeting=meeting,
        agenda=list(AgendaItem.objects.filter(meeting=meeting)),
        points=list(Point.objects.filter(meeting=meeting)),
        elections=sorted(elections, key=lambda row: (row.role != "leader", row.role, row.order)),
        members=members,
        leaders=leaders_of([meeting.bloc_year])[meeting.bloc_year_id],
        warnings=warnings_of(meeting, lists["attendances"], members, lists["figures"]),
        **lists,
    )


def warnings_of(meeting, attendances, members, figures=()):
    """Vietnamese sentences about what does not fit together; they warn and never stop anybody (design §3)."""
    found = [*_warnings_of_days(meeting)]
    if meeting.status == MeetingStatus.ANNOUNCED:
        found += [
            f"Dự kiến họp ngày {meeting.last_day:%d/%m/%Y}, sau hạn của tỉnh {row.due_on:%d/%m/%Y}: {row.name}."
            for row in deadlines_missed_by(meeting.bloc_year, meeting.last_day, meeting.kinds)
        ]
        if meeting.last_day < timezone.localdate():
            found.append(f"Ngày họp {meeting.last_day:%d/%m/%Y} đã qua nhưng hội nghị còn ghi “Sắp họp”.")
        return found
    present = sum(row.presence in PRESENT for row in attendances)
    if meeting.declared_units is not None and attendances and meeting.declared_units != present:
        found.append(
            f"Biên bản ghi {count_words(meeting.declared_units)} đơn vị dự, "
            f"danh sách điểm danh có {count_words(present)} đơn vị dự."
        )
    if meeting.headcount is not None and meeting.headcount < present:
        found.append(f"Số người dự ({count_words(meeting.headcount)}) ít hơn số đơn vị có mặt ({count_words(present)}).")
    listed, expected = {row.unit_id for row in attendances}, {unit.pk for unit in members}
    if missing := [unit for unit in members if unit.pk not in listed]:
        names = "; ".join(str(unit) for unit in missing) if attendances else f"cả {count_words(len(missing))} đơn vị"
        found.append(f"Chưa điểm danh: {names}.")
    if strangers := [row.unit for row in attendances if row.unit_id not in expected]:
        names = "; ".join(str(unit) for unit in strangers)
        found.append(f"Không phải thành viên khối vào ngày {meeting.starts_on:%d/%m/%Y} nhưng có trong điểm danh: {names}.")
    found += [
        f"Số liệu “{row.indicator}”: {row.value_text}, phần lớn hơn tổng số."
        for row in figures
        if row.denominator is not None and row.value > row.denominator
    ]
    return found


def _warnings_of_days(meeting):
    year = meeting.bloc_year.year
    if meeting.starts_on < year.starts_on - FAR or meeting.starts_on > year.ends_on + FAR:
        yield f"Ngày họp {meeting.starts_on:%d/%m/%Y} cách {year.title.lower()} quá 6 tháng."
    days = {meeting.starts_on, meeting.last_day}
    for day in sorted(days):
        if day.weekday() in _WEEKEND:
            yield f"Ngày {day:%d/%m/%Y} là {_WEEKEND[day.weekday()]}."


def expected_leader(bloc_year):
    """A sentence about whom the rule of rotation proposes as leader of the next year; the meeting decides (REG-5).

    Nothing where the offices of this year are not recorded.
    """
    proposal = would_lead_next(bloc_year)
    if proposal is None:
        return ""
    way = bloc_year.get_rotation_policy_display()
    return (
        f"Theo kế hoạch luân phiên (cách luân phiên: {way}), khối trưởng {proposal.title} dự kiến là "
        f"{proposal.unit}: {proposal.reason}. Hội nghị quyết định."
    )


def attendance_units(bloc_year, day):
    """Who may stand in an attendance list: members on any day from the beginning of the year on, in their order.

    Each unit bears the name of `day` and has `is_member_on_day`.
    """
    memberships = bloc_year.bloc.memberships.in_period(bloc_year.year.starts_on).in_order()
    memberships = memberships.prefetch_related(Prefetch("unit", Unit.objects.named_on(day)))
    there = set(bloc_year.bloc.memberships.filter(on_day(day)).values_list("unit_id", flat=True))
    units = {}
    for row in memberships:
        row.unit.is_member_on_day = row.unit_id in there
        units.setdefault(row.unit_id, row.unit)
    return units

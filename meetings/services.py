"""Saving, closing and reopening a meeting; what was elected becomes the offices of the next bloc-year."""

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from blocs.enums import OfficeBasis, OfficeRole, Qualifier
from blocs.models import BlocOffice, BlocYear, EmulationYear, Unit
from blocs.scope import is_on_behalf
from blocs.services import appoint_office, open_bloc_year
from common import audit, versions
from common.errors import IllegalStep, NotReady, StaleState
from common.permissions import require
from meetings.enums import (
    MEETING_TRANSITIONS,
    Capacity,
    FigureLevel,
    MeetingKind,
    MeetingStatus,
    PartOfDay,
    PointSection,
    Presence,
)
from meetings.errors import MeetingInvalid, NoNextYear, OfficeSettled
from meetings.models import AgendaItem, Attendance, Election, Figure, Meeting, MeetingPurpose, Participant, Point


@dataclass(frozen=True)
class ParticipantInput:
    capacity: Capacity
    person_name: str = ""
    unit: Unit | None = None
    titles: tuple[str, ...] = ()
    pk: int | None = None


@dataclass(frozen=True)
class AttendanceInput:
    unit: Unit
    presence: Presence = Presence.PRESENT
    representative: str = ""


@dataclass(frozen=True)
class AgendaInput:
    text: str
    presenter: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class FigureInput:
    """A figure of the whole bloc; with `unit` that of one unit."""

    indicator: str
    value: Decimal
    unit_of_measure: str = ""
    qualifier: Qualifier = Qualifier.NONE
    denominator: Decimal | None = None
    unit: Unit | None = None
    period: str = ""
    source: str = ""
    pk: int | None = None

    @property
    def level(self):
        return FigureLevel.UNIT if self.unit else FigureLevel.BLOC


@dataclass(frozen=True)
class PointInput:
    section: PointSection
    text: str
    addressee: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class ElectionInput:
    """A unit chosen for the next bloc-year; of several deputies the first listed is the first."""

    role: OfficeRole
    unit: Unit
    basis: OfficeBasis = OfficeBasis.ELECTED
    votes_for: int | None = None
    votes_cast: int | None = None


@dataclass(frozen=True)
class MeetingInput:
    """Everything one sitting of the form says about a meeting, in the order in which it is to stand."""

    title: str
    kinds: tuple[MeetingKind, ...]
    starts_on: datetime.date
    status: MeetingStatus = MeetingStatus.ANNOUNCED
    ends_on: datetime.date | None = None
    part_of_day: PartOfDay = PartOfDay.NONE
    starts_at: datetime.time | None = None
    place: str = ""
    host: Unit | None = None
    online_points: int | None = None
    headcount: int | None = None
    declared_units: int | None = None
    attendees: str = ""
    participants: tuple[ParticipantInput, ...] = ()
    attendances: tuple[AttendanceInput, ...] = ()
    agenda: tuple[AgendaInput, ...] = ()
    figures: tuple[FigureInput, ...] = ()
    points: tuple[PointInput, ...] = ()
    elections: tuple[ElectionInput, ...] = ()

    @property
    def last_day(self):
        return self.ends_on or self.starts_on


_GENERAL = (
    "title",
    "starts_on",
    "ends_on",
    "part_of_day",
    "starts_at",
    "place",
    "host",
    "online_points",
    "headcount",
    "declared_units",
    "attendees",
)


def save_meeting(*, meeting, by, data, version=None):
    """Save a meeting with all its rows, in one transaction; a new one is `Meeting(bloc_year=…)` without `version`.

    `data.status` announced or held; rows that keep their `pk` keep their record. What was elected becomes offices of the
    next bloc-year, which is opened when it is missing. Raises PermissionDenied, MeetingInvalid, IllegalStep, StaleState
    (`version` is not the current one), NoNextYear, OfficeSettled and what `blocs.services.appoint_office` raises.
    """
    try:
        return _save(meeting, by, data, version)
    except IntegrityError as error:
        raise StaleState(
            "Người khác vừa lưu cùng nội dung này; xin mở lại trang để xem bản mới nhất.",
            subject=meeting if meeting.pk else None,
        ) from error


@transaction.atomic
def _save(meeting, by, data, version):
    require(by, "meetings.change_meeting", meeting)
    if faults := _faults_of(meeting, data):
        raise MeetingInvalid(faults, subject=meeting if meeting.pk else None)
    is_new, before = meeting.pk is None, meeting.status
    if data.status != before and data.status not in MEETING_TRANSITIONS[before]:
        raise IllegalStep(meeting, data.status)
    if not is_new:
        versions.claim(meeting, version=version, by=by)
    on_behalf = is_on_behalf(by, meeting.bloc_year)
    for name in _GENERAL:
        setattr(meeting, name, getattr(data, name))
    meeting.status = data.status
    meeting.entered_on_behalf = meeting.entered_on_behalf or on_behalf
    if is_new:
        meeting.edited_at, meeting.edited_by = timezone.now(), by
    meeting.save()
    _save_rows(meeting, data, is_new=is_new)
    _record_elections(meeting, by, data.elections, on_behalf, is_new=is_new)
    audit.record(
        "nhập hội nghị" if is_new else "sửa hội nghị",
        meeting,
        by=by,
        before={} if is_new else {"status": before},
        after={"status": meeting.status},
        on_behalf=on_behalf,
    )
    return meeting


def _faults_of(meeting, data):
    """Vietnamese sentences about what cannot be, whoever enters it."""
    faults = []
    if not data.title:
        faults.append("Hãy ghi tên hội nghị.")
    if not data.kinds:
        faults.append("Hãy chọn ít nhất một nội dung họp.")
    faults += faults_of_days(data.status, data.starts_on, data.last_day)
    if data.status == MeetingStatus.ANNOUNCED and data.elections:
        faults.append("Hội nghị chưa họp thì chưa có kết quả bầu; hãy chọn “Đã họp” hoặc xóa các dòng kết quả bầu.")
    if _repeated(row.unit.pk for row in data.attendances):
        faults.append("Mỗi đơn vị chỉ điểm danh một dòng.")
    return faults + _faults_of_elections(meeting, data)


def faults_of_days(status, starts_on, last_day):
    """What is wrong with the days; the form asks as well, so that it can say everything at once."""
    faults = []
    if last_day < starts_on:
        faults.append("Ngày kết thúc không được trước ngày bắt đầu.")
    if status == MeetingStatus.HELD and last_day > timezone.localdate():
        faults.append(f"Ngày {last_day:%d/%m/%Y} chưa đến nên chưa ghi “Đã họp” được; hãy chọn “Sắp họp” hoặc sửa ngày.")
    return faults


def _faults_of_elections(meeting, data):
    if not data.elections:
        return []
    faults = []
    members = set(meeting.bloc_year.memberships_on(data.starts_on).values_list("unit_id", flat=True))
    for row in data.elections:
        if row.unit.pk not in members:
            faults.append(f"{row.unit} không phải là thành viên của khối vào ngày {data.starts_on:%d/%m/%Y}.")
        if row.votes_for is not None and row.votes_cast is not None and row.votes_for > row.votes_cast:
            faults.append(f"{row.unit}: số phiếu đồng ý không được lớn hơn số phiếu bầu.")
    if _repeated(row.unit.pk for row in data.elections):
        faults.append("Mỗi đơn vị chỉ được bầu vào một chức vụ.")
    if sum(row.role == OfficeRole.LEADER for row in data.elections) > 1:
        faults.append("Mỗi năm chỉ có một khối trưởng.")
    return faults


def _repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def _save_rows(meeting, data, *, is_new):
    def sync(model, entries, key="pk"):
        _sync(meeting, model, entries, key, is_new=is_new)

    kinds = [_Keyed(kind, {"kind": kind}) for kind in dict.fromkeys(data.kinds)]
    sync(MeetingPurpose, kinds, "kind")
    # Before the meeting nobody was present; what the form offers for that part is not a fact yet.
    attendances = data.attendances if data.status == MeetingStatus.HELD else ()
    sync(Attendance, [_keyed(row, row.unit.pk, "unit", "presence", "representative") for row in attendances], "unit_id")
    people = [_keyed(row, row.pk, "capacity", "unit", "person_name") for row in data.participants]
    for entry, row in zip(people, data.participants, strict=True):
        entry.values["titles"] = list(row.titles)
    sync(Participant, people)
    sync(AgendaItem, [_keyed(row, row.pk, "text", "presenter") for row in data.agenda])
    names = ["indicator", "value", "unit_of_measure", "qualifier", "denominator", "level", "unit", "period", "source"]
    sync(Figure, [_keyed(row, row.pk, *names) for row in data.figures])
    sync(Point, [_keyed(row, row.pk, "section", "text", "addressee") for row in data.points])


@dataclass(frozen=True)
class _Keyed:
    """What a row is known by among the rows of its meeting, and what it is to hold."""

    key: object
    values: dict


def _keyed(row, key, *names):
    return _Keyed(key, {name: getattr(row, name) for name in names})


def _sync(meeting, model, entries, key="pk", *, is_new=False):
    """Make the rows of the meeting those of `entries`, in their order; a row found by its key keeps its id.

    A key of another meeting is not found here, and so nothing of that meeting can be touched.
    """
    old = {} if is_new else {getattr(row, key): row for row in model.objects.filter(meeting=meeting)}
    new, kept = [], []
    for position, entry in enumerate(entries, 1):
        row = old.pop(entry.key, None)
        (new if row is None else kept).append(row := row or model(meeting=meeting))
        row.position = position
        for name, value in entry.values.items():
            setattr(row, name, value)
    model.objects.filter(pk__in=[row.pk for row in old.values()]).delete()
    if kept:
        model.objects.bulk_update(kept, ["position", *entries[0].values])
    model.objects.bulk_create(new)


def _record_elections(meeting, by, inputs, on_behalf, *, is_new):
    """Bring elections and their offices to what was entered; what stays as it was is not touched."""
    numbers, wanted = Counter(), {}
    for row in inputs:
        numbers[row.role] += 1
        wanted[row.role, numbers[row.role]] = row
    old = () if is_new else meeting.elections.select_related("office", "unit", "bloc_year__bloc", "bloc_year__year")
    kept = {}
    for election in old:
        place = (election.role, election.order)
        if place in wanted and wanted[place].unit == election.unit:
            kept[place] = election
        else:
            _undo_election(election, by, on_behalf)
    if not wanted:
        return
    next_year = next(iter(kept.values())).bloc_year if kept else _next_bloc_year(meeting, by)
    for place, row in wanted.items():
        if place in kept:
            _update_election(kept[place], row, by, on_behalf)
        else:
            _add_election(meeting, next_year, place, row, by, on_behalf)


def _next_bloc_year(meeting, by):
    bloc, year = meeting.bloc_year.bloc, meeting.bloc_year.year
    following = EmulationYear.objects.filter(kind=year.kind, starts_on__gt=year.ends_on).order_by("starts_on").first()
    if following is None:
        raise NoNextYear(
            f"Chưa có năm thi đua tiếp theo {year.title.lower()} nên chưa ghi được kết quả bầu. Đề nghị cơ quan thường trực "
            "thêm năm thi đua mới trong danh mục; các nội dung khác vẫn lưu được nếu bỏ phần kết quả bầu.",
            subject=meeting,
        )
    found = BlocYear.objects.for_work().filter(bloc=bloc, year=following).first()
    return found or open_bloc_year(bloc=bloc, year=following, by=by, allowed_by=meeting.bloc_year)


def _add_election(meeting, bloc_year, place, row, by, on_behalf):
    role, order = place
    _refuse_elected_elsewhere(bloc_year, role, order)
    office = BlocOffice.objects.filter(
        bloc_year=bloc_year, role=role, order=order, handed_over_on=None, unit=row.unit
    ).first()
    if office is None:
        office = appoint_office(
            bloc_year=bloc_year,
            unit=row.unit,
            role=role,
            order=order,
            basis=row.basis,
            by=by,
            allowed_by=meeting.bloc_year,
        )
    election = Election.objects.create(
        meeting=meeting,
        bloc_year=bloc_year,
        role=role,
        order=order,
        unit=row.unit,
        basis=row.basis,
        votes_for=row.votes_for,
        votes_cast=row.votes_cast,
        office=office,
    )
    audit.record("ghi kết quả bầu", election, by=by, after=_election_values(election), on_behalf=on_behalf)


def _refuse_elected_elsewhere(bloc_year, role, order):
    other = Election.objects.filter(bloc_year=bloc_year, role=role, order=order).select_related("unit", "meeting").first()
    if other is not None:
        raise MeetingInvalid(
            [
                f"{OfficeRole(role).label} {bloc_year.year.title.lower()} đã ghi là {other.unit} tại “{other.meeting}”; "
                "hãy sửa ở hội nghị đó."
            ],
            subject=other.meeting,
        )


def _update_election(election, row, by, on_behalf):
    before = _election_values(election)
    election.basis, election.votes_for, election.votes_cast = row.basis, row.votes_for, row.votes_cast
    if (after := _election_values(election)) == before:
        return
    election.save()
    if election.office.basis != row.basis:
        election.office.basis = row.basis
        election.office.save()
    audit.record("sửa kết quả bầu", election, by=by, before=before, after=after, on_behalf=on_behalf)


def _undo_election(election, by, on_behalf):
    office = election.office
    if office is not None and is_settled(office):
        raise OfficeSettled(
            f"{office.title} {office.bloc_year.year.title.lower()} ({office.unit}) đã bắt đầu và đã có hồ sơ, người đại "
            "diện hoặc bàn giao kèm theo, nên không sửa kết quả bầu ở đây được. Hãy ghi thay đổi ở trang “Thành viên, "
            "chức vụ” của năm đó.",
            subject=election.meeting,
        )
    before = _election_values(election)
    audit.record("bỏ kết quả bầu", election, by=by, before=before, on_behalf=on_behalf)
    election.delete()
    if office is not None:
        holders = [holder.person_name for holder in office.holders.all()]
        audit.record("bỏ chức vụ", office, by=by, before={**before, "holders": holders}, on_behalf=on_behalf)
        office.delete()


def is_settled(office):
    """Whether an elected office can no longer be changed by correcting the meeting: it has begun and things hang on it."""
    if office.handed_over_on:
        return True
    has_begun = office.starts_on <= timezone.localdate()
    return has_begun and (office.holders.exists() or office.bloc_year.meetings.exists())


def _election_values(election):
    return {
        "role": election.role,
        "order": election.order,
        "unit": str(election.unit),
        "year": election.bloc_year.year.slug,
        "basis": election.basis,
        "votes_for": election.votes_for,
        "votes_cast": election.votes_cast,
    }


@transaction.atomic
def close_meeting(*, meeting, by):
    """Held → closed: nothing of it changes any more. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    require(by, "meetings.close_meeting", meeting)
    if missing := meeting.missing_to_close:
        raise NotReady(missing, subject=meeting)
    _move(meeting, MeetingStatus.CLOSED, by, "khóa biên bản")


@transaction.atomic
def reopen_meeting(*, meeting, by, reason):
    """Closed → held, with the reason kept in the log. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    require(by, "meetings.close_meeting", meeting)
    if not reason.strip():
        raise NotReady(["lý do mở lại"], subject=meeting)
    if meeting.status != MeetingStatus.CLOSED:
        raise IllegalStep(meeting, MeetingStatus.HELD)
    _move(meeting, MeetingStatus.HELD, by, "mở lại biên bản", note=reason.strip())


def _move(meeting, target, by, action, note=""):
    before = meeting.status
    if target not in MEETING_TRANSITIONS[before]:
        raise IllegalStep(meeting, target)
    # Compare-and-set: of two people one wins, on SQLite as on PostgreSQL.
    rows = Meeting.objects.filter(pk=meeting.pk, status=before, version=meeting.version)
    if not rows.update(status=target):
        raise StaleState("Hội nghị vừa được người khác xử lý; xin xem lại trang.", subject=meeting)
    # The row is the one that was read, for its version is; read anew it would lose its bloc-year.
    meeting.status = target
    versions.claim(meeting, version=meeting.version, by=by)
    meeting.save()
    audit.record(
        action,
        meeting,
        by=by,
        before={"status": before},
        after={"status": target},
        note=note,
        on_behalf=is_on_behalf(by, meeting.bloc_year),
    )

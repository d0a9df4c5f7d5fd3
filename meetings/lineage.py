"""What hangs on a unit in announced meetings when it ends; the shape of the three functions is that of blocs.lineage.

A meeting that was held is a fact of its day and keeps the unit that was there.
"""

from blocs.enums import OpenItemChoice as C
from blocs.errors import Invalid
from blocs.lineage import OpenItem, still_there
from common import audit, versions
from common.undo import Changes, revert, values_of
from meetings.enums import MeetingStatus
from meetings.models import Attendance, Meeting, Participant

APP = "meetings"


def open_items(unit, on):
    """What is announced for the unit on or after the day `on`: meetings it hosts, its place among those expected."""
    announced = {"meeting__status": MeetingStatus.ANNOUNCED, "meeting__starts_on__gte": on}
    hosted = Meeting.objects.filter(host=unit, status=MeetingStatus.ANNOUNCED, starts_on__gte=on)
    for meeting in hosted.order_by("pk"):
        yield OpenItem(APP, f"host:{meeting.pk}", f"Đăng cai {meeting.title}", meeting.days_text)
    for model, word in ((Attendance, "Được mời dự"), (Participant, "Điều hành, khách mời")):
        for row in model.objects.filter(unit=unit, **announced).select_related("meeting").order_by("pk"):
            key = f"{model._meta.model_name}:{row.pk}"
            yield OpenItem(APP, key, f"{word} {row.meeting.title}", row.meeting.days_text, (C.CARRY, C.HOLD))


def lock(units):
    """Saving a meeting takes its row; so does this act."""
    hosted = Meeting.objects.filter(host__in=units, status=MeetingStatus.ANNOUNCED)
    list(Meeting.objects.select_for_update().filter(pk__in=hosted.values("pk")).order_by("pk"))


def settle(key, choice, *, successor, on, by, paper=None):
    """Do with one item what was chosen; the undo for `unsettle`. Raises Invalid, StaleState."""
    if choice == C.HOLD:
        return {}
    kind, pk = key.split(":")
    changes = Changes()
    if kind == "host":
        _settle_host(still_there(Meeting.objects, pk), successor if choice == C.CARRY else None, by, changes)
        return changes.as_undo()
    model = {"attendance": Attendance, "participant": Participant}[kind]
    row = still_there(model.objects.select_related("meeting"), pk)
    if model is Attendance and Attendance.objects.filter(meeting=row.meeting_id, unit=successor).exists():
        raise Invalid(f"{successor} đã có trong danh sách dự {row.meeting}; xin chọn cách xử lý khác.")
    changes.change(row, unit=successor)
    audit.record("đổi đơn vị dự hội nghị", row.meeting, by=by, after={"unit": successor.code})
    return changes.as_undo()


def _settle_host(meeting, host, by, changes):
    before = values_of(meeting, ["host_id", "status"])
    # Whoever has the form of the meeting open must not save the old host back.
    versions.claim(meeting, version=meeting.version, by=by)
    meeting.host = host
    meeting.save()
    changes.noted(meeting, before)
    audit.record("đổi đơn vị đăng cai", meeting, by=by, after={"host": host.code if host else ""})


def unsettle(key, undo, *, by):
    """Put back what `settle` did. The caller has asked `common.undo.built_on`."""
    revert(undo)
    kind, pk = key.split(":")
    if kind == "host" and undo:
        meeting = still_there(Meeting.objects, pk)
        versions.claim(meeting, version=meeting.version, by=by)
        meeting.save()

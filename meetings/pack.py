"""What the meetings of a year leave open for the next leader."""

import hashlib

from blocs.pack import PackLine
from common.text import fold_name
from meetings.enums import MeetingStatus, PointSection
from meetings.models import Meeting, Point

TASKS = "Nhiệm vụ, kiến nghị còn mở"


def lines_of(bloc_year):
    """Meetings announced and not yet held, next tasks and requests of those held, in the order of the days."""
    for meeting in Meeting.objects.filter(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED).order_by("starts_on", "pk"):
        yield PackLine(TASKS, f"meeting:{meeting.pk}", f"Hội nghị chưa họp: {meeting.title}", meeting.days_text)
    sections = (PointSection.NEXT_TASK, PointSection.REQUEST)
    points = Point.objects.filter(meeting__bloc_year=bloc_year, section__in=sections).exclude(
        meeting__status=MeetingStatus.ANNOUNCED
    )
    for point in points.select_related("meeting").order_by("meeting__starts_on", "meeting", "position", "pk"):
        request = point.section == PointSection.REQUEST
        kind = f"Kiến nghị với {point.addressee or 'cấp trên'}" if request else "Nhiệm vụ"
        yield PackLine(TASKS, _key(point), f"{kind}: {point.text}", f"{point.meeting.title}, {point.meeting.days_text}")


def _key(point):
    """By its words: saving the minutes again makes the rows of a meeting anew."""
    digest = hashlib.sha256(fold_name(f"{point.section} {point.text}").encode()).hexdigest()[:16]
    return f"point:{point.meeting_id}:{digest}"

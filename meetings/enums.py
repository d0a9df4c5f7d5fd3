"""Closed lists of the meetings."""

from django.db.models import TextChoices


class MeetingStatus(TextChoices):
    ANNOUNCED = "announced", "Sắp họp"
    HELD = "held", "Đã họp"
    CLOSED = "closed", "Đã khóa biên bản"


MEETING_TRANSITIONS = {
    MeetingStatus.ANNOUNCED: {MeetingStatus.HELD},
    MeetingStatus.HELD: {MeetingStatus.CLOSED},
    MeetingStatus.CLOSED: {MeetingStatus.HELD},
}

MEETING_WAITING_FOR = {
    MeetingStatus.ANNOUNCED: "đơn vị khối trưởng, khối phó",
    MeetingStatus.HELD: "đơn vị khối trưởng, khối phó",
    MeetingStatus.CLOSED: None,
}


class MeetingKind(TextChoices):
    """One meeting often serves several purposes (SED-2)."""

    COVENANT = "covenant", "ký kết giao ước"
    LAUNCH = "launch", "triển khai nhiệm vụ"
    MID_YEAR = "mid_year", "sơ kết"
    YEAR_END = "year_end", "tổng kết"
    SCORING = "scoring", "chấm điểm, bình xét"
    ELECTION = "election", "bầu khối trưởng, khối phó"
    THEMATIC = "thematic", "chuyên đề"
    BRIEFING = "briefing", "giao ban"
    AWARD_ROUND = "award_round", "xét khen thưởng"
    OTHER = "other", "nội dung khác"


class PartOfDay(TextChoices):
    NONE = "", "không ghi"
    MORNING = "morning", "buổi sáng"
    AFTERNOON = "afternoon", "buổi chiều"
    ALL_DAY = "all_day", "cả ngày"


class Capacity(TextChoices):
    """As what somebody took part."""

    CHAIR = "chair", "chủ trì"
    CO_CHAIR = "co_chair", "đồng chủ trì"
    OPENED = "opened", "khai mạc"
    CONCLUDED = "concluded", "kết luận"
    SECRETARY = "secretary", "thư ký"
    GUEST = "guest", "khách mời"


class Presence(TextChoices):
    PRESENT = "present", "có mặt"
    REPLACED = "replaced", "cử người dự thay"
    EXCUSED = "excused", "vắng có lý do"
    ABSENT = "absent", "vắng"


class FigureLevel(TextChoices):
    BLOC = "bloc", "toàn khối"
    UNIT = "unit", "của đơn vị"


class PointSection(TextChoices):
    RESULT = "result", "Kết quả"
    SHORTCOMING = "shortcoming", "Hạn chế"
    CONCLUSION = "conclusion", "Kết luận"
    NEXT_TASK = "next_task", "Nhiệm vụ thời gian tới"
    REQUEST = "request", "Kiến nghị"

"""Closed lists of the papers."""

from django.db.models import TextChoices


class LetterheadProfile(TextChoices):
    """Which rules of layout an issuer follows: Nghị định 30/2020 (DOC-5 …) or the Party's (PTY-1 …)."""

    STATE = "state", "cơ quan nhà nước (Nghị định 30/2020)"
    PARTY = "party", "cơ quan Đảng"
    MASS_ORG = "mass_org", "Mặt trận, đoàn thể"


class PaperCustody(TextChoices):
    """Who may touch or read a paper besides the act that owns it (F81, F82)."""

    OPEN = "open", "sửa được trong danh mục"
    SEALED = "sealed", "giữ kín đến khi công bố"
    LOCKED = "locked", "đã công bố, không sửa"


class PaperKind(TextChoices):
    """Tên loại văn bản (DOC-26)."""

    DECISION = "decision", "quyết định"
    PLAN = "plan", "kế hoạch"
    NOTICE = "notice", "thông báo"
    REGULATION = "regulation", "quy chế"
    GUIDANCE = "guidance", "hướng dẫn"
    REPORT = "report", "báo cáo"
    SUBMISSION = "submission", "tờ trình"
    MINUTES = "minutes", "biên bản"
    OFFICIAL_LETTER = "official_letter", "công văn"
    DIRECTIVE = "directive", "chỉ thị"
    COVENANT = "covenant", "bản giao ước"
    OTHER = "other", "văn bản khác"


class Numbering(TextChoices):
    """Where the number of a paper comes from (design §8: typed unless the issuer opts in)."""

    TYPED = "typed", "ghi theo sổ của văn thư"
    AUTOMATIC = "automatic", "hệ thống cấp liên tục"


class BatchState(TextChoices):
    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang tạo"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã dừng"
    FAILED = "failed", "Không tạo được"


BATCH_TRANSITIONS = {
    BatchState.WAITING: {BatchState.RUNNING, BatchState.CANCELLED, BatchState.FAILED},
    BatchState.RUNNING: {BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED},
    BatchState.DONE: set(),
    BatchState.CANCELLED: set(),
    BatchState.FAILED: set(),
}

BATCH_TONES = {
    BatchState.WAITING: "waiting",
    BatchState.RUNNING: "waiting",
    BatchState.DONE: "ok",
    BatchState.CANCELLED: "neutral",
    BatchState.FAILED: "bad",
}

BATCH_WAITING_FOR = {
    BatchState.WAITING: "hệ thống",
    BatchState.RUNNING: "hệ thống",
    BatchState.DONE: None,
    BatchState.CANCELLED: None,
    BatchState.FAILED: None,
}


class BatchItemState(TextChoices):
    WAITING = "waiting", "Chờ tạo"
    TAKEN = "taken", "Đang tạo"
    DONE = "done", "Đã tạo"
    FAILED = "failed", "Không tạo được"


BATCH_ITEM_TRANSITIONS = {
    BatchItemState.WAITING: {BatchItemState.TAKEN},
    # Back to waiting when the worker that had taken it is gone.
    BatchItemState.TAKEN: {BatchItemState.DONE, BatchItemState.FAILED, BatchItemState.WAITING},
    BatchItemState.DONE: set(),
    BatchItemState.FAILED: set(),
}

BATCH_ITEM_TONES = {
    BatchItemState.WAITING: "neutral",
    BatchItemState.TAKEN: "waiting",
    BatchItemState.DONE: "ok",
    BatchItemState.FAILED: "bad",
}

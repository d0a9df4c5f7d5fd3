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

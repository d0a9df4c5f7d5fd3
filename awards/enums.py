"""Closed lists of the awards, and the two state tables: one for the letter, one for each item."""

from django.db.models import TextChoices


class AwardCategory(TextChoices):
    """Danh hiệu thi đua and hình thức khen thưởng are two things and never share a list (F7)."""

    TITLE = "title", "danh hiệu thi đua"
    FORM = "form", "hình thức khen thưởng"


class AwardSubject(TextChoices):
    COLLECTIVE = "collective", "tập thể"
    PERSON = "person", "cá nhân"
    BOTH = "both", "tập thể và cá nhân"
    HOUSEHOLD = "household", "hộ gia đình"


class AwardLevel(TextChoices):
    BASE = "base", "cấp cơ sở"
    PROVINCE = "province", "cấp tỉnh"
    MINISTRY = "ministry", "cấp bộ, ngành"
    GOVERNMENT = "government", "Chính phủ, Thủ tướng Chính phủ"
    STATE = "state", "cấp Nhà nước"


class RewardKind(TextChoices):
    """Loại hình khen thưởng: decides whether a past award counts (LEG-7, LEG-12)."""

    MERIT = "merit", "công trạng"
    THEMATIC = "thematic", "phong trào (chuyên đề)"
    SUDDEN = "sudden", "đột xuất"
    CONTRIBUTION = "contribution", "quá trình cống hiến"
    SENIORITY = "seniority", "niên hạn"
    EXTERNAL = "external", "đối ngoại"


class ProposalState(TextChoices):
    """Tờ trình: one letter of a bloc-year."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã trình"
    RECEIVED = "received", "Đã tiếp nhận"
    CLOSED = "closed", "Đã kết thúc"


TRANSITIONS = {
    ProposalState.DRAFT: {ProposalState.SENT},
    # Back to the draft: recalled by the sender while nobody has acted (F66).
    ProposalState.SENT: {ProposalState.RECEIVED, ProposalState.DRAFT},
    ProposalState.RECEIVED: {ProposalState.CLOSED},
    ProposalState.CLOSED: set(),
}

WAITING_FOR = {
    ProposalState.DRAFT: "đơn vị khối trưởng, khối phó",
    ProposalState.SENT: "cơ quan thường trực",
    ProposalState.RECEIVED: "cơ quan thường trực",
    ProposalState.CLOSED: None,
}


class ItemState(TextChoices):
    """One nominee for one award."""

    PROPOSED = "proposed", "Chờ xét"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đủ điều kiện"
    GRANTED = "granted", "Đã khen thưởng"
    REFUSED = "refused", "Không xét"
    WITHDRAWN = "withdrawn", "Đã rút"


ITEM_TRANSITIONS = {
    ItemState.PROPOSED: {ItemState.RETURNED, ItemState.ACCEPTED, ItemState.REFUSED, ItemState.WITHDRAWN},
    ItemState.RETURNED: {ItemState.PROPOSED, ItemState.WITHDRAWN},
    ItemState.ACCEPTED: {ItemState.GRANTED, ItemState.REFUSED},
    ItemState.GRANTED: set(),
    ItemState.REFUSED: set(),
    ItemState.WITHDRAWN: set(),
}

ITEM_WAITING_FOR = {
    ItemState.PROPOSED: "cơ quan thường trực",
    ItemState.RETURNED: "đơn vị khối trưởng, khối phó",
    ItemState.ACCEPTED: "cấp có thẩm quyền quyết định",
    ItemState.GRANTED: None,
    ItemState.REFUSED: None,
    ItemState.WITHDRAWN: None,
}


FINAL_ITEM_STATES = {state for state, targets in ITEM_TRANSITIONS.items() if not targets}

# The colour of each state's label; its word is beside it everywhere.
TONES = {
    ProposalState.DRAFT: "neutral",
    ProposalState.SENT: "waiting",
    ProposalState.RECEIVED: "waiting",
    ProposalState.CLOSED: "done",
}
ITEM_TONES = {
    ItemState.PROPOSED: "waiting",
    ItemState.RETURNED: "warn",
    ItemState.ACCEPTED: "ok",
    ItemState.GRANTED: "done",
    ItemState.REFUSED: "bad",
    ItemState.WITHDRAWN: "neutral",
}


class DecisionState(TextChoices):
    """Publishing takes two steps (F82): recorded and checked, then published and locked."""

    DRAFT = "draft", "Chờ công bố"
    PUBLISHED = "published", "Đã công bố"


DECISION_TRANSITIONS = {DecisionState.DRAFT: {DecisionState.PUBLISHED}, DecisionState.PUBLISHED: set()}
DECISION_WAITING_FOR = {DecisionState.DRAFT: "cơ quan thường trực", DecisionState.PUBLISHED: None}
DECISION_TONES = {DecisionState.DRAFT: "waiting", DecisionState.PUBLISHED: "done"}

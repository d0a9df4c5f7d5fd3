"""Closed lists of the blocs; what is an open list in the real cases (kinds of unit) is a table instead."""

from django.db.models import TextChoices


class BlocWord(TextChoices):
    """The word a province says: khối or cụm; in one province every bloc is a cụm (case 43)."""

    BLOC = "khoi", "Khối"
    CLUSTER = "cum", "Cụm"


class BlocKind(TextChoices):
    """What a bloc is made of, apart from the word shown."""

    AGENCY = "agency", "cơ quan, sở, ngành"
    PARTY = "party", "cơ quan Đảng, Mặt trận, đoàn thể"
    LOCALITY = "locality", "địa phương"
    ENTERPRISE = "enterprise", "doanh nghiệp"
    SCHOOL = "school", "trường học"
    ASSOCIATION = "association", "hội"
    SECTOR = "sector", "ngành dọc"


class YearKind(TextChoices):
    CALENDAR = "calendar", "năm dương lịch"
    SCHOOL = "school", "năm học"


class YearState(TextChoices):
    """An emulation year is opened, closed, archived (F8)."""

    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã đóng"
    ARCHIVED = "archived", "Lưu trữ"


YEAR_TRANSITIONS = {
    YearState.OPEN: {YearState.CLOSED},
    YearState.CLOSED: {YearState.OPEN, YearState.ARCHIVED},
    YearState.ARCHIVED: set(),
}


class DeadlineStage(TextChoices):
    """Before which meeting of the bloc a date of the province falls; what the planning of a meeting is compared with."""

    ANY = "", "mọi hội nghị của khối"
    COVENANT = "covenant", "hội nghị ký kết giao ước"
    MID_YEAR = "mid_year", "hội nghị sơ kết"
    YEAR_END = "year_end", "hội nghị tổng kết, bình xét"
    NONE = "none", "không gắn với hội nghị nào"


class RotationPolicy(TextChoices):
    """How next year's leader is found; the system proposes, the meeting decides (REG-5)."""

    DEPUTY_SUCCEEDS = "deputy_succeeds", "khối phó kế nhiệm"
    LIST_ORDER = "list_order", "theo thứ tự danh sách"
    FREE = "free", "bầu tự do"


class OfficeRole(TextChoices):
    LEADER = "leader", "Khối trưởng"
    DEPUTY = "deputy", "Khối phó"
    STANDING = "standing", "Thường trực khối"


class OfficeBasis(TextChoices):
    """How a unit came into the office."""

    ELECTED = "elected", "bầu tại hội nghị"
    ACCLAIMED = "acclaimed", "suy tôn"
    APPOINTED = "appointed", "cử theo quyết định"
    SUCCESSION = "succession", "kế nhiệm"
    UNKNOWN = "unknown", "không ghi"


class AssignmentRole(TextChoices):
    STAFF = "staff", "cán bộ đơn vị"
    EDITOR = "editor", "biên tập viên"


class Qualifier(TextChoices):
    """A word before a number that must never get lost."""

    NONE = "", "đúng bằng"
    OVER = "over", "trên"
    MORE = "more", "hơn"
    NEARLY = "nearly", "gần"
    ABOUT = "about", "khoảng"
    AT_LEAST = "at_least", "ít nhất"
    AT_MOST = "at_most", "không quá"
    UNDER = "under", "dưới"


class CovenantState(TextChoices):
    """Trạng thái của một phiên bản giao ước."""

    DRAFT = "draft", "Đang soạn"
    SIGNING = "signing", "Đang ký"
    SIGNED = "signed", "Đã ký đủ"
    REPLACED = "replaced", "Đã thay bằng bản mới"


COVENANT_TRANSITIONS = {
    CovenantState.DRAFT: {CovenantState.SIGNING},
    CovenantState.SIGNING: {CovenantState.SIGNED, CovenantState.REPLACED},
    CovenantState.SIGNED: {CovenantState.REPLACED},
    CovenantState.REPLACED: set(),
}

COVENANT_WAITING_FOR = {
    CovenantState.DRAFT: "đơn vị khối trưởng",
    CovenantState.SIGNING: "các đơn vị thành viên chưa ký",
    CovenantState.SIGNED: None,
    CovenantState.REPLACED: None,
}


class CovenantStage(TextChoices):
    """How far the covenant of a bloc has come, for whoever looks at all blocs of a year; its values stand in addresses."""

    NONE = "chua-soan", "Chưa soạn"
    DRAFT = "dang-soan", "Đang soạn"
    SIGNING = "dang-ky", "Đang ký"
    LATE = "qua-han", "Quá hạn ký"
    SIGNED = "da-ky", "Đã ký đủ"


COVENANT_STAGE_TONES = {
    CovenantStage.NONE: "neutral",
    CovenantStage.DRAFT: "neutral",
    CovenantStage.SIGNING: "waiting",
    CovenantStage.LATE: "bad",
    CovenantStage.SIGNED: "ok",
}


class SigningOrder(TextChoices):
    """Whether the units sign as they come or one after the other; the server enforces it (F18)."""

    ANY = "any", "ký không theo thứ tự"
    IN_TURN = "in_turn", "ký lần lượt theo thứ tự"


class SignatureWay(TextChoices):
    """The three ways that end in the same state and may be mixed (N7)."""

    PAPER = "paper", "ký trên giấy"
    CLICK = "click", "xác nhận trên hệ thống"
    CERTIFICATE = "certificate", "ký bằng chứng thư số"


class TargetBasis(TextChoices):
    """Whose result a target of the covenant is compared with (F24, N6)."""

    BLOC = "bloc", "kết quả chung của khối"
    SUM = "sum", "cộng kết quả các đơn vị"
    EACH = "each", "từng đơn vị phải đạt"


class ResultStage(TextChoices):
    MID_YEAR = "mid_year", "sơ kết 6 tháng"
    YEAR_END = "year_end", "tổng kết năm"


class SignatureState(TextChoices):
    WAITING = "waiting", "Chờ ký"
    SIGNED = "signed", "Đã ký"
    REFUSED = "refused", "Từ chối ký"
    # The unit ended before it signed: nobody waits for it any more.
    RELEASED = "released", "Không còn phải ký"


SIGNATURE_TRANSITIONS = {
    SignatureState.WAITING: {SignatureState.SIGNED, SignatureState.REFUSED, SignatureState.RELEASED},
    SignatureState.REFUSED: {SignatureState.SIGNED, SignatureState.RELEASED},
    SignatureState.SIGNED: set(),
    SignatureState.RELEASED: set(),
}


class SuccessionKind(TextChoices):
    """What may happen to units (ORG-R2)."""

    RENAME = "rename", "đổi tên"
    MERGE = "merge", "sáp nhập, hợp nhất"
    SPLIT = "split", "chia tách"
    TAKE_OVER = "take_over", "chuyển giao chức năng"
    DISSOLVE = "dissolve", "giải thể"


class SuccessionSide(TextChoices):
    FROM = "from", "đơn vị cũ"
    TO = "to", "đơn vị kế thừa"


class OpenItemChoice(TextChoices):
    """What becomes of something open that hangs on a unit that ends (ORG-R4)."""

    CARRY = "carry", "chuyển cho đơn vị kế thừa"
    # Domain REG-6: the leader is gone in mid-year.
    DEPUTY = "deputy", "khối phó điều hành"
    CLOSE = "close", "kết thúc"
    HOLD = "hold", "giữ nguyên, xử lý sau"


class BlocAct(TextChoices):
    """What an official paper did to a bloc."""

    FOUND = "found", "thành lập"
    REFORM = "reform", "kiện toàn"
    DELEGATE = "delegate", "ủy quyền tổ chức"
    DISSOLVE = "dissolve", "giải thể"


class ImportKind(TextChoices):
    UNITS = "units", "đơn vị"
    BLOCS = "blocs", "khối và thành viên"
    OFFICES = "offices", "khối trưởng, khối phó"
    ACCOUNTS = "accounts", "tài khoản"


class ImportState(TextChoices):
    CHECKING = "checking", "Đang kiểm tra"
    FAULTY = "faulty", "Có lỗi, chưa nhập"
    READY = "ready", "Chờ xác nhận"
    RUNNING = "running", "Đang nhập"
    DONE = "done", "Đã nhập"
    CANCELLED = "cancelled", "Đã dừng"
    FAILED = "failed", "Không nhập được"


IMPORT_TRANSITIONS = {
    ImportState.CHECKING: {ImportState.FAULTY, ImportState.READY, ImportState.CANCELLED, ImportState.FAILED},
    ImportState.FAULTY: {ImportState.CHECKING},
    ImportState.READY: {ImportState.RUNNING, ImportState.CHECKING, ImportState.CANCELLED},
    ImportState.RUNNING: {ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED},
    ImportState.DONE: set(),
    ImportState.CANCELLED: set(),
    ImportState.FAILED: {ImportState.CHECKING},
}

IMPORT_WAITING_FOR = {
    ImportState.CHECKING: "hệ thống",
    ImportState.FAULTY: "người tải lên",
    ImportState.READY: "người tải lên",
    ImportState.RUNNING: "hệ thống",
    ImportState.DONE: None,
    ImportState.CANCELLED: None,
    ImportState.FAILED: "người tải lên",
}

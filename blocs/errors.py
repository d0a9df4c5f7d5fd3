"""What the services of the blocs refuse."""

from common.errors import DomainError, IllegalStep


class Invalid(DomainError):
    """The values do not make a record; the message holds one sentence per fault."""

    status = 422


class WrongDate(Invalid):
    """The date cannot be: in the future, out of order, outside the period."""


class Overlap(DomainError):
    """The unit is a member of the bloc already on some day of the period."""


class OfficeTaken(DomainError):
    """The office has a unit already, or the unit has another office."""


class Taken(DomainError):
    """Somebody else has just saved a record with the same key."""


class CovenantFrozen(IllegalStep):
    """The covenant was sent: its text stands, a change needs a new version."""

    def __init__(self, version, target):
        state = version.get_state_display()
        message = f"Giao ước đang ở trạng thái “{state}” nên không sửa được; nếu cần hãy lập bản mới."
        super().__init__(version, target, message)


class NotOpenForSigning(IllegalStep):
    """Signatures are recorded only between sending and the last signature."""

    def __init__(self, version, target, message=""):
        state = version.get_state_display()
        super().__init__(version, target, message or f"Giao ước đang ở trạng thái “{state}” nên không ghi nhận chữ ký được.")


class ReplacedVersion(NotOpenForSigning):
    """A newer version was sent meanwhile; the unit signs that one."""

    def __init__(self, version, target):
        message = f"Bản số {version.number} đã được thay bằng bản mới; xin mở giao ước và ký bản mới."
        super().__init__(version, target, message)


class NotYourTurn(DomainError):
    """The units sign one after the other, and somebody before this one has not signed yet (F18)."""

    def __init__(self, signature, waiting):
        names = "; ".join(str(row.unit) for row in waiting[:3]) + ("…" if len(waiting) > 3 else "")
        super().__init__(
            f"Giao ước được ký lần lượt; chưa đến lượt {signature.unit}, còn chờ: {names}.", subject=signature.version
        )
        self.waiting = waiting

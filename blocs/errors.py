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
        super().__init__(version, target)
        self.message = (
            f"Giao ước đang ở trạng thái “{version.get_state_display()}” nên không sửa được; nếu cần hãy lập bản mới."
        )


class NotOpenForSigning(IllegalStep):
    """Signatures are recorded only between sending and the last signature."""

    def __init__(self, version, target):
        super().__init__(version, target)
        self.message = f"Giao ước đang ở trạng thái “{version.get_state_display()}” nên không ghi nhận chữ ký được."

"""What the services of the meetings refuse."""

from common.errors import DomainError


class MeetingInvalid(DomainError):
    """What was entered cannot be; the message holds one sentence per fault."""

    status = 422

    def __init__(self, faults, *, subject=None):
        self.faults = list(faults)
        super().__init__(" ".join(self.faults), subject=subject)


class NoNextYear(DomainError):
    """The emulation year for which a unit was elected does not exist yet."""

    status = 422


class OfficeSettled(DomainError):
    """The elected office has begun and other records hang on it."""

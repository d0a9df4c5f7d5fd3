"""What the services of the blocs refuse."""

from common.errors import DomainError


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

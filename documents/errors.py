"""What the services of papers refuse."""

from common.errors import DomainError


class NumberTaken(DomainError):
    """The number is on another paper of the same issuer and year (DOC-23)."""


class WrongDate(DomainError):
    """The date of issue cannot be."""

    status = 422


class Invalid(DomainError):
    """What was sent cannot be kept; the message says why."""

    status = 422

"""What the services of papers refuse."""

from common.errors import DomainError


class NumberTaken(DomainError):
    """The number is on another paper of the same issuer and year (DOC-23)."""


class WrongDate(DomainError):
    """The date of issue cannot be."""

    status = 422

"""What the services of awards refuse besides the common refusals."""

from common.errors import DomainError


class AlreadyHandled(DomainError):
    """The board has begun to handle the letter; the sender can no longer take it back (F66)."""


class NotOnThisLetter(DomainError):
    """An item that does not belong where the act takes place."""

    status = 422


class AlreadyDecided(DomainError):
    """The item stands on another decision."""

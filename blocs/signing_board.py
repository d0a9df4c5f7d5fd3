"""The signing board of a covenant: who has signed and how, who is waited for, how long still (F17, F20)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from blocs.enums import CovenantState, SignatureState, SigningOrder
from blocs.models import CovenantRevision, CovenantSignature, CovenantVersion
from common.text import count_words


@dataclass(frozen=True)
class BoardLine:
    """One unit: `is_next` where it may sign now, `reminded_on` the day of the last letter to it."""

    signature: CovenantSignature
    is_next: bool = False
    reminded_on: date | None = None

    @property
    def is_open(self):
        return self.signature.state in (SignatureState.WAITING, SignatureState.REFUSED)

    @property
    def is_waiting(self):
        return self.signature.state == SignatureState.WAITING


@dataclass
class SigningBoard:
    version: CovenantVersion
    lines: list[BoardLine]
    revisions: list[CovenantRevision]

    @property
    def signed(self):
        return self._count(SignatureState.SIGNED)

    @property
    def due(self):
        return len(self.lines) - self._count(SignatureState.RELEASED)

    @property
    def refused(self):
        return self._count(SignatureState.REFUSED)

    def _count(self, state):
        return sum(line.signature.state == state for line in self.lines)

    @property
    def is_open(self):
        return self.version.state == CovenantState.SIGNING

    @property
    def in_turn(self):
        return self.version.order == SigningOrder.IN_TURN

    @cached_property
    def days_left(self):
        """Days to the deadline, negative when it has passed; None where nobody is waited for or none was set."""
        if not self.is_open or self.version.sign_by is None:
            return None
        return (self.version.sign_by - timezone.localdate()).days

    @property
    def is_late(self):
        return self.days_left is not None and self.days_left < 0

    @property
    def deadline_words(self):
        return deadline_words(self.days_left) if self.days_left is not None else ""

    @property
    def last_file(self):
        return self.revisions[-1] if self.revisions else None

    @property
    def to_remind(self):
        """Lines that a letter would go to now: waiting, able to sign, not reminded today."""
        today = timezone.localdate()
        return [line for line in self.lines if line.is_next and line.is_waiting and line.reminded_on != today]


def deadline_words(days_left):
    """ "Còn 05 ngày", "Hôm nay là hạn cuối", "Quá hạn 03 ngày"."""
    if days_left == 0:
        return "Hôm nay là hạn cuối"
    return f"Còn {count_words(days_left)} ngày" if days_left > 0 else f"Quá hạn {count_words(-days_left)} ngày"


def signing_board(version):
    """The SigningBoard of a version; two queries however many units sign."""
    rows = (
        version.signatures.select_related("unit", "recorded_by")
        .annotate(reminded_on=Max("reminders__sent_on"))
        .order_by("position", "pk")
    )
    lines, is_blocked = [], version.state != CovenantState.SIGNING
    for row in rows:
        row.version = version
        is_open = row.state in (SignatureState.WAITING, SignatureState.REFUSED)
        lines.append(BoardLine(row, is_open and not is_blocked, row.reminded_on))
        is_blocked = is_blocked or (is_open and version.order == SigningOrder.IN_TURN)
    return SigningBoard(version, lines, list(version.revisions.select_related("signature__unit")))

"""Whether the result of a target reaches it: one rule for every page, paper and chart (F24, N6)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices

from blocs.enums import Qualifier


class Judgement(TextChoices):
    """What is said about a target; nothing is rounded in anybody's favour."""

    REACHED = "reached", "Đạt"
    MISSED = "missed", "Chưa đạt"
    UNCLEAR = "unclear", "Cần xem xét"
    NO_RESULT = "no_result", "Chưa có kết quả"


JUDGEMENT_TONES = {
    Judgement.REACHED: "ok",
    Judgement.MISSED: "bad",
    Judgement.UNCLEAR: "warn",
    Judgement.NO_RESULT: "neutral",
}

_ABOVE = {Qualifier.OVER, Qualifier.MORE}
_BELOW = {Qualifier.UNDER, Qualifier.NEARLY}


@dataclass(frozen=True)
class Amount:
    """What is known of a number: it lies between `low` and `high`; None is no limit, an open end is not reached itself.

    `value` is the number as written, `qualifier` the word before it.
    """

    value: Decimal
    qualifier: str = Qualifier.NONE
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False


def amount_of(value, qualifier=Qualifier.NONE):
    """The Amount that a number with its word means: "trên 85" is more than 85, "khoảng 85" may be anything near."""
    low = value if qualifier in (Qualifier.NONE, Qualifier.AT_LEAST) or qualifier in _ABOVE else None
    high = value if qualifier in (Qualifier.NONE, Qualifier.AT_MOST) or qualifier in _BELOW else None
    return Amount(value, qualifier, low, high, low_open=qualifier in _ABOVE, high_open=qualifier in _BELOW)


def total_of(amounts, missing=0):
    """The sum of amounts, exactly; `missing` more are still to come and are nothing less than zero each."""
    amounts = list(amounts)
    lows, highs = [row.low for row in amounts], [row.high for row in amounts]
    has_high = not missing and None not in highs
    return Amount(
        value=sum((row.value for row in amounts), Decimal(0)),
        qualifier=_word_of({Qualifier(row.qualifier) for row in amounts} - {Qualifier.NONE}),
        low=None if None in lows else sum(lows, Decimal(0)),
        high=sum(highs, Decimal(0)) if has_high else None,
        low_open=any(row.low_open for row in amounts),
        high_open=has_high and any(row.high_open for row in amounts),
    )


def _word_of(words):
    """The word before a sum: that of its parts while they say the same direction, else "khoảng"."""
    if len(words) < 2:
        return next(iter(words), Qualifier.NONE)
    if words <= _ABOVE | {Qualifier.AT_LEAST}:
        return Qualifier.OVER
    if words <= _BELOW | {Qualifier.AT_MOST}:
        return Qualifier.UNDER
    return Qualifier.ABOUT


def judge(target, qualifier, amount):
    """The Judgement of an Amount (None: nothing reported) beside a target and its word.

    "ít nhất" and a bare number are reached by that number or more, "trên" and "hơn" only by more; "không quá" by that
    number or less, "dưới" only by less. "gần" and "khoảng" are reached by the number; what falls short of them a person
    decides. Where the result itself is not exact, only what holds for every value it may have is said.
    """
    if amount is None:
        return Judgement.NO_RESULT
    if qualifier in (Qualifier.AT_MOST, Qualifier.UNDER):
        return _judge_ceiling(target, amount, strict=qualifier == Qualifier.UNDER)
    found = _judge_floor(target, amount, strict=qualifier in _ABOVE)
    if found == Judgement.MISSED and qualifier in (Qualifier.NEARLY, Qualifier.ABOUT):
        return Judgement.UNCLEAR
    return found


def _judge_floor(target, amount, *, strict):
    if amount.low is not None and (amount.low > target or (amount.low == target and (amount.low_open or not strict))):
        return Judgement.REACHED
    if amount.high is not None and (amount.high < target or (amount.high == target and (amount.high_open or strict))):
        return Judgement.MISSED
    return Judgement.UNCLEAR


def _judge_ceiling(target, amount, *, strict):
    if amount.high is not None and (amount.high < target or (amount.high == target and (amount.high_open or not strict))):
        return Judgement.REACHED
    if amount.low is not None and (amount.low > target or (amount.low == target and (amount.low_open or strict))):
        return Judgement.MISSED
    return Judgement.UNCLEAR

"""What a report says about the targets of the covenant: read from their ledger, as plain texts (F24, FRM-7)."""

from decimal import Decimal

from blocs.enums import ResultStage
from blocs.judging import Judgement
from blocs.ledger import bars_of, ledger_of
from common.text import count_words
from meetings.enums import MeetingKind

# A picture cannot go over a page, and a high one leaves a hole before it.
_BARS = 6
_SAID = {
    Judgement.REACHED: "đạt",
    Judgement.MISSED: "chưa đạt",
    Judgement.UNCLEAR: "cần xem xét",
    Judgement.NO_RESULT: "chưa có kết quả",
}


def stage_of_meeting(meeting):
    """A year-end meeting speaks of the whole year, a mid-year review of its first half; None for any other."""
    if MeetingKind.YEAR_END in meeting.kinds:
        return ResultStage.YEAR_END
    return ResultStage.MID_YEAR if MeetingKind.MID_YEAR in meeting.kinds else None


def targets_of(meeting):
    """The targets with their results at the stage of the meeting: a sentence, the table by heading, the bars of the charts.

    Nothing while no result of that stage is known: a report does not list what nobody has entered.
    """
    stage = stage_of_meeting(meeting)
    if stage is None:
        return {}
    ledger = ledger_of(meeting.bloc_year)
    if not ledger.has_results(stage):
        return {}
    bars = bars_of(ledger, stage)
    return {
        "summary": _summary(ledger, stage),
        "groups": [
            {"heading": heading, "rows": [_line(row, row.outcome(stage)) for row in rows]} for heading, rows in ledger.groups
        ],
        "charts": _charts(bars),
        "longest": str(max(Decimal(bar["value"]) for bar in bars)),
    }


def lacks_results(meeting):
    """Whether there are targets and no result of any of them at the stage of the meeting."""
    stage = stage_of_meeting(meeting)
    if stage is None:
        return False
    ledger = ledger_of(meeting.bloc_year)
    return bool(ledger.rows) and not ledger.has_results(stage)


def _summary(ledger, stage):
    counts = ledger.counts(stage)
    said = [f"{count_words(counts[key])} chỉ tiêu {words}" for key, words in _SAID.items() if counts[key]]
    return f"Giao ước thi đua có {count_words(len(ledger.rows))} chỉ tiêu đo được: {', '.join(said)}."


def _line(row, outcome):
    notes = [note for note in (outcome.count_note, outcome.note) if note]
    return {
        "number": row.number,
        "text": row.item.text.rstrip(" ."),
        "target": row.target,
        "result": outcome.words,
        "note": "; ".join(notes),
        "judgement": outcome.label,
    }


def _charts(bars):
    """The bars in pictures of about the same height."""
    pictures = -(-len(bars) // _BARS)
    size = -(-len(bars) // pictures)
    return [bars[start : start + size] for start in range(0, len(bars), size)]

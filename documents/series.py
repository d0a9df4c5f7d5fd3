"""The number series of an issuer as its clerk reads them: how far each has come, and which numbers are missing (DOC-23)."""

import re
from collections import defaultdict
from dataclasses import dataclass

from documents.models import IssuedDocument, NumberSeries, Paper

# So many ranges are named; a series typed from another register would fill pages.
_MOST_GAPS = 12
_PAPER_NUMBER = re.compile(r"^\s*(\d{1,6})[a-zđ]?\s*[/-]\s*([^\W\d_]{1,10})", re.IGNORECASE)


@dataclass(frozen=True)
class SeriesRow:
    """One type of paper in one year or term. `last`: given automatically so far; `highest`: on any paper."""

    type: str
    period: str
    count: int
    lowest: int | None
    highest: int | None
    last: int | None
    gaps: tuple = ()
    is_cut: bool = False

    @property
    def next(self):
        """What an automatic issuer would give next."""
        return max(self.last or 0, self.highest or 0) + 1


def series_of(issuer):
    """SeriesRows of an issuer, newest period first; three queries however many papers there are."""
    used, counts = defaultdict(set), defaultdict(int)
    rows = IssuedDocument.objects.filter(issuer=issuer).exclude(running="").order_by()
    for kind, period, running in rows.values_list("type", "period", "running"):
        counts[kind, period] += 1
        if digits := re.match(r"\d+", running):
            used[kind, period].add(int(digits.group()))
    given = {(row.type, row.period): row.last for row in NumberSeries.objects.filter(issuer=issuer)}
    elsewhere = _elsewhere(issuer)
    found = [_row(key, counts[key], used[key], given.get(key), elsewhere[key]) for key in set(counts) | set(given)]
    return sorted(found, key=lambda row: (row.period, row.type), reverse=True)


def _row(key, count, used, last, elsewhere):
    missing = sorted(set(range(min(used), max(used))) - used - elsewhere) if used else []
    ranges = _ranges(missing)
    return SeriesRow(
        type=key[0],
        period=key[1],
        count=count,
        lowest=min(used, default=None),
        highest=max(used, default=None),
        last=last,
        gaps=tuple(ranges[:_MOST_GAPS]),
        is_cut=len(ranges) > _MOST_GAPS,
    )


def _elsewhere(issuer):
    """Numbers of the issuer's papers that were made elsewhere and are kept as scans; these are no gaps."""
    found = defaultdict(set)
    for number, day in Paper.objects.unsealed().filter(issuer=issuer).values_list("number", "issued_on"):
        if match := _PAPER_NUMBER.match(number):
            found[match.group(2), str(day.year)].add(int(match.group(1)))
    return found


def _ranges(numbers):
    """[3, 4, 5, 9] → ["03–05", "09"]."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{first:02d}" if first == last else f"{first:02d}–{last:02d}" for first, last in runs]

"""“As of a day”: a list of members, offices or blocs shown as it was on the day of `?ngay=` (F3).

    day = day_of(request)                                  # today unless asked
    day = day_of(request, default=bloc_year.reference_day)  # the page's own day unless asked

The page shows `{% asof_bar %}` and keeps the day in its links by `{% keep_day url %}` (docs/components.md).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

PARAMETER = "ngay"
_WRITTEN = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
# No paper of the work is older, no plan reaches further; what lies outside is a slip of the keyboard.
_YEARS = range(1945, 2101)


@dataclass(frozen=True)
class AsOf:
    """The day a page is shown for. `is_asked`: by the address; `is_nonsense`: the address holds no day, so the default."""

    day: date
    default: date
    is_asked: bool = False
    is_nonsense: bool = False
    text: str = ""

    @property
    def is_today(self):
        return self.day == timezone.localdate()


def day_of(request, default=None):
    """The day of `?ngay=` (31/12/2021 or 2021-12-31), else the page's own, else today; also left in `request.as_of`."""
    default = default or timezone.localdate()
    text = request.GET.get(PARAMETER, "").strip()
    asked = read_day(text)
    request.as_of = AsOf(
        day=asked or default,
        default=default,
        is_asked=asked is not None and asked != default,
        is_nonsense=bool(text) and asked is None,
        text=text[:40],
    )
    return request.as_of.day


def read_day(text):
    """The date a text says, or None."""
    for written in _WRITTEN:
        try:
            day = datetime.strptime(text, written).date()
        except ValueError:
            continue
        return day if day.year in _YEARS else None
    return None

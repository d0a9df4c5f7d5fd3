"""Dated rows: `starts_on` and `ends_on` are both inclusive, an empty `ends_on` is open (design §3)."""

from django.db.models import Q
from django.utils import timezone


def on_day(day=None, prefix=""):
    """The condition "in force on that day" (today when none is given), for rows reached through `prefix`."""
    day = day or timezone.localdate()
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def overlapping(starts_on, ends_on=None, prefix=""):
    """The condition "shares at least one day with this period"; an open end runs for ever."""
    condition = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": starts_on})
    return condition & Q(**{f"{prefix}starts_on__lte": ends_on}) if ends_on else condition


class DatedQuerySetMixin:
    """For querysets of dated rows."""

    def on(self, day=None):
        """Rows in force on that day."""
        return self.filter(on_day(day))

    def in_period(self, starts_on, ends_on=None):
        """Rows that share a day with the period."""
        return self.filter(overlapping(starts_on, ends_on))

"""Names of units on pages that show a day of the past (ORG-R6)."""

from django import template
from django.utils.html import format_html

from blocs.succession import name_book

register = template.Library()


@register.simple_tag
def unit_name(unit, day):
    """The name of that day and, where it is another today, "(nay là …)"; no query of its own however many units."""
    book = name_book()
    shown = getattr(unit, "name_on_day", None) or book.name_on(unit, day)
    return _with_note(shown, book.now_called(unit, shown))


@register.simple_tag
def now_called(unit, shown):
    """Only the "(nay là …)" beside a name that the page already shows."""
    note = name_book().now_called(unit, str(shown))
    return format_html(' <span class="unit-now">({})</span>', note) if note else ""


def _with_note(shown, note):
    return format_html('{} <span class="unit-now">({})</span>', shown, note) if note else shown

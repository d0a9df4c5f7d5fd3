"""Numbers, dates and words as a Vietnamese office writes them."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from common.text import count_words

register = template.Library()

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@register.filter
def so(value, places=None):
    """1.234.567,5: a dot for thousands, a decimal comma, no useless zeros; `|so:2` for fixed places."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    text = f"{number:,.{int(places)}f}" if places is not None else f"{number:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def so_neu_la_so(value):
    """A number as `so` writes it, anything else as it is."""
    return so(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


@register.filter
def dem(value):
    """A count in prose: 05, 15, 1.234 (DOC-32)."""
    return "" if value is None or value == "" else count_words(int(value))


@register.filter
def hoa_dau(text):
    """The first letter in capitals, the rest as it is."""
    text = str(text or "")
    return text[:1].upper() + text[1:]


@register.filter
def ngay(value):
    """11/01/2022."""
    return date_format(_local(value), "d/m/Y") if value else ""


@register.filter
def ngay_gio(value):
    """09:30 ngày 11/01/2022."""
    return date_format(_local(value), "H:i \\n\\g\\à\\y d/m/Y") if value else ""


@register.filter
def luc(value):
    """A moment with its time, a day without, a text as it is."""
    if isinstance(value, datetime):
        return ngay_gio(value)
    return ngay(value) if isinstance(value, date) else value


@register.filter
def ngay_dai(value):
    """thứ Ba, ngày 11 tháng 01 năm 2022; days under 10 and the first two months with a leading zero."""
    if not value:
        return ""
    day = _local(value)
    return f"{_WEEKDAYS[day.weekday()]}, ngày {day.day:02d} tháng {month_words(day.month)} năm {day.year}"


@register.filter
def ngay_van_ban(value):
    """ngày 11 tháng 01 năm 2022, as under the letterhead of a paper."""
    if not value:
        return ""
    day = _local(value)
    return f"ngày {day.day:02d} tháng {month_words(day.month)} năm {day.year}"


@register.filter
def dung_luong(size):
    """1,4 MB."""
    if size is None or size == "":
        return ""
    size, unit = Decimal(size), "byte"
    for larger in ("KB", "MB", "GB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{so(round(size, 1))} {unit}"


def month_words(month):
    """01, 02, 3 … 12: the decree puts a zero before the first two months only."""
    return f"{month:02d}" if month < 3 else str(month)


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and timezone.is_aware(value) else value

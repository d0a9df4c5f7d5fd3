"""How a target and a result are written on pages and papers."""

from blocs.enums import Qualifier, TargetBasis
from common.templatetags.vi import so
from common.text import count_words


def target_words(item):
    """ "ít nhất 02 nhà", "100%", "1.234,5 triệu đồng"; nothing for a content without target."""
    if item.value is None:
        return ""
    return amount_words(item.value, item.qualifier, item.unit_of_measure)


def amount_words(value, qualifier="", unit_of_measure=""):
    """A number with the word before it and what it counts; counts under ten with a leading zero (DOC-32)."""
    is_share = unit_of_measure.startswith("%")
    is_count = value == value.to_integral_value() and not is_share
    number = count_words(int(value)) if is_count and value else so(value)
    words = Qualifier(qualifier).label if qualifier else ""
    amount = f"{number}{unit_of_measure}" if is_share else f"{number} {unit_of_measure}"
    return " ".join(part for part in (words, amount.strip()) if part)


def item_words(item):
    """What is promised beside the text: "ít nhất 02 nhà; thời hạn 30/9/2022; đơn vị phụ trách: Sở Y tế"."""
    basis = TargetBasis(item.basis).label if item.value is not None and item.basis != TargetBasis.BLOC else ""
    parts = [
        target_words(item),
        basis,
        f"thời hạn {short_day(item.due_on)}" if item.due_on else "",
        f"đơn vị phụ trách: {item.responsible}" if item.responsible else "",
    ]
    return "; ".join(part for part in parts if part)


def item_line(item):
    """The same as a line of the printed covenant: "Chỉ tiêu: …", or "Thời hạn …" where nothing is measured."""
    words = item_words(item)
    if not words:
        return ""
    return f"Chỉ tiêu: {words}." if item.value is not None else f"{words[:1].upper()}{words[1:]}."


def short_day(day):
    """30/9/2022, 05/01/2022: a zero before days under ten and the first two months only (DOC-10)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"

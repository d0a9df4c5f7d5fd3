"""From a number as an office writes it to the exact number: "5.848", "1 tỷ 500 triệu đồng", "trên 845", "4/8 đơn vị"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from blocs.enums import Qualifier
from common.text import clean_text

MAX_DIGITS = 18
MAX_PLACES = 4
# Both spellings of an office; "nghìn tỷ" multiplies once more.
_SCALES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_QUALIFIERS = {
    "trên": Qualifier.OVER,
    "hơn": Qualifier.MORE,
    "gần": Qualifier.NEARLY,
    "khoảng": Qualifier.ABOUT,
    "ít nhất": Qualifier.AT_LEAST,
    "tối thiểu": Qualifier.AT_LEAST,
}
_BLANKS = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_NUMBER = re.compile(rf"[0-9](?:[0-9.,]|{_BLANKS}(?=[0-9]{{3}}(?![0-9])))*")
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:[.]|{_BLANKS})[0-9]{{3}}(?:(?:[.]|{_BLANKS})[0-9]{{3}})*")


class NotAnAmount(ValueError):
    """The text is not one number; the message is a Vietnamese sentence for the form."""


@dataclass(frozen=True)
class Amount:
    """The exact value, and what else stood beside it."""

    value: Decimal
    unit: str = ""
    qualifier: str = Qualifier.NONE
    denominator: Decimal | None = None


def parse_amount(text):
    """The Amount a text says; a dot groups thousands, a comma begins the decimals. Raises NotAnAmount.

    What could mean two numbers is asked back instead of guessed: "1.5", "1 tỷ 500", "5-7".
    """
    rest = clean_text(unicodedata.normalize("NFC", text))
    if not rest:
        raise NotAnAmount("Hãy ghi giá trị.")
    qualifier, rest = _qualifier(rest)
    sign, rest = (-1, rest[1:].lstrip()) if rest[:1] in {"-", "−"} else (1, rest)
    value, rest = _value(rest, text)
    denominator = None
    if rest.startswith("/"):
        denominator, rest = _value(rest[1:].lstrip(), text)
        if denominator == 0:
            raise NotAnAmount("Số ở dưới dấu “/” phải lớn hơn 0.")
    if re.search(r"[0-9]", rest) or rest[:1] in {"-", "–", "+", "*", "/"}:
        raise NotAnAmount(f"“{text}” có hơn một con số; mỗi dòng chỉ ghi một giá trị.")
    return Amount(_checked(sign * value), rest, qualifier, None if denominator is None else _checked(denominator))


def _qualifier(text):
    lowered = text.casefold()
    for word, qualifier in _QUALIFIERS.items():
        if lowered.startswith(word + " "):
            return qualifier, text[len(word) :].lstrip()
    return Qualifier.NONE, text


def _value(rest, whole):
    """The number at the beginning with its words of scale, and what follows it: of "1 tỷ 500 triệu đồng" the "đồng"."""
    total, last_scale = None, None
    while (found := _NUMBER.match(rest)) is not None:
        number = _number(found.group())
        scale, after = _scale(rest[found.end() :].lstrip(_BLANKS[1:-1]))
        if total is None:
            total = number * scale
        elif scale == 1:
            raise NotAnAmount(f"“{whole}” chưa rõ: hãy ghi đơn vị sau số {found.group()}, ví dụ “{found.group()} triệu”.")
        elif scale >= last_scale:
            raise NotAnAmount(f"“{whole}” có các phần không theo thứ tự giảm dần, ví dụ đúng: “1 tỷ 500 triệu”.")
        else:
            total += number * scale
        last_scale, rest = scale, after
        if scale == 1:
            break
    if total is None:
        raise NotAnAmount(f"“{whole}” không phải là số. Ví dụ: 5.848; 99,5; 1 tỷ 500 triệu.")
    return total, rest


def _scale(rest):
    scale = 1
    while (word := re.match(r"[^\W\d_]+", rest)) and word.group().casefold() in _SCALES:
        scale *= _SCALES[word.group().casefold()]
        rest = rest[word.end() :].lstrip()
    return scale, rest


def _number(text):
    whole, comma, places = text.rstrip(".,").partition(",")
    if "," in places:
        raise NotAnAmount(f"“{text}” chưa rõ: dùng dấu chấm để phân cách hàng nghìn, ví dụ 1.500.000.")
    if "." in places:
        raise NotAnAmount(f"“{text}” chưa rõ: dấu chấm phân cách hàng nghìn, dấu phẩy trước phần lẻ, ví dụ 1.234,5.")
    if not whole.isdecimal():
        if not _GROUPED.fullmatch(whole):
            raise NotAnAmount(f"“{text}” chưa rõ: dấu chấm phân cách từng ba chữ số; phần lẻ viết sau dấu phẩy, ví dụ 1,5.")
        whole = re.sub(r"[^0-9]", "", whole)
    if len(whole) > MAX_DIGITS or len(places) > MAX_DIGITS:
        raise NotAnAmount("Số quá dài; xin kiểm tra lại.")
    return Decimal(f"{whole}.{places}" if comma and places else whole)


def _checked(value):
    if abs(value) >= 10**MAX_DIGITS:
        raise NotAnAmount("Số quá lớn; xin kiểm tra lại.")
    if value != round(value, MAX_PLACES):
        raise NotAnAmount(f"Số có nhiều hơn {MAX_PLACES} chữ số sau dấu phẩy.")
    # No minus before a zero.
    return abs(value) if value == 0 else value

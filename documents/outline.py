"""Typed text with chapters, articles, clauses and points, as blocks that a paper lays out (DOC-16, DOC-17)."""

import re

from common.text import clean_text

CHAPTER, ARTICLE, CLAUSE, POINT, PARAGRAPH = "chapter", "article", "clause", "point", "paragraph"
# Điểm are lettered in the Vietnamese alphabet (DOC-17).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_CHAPTER = re.compile(r"chương\s+([ivxlc]+|\d{1,3})\b[\s.:–-]*(.*)", re.IGNORECASE)
_ARTICLE = re.compile(r"điều\s+(\d{1,3})\s*[.:]\s*(.*)", re.IGNORECASE)
_CLAUSE = re.compile(r"(\d{1,3})\.\s+(.+)")
_POINT = re.compile(rf"([{POINT_LETTERS}])\)\s*(.+)", re.IGNORECASE)


def parse_outline(text):
    """The blocks of a typed text, one per line: dicts with `kind`, `number`, `title` and `text`, plain data to be frozen.

    `chapter` and `article` have a number and a title, `clause` and `point` a number and a text, `paragraph` a text. A
    chapter whose line holds only its number takes the next plain line as its title, as offices write it. Nothing is
    corrected: what is out of order stays as typed, see `outline_faults`.
    """
    blocks = []
    for line in filter(None, clean_text(str(text or "")).split("\n")):
        block = _block_of(line)
        last = blocks[-1] if blocks else None
        if block["kind"] == PARAGRAPH and last and last["kind"] == CHAPTER and not last["title"]:
            last["title"] = line
        else:
            blocks.append(block)
    return blocks


def _block_of(line):
    if found := _CHAPTER.fullmatch(line):
        return _block(CHAPTER, found[1].upper(), title=found[2])
    if found := _ARTICLE.fullmatch(line):
        return _block(ARTICLE, found[1], title=found[2])
    if found := _CLAUSE.fullmatch(line):
        return _block(CLAUSE, found[1], text=found[2])
    if found := _POINT.fullmatch(line):
        return _block(POINT, found[1].lower(), text=found[2])
    return _block(PARAGRAPH, "", text=line)


def _block(kind, number, title="", text=""):
    return {"kind": kind, "number": number, "title": title, "text": text}


def outline_faults(text):
    """Vietnamese sentences about numbers that are out of order; they warn, the text is printed as it was typed.

    Chapters run in Roman numerals, articles through the whole text, clauses begin anew in each article and points in
    each clause (DOC-16, DOC-17).
    """
    faults, expected = [], {CHAPTER: 1, ARTICLE: 1, CLAUSE: 1, POINT: 1}
    place = "đầu văn bản"
    for block in parse_outline(text):
        kind, number = block["kind"], block["number"]
        if kind == PARAGRAPH:
            continue
        if kind == ARTICLE:
            expected |= {CLAUSE: 1, POINT: 1}
        elif kind == CLAUSE:
            expected[POINT] = 1
        should = _numeral(kind, expected[kind])
        if number != should:
            within = f" ở {place}" if kind in (CLAUSE, POINT) else ""
            faults.append(f"{_label(kind, number)}{within} không đúng thứ tự, lẽ ra là {_label(kind, should)}.")
        if kind in (CHAPTER, ARTICLE) and not block["title"]:
            faults.append(f"{_label(kind, number)} chưa có tên.")
        if kind == ARTICLE:
            place = f"Điều {number}"
        # Counted from what stands there, so that one slip is one sentence and not one for every line below it.
        expected[kind] = (_value(kind, number) or expected[kind]) + 1
    return faults


def _label(kind, number):
    if kind == CHAPTER:
        return f"Chương {number}"
    return {ARTICLE: f"Điều {number}", CLAUSE: f"Khoản {number}", POINT: f"Điểm {number}"}[kind]


def _numeral(kind, value):
    if kind == CHAPTER:
        return roman(value)
    if kind == POINT:
        return POINT_LETTERS[value - 1] if value <= len(POINT_LETTERS) else ""
    return str(value)


def _value(kind, number):
    """What a numeral stands for; None where it stands for nothing, such as "IIV"."""
    if kind == CHAPTER:
        return next((value for value in range(1, 100) if roman(value) == number), None)
    if kind == POINT:
        return POINT_LETTERS.index(number) + 1
    return int(number)


_ROMAN = ((90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number):
    """4 → "IV", as Phần, Chương and Phụ lục are numbered (DOC-16, DOC-30)."""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text

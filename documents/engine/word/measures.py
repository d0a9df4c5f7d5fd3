"""How wide text is in Times New Roman, and how wide the columns of a table must be.

Tinos, the font of the PDF, has the widths of Times New Roman. Word and LibreOffice keep the columns they are given,
so they are computed here as a browser would: what fits on one line, else between the longest word and that.
"""

import math
import re
from functools import lru_cache

from fontTools.ttLib import TTFont

from documents.engine.fonts import find_static
from documents.engine.word.model import Run
from documents.engine.word.styles import STYLES

MM = 25.4 / 72
_FACES = {
    (False, False): "fonts/Tinos_400Regular.ttf",
    (True, False): "fonts/Tinos_700Bold.ttf",
    (False, True): "fonts/Tinos_400Regular_Italic.ttf",
    (True, True): "fonts/Tinos_700Bold_Italic.ttf",
}
_LONG = 30
_PIECES = re.compile(r"[^-]*-+|[^-]+")
# Padding of 4 pt on both sides and the line.
CELL_EDGE = 8.5 * MM


@lru_cache(maxsize=4)
def _face(bold, italic):
    with TTFont(find_static(_FACES[bold, italic])) as font:
        unit = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {letter: metrics[glyph][0] / unit for letter, glyph in font.getBestCmap().items()}


def text_width(text, *, size, bold=False, italic=False):
    """Millimetres."""
    face = _face(bool(bold), bool(italic))
    return sum(face.get(ord(letter), 0.5) for letter in text) * size * MM


def words_of(para):
    """(lines of (width of a word, width it can be broken to) of a paragraph, width of a blank).

    A no-break space is part of its word. Words break after a hyphen, and one longer than 30 letters anywhere
    (`documents.engine.breaking`).
    """
    style = STYLES[para.style]
    lines = [[]]
    for run in para.runs:
        if not isinstance(run, Run):
            lines[-1].append((run.width, run.width))
            continue
        face = {"size": style.size, "bold": style.bold or run.bold, "italic": style.italic or run.italic}
        for number, line in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1] += [_measured(word, face) for word in line.split(" ") if word]
    return lines, text_width(" ", size=style.size, bold=style.bold, italic=style.italic)


def _measured(word, face):
    pieces = [text_width(piece, **face) for piece in _PIECES.findall(word)]
    return sum(pieces), 0.0 if len(word) > _LONG else max(pieces)


def height_of(para, width):
    """Points that a paragraph takes in a column of `width` millimetres, without the room around it."""
    style = STYLES[para.style]
    lines, blank = words_of(para)
    count = 0
    for words in lines:
        count += 1
        at = 0.0
        for word, _ in words:
            if at and at + blank + word > width:
                count += 1
                at = word
            else:
                at += (blank if at else 0) + word
            if at > width:
                count += math.ceil(at / width) - 1
                at %= width
    return count * style.line * style.size


def widest(blocks):
    """Millimetres of the longest line of these paragraphs."""
    return _needs_of(blocks)[1]


def _needs(cell):
    """(longest word, longest line) of a cell, with its padding."""
    least, most = _needs_of(cell.blocks)
    return least + CELL_EDGE, most + CELL_EDGE


def _needs_of(blocks):
    least = most = 0.0
    for block in blocks:
        lines, blank = words_of(block)
        for words in lines:
            least = max([least, *(shortest for _, shortest in words)])
            most = max(most, sum(width for width, _ in words) + blank * (len(words) - 1))
    return least, most


def column_widths(grid, count, width):
    """Millimetres of `count` columns that fill `width`; `grid` gives (first column, cell) of every cell."""
    least, most = [CELL_EDGE] * count, [CELL_EDGE] * count
    wide = []
    for first, cell in grid:
        needs = _needs(cell)
        if cell.span == 1:
            least[first], most[first] = max(least[first], needs[0]), max(most[first], needs[1])
        else:
            wide.append((first, cell.span, needs))
    for first, span, needs in wide:
        for columns, need in ((least, needs[0]), (most, needs[1])):
            lack = need - sum(columns[first : first + span])
            if lack > 0:
                for column in range(first, first + span):
                    columns[column] += lack / span
    return _spread([max(pair) for pair in zip(least, most, strict=True)], least, width)


def _spread(most, least, width):
    if sum(most) <= width:
        return [column * width / sum(most) for column in most]
    if sum(least) >= width:
        return [column * width / sum(least) for column in least]
    share = (width - sum(least)) / (sum(most) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, most, strict=True)]

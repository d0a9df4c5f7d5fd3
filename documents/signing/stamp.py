"""What a signature shows on the paper: who, for which unit, when (SIG-4), in the font of our papers."""

import hashlib
import io
import os
import tempfile
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from documents.engine.fonts import find_static
from documents.signing.certificates import moment_text

_FONT = "fonts/Tinos_400Regular.ttf"
_UNITS = 1000
# The blue of signatures on official papers (SIG-2).
_BLUE = (0.0, 0.18, 0.56)
_SIZES = (9, 8, 7, 6, 5)
_MARGIN = 3
_NOTHING = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID, margins=Margins.uniform(0))


def stamp_style(*, signer, unit, moment, width, height):
    """The stamp for a field of this size in points; the letters shrink from 9 to 5 points until all fits."""
    names = [printable(f"Ký bởi: {signer}"), printable(f"Cơ quan: {unit}")]
    when = f"Thời gian ký: {moment_text(moment)}"
    lines, size = _fit(names, when, width - 2 * _MARGIN, height - 2 * _MARGIN)
    return TextStampStyle(
        stamp_text="\n".join(lines).replace("%", "%%"),
        border_width=0,
        text_box_style=TextBoxStyle(
            font=_OwnFont(), font_size=size, leading=size + 1, text_color=_BLUE, box_layout_rule=_NOTHING
        ),
        inner_content_layout=SimpleBoxLayoutRule(
            AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID, margins=Margins.uniform(_MARGIN)
        ),
    )


def printable(text):
    """The text with a question mark for every letter that our font has not: PDF/A forbids the box drawn instead."""
    known = _widths()
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c if ord(c) in known else "?" for c in text)


def _fit(names, when, width, height):
    for size in _SIZES:
        lines = [line for name in names for line in _wrap(name, width, size)]
        if (len(lines) + 1) * (size + 1) <= height and _extent(when, size) <= width:
            return [*lines, when], size
    # Even the smallest letters do not fit: the time stays, the names are cut.
    end = _wrap(when, width, size)
    room = max(int(height // (size + 1)) - len(end), 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1][:-4] + "…"]
    return [*lines, *end], size


def _wrap(text, width, size):
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if _extent(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while _extent(word, size) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or _extent(word[:n], size) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


def _extent(text, size):
    widths = _widths()
    return sum(widths.get(ord(c), 0) for c in text) * size / _UNITS


class _OwnFont(FontEngineFactory):
    """pyHanko's own factory takes a path and leaves the file open."""

    def create_font_engine(self, writer, obj_stream=None):
        if obj_stream is None and writer.stream_xrefs:
            obj_stream = writer.prepare_object_stream()
        return GlyphAccumulator(writer=writer, font_handle=io.BytesIO(_font()), font_size=10, obj_stream=obj_stream)


@lru_cache(maxsize=1)
def _widths():
    with TTFont(io.BytesIO(_font())) as font:
        metrics = font["hmtx"].metrics
        return {code: metrics[glyph][0] for code, glyph in font.getBestCmap().items()}


@lru_cache(maxsize=1)
def _font():
    """Tinos with 1000 units an em: pyHanko writes widths in the font's own units, PDF wants thousandths."""
    source = find_static(_FONT)
    if source is None:
        raise ImproperlyConfigured(f"Thiếu tệp phông chữ để ký văn bản: {_FONT}. Hãy chạy scripts/setup.")
    original = source.read_bytes()
    folder = Path(settings.DATA_DIR) / "stamp-fonts"
    kept = folder / f"tinos-{_UNITS}-{hashlib.sha256(original).hexdigest()[:16]}.ttf"
    if kept.is_file():
        return kept.read_bytes()
    scaled = _scale(original)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: each writes its own file, the last rename wins, all are equal.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
    except OSError:
        return scaled
    with os.fdopen(handle, "wb") as stream:
        stream.write(scaled)
    os.replace(name, kept)
    return scaled


def _scale(original):
    with TTFont(io.BytesIO(original), recalcTimestamp=False) as font:
        scale_upem(font, _UNITS)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()

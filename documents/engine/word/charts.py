"""The bar charts of `common.charts` as pictures: Word shows no SVG without a PNG beside it."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from documents.engine.fonts import find_static

# Pixels per unit: 330 dots per inch at the width that the style sheet gives a figure.
_SCALE = 4
_LARGEST = 1000
_FONTS = {False: "fonts/Tinos_400Regular.ttf", True: "fonts/Tinos_700Bold.ttf"}
_READ_ALOUD = {"title", "desc"}
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def draw_chart(svg):
    """PNG bytes of an `svg` element made of `rect`, `line` and `text`; b"" for one that holds anything else.

    `svg` is read from HTML: the names of its attributes are in small letters.
    """
    try:
        width, height = (float(part) for part in svg.get("viewbox", "").split()[2:])
        if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
            return b""
        picture = Image.new("RGB", (round(width * _SCALE), round(height * _SCALE)), "white")
        pen = ImageDraw.Draw(picture)
        for shape in svg.iter():
            if shape is not svg and shape.tag not in _READ_ALOUD:
                _DRAWN[shape.tag](pen, shape, svg)
    except (KeyError, ValueError):
        return b""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def words_for(svg):
    """Title and description, which holds every value of the chart."""
    return " ".join(" ".join(part.text_content().split()) for name in ("title", "desc") for part in svg.iter(name)).strip()


def _numbers(shape, *names):
    return [float(shape.get(name, "0")) * _SCALE for name in names]


def _rect(pen, shape, svg):
    x, y, width, height = _numbers(shape, "x", "y", "width", "height")
    pen.rectangle([x, y, x + width - 1, y + height - 1], fill=shape.get("fill", "black"))


def _line(pen, shape, svg):
    x1, y1, x2, y2 = _numbers(shape, "x1", "y1", "x2", "y2")
    width = round(float(shape.get("stroke-width", "1")) * _SCALE)
    pen.line([x1, y1, x2, y2], fill=shape.get("stroke", "black"), width=width)


def _text(pen, shape, svg):
    size = float(shape.get("font-size") or svg.get("font-size") or 12) * _SCALE
    font = _font(shape.get("font-weight", "") in ("600", "700", "bold"), round(size))
    words = " ".join(shape.text_content().split())
    anchor = _ANCHORS[shape.get("text-anchor", "start")]
    pen.text(_numbers(shape, "x", "y"), words, fill=shape.get("fill", "black"), font=font, anchor=anchor)


_DRAWN = {"rect": _rect, "line": _line, "text": _text}


@lru_cache(maxsize=8)
def _font(bold, size):
    # The simple layout, which every build of Pillow has: Vietnamese letters are single characters.
    return ImageFont.truetype(find_static(_FONTS[bold]), size, layout_engine=ImageFont.Layout.BASIC)

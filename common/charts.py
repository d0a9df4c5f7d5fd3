"""Small bar charts as SVG: presentation attributes only, read aloud by their description, never without their table.

The same picture stands on pages (no style of its own, so the CSP allows it) and in papers (WeasyPrint takes title and
description as the figure's alternative text).
"""

import textwrap
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

# On a phone the picture is as wide as this, so that its letters are as large as those around it.
WIDTH = 310
_BAR = 190
_LINE, _THICK, _GAP = 16, 13, 14
# What fits beside the bar, and on a line of the label.
_BESIDE, _LABEL = 17, 44
# The tones of the components (static/css/tokens.css), each at least 4.5:1 on white.
COLOURS = {
    "neutral": "#4b443d",
    "waiting": "#1f4d7a",
    "ok": "#17603a",
    "warn": "#774900",
    "bad": "#991b1b",
    "done": "#6b4d00",
}
_INK, _INK_SOFT = "#221d1a", "#5a514a"


def bar_chart(title, bars, *, mark=None, mark_label="", longest=None, font=""):
    """SVG of horizontal bars, each a dict of `label`, `value` (number or its text), `text`, `tone`; "" without bars.

    The value text stands beside or under the bar, so that neither length nor colour is the only sign. `mark` is a line
    across all bars, at a value of the same scale; several pictures of one table share their scale by `longest`. `font` is
    needed where no style sheet reaches the picture (papers).
    """
    if not bars:
        return ""
    values = [max(Decimal(str(bar["value"] or 0)), Decimal(0)) for bar in bars]
    scale = max([*values, Decimal(str(mark or 0)), Decimal(str(longest or 0))]) or Decimal(1)
    line = Decimal(str(mark)) / scale * _BAR if mark is not None else None
    parts, top = [], 4
    if line is not None and mark_label:
        parts.append(_mark_label(line, mark_label))
        top += _LINE + 4
    for bar, value in zip(bars, values, strict=True):
        drawn, top = _bar(bar, value / scale * _BAR, line, top)
        parts.append(drawn)
    family = format_html(' font-family="{}"', font) if font else ""
    described = "; ".join(f"{bar['label']}: {bar['text']}" for bar in bars)
    return format_html(
        '<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="100%" '
        'font-size="12"{}><title>{}</title><desc>{}.</desc>{}</svg>',
        WIDTH,
        top - _GAP + 8,
        family,
        title,
        described,
        mark_safe("".join(parts)),
    )


def _mark_label(x, label):
    """What the line across the bars means; left of it once there is no room on its right."""
    anchor = "end" if x > WIDTH / 2 else "start"
    text = '<text x="{}" y="12" font-size="11" fill="{}" text-anchor="{}">{}</text>'
    return format_html(text, _n(x), _INK_SOFT, anchor, label) + _stroke(x, 15, 20)


def _stroke(x, top, bottom):
    line = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="1.5"/>'
    return format_html(line, _n(x), _n(top), _n(bottom), _INK_SOFT)


def _bar(bar, width, mark, top):
    """One bar under its label, the line of the mark across it, its value beside or under it; and where the next begins."""
    lines = _lines(bar["label"])
    rows = [(_n(top + _LINE * number - 4), _INK, line) for number, line in enumerate(lines, 1)]
    label = format_html_join("", '<text x="0" y="{}" fill="{}">{}</text>', rows)
    top += _LINE * len(lines)
    colour = COLOURS[bar.get("tone") or "neutral"]
    rect = format_html('<rect x="0" y="{}" width="{}" height="{}" fill="{}"/>', _n(top), _n(max(width, 1)), _THICK, colour)
    line = _stroke(mark, top, top + _THICK) if mark is not None else ""
    text = str(bar["text"])
    # Beside the bar the value must not run over the line or over the edge.
    fits = len(text) <= _BESIDE and (mark is None or width + 6 > mark)
    x, y = (width + 6, top + 11) if fits else (0, top + _THICK + 13)
    value = format_html('<text x="{}" y="{}" fill="{}" font-weight="600">{}</text>', _n(x), _n(y), colour, text)
    return label + rect + line + value, top + _THICK + _GAP + (0 if fits else _LINE)


def _lines(label):
    """The label on at most two lines; the rest is in the table beside the picture."""
    return textwrap.wrap(str(label), _LABEL, max_lines=2, placeholder=" …") or [""]


def _n(number):
    """A coordinate with at most one decimal and a point, whatever the language of the page."""
    return f"{float(number):.1f}".removesuffix(".0")

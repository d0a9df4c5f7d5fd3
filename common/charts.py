"""Small bar charts as SVG: presentation attributes only, read aloud by their description, never without their table.

The same picture stands on pages (no style of its own, so the CSP allows it) and in papers (WeasyPrint takes title and
description as the figure's alternative text).
"""

import textwrap
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from common.templatetags.vi import so

# On a phone the picture is as wide as this, so that its letters are as large as those around it.
WIDTH = 340
_BAR = 190
_LINE, _THICK, _GAP = 15, 13, 14
# What fits beside the bar, and on a line of the label.
_BESIDE, _LABEL = 20, 46
# The tones of the components (static/css/tokens.css), each at least 4.5:1 on white.
COLOURS = {
    "neutral": "#4b443d",
    "waiting": "#1f4d7a",
    "ok": "#17603a",
    "warn": "#774900",
    "bad": "#991b1b",
    "done": "#6b4d00",
}


def bar_chart(title, bars, *, mark=None, mark_label="", font=""):
    """SVG of horizontal bars, each a dict of `label`, `value` (number or its text), `text`, `tone`; "" without bars.

    The value text stands beside or under the bar, so that neither length nor colour is the only sign. `mark` is a line
    across all bars, at a value of the same scale. `font` is needed where no style sheet reaches the picture (papers).
    """
    if not bars:
        return ""
    values = [max(Decimal(str(bar["value"] or 0)), Decimal(0)) for bar in bars]
    scale = max([*values, Decimal(str(mark or 0))]) or Decimal(1)
    parts, top = [], 4
    if mark is not None:
        parts.append(_mark(Decimal(str(mark)) / scale * _BAR, mark_label))
        top += _LINE
    for bar, value in zip(bars, values, strict=True):
        drawn, top = _bar(bar, value / scale * _BAR, top)
        parts.append(drawn)
    family = format_html(' font-family="{}"', font) if font else ""
    described = "; ".join(f"{bar['label']}: {bar['text']}" for bar in bars)
    body = mark_safe("".join(parts).replace("{bottom}", str(top - _GAP + 4)))
    return format_html(
        '<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="100%" '
        'font-size="12"{}><title>{}</title><desc>{}.</desc>{}</svg>',
        WIDTH,
        top - _GAP + 8,
        family,
        title,
        described,
        body,
    )


def _mark(x, label):
    """The line goes down to the last bar, wherever that will be."""
    text = format_html('<text x="{}" y="12" font-size="11" fill="#5a514a" text-anchor="{}">{}</text>', *_beside(x), label)
    line = format_html('<line x1="{0}" y1="17" x2="{0}" y2="', _n(x))
    end = mark_safe('{bottom}" stroke="#5a514a" stroke-width="1" stroke-dasharray="3 2"/>')
    return line + end + (text if label else "")


def _beside(x):
    """Where the words of the line stand: left of it once there is no room on its right."""
    return (_n(x), "end") if x > WIDTH / 2 else (_n(x), "start")


def _bar(bar, width, top):
    lines = _lines(bar["label"])
    rows = [(_n(top + _LINE * number - 3), line) for number, line in enumerate(lines, 1)]
    label = format_html_join("", '<text x="0" y="{}" fill="#221d1a">{}</text>', rows)
    top += _LINE * len(lines)
    tone = bar.get("tone") or "neutral"
    rect = format_html(
        '<rect x="0" y="{}" width="{}" height="{}" fill="{}"/>', _n(top), _n(max(width, 1)), _THICK, COLOURS[tone]
    )
    text = str(bar["text"])
    fits = len(text) <= _BESIDE or width < 6
    x, y = (width + 6, top + 11) if fits else (0, top + _THICK + 13)
    value = format_html('<text x="{}" y="{}" fill="{}" font-weight="600">{}</text>', _n(x), _n(y), COLOURS[tone], text)
    return label + rect + value, top + _THICK + _GAP + (0 if fits else _LINE)


def _lines(label):
    """The label on at most two lines; the rest is in the table beside the picture."""
    return textwrap.wrap(str(label), _LABEL, max_lines=2, placeholder=" …") or [""]


def _n(number):
    """A coordinate with at most one decimal and a point, whatever the language of the page."""
    return f"{float(number):.1f}".removesuffix(".0")


def percent(value):
    """133,3%: one decimal, for the words beside a bar."""
    return f"{so(Decimal(value).quantize(Decimal('0.1')))}%"

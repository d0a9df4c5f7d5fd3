"""The plain text of an article as HTML: paragraphs, lists, sub-headings, safe links; typed tags are shown as text."""

import re
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import mark_safe

register = template.Library()

_BLANK = re.compile(r"\n\s*\n")


@register.filter
def article_body(text):
    """A blank line parts paragraphs; lines beginning "- " are a list, a line beginning "## " is a sub-heading."""
    blocks = _BLANK.split((text or "").replace("\r\n", "\n").strip())
    return mark_safe("\n".join(html for block in blocks for html in _block(block)))


def _block(block):
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for kind, group in groupby(lines, key=_kind):
        if kind == "item":
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_text(line[2:]),) for line in group)))
        elif kind == "heading":
            yield from (format_html("<h2>{}</h2>", line[3:].strip()) for line in group)
        else:
            yield format_html("<p>{}</p>", mark_safe("<br>".join(_text(line) for line in group)))


def _kind(line):
    if line.startswith("- "):
        return "item"
    return "heading" if line.startswith("## ") else "text"


def _text(line):
    """Escaped, with addresses of pages and mailboxes as links; nothing else becomes a link."""
    return urlize(line.strip(), nofollow=True, autoescape=True)

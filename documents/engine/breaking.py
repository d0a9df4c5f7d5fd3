"""Words without a blank that are longer than a line: digests, addresses, and what somebody types to try the form."""

import re

# Longer than any word, longer than the names of a narrow column; an entity is one letter.
_LONG = re.compile(r"(?:&#?\w+;|[^\s&<>]){31,}")
# A picture is left alone: a span would end it.
_TEXT = re.compile(r"<svg\b.*?</svg>|(>)([^<]+)", re.DOTALL)


def let_long_words_break(html):
    """`html` with such words in a span that may break anywhere: without it one of them pushes a table off the page.

    Only there, because a column whose words may all break is made as narrow as a letter.
    """
    head, mark, body = html.partition("<body")
    return head + mark + _TEXT.sub(_in_text, body) if _LONG.search(body) else html


def _in_text(found):
    if found[1] is None:
        return found[0]
    return ">" + _LONG.sub(r'<span class="long">\g<0></span>', found[2])

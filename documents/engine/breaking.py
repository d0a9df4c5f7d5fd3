"""Words without a blank that are longer than a line: digests, addresses, and what somebody types to try the form."""

import re

# Longer than any word, longer than the names of a narrow column; an entity is one letter.
_LONG = re.compile(r"(?:&#?\w+;|[^\s&<>]){31,}")
_TEXT = re.compile(r"(<[^>]*>)([^<]+)")
# Read aloud, not printed.
_SILENT = ("<title", "<desc")


def let_long_words_break(html):
    """`html` with such words in a span that may break anywhere: without it one of them pushes a table off the page.

    Only there, because a column whose words may all break is made as narrow as a letter.
    """
    head, mark, body = html.partition("<body")
    return head + mark + _TEXT.sub(_in_text, body) if _LONG.search(body) else html


def _in_text(found):
    tag, text = found.groups()
    if tag.startswith(_SILENT):
        return found[0]
    return tag + _LONG.sub(r'<span class="long">\g<0></span>', text)

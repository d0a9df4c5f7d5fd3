"""The QR code of a paper as SVG: laid out in the page, so it is drawn sharp at every size and needs no file."""

import segno
from django.utils.html import format_html
from django.utils.safestring import mark_safe

# Four modules of white around the code: without them many telephones do not find it (ISO/IEC 18004).
_QUIET = 4


def qr_svg(text, *, title, description):
    """Black on white, error correction M. `title` is what a screen reader says in the PDF instead of the picture."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [list(row) for row in code.matrix]
    side = len(rows) + 2 * _QUIET
    path = "".join(
        f"M{start + _QUIET} {line + _QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}" data-text="{text}">'
        '<title>{title}</title><desc>{description}</desc><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        '<path fill="#000" d="{path}"/></svg>',
        side=side,
        text=text,
        title=title,
        description=description,
        path=mark_safe(path),
    )


def _runs(row):
    """(start, length) of every line of black modules."""
    runs, start = [], None
    for place, module in enumerate([*row, 0]):
        if module and start is None:
            start = place
        elif not module and start is not None:
            runs.append((start, place - start))
            start = None
    return runs

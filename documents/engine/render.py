"""HTML of a paper in, PDF bytes out: the limits, and a sentence for every way in which it can fail."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from common.errors import DomainError
from documents.engine import process

logger = logging.getLogger(__name__)
# More than a thousand pages: nobody prints that, and the text alone would fill the pipe.
MAX_HTML = 4_000_000
_in_background = ContextVar("in_background", default=False)
_SENTENCES = {
    "address": "Mẫu văn bản tham chiếu tệp không được phép nên không tạo được tệp PDF.",
    "depth": "Nội dung văn bản lồng quá nhiều cấp nên không tạo được tệp PDF.",
    "memory": "Văn bản quá dài, cần nhiều bộ nhớ hơn mức cho phép; xin rút gọn nội dung hoặc tách bớt phụ lục.",
    "crash": "Chương trình tạo tệp PDF dừng giữa chừng, có thể vì văn bản quá dài; xin thử lại hoặc tách bớt phụ lục.",
    "busy": "Đang có nhiều văn bản chờ tạo; xin thử lại sau ít phút.",
}


class RenderingError(DomainError):
    """The paper cannot be made; the reason for the technician is in the log."""


class TooLarge(RenderingError):
    """Not drawn in the time that a page has; behind the page there is more (documents.services.batches).

    `paper` holds the template and the values of the paper, so that it can be made there.
    """

    paper = None


@contextmanager
def in_background():
    """Work that nobody waits for at a page: `PAPER_BACKGROUND_SECONDS` for each paper instead of `PAPER_SECONDS`."""
    token = _in_background.set(True)
    try:
        yield
    finally:
        _in_background.reset(token)


def render_pdf(html, *, name="văn bản", signature_fields=False):
    """PDF bytes of `html`; equal input gives equal bytes. Raises RenderingError with a sentence for the user.

    With `signature_fields` every `<input class="sigf" name="…" title="…">` is an empty signature field of that name.

    Drawn in a process of its own (`documents.engine.process`) with a limit of time and memory; `PAPER_IN_PROCESS`
    draws in this one, without limits (tests). Nothing is fetched but static files. What WeasyPrint complains about (a
    missing letter, an unknown property) raises where `PAPER_WARNINGS_ARE_ERRORS` is set (tests) and is logged elsewhere.
    """
    if len(html) > MAX_HTML:
        raise RenderingError("Văn bản quá dài để tạo tệp PDF; hãy rút gọn nội dung hoặc tách bớt phụ lục.")
    pdf, error, complaints = _draw(html, name, signature_fields)
    if error:
        logger.error("%s: %s %s", name, error, "; ".join(complaints))
        raise RenderingError(_SENTENCES[error])
    if complaints:
        if getattr(settings, "PAPER_WARNINGS_ARE_ERRORS", False):
            raise AssertionError(f"{name}: " + "; ".join(complaints))
        logger.error("%s: %s", name, "; ".join(complaints))
    return pdf


def _draw(html, name, signature_fields):
    if settings.PAPER_IN_PROCESS:
        # Not at the top: it loads pango and WeasyPrint, half a second and 60 MB.
        from documents.engine.layout import draw

        drawn = draw(html, signature_fields)
        return drawn.pdf, drawn.error, drawn.complaints
    seconds = settings.PAPER_BACKGROUND_SECONDS if _in_background.get() else settings.PAPER_SECONDS
    try:
        return process.drawer.draw(html, signature_fields=signature_fields, seconds=seconds)
    except process.TooSlow as error:
        logger.error("%s: not drawn within %s seconds", name, seconds)
        raise TooLarge(
            f"Văn bản quá dài nên không tạo xong tệp PDF trong {seconds} giây; hãy rút gọn nội dung hoặc tách bớt phụ lục."
        ) from error
    except process.Crashed:
        return b"", "crash", []
    except process.Busy:
        return b"", "busy", []

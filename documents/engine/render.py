"""HTML of a paper in, PDF/A-2a and PDF/UA-1 in one file out."""

import logging
import threading
from functools import lru_cache

from django.conf import settings

from common.errors import DomainError
from documents.engine.fonts import find_static, use_own_fonts

use_own_fonts()

# After use_own_fonts: pango reads the font configuration when it is loaded.
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError  # noqa: E402

from documents.engine.fetcher import BASE, StaticOnlyFetcher  # noqa: E402
from documents.engine.fields import make_signature_fields  # noqa: E402
from documents.engine.tagging import give_scopes, mark_as_ua  # noqa: E402

logger = logging.getLogger(__name__)
# About 140 pages of tables: 15 seconds and 350 MB, half of what a web process is given.
MAX_HTML = 350_000
# Pango and the shared font configuration are not made for two threads at once.
_one_at_a_time = threading.Lock()


class RenderingError(DomainError):
    """The paper cannot be made; the reason for the technician is in the log."""


def render_pdf(html, *, name="văn bản", signature_fields=False):
    """PDF bytes of `html`; equal input gives equal bytes. Raises RenderingError with a sentence for the user.

    With `signature_fields` every `<input class="sigf" name="…" title="…">` is an empty signature field of that name.

    Nothing is fetched but static files. What WeasyPrint complains about (a missing letter, an unknown property)
    raises where `PAPER_WARNINGS_ARE_ERRORS` is set (tests) and is logged elsewhere.
    """
    if len(html) > MAX_HTML:
        raise RenderingError("Văn bản quá dài để tạo tệp PDF; hãy rút gọn nội dung hoặc tách bớt phụ lục.")
    complaints = _Complaints()
    weasyprint_log = logging.getLogger("weasyprint")
    with _one_at_a_time:
        weasyprint_log.addHandler(complaints)
        try:
            pdf = _render(html, signature_fields)
        except FatalURLFetchingError as error:
            # A BaseException, so neither Django nor our middleware would catch it.
            logger.error("%s: %s", name, error)
            raise RenderingError("Mẫu văn bản tham chiếu tệp không được phép nên không tạo được tệp PDF.") from error
        except RecursionError as error:
            logger.error("%s: nested too deeply", name)
            raise RenderingError("Nội dung văn bản lồng quá nhiều cấp nên không tạo được tệp PDF.") from error
        finally:
            weasyprint_log.removeHandler(complaints)
    if complaints.lines:
        if getattr(settings, "PAPER_WARNINGS_ARE_ERRORS", False):
            raise AssertionError(f"{name}: " + "; ".join(complaints.lines))
        logger.error("%s: %s", name, "; ".join(complaints.lines))
    return pdf


def _render(html, signature_fields):
    path = find_static("css/paper.css")
    css, fonts = _style(path, path.stat().st_mtime_ns)
    options = {"pdf_variant": "pdf/a-2a", "pdf_forms": signature_fields}
    document = HTML(string=html, base_url=BASE, url_fetcher=StaticOnlyFetcher()).render(
        font_config=fonts, stylesheets=[css], **options
    )
    mark_as_ua(document)
    return document.write_pdf(finisher=_finish, **options)


def _finish(document, pdf):
    give_scopes(pdf)
    make_signature_fields(pdf)


@lru_cache(maxsize=1)
def _style(path, changed):
    """The style sheet, parsed once per process and change: it takes a third of the time of a short letter."""
    fonts = FontConfiguration()
    css = CSS(
        string=path.read_text(encoding="utf-8"),
        base_url=BASE + "css/paper.css",
        url_fetcher=StaticOnlyFetcher(),
        font_config=fonts,
    )
    return css, fonts


class _Complaints(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())

"""WeasyPrint at work: HTML of a paper in, PDF/A-2a and PDF/UA-1 in one file out. Loaded only where papers are drawn."""

import logging
import threading
from dataclasses import dataclass, field
from functools import lru_cache

from documents.engine.fonts import find_static, use_own_fonts

use_own_fonts()

# After use_own_fonts: pango reads the font configuration when it is loaded.
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError  # noqa: E402

from documents.engine.fetcher import BASE, StaticOnlyFetcher  # noqa: E402
from documents.engine.fields import make_signature_fields  # noqa: E402
from documents.engine.tagging import give_scopes, mark_as_ua  # noqa: E402

# Pango and the shared font configuration are not made for two threads at once.
_one_at_a_time = threading.Lock()


@dataclass
class Drawn:
    """The file, or the `error` ("address", "depth", "memory") that kept it from being made, and every complaint."""

    pdf: bytes = b""
    error: str = ""
    complaints: list[str] = field(default_factory=list)


def draw(html, signature_fields=False):
    """Lay the page out; never raises for what stands in `html`."""
    log, complaints = logging.getLogger("weasyprint"), _Complaints()
    with _one_at_a_time:
        log.addHandler(complaints)
        try:
            return Drawn(_draw(html, signature_fields), complaints=complaints.lines)
        except FatalURLFetchingError as error:
            # A BaseException, so neither Django nor our middleware would catch it.
            return Drawn(error="address", complaints=[str(error)])
        except RecursionError:
            return Drawn(error="depth")
        except MemoryError:
            return Drawn(error="memory")
        finally:
            log.removeHandler(complaints)


def _draw(html, signature_fields):
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

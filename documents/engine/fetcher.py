"""The only way WeasyPrint gets at a file: static style sheets, fonts and pictures, by name."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.engine.fonts import find_static

# A real-looking scheme: urljoin does not join relative addresses to "static:".
BASE = "https://static.invalid/"
TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


class StaticOnlyFetcher(URLFetcher):
    """Serves static files of four kinds; anything else, network and disk alike, ends the rendering."""

    def __init__(self):
        super().__init__(allow_redirects=False)

    def fetch(self, url, headers=None):
        if url.startswith(BASE):
            name = unquote(urlsplit(url).path).lstrip("/")
            try:
                path = find_static(name) if ".." not in name.split("/") and "\0" not in name else None
            except SuspiciousFileOperation:
                path = None
            if path and path.suffix in TYPES:
                return URLFetcherResponse(url, body=path.read_bytes(), headers={"Content-Type": TYPES[path.suffix]})
        raise FatalURLFetchingError("refused: " + url[:200])

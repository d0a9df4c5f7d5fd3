"""Reading a PDF back."""

import io
import re
import unicodedata

from pypdf import PdfReader


def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def page_texts(pdf):
    return [unicodedata.normalize("NFC", page.extract_text()) for page in reader(pdf).pages]


def text_of(pdf):
    """All pages as one line: where a line breaks is layout, not text."""
    return re.sub(r"\s+", " ", " ".join(page_texts(pdf)))

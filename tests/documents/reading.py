"""Reading a PDF back."""

import io
import re
import subprocess
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from pypdf import PdfReader


def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def page_texts(pdf):
    return [unicodedata.normalize("NFC", page.extract_text()) for page in reader(pdf).pages]


def text_of(pdf):
    """All pages as one line: where a line breaks is layout, not text."""
    return re.sub(r"\s+", " ", " ".join(page_texts(pdf)))


# Height of a line over the size of its letters, in our font.
_LINE = 1.10698


@dataclass(frozen=True)
class Line:
    """A piece of a line as it stands on the page; points from the upper left corner."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    italic: bool


class Layout:
    """Where everything stands on the pages of a PDF, as poppler sees it."""

    def __init__(self, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            call = ["pdftohtml", "-xml", "-i", "-noroundcoord", "-zoom", "1", "-hidden", "-stdout", file.name]
            made = subprocess.run(call, capture_output=True, check=True).stdout
        root = ET.fromstring(made)
        self.lines = [_line(node, number) for number, page in enumerate(root.iter("page"), 1) for node in page.iter("text")]

    def find(self, text):
        """The first piece that begins with `text`."""
        return next(line for line in self.lines if line.text.startswith(text))

    def find_all(self, text):
        return [line for line in self.lines if line.text.startswith(text)]


def rules_of(pdf, page=0):
    """(left, right, top) of the thin lines drawn on a page, points from the upper left corner, from the top down."""
    corners, found = [], []

    def visit(operator, operands, matrix, _):
        if operator == b"m":
            corners.clear()
        if operator in (b"m", b"l"):
            x, y = (float(value) for value in operands)
            corners.append((x * matrix[0] + matrix[4], height - (y * matrix[3] + matrix[5])))
        elif len(corners) == 4:
            across, down = [x for x, _ in corners], [y for _, y in corners]
            if max(down) - min(down) < 1.5:
                found.append((min(across), max(across), min(down)))
            corners.clear()

    sheet = reader(pdf).pages[page]
    height = float(sheet.mediabox.height)
    sheet.extract_text(visitor_operand_before=visit)
    return sorted(found, key=lambda rule: rule[2])


def _line(node, page):
    left, top, width, height = (float(node.get(key)) for key in ("left", "top", "width", "height"))
    text = unicodedata.normalize("NFC", "".join(node.itertext())).strip()
    return Line(
        text=text,
        page=page,
        left=left,
        top=top,
        right=left + width,
        bottom=top + height,
        size=round(height / _LINE, 1),
        bold=node.find(".//b") is not None,
        italic=node.find(".//i") is not None,
    )

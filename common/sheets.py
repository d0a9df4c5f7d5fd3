"""Excel files whose numbers and dates stay typed and whose text stays text, “=…” too."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_of(dataset, title):
    """The bytes of a workbook with one sheet: the headers and rows of an import-export dataset."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    widths = [len(str(header)) for header in dataset.headers]
    sheet.append(list(dataset.headers))
    for number, row in enumerate(dataset, 2):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), value)
            widths[column - 1] = max(widths[column - 1], len(str(value if value is not None else "")))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, 60)
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(cell, value):
    if not isinstance(value, str):
        cell.value = value
        if hasattr(value, "year"):
            cell.number_format = "dd/mm/yyyy"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    # Left alone, openpyxl takes "=…" for a formula.
    cell.data_type = "s"

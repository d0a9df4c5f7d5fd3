"""The workbooks that go out: the list as it is, or an empty one, each with its guide."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from blocs.sheets import sheet_of
from common.resources import MARK_TITLE
from common.workbooks import GUIDE_TITLE

_HEAD = PatternFill("solid", fgColor="F3E3C3")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
DATE_FORMAT = "dd/mm/yyyy"
_SAME_FOR_ALL = (
    "Giữ nguyên dòng tiêu đề ở trang dữ liệu. Thứ tự các cột thay đổi được; không cần cột nào thì xóa cột đó.",
    "Ngày ghi dạng ngày/tháng/năm (05/03/2021) hoặc ô kiểu Ngày của Excel. Số ghi 1250 hoặc 1.250; phần lẻ sau dấu phẩy.",
    "Công thức không được tính: ô bắt đầu bằng dấu = được đọc đúng như chữ. Hãy sao chép rồi dán giá trị.",
    "Cột ẩn “Mã dòng (không sửa)” cho biết dòng đã xuất từ đâu. Dòng thêm mới thì để trống cột này.",
    "Ô để trống ở dòng đã xuất từ hệ thống nghĩa là xóa nội dung; ở dòng tự gõ thì giữ nguyên nội dung đang có.",
    "Trước khi lưu luôn có trang xem trước; còn một dòng lỗi thì không dòng nào được lưu.",
)


def template_of(kind):
    """An empty workbook with notes on the titles and a guide."""
    return _workbook(sheet_of(kind), [])


def export_of(kind, params, by):
    """The list as filtered, in its order; rows are signed so that they are known when they come back."""
    sheet = sheet_of(kind)
    return _workbook(sheet, sheet.export_queryset(params, by))


def _workbook(sheet, rows):
    book = Workbook(write_only=True)
    data = book.create_sheet(sheet.title)
    columns = sheet.fields_in_order()
    for number, (name, _) in enumerate(columns, 1):
        wide = name in ("name", "unit_name", "bloc_name", "full_name", "aliases", "titles", "address")
        data.column_dimensions[get_column_letter(number)].width = 44 if wide else 18
    mark = data.column_dimensions[get_column_letter(len(columns) + 1)]
    mark.hidden = True
    data.freeze_panes = "A2"
    data.append([*(_head(data, sheet, name, item) for name, item in columns), _text(data, MARK_TITLE)])
    for row in rows:
        cells = sheet.cells_of(row)
        written = [_cell(data, cells[name]) for name, _ in columns]
        data.append([*written, _text(data, sheet.mark_of(row, cells))])
    _guide(book, sheet, columns)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(data, sheet, name, item):
    cell = _text(data, item.column_name)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _WRAP
    if note := sheet.notes.get(name):
        cell.comment = Comment(note, "Hệ thống", width=320, height=90)
    return cell


def _cell(data, value):
    """Numbers and dates typed, text as text: left alone, openpyxl takes "=…" for a formula."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(data, value)
    cell = WriteOnlyCell(data, value)
    if hasattr(value, "year"):
        cell.number_format = DATE_FORMAT
    return cell


def _text(data, value):
    cell = WriteOnlyCell(data, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value))
    cell.data_type = "s"
    if "\n" in value:
        cell.alignment = _WRAP
    return cell


def _guide(book, sheet, columns):
    guide = book.create_sheet(GUIDE_TITLE)
    guide.column_dimensions["A"].width = 34
    guide.column_dimensions["B"].width = 100

    def line(*texts, bold=False):
        cells = []
        for text in texts:
            cell = _text(guide, text)
            cell.alignment = _WRAP
            if bold:
                cell.font = _BOLD
            cells.append(cell)
        guide.append(cells)

    line(f"Hướng dẫn nhập: {sheet.title}", bold=True)
    for text in (*sheet.guide, sheet.key_help, *_SAME_FOR_ALL):
        line("", text)
    line("")
    line("Cột", "Cách ghi", bold=True)
    for name, item in columns:
        must = "Bắt buộc. " if name in sheet.required and "Bắt buộc" not in sheet.notes.get(name, "") else ""
        line(item.column_name, f"{must}{sheet.notes.get(name, '')}")
    for title, values in sheet.choices().items():
        line("")
        line(f"Danh sách: {title}", bold=True)
        for value in values:
            line("", str(value))

"""`model.Section`s in, the body of a Word file out. The order of elements is that of the schema: Word insists on it."""

import io
from functools import cache
from itertools import pairwise

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.shared import Mm

from documents.engine.word.model import BOTTOM, LEFT, RIGHT, TOP, Para, Picture, Section, Table
from documents.engine.word.styles import twips

_A4 = (210, 297)
_HEADER = 10.7
# With `r:` for what refers to another part.
_NAMESPACES = {prefix: nsmap[prefix] for prefix in ("w", "r")}
# Millimetres in twentieths of a point.
_MM = 1440 / 25.4


def write_sections(document, sections):
    """Fill an empty document; the header with the page number is shared by all sections (DOC-4)."""
    writer = _Writer(document)
    body = document.element.body
    for number, section in enumerate(sections):
        writer.append_blocks(body, section.blocks)
        if not isinstance(section.blocks[-1] if section.blocks else None, Para):
            body.append(writer.paragraph(Para("KhoangNoi")))
        properties = _section_properties(section)
        if number == 0:
            properties.insert(0, _element("w:headerReference", type="default", id=_header(document)))
        if number == len(sections) - 1:
            body.append(properties)
        else:
            body[-1].get_or_add_pPr().append(properties)


class _Writer:
    def __init__(self, document):
        self.document = document

    def append_blocks(self, parent, blocks):
        """Paragraphs and tables into a page or a cell; what touches a table is given its room and kept with it."""
        for block, follower in pairwise([*blocks, None]):
            if isinstance(block, Table):
                if isinstance(follower, Table) and follower.kept:
                    block.rows[-1].keep_with_next()
                parent.append(self.table(block))
                if isinstance(follower, Table):
                    parent.append(self.paragraph(Para("KhoangNoi", before=follower.before, keep_next=follower.kept)))
                continue
            if isinstance(follower, Table):
                block.after = max(block.after or 0, follower.before)
                block.keep_next = block.keep_next or follower.kept
            parent.append(self.paragraph(block))

    def paragraph(self, para):
        element = _element("w:p")
        properties = _element("w:pPr")
        properties.append(_element("w:pStyle", val=para.style))
        if para.keep_next:
            properties.append(_element("w:keepNext"))
        room = {"before": para.before, "after": para.after}
        if any(value is not None for value in room.values()):
            spacing = {name: twips(value) for name, value in room.items() if value is not None}
            properties.append(_element("w:spacing", **spacing))
        if para.sides or para.right:
            left, right = (round(side * _MM) for side in (para.sides, para.sides + para.right))
            properties.append(_element("w:ind", left=left, right=right))
        element.append(properties)
        for run in para.runs:
            element.append(self.picture(run) if isinstance(run, Picture) else _run(run))
        return element

    def picture(self, picture):
        inline = self.document.part.new_pic_inline(io.BytesIO(picture.png), width=Mm(picture.width))
        inline.docPr.set("descr", picture.alt)
        for side in ("distT", "distB", "distL", "distR"):
            # Left out, LibreOffice takes three millimetres.
            inline.set(side, "0")
        element, drawing = _element("w:r"), _element("w:drawing")
        drawing.append(inline)
        element.append(drawing)
        return element

    def table(self, table):
        widths = [round(width * _MM) for width in table.widths]
        element = _element("w:tbl")
        element.append(_table_properties(table, sum(widths)))
        grid = _element("w:tblGrid")
        grid.extend([_element("w:gridCol", w=width) for width in widths])
        element.append(grid)
        element.extend([self.row(row, widths) for row in table.rows])
        return element

    def row(self, row, widths):
        element, properties = _element("w:tr"), _element("w:trPr")
        properties.append(_element("w:cantSplit"))
        if row.head:
            properties.append(_element("w:tblHeader"))
        element.append(properties)
        column = 0
        for cell in row.cells:
            element.append(self.cell(cell, sum(widths[column : column + cell.span])))
            column += cell.span
        return element

    def cell(self, cell, width):
        element, properties = _element("w:tc"), _element("w:tcPr")
        properties.append(_element("w:tcW", w=width, type="dxa"))
        if cell.span > 1:
            properties.append(_element("w:gridSpan", val=cell.span))
        if cell.merge:
            properties.append(_element("w:vMerge", val=cell.merge))
        if cell.middle:
            properties.append(_element("w:vAlign", val="center"))
        element.append(properties)
        self.append_blocks(element, cell.blocks)
        # A cell ends with a paragraph.
        if not cell.blocks or isinstance(cell.blocks[-1], Table):
            element.append(self.paragraph(Para("KhoangNoi")))
        return element


def _element(tag, **attributes):
    # The id of a reference is the only attribute here that is not WordprocessingML's own.
    named = {_name(f"r:{name}" if name == "id" else f"w:{name}"): str(value) for name, value in attributes.items()}
    return oxml_parser.makeelement(_name(tag), named, nsmap=_NAMESPACES)


@cache
def _name(tag):
    return qn(tag)


def _run(run):
    element = _element("w:r")
    if run.bold or run.italic or run.underline:
        properties = _element("w:rPr")
        if run.bold:
            properties.extend([_element("w:b"), _element("w:bCs")])
        if run.italic:
            properties.extend([_element("w:i"), _element("w:iCs")])
        if run.underline:
            properties.append(_element("w:u", val="single"))
        element.append(properties)
    for number, line in enumerate(run.text.split("\n")):
        if number:
            element.append(_element("w:br"))
        if line:
            element.append(_text(line))
    return element


def _text(line):
    text = _element("w:t")
    text.text = line
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


def _table_properties(table, width):
    properties = _element("w:tblPr")
    properties.append(_element("w:tblStyle", val="BangSoLieu" if table.ruled else "KhungBoTri"))
    properties.append(_element("w:tblW", w=width, type="dxa"))
    if table.gap:
        properties.append(_element("w:jc", val="center"))
    properties.append(_element("w:tblLayout", type="fixed"))
    if not table.ruled:
        margins = _element("w:tblCellMar")
        half = round(table.gap / 2 * _MM)
        margins.extend([_element(f"w:{side}", w=half, type="dxa") for side in ("left", "right")])
        properties.append(margins)
    first_row = int(any(row.head for row in table.rows))
    properties.append(_element("w:tblLook", val="0020" if first_row else "0000", firstRow=first_row, lastRow=0))
    return properties


def _section_properties(section: Section):
    properties = _element("w:sectPr")
    properties.append(_element("w:type", val="nextPage"))
    width, height = _A4[::-1] if section.landscape else _A4
    size = _element("w:pgSz", w=round(width * _MM), h=round(height * _MM))
    if section.landscape:
        size.set(qn("w:orient"), "landscape")
    properties.append(size)
    sides = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": _HEADER, "footer": _HEADER}
    properties.append(_element("w:pgMar", **{name: round(value * _MM) for name, value in sides.items()}, gutter=0))
    if section.restart:
        properties.append(_element("w:pgNumType", start=1))
    # No number on the first page.
    properties.append(_element("w:titlePg"))
    return properties


def _header(document):
    """The id of a header part that holds the page number."""
    part, key = document.part.add_header_part()
    header = part.element
    for child in list(header):
        header.remove(child)
    paragraph = _element("w:p")
    properties = _element("w:pPr")
    properties.append(_element("w:pStyle", val="SoTrang"))
    paragraph.append(properties)
    for kind in ("begin", None, "separate", "1", "end"):
        run = _element("w:r")
        if kind is None:
            code = _text(" PAGE ")
            code.tag = qn("w:instrText")
            run.append(code)
        elif kind == "1":
            run.append(_text("1"))
        else:
            run.append(_element("w:fldChar", fldCharType=kind))
        paragraph.append(run)
    header.append(paragraph)
    return key

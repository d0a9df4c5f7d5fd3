"""HTML of a paper in, `model.Section`s out. Knows the vocabulary of `templates/documents/paper` and nothing else.

What it does not know is kept as text: an unknown box is its contents, an unknown paragraph one of the body.
"""

import io

import segno
from lxml import html as lxml_html

from documents.engine.word.charts import draw_chart, words_for
from documents.engine.word.inline import Inline
from documents.engine.word.measures import height_of, text_width, widest
from documents.engine.word.model import Cell, Para, Picture, Row, Section, Table
from documents.engine.word.styles import STYLES
from documents.engine.word.tables import read_table

# Box around → class or element → style. The innermost box that knows one of a line's names decides, in this order.
_STYLES = {
    "letterhead": {
        "superior": "CoQuanChuQuan",
        "issuing": "CoQuanBanHanh",
        "number": "SoKyHieu",
        "about": "TrichYeuCongVan",
        "star": "DauSao",
        "place-date": "DiaDanhNgayThang",
        "p": "DauTrang",
    },
    "nation": {"nation-name": "QuocHieu", "party-name": "TenDang", "p": "TieuNgu"},
    "heading": {"h1": "TenLoai", "subject": "TrichYeu", "p": "TieuDePhu"},
    "addressee": {"p": "KinhGui"},
    "addressees": {"p": "NoiKinhGui"},
    "text": {
        "covenant-date": "DiaDanhCuoiBai",
        "ground": "CanCu",
        "center": "ThanBaiGiua",
        "plain": "ThanBaiKhongThut",
        "chapter": "Chuong",
        "h3.article-head": "DieuTrongChuong",
        "article-head": "Dieu",
        "h2": "Muc",
        "h3": "TieuMuc",
        "p": "ThanBai",
        "li": "ThanBai",
    },
    "article": {"h2": "Dieu"},
    "recipients": {"recipients-label": "NoiNhan", "p": "NoiNhanDong"},
    "signature": {"name": "NguoiKy", "post": "ChucVuKy", "p": "ChucVu"},
    "signature-row": {
        "unit": "DonViKy",
        "second-post": "NguoiKyKhungKy",
        "name": "NguoiKyKhungKy",
        "note": "GhiChuKhungKy",
        "p": "ChucVuKhungKy",
    },
    "proof": {"p": "MaXacMinh"},
    "annex-head": {"h1": "PhuLuc", "h2": "TenPhuLuc", "p": "KemTheo"},
    "": {"addressee": "KinhGui", "h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "p": "Normal"},
}
# Room above and below a box, points.
_ROOM = {"heading": (20, 16), "addressee": (0, 14), "addressees": (0, 14), "annex-head": (0, 12)}
_LINES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption", "caption"}
_SPACES = {
    *("div", "section", "article", "main", "header", "footer", "ul", "ol", "dl", "figure", "blockquote", "body", "form"),
}
# Lines below: share of the width and room above in points; as long as the words: size of these.
_RULES = {"issuing": (0.40, 3), "subject": (0.38, 4)}
_OWN_RULES = {"motto": 14, "party-name": 15}
SIGNING_ROOM, GRID_ROOM = 26 / 25.4 * 72, 24 / 25.4 * 72
_LEFT_SHARE = 0.39
_GRID_GAP, _ROW_ROOM = 5, 20
# With its white border; the column that it stands in.
_QR, _QR_COLUMN = 20, 20.2
_FIGURE = 95


def read_paper(source):
    """(sections, facts) of an HTML page; `facts` are its meta elements, such as author and date, and `is_party`."""
    # Without huge_tree the parser leaves out in silence what is nested too deeply.
    root = lxml_html.document_fromstring(source, parser=lxml_html.HTMLParser(huge_tree=True))
    body = root.find("body")
    reader = _Reader(is_party=body is not None and "party" in _classes(body))
    reader.read_children(root if body is None else body)
    facts = {node.get("name"): node.get("content", "") for node in root.iter("meta") if node.get("name")}
    facts["is_party"] = reader.is_party
    return [section for section in reader.sections if section.blocks] or [Section()], facts


class _Reader:
    """Walks the page; `flow` is the list that the next paragraph joins: pages, or a cell of a table."""

    def __init__(self, *, is_party):
        self.is_party = is_party
        self.sections = [Section()]
        self.flow = self.sections[0].blocks
        self.boxes = []
        # Of the page or of the cell, millimetres.
        self.width = self.sections[0].width
        # Room to sign, given to the next paragraph.
        self.room = 0

    def read_children(self, node):
        """Append what stands in `node`; text beside boxes becomes a paragraph of its own."""
        loose = Inline()
        loose.add_text(node.text)
        for child in node:
            if _is_box(child):
                self._close(loose)
                loose = Inline()
                self._read_box(child)
            else:
                loose.add(child)
            loose.add_text(child.tail)
        self._close(loose)

    def _close(self, loose):
        if runs := loose.runs():
            self._append(Para(self._style(["p"]), runs))

    def _append(self, para):
        if self.room:
            _leave_signing_room(para, self.room)
            self.room = 0
        self.flow.append(para)

    def _read_box(self, node):
        classes = _classes(node)
        special = next((_SPECIAL[name] for name in classes if name in _SPECIAL), None)
        known = [name for name in classes if name in _STYLES]
        self.boxes += known
        if special:
            special(self, node)
        elif node.tag == "svg":
            self._read_chart(node)
        elif node.tag == "table":
            self.flow += read_table(node, self.width)
        elif node.tag in _LINES:
            self._read_line(node, classes)
        else:
            start = len(self.flow)
            self.read_children(node)
            self._leave_room(classes, self.flow[start:])
            if "text" in classes:
                _keep_end(self.flow[start:])
            if "heading" in classes and len(self.flow) == start:
                # A công văn has no name of its type, but the room for it.
                self.flow.append(Para("KhoangNoi", after=max(_ROOM["heading"])))
        del self.boxes[len(self.boxes) - len(known) :]

    def _read_line(self, node, classes):
        inner = [name for child in node for name in _classes(child) if name in _OWN_RULES]
        names = [*(f"{node.tag}.{name}" for name in classes), *classes, *inner, node.tag]
        para = Para(self._style(names), Inline.of(node).runs())
        # Without a name the room to sign stays.
        if not para.runs and not self.room:
            return
        self._append(para)
        self._leave_room(classes, [para])
        for name in classes:
            # A Party body has a star instead.
            if name in _RULES and not (name == "issuing" and self.is_party):
                self.flow.append(_rule(self.width, *_RULES[name]))
        for name in inner:
            words = text_width(para.text, size=_OWN_RULES[name], bold=True)
            self.flow.append(_rule(self.width, words / self.width, 2))

    def _leave_room(self, classes, blocks):
        for name in classes:
            if name in _ROOM:
                _give_room(blocks, *_ROOM[name])

    def _style(self, names):
        for box in (*reversed(self.boxes), ""):
            if style := next((style for name, style in _STYLES[box].items() if name in names), ""):
                return style
        return "Normal"

    def _cell_of(self, node, width):
        return Cell(self._blocks_of(node, width))

    def _blocks_of(self, node, width):
        """What `node` gives in a cell of this width, apart from the page."""
        outer, self.flow, self.width, self.room = (self.flow, self.width), [], width, 0
        self._read_box(node)
        blocks, (self.flow, self.width), self.room = self.flow, outer, 0
        return blocks

    # --- boxes that stand side by side, and pages of their own ---

    def _read_more_recipients(self, node):
        """Below the signature, as wide as those beside it."""
        start, outer, self.width = len(self.flow), self.width, self.width / 2
        self.read_children(node)
        self.width = outer
        for block in self.flow[start:]:
            if isinstance(block, Para):
                block.right = outer / 2

    def _read_letterhead(self, node):
        left = self.width * _LEFT_SHARE
        self._side_by_side(node, [left, self.width - left])

    def _read_closing(self, node):
        table = self._side_by_side(node, [self.width / 2] * 2)
        table.before, table.kept = 18, True
        for row in table.rows[:-1]:
            row.keep_with_next()

    def _side_by_side(self, node, widths):
        boxes = [child for child in node if _is_box(child)]
        cells = [self._cell_of(child, widths[place % len(widths)]) for place, child in enumerate(boxes)]
        self.flow.append(Table(widths, _in_rows(cells, len(widths))))
        return self.flow[-1]

    def _read_addressees(self, node):
        cells = [self._cell_of(child, self.width) for child in node if _is_box(child)]
        label, names = (widest([block for cell in cells[column::2] for block in cell.blocks]) for column in (0, 1))
        label += 4
        names = min(names + 1, self.width - label)
        side = max((self.width - label - names) / 2, 0)
        rows = [Row([Cell([]), *row.cells, Cell([])]) for row in _in_rows(cells, 2)]
        self.flow.append(Table([side, label, names, side], rows))

    def _read_proof(self, node):
        """QR code and words; the code is drawn again, because Word shows no SVG without a picture beside it."""
        code = next((svg for svg in node.iter("svg") if svg.get("data-text")), None)
        widths = [_QR_COLUMN, self.width - _QR_COLUMN]
        picture = [] if code is None else [Para("MaXacMinh", [_qr_picture(code)])]
        boxes = [child for child in node if _is_box(child)]
        words = [block for child in boxes for block in self._blocks_of(child, widths[1])]
        row = Row([Cell(picture, middle=True), Cell(words, middle=True)])
        self.flow.append(Table(widths, [row], before=12, kept=True))

    def _read_chart(self, node):
        """As a picture; left out where it cannot be drawn, for its figures stand in the table beside it."""
        if png := draw_chart(node):
            self.flow.append(Para("HinhVe", [Picture(png, min(_FIGURE, self.width), words_for(node))]))

    def _read_signing_room(self, node):
        self.room = SIGNING_ROOM

    def _read_signature_grid(self, node):
        """One row of the table per row of the grid, which no page splits."""
        lines = [child for child in node if "signature-row" in _classes(child)]
        count = 2 if any("columns-2" in _classes(line) for line in lines) else 3
        width = (self.width + _GRID_GAP) / count
        rows = []
        for line in lines:
            self.boxes.append("signature-row")
            rows += _in_rows(self._signers(line, width - _GRID_GAP), count)
            self.boxes.pop()
        # The last signers are not left alone on a page.
        for row in rows[-2:-1]:
            row.keep_with_next()
        if rows:
            self.flow.append(Table([width] * count, rows, gap=_GRID_GAP, kept=True))

    def _signers(self, line, width):
        """A cell per signer: unit and post, room to sign, name. Names stand level, however long the units are."""
        signers = []
        for child in line:
            kind = next((name[:4] for name in _classes(child) if name.startswith(("head-", "foot-"))), "")
            if kind == "head":
                signers.append((self._blocks_of(child, width), []))
            elif kind and signers:
                signers[-1][1].extend(self._blocks_of(child, width) or [Para("NguoiKyKhungKy")])
        heights = [sum(height_of(block, width) for block in head) for head, _ in signers]
        for (head, foot), height in zip(signers, heights, strict=True):
            _give_room(head, _ROW_ROOM, 0)
            if foot:
                _leave_signing_room(foot[0], GRID_ROOM + max(heights) - height)
        return [Cell([*head, *foot]) for head, foot in signers]

    def _read_annex(self, node):
        wide = "annex-landscape" in _classes(node)
        self.sections.append(Section(landscape=wide, restart=True))
        self._turn_page()
        self.read_children(node)
        self.sections.append(Section())
        self._turn_page()

    def _turn_page(self):
        self.flow, self.width = self.sections[-1].blocks, self.sections[-1].width


_SPECIAL = {
    "letterhead": _Reader._read_letterhead,
    "addressees": _Reader._read_addressees,
    "closing": _Reader._read_closing,
    "recipients-more": _Reader._read_more_recipients,
    "proof": _Reader._read_proof,
    "signing-room": _Reader._read_signing_room,
    "signature-grid": _Reader._read_signature_grid,
    "annex": _Reader._read_annex,
}


def _classes(node):
    return (node.get("class") or "").split() if isinstance(node.tag, str) else []


def _is_box(node):
    if not isinstance(node.tag, str):
        return False
    is_chart = node.tag == "svg" and node.get("role") == "img"
    return is_chart or node.tag in _LINES or node.tag in _SPACES or node.tag == "table"


def _in_rows(cells, count):
    """Rows of `count` cells, the last filled up with empty ones."""
    cells = [*cells, *(Cell([]) for _ in range(-len(cells) % count))]
    return [Row(cells[start : start + count]) for start in range(0, len(cells), count)]


def _qr_picture(svg):
    """Without its white border, which the room around it is: so the black stands flush with the text."""
    code, out = segno.make(svg.get("data-text"), error="m", micro=False, boost_error=False), io.BytesIO()
    code.save(out, kind="png", scale=8, border=0)
    modules = len(code.matrix)
    title = svg.find("title")
    return Picture(out.getvalue(), _QR * modules / (modules + 8), "" if title is None else title.text or "")


def _keep_end(blocks):
    """The signature takes the last paragraph along, and that the one before it."""
    if len(blocks) > 1 and isinstance(blocks[-1], Para) and isinstance(blocks[-2], Para):
        blocks[-2].keep_next = True


def _rule(width, share, before):
    return Para("KeNgang", before=before, sides=width * (1 - share) / 2, keep_next=True)


def _leave_signing_room(para, room):
    """Above a name; the line of a name still to be typed takes its height from the room."""
    style = STYLES[para.style]
    para.before = style.before + room - (0 if para.runs else style.size * style.line)


def _give_room(blocks, before, after):
    """At least this room above the first and below the last paragraph, as margins that touch share theirs."""
    if not blocks:
        return
    first, last = blocks[0], blocks[-1]
    if isinstance(first, Para):
        first.before = max(first.before or 0, STYLES[first.style].before, before)
    if isinstance(last, Para):
        last.after = max(last.after or 0, STYLES[last.style].after, after)

"""HTML of a paper in, `model.Section`s out. Knows the vocabulary of `templates/documents/paper` and nothing else.

What it does not know is kept as text: an unknown box is its contents, an unknown paragraph one of the body.
"""

from lxml import html as lxml_html

from documents.engine.word.inline import Inline
from documents.engine.word.measures import height_of, text_width, widest
from documents.engine.word.model import Cell, Para, Row, Section, Table
from documents.engine.word.styles import STYLES
from documents.engine.word.tables import read_table

# (box around, class or element) → style. The innermost box that knows the class, then the element, decides.
_STYLES = {
    ("letterhead", "superior"): "CoQuanChuQuan",
    ("letterhead", "issuing"): "CoQuanBanHanh",
    ("letterhead", "number"): "SoKyHieu",
    ("letterhead", "place-date"): "DiaDanhNgayThang",
    ("letterhead", "p"): "DauTrang",
    ("nation", "nation-name"): "QuocHieu",
    ("nation", "p"): "TieuNgu",
    ("heading", "h1"): "TenLoai",
    ("heading", "subject"): "TrichYeu",
    ("heading", "p"): "TieuDePhu",
    ("addressee", "p"): "KinhGui",
    ("addressees", "p"): "NoiKinhGui",
    ("text", "ground"): "CanCu",
    ("text", "center"): "ThanBaiGiua",
    ("text", "plain"): "ThanBaiKhongThut",
    ("text", "covenant-date"): "DiaDanhCuoiBai",
    ("text", "chapter"): "Chuong",
    ("article", "h2"): "Dieu",
    ("text", "h2"): "Muc",
    ("text", "h3"): "TieuMuc",
    ("text", "p"): "ThanBai",
    ("text", "li"): "ThanBai",
    ("recipients", "recipients-label"): "NoiNhan",
    ("recipients", "p"): "NoiNhanDong",
    ("signature", "p"): "ChucVu",
    ("signature", "name"): "NguoiKy",
    ("signature-row", "unit"): "DonViKy",
    ("signature-row", "second-post"): "NguoiKyKhungKy",
    ("signature-row", "name"): "NguoiKyKhungKy",
    ("signature-row", "note"): "GhiChuKhungKy",
    ("signature-row", "p"): "ChucVuKhungKy",
    ("annex-head", "h1"): "PhuLuc",
    ("annex-head", "h2"): "TenPhuLuc",
    ("annex-head", "p"): "KemTheo",
    ("", "addressee"): "KinhGui",
    ("", "h1"): "Heading1",
    ("", "h2"): "Heading2",
    ("", "h3"): "Heading3",
    ("", "p"): "Normal",
}
_BOXES = {box for box, _ in _STYLES}
# Room above and below a box, points.
_ROOM = {"heading": (20, 16), "addressee": (0, 14), "addressees": (0, 14), "annex-head": (0, 12)}
_LINES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption", "caption"}
_SPACES = {
    *("div", "section", "article", "main", "header", "footer", "ul", "ol", "dl", "figure", "blockquote", "body", "form"),
}
# Lines below: (share of the width, room above in points).
_RULES = {"issuing": (0.40, 3), "subject": (0.38, 4)}
SIGNING_ROOM, GRID_ROOM = 26 / 25.4 * 72, 24 / 25.4 * 72
_LEFT_SHARE = 0.39
_GRID_GAP, _ROW_ROOM = 5, 14


_MOTTO = "Độc lập - Tự do - Hạnh phúc"


def read_paper(source):
    """(sections, facts) of an HTML page; `facts` are its meta elements, such as author and date."""
    root = lxml_html.document_fromstring(source)
    reader = _Reader()
    body = root.find("body")
    reader.read_children(root if body is None else body)
    facts = {node.get("name"): node.get("content", "") for node in root.iter("meta") if node.get("name")}
    return [section for section in reader.sections if section.blocks] or [Section()], facts


class _Reader:
    """Walks the page; `flow` is the list that the next paragraph joins: pages, or a cell of a table."""

    def __init__(self):
        self.sections = [Section()]
        self.flow = self.sections[0].blocks
        self.boxes = []
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
            para.before = STYLES[para.style].before + self.room
            self.room = 0
        self.flow.append(para)

    def _read_box(self, node):
        classes = _classes(node)
        special = next((_SPECIAL[name] for name in classes if name in _SPECIAL), None)
        known = [name for name in classes if name in _BOXES]
        self.boxes += known
        if special:
            special(self, node)
        elif node.tag == "table":
            self.flow += read_table(node, self.sections[-1].width)
        elif node.tag in _LINES:
            self._read_line(node, classes)
        else:
            start = len(self.flow)
            self.read_children(node)
            self._leave_room(classes, self.flow[start:])
        del self.boxes[len(self.boxes) - len(known) :]

    def _read_line(self, node, classes):
        para = Para(self._style([*classes, node.tag]), Inline.of(node).runs())
        # Without a name the room to sign stays.
        if not para.runs and not self.room:
            return
        self._append(para)
        self._leave_room(classes, [para])
        width = self._column()
        for name in classes:
            if name in _RULES:
                self.flow.append(_rule(width, *_RULES[name]))
        if any("motto" in _classes(child) for child in node):
            self.flow.append(_rule(width, text_width(_MOTTO, size=14, bold=True) / width, 2))

    def _leave_room(self, classes, blocks):
        for name in classes:
            if name in _ROOM:
                _give_room(blocks, *_ROOM[name])

    def _column(self):
        """What the length of a rule is a share of, millimetres."""
        width = self.sections[-1].width
        if "letterhead" not in self.boxes:
            return width
        return width * (1 - _LEFT_SHARE if "nation" in self.boxes else _LEFT_SHARE)

    def _style(self, names):
        for box in reversed(self.boxes):
            for name in names:
                if (box, name) in _STYLES:
                    return _STYLES[box, name]
        return next((_STYLES["", name] for name in names if ("", name) in _STYLES), "Normal")

    def _blocks_of(self, node):
        """What `node` gives, apart from the page: for a cell."""
        outer, self.flow, self.room = self.flow, [], 0
        self._read_box(node)
        blocks, self.flow, self.room = self.flow, outer, 0
        return blocks

    # --- boxes that stand side by side, and pages of their own ---

    def _read_letterhead(self, node):
        cells = [Cell(self._blocks_of(child)) for child in node if _is_box(child)]
        width = self.sections[-1].width
        self.flow.append(Table([width * _LEFT_SHARE, width * (1 - _LEFT_SHARE)], _in_rows(cells, 2)))

    def _read_addressees(self, node):
        cells = [Cell(self._blocks_of(child)) for child in node if _is_box(child)]
        label, names = (widest([block for cell in cells[column::2] for block in cell.blocks]) for column in (0, 1))
        width = self.sections[-1].width
        label, names = label + 4, min(names + 1, width - label - 4)
        side = max((width - label - names) / 2, 0)
        rows = [Row([Cell([]), *row.cells, Cell([])]) for row in _in_rows(cells, 2)]
        self.flow.append(Table([side, label, names, side], rows))

    def _read_closing(self, node):
        cells = [Cell(self._blocks_of(child)) for child in node if _is_box(child)]
        half, rows = self.sections[-1].width / 2, _in_rows(cells, 2)
        for block in (block for row in rows[:-1] for cell in row.cells for block in cell.blocks):
            block.keep_next = True
        self.flow.append(Table([half, half], rows, before=18, kept=True))

    def _read_signing_room(self, node):
        self.room = SIGNING_ROOM

    def _read_signature_grid(self, node):
        """One row of the table per row of the grid, which no page splits."""
        lines = [child for child in node if "signature-row" in _classes(child)]
        count = 2 if any("columns-2" in _classes(line) for line in lines) else 3
        width = (self.sections[-1].width + _GRID_GAP) / count
        rows = []
        for line in lines:
            self.boxes.append("signature-row")
            rows += _in_rows(self._signers(line, width - _GRID_GAP), count)
            self.boxes.pop()
        if rows:
            self.flow.append(Table([width] * count, rows, gap=_GRID_GAP, kept=True))

    def _signers(self, line, width):
        """A cell per signer: unit and post, room to sign, name. Names stand level, however long the units are."""
        signers = []
        for child in line:
            kind = next((name[:4] for name in _classes(child) if name.startswith(("head-", "foot-"))), "")
            if kind == "head":
                signers.append((self._blocks_of(child), []))
            elif kind and signers:
                signers[-1][1].extend(self._blocks_of(child) or [Para("NguoiKyKhungKy")])
        heights = [sum(height_of(block, width) for block in head) for head, _ in signers]
        for (head, foot), height in zip(signers, heights, strict=True):
            _give_room(head, _ROW_ROOM, 0)
            _give_room(foot, GRID_ROOM + max(heights) - height, 0)
        return [Cell([*head, *foot]) for head, foot in signers]

    def _read_annex(self, node):
        wide = "annex-landscape" in _classes(node)
        self.sections.append(Section(landscape=wide, restart=True))
        self.flow = self.sections[-1].blocks
        self.read_children(node)
        self.sections.append(Section())
        self.flow = self.sections[-1].blocks


_SPECIAL = {
    "letterhead": _Reader._read_letterhead,
    "addressees": _Reader._read_addressees,
    "closing": _Reader._read_closing,
    "signing-room": _Reader._read_signing_room,
    "signature-grid": _Reader._read_signature_grid,
    "annex": _Reader._read_annex,
}


def _classes(node):
    return (node.get("class") or "").split() if isinstance(node.tag, str) else []


def _is_box(node):
    return isinstance(node.tag, str) and (node.tag in _LINES or node.tag in _SPACES or node.tag == "table")


def _in_rows(cells, count):
    """Rows of `count` cells, the last filled up with empty ones."""
    cells = [*cells, *(Cell([]) for _ in range(-len(cells) % count))]
    return [Row(cells[start : start + count]) for start in range(0, len(cells), count)]


def _rule(width, share, before):
    return Para("KeNgang", before=before, sides=width * (1 - share) / 2, keep_next=True)


def _give_room(blocks, before, after):
    """At least this room above the first and below the last paragraph, as margins that touch share theirs."""
    if not blocks:
        return
    first, last = blocks[0], blocks[-1]
    if isinstance(first, Para):
        first.before = max(first.before or 0, STYLES[first.style].before, before)
    if isinstance(last, Para):
        last.after = max(last.after or 0, STYLES[last.style].after, after)

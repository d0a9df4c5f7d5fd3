"""`<table>` as a `model.Table`: spans, heads that are repeated, columns as wide as a browser makes them."""

import re
from functools import lru_cache

from documents.engine.fonts import find_static
from documents.engine.word.inline import Inline
from documents.engine.word.measures import CELL_EDGE, column_widths
from documents.engine.word.model import Cell, Para, Row, Table

_ROOM_ABOVE = 6
_PARAGRAPHS = {"p", "li", "div", "ul", "ol", "h1", "h2", "h3", "h4"}
# table.handed th:nth-child(3) { width: 32%; }
_WIDTH_RULE = re.compile(r"([^{}]*nth-child[^{}]*)\{[^}]*?(?<![-\w])width:\s*([\d.]+)%")
_NTH = re.compile(r"table\.([\w-]+)\s+(?:th|td|col):nth-child\((\d+)\)")


def read_table(node, width):
    """Blocks of a table that fills `width` millimetres: its caption, if any, and the table."""
    classes = (node.get("class") or "").split()
    rows, grid, count = _rows(node)
    if not rows:
        return []
    blocks = [Para("TieuDePhu", runs) for caption in node.iterchildren("caption") if (runs := Inline.of(caption).runs())]
    fixed = next((shares for name in classes if (shares := _fixed_shares().get(name))), None)
    widths = _shared(fixed, count, width) if fixed else column_widths(grid, count, width)
    return [*blocks, Table(widths, rows, ruled="data" in classes, before=_ROOM_ABOVE)]


def _rows(node):
    """(rows, [(first column, cell) …], number of columns), every row as many columns wide."""
    rows, grid = [], []
    # Cells from above that reach into this row: column → (rows left, columns, style).
    above = {}
    for tr, head in _table_rows(node):
        row, column, below = Row([], head=head), 0, {}
        waiting = [cell for cell in tr if cell.tag in ("td", "th")]
        while waiting or above:
            if column in above:
                left, span, style = above.pop(column)
                cell = Cell([Para(style)], span=span, merge="continue")
            elif waiting:
                cell, left = _cell(waiting.pop(0))
                grid.append((column, cell))
            else:
                cell, left = Cell([Para("OBang")]), 1
            row.cells.append(cell)
            if left > 1:
                below[column] = (left - 1, cell.span, cell.blocks[0].style)
            column += cell.span
            above = {key: value for key, value in above.items() if key >= column}
        above = below
        rows.append(row)
    count = max((_columns(row) for row in rows), default=0)
    for row in rows:
        row.cells += [Cell([Para("OBang")]) for _ in range(count - _columns(row))]
    return [row for row in rows if row.cells], grid, count


def _columns(row):
    return sum(cell.span for cell in row.cells)


def _table_rows(node):
    """(tr, stands in the head) in the order they are printed."""
    groups = {"thead": [], "tbody": [], "tfoot": []}
    for child in node:
        if child.tag == "tr":
            groups["tbody"].append(child)
        elif child.tag in groups:
            groups[child.tag] += child.iterchildren("tr")
    return [(tr, name == "thead") for name, trs in groups.items() for tr in trs]


def _cell(node):
    """(cell, number of rows it covers)."""
    classes = (node.get("class") or "").split()
    if node.tag == "th":
        style = "DauBang"
    else:
        style = "OBangGiua" if "center" in classes else "OBangSo" if "number-cell" in classes else "OBang"
    down = _number(node.get("rowspan"))
    lines = list(_lines(node, style)) or [Para(style)]
    cell = Cell(lines, span=_number(node.get("colspan")), merge="restart" if down > 1 else "", middle=node.tag == "th")
    return cell, down


def _lines(node, style):
    """A paragraph per paragraph in the cell; without any, one of its text."""
    if not any(child.tag in _PARAGRAPHS for child in node):
        yield Para(style, Inline.of(node).runs())
        return
    loose = Inline()
    loose.add_text(node.text)
    for child in node:
        if child.tag in _PARAGRAPHS:
            if runs := loose.runs():
                yield Para(style, runs)
            loose = Inline()
            yield from (line for line in _lines(child, style) if line.runs)
        else:
            loose.add(child)
        loose.add_text(child.tail)
    if runs := loose.runs():
        yield Para(style, runs)


def _number(text):
    # Word has no more than 63 columns.
    return min(max(int(text), 1), 63) if (text or "").isascii() and (text or "").isdigit() else 1


def _fixed_shares():
    """Widths that the style sheet gives to columns: class of the table → {column: percent}."""
    path = find_static("css/paper.css")
    return _read_shares(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_shares(path, changed):
    shares = {}
    for selectors, percent in _WIDTH_RULE.findall(path.read_text(encoding="utf-8")):
        for name, column in _NTH.findall(selectors):
            shares.setdefault(name, {})[int(column) - 1] = float(percent)
    return shares


def _shared(shares, count, width):
    """A share is that of the text, its padding comes on top; columns without one divide what is left."""
    given = {column: percent * width / 100 + CELL_EDGE for column, percent in shares.items() if column < count}
    rest = max(width - sum(given.values()), 0) / max(count - len(given), 1)
    widths = [given.get(column) or rest or CELL_EDGE for column in range(count)]
    return [column * width / sum(widths) for column in widths]

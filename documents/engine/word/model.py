"""A paper between HTML and Word: what stands on it, in which style, with what room around it.

Lengths are points, widths of tables and pictures millimetres.
"""

from dataclasses import dataclass, field


@dataclass
class Run:
    """Text in one face; "\n" breaks the line."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass
class Picture:
    """A PNG in the line, with the words for those who cannot see it."""

    png: bytes
    width: float
    alt: str


@dataclass
class Para:
    """A paragraph; `before`, `after`, `sides` replace what the style says where a paper needs another room.

    `sides` is the indent on both sides in millimetres: it makes a rule as long as it should be; `right` comes on top.
    """

    style: str
    runs: list = field(default_factory=list)
    before: float | None = None
    after: float | None = None
    sides: float = 0
    right: float = 0
    keep_next: bool = False

    @property
    def text(self):
        return "".join(run.text for run in self.runs if isinstance(run, Run))


@dataclass
class Cell:
    """`merge` is "restart" for the first and "continue" for each further row of a cell that spans rows."""

    blocks: list
    span: int = 1
    merge: str = ""
    middle: bool = False


@dataclass
class Row:
    cells: list
    head: bool = False

    def keep_with_next(self):
        """On the page of the row below, or of what stands below the table."""
        for block in (block for cell in self.cells for block in cell.blocks if isinstance(block, Para)):
            block.keep_next = True


@dataclass
class Table:
    """`ruled` has lines and inner margins; without, it only places things side by side.

    `kept`: its first row stays with the paragraph before it; no row is ever split. `gap` between columns reaches half
    over both edges.
    """

    widths: list
    rows: list
    ruled: bool = False
    before: float = 0
    kept: bool = False
    gap: float = 0


@dataclass
class Section:
    """Pages of one format; `restart` counts them from 1."""

    landscape: bool = False
    restart: bool = False
    blocks: list = field(default_factory=list)

    @property
    def width(self):
        """Between the margins, in millimetres."""
        return (297 if self.landscape else 210) - LEFT - RIGHT


# DOC-2, millimetres.
TOP, RIGHT, BOTTOM, LEFT = 20, 15, 20, 30

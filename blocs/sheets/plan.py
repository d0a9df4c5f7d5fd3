"""From the cells of a sheet to what will be done: faults by row and column, questions, changes per cell; writes nothing."""

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone

from common.resources import MARK_TITLE, BaseResource, read_mark, sign_mark
from common.tcvn3 import converted
from common.text import fold_name

NEW = "moi"
SKIP = "bo"
KEEP = "giu"
TAKE = "lay"
# How often a long check says how far it is, and asks whether it was called off.
STEP = 500


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row, under one column; row 1 is the row of titles."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Question:
    """What only the user can say; `key` is the same in the next check of the same file."""

    key: str
    row: int
    column: str
    text: str
    options: list
    answer: str = ""


@dataclass(frozen=True)
class Line:
    """What a row will do: `action` is new, change, same or skip; `cells` are (title, before, after)."""

    row: int
    action: str
    label: str
    cells: list


@dataclass
class Row:
    """One row of the sheet: its number, cleaned values by field, what it was when exported (empty without a mark)."""

    number: int
    values: dict
    base: dict = field(default_factory=dict)
    pk: int | None = None
    history_id: int = 0
    is_faulty: bool = False

    def get(self, name, default=None):
        value = self.values.get(name)
        return default if value in (None, "") else value

    def gives(self, name):
        """Whether the row says something: the column is there, and an empty cell counts only in a row that was exported."""
        return name in self.values and (bool(self.base) or self.values[name] not in (None, "", []))


@dataclass
class Plan:
    """The answer of a sheet to a file."""

    lines: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    tcvn3: list = field(default_factory=list)
    # (row, column, function) in the order in which they are done.
    ops: list = field(default_factory=list)
    total: int = 0
    # Names of the accounts that will be made.
    issued: list = field(default_factory=list)
    _seen: object = field(default_factory=hashlib.sha256)

    def observe(self, *facts):
        """What the answer rests on; if it changes between the preview and the writing, the user looks again."""
        self._seen.update(json.dumps(facts, ensure_ascii=False, default=str).encode())

    @property
    def fingerprint(self):
        return self._seen.hexdigest()

    @property
    def open_questions(self):
        return [question for question in self.questions if not question.answer]

    def count(self, action):
        return sum(line.action == action for line in self.lines)


class Sheet(BaseResource):
    """A resource that can also plan an import. Children say how one row, or all, become operations (`plan_rows`).

    An empty cell of a row that was exported clears; in a row typed anew it leaves what is there.
    """

    kind = ""
    required = ()
    key_help = ""
    guide = ()
    notes = {}
    # Columns that are shown for the reader and not taken in.
    shown_only = ()

    # Out

    def export_queryset(self, params, by):
        """The rows of the list as the page with these parameters filters and orders it."""
        raise NotImplementedError

    def mark_of(self, record, cells):
        """What the hidden column of an exported row holds: `pk.history_id.` and its cells, signed."""
        body = base64.urlsafe_b64encode(zlib.compress(json.dumps(as_json(cells), ensure_ascii=False).encode(), 9)).decode()
        return sign_mark(self.kind, f"{record.pk}.{getattr(record, 'last_history', None) or 0}.{body}")

    # In

    def plan(self, sheet, *, by, answers=None, convert=None, on_step=None):
        """The Plan of a `SheetRows`. `convert`: TCVN3 text is converted (True), left (False), or asked about (None)."""
        self.by, self.answers, self.on_step = by, answers or {}, on_step
        self.result = Plan(total=len(sheet.rows))
        for _, item in self.fields_in_order():
            if hasattr(item.widget, "forget"):
                item.widget.forget()
        columns = self._columns(sheet.headers)
        if not self.result.faults:
            rows = self._read(sheet, columns, convert)
            self.prepare(rows)
            self.plan_rows(rows)
        order = {"new": 0, "change": 0, "skip": 0, "same": 1}
        self.result.lines.sort(key=lambda line: (order[line.action], line.row))
        self.result.faults.sort(key=lambda fault: fault.row)
        return self.result

    def prepare(self, rows):
        """Read once what all rows need."""

    def plan_rows(self, rows):
        raise NotImplementedError

    def _columns(self, headers):
        """Number of the column → name of the field."""
        titles = {fold_name(item.column_name): name for name, item in self.fields_in_order()}
        titles[fold_name(MARK_TITLE)] = "mark"
        columns, unknown = {}, []
        for number, header in enumerate(headers):
            name = titles.get(fold_name(header))
            if name is None:
                if header:
                    unknown.append(header)
            elif name in columns.values():
                self.fault(1, header, "Cột này có hai lần.")
            else:
                columns[number] = name
        missing = [self.fields[name].column_name for name in self.required if name not in columns.values()]
        for title in missing:
            self.fault(1, title, "Thiếu cột này. Hãy tải tệp mẫu và giữ nguyên dòng tiêu đề.")
        if unknown and not missing:
            names = ", ".join(f"“{name}”" for name in unknown)
            self.result.notices.append(f"Cột không có trong mẫu nên không được đọc: {names}.")
        return columns

    def _read(self, sheet, columns, convert):
        texts = self._tcvn3(sheet, convert)
        widgets = {name: self.fields[name] for name in columns.values() if name != "mark"}
        rows, marks = [], {}
        for count, (number, cells) in enumerate(sheet.rows, 1):
            if self.on_step and count % STEP == 0:
                self.on_step(count)
            row = Row(number, {})
            for place, name in columns.items():
                cell = cells[place] if place < len(cells) else ""
                if name == "mark":
                    self._take_mark(row, cell, marks)
                    continue
                if isinstance(cell, str):
                    cell = texts.get(cell, cell)
                try:
                    row.values[name] = widgets[name].widget.clean(cell)
                except ValueError as error:
                    row.values[name] = None
                    self.fault(row, widgets[name].column_name, str(error))
            rows.append(row)
        for row in rows:
            for name in self.required:
                if not row.is_faulty and row.values.get(name) in (None, "") and not self.may_lack(row, name):
                    self.fault(row, self.fields[name].column_name, "Ô này bắt buộc phải có.")
        return rows

    def may_lack(self, row, name):
        return False

    def _tcvn3(self, sheet, convert):
        if convert is False:
            return {}
        found = converted({cell for _, cells in sheet.rows for cell in cells if isinstance(cell, str)})
        if convert is None:
            self.result.tcvn3 = [[old, new] for old, new in sorted(found.items())][:8]
            if found:
                self.result.observe("tcvn3")
            return {}
        return found

    def _take_mark(self, row, cell, marks):
        if cell in ("", None):
            return
        text = read_mark(self.kind, cell)
        if text is None:
            self.fault(row, MARK_TITLE, "Mã dòng không do hệ thống lập hoặc đã bị sửa; hãy xóa ô này nếu là dòng mới.")
            return
        pk, history_id, body = text.split(".", 2)
        row.pk, row.history_id = int(pk), int(history_id)
        row.base = json.loads(zlib.decompress(base64.urlsafe_b64decode(body)))
        if text in marks:
            self.fault(row, MARK_TITLE, f"Dòng này là bản chép của dòng {marks[text]}; dòng mới thì để trống ô mã dòng.")
        marks[text] = row.number

    # What the children use

    def fault(self, row, column, text):
        """Note a fault; `row` is a Row or a number, `column` a title or the name of a field."""
        if isinstance(row, Row):
            row.is_faulty = True
            row = row.number
        column = self.fields[column].column_name if column in self.fields else column
        self.result.faults.append(Fault(row, column, text))

    def ask(self, row, column, text, options):
        """The user's answer, or "" when it is not given yet; the answers of the last sending are kept by key."""
        title = self.fields[column].column_name if column in self.fields else column
        key = hashlib.sha256(f"{row.number}|{title}|{text}".encode()).hexdigest()[:12]
        answer = self.answers.get(key, "")
        if answer not in {value for value, _ in options}:
            answer = ""
        self.result.questions.append(Question(key, row.number, title, text, options, answer))
        self.result.observe("question", key)
        return answer

    def line(self, row, action, label, cells=()):
        self.result.lines.append(Line(row.number, action, label, list(cells)))

    def op(self, row, column, function):
        self.result.ops.append((row.number, self.fields[column].column_name if column in self.fields else column, function))

    def cell(self, name, value):
        """How a cleaned value stands in the sheet, comparable with what was exported."""
        return as_cell(self.fields[name].widget.render(value))

    def filled(self, row, names):
        """(title, "", value) of the cells of a row that hold something, for the preview of a new record."""
        return [
            (self.fields[name].column_name, "", shown(self.cell(name, row.values.get(name))))
            for name in names
            if name in row.values and row.values[name] not in (None, "", [])
        ]

    def merge(self, row, current, names, history):
        """What of a known record changes: ({name: value}, [(title, before, after)]).

        `current`: its cells now. A cell is changed by the sheet, changed here meanwhile, or both differently: then the user
        is asked. `history(name)`: the sentence "by whom and when".
        """
        values, cells = {}, []
        for name in names:
            if not row.gives(name):
                continue
            now, given = as_cell(current[name]), self.cell(name, row.values[name])
            self.result.observe(row.number, name, now)
            if given == now:
                continue
            title = self.fields[name].column_name
            base = row.base.get(name, now) if row.base else now
            if given == base:
                # Only we changed it; the sheet still says what it said.
                continue
            if base != now:
                text = (
                    f"{title}: khi xuất là “{shown(base)}”, trong tệp là “{shown(given)}”, "
                    f"hiện nay là “{shown(now)}” ({history(name)})."
                )
                options = [(KEEP, f"Giữ giá trị hiện nay: {shown(now)}"), (TAKE, f"Lấy giá trị trong tệp: {shown(given)}")]
                if self.ask(row, name, text, options) != TAKE:
                    continue
            values[name] = row.values[name]
            cells.append((title, shown(now), shown(given)))
        return values, cells


def as_cell(value):
    """A cell in a form that survives JSON: dates as ISO text, exact numbers as text, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def as_json(cells):
    return {name: as_cell(value) for name, value in cells.items()}


def shown(value):
    """A cell for the reader."""
    if value in (None, ""):
        return "(trống)"
    text = str(value)
    if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit():
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text.replace("\n", "; ")


def last_edit(record, attribute, since):
    """ "Nguyễn Văn An sửa lúc 09:30 ngày 11/01/2022": the last edit of that attribute after history row `since`."""
    rows = list(record.history.filter(history_id__gte=since).select_related("history_user").order_by("-history_id")[:200])
    chosen = rows[0] if rows else None
    for newer, older in pairwise(rows):
        if getattr(newer, attribute, None) != getattr(older, attribute, None):
            chosen = newer
            break
    if chosen is None:
        return "đã được sửa sau khi xuất"
    when = timezone.localtime(chosen.history_date)
    return f"{chosen.history_user or 'hệ thống'} sửa lúc {when:%H:%M} ngày {when:%d/%m/%Y}"

"""Sheet “Khối và thành viên”: one row per membership; what is said of the bloc may stand in its first row alone."""

import re
from functools import partial

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from import_export.fields import Field

from blocs.enums import BlocKind, BlocWord
from blocs.matching import UnitMatcher
from blocs.models import Bloc, Membership, Unit
from blocs.services import add_member, create_bloc, create_unit, update_bloc
from blocs.services.sheets import correct_membership, group_of
from blocs.sheets.plan import KEEP, NEW, SKIP, TAKE, Sheet, as_cell, last_edit, shown
from common.asof import read_day
from common.resources import ByCode, Choice, Text, TypedDate, TypedNumber, YesNo
from common.text import fold_name

BLOC_FIELDS = (
    "name",
    "short_name",
    "word",
    "bloc_kind",
    "number",
    "organiser",
    "province",
    "founded_on",
    "dissolved_on",
)
MEMBER_FIELDS = ("position", "starts_on", "ends_on", "is_counted", "group")
_CODE = re.compile(r"[-a-z0-9_]+", re.IGNORECASE)


class BlocSheet(Sheet):
    """Khối và thành viên: blocs by their code, members by the code or the name of the unit."""

    kind = "blocs"
    title = "Khối và thành viên"
    filename = "khoi-va-thanh-vien"
    required = ("slug",)
    key_help = "Nhận ra khối theo mã khối; nhận ra thành viên theo mã đơn vị, hoặc theo tên khi ô mã để trống."
    guide = (
        "Mỗi dòng là một đơn vị thành viên của một khối. Thông tin của khối chỉ cần ghi ở dòng đầu của khối đó.",
        "Khối chưa có thành viên thì ghi một dòng, để trống các cột về thành viên.",
        "Đơn vị thôi là thành viên thì ghi cột Đến ngày; xóa dòng trong tệp không xóa gì trong hệ thống.",
    )
    notes = {
        "slug": "Bắt buộc. Chữ thường không dấu, số, gạch nối; nằm trong địa chỉ trang của khối. Ví dụ: khoi-so-1",
        "name": "Bắt buộc khi lập khối mới.",
        "word": "Khối hoặc Cụm.",
        "bloc_kind": "Chọn trong danh sách ở trang Hướng dẫn.",
        "organiser": "Mã đơn vị theo dõi khối; để trống nếu mọi cơ quan thường trực đều theo dõi.",
        "unit_code": "Mã đơn vị thành viên.",
        "unit_name": "Tên đơn vị; chỉ cần khi không ghi mã. Tên chưa có sẽ được lập thành đơn vị mới.",
        "starts_on": "Ngày vào khối. Để trống thì lấy ngày thành lập khối.",
        "ends_on": "Ngày cuối cùng là thành viên; để trống nếu còn.",
        "is_counted": "có hoặc không; để trống là có.",
    }

    slug = Field("slug", "Mã khối", Text())
    name = Field(column_name="Tên khối", widget=Text())
    short_name = Field(column_name="Tên ngắn của khối", widget=Text())
    word = Field(column_name="Tên gọi", widget=Choice(BlocWord))
    bloc_kind = Field(column_name="Loại khối", widget=Choice(BlocKind))
    number = Field(column_name="Số của khối", widget=Text())
    organiser = Field(column_name="Mã cơ quan theo dõi", widget=ByCode(Unit, label="mã đơn vị"))
    province = Field(column_name="Tỉnh, thành phố", widget=Text())
    founded_on = Field(column_name="Ngày thành lập khối", widget=TypedDate())
    dissolved_on = Field(column_name="Ngày giải thể khối", widget=TypedDate())
    unit_code = Field(column_name="Mã đơn vị", widget=Text())
    unit_name = Field(column_name="Tên đơn vị", widget=Text())
    position = Field(column_name="Thứ tự", widget=TypedNumber(whole=True))
    starts_on = Field(column_name="Từ ngày", widget=TypedDate())
    ends_on = Field(column_name="Đến ngày", widget=TypedDate())
    is_counted = Field(column_name="Tính vào số thành viên", widget=YesNo())
    group = Field(column_name="Nhóm", widget=Text())

    class Meta(Sheet.Meta):
        model = Membership
        fields = ["slug", *BLOC_FIELDS, "unit_code", "unit_name", *MEMBER_FIELDS]
        export_order = fields

    # Out

    def export_queryset(self, params, by):
        """As the list of blocs filters; of a day that is asked for only the members of that day."""
        today = timezone.localdate()
        day = read_day(params.get("ngay", "").strip()) or today
        blocs = Bloc.objects.select_related("organiser").in_order()
        if not params.get("tat_ca"):
            blocs = blocs.existing_on(day)
        if text := params.get("q", "").strip()[:100]:
            blocs = blocs.matching(fold_name(text))
        if params.get("ten_goi") in BlocWord.values:
            blocs = blocs.filter(word=params["ten_goi"])
        if params.get("loai") in BlocKind.values:
            blocs = blocs.filter(kind=params["loai"])
        return _rows_of(list(blocs), None if day == today else day)

    def cells_of(self, row):
        """`row`: a Membership, or a Bloc that has none."""
        bloc, member = (row, None) if isinstance(row, Bloc) else (row.bloc, row)
        values = {
            "slug": bloc.slug,
            "bloc_kind": bloc.kind,
            **{name: getattr(bloc, name) for name in BLOC_FIELDS if name != "bloc_kind"},
        }
        if member is not None:
            values |= {
                "unit_code": member.unit.code,
                "unit_name": member.unit.name,
                "position": member.position,
                "starts_on": member.starts_on,
                "ends_on": member.ends_on,
                "is_counted": member.is_counted,
                "group": member.group.name if member.group_id else "",
            }
        empty = {name: "" if name == "is_counted" else self.fields[name].widget.render(None) for name in self.Meta.fields}
        return empty | {name: self.fields[name].widget.render(value) for name, value in values.items()}

    def mark_of(self, record, cells):
        if isinstance(record, Bloc):
            record = Membership(pk=0)
        return super().mark_of(record, cells)

    def choices(self):
        return {"Tên gọi": self.fields["word"].widget.allowed, "Loại khối": self.fields["bloc_kind"].widget.allowed}

    # In

    def prepare(self, rows):
        self.matcher = UnitMatcher()
        slugs = {row.values["slug"].casefold() for row in rows if row.get("slug")}
        known = Bloc.objects.select_related("organiser").filter(slug__in=slugs)
        self.blocs = {bloc.slug.casefold(): bloc for bloc in known}
        self.members = {}
        memberships = Membership.objects.filter(bloc__in=known).select_related("unit", "group", "bloc__organiser")
        for row in memberships:
            self.members.setdefault((row.bloc.slug.casefold(), row.unit_id), []).append(row)
        self.by_pk = {row.pk: row for rows in self.members.values() for row in rows}
        self.periods, self.answers_by_name, self.new_units = {}, {}, {}

    def plan_rows(self, rows):
        groups = {}
        for row in rows:
            if row.get("slug"):
                groups.setdefault(row.values["slug"].casefold(), []).append(row)
        for slug, own in groups.items():
            bloc = self._plan_bloc(slug, own)
            for row in own:
                if bloc is not None and not row.is_faulty and (row.get("unit_code") or row.get("unit_name")):
                    self._plan_member(slug, bloc, row)

    # The bloc

    def _plan_bloc(self, slug, rows):
        """The Bloc, known or yet to be made; None when its rows cannot be read."""
        first = rows[0]
        if any(row.is_faulty for row in rows):
            return None
        if not _CODE.fullmatch(slug):
            return self.fault(first, "slug", f"Mã “{slug}” chỉ được gồm chữ không dấu, số, gạch nối.")
        known = self.blocs.get(slug)
        said = self._said(rows, known)
        if any(row.is_faulty for row in rows):
            return None
        if known is not None:
            return self._change_bloc(first, known, said)
        if not said.get("name"):
            return self.fault(
                first, "name", f"Không có mã khối “{first.values['slug']}”; để lập khối mới, hãy ghi tên khối."
            )
        bloc = Bloc(slug=first.values["slug"], **_fields({name: v for name, v in said.items() if v not in (None, "")}))
        if bloc.founded_on and bloc.dissolved_on and bloc.dissolved_on < bloc.founded_on:
            return self.fault(first, "dissolved_on", "Ngày giải thể không được trước ngày thành lập.")
        self.result.observe(slug, "new bloc")
        self.op(first, "slug", partial(self._create_bloc, bloc))
        cells = [(self.fields[name].column_name, "", shown(self.cell(name, value))) for name, value in said.items() if value]
        self.line(first, "new", f"Khối: {bloc.name}", cells)
        return bloc

    def _said(self, rows, known):
        """Field → what the rows of one bloc say of it; a cell that was exported and left alone says nothing."""
        said, where = {}, {}
        for row in rows:
            for name in BLOC_FIELDS:
                if not row.gives(name):
                    continue
                value = row.values[name]
                if known is not None and row.base and self.cell(name, value) == row.base.get(name):
                    continue
                if name in said and self.cell(name, said[name]) != self.cell(name, value):
                    self.fault(row, name, f"Khác với dòng {where[name].number} của cùng khối này.")
                    continue
                said[name] = value
                where.setdefault(name, row)
        self._said_where = where
        return said

    def _change_bloc(self, first, bloc, said):
        current = self.cells_of(bloc)
        values, cells = {}, []
        for name, value in said.items():
            now, given, row = as_cell(current[name]), self.cell(name, value), self._said_where[name]
            self.result.observe(bloc.slug, name, now)
            if now == given:
                continue
            base = row.base.get(name, now) if row.base else now
            if base != now:
                attribute = {"bloc_kind": "kind", "organiser": "organiser_id"}.get(name, name)
                # A row is signed with the history of its membership; of the bloc the last edit of that field is named.
                text = (
                    f"Khối {bloc.slug}, {self.fields[name].column_name}: khi xuất là “{shown(base)}”, trong tệp là "
                    f"“{shown(given)}”, hiện nay là “{shown(now)}” ({last_edit(bloc, attribute, 0)})."
                )
                options = [(KEEP, f"Giữ giá trị hiện nay: {shown(now)}"), (TAKE, f"Lấy giá trị trong tệp: {shown(given)}")]
                if self.ask(row, name, text, options) != TAKE:
                    continue
            if name == "name" and not value:
                self.fault(row, name, "Ô này không được để trống.")
                return None
            values[name] = value
            cells.append((self.fields[name].column_name, shown(now), shown(given)))
        if values:
            self.op(first, "slug", partial(_update_bloc, bloc.pk, self.by, _fields(values)))
            self.line(first, "change", f"Khối: {bloc.name}", cells)
        return bloc

    def _create_bloc(self, bloc):
        names = (
            "slug",
            "name",
            "short_name",
            "word",
            "kind",
            "number",
            "organiser",
            "province",
            "founded_on",
            "dissolved_on",
        )
        made = create_bloc(by=self.by, **{name: getattr(bloc, name) for name in names})
        self.blocs[bloc.slug.casefold()] = made

    # The member

    def _plan_member(self, slug, bloc, row):
        unit = self._unit_of(row)
        if unit == SKIP:
            return self.line(row, "skip", row.get("unit_name") or row.get("unit_code"))
        if not unit:
            return None
        known = self._known_member(slug, unit, row)
        if row.is_faulty:
            return None
        if known is not None:
            return self._change_member(row, known)
        starts_on = row.get("starts_on") or bloc.founded_on
        if starts_on is None:
            return self.fault(row, "starts_on", "Ô này bắt buộc phải có: khối không có ngày thành lập để lấy thay.")
        ends_on = row.get("ends_on")
        if ends_on and ends_on < starts_on:
            return self.fault(row, "ends_on", "Ngày kết thúc không được trước ngày bắt đầu.")
        if bloc.dissolved_on and starts_on > bloc.dissolved_on:
            return self.fault(row, "starts_on", f"Khối đã giải thể ngày {bloc.dissolved_on:%d/%m/%Y}.")
        if isinstance(unit, Unit) and unit.ends_on and starts_on > unit.ends_on:
            text = f"{unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}."
            return self.fault(row, "starts_on", text)
        label = unit.name if isinstance(unit, Unit) else unit
        if not self._is_free(row, slug, unit, starts_on, ends_on):
            return None
        self.result.observe(row.number, "new member", slug, label, str(starts_on))
        values = {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "position": row.get("position"),
            "is_counted": row.values.get("is_counted", True) is not False,
        }
        self.op(row, "unit_code", partial(self._add, bloc, unit, row.get("group"), values))
        cells = self.filled(row, ("unit_code", "unit_name", *MEMBER_FIELDS))
        if not isinstance(unit, Unit):
            cells.insert(0, ("Đơn vị mới", "", unit))
        return self.line(row, "new", f"Thành viên: {label}", cells)

    def _unit_of(self, row):
        """A Unit, the name of one to be made, SKIP, or "" while the user is asked or the row is faulty."""
        code, name = row.get("unit_code"), row.get("unit_name", "")
        if code:
            unit = self.matcher.by_code.get(code.casefold())
            if unit is None:
                self.fault(row, "unit_code", f"Không có mã đơn vị “{code}”.")
            return unit or ""
        if name not in self.answers_by_name:
            self.answers_by_name[name] = self.matcher.match(name)
        match = self.answers_by_name[name]
        if match.unit:
            return match.unit
        if not match.suggestions:
            return name
        options = [(unit.code, f"{self.matcher.label_of(unit)}") for unit in match.suggestions]
        options += [(NEW, "Lập đơn vị mới với tên này"), (SKIP, "Bỏ qua dòng này")]
        many = "Có nhiều đơn vị cùng tên" if match.is_shared else "Chưa có đơn vị tên"
        answer = self.ask(row, "unit_name", f"{many} “{name}”. Dòng này là đơn vị nào?", options)
        if answer in ("", SKIP):
            return answer
        return name if answer == NEW else self.matcher.by_code[answer.casefold()]

    def _known_member(self, slug, unit, row):
        if row.pk:
            member = self.by_pk.get(row.pk)
            if member is None:
                self.fault(row, "slug", "Dòng này không còn trong hệ thống, hoặc đã chuyển sang khối khác.")
            elif member.bloc.slug.casefold() != slug or not isinstance(unit, Unit) or member.unit_id != unit.pk:
                text = "Không đổi được khối, đơn vị của dòng đã có; hãy ghi ngày kết thúc và thêm một dòng mới."
                self.fault(row, "unit_code", text)
            return member
        if not isinstance(unit, Unit):
            return None
        rows = self.members.get((slug, unit.pk), [])
        day = row.get("starts_on")
        return next((m for m in rows if (m.starts_on == day if day else m.ends_on is None)), None)

    def _change_member(self, row, member):
        values, cells = self.merge(row, self.cells_of(member), MEMBER_FIELDS, partial(self._history, row, member))
        if "starts_on" in values and not values["starts_on"]:
            return self.fault(row, "starts_on", "Ô này không được để trống.")
        if "position" in values and not values["position"]:
            return self.fault(row, "position", "Ô này không được để trống.")
        starts_on, ends_on = values.get("starts_on", member.starts_on), values.get("ends_on", member.ends_on)
        if ends_on and ends_on < starts_on:
            return self.fault(row, "ends_on", "Ngày kết thúc không được trước ngày bắt đầu.")
        if not values:
            return self.line(row, "same", f"Thành viên: {member.unit.name}")
        self.op(row, "unit_code", partial(_update_member, member.pk, self.by, values))
        return self.line(row, "change", f"Thành viên: {member.unit.name}", cells)

    def _history(self, row, member, name):
        return last_edit(member, "group_id" if name == "group" else name, row.history_id)

    def _is_free(self, row, slug, unit, starts_on, ends_on):
        """Whether no other row of the file names the unit for a day of the period."""
        key = (slug, unit.pk if isinstance(unit, Unit) else fold_name(unit))
        for number, first, last in self.periods.get(key, []):
            if (last is None or last >= starts_on) and (ends_on is None or ends_on >= first):
                self.fault(row, "unit_name", f"Trùng với dòng {number}: cùng đơn vị, cùng khối, có ngày trùng nhau.")
                return False
        self.periods.setdefault(key, []).append((row.number, starts_on, ends_on))
        return True

    def _add(self, bloc, unit, group, values):
        bloc = self.blocs[bloc.slug.casefold()]
        if isinstance(unit, str):
            if fold_name(unit) not in self.new_units:
                self.new_units[fold_name(unit)] = create_unit(by=self.by, name=unit, province=bloc.province)
            unit = self.new_units[fold_name(unit)]
        member = add_member(bloc=bloc, unit=unit, by=self.by, **values)
        if group:
            correct_membership(membership=member, by=self.by, group=group_of(bloc, group, by=self.by))


def _rows_of(blocs, day=None):
    """Memberships in the order of the blocs and of their decisions; a bloc without members as itself."""
    history = Membership.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    rows = {}
    memberships = Membership.objects.filter(bloc__in=[bloc.pk for bloc in blocs]).select_related("unit", "group")
    if day is not None:
        memberships = memberships.on(day)
    for member in memberships.annotate(last_history=Subquery(history.values("history_id")[:1])).in_order():
        rows.setdefault(member.bloc_id, []).append(member)
    result = []
    for bloc in blocs:
        for member in rows.get(bloc.pk, []):
            member.bloc = bloc
            result.append(member)
        if bloc.pk not in rows:
            result.append(bloc)
    return result


def _fields(values):
    """The names of the sheet → those of the model."""
    return {("kind" if name == "bloc_kind" else name): value for name, value in values.items()}


def _update_bloc(pk, by, values):
    update_bloc(bloc=Bloc.objects.get(pk=pk), by=by, **values)


def _update_member(pk, by, values):
    member = Membership.objects.select_related("bloc", "unit").get(pk=pk)
    if "group" in values:
        values = {**values, "group": group_of(member.bloc, values["group"], by=by)}
    correct_membership(membership=member, by=by, **values)

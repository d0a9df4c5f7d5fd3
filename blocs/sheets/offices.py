"""Sheet “Chức vụ”: which unit leads or assists which bloc in which year, and the person behind it."""

from functools import partial

from django.db.models import OuterRef, Prefetch, Subquery
from import_export.fields import Field

from blocs.enums import OfficeBasis, OfficeRole
from blocs.matching import UnitMatcher
from blocs.models import Bloc, BlocOffice, BlocYear, EmulationYear, OfficeHolder
from blocs.services import add_holder, appoint_office, open_bloc_year, update_bloc_year
from blocs.services.sheets import correct_office
from blocs.sheets.plan import KEEP, SKIP, TAKE, Sheet, as_cell, last_edit, shown
from common.resources import ByCode, Choice, Text, TextLines, TypedDate, TypedNumber
from common.text import fold

OFFICE_FIELDS = ("starts_on", "ends_on", "basis", "person_name", "titles")
# A cụm says cụm trưởng and cụm phó.
CLUSTER_WORDS = {
    "cum truong": OfficeRole.LEADER,
    "truong cum": OfficeRole.LEADER,
    "truong khoi": OfficeRole.LEADER,
    "cum pho": OfficeRole.DEPUTY,
    "pho cum": OfficeRole.DEPUTY,
    "pho khoi": OfficeRole.DEPUTY,
    "thuong truc": OfficeRole.STANDING,
    "thuong truc cum": OfficeRole.STANDING,
}


class OfficeSheet(Sheet):
    """Chức vụ trong khối, theo năm; a bloc-year that does not exist yet is opened by its first row."""

    kind = "offices"
    title = "Chức vụ"
    filename = "chuc-vu"
    required = ("slug", "year")
    key_help = "Nhận ra khối theo mã khối, năm theo tên năm, đơn vị theo mã hoặc theo tên khi ô mã để trống."
    guide = (
        "Mỗi dòng là một đơn vị giữ một chức vụ trong một năm thi đua của khối.",
        "Khối chưa mở năm đó thì năm được mở khi nhập. Chỉ mở năm, chưa ghi chức vụ: để trống các cột sau.",
        "Đơn vị thôi giữ chức vụ giữa năm, bàn giao cuối năm: ghi trên trang của khối, không ghi ở tệp này.",
    )
    notes = {
        "slug": "Bắt buộc. Mã khối đã có trong hệ thống.",
        "bloc_name": "Chỉ để đọc cho dễ, không được nhập vào.",
        "year": "Bắt buộc. Tên năm thi đua như trong danh mục, ví dụ 2021.",
        "declared": "Số thành viên ghi trong văn bản, giữ đúng con số kể cả khi khác danh sách.",
        "role": "Khối trưởng, Khối phó, Thường trực khối (hoặc Cụm trưởng, Cụm phó).",
        "order": "1, 2, 3 … khi có nhiều khối phó; để trống là 1.",
        "unit_code": "Mã đơn vị giữ chức vụ.",
        "starts_on": "Để trống thì lấy ngày đầu năm thi đua.",
        "ends_on": "Để trống thì lấy ngày cuối năm thi đua.",
        "basis": "Chọn trong danh sách ở trang Hướng dẫn.",
        "person_name": "Họ và tên người đại diện của đơn vị.",
        "titles": "Mỗi chức danh một dòng trong ô (Alt + Enter).",
    }
    shown_only = ("bloc_name",)

    slug = Field(column_name="Mã khối", widget=ByCode(Bloc, key="slug", label="mã khối"))
    bloc_name = Field(column_name="Tên khối", widget=Text())
    year = Field(column_name="Năm thi đua", widget=ByCode(EmulationYear, key="label", label="năm thi đua", folded=True))
    declared = Field(column_name="Số thành viên ghi trong văn bản", widget=TypedNumber(whole=True))
    role = Field(column_name="Chức vụ", widget=Choice(OfficeRole, also=CLUSTER_WORDS))
    order = Field(column_name="Thứ tự", widget=TypedNumber(whole=True))
    unit_code = Field(column_name="Mã đơn vị", widget=Text())
    unit_name = Field(column_name="Tên đơn vị", widget=Text())
    starts_on = Field(column_name="Từ ngày", widget=TypedDate())
    ends_on = Field(column_name="Đến ngày", widget=TypedDate())
    basis = Field(column_name="Căn cứ", widget=Choice(OfficeBasis))
    person_name = Field(column_name="Người đại diện", widget=Text())
    titles = Field(column_name="Chức danh", widget=TextLines())

    class Meta(Sheet.Meta):
        model = BlocOffice
        fields = ["slug", "bloc_name", "year", "declared", "role", "order", "unit_code", "unit_name", *OFFICE_FIELDS]
        export_order = fields

    # Out

    def export_queryset(self, params, by):
        text = params.get("q", "").strip()[:100]
        years = BlocYear.objects.select_related("bloc", "year").order_by("bloc__sort_key", "bloc_id", "-year__starts_on")
        if text:
            years = years.filter(bloc__in=Bloc.objects.matching(fold(text)))
        history = BlocOffice.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
        offices = BlocOffice.objects.select_related("unit").prefetch_related(_holders()).in_order()
        offices = offices.annotate(last_history=Subquery(history.values("history_id")[:1]))
        rows = []
        for bloc_year in years.prefetch_related(Prefetch("offices", offices)):
            held = list(bloc_year.offices.all())
            for office in held:
                office.bloc_year = bloc_year
            rows += held or [bloc_year]
        return rows

    def cells_of(self, row):
        """`row`: a BlocOffice, or a BlocYear without offices."""
        bloc_year, office = (row, None) if isinstance(row, BlocYear) else (row.bloc_year, row)
        values = {
            "slug": bloc_year.bloc,
            "bloc_name": bloc_year.bloc.name,
            "year": bloc_year.year,
            "declared": bloc_year.declared_members,
        }
        if office is not None:
            holder = _present_holder(office)
            values |= {
                "role": office.role,
                "order": office.order,
                "unit_code": office.unit.code,
                "unit_name": office.unit.name,
                "starts_on": office.starts_on,
                "ends_on": office.ends_on,
                "basis": office.basis,
                "person_name": holder.person_name if holder else "",
                "titles": holder.titles if holder else [],
            }
        return {name: self.fields[name].widget.render(values.get(name)) for name in self.Meta.fields}

    def mark_of(self, record, cells):
        return super().mark_of(BlocOffice(pk=0) if isinstance(record, BlocYear) else record, cells)

    def choices(self):
        return {
            "Chức vụ": self.fields["role"].widget.allowed,
            "Căn cứ": self.fields["basis"].widget.allowed,
            "Năm thi đua": list(EmulationYear.objects.values_list("label", flat=True)),
        }

    # In

    def prepare(self, rows):
        self.matcher = UnitMatcher()
        blocs = {row.values["slug"].pk for row in rows if row.get("slug")}
        self.years = {
            (row.bloc_id, row.year_id): row
            for row in BlocYear.objects.filter(bloc__in=blocs).select_related("bloc__organiser", "year")
        }
        self.offices = {}
        for office in (
            BlocOffice.objects.filter(bloc_year__bloc__in=blocs).select_related("unit").prefetch_related(_holders())
        ):
            self.offices[office.pk] = office
        self.seen = {}

    def plan_rows(self, rows):
        groups = {}
        for row in rows:
            if not row.is_faulty:
                groups.setdefault((row.values["slug"].pk, row.values["year"].pk), []).append(row)
        for key, own in groups.items():
            self._plan_year(key, own)
            for row in own:
                if not row.is_faulty and (row.get("role") or row.get("unit_code") or row.get("unit_name")):
                    self._plan_office(key, row)

    def _plan_year(self, key, rows):
        known = self.years.get(key)
        first = rows[0]
        bloc, year = first.values["slug"], first.values["year"]
        said = [
            row
            for row in rows
            if row.gives("declared")
            and not (row.base and self.cell("declared", row.values["declared"]) == row.base["declared"])
        ]
        if len({row.values["declared"] for row in said}) > 1:
            return self.fault(said[-1], "declared", f"Khác với dòng {said[0].number} của cùng khối, cùng năm.")
        value = said[0].values["declared"] if said else None
        label = f"{bloc.label}, {year.title.lower()}"
        if known is None:
            self.result.observe(key, "open")
            self.op(first, "year", partial(self._open, bloc.pk, year.pk, value))
            return self.line(first, "new", f"Mở năm: {label}", self.filled(first, ("declared",)))
        now = known.declared_members
        self.result.observe(key, now)
        if not said or value == now:
            return None
        row = said[0]
        base = row.base.get("declared", as_cell(now)) if row.base else as_cell(now)
        if base != as_cell(now):
            text = (
                f"{label}, số thành viên: khi xuất là “{shown(base)}”, trong tệp là “{shown(value)}”, "
                f"hiện nay là “{shown(now)}” ({last_edit(known, 'declared_members', 0)})."
            )
            options = [(KEEP, f"Giữ giá trị hiện nay: {shown(now)}"), (TAKE, f"Lấy giá trị trong tệp: {shown(value)}")]
            if self.ask(row, "declared", text, options) != TAKE:
                return None
        self.op(row, "declared", partial(_declare, known.pk, self.by, value))
        cells = [(self.fields["declared"].column_name, shown(now), shown(value))]
        return self.line(row, "change", label, cells)

    def _plan_office(self, key, row):
        role, order = row.get("role"), row.get("order", 1)
        if not role:
            return self.fault(row, "role", "Ô này bắt buộc phải có khi đã ghi đơn vị.")
        unit = self._unit_of(row)
        if unit == SKIP:
            return self.line(row, "skip", row.get("unit_name"))
        if not unit:
            return None
        year = row.values["year"]
        starts_on, ends_on = row.get("starts_on") or year.starts_on, row.get("ends_on") or year.ends_on
        if ends_on < starts_on:
            return self.fault(row, "ends_on", "Ngày kết thúc không được trước ngày bắt đầu.")
        known_year = self.years.get(key)
        office = self._known(row, known_year, role, order, unit)
        if row.is_faulty:
            return None
        place = (key, role, order, office.pk if office else starts_on)
        if place in self.seen:
            return self.fault(row, "role", f"Chức vụ này đã có ở dòng {self.seen[place]} của tệp.")
        self.seen[place] = row.number
        if office is not None:
            office.bloc_year = known_year
            return self._change(row, office)
        if row.get("titles") and not row.get("person_name"):
            return self.fault(row, "person_name", "Có chức danh thì phải có họ và tên.")
        values = {
            "role": role,
            "order": order,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "basis": row.get("basis") or OfficeBasis.ELECTED,
        }
        self.result.observe(row.number, "new office", key, role, order, unit.code)
        holder = (row.get("person_name"), row.get("titles") or [])
        self.op(row, "unit_code", partial(self._appoint, key, unit.pk, values, holder))
        label = f"{self.cell('role', role)}: {unit.name}"
        return self.line(row, "new", label, self.filled(row, ("order", "unit_code", "unit_name", *OFFICE_FIELDS)))

    def _unit_of(self, row):
        code, name = row.get("unit_code"), row.get("unit_name", "")
        if code:
            unit = self.matcher.by_code.get(code.casefold())
            if unit is None:
                self.fault(row, "unit_code", f"Không có mã đơn vị “{code}”.")
            return unit or ""
        if not name:
            self.fault(row, "unit_code", "Ô này bắt buộc phải có khi đã ghi chức vụ.")
            return ""
        match = self.matcher.match(name)
        if match.unit:
            return match.unit
        if not match.suggestions:
            self.fault(row, "unit_name", f"Không tìm thấy đơn vị tên “{name}”.")
            return ""
        options = [(unit.code, self.matcher.label_of(unit)) for unit in match.suggestions] + [(SKIP, "Bỏ qua dòng này")]
        answer = self.ask(row, "unit_name", f"Chưa rõ “{name}” là đơn vị nào.", options)
        return answer if answer in ("", SKIP) else self.matcher.by_code[answer.casefold()]

    def _known(self, row, bloc_year, role, order, unit):
        if row.pk:
            office = self.offices.get(row.pk)
            if office is None or bloc_year is None or office.bloc_year_id != bloc_year.pk:
                self.fault(row, "slug", "Dòng này không còn trong hệ thống, hoặc khối, năm đã bị đổi trong tệp.")
            elif (office.role, office.order, office.unit_id) != (role, order, unit.pk):
                text = "Không đổi được chức vụ, thứ tự, đơn vị của dòng đã có; hãy kết thúc chức vụ trên trang của khối."
                self.fault(row, "role", text)
            return office
        if bloc_year is None:
            return None
        day = row.get("starts_on")
        for office in self.offices.values():
            if (office.bloc_year_id, office.role, office.order, office.unit_id) == (bloc_year.pk, role, order, unit.pk):
                if day in (None, office.starts_on):
                    return office
        return None

    def _change(self, row, office):
        values, cells = self.merge(row, self.cells_of(office), OFFICE_FIELDS, partial(self._history, row, office))
        for name in ("starts_on", "ends_on", "basis", "person_name"):
            if name in values and not values[name]:
                return self.fault(row, name, "Ô này không được để trống.")
        label = f"{self.cell('role', office.role)}: {office.unit.name}"
        if not values:
            return self.line(row, "same", label)
        self.op(row, "role", partial(self._correct, office.pk, values))
        return self.line(row, "change", label, cells)

    def _history(self, row, office, name):
        return last_edit(office, name, row.history_id)

    # The writing

    def _open(self, bloc_pk, year_pk, declared):
        bloc, year = Bloc.objects.get(pk=bloc_pk), EmulationYear.objects.get(pk=year_pk)
        open_bloc_year(bloc=bloc, year=year, by=self.by, declared_members=declared)

    def _appoint(self, key, unit_pk, values, holder):
        bloc_year = BlocYear.objects.select_related("bloc", "year").get(bloc=key[0], year=key[1])
        unit = self.matcher.by_pk[unit_pk]
        office = appoint_office(bloc_year=bloc_year, unit=unit, by=self.by, **values)
        name, titles = holder
        if name:
            add_holder(office=office, person_name=name, titles=titles, by=self.by)

    def _correct(self, pk, values):
        office = BlocOffice.objects.select_related("bloc_year__bloc", "bloc_year__year", "unit").get(pk=pk)
        if "person_name" in values and not office.holders.exists():
            add_holder(office=office, person_name=values.pop("person_name"), titles=values.pop("titles", ()), by=self.by)
        if values:
            correct_office(office=office, by=self.by, **values)


def _holders():
    return Prefetch("holders", OfficeHolder.objects.order_by("-starts_on"))


def _present_holder(office):
    """The newest holder; a person who came before keeps the own days and is not in the sheet."""
    return next(iter(office.holders.all()), None)


def _declare(pk, by, value):
    update_bloc_year(bloc_year=BlocYear.objects.select_related("bloc", "year").get(pk=pk), by=by, declared_members=value)

"""Sheet “Đơn vị”: one row per unit, matched by its code; a name alone is asked about."""

import re
from functools import partial

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from import_export.fields import Field

from blocs.matching import UnitMatcher
from blocs.models import Unit, UnitKind
from blocs.services import update_unit
from blocs.services.sheets import check_unit, create_units
from blocs.sheets.plan import NEW, SKIP, Sheet, last_edit
from common.asof import read_day
from common.errors import DomainError
from common.resources import ByCode, Text, TextLines, TypedDate
from common.text import fold, fold_name, slugify_vi

_CODE = re.compile(r"[-\w]+", re.ASCII)


class UnitSheet(Sheet):
    """Danh sách đơn vị: facts only; what happened to a unit (merger, new name on a day) is recorded on its own page."""

    kind = "units"
    title = "Đơn vị"
    filename = "don-vi"
    required = ("name",)
    key_help = "Nhận ra đơn vị theo mã. Ô mã để trống thì theo tên; tên chưa có thì lập đơn vị mới, hệ thống tự đặt mã."
    guide = (
        "Mỗi dòng là một đơn vị. Đơn vị đã có mã trong hệ thống thì dòng đó sửa thông tin; mã chưa có thì lập đơn vị mới.",
        "Sửa tên ở đây là sửa lỗi viết. Đơn vị đổi tên từ một ngày thì dùng nút Đổi tên để giữ tên cũ.",
        "Đơn vị cấp trên ghi bằng mã; có thể là đơn vị nằm trong cùng tệp này.",
    )
    notes = {
        "code": "Chữ thường không dấu, số, gạch nối; không trùng. Ví dụ: so-noi-vu",
        "name": "Bắt buộc. Tên đầy đủ, giữ nguyên dấu phẩy trong tên.",
        "kind": "Chọn trong danh sách ở trang Hướng dẫn.",
        "parent": "Mã của đơn vị cấp trên.",
        "aliases": "Mỗi tên một dòng trong ô (Alt + Enter).",
        "starts_on": "Ngày/tháng/năm, ví dụ 05/03/2021.",
        "ends_on": "Ngày cuối cùng hoạt động; để trống nếu còn.",
    }

    code = Field("code", "Mã đơn vị", Text())
    name = Field("name", "Tên đơn vị", Text())
    short_name = Field("short_name", "Tên ngắn", Text())
    kind_name = Field("kind", "Loại đơn vị", ByCode(UnitKind, key="name", label="loại đơn vị", folded=True))
    parent = Field("parent__code", "Mã đơn vị cấp trên", Text())
    province = Field("province", "Tỉnh, thành phố", Text())
    aliases = Field(column_name="Tên gọi khác", widget=TextLines())
    address = Field("address", "Địa chỉ", Text())
    phone = Field("phone", "Điện thoại", Text())
    email = Field("email", "Thư điện tử", Text())
    starts_on = Field("starts_on", "Thành lập ngày", TypedDate())
    ends_on = Field("ends_on", "Kết thúc ngày", TypedDate())

    class Meta(Sheet.Meta):
        model = Unit
        fields = [
            "code",
            "name",
            "short_name",
            "kind_name",
            "parent",
            "province",
            "aliases",
            "address",
            "phone",
            "email",
            "starts_on",
            "ends_on",
        ]
        export_order = fields

    def dehydrate_aliases(self, unit):
        return [alias.text for alias in unit.aliases.all()]

    def export_queryset(self, params, by):
        history = Unit.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
        rows = Unit.objects.select_related("kind", "parent").prefetch_related("aliases").in_order()
        rows = rows.annotate(last_history=Subquery(history.values("history_id")[:1]))
        day = read_day(params.get("ngay", "").strip())
        if day and day != timezone.localdate():
            begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
            rows = rows.filter(begun).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        text = params.get("q", "").strip()[:100]
        return rows.matching(fold(text)) if text else rows

    def choices(self):
        return {"Loại đơn vị": list(UnitKind.objects.values_list("name", flat=True))}

    # In

    def prepare(self, rows):
        self.matcher = UnitMatcher(Unit.objects.select_related("kind", "parent"))
        self.taken = set(self.matcher.by_code)
        # What the file itself makes: code → Unit, folded name → row of the first.
        self.made, self.made_names, self.used = {}, {}, {}
        self.creates, self.parents = [], []

    def plan_rows(self, rows):
        for row in rows:
            if code := row.get("code"):
                self.taken.add(code.casefold())
                if not _CODE.fullmatch(code):
                    self.fault(row, "code", f"Mã “{code}” chỉ được gồm chữ không dấu, số, gạch nối, gạch dưới.")
        for row in rows:
            if not row.is_faulty:
                self._plan(row)
        self._settle_parents()
        if self.creates:
            reason = "Nhập Excel"
            self.result.ops.insert(0, (0, "", partial(_create, self.creates, reason, self.by)))

    def _plan(self, row):
        unit = self._known(row)
        if unit == SKIP:
            return self.line(row, "skip", row.values["name"])
        if row.is_faulty or unit == "":
            return None
        if unit is None:
            return self._plan_new(row)
        return self._plan_change(row, unit)

    def _known(self, row):
        """The unit that the row is about; None for a new one, "" while the user is asked, SKIP to leave it out."""
        code = row.get("code", "").casefold()
        if row.pk:
            unit = self.matcher.by_pk.get(row.pk)
            if unit is None:
                self.fault(row, "code", "Đơn vị của dòng này không còn trong hệ thống.")
            elif code != unit.code.casefold() and code in self.matcher.by_code:
                self.fault(row, "code", f"Mã “{code}” đã là của {self.matcher.by_code[code].name}.")
            return unit
        if code in self.matcher.by_code:
            return self.matcher.by_code[code]
        name = row.values["name"]
        same = [unit for unit in self.matcher.by_name.get(fold_name(name), {}).values() if self._may_be(row, unit)]
        if len(same) == 1 and not code:
            return same[0]
        if same:
            return self._ask_which(row, name, same)
        return None

    def _may_be(self, row, unit):
        province = row.get("province")
        return not province or not unit.province or fold_name(province) == fold_name(unit.province)

    def _ask_which(self, row, name, same):
        options = [(unit.code, f"Là đơn vị đã có: {unit.name} ({unit.code})") for unit in same]
        options += [(NEW, "Là đơn vị khác, lập mới"), (SKIP, "Bỏ qua dòng này")]
        answer = self.ask(row, "name", f"Đã có đơn vị tên “{name}”. Dòng này là đơn vị nào?", options)
        if answer in ("", SKIP):
            return answer
        return None if answer == NEW else self.matcher.by_code[answer.casefold()]

    def _plan_new(self, row):
        name = row.values["name"]
        code = row.get("code") or self._free_code(name)
        if (first := self.used.get(code.casefold())) is not None:
            return self.fault(row, "code", f"Mã “{code}” đã có ở dòng {first} của tệp.")
        self.used[code.casefold()] = row.number
        key = (fold_name(name), fold_name(row.get("province", "")))
        if key in self.made_names:
            options = [(NEW, "Vẫn lập đơn vị mới"), (SKIP, "Bỏ qua dòng này")]
            text = f"Tên “{name}” trùng với dòng {self.made_names[key]} của tệp."
            answer = self.ask(row, "name", text, options)
            if answer != NEW:
                return self.line(row, "skip", name) if answer else None
        self.made_names.setdefault(key, row.number)
        fields = ("short_name", "province", "address", "phone", "email", "starts_on", "ends_on")
        unit = Unit(code=code, name=name, kind=row.get("kind_name"), **{f: row.get(f) for f in fields if row.get(f)})
        try:
            check_unit(unit)
        except DomainError as error:
            return self._fault_of(row, error)
        aliases = row.get("aliases") or []
        if any(len(text) > 200 for text in aliases):
            return self.fault(row, "aliases", "Có tên gọi khác dài hơn 200 ký tự.")
        self.made[code.casefold()] = unit
        self.creates.append((unit, aliases))
        if row.get("parent"):
            self.parents.append((row, unit))
        row.values["code"] = code
        self.result.observe(row.number, "new", code)
        return self.line(row, "new", name, self.filled(row, self.Meta.fields))

    def _fault_of(self, row, error):
        """The sentence of a service at the column that it names."""
        for name, item in self.fields_in_order():
            if item.attribute and error.message.casefold().startswith(f"{_label(item.attribute)}:"):
                return self.fault(row, name, error.message.partition(":")[2].strip())
        return self.fault(row, "ends_on" if "Ngày" in error.message else "name", error.message)

    def _free_code(self, name):
        base = slugify_vi(name)[:34].strip("-") or "don-vi"
        code, number = base, 2
        while code in self.taken:
            code, number = f"{base}-{number}", number + 1
        self.taken.add(code)
        return code

    def _plan_change(self, row, unit):
        if (first := self.used.get(unit.pk)) is not None:
            return self.fault(row, "code", f"Đơn vị “{unit.code}” đã có ở dòng {first} của tệp.")
        self.used[unit.pk] = row.number
        if not row.get("code") and not row.base:
            row.values.pop("code", None)
        values, cells = self.merge(row, self.cells_of(unit), self.Meta.fields, partial(self._history, row, unit))
        for name in ("code", "name"):
            if name in values and not values[name]:
                return self.fault(row, name, "Ô này không được để trống.")
        if "parent" in values:
            values["parent"] = self._parent_of(row, unit, values["parent"])
        if row.is_faulty:
            return None
        if not values:
            return self.line(row, "same", unit.name)
        if "kind_name" in values:
            values["kind"] = values.pop("kind_name")
        self.result.ops.append((row.number, "", partial(_update, unit.pk, self.by, values)))
        return self.line(row, "change", unit.name, cells)

    def _history(self, row, unit, name):
        attribute = {"kind_name": "kind_id", "parent": "parent_id"}.get(name, name)
        return last_edit(unit, attribute, row.history_id)

    def _parent_of(self, row, unit, code):
        if not code:
            return None
        parent = self.matcher.by_code.get(code.casefold()) or self.made.get(code.casefold())
        if parent is None:
            self.fault(row, "parent", f"Không có mã đơn vị “{code}”.")
        elif parent is unit or _is_below(parent, unit):
            self.fault(row, "parent", "Đơn vị không thể là cấp trên của chính mình.")
        return parent

    def _settle_parents(self):
        """Parents of new units, when all rows are known: a parent may stand further down in the file."""
        for row, unit in self.parents:
            unit.parent = self._parent_of(row, unit, row.values["parent"])


def _is_below(unit, other):
    """Whether `unit` hangs under `other`; circles end the walk."""
    seen = set()
    while unit is not None and id(unit) not in seen:
        if unit is other or (unit.pk and unit.pk == other.pk):
            return True
        seen.add(id(unit))
        unit = unit.parent
    return False


def _label(attribute):
    try:
        return str(Unit._meta.get_field(attribute.split("__")[0]).verbose_name).casefold()
    except LookupError:
        return attribute


def _create(creates, reason, by):
    create_units(units=creates, by=by, reason=reason)


def _update(pk, by, values):
    unit = Unit.objects.get(pk=pk)
    parent = values.get("parent")
    if parent is not None and not parent.pk:
        values = {**values, "parent": Unit.objects.get(code=parent.code)}
    return update_unit(unit=unit, by=by, **values)

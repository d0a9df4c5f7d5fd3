"""Sheet “Tài khoản”: one row per assignment of an account; no password ever stands in a sheet."""

from functools import partial

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from import_export.fields import Field

from accounts.models import User
from blocs.enums import AssignmentRole
from blocs.matching import UnitMatcher
from blocs.models import Assignment
from blocs.services.sheets import assign, correct_account, correct_assignment, issue_account
from blocs.sheets.plan import SKIP, Sheet, last_edit
from common.permissions import may
from common.resources import Choice, Text, TypedDate

USER_FIELDS = ("full_name", "phone", "email")
ASSIGNMENT_FIELDS = ("starts_on", "ends_on")
_OUT_OF_REACH = (
    "Không tự phân công cho chính mình, cho cơ quan thường trực khác hoặc cho đơn vị của khối do cơ quan khác theo dõi; "
    "việc này do quản trị hệ thống làm."
)


class AccountSheet(Sheet):
    """Tài khoản và phân công: accounts by the name they sign in with."""

    kind = "accounts"
    title = "Tài khoản"
    filename = "tai-khoan"
    required = ("username", "full_name")
    key_help = "Nhận ra tài khoản theo tên đăng nhập; đơn vị theo mã, hoặc theo tên khi ô mã để trống."
    guide = (
        "Mỗi dòng là một người làm việc cho một đơn vị. Một người làm cho hai đơn vị thì có hai dòng cùng tên đăng nhập.",
        "Tệp không chứa mật khẩu. Sau khi nhập, người nhập tải danh sách mật khẩu ban đầu một lần; "
        "lần đăng nhập đầu tiên bắt buộc đổi mật khẩu.",
        "Khóa, mở tài khoản không làm ở đây: xin báo quản trị hệ thống.",
    )
    notes = {
        "username": "Bắt buộc. Chữ không dấu, số, dấu chấm, gạch nối. Ví dụ: nguyen.van.an",
        "full_name": "Bắt buộc.",
        "unit_code": "Mã đơn vị nơi làm việc; để trống cả tên đơn vị nếu chưa phân công.",
        "role": "Để trống là cán bộ đơn vị.",
        "starts_on": "Để trống thì lấy ngày nhập.",
        "ends_on": "Ngày làm việc cuối cùng; để trống nếu còn.",
    }

    username = Field(column_name="Tên đăng nhập", widget=Text())
    full_name = Field(column_name="Họ và tên", widget=Text())
    phone = Field(column_name="Điện thoại", widget=Text())
    email = Field(column_name="Thư điện tử", widget=Text())
    unit_code = Field(column_name="Mã đơn vị", widget=Text())
    unit_name = Field(column_name="Tên đơn vị", widget=Text())
    role = Field(column_name="Vai trò", widget=Choice(AssignmentRole))
    starts_on = Field(column_name="Từ ngày", widget=TypedDate())
    ends_on = Field(column_name="Đến ngày", widget=TypedDate())

    class Meta(Sheet.Meta):
        model = Assignment
        fields = ["username", *USER_FIELDS, "unit_code", "unit_name", "role", *ASSIGNMENT_FIELDS]
        export_order = fields

    # Out

    def export_queryset(self, params, by):
        text = params.get("q", "").strip()[:100]
        users = User.objects.order_by("username").prefetch_related(Prefetch("assignments", _assignments()))
        if text:
            users = users.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
        rows = []
        for user in users:
            own = list(user.assignments.all())
            for assignment in own:
                assignment.user = user
            rows += own or [user]
        return rows

    def cells_of(self, row):
        """`row`: an Assignment, or a User who has none."""
        user, assignment = (row, None) if isinstance(row, User) else (row.user, row)
        values = {name: getattr(user, name) for name in ("username", *USER_FIELDS)}
        if assignment is not None:
            values |= {
                "unit_code": assignment.unit.code,
                "unit_name": assignment.unit.name,
                "role": assignment.role,
                "starts_on": assignment.starts_on,
                "ends_on": assignment.ends_on,
            }
        return {name: self.fields[name].widget.render(values.get(name)) for name in self.Meta.fields}

    def mark_of(self, record, cells):
        return super().mark_of(Assignment(pk=0) if isinstance(record, User) else record, cells)

    def choices(self):
        return {"Vai trò": self.fields["role"].widget.allowed}

    # In

    def prepare(self, rows):
        self.matcher = UnitMatcher()
        names = {row.values["username"] for row in rows if row.get("username")}
        self.users, self.clashes = {}, {}
        wanted = {name.casefold() for name in names}
        for user in User.objects.all():
            if user.username in names:
                self.users[user.username] = user
            elif user.username.casefold() in wanted:
                self.clashes[user.username.casefold()] = user
        rows = _assignments().filter(user__in=list(self.users.values()))
        self.assignments = {row.pk: row for row in rows}

    def plan_rows(self, rows):
        groups = {}
        for row in rows:
            if not row.is_faulty:
                groups.setdefault(row.values["username"], []).append(row)
        for username, own in groups.items():
            self._plan_user(username, own)
            for row in own:
                if not row.is_faulty and (row.get("unit_code") or row.get("unit_name")):
                    self._plan_assignment(username, row)

    def _plan_user(self, username, rows):
        first, user = rows[0], self.users.get(username)
        for row in rows[1:]:
            for name in USER_FIELDS:
                if row.gives(name) and first.gives(name) and row.values[name] != first.values[name]:
                    return self.fault(row, name, f"Khác với dòng {first.number} của cùng tài khoản.")
        if user is None:
            return self._plan_new(first, username)
        if user.is_active is False:
            self.result.notices.append(f"Tài khoản “{username}” đang bị khóa; nhập Excel không mở lại.")
        values, cells = self.merge(first, self.cells_of(user), USER_FIELDS, partial(self._user_history, first, user))
        if (user.is_superuser or user.is_staff) and values and not self.by.is_superuser:
            return self.fault(first, "username", "Tài khoản của quản trị hệ thống chỉ do quản trị hệ thống sửa.")
        if "full_name" in values and not values["full_name"]:
            return self.fault(first, "full_name", "Ô này không được để trống.")
        if not values:
            return self.line(first, "same", username)
        self.op(first, "username", partial(_correct_user, user.pk, self.by, values))
        return self.line(first, "change", f"Tài khoản: {username}", cells)

    def _plan_new(self, first, username):
        if first.pk:
            return self.fault(first, "username", "Không đổi được tên đăng nhập của tài khoản đã có.")
        if username.casefold() in self.clashes:
            return self.fault(first, "username", f"Đã có tài khoản “{self.clashes[username.casefold()].username}”.")
        self.clashes[username.casefold()] = User(username=username)
        self.result.observe("new user", username)
        self.result.issued.append(username)
        values = {name: first.get(name, "") for name in USER_FIELDS}
        self.op(first, "username", partial(self._issue, username, values))
        return self.line(first, "new", f"Tài khoản: {username}", self.filled(first, USER_FIELDS))

    def _plan_assignment(self, username, row):
        unit = self._unit_of(row)
        if unit == SKIP or not unit:
            return None
        role = row.get("role") or AssignmentRole.STAFF
        user = self.users.get(username)
        known = self._known(row, user, unit, role)
        if row.is_faulty:
            return None
        label = f"Phân công: {username}, {unit.name}"
        if known is not None:
            values, cells = self.merge(
                row, self.cells_of(known), ASSIGNMENT_FIELDS, partial(self._assignment_history, row, known)
            )
            if "starts_on" in values and not values["starts_on"]:
                return self.fault(row, "starts_on", "Ô này không được để trống.")
            if not values:
                return self.line(row, "same", label)
            if not may(self.by, "blocs.assign_account", known):
                return self.fault(row, "unit_code", _OUT_OF_REACH)
            self.op(row, "unit_code", partial(_correct_assignment, known.pk, self.by, values))
            return self.line(row, "change", label, cells)
        starts_on, ends_on = row.get("starts_on") or timezone.localdate(), row.get("ends_on")
        if ends_on and ends_on < starts_on:
            return self.fault(row, "ends_on", "Ngày kết thúc không được trước ngày bắt đầu.")
        if not may(self.by, "blocs.assign_account", Assignment(user=user, unit=unit)):
            return self.fault(row, "unit_code", _OUT_OF_REACH)
        self.result.observe("new assignment", username, unit.code, role)
        values = {"role": role, "starts_on": starts_on, "ends_on": ends_on}
        self.op(row, "unit_code", partial(self._assign, username, unit.pk, values))
        return self.line(row, "new", label, self.filled(row, ("unit_code", "unit_name", "role", *ASSIGNMENT_FIELDS)))

    def _unit_of(self, row):
        code, name = row.get("unit_code"), row.get("unit_name", "")
        if code:
            unit = self.matcher.by_code.get(code.casefold())
            if unit is None:
                self.fault(row, "unit_code", f"Không có mã đơn vị “{code}”.")
            return unit or ""
        match = self.matcher.match(name)
        if match.unit:
            return match.unit
        if not match.suggestions:
            self.fault(row, "unit_name", f"Không tìm thấy đơn vị tên “{name}”.")
            return ""
        options = [(unit.code, self.matcher.label_of(unit)) for unit in match.suggestions] + [(SKIP, "Không phân công")]
        answer = self.ask(row, "unit_name", f"Chưa rõ “{name}” là đơn vị nào.", options)
        return answer if answer in ("", SKIP) else self.matcher.by_code[answer.casefold()]

    def _known(self, row, user, unit, role):
        if row.pk:
            known = self.assignments.get(row.pk)
            if known is None or user is None or known.user_id != user.pk:
                self.fault(row, "username", "Dòng này không còn trong hệ thống, hoặc tên đăng nhập đã bị đổi trong tệp.")
            elif (known.unit_id, known.role) != (unit.pk, role):
                text = "Không đổi được đơn vị, vai trò của dòng đã có; hãy ghi ngày kết thúc và thêm một dòng mới."
                self.fault(row, "unit_code", text)
            return known
        if user is None:
            return None
        same = [a for a in self.assignments.values() if (a.user_id, a.unit_id, a.role) == (user.pk, unit.pk, role)]
        day = row.get("starts_on")
        return next((a for a in same if (a.starts_on == day if day else a.ends_on is None)), None)

    def _user_history(self, row, user, name):
        return last_edit(user, name, 0)

    def _assignment_history(self, row, assignment, name):
        return last_edit(assignment, name, row.history_id)

    # The writing

    def _issue(self, username, values):
        self.users[username] = issue_account(by=self.by, username=username, **values)

    def _assign(self, username, unit_pk, values):
        assign(by=self.by, user=self.users[username], unit=self.matcher.by_pk[unit_pk], **values)


def _assignments():
    history = Assignment.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    rows = Assignment.objects.select_related("unit", "user").order_by("starts_on", "pk")
    return rows.annotate(last_history=Subquery(history.values("history_id")[:1]))


def _correct_user(pk, by, values):
    correct_account(user=User.objects.get(pk=pk), by=by, **values)


def _correct_assignment(pk, by, values):
    correct_assignment(assignment=Assignment.objects.select_related("user", "unit").get(pk=pk), by=by, **values)

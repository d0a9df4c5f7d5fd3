"""What hangs on a unit in the registry when it ends or passes functions on, and what is done with it (ORG-R4).

Each app has the same three functions: `open_items(unit, on)`, `settle(key, choice, …)`, `unsettle(key, undo, …)`;
`portal.lineage` composes them. They run inside its transaction, which has asked for the right and taken the locks.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from blocs.enums import CovenantState, OfficeBasis, OfficeRole, SignatureState
from blocs.enums import OpenItemChoice as C
from blocs.errors import Invalid
from blocs.models import Assignment, Bloc, BlocOffice, CovenantSignature, Membership, OfficeHolder, Unit, UnitName
from blocs.services import create_unit
from blocs.services.signing import release_signature
from common import audit
from common.dated import on_day, overlapping
from common.errors import StaleState
from common.undo import Changes, revert, values_of

APP = "blocs"


@dataclass(frozen=True)
class OpenItem:
    """One open thing of a unit, and what may become of it; `order` decides who is settled first."""

    app: str
    key: str
    label: str
    detail: str = ""
    choices: tuple = (C.CARRY, C.CLOSE, C.HOLD)
    recommended: C = C.CARRY
    order: int = 5

    @property
    def id(self):
        return f"{self.app}:{self.key}"


def open_items(unit, on):
    """Everything of the registry that is in force for the unit on or after the day `on`."""
    return [
        *_offices(unit, on),
        *_memberships(unit, on),
        *_signatures(unit),
        *_blocs_followed(unit),
        *_children(unit),
        *_assignments(unit, on),
    ]


def settle(key, choice, *, successor, on, by, paper=None):
    """Do with one item what was chosen; the undo for `unsettle`. `successor` is a Unit, or None where nothing is carried.

    Raises Invalid when the choice cannot be done.
    """
    kind, pk = key.split(":")
    if choice == C.HOLD:
        return {}
    return _SETTLERS[kind](int(pk), choice, successor, on, by, paper)


def unsettle(key, undo, *, by):
    """Put back what `settle` did. The caller has asked `common.undo.built_on`."""
    revert(undo)


def still_there(rows, pk):
    """The record of an item; it may have gone since the page with the choices was read."""
    record = rows.filter(pk=pk).first()
    if record is None:
        raise StaleState("Một mục vừa được người khác xóa; xin rà soát lại.")
    return record


def lock(units):
    """Let acts on the same blocs and years take turns: blocs, then years, then the units themselves."""
    memberships = Membership.objects.filter(unit__in=units).values("bloc")
    years = BlocOffice.objects.filter(unit__in=units).values("bloc_year")
    signed = CovenantSignature.objects.filter(unit__in=units).values("version__covenant__bloc_year")
    list(Bloc.objects.select_for_update().filter(pk__in=memberships).order_by("pk"))
    rows = BlocOffice._meta.get_field("bloc_year").related_model.objects
    list(rows.select_for_update().filter(Q(pk__in=years) | Q(pk__in=signed)).order_by("pk"))
    own = Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk for unit in units])
    return {unit.pk: unit for unit in own.order_by("pk")}


def _day_before(on):
    return on - timedelta(days=1)


def _period(row):
    return f"từ {row.starts_on:%d/%m/%Y}" + (f" đến {row.ends_on:%d/%m/%Y}" if row.ends_on else "")


# The unit itself


def end_unit(unit, on, *, by):
    """The day before `on` is the unit's last; so it is its present name's. Returns the undo."""
    changes, last = Changes(), _day_before(on)
    changes.change(unit, ends_on=last)
    for name in UnitName.objects.filter(unit=unit, ends_on=None):
        changes.change(name, ends_on=last)
    changes.watch(UnitName, unit=unit.pk)
    audit.record("kết thúc đơn vị", unit, by=by, before={"ends_on": ""}, after={"ends_on": str(last)})
    return changes.as_undo()


def found_unit(*, by, on, **fields):
    """A unit that begins with the act; returns it and the undo. Raises as `create_unit`."""
    unit = create_unit(by=by, starts_on=on, **fields)
    changes = Changes()
    changes.made(unit)
    for name in UnitName.objects.filter(unit=unit):
        changes.made(name)
    return unit, changes.as_undo()


# Memberships


def _memberships(unit, on):
    rows = Membership.objects.filter(unit=unit).filter(overlapping(on)).select_related("bloc").order_by("pk")
    for row in rows:
        later = row.starts_on >= on
        yield OpenItem(
            APP,
            f"membership:{row.pk}",
            f"Thành viên {row.bloc.name}",
            f"{_period(row)}, thứ tự {row.position}",
            (C.CARRY, C.HOLD) if later else (C.CARRY, C.CLOSE, C.HOLD),
            order=3,
        )


def _settle_membership(pk, choice, successor, on, by, paper):
    row = still_there(Membership.objects.select_related("bloc", "unit"), pk)
    old_end, changes = row.ends_on, Changes()
    others = Membership.objects.filter(bloc=row.bloc_id, unit=successor) if successor else Membership.objects.none()
    if row.starts_on >= on:
        if others.in_period(row.starts_on, row.ends_on).exists():
            raise Invalid(f"{successor} đã là thành viên của {row.bloc}; xin chọn cách xử lý khác cho tư cách thành viên.")
        changes.change(row, unit=successor)
        audit.record("chuyển tư cách thành viên khối", row, by=by, after={"unit": successor.code})
        return changes.as_undo()
    changes.change(row, ends_on=_day_before(on))
    audit.record("kết thúc tư cách thành viên khối", row, by=by, after={"ends_on": str(row.ends_on)})
    if choice == C.CARRY:
        # A member already: its own row goes on, and the place of the old unit falls away.
        other = others.in_period(on, old_end).order_by("starts_on").first()
        if other is None or other.starts_on > on:
            made = Membership(
                bloc=row.bloc,
                unit=successor,
                position=row.position,
                starts_on=on,
                ends_on=_day_before(other.starts_on) if other else old_end,
                paper=paper,
                group=row.group,
                is_counted=row.is_counted,
            )
            made.save()
            changes.made(made)
            audit.record("thêm thành viên khối", made, by=by, after={"unit": successor.code, "starts_on": str(on)})
    return changes.as_undo()


# Offices


def _offices(unit, on):
    rows = (
        BlocOffice.objects.filter(unit=unit)
        .filter(Q(ends_on__gte=on) | Q(handed_over_on=None))
        .select_related("bloc_year__bloc", "bloc_year__year")
        .order_by("pk")
    )
    for row in rows:
        is_leader = row.role == OfficeRole.LEADER
        choices, recommended, detail = [C.CARRY, C.CLOSE, C.HOLD], C.CARRY, _period(row)
        if row.starts_on >= on:
            choices = [C.CARRY, C.HOLD]
        elif row.ends_on < on:
            # The year is over and only its hand-over is missing. A successor would be a second leader of a later day,
            # so what is left falls to the other office, or to the agency that follows the bloc (design §4).
            choices, recommended = [C.CLOSE, C.HOLD], C.CLOSE
            detail += "; năm đã hết, chưa bàn giao"
        elif is_leader and (deputy := _deputy(row, on)):
            choices.insert(1, C.DEPUTY)
            recommended = C.DEPUTY
            detail += f"; khối phó là {deputy.unit}"
        yield OpenItem(
            APP,
            f"office:{row.pk}",
            f"{row.title}, {row.bloc_year}",
            detail,
            tuple(choices),
            recommended,
            order=1 if is_leader else 2,
        )


def _deputy(office, on):
    """The first deputy in office on the day, of a unit that goes on."""
    rows = BlocOffice.objects.filter(bloc_year=office.bloc_year_id, role=OfficeRole.DEPUTY, handed_over_on=None)
    rows = rows.filter(starts_on__lt=on, ends_on__gte=on, unit__ends_on=None).exclude(unit=office.unit_id)
    return rows.select_related("unit").order_by("order", "pk").first()


def _settle_office(pk, choice, successor, on, by, paper):
    office = still_there(BlocOffice.objects.select_related("unit", "bloc_year__bloc", "bloc_year__year"), pk)
    changes = Changes()
    changes.watch(BlocOffice, bloc_year=office.bloc_year_id)
    if office.starts_on >= on:
        if _office_of(successor, office, on):
            raise Invalid(f"{successor} đã giữ một chức vụ trong {office.bloc_year}; xin chọn cách xử lý khác.")
        changes.change(office, unit=successor)
        audit.record(f"chuyển chức vụ {office.title.lower()}", office, by=by, after={"unit": successor.code})
        return changes.as_undo()
    old_end, old_handed = office.ends_on, office.handed_over_on
    deputy = _deputy(office, on) if choice == C.DEPUTY else None
    if choice == C.DEPUTY and deputy is None:
        raise Invalid(f"{office.bloc_year} không có khối phó nào để điều hành; xin chọn cách xử lý khác.")
    _end_office(office, on, changes, by)
    if choice == C.CLOSE:
        return changes.as_undo()
    taker = deputy.unit if deputy else successor
    own = deputy or _office_of(taker, office, on)
    if own and office.role != OfficeRole.LEADER:
        # It holds an office of the year already; the one of the old unit falls away.
        return changes.as_undo()
    persons = []
    if own:
        if own.starts_on >= on:
            raise Invalid(f"{taker} nhận chức vụ từ ngày {own.starts_on:%d/%m/%Y}, không điều hành trước ngày đó được.")
        persons = list(OfficeHolder.objects.filter(on_day(on), office=own))
        _end_office(own, on, changes, by)
    made = BlocOffice(
        bloc_year=office.bloc_year,
        unit=taker,
        role=office.role,
        order=office.order,
        starts_on=on,
        ends_on=old_end,
        basis=OfficeBasis.SUCCESSION,
        paper=paper,
        handed_over_on=old_handed,
    )
    made.save()
    changes.made(made)
    # The head of the unit goes with the unit (REG-3).
    for person in persons:
        holder = OfficeHolder(office=made, person_name=person.person_name, titles=person.titles, starts_on=on)
        holder.save()
        changes.made(holder)
    audit.record(
        f"kế nhiệm chức vụ {made.title.lower()}",
        made,
        by=by,
        after={"unit": taker.code, "starts_on": str(on), "ends_on": str(made.ends_on)},
    )
    return changes.as_undo()


def _office_of(unit, office, on):
    rows = BlocOffice.objects.filter(bloc_year=office.bloc_year_id, unit=unit).exclude(pk=office.pk)
    return rows.filter(Q(ends_on__gte=on) | Q(handed_over_on=None)).order_by("starts_on").first()


def _end_office(office, on, changes, by):
    last = _day_before(on)
    before = {"ends_on": str(office.ends_on), "handed_over_on": str(office.handed_over_on or "")}
    changes.change(office, ends_on=min(office.ends_on, last), handed_over_on=last)
    for holder in OfficeHolder.objects.filter(overlapping(on), office=office, starts_on__lte=last):
        changes.change(holder, ends_on=last)
    after = {"ends_on": str(office.ends_on), "handed_over_on": str(last)}
    audit.record(f"kết thúc chức vụ {office.title.lower()}", office, by=by, before=before, after=after)


# Signatures that are waited for


def _signatures(unit):
    rows = CovenantSignature.objects.filter(
        unit=unit, state__in=[SignatureState.WAITING, SignatureState.REFUSED], version__state=CovenantState.SIGNING
    ).select_related("version__covenant__bloc_year__bloc", "version__covenant__bloc_year__year")
    for row in rows.order_by("pk"):
        year = row.version.covenant.bloc_year
        yield OpenItem(
            APP,
            f"signature:{row.pk}",
            f"Chữ ký giao ước thi đua, {year}",
            row.get_state_display().lower(),
            order=4,
        )


def _settle_signature(pk, choice, successor, on, by, paper):
    row = still_there(CovenantSignature.objects.select_related("version__covenant__bloc_year", "unit"), pk)
    changes, version = Changes(), row.version
    fields = ["state", "recorded_at", "recorded_by_id", "refusal_reason"]
    before, before_version = values_of(row, fields), values_of(version, ["state", "signed_on"])
    if choice == C.CARRY and not CovenantSignature.objects.filter(version=version, unit=successor).exists():
        made = CovenantSignature(version=version, unit=successor, position=row.position)
        made.save()
        changes.made(made)
    release_signature(signature=row, by=by, note=f"Đơn vị thay đổi tổ chức từ ngày {on:%d/%m/%Y}")
    changes.noted(row, before)
    changes.noted(version, before_version)
    return changes.as_undo()


# Blocs it follows, units below it


def _blocs_followed(unit):
    for bloc in Bloc.objects.filter(organiser=unit, dissolved_on=None).order_by("pk"):
        yield OpenItem(APP, f"organised:{bloc.pk}", f"Theo dõi {bloc.name}", choices=(C.CARRY, C.HOLD), order=6)
    if unit.is_standing_agency:
        yield OpenItem(
            APP,
            f"agency:{unit.pk}",
            "Vai trò cơ quan thường trực Hội đồng",
            "quyền quản lý danh mục và thẩm định đi theo vai trò này",
            (C.CARRY, C.HOLD),
            order=6,
        )


def _settle_organised(pk, choice, successor, on, by, paper):
    bloc, changes = still_there(Bloc.objects, pk), Changes()
    changes.change(bloc, organiser=successor)
    audit.record("đổi cơ quan theo dõi khối", bloc, by=by, after={"organiser": successor.code})
    return changes.as_undo()


def _settle_agency(pk, choice, successor, on, by, paper):
    changes = Changes()
    if not successor.is_standing_agency:
        changes.change(successor, is_standing_agency=True)
        audit.record("giao vai trò cơ quan thường trực", successor, by=by)
    return changes.as_undo()


def _children(unit):
    for child in Unit.objects.filter(parent=unit, ends_on=None).in_order():
        label = f"Đơn vị trực thuộc: {child.name}"
        yield OpenItem(APP, f"child:{child.pk}", label, order=7)


def _settle_child(pk, choice, successor, on, by, paper):
    child, changes = still_there(Unit.objects.select_related("parent"), pk), Changes()
    parent = None if choice == C.CLOSE else successor
    if parent == child:
        # A part that takes the whole over rises to its place.
        parent = child.parent.parent
    changes.change(child, parent=parent)
    audit.record("đổi đơn vị cấp trên", child, by=by, after={"parent": parent.code if parent else ""})
    return changes.as_undo()


# Accounts


def _assignments(unit, on):
    rows = Assignment.objects.filter(unit=unit).filter(overlapping(on)).select_related("user").order_by("pk")
    for row in rows:
        yield OpenItem(
            APP,
            f"assignment:{row.pk}",
            f"Tài khoản {row.user}, {row.get_role_display()}",
            f"{_period(row)}; kết thúc thì tài khoản không còn làm việc cho đơn vị",
            (C.CARRY, C.HOLD) if row.starts_on >= on else (C.CARRY, C.CLOSE, C.HOLD),
            order=8,
        )


def _settle_assignment(pk, choice, successor, on, by, paper):
    row = still_there(Assignment.objects.select_related("user", "unit"), pk)
    old_end, changes = row.ends_on, Changes()
    others = Assignment.objects.filter(user=row.user, unit=successor, role=row.role).exclude(pk=row.pk)
    has_one = bool(successor) and others.in_period(max(on, row.starts_on), old_end).exists()
    if row.starts_on >= on:
        if has_one:
            raise Invalid(f"{row.user} đã được phân công tại {successor}; xin chọn cách xử lý khác cho tài khoản này.")
        changes.change(row, unit=successor)
        audit.record("chuyển phân công", row, by=by, after={"unit": successor.code})
        return changes.as_undo()
    changes.change(row, ends_on=_day_before(on))
    audit.record("kết thúc phân công", row, by=by, after={"ends_on": str(row.ends_on)})
    if choice == C.CARRY and not has_one:
        made = Assignment(user=row.user, unit=successor, role=row.role, starts_on=on, ends_on=old_end)
        made.save()
        changes.made(made)
        audit.record("phân công", made, by=by, after={"unit": successor.code, "starts_on": str(on)})
    return changes.as_undo()


_SETTLERS = {
    "membership": _settle_membership,
    "office": _settle_office,
    "signature": _settle_signature,
    "organised": _settle_organised,
    "agency": _settle_agency,
    "child": _settle_child,
    "assignment": _settle_assignment,
}

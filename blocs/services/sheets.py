"""What an Excel sheet writes: many records at once, each checked as one that is typed, each with its history row."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from blocs.enums import AssignmentRole
from blocs.errors import Invalid, Overlap, WrongDate
from blocs.models import Assignment, Bloc, BlocGroup, BlocOffice, BlocYear, OfficeHolder, Unit, UnitAlias, UnitName
from blocs.reports import overlapping_membership
from blocs.scope import is_on_behalf
from blocs.services.records import save_checked, sentences
from blocs.services.units import FROM_THE_START
from common import audit
from common.actor import forget_request_memory
from common.permissions import require
from common.text import clean_text

BATCH = 500


@transaction.atomic
def create_units(*, units, by, reason=""):
    """New units, each with its first name: (Unit, other names) pairs, parents before children or in the same list.

    The caller has seen that codes are free. Raises PermissionDenied, Invalid (a field that cannot be).
    """
    require(by, "blocs.manage_registry")
    rest = [unit for unit, _ in units]
    for unit in rest:
        check_unit(unit)
    while rest:
        # A unit waits for its parent's primary key; each wave is one level of the tree.
        ready = [unit for unit in rest if unit.parent is None or unit.parent.pk]
        if not ready:
            raise Invalid("Các đơn vị cấp trên tạo thành vòng tròn.", subject=rest[0])
        bulk_create_with_history(ready, Unit, batch_size=BATCH, default_user=by, default_change_reason=reason[:100] or None)
        rest = [unit for unit in rest if not unit.pk]
    names = [
        UnitName(unit=unit, name=unit.name, short_name=unit.short_name, starts_on=unit.starts_on or FROM_THE_START)
        for unit, _ in units
    ]
    UnitName.objects.bulk_create(names, batch_size=BATCH)
    aliases = [UnitAlias(unit=unit, text=text) for unit, texts in units for text in sorted(set(texts))]
    UnitAlias.objects.bulk_create(aliases, batch_size=BATCH)
    return [unit for unit, _ in units]


def check_unit(unit):
    """What `full_clean` would say, without its questions to the database. Raises Invalid."""
    try:
        unit.clean_fields(exclude=("kind", "parent", "issuer"))
    except ValidationError as error:
        raise Invalid(" ".join(sentences(unit, error)), subject=unit) from error
    if unit.starts_on and unit.ends_on and unit.ends_on < unit.starts_on:
        raise WrongDate("Ngày kết thúc không được trước ngày bắt đầu.", subject=unit)


@transaction.atomic
def correct_membership(*, membership, by, **fields):
    """Correct the dates, the order, the group of a membership. Raises PermissionDenied, Overlap, WrongDate, Invalid."""
    bloc = membership.bloc
    require(by, "blocs.manage_bloc", bloc)
    Bloc.objects.select_for_update().get(pk=bloc.pk)
    membership.refresh_from_db()
    before = {name: str(getattr(membership, name)) for name in fields}
    for name, value in fields.items():
        setattr(membership, name, value)
    if membership.ends_on and membership.ends_on < membership.starts_on:
        raise WrongDate("Ngày kết thúc không được trước ngày bắt đầu.", subject=bloc)
    other = overlapping_membership(bloc, membership.unit, membership.starts_on, membership.ends_on, exclude=membership)
    if other:
        raise Overlap(f"{membership.unit} đã là thành viên của khối từ {other.starts_on:%d/%m/%Y}.", subject=bloc)
    save_checked(membership)
    after = {name: str(getattr(membership, name)) for name in fields}
    audit.record("sửa tư cách thành viên khối", membership, by=by, before=before, after=after)
    return membership


def group_of(bloc, name, *, by):
    """The group of that name inside the bloc, made when there is none; None without a name."""
    name = clean_text(name or "")
    if not name:
        return None
    require(by, "blocs.manage_bloc", bloc)
    found = BlocGroup.objects.filter(bloc=bloc, name=name).first()
    return found or save_checked(BlocGroup(bloc=bloc, name=name, position=bloc.groups.count() + 1))


@transaction.atomic
def correct_office(*, office, by, person_name=None, titles=None, **fields):
    """Correct the days, the basis, or how the present holder of an office is written.

    Raises PermissionDenied, WrongDate, Invalid.
    """
    bloc_year = office.bloc_year
    require(by, "blocs.appoint_office", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    office = BlocOffice.objects.select_related("bloc_year__bloc", "bloc_year__year", "unit").get(pk=office.pk)
    before = {name: str(getattr(office, name)) for name in fields}
    for name, value in fields.items():
        setattr(office, name, value)
    if office.ends_on < office.starts_on:
        raise WrongDate("Ngày kết thúc không được trước ngày bắt đầu.", subject=bloc_year)
    save_checked(office)
    holder = OfficeHolder.objects.filter(office=office).order_by("-starts_on").first()
    if holder and (person_name is not None or titles is not None):
        before |= {"person_name": holder.person_name, "titles": holder.titles}
        holder.person_name = holder.person_name if person_name is None else person_name
        holder.titles = holder.titles if titles is None else titles
        save_checked(holder)
        fields |= {"person_name": holder.person_name, "titles": holder.titles}
    audit.record(
        "sửa chức vụ trong khối",
        office,
        by=by,
        on_behalf=is_on_behalf(by, bloc_year),
        before=before,
        after={name: str(value) for name, value in fields.items()},
    )
    forget_request_memory()
    return office


@transaction.atomic
def issue_account(*, by, username, full_name, phone="", email=""):
    """A new account without a password: nobody can sign in until one is handed out (`hand_out_passwords`).

    Raises PermissionDenied, Invalid, Taken.
    """
    require(by, "blocs.import_accounts")
    user = User(username=username, full_name=full_name, phone=phone, email=email, must_change_password=True)
    user.set_unusable_password()
    save_checked(user)
    audit.record("cấp tài khoản", user, by=by, after={"username": username, "full_name": full_name})
    return user


@transaction.atomic
def correct_account(*, user, by, **fields):
    """Correct name, telephone, mail of an account; that of an administrator is corrected by an administrator only.

    Raises PermissionDenied, Invalid.
    """
    require(by, "blocs.import_accounts")
    user = User.objects.select_for_update().get(pk=user.pk)
    if (user.is_superuser or user.is_staff) and not by.is_superuser:
        raise PermissionDenied("Tài khoản của quản trị hệ thống chỉ do quản trị hệ thống sửa.")
    before = {name: getattr(user, name) for name in fields}
    for name, value in fields.items():
        setattr(user, name, value)
    save_checked(user)
    audit.record("sửa tài khoản", user, by=by, before=before, after=fields)
    return user


@transaction.atomic
def assign(*, user, unit, by, starts_on, role=AssignmentRole.STAFF, ends_on=None):
    """The user works for the unit from a day on. Raises PermissionDenied (`blocs.assign_account`), Invalid, Taken."""
    require(by, "blocs.import_accounts")
    require(by, "blocs.assign_account", Assignment(user=user, unit=unit))
    if (user.is_superuser or user.is_staff) and not by.is_superuser:
        raise PermissionDenied("Tài khoản của quản trị hệ thống chỉ do quản trị hệ thống phân công.")
    assignment = save_checked(Assignment(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on))
    audit.record(
        "phân công tài khoản",
        assignment,
        by=by,
        after={"user": user.username, "unit": unit.code, "role": str(role), "starts_on": str(starts_on)},
    )
    forget_request_memory()
    return assignment


@transaction.atomic
def correct_assignment(*, assignment, by, **fields):
    """Correct the role or the days of an assignment. Raises PermissionDenied (`blocs.assign_account`), Invalid."""
    require(by, "blocs.import_accounts")
    require(by, "blocs.assign_account", assignment)
    user = assignment.user
    if (user.is_superuser or user.is_staff) and not by.is_superuser:
        raise PermissionDenied("Tài khoản của quản trị hệ thống chỉ do quản trị hệ thống phân công.")
    assignment.refresh_from_db()
    before = {name: str(getattr(assignment, name)) for name in fields}
    for name, value in fields.items():
        setattr(assignment, name, value)
    save_checked(assignment)
    after = {name: str(value) for name, value in fields.items()}
    audit.record("sửa phân công tài khoản", assignment, by=by, before=before, after=after)
    forget_request_memory()
    return assignment

"""Units: their names over time and the other names people type."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from blocs.enums import OpenItemChoice, SuccessionKind, SuccessionSide
from blocs.errors import Invalid, WrongDate
from blocs.models import Unit, UnitAlias, UnitName, UnitSuccession
from blocs.services.records import save_checked
from common import audit
from common.permissions import require
from common.text import clean_text, slugify_vi
from common.undo import Changes, freeze, values_of

# The first name of a unit whose founding day nobody knows; no paper of the work is older.
FROM_THE_START = date(1945, 9, 2)


@transaction.atomic
def create_unit(
    *, by, name, code="", short_name="", kind=None, parent=None, province="", starts_on=None, aliases=(), **contact
):
    """A new unit with its first name; without a code one is made from the name. `contact`: other fields of Unit.

    Raises PermissionDenied, Invalid (code used, too long, dates), Taken.
    """
    require(by, "blocs.manage_registry")
    name = clean_text(name)
    unit = Unit(
        code=code or free_code(name),
        name=name,
        short_name=clean_text(short_name),
        kind=kind,
        parent=parent,
        province=clean_text(province),
        starts_on=starts_on,
        **contact,
    )
    save_checked(unit)
    UnitName.objects.create(unit=unit, name=name, short_name=unit.short_name, starts_on=starts_on or FROM_THE_START)
    if aliases:
        set_aliases(unit, aliases)
    audit.record("thêm đơn vị", unit, by=by, after={"code": unit.code, "name": unit.name})
    return unit


@transaction.atomic
def update_unit(*, unit, by, aliases=None, **fields):
    """Correct what is written about a unit. A corrected name corrects the present name; `rename_unit` opens a new one.

    Raises PermissionDenied, Invalid, Taken.
    """
    require(by, "blocs.manage_registry")
    before = Unit.objects.select_for_update().get(pk=unit.pk)
    old = {"code": before.code, "name": before.name}
    for field, value in fields.items():
        setattr(unit, field, clean_text(value) if isinstance(value, str) else value)
    save_checked(unit)
    # Through `save`, because the folded text of the name is calculated there.
    for present in unit.names.filter(ends_on=None):
        present.name, present.short_name = unit.name, unit.short_name
        present.save()
    if aliases is not None:
        set_aliases(unit, aliases)
    audit.record("sửa đơn vị", unit, by=by, before=old, after={"code": unit.code, "name": unit.name})
    return unit


def rename_unit(*, unit, name, on, by, short_name="", paper=None):
    """As `record_rename`; returns the unit."""
    return record_rename(unit=unit, name=name, on=on, by=by, short_name=short_name, paper=paper).renamed


@transaction.atomic
def record_rename(*, unit, name, on, by, short_name="", paper=None, note=""):
    """From the day `on` the unit bears another name and stays the same unit; the old name is kept until the day before.

    Returns the UnitSuccession of kind rename, with the unit as `renamed`; it can be taken back (portal.lineage).
    Raises PermissionDenied, Invalid (same name, too long), WrongDate (in the future, not after the present name began,
    the unit has ended).
    """
    require(by, "blocs.manage_registry")
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    name = clean_text(name)
    if name == unit.name:
        raise Invalid("Tên mới giống hệt tên đang dùng.", subject=unit)
    if on > timezone.localdate():
        raise WrongDate(f"Ngày đổi tên {on:%d/%m/%Y} ở sau ngày hôm nay.", subject=unit)
    if unit.ends_on:
        raise WrongDate(f"{unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}.", subject=unit)
    old, changes = unit.name, Changes()
    present = unit.names.filter(ends_on=None).first()
    if present is None:
        # Without a row the days before would bear the new name as well.
        last = unit.names.order_by("-starts_on").first()
        begins = last.ends_on + timedelta(days=1) if last else min(unit.starts_on or FROM_THE_START, on - timedelta(days=1))
        present = changes.made(UnitName.objects.create(unit=unit, name=old, short_name=unit.short_name, starts_on=begins))
    if on <= present.starts_on:
        raise WrongDate(
            f"Ngày đổi tên phải sau ngày {present.starts_on:%d/%m/%Y} là ngày tên đang dùng bắt đầu.", subject=unit
        )
    changes.change(present, ends_on=on - timedelta(days=1))
    before = values_of(unit, ["name", "short_name"])
    unit.name, unit.short_name = name, clean_text(short_name)
    save_checked(unit)
    changes.noted(unit, before)
    changes.made(UnitName.objects.create(unit=unit, name=name, short_name=unit.short_name, starts_on=on))
    changes.watch(UnitName, unit=unit.pk)
    audit.record("đổi tên đơn vị", unit, by=by, before={"name": old}, after={"name": name, "starts_on": str(on)})
    succession = UnitSuccession.objects.create(
        kind=SuccessionKind.RENAME, effective_on=on, paper=paper, note=clean_text(note), recorded_by=by
    )
    succession.parties.create(unit=unit, side=SuccessionSide.FROM)
    succession.effects.create(
        app="blocs",
        key=f"name:{unit.pk}",
        label=f"{old} đổi tên thành {name}"[:500],
        choice=OpenItemChoice.CARRY,
        successor=unit,
        undo=freeze(changes.as_undo()),
    )
    succession.renamed = unit
    return succession


def set_aliases(unit, texts):
    """Exactly these other names; equal ones count once."""
    wanted = {clean_text(text) for text in texts} - {""}
    for text in wanted:
        if len(text) > 200:
            raise Invalid(f"Tên gọi khác “{text[:60]}…” dài hơn 200 ký tự.", subject=unit)
    unit.aliases.exclude(text__in=wanted).delete()
    kept = set(unit.aliases.values_list("text", flat=True))
    UnitAlias.objects.bulk_create([UnitAlias(unit=unit, text=text) for text in sorted(wanted - kept)])


def free_code(name):
    """A code from the name that no unit has yet."""
    base = slugify_vi(name)[:34].strip("-") or "don-vi"
    used = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 2
    while code in used:
        code, number = f"{base}-{number}", number + 1
    return code

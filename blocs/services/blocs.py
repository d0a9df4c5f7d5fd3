"""Blocs, years, members: who belongs where from which day to which."""

from django.db import transaction
from django.db.models import Max

from blocs.enums import YEAR_TRANSITIONS, BlocAct, RotationPolicy, YearState
from blocs.errors import Invalid, Overlap, WrongDate
from blocs.models import Bloc, BlocAlias, BlocPaper, BlocYear, EmulationYear, Membership, Movement, Unit
from blocs.reports import overlapping_membership
from blocs.scope import is_on_behalf
from blocs.services.bloc_life import begin_name, correct_name
from blocs.services.records import save_checked
from blocs.services.units import create_unit
from blocs.totals import rival_memberships, rival_sentence
from common import audit
from common.errors import IllegalStep, StaleState
from common.permissions import may, require
from common.text import clean_text, slugify_vi


@transaction.atomic
def create_bloc(*, by, aliases=(), **fields):
    """A new bloc; without a slug one is made from its short name or name.

    Raises PermissionDenied, Invalid (slug used, dates, too long), Taken.
    """
    require(by, "blocs.manage_registry")
    bloc = Bloc(**{name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()})
    bloc.slug = bloc.slug or free_slug(bloc.short_name or bloc.name)
    save_checked(bloc)
    begin_name(bloc)
    set_bloc_aliases(bloc, aliases)
    if bloc.founding_paper:
        _note_founding(bloc)
    audit.record("thành lập khối", bloc, by=by, after={"slug": bloc.slug, "name": bloc.name})
    return bloc


@transaction.atomic
def update_bloc(*, bloc, by, aliases=None, **fields):
    """Correct what is written about a bloc. A corrected name corrects the present one; `rename_bloc` opens a new one.

    Raises PermissionDenied, Invalid, Taken.
    """
    require(by, "blocs.manage_bloc", Bloc.objects.get(pk=bloc.pk))
    for name, value in fields.items():
        setattr(bloc, name, clean_text(value) if isinstance(value, str) else value)
    save_checked(bloc)
    correct_name(bloc)
    if bloc.founding_paper:
        _note_founding(bloc)
    if aliases is not None:
        set_bloc_aliases(bloc, aliases)
    return bloc


def _note_founding(bloc):
    """The founding decision stands among the papers of the bloc as well."""
    if not bloc.papers.filter(paper=bloc.founding_paper, act=BlocAct.FOUND).exists():
        effective_on = bloc.founded_on or bloc.founding_paper.effective_on or bloc.founding_paper.issued_on
        save_checked(BlocPaper(bloc=bloc, paper=bloc.founding_paper, act=BlocAct.FOUND, effective_on=effective_on))


def set_bloc_aliases(bloc, texts):
    """Exactly these other names; equal ones count once."""
    wanted = {clean_text(text) for text in texts} - {""}
    for text in wanted:
        if len(text) > 250:
            raise Invalid(f"Tên gọi khác “{text[:60]}…” dài hơn 250 ký tự.", subject=bloc)
    bloc.aliases.exclude(text__in=wanted).delete()
    kept = set(bloc.aliases.values_list("text", flat=True))
    BlocAlias.objects.bulk_create([BlocAlias(bloc=bloc, text=text) for text in sorted(wanted - kept)])


def free_slug(name):
    """An address part from the name that no bloc has yet."""
    base = slugify_vi(name)[:74].strip("-") or "khoi"
    used = set(Bloc.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def set_year_state(*, year, target, by):
    """Open ↔ closed → archived; a closed year can be read and not worked on.

    Raises PermissionDenied, IllegalStep, StaleState.
    """
    require(by, "blocs.manage_registry")
    if target not in YEAR_TRANSITIONS[YearState(year.state)]:
        raise IllegalStep(year, YearState(target))
    before = year.state
    if not EmulationYear.objects.filter(pk=year.pk, state=before).update(state=target):
        raise StaleState(f"{year.title} vừa được người khác chuyển trạng thái.", subject=year)
    year.refresh_from_db()
    audit.record("chuyển trạng thái năm", year, by=by, before={"state": before}, after={"state": year.state})
    return year


@transaction.atomic
def open_bloc_year(
    *,
    bloc,
    year,
    by,
    theme="",
    declared_members=None,
    leader_counted=True,
    rotation_policy=None,
    term_years=None,
    allowed_by=None,
):
    """Open the workplace of a bloc for a year; the way of rotation is that of its year before unless told.

    By the standing agency that follows the bloc, or by whoever works on `allowed_by`, a bloc-year of the same bloc whose
    meeting elects the leaders of the new year. Raises PermissionDenied, Invalid (open already, year not open), Taken.
    """
    if not _is_covered(by, bloc, allowed_by):
        require(by, "blocs.manage_bloc", bloc)
    if year.state != YearState.OPEN:
        raise Invalid(f"{year.title} không ở trạng thái “{YearState.OPEN.label}” nên không mở khối được.", subject=bloc)
    before = BlocYear.objects.filter(bloc=bloc, year__starts_on__lt=year.starts_on).order_by("-year__starts_on").first()
    bloc_year = BlocYear(
        bloc=bloc,
        year=year,
        theme=clean_text(theme),
        declared_members=declared_members,
        leader_counted=leader_counted,
        rotation_policy=rotation_policy or (before.rotation_policy if before else RotationPolicy.FREE),
        term_years=term_years or (before.term_years if before else 1),
    )
    save_checked(bloc_year)
    audit.record(
        "mở năm của khối", bloc_year, by=by, on_behalf=is_on_behalf(by, allowed_by or bloc_year), after={"year": year.label}
    )
    return bloc_year


def _is_covered(by, bloc, allowed_by):
    """Whether the right for another year of the same bloc covers the act (an election at the year-end meeting)."""
    return allowed_by is not None and allowed_by.bloc_id == bloc.pk and may(by, "blocs.work_on_blocyear", allowed_by)


@transaction.atomic
def update_bloc_year(*, bloc_year, by, **fields):
    """Theme, declared number, way of rotation. Raises PermissionDenied, Invalid."""
    if not may(by, "blocs.work_on_blocyear", bloc_year):
        require(by, "blocs.manage_bloc", bloc_year.bloc)
    for name, value in fields.items():
        setattr(bloc_year, name, clean_text(value) if isinstance(value, str) else value)
    return save_checked(bloc_year)


@transaction.atomic
def add_member(*, bloc, unit, starts_on, by, position=None, paper=None, ends_on=None, is_counted=True):
    """The unit belongs to the bloc from `starts_on` on, last in the order unless told.

    The membership comes back with `warnings`: sentences about other provincial blocs of the unit in that time (F2).
    Raises PermissionDenied, Overlap (a member already on some day of the period), WrongDate, Invalid, Taken.
    """
    _lock_for_members(bloc, by)
    return _admit(
        bloc,
        _locked_units([unit])[0],
        by=by,
        starts_on=starts_on,
        ends_on=ends_on,
        position=position,
        paper=paper,
        is_counted=is_counted,
    )


@transaction.atomic
def add_members(*, bloc, units, starts_on, by, paper=None):
    """Several members in the order given, all or none; a text among the units makes a new unit of that name.

    Raises as `add_member` and `create_unit`.
    """
    _lock_for_members(bloc, by)
    units = [create_unit(by=by, name=unit, province=bloc.province) if isinstance(unit, str) else unit for unit in units]
    return [_admit(bloc, unit, by=by, starts_on=starts_on, paper=paper) for unit in _locked_units(units)]


def _lock_for_members(bloc, by):
    """The bloc is the row that all its memberships agree on: two simultaneous additions take turns here."""
    require(by, "blocs.manage_bloc", bloc)
    Bloc.objects.select_for_update().get(pk=bloc.pk)


def _locked_units(units):
    """The units anew. The act that ends a unit locks it too, after the blocs: who comes second sees it."""
    rows = {
        unit.pk: unit
        for unit in Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk for unit in units]).order_by("pk")
    }
    return [rows[unit.pk] for unit in units]


def _admit(bloc, unit, *, by, starts_on, ends_on=None, position=None, paper=None, is_counted=True):
    # The guided act that ends a unit locks it too, after the blocs: the one that comes second sees the other's work.
    [unit] = Unit.objects.select_for_update(no_key=True).filter(pk=unit.pk)
    if bloc.dissolved_on and starts_on >= bloc.dissolved_on:
        raise WrongDate(f"Khối đã giải thể ngày {bloc.dissolved_on:%d/%m/%Y}.", subject=bloc)
    if unit.ends_on and starts_on > unit.ends_on:
        raise WrongDate(f"{unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}.", subject=bloc)
    if unit.ends_on and (ends_on is None or ends_on > unit.ends_on):
        ends_on = unit.ends_on
    if other := overlapping_membership(bloc, unit, starts_on, ends_on):
        until = f" đến {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
        raise Overlap(f"{unit} đã là thành viên của khối từ {other.starts_on:%d/%m/%Y}{until}.", subject=bloc)
    if position is None:
        position = (bloc.memberships.aggregate(last=Max("position"))["last"] or 0) + 1
    membership = save_checked(
        Membership(
            bloc=bloc,
            unit=unit,
            position=position,
            starts_on=starts_on,
            ends_on=ends_on,
            paper=paper,
            is_counted=is_counted,
        )
    )
    audit.record(
        "thêm thành viên khối",
        membership,
        by=by,
        after={"unit": unit.code, "position": position, "starts_on": str(starts_on)},
    )
    membership.warnings = [rival_sentence(unit, row) for row in rival_memberships(bloc, unit, starts_on, ends_on)]
    return membership


@transaction.atomic
def end_membership(*, membership, ends_on, by):
    """The unit leaves the bloc; `ends_on` is its last day. Nothing that happened before is touched.

    Raises PermissionDenied, StaleState (has ended already), WrongDate.
    """
    require(by, "blocs.manage_bloc", membership.bloc)
    Bloc.objects.select_for_update().get(pk=membership.bloc_id)
    current = Membership.objects.select_related("unit", "bloc").get(pk=membership.pk)
    if current.ends_on:
        message = f"{current.unit} đã thôi là thành viên từ sau ngày {current.ends_on:%d/%m/%Y}."
        raise StaleState(message, subject=current.bloc)
    if ends_on < current.starts_on:
        raise WrongDate(f"Ngày kết thúc không được trước ngày vào khối {current.starts_on:%d/%m/%Y}.", subject=current.bloc)
    current.ends_on = ends_on
    save_checked(current)
    audit.record("kết thúc tư cách thành viên khối", current, by=by, after={"ends_on": str(ends_on)})
    return current


@transaction.atomic
def save_movements(*, bloc_year, rows, by):
    """The movements of the year are exactly these rows, in this order; a row is name, launched_by, unit.

    Raises PermissionDenied, Invalid.
    """
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    before = list(bloc_year.movements.values_list("name", flat=True))
    bloc_year.movements.all().delete()
    for position, row in enumerate(rows, 1):
        save_checked(
            Movement(
                bloc_year=bloc_year,
                position=position,
                name=clean_text(row["name"]),
                launched_by=clean_text(row.get("launched_by") or ""),
                unit=row.get("unit"),
            )
        )
    after = list(bloc_year.movements.values_list("name", flat=True))
    audit.record(
        "sửa phong trào thi đua",
        bloc_year,
        by=by,
        on_behalf=is_on_behalf(by, bloc_year),
        before={"movements": before},
        after={"movements": after},
    )
    return after

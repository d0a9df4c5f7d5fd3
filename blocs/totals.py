"""Reads over many blocs: how many there are and how large, which units sit in two of them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef

from blocs.enums import BlocKind, BlocWord, CovenantState
from blocs.models import Bloc, CovenantVersion, Membership, Unit


@dataclass(frozen=True)
class BlocTotal:
    """How many blocs of one word or kind, and how many units they count; `key` is empty for all together."""

    key: str
    label: str
    blocs: int
    units: int

    @property
    def mean(self):
        """Units per bloc to one decimal, None where there is no bloc."""
        if not self.blocs:
            return None
        return (Decimal(self.units) / self.blocs).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class BlocTotals:
    """What stands above a list of blocs; `distinct` units, since one may sit in a bloc and in a cluster of its sector."""

    words: list
    kinds: list
    everything: BlocTotal
    distinct: int
    signed: int


def bloc_totals(day):
    """BlocTotals of the blocs that exist on the day; three queries however many there are."""
    blocs = list(Bloc.objects.existing_on(day).values_list("pk", "word", "kind"))
    members = Membership.objects.on(day).filter(is_counted=True, bloc__in=Bloc.objects.existing_on(day))
    sizes, units = defaultdict(int), set()
    for bloc, unit in members.values_list("bloc", "unit"):
        sizes[bloc] += 1
        units.add(unit)
    return BlocTotals(
        _by(BlocWord, [(word, sizes[pk]) for pk, word, _ in blocs]),
        _by(BlocKind, [(kind, sizes[pk]) for pk, _, kind in blocs]),
        BlocTotal("", "Tất cả", len(blocs), sum(sizes[pk] for pk, _, _ in blocs)),
        len(units),
        signed_blocs(day, [pk for pk, _, _ in blocs]),
    )


def _by(choices, rows):
    """A BlocTotal for each choice that occurs, in the order of the list."""
    found = []
    for choice in choices:
        counts = [count for value, count in rows if value == choice]
        if counts:
            label = str(choice.label)
            found.append(BlocTotal(choice.value, label[:1].upper() + label[1:], len(counts), sum(counts)))
    return found


def signed_blocs(day, blocs):
    """How many of these blocs have a covenant signed by all in an emulation year that holds the day."""
    versions = CovenantVersion.objects.filter(
        state=CovenantState.SIGNED,
        covenant__bloc_year__bloc__in=blocs,
        covenant__bloc_year__year__starts_on__lte=day,
        covenant__bloc_year__year__ends_on__gte=day,
    )
    return versions.aggregate(count=Count("covenant__bloc_year__bloc", distinct=True))["count"]


def rival_memberships(bloc, unit, starts_on, ends_on=None):
    """Memberships of the unit in other provincial blocs that share a day with the period; a sector's cluster is none.

    A unit competes in one provincial bloc (F2); two are unusual, not impossible, so callers warn and go on.
    """
    if not bloc.is_provincial:
        return []
    rows = Membership.objects.filter(unit=unit).in_period(starts_on, ends_on).exclude(bloc=bloc)
    return list(rows.exclude(bloc__kind=BlocKind.SECTOR).select_related("bloc").order_by("starts_on", "pk"))


def rival_sentence(unit, row):
    """The warning about one of `rival_memberships`."""
    until = f" đến {row.ends_on:%d/%m/%Y}" if row.ends_on else ""
    return (
        f"{unit} đồng thời là thành viên của {row.bloc} (từ {row.starts_on:%d/%m/%Y}{until}); "
        "trong một năm, mỗi đơn vị thường chỉ thuộc một khối của tỉnh."
    )


@dataclass(frozen=True)
class DoubleMember:
    """A unit that sits in several provincial blocs on one day."""

    unit: Unit
    blocs: list


def double_members(day, bloc=None):
    """Units in two provincial blocs or more on that day, of one bloc where it is given; three queries at most."""
    rows = Membership.objects.on(day).exclude(bloc__kind=BlocKind.SECTOR).filter(bloc__in=Bloc.objects.existing_on(day))
    several = rows.order_by().values("unit").annotate(count=Count("bloc", distinct=True)).filter(count__gt=1)
    if bloc is not None:
        if not bloc.is_provincial:
            return []
        several = several.filter(unit__in=Membership.objects.on(day).filter(bloc=bloc).values("unit"))
    found = defaultdict(list)
    for row in rows.filter(unit__in=several.values("unit")).select_related("bloc").order_by("bloc__sort_key", "bloc"):
        if bloc is None or row.bloc_id != bloc.pk:
            found[row.unit_id].append(row.bloc)
    units = Unit.objects.named_on(day).filter(pk__in=found).in_order() if found else []
    return [DoubleMember(unit, found[unit.pk]) for unit in units]


def _taking(bloc, day):
    """Memberships that make a unit no longer free for this bloc: its own, and for a provincial bloc those of the others."""
    rows = Membership.objects.on(day)
    return rows.exclude(bloc__kind=BlocKind.SECTOR) if bloc.is_provincial else rows.filter(bloc=bloc)


def free_first(units, bloc, day):
    """The units in Vietnamese order, those first that no other provincial bloc has that day (F2)."""
    taken = Exists(_taking(bloc, day).filter(unit=OuterRef("pk")))
    return units.annotate(is_taken=taken).order_by("is_taken", "sort_key", "code")


def takers(units, bloc, day):
    """dict from the pk of each unit that is not free for the bloc to the label of the bloc that has it."""
    rows = _taking(bloc, day).filter(unit__in=[unit.pk for unit in units]).select_related("bloc").order_by("starts_on")
    return {row.unit_id: row.bloc.label for row in rows}


@dataclass(frozen=True)
class MemberGroup:
    """Members of one group of a bloc; the name is empty for those of none."""

    name: str
    rows: list


def in_groups(rows):
    """MemberGroups of memberships (read with their `group`), groups in their order, members as they came.

    One nameless group where the bloc has no groups.
    """
    groups = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row)
    # Those of no group stand last.
    keys = sorted(groups, key=lambda key: (key is None, groups[key][0].group.position if key else 0, key or 0))
    return [MemberGroup(groups[key][0].group.name if key else "", groups[key]) for key in keys]

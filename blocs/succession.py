"""What a unit is called on a day and what it has become since: read once a request, whatever the number of units."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from blocs.enums import SuccessionKind, SuccessionSide
from blocs.models import SuccessionParty, Unit, UnitName, UnitSuccession
from common.actor import once_a_request


@dataclass(frozen=True)
class NameBook:
    """`names`: unit pk → names that ended, with their days; `heirs`: unit pk → units that came after it when it ended."""

    names: dict = field(default_factory=dict)
    heirs: dict = field(default_factory=dict)

    def name_on(self, unit, day):
        """The name of that day, else the present one."""
        for name in self.names.get(unit.pk, ()):
            if name.starts_on <= day <= name.ends_on:
                return name.name
        return unit.name

    def present_of(self, unit, today):
        """The units that carry on today, however many acts later; the unit itself while it exists."""
        found, waiting, seen = [], [unit], set()
        while waiting:
            one = waiting.pop(0)
            if one.pk in seen:
                continue
            seen.add(one.pk)
            if one.ends_on is None or one.ends_on >= today:
                found.append(one)
            waiting = self.heirs.get(one.pk, []) + waiting if one not in found else waiting
        return found

    def now_called(self, unit, shown, today=None):
        """ "nay là …" where the unit bears another name today or has ended; empty where nothing is to be said."""
        present = self.present_of(unit, today or timezone.localdate())
        if not present:
            return "đã kết thúc hoạt động"
        names = list(dict.fromkeys(one.name for one in present))
        return "" if names == [shown] else "nay là " + "; ".join(names)


def name_book():
    """Two queries a request, however many names are asked for."""
    return once_a_request("name book", _read)


def _read():
    names = defaultdict(list)
    for row in UnitName.objects.filter(ends_on__isnull=False).order_by("starts_on"):
        names[row.unit_id].append(row)
    rows = (
        SuccessionParty.objects.filter(succession__undone_at=None)
        .exclude(succession__kind=SuccessionKind.RENAME)
        .select_related("unit", "succession")
        .order_by("succession__effective_on", "position", "pk")
    )
    olds, news = defaultdict(list), defaultdict(list)
    for row in rows:
        (olds if row.side == SuccessionSide.FROM else news)[row.succession_id].append(row)
    heirs = defaultdict(list)
    for pk, parties in olds.items():
        for party in parties:
            # Functions that were passed on before the end are another story.
            if party.unit.ends_on and party.succession.effective_on > party.unit.ends_on:
                heirs[party.unit_id] += [row.unit for row in news[pk]]
    return NameBook(dict(names), dict(heirs))


@dataclass(frozen=True)
class Kin:
    """One act in which the unit had a part, as its page tells it."""

    succession: UnitSuccession
    others: list

    @property
    def sentence(self):
        return self.succession.get_kind_display()


def lineage_of(unit):
    """(predecessors, successors): Kin lists, oldest first; renames stand among the names instead."""
    rows = (
        UnitSuccession.objects.standing()
        .filter(parties__unit=unit)
        .exclude(kind=SuccessionKind.RENAME)
        .select_related("paper__issuer")
        .prefetch_related("parties__unit")
        .order_by("effective_on", "pk")
        .distinct()
    )
    before, after = [], []
    for row in rows:
        parties = list(row.parties.all())
        is_old = any(party.unit_id == unit.pk and party.side == SuccessionSide.FROM for party in parties)
        other = SuccessionSide.TO if is_old else SuccessionSide.FROM
        kin = Kin(row, [party.unit for party in parties if party.side == other])
        (after if is_old else before).append(kin)
    return before, after


@dataclass
class Branch:
    """A unit in the tree, with the units below it."""

    unit: Unit
    children: list = field(default_factory=list)


def unit_tree(units):
    """Branches of units under their parents, each level in the order given; a parent outside the list leaves a root."""
    branches = {unit.pk: Branch(unit) for unit in units}
    roots = []
    for pk, branch in branches.items():
        above = branches.get(branch.unit.parent_id)
        (above.children if above and not _is_below(branches, pk, branch.unit.parent_id) else roots).append(branch)
    return roots


def _is_below(branches, pk, parent):
    """Whether the parent hangs on the unit itself: a circle typed by mistake must not swallow the units."""
    seen = set()
    while parent in branches and parent not in seen:
        if parent == pk:
            return True
        seen.add(parent)
        parent = branches[parent].unit.parent_id
    return False

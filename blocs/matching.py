"""From what people type to the unit they mean: exact, alias, folded, then close spelling with a question back."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from blocs.models import Unit, UnitAlias, UnitName
from common.text import close_names, fold_name


@dataclass(frozen=True)
class Match:
    """`unit` when the text says exactly one unit; else `suggestions`, best first, maybe empty."""

    unit: Unit | None = None
    suggestions: list = field(default_factory=list)


class UnitMatcher:
    """Matches many names against one set of units; reads them once (three queries whatever the number)."""

    def __init__(self, units=None):
        units = Unit.objects.all() if units is None else units
        rows = units.prefetch_related(
            Prefetch("aliases", UnitAlias.objects.all()), Prefetch("names", UnitName.objects.all())
        )
        self.by_code, self.by_name = {}, {}
        for unit in rows:
            self.by_code[unit.code.casefold()] = unit
            texts = [unit.name, unit.short_name, *(alias.text for alias in unit.aliases.all())]
            texts += [name.name for name in unit.names.all()]
            for text in filter(None, texts):
                self.by_name.setdefault(fold_name(text), {})[unit.pk] = unit

    def match(self, text):
        """The Match of one typed name or code; two units of the same name are both offered, none is chosen."""
        if unit := self.by_code.get(text.strip().casefold()):
            return Match(unit)
        same = self.by_name.get(fold_name(text), {})
        if len(same) == 1:
            return Match(next(iter(same.values())))
        if same:
            return Match(suggestions=list(same.values()))
        found = {}
        for units in close_names(text, self.by_name):
            found.update(units)
        return Match(suggestions=list(found.values()))

"""From what people type to the unit they mean: exact, alias, folded, then close spelling with a question back."""

import re
from dataclasses import dataclass, field

from django.db.models import Prefetch

from blocs.models import Unit, UnitAlias, UnitName
from common.text import close_names, fold_name

# "Tên đơn vị (ma-don-vi)": how a unit is written whose name alone could be another's.
_WITH_CODE = re.compile(r"^.*\(([-\w]+)\)$")
MOST_SUGGESTIONS = 5
# A line of more pieces is a paragraph, not a list of units.
MOST_PIECES = 60


@dataclass(frozen=True)
class Match:
    """`unit` when the text says exactly one unit; else `suggestions`, best first, maybe empty.

    `is_shared`: the text is the exact name of each suggestion, so only the user can say which one is meant.
    """

    unit: Unit | None = None
    suggestions: list = field(default_factory=list)
    is_shared: bool = False


class UnitMatcher:
    """Matches many names against one set of units; reads them once (three queries whatever the number)."""

    def __init__(self, units=None):
        units = Unit.objects.all() if units is None else units
        rows = units.prefetch_related(
            Prefetch("aliases", UnitAlias.objects.all()), Prefetch("names", UnitName.objects.all())
        )
        self.by_code, self.by_name, self.by_pk = {}, {}, {}
        for unit in rows:
            self.by_pk[unit.pk] = unit
            self.by_code[unit.code.casefold()] = unit
            texts = [unit.name, unit.short_name, *(alias.text for alias in unit.aliases.all())]
            texts += [name.name for name in unit.names.all()]
            for text in filter(None, texts):
                self.by_name.setdefault(fold_name(text), {})[unit.pk] = unit

    def match(self, text):
        """The Match of one typed name, code or "name (code)"; of units with the same name none is chosen."""
        if unit := self._by_code(text):
            return Match(unit)
        same = self.by_name.get(fold_name(text), {})
        if len(same) == 1:
            return Match(next(iter(same.values())))
        if same:
            return Match(suggestions=list(same.values()), is_shared=True)
        found = {}
        for units in close_names(text, self.by_name):
            found.update(units)
        return Match(suggestions=list((found or self._with_all_words(text)).values()))

    def parts(self, text):
        """The units of a line that lists several, when every part of it is exactly one known unit; else nothing.

        Divided at semicolons, else at commas; a comma inside a name stays: "Sở Y tế, Sở Văn hóa, Thể thao và Du lịch"
        is two.
        """
        mark = ";" if ";" in text else ","
        pieces = [piece.strip() for piece in text.split(mark) if piece.strip()]
        if not 1 < len(pieces) <= MOST_PIECES:
            return []
        # found[n]: the units of the first n pieces.
        found = {0: []}
        for end in range(1, len(pieces) + 1):
            for start in range(end):
                unit = self._exact(f"{mark} ".join(pieces[start:end])) if start in found and end not in found else None
                if unit:
                    found[end] = [*found[start], unit]
        units = found.get(len(pieces), [])
        return units if len(units) > 1 else []

    def _exact(self, text):
        same = self.by_name.get(fold_name(text), {})
        return self._by_code(text) or (next(iter(same.values())) if len(same) == 1 else None)

    def label_of(self, unit):
        """What to write so that `match` finds this very unit: its name, with the code where others bear the name too."""
        shared = len(self.by_name.get(fold_name(unit.name), {})) > 1
        return f"{unit.name} ({unit.code})" if shared else unit.name

    def _by_code(self, text):
        text = text.strip().casefold()
        if found := _WITH_CODE.match(text):
            text = found.group(1)
        return self.by_code.get(text)

    def _with_all_words(self, text):
        """Units whose name holds every word typed: "Tỉnh đoàn thanh niên" of a much longer name."""
        words, found = set(fold_name(text).split()), {}
        for name, units in self.by_name.items():
            if words and words <= set(name.split()):
                found.update(units)
            if len(found) >= MOST_SUGGESTIONS:
                break
        return dict(list(found.items())[:MOST_SUGGESTIONS])

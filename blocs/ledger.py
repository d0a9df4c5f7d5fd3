"""The ledger of targets: what the covenant in force promised beside what became of it, per unit and for the bloc (F24)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from blocs.enums import CovenantState, ResultStage, TargetBasis
from blocs.judging import JUDGEMENT_TONES, Amount, Judgement, amount_of, judge, total_of
from blocs.models import CovenantItem, CovenantVersion, Membership, TargetResult, Unit
from blocs.target_words import amount_words, item_words, target_words
from common.dated import on_day
from common.text import count_words

# From the ninth month of the year on one enters what the year brought.
_MID_YEAR_DAYS = timedelta(days=243)
STAGE_SLUGS = {ResultStage.MID_YEAR: "giua-nam", ResultStage.YEAR_END: "cuoi-nam"}


def usual_stage(year, day=None):
    """The stage that one looks at on a day: half of the year while it lasts, later the whole."""
    day = day or timezone.localdate()
    return ResultStage.MID_YEAR if day < year.starts_on + _MID_YEAR_DAYS else ResultStage.YEAR_END


def stage_of(slug, year, day=None):
    """The stage of `?ky=`; nonsense gives the usual one."""
    return next((stage for stage, known in STAGE_SLUGS.items() if known == slug), None) or usual_stage(year, day)


@dataclass(frozen=True)
class Outcome:
    """What became of one target at one stage: of the bloc, or of one unit."""

    judgement: str
    amount: Amount | None = None
    words: str = ""
    note: str = ""
    # Of a target that is added up or that every unit must reach: how many units reported, reached it, are expected.
    reported: int = 0
    reached: int = 0
    expected: int = 0
    basis: str = TargetBasis.BLOC

    @property
    def label(self):
        return Judgement(self.judgement).label

    @property
    def tone(self):
        return JUDGEMENT_TONES[Judgement(self.judgement)]

    @property
    def label_shown(self):
        """The judgement of one unit, where each is judged by itself; its part of a sum is not."""
        return self.label if self.basis == TargetBasis.EACH else ""

    @property
    def count_note(self):
        """How many units stand behind the figure; nothing for a result of the bloc as a whole."""
        if not self.expected:
            return ""
        known, expected = count_words(self.reported), count_words(self.expected)
        return f"{known}/{expected} đơn vị đã báo kết quả"


@dataclass(frozen=True)
class LedgerRow:
    """One target with its results: `bloc[stage]` and `units[unit pk][stage]` are TargetResults."""

    number: int
    item: CovenantItem
    expected: frozenset
    bloc: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)
    # Its contents in this and the former versions.
    line: tuple = ()

    @property
    def is_per_unit(self):
        return self.item.basis != TargetBasis.BLOC

    @property
    def target(self):
        """ "ít nhất 02 nhà"."""
        return target_words(self.item)

    @property
    def words(self):
        """The target with its basis, day and unit."""
        return item_words(self.item)

    def result(self, stage, unit=None):
        """The TargetResult of the bloc or of a unit, None where none was reported."""
        found = self.bloc if unit is None else self.units.get(unit.pk, {})
        return found.get(stage)

    def outcome_of(self, result):
        """The Outcome of one result by itself."""
        if result is None:
            return Outcome(Judgement.NO_RESULT)
        amount = amount_of(result.value, result.qualifier)
        words = amount_words(result.value, result.qualifier, self.item.unit_of_measure)
        found = judge(self.item.value, self.item.qualifier, amount)
        return Outcome(found, amount, words, result.note, basis=self.item.basis)

    def outcome(self, stage):
        """The Outcome of the bloc: the typed result, the sum of its units, or how many of them reached it."""
        if not self.is_per_unit:
            return self.outcome_of(self.bloc.get(stage))
        results = {pk: found[stage] for pk, found in self.units.items() if stage in found}
        missing = len(self.expected - results.keys())
        outcomes = [self.outcome_of(row) for row in results.values()]
        counts = {
            "reported": len(outcomes),
            "reached": sum(row.judgement == Judgement.REACHED for row in outcomes),
            "expected": len(self.expected | results.keys()),
            "basis": self.item.basis,
        }
        if not outcomes:
            return Outcome(Judgement.NO_RESULT, **counts)
        if self.item.basis == TargetBasis.SUM:
            return self._sum(outcomes, missing, counts)
        return self._each(outcomes, missing, counts)

    def _sum(self, outcomes, missing, counts):
        total = total_of([row.amount for row in outcomes], missing=missing)
        words = amount_words(total.value, total.qualifier, self.item.unit_of_measure)
        return Outcome(judge(self.item.value, self.item.qualifier, total), total, words, **counts)

    def _each(self, outcomes, missing, counts):
        found = {row.judgement for row in outcomes}
        if Judgement.MISSED in found:
            judgement = Judgement.MISSED
        elif Judgement.UNCLEAR in found or missing:
            judgement = Judgement.UNCLEAR
        else:
            judgement = Judgement.REACHED
        words = f"{count_words(counts['reached'])}/{count_words(counts['expected'])} đơn vị đạt"
        return Outcome(judgement, words=words, **counts)


@dataclass(frozen=True)
class Ledger:
    """All targets of the covenant in force; `units` are those who report: the members of the year and whoever reported."""

    version: CovenantVersion | None
    units: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    @property
    def unit_rows(self):
        """The targets of which every unit has a result of its own."""
        return [row for row in self.rows if row.is_per_unit]

    @property
    def bloc_rows(self):
        return [row for row in self.rows if not row.is_per_unit]

    @property
    def groups(self):
        """(heading, rows) in the order in which each heading first stands."""
        found = defaultdict(list)
        for row in self.rows:
            found[row.item.heading].append(row)
        return list(found.items())

    def counts(self, stage):
        """dict from Judgement to the number of targets of which it is said."""
        found = dict.fromkeys(Judgement, 0)
        for row in self.rows:
            found[row.outcome(stage).judgement] += 1
        return found

    def has_results(self, stage):
        return any(row.outcome(stage).judgement != Judgement.NO_RESULT for row in self.rows)


# A bar ends there; its figure is beside it.
_LONGEST = Decimal(200)


def bars_of(ledger, stage):
    """What `bar_chart` draws: how much of each target was reached, in percent, with the figure and what it means.

    Plain texts, so that a paper can be frozen with them. Targets without a result stand with an empty bar.
    """
    bars = []
    for row in ledger.rows:
        outcome = row.outcome(stage)
        text = f"{outcome.words} – {outcome.label}" if outcome.words else outcome.label
        share = str(_share(row.item, outcome))
        bars.append({"label": f"{row.number}. {row.item.text}", "value": share, "text": text, "tone": outcome.tone})
    return bars


def _share(item, outcome):
    """The result in percent of the target; of a target that each unit must reach, the units that did."""
    if item.basis == TargetBasis.EACH:
        return Decimal(100 * outcome.reached) / (outcome.expected or 1)
    value = outcome.amount.value if outcome.amount else Decimal(0)
    if item.value <= 0:
        return _LONGEST if value > item.value else Decimal(0)
    return min(max(100 * value / item.value, Decimal(0)), _LONGEST)


def version_in_force(bloc_year):
    """The version whose targets count: the newest that all have signed, else the newest out for signing, or None."""
    rows = CovenantVersion.objects.filter(covenant__bloc_year=bloc_year).order_by("-number")
    found = list(rows.filter(state__in=(CovenantState.SIGNED, CovenantState.SIGNING)))
    signed = [row for row in found if row.state == CovenantState.SIGNED]
    return (signed or found or [None])[0]


def ledger_of(bloc_year):
    """The Ledger of a bloc-year; the number of queries does not grow with targets, units or versions.

    Results hang on the contents of a version. Where a newer version took its place they count for every target whose text,
    unit of measure and basis are the same; what is entered there later comes first.
    """
    version = version_in_force(bloc_year)
    if version is None:
        return Ledger(None)
    # A draft of the next version promises nothing yet.
    every = list(
        CovenantItem.objects.filter(version__covenant=version.covenant_id, version__number__lte=version.number)
        .filter(value__isnull=False)
        .select_related("responsible", "version")
        .order_by("version__number", "position", "pk")
    )
    items = [item for item in every if item.version_id == version.pk]
    members = _members(bloc_year)
    expected = frozenset(unit.pk for unit in members)
    heirs = heirs_of(every, items)
    found = _results(heirs, items)
    rows = []
    for number, item in enumerate(items, 1):
        units = {pk: dict(stages) for pk, stages in found[item.pk].items() if pk is not None}
        line = tuple(pk for pk, heir in heirs.items() if heir == item.pk)
        rows.append(LedgerRow(number, item, expected, dict(found[item.pk][None]), units, line))
    strangers = {pk for row in rows for pk in row.units} - expected
    if strangers:
        members += Unit.objects.named_on(bloc_year.year.ends_on).filter(pk__in=strangers).in_order()
    return Ledger(version, members, rows)


def _members(bloc_year):
    """The units of `bloc_year.memberships`; a page that writes reads them twice, which the related manager counts."""
    day = bloc_year.reference_day
    units = Prefetch("unit", Unit.objects.named_on(day))
    rows = Membership.objects.filter(on_day(day), bloc=bloc_year.bloc_id).in_order().prefetch_related(units)
    return [row.unit for row in rows]


def _results(heirs, items):
    """dict: pk of a target in force → unit pk (None: the bloc) → stage → the TargetResult that counts."""
    found = {item.pk: defaultdict(dict) for item in items}
    rows = TargetResult.objects.filter(item__in=heirs).select_related("recorded_by")
    # Older versions first, so that what was entered in the newest stays.
    for result in rows.order_by("item__version__number", "pk"):
        found[heirs[result.item_id]][result.unit_id][result.stage] = result
    return found


def heirs_of(every, items):
    """dict from the pk of every target to the pk of the one in force that it lives on in, where there is one.

    Targets of the same words follow one another by their place.
    """
    by_version = defaultdict(lambda: defaultdict(list))
    for item in every:
        by_version[item.version_id][(item.text, item.unit_of_measure, item.basis)].append(item.pk)
    current = by_version[items[0].version_id] if items else {}
    heirs = {}
    for keys in by_version.values():
        for key, pks in keys.items():
            heirs.update(zip(pks, current.get(key, []), strict=False))
    return heirs

"""What opening a new year would make, before anything is made; and the province's dates of a year."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from blocs.enums import DeadlineStage, RotationPolicy, YearState
from blocs.models import Bloc, BlocYear, CovenantItem, Membership, Unit, YearDeadline
from blocs.reports import covenant_progress
from blocs.scope import follows_bloc, scope_of


@dataclass(frozen=True)
class BlocYearPlan:
    """What will be made for one bloc: exactly this, or nothing where its year is open already (`opened`)."""

    bloc: Bloc
    opened: BlocYear | None
    source: BlocYear | None
    members: list = field(default_factory=list)
    joined: list = field(default_factory=list)
    left: list = field(default_factory=list)
    rotation_policy: str = RotationPolicy.FREE
    term_years: int = 1
    declared_members: int | None = None
    leader_counted: bool = True
    items: list = field(default_factory=list)
    undertaking: str = ""
    outdated: int = 0

    @property
    def is_new(self):
        return self.opened is None

    @property
    def rotation_label(self):
        return RotationPolicy(self.rotation_policy).label

    @property
    def target_count(self):
        return sum(item.value is not None for item in self.items)

    @property
    def listed(self):
        return sum(row.is_counted for row in self.members)

    @property
    def is_count_different(self):
        """Whether the copied declared number fits the list; who leads, and so whom it leaves out, is not known yet."""
        return self.declared_members is not None and self.declared_members not in (
            (self.listed,) if self.leader_counted else (self.listed, self.listed - 1)
        )


@dataclass(frozen=True)
class NewYearPlan:
    """The plans of all chosen blocs, and a digest: what is made must be what was shown."""

    year: object
    source: object
    rows: list

    @property
    def to_make(self):
        return [row for row in self.rows if row.is_new]

    @property
    def opened(self):
        return [row for row in self.rows if not row.is_new]

    @property
    def digest(self):
        facts = [
            [
                row.bloc.pk,
                row.is_new,
                [member.unit_id for member in row.members],
                row.rotation_policy,
                row.term_years,
                row.declared_members,
                row.leader_counted,
                [_content_facts(item) for item in row.items],
                row.undertaking,
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _content_facts(item):
    texts = [item.heading, item.text, item.qualifier, str(item.value), item.unit_of_measure]
    return [*texts, str(item.due_on or ""), item.responsible_id or 0, item.basis]


def same_day_in(day, source, year):
    """The day as many years later as `year` begins after `source`; 29/02 becomes 28/02 where there is none."""
    target = day.year + year.starts_on.year - source.starts_on.year
    try:
        return day.replace(year=target)
    except ValueError:
        return day.replace(year=target, day=28)


def blocs_to_open(year, user):
    """Blocs that exist on some day of the year and that the user may open, in Vietnamese order, each with `is_opened`."""
    scope = scope_of(user)
    opened = set(BlocYear.objects.filter(year=year).values_list("bloc", flat=True))
    rows = Bloc.objects.existing_on(year.starts_on) | Bloc.objects.filter(
        founded_on__gt=year.starts_on, founded_on__lte=year.ends_on, dissolved_on=None
    )
    found = [bloc for bloc in rows.in_order() if follows_bloc(scope, bloc)]
    for bloc in found:
        bloc.is_opened = bloc.pk in opened
    return found


def plan_new_year(*, year, source, blocs, with_covenant=True):
    """The NewYearPlan for these blocs; `source` is the emulation year to copy from, or None for nothing to copy.

    Members are those of the first day of the year: memberships run on by themselves, so nothing of them is copied. The theme
    stays empty, every year finds its own. The number of queries does not grow with the number of blocs.
    """
    blocs = list(blocs)
    opened = {row.bloc_id: row for row in BlocYear.objects.filter(year=year, bloc__in=blocs).for_work()}
    before = {}
    if source is not None:
        before = {row.bloc_id: row for row in BlocYear.objects.filter(year=source, bloc__in=blocs).for_work()}
    day = year.starts_on
    members = _members(blocs, day)
    former = _members(blocs, source.ends_on) if source else {}
    items, undertakings = _covenants(list(before.values())) if with_covenant else ({}, {})
    rows = []
    for bloc in blocs:
        row = before.get(bloc.pk)
        now, then = members.get(bloc.pk, []), former.get(bloc.pk, []) if row else []
        now_ids, then_ids = {m.unit_id for m in now}, {m.unit_id for m in then}
        contents = items.get(row.pk, []) if row else []
        rows.append(
            BlocYearPlan(
                bloc=bloc,
                opened=opened.get(bloc.pk),
                source=row,
                members=now,
                joined=[m for m in now if m.unit_id not in then_ids] if row else [],
                left=[m for m in then if m.unit_id not in now_ids],
                rotation_policy=row.rotation_policy if row else RotationPolicy.FREE,
                term_years=row.term_years if row else 1,
                declared_members=row.declared_members if row else None,
                leader_counted=row.leader_counted if row else True,
                items=contents,
                undertaking=undertakings.get(row.pk, "") if row else "",
                outdated=sum(source.label in item.text for item in contents) if source else 0,
            )
        )
    return NewYearPlan(year, source, rows)


def _members(blocs, day):
    """dict from the pk of each bloc to its memberships of the day, units named as of the day."""
    found = defaultdict(list)
    units = Prefetch("unit", queryset=Unit.objects.named_on(day))
    for row in Membership.objects.on(day).filter(bloc__in=blocs).in_order().prefetch_related(units):
        found[row.bloc_id].append(row)
    return found


def _covenants(bloc_years):
    """Two dicts from the pk of each bloc-year: the contents and the undertaking of its covenant in force."""
    versions = {pk: row.version for pk, row in covenant_progress(bloc_years).items() if row.version}
    of_version = {version.pk: pk for pk, version in versions.items()}
    items = defaultdict(list)
    rows = CovenantItem.objects.filter(version__in=of_version).select_related("responsible")
    for item in rows.order_by("position", "pk"):
        items[of_version[item.version_id]].append(item)
    return items, {pk: version.undertaking for pk, version in versions.items()}


# The province's dates


@dataclass(frozen=True)
class Due:
    """One date of the province with how far it is."""

    deadline: YearDeadline
    days: int

    @property
    def is_past(self):
        return self.days < 0

    @property
    def label(self):
        if self.days > 1:
            return f"còn {self.days} ngày"
        return {1: "ngày mai", 0: "hôm nay"}.get(self.days, f"đã qua {-self.days} ngày")

    @property
    def tone(self):
        if self.is_past:
            return "neutral"
        return "bad" if self.days <= 3 else "warn" if self.days <= 14 else "waiting"


# A date that has passed is of use for a while: somebody still has to hand something in.
_SHOWN_AFTER = 14


def due_of_year(year, day=None):
    """All dates of the province in one year, in order."""
    day = day or timezone.localdate()
    return [Due(row, (row.due_on - day).days) for row in year.deadlines.all()]


def coming_due(years=None, day=None):
    """Dates of the open years (of `years` where given) that are to come or have just passed."""
    day = day or timezone.localdate()
    rows = YearDeadline.objects.filter(year__state=YearState.OPEN).select_related("year").order_by("due_on", "pk")
    if years is not None:
        rows = rows.filter(year__in=years)
    found = [Due(row, (row.due_on - day).days) for row in rows]
    return [row for row in found if row.days >= -_SHOWN_AFTER]


def deadlines_missed_by(bloc_year, last_day: date, stages):
    """Dates of the province that a meeting planned to end on `last_day` would miss; `stages` are its purposes (CAL-3)."""
    stages = {str(stage) for stage in stages}
    return [
        row
        for row in bloc_year.year.deadlines.filter(due_on__lt=last_day)
        if row.stage == DeadlineStage.ANY or row.stage in stages
    ]

"""What the public pages of several apps show: only what is published, every unit named as of its day."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from awards.enums import DecisionState
from awards.models import Decision, Grant
from blocs.enums import BlocWord, YearState
from blocs.models import (
    Bloc,
    BlocGroup,
    BlocOffice,
    BlocYear,
    Covenant,
    CovenantItem,
    EmulationYear,
    Membership,
    Movement,
    Unit,
)
from blocs.reports import covenant_progress, group_items, leaders_of
from blocs.succession import lineage_of
from blocs.totals import in_groups
from common.dated import on_day
from common.text import fold_name
from documents.models import IssuedDocument, Paper
from meetings.enums import MeetingStatus, Presence
from meetings.models import Meeting
from news.models import Article

_HOME_NEWS = 7
_HOME_DECISIONS = 4
_NEWS_OF_A_YEAR = 4
_NEWS_OF_A_BLOC = 120
_PRESENT = (Presence.PRESENT, Presence.REPLACED)


@dataclass(frozen=True)
class QuickFacts:
    """The four figures of the home page, counted from the records of the day."""

    year: EmulationYear | None
    blocs: int = 0
    clusters: int = 0
    units: int = 0
    signed: int = 0
    open_years: int = 0
    grants: int = 0


def shown_year(day=None):
    """The emulation year the site speaks of: the latest open one that has begun and has blocs, else the latest of all.

    None in an empty database.
    """
    day = day or timezone.localdate()
    rows = EmulationYear.objects.filter(starts_on__lte=day, bloc_years__isnull=False).order_by("-starts_on")
    return rows.filter(state=YearState.OPEN).first() or rows.first()


def quick_facts(day=None):
    day = day or timezone.localdate()
    year = shown_year(day)
    words = dict(Bloc.objects.existing_on(day).values_list("word").annotate(Count("pk")))
    units = Membership.objects.on(day).filter(is_counted=True).values("unit").distinct().count()
    if year is None:
        return QuickFacts(None, words.get(BlocWord.BLOC, 0), words.get(BlocWord.CLUSTER, 0), units)
    bloc_years = list(BlocYear.objects.filter(year=year))
    progress = covenant_progress(bloc_years)
    return QuickFacts(
        year,
        words.get(BlocWord.BLOC, 0),
        words.get(BlocWord.CLUSTER, 0),
        units,
        sum(row.is_signed for row in progress.values()),
        len(bloc_years),
        Grant.objects.public().count(),
    )


def home_news():
    """The newest articles, those that the home page shows."""
    return list(Article.objects.published().for_list()[:_HOME_NEWS])


def recent_decisions():
    """Published decisions, newest first, each with its number of grants that stand."""
    standing = Q(grants__revoked_on__isnull=True)
    return list(
        Decision.objects.filter(state=DecisionState.PUBLISHED)
        .select_related("paper__issuer")
        .annotate(grant_count=Count("grants", filter=standing))
        .order_by("-paper__issued_on", "-pk")[:_HOME_DECISIONS]
    )


@dataclass(frozen=True)
class BlocCard:
    """One bloc in a list: who leads it in the latest year and how many belong to it."""

    bloc: Bloc
    members: int
    bloc_year: BlocYear | None
    leader: str


def bloc_rows(*, text="", kind="", word="", day=None):
    """Blocs that exist on the day, found by name, number, alias or the name of a member unit, in Vietnamese order.

    Each is called by the name it bore that day.
    """
    day = day or timezone.localdate()
    rows = Bloc.objects.existing_on(day).named_on(day)
    folded = fold_name(text)
    if folded:
        members = Membership.objects.on(day).filter(unit__in=Unit.objects.matching(folded)).values("bloc")
        rows = rows.filter(Q(pk__in=rows.matching(folded).values("pk")) | Q(pk__in=members))
    if kind:
        rows = rows.filter(kind=kind)
    if word:
        rows = rows.filter(word=word)
    return rows.in_order()


def bloc_cards(blocs, day=None):
    """A BlocCard for each; the number of queries does not grow with the number of blocs."""
    day = day or timezone.localdate()
    blocs = list(blocs)
    counted = Membership.objects.on(day).filter(bloc__in=blocs, is_counted=True)
    counts = dict(counted.order_by().values_list("bloc").annotate(Count("unit", distinct=True)))
    latest = {}
    rows = BlocYear.objects.filter(bloc__in=blocs, year__starts_on__lte=day).for_work().order_by("-year__starts_on")
    for row in rows:
        latest.setdefault(row.bloc_id, row)
    leaders = leaders_of(latest.values())
    cards = []
    for bloc in blocs:
        year = latest.get(bloc.pk)
        lines = [line for line in leaders[year.pk] if line.is_leader] if year else []
        # Who leads changes within a year: on a day it is whoever was in office that day.
        names = [line.unit_name for line in lines if line.office.starts_on <= day <= line.office.ends_on]
        names = names or [line.unit_name for line in lines]
        cards.append(BlocCard(bloc, counts.get(bloc.pk, 0), year, names[-1] if names else ""))
    return cards


@dataclass(frozen=True)
class Member:
    """One member unit: its name of the day, its place in the decision, its office in that year."""

    unit: Unit
    position: int
    offices: list = field(default_factory=list)
    group: BlocGroup | None = None

    @property
    def group_id(self):
        return self.group.pk if self.group else None


@dataclass(frozen=True)
class BlocEra:
    """One year on the time line of a bloc."""

    bloc_year: BlocYear
    leaders: list
    covenant: object
    grants: list
    articles: list
    more_articles: bool
    papers: list


@dataclass(frozen=True)
class BlocPage:
    bloc: Bloc
    name: str
    members: list
    eras: list
    articles: list
    aliases: list
    names: list
    papers: list

    @property
    def groups(self):
        return in_groups(self.members)


def bloc_page(bloc, day=None):
    """The time line of a bloc: years newest first, with leaders, covenant, grants, papers and news (N22).

    Members and the name are those of the day, of a dissolved bloc those of its last day where the day lies after it.
    """
    day = day or timezone.localdate()
    day = min(day, bloc.last_day) if bloc.last_day else day
    years = list(bloc.years.for_work().order_by("-year__starts_on"))
    leaders = leaders_of(years)
    covenants = covenant_progress(years)
    grants = _by_year(grants_of(years))
    articles = _by_year(_articles_of_bloc(bloc))
    papers = _papers_of_years(years, grants)
    eras = [
        BlocEra(
            row,
            leaders[row.pk],
            _public_covenant(covenants[row.pk]),
            grants[row.pk],
            articles[row.pk][:_NEWS_OF_A_YEAR],
            len(articles[row.pk]) > _NEWS_OF_A_YEAR,
            papers[row.pk],
        )
        for row in years
    ]
    newest = [article for rows in articles.values() for article in rows]
    return BlocPage(
        bloc,
        bloc.name_on(day),
        members_on(bloc, day),
        eras,
        newest,
        [row.text for row in bloc.aliases.all()],
        sorted(bloc.names.all(), key=lambda row: row.starts_on, reverse=True),
        list(
            bloc.papers.select_related("paper__issuer")
            .prefetch_related("paper__replaced_by")
            .order_by("-effective_on", "-pk")
        ),
    )


@dataclass(frozen=True)
class BlocYearPage:
    bloc_year: BlocYear
    members: list
    leaders: list
    covenant: object
    covenant_groups: list
    movements: list
    meetings: list
    grants: list
    papers: list
    articles: list
    previous: BlocYear | None
    following: BlocYear | None

    @property
    def groups(self):
        return in_groups(self.members)


def bloc_year_page(bloc_year, day=None):
    """One year of a bloc. The member list is that of the day, by default the reference day; so are the names.

    With a day of one's own choice the offices are those in force that day.
    """
    leaders = leaders_of([bloc_year])[bloc_year.pk]
    progress = _public_covenant(covenant_progress(bloc_year))
    grants = list(grants_of([bloc_year]))
    if day is None:
        day = bloc_year.reference_day
    else:
        leaders = [line for line in leaders if line.office.starts_on <= day <= line.office.ends_on]
    offices = defaultdict(list)
    for line in leaders:
        offices[line.unit.pk].append(line)
    siblings = list(bloc_year.bloc.years.for_work().order_by("year__starts_on"))
    place = next(number for number, row in enumerate(siblings) if row.pk == bloc_year.pk)
    return BlocYearPage(
        bloc_year,
        members_on(bloc_year.bloc, day, offices),
        leaders,
        progress,
        _covenant_groups(progress),
        movements_of(bloc_year),
        meetings_of(bloc_year),
        grants,
        _papers_of_years([bloc_year], {bloc_year.pk: grants})[bloc_year.pk],
        list(Article.objects.published().for_list().filter(bloc_year=bloc_year)[:_HOME_NEWS]),
        siblings[place - 1] if place else None,
        siblings[place + 1] if place + 1 < len(siblings) else None,
    )


def members_on(bloc, day, offices=None):
    """Members in force on the day, in the order of the decision, each with the name it bore."""
    rows = bloc.memberships.filter(on_day(day)).select_related("group").in_order()
    rows = rows.prefetch_related(Prefetch("unit", queryset=Unit.objects.named_on(day)))
    offices = offices or {}
    return [Member(row.unit, row.position, offices.get(row.unit_id, []), row.group) for row in rows]


def grants_of(bloc_years):
    """Grants of published decisions that stand, the highest award first, in the order of recipients."""
    return (
        Grant.objects.public()
        .filter(bloc_year__in=bloc_years)
        .select_related("award", "decision__paper__issuer", "unit")
        .order_by("award__rank", "award__name", "is_person", "recipient_name", "pk")
    )


@dataclass(frozen=True)
class MovementGroup:
    """Movements of one unit, or of the whole bloc when `unit_name` is empty (S5)."""

    unit_name: str
    movements: list


def movements_of(bloc_year):
    """Units first, in the order of the rows, then the movements of the whole bloc."""
    units = Unit.objects.named_on(bloc_year.reference_day)
    groups = {}
    for row in Movement.objects.filter(bloc_year=bloc_year).prefetch_related(Prefetch("unit", queryset=units)):
        groups.setdefault(str(row.unit) if row.unit_id else "", []).append(row)
    ordered = sorted(groups.items(), key=lambda pair: pair[0] == "")
    return [MovementGroup(name, rows) for name, rows in ordered]


@dataclass(frozen=True)
class HeldMeeting:
    meeting: Meeting
    present: int
    listed: int


def meetings_of(bloc_year):
    """Meetings that were held, newest first, with how many units came."""
    rows = (
        bloc_year.meetings.exclude(status=MeetingStatus.ANNOUNCED)
        .prefetch_related("purposes")
        .annotate(
            listed=Count("attendances", distinct=True),
            present=Count("attendances", filter=Q(attendances__presence__in=_PRESENT), distinct=True),
        )
        .order_by("-starts_on", "-pk")
    )
    return [HeldMeeting(row, row.present, row.listed) for row in rows]


@dataclass(frozen=True)
class PublicPaper:
    """A paper that anybody may read, made elsewhere or printed here."""

    title: str
    subject: str
    issued_on: object
    url: str
    proof_url: str = ""


@dataclass(frozen=True)
class UnitPage:
    unit: Unit
    names: list
    memberships: list
    offices: list
    grants: list
    predecessors: list
    successors: list
    children: list

    @property
    def has_side(self):
        """Whether there are former names or an address to show beside the rest."""
        return len(self.names) > 1 or bool(self.unit.address or self.unit.phone or self.unit.email or self.children)


def unit_page(unit, day=None):
    """A unit through time: names, lineage, blocs, offices, awards of published decisions.

    With a day only the blocs, offices and parts of that day, blocs called as they were.
    """
    offices = (
        BlocOffice.objects.filter(unit=unit)
        .select_related("unit")
        .prefetch_related("holders", Prefetch("bloc_year", BlocYear.objects.for_work()))
        .order_by("-starts_on", "-pk")
    )
    memberships = unit.memberships.select_related("paper").prefetch_related(
        Prefetch("bloc", Bloc.objects.named_on(day or timezone.localdate()))
    )
    children = unit.children.filter(ends_on=None)
    if day is not None:
        offices, memberships = offices.on(day), memberships.filter(on_day(day))
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        children = unit.children.named_on(day).filter(begun).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    predecessors, successors = lineage_of(unit)
    return UnitPage(
        unit,
        list(unit.names.order_by("-starts_on")),
        list(memberships.order_by(F("ends_on").desc(nulls_first=True), "-starts_on")),
        list(offices),
        list(
            Grant.objects.public()
            .filter(unit=unit)
            .select_related("award", "decision__paper__issuer", "bloc_year__bloc", "bloc_year__year")
            .order_by("-decision__paper__issued_on", "award__rank", "pk")
        ),
        predecessors,
        successors,
        list(children.in_order()),
    )


def _by_year(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.bloc_year_id].append(row)
    return found


def _articles_of_bloc(bloc):
    return Article.objects.published().for_list().filter(bloc_year__bloc=bloc)[:_NEWS_OF_A_BLOC]


def _public_covenant(progress):
    """Nothing of a draft: a covenant is public from the moment it is sent for signing."""
    return progress if progress.is_sent and progress.total else None


def _covenant_groups(progress):
    """Contents of a covenant that all have signed; while it is being signed only the count is shown."""
    if progress is None or not progress.is_signed:
        return []
    return group_items(CovenantItem.objects.filter(version=progress.version).select_related("responsible"))


def _papers_of_years(bloc_years, grants):
    """dict from the pk of each bloc-year to its PublicPapers, newest first."""
    found = defaultdict(dict)
    bloc = bloc_years[0].bloc if bloc_years else None
    if bloc is None:
        return found
    public = Paper.objects.filter(is_public=True).select_related("issuer")
    of_offices = public.filter(offices__bloc_year__in=bloc_years).annotate(bloc_year_id=F("offices__bloc_year"))
    for paper in of_offices.distinct():
        found[paper.bloc_year_id][("paper", paper.pk)] = _paper(paper)
    of_members = list(public.filter(Q(memberships__bloc=bloc) | Q(founded_blocs=bloc)).distinct())
    for row in bloc_years:
        for paper in of_members:
            if row.year.starts_on <= paper.issued_on <= row.year.ends_on:
                found[row.pk][("paper", paper.pk)] = _paper(paper)
        for grant in grants[row.pk]:
            paper = grant.decision.paper
            if paper.is_public:
                found[row.pk][("paper", paper.pk)] = _paper(paper)
    for bloc_year_id, document in _issued_of_years(bloc_years):
        found[bloc_year_id][("issued", document.pk)] = _issued(document)
    return defaultdict(
        list,
        {pk: sorted(rows.values(), key=lambda row: row.issued_on, reverse=True) for pk, rows in found.items()},
    )


def _issued_of_years(bloc_years):
    """Public papers printed here for these years, their covenants and meetings; letters name nominees and stay out."""
    covenants = Covenant.objects.filter(bloc_year__in=bloc_years).values_list("pk", "bloc_year")
    meetings = Meeting.objects.filter(bloc_year__in=bloc_years).values_list("pk", "bloc_year")
    types = ContentType.objects.get_for_models(BlocYear, Covenant, Meeting)
    years = {(types[BlocYear].pk, row.pk): row.pk for row in bloc_years}
    years |= {(types[Covenant].pk, pk): year for pk, year in covenants}
    years |= {(types[Meeting].pk, pk): year for pk, year in meetings}
    rows = IssuedDocument.objects.filter(is_public=True, superseded_by=None, subject_type__in=types.values())
    rows = rows.filter(subject_id__in={pk for _, pk in years})
    for document in rows:
        year = years.get((document.subject_type_id, document.subject_id))
        if year is not None:
            yield year, document


def _paper(paper):
    url = ""
    if paper.file:
        url = reverse("documents:paper-file", args=[paper.pk])
    return PublicPaper(str(paper), paper.subject, paper.issued_on, url)


def _issued(document):
    title = f"{document.title} số {document.number}" if document.number else document.title
    proof_url = reverse("portal:proof", args=[document.code])
    return PublicPaper(title, "", document.issued_on, document.get_absolute_url(), proof_url)

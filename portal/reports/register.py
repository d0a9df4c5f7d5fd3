"""Sổ văn bản: papers issued here and scanned ones made elsewhere in one list, as far as the reader may see them (F91).

What a reader sees is asked in sets, one per kind of record, and equals `may(user, "documents.view_…", row)` row by row.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.urls import reverse

from awards.models import Proposal
from blocs.models import Bloc, BlocYear, Covenant, EmulationYear
from blocs.scope import visible_bloc_years
from common.text import sort_key
from documents.enums import PaperCustody, PaperKind
from documents.models import IssuedDocument, Issuer, Paper
from meetings.models import Meeting

ISSUED, SCANNED = "issued", "scanned"
INVITATION = "invitation"
KINDS = [*PaperKind.choices, (INVITATION, "giấy mời")]
# The kind of a paper issued here stands in its abbreviation (DOC-26).
_ABBREVIATIONS = {
    PaperKind.DECISION: "QĐ",
    PaperKind.PLAN: "KH",
    PaperKind.NOTICE: "TB",
    PaperKind.REGULATION: "QC",
    PaperKind.GUIDANCE: "HD",
    PaperKind.REPORT: "BC",
    PaperKind.SUBMISSION: "TTr",
    PaperKind.MINUTES: "BB",
    PaperKind.DIRECTIVE: "CT",
    INVITATION: "GM",
}
_COVENANT_FORM, _REGULATION_FORM = "giao-uoc", "quy-che"


def viewable_subjects(user):
    """dict from a model to its rows whose papers this user may read because the record itself is open to them."""
    years = visible_bloc_years(user)
    return {
        EmulationYear: EmulationYear.objects.all(),
        BlocYear: years,
        Covenant: Covenant.objects.filter(bloc_year__in=years),
        Meeting: Meeting.objects.filter(bloc_year__in=years),
        Proposal: Proposal.objects.visible_to(user),
    }


def about(subjects):
    """The condition "the record it is about is one of these", `subjects` as in `viewable_subjects`."""
    types = ContentType.objects.get_for_models(*subjects)
    condition = Q(pk__in=[])
    for model, rows in subjects.items():
        condition |= Q(subject_type=types[model], subject_id__in=rows.order_by().values("pk"))
    return condition


def visible_issued(user):
    """The list side of `documents.view_issueddocument`; a test keeps the two equal."""
    if not user.is_authenticated:
        return IssuedDocument.objects.filter(is_public=True)
    return IssuedDocument.objects.filter(Q(is_public=True) | about(viewable_subjects(user)))


def visible_papers(user):
    """The list side of `documents.view_paper`."""
    rows = Paper.objects.unsealed()
    return rows if user.is_authenticated else rows.filter(is_public=True)


@dataclass(frozen=True)
class PaperQuery:
    """What the register is narrowed to; an empty value narrows nothing."""

    text: str = ""
    kind: str = ""
    issuer: Issuer | None = None
    year: int | None = None
    bloc: Bloc | None = None
    standing: str = ""
    source: str = ""
    signed: str = ""
    sort: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register."""

    source: str
    number: str
    on: date
    title: str
    kind: str
    issuer: str
    standing: str
    tone: str
    replaced_by: str = ""
    replaced_url: str = ""
    url: str = ""
    proof_url: str = ""
    code: str = ""
    is_public: bool = False
    has_signed: bool = False
    files: tuple = field(default_factory=tuple)


def register_keys(user, query):
    """(source, pk) of every paper found, in the order of the list: one query, whatever is asked."""
    ranks = _issuer_ranks() if query.sort in ("co-quan", "-co-quan") else Value(0, IntegerField())
    parts = []
    for source, rows in ((ISSUED, _issued(user, query)), (SCANNED, _scanned(user, query))):
        rows = rows.order_by().annotate(source=Value(source), rank=ranks)
        parts.append(rows.values_list("source", "pk", "issued_on", "rank"))
    first = {
        "ngay": ["issued_on"],
        "co-quan": ["rank", "-issued_on"],
        "-co-quan": ["-rank", "-issued_on"],
    }.get(query.sort, ["-issued_on"])
    return parts[0].union(parts[1], all=True).order_by(*first, "source", "-pk")


def _issuer_ranks():
    """The order of a Vietnamese dictionary, which no database sorts a name by."""
    names = sorted(Issuer.objects.values_list("name", "pk"), key=lambda pair: sort_key(pair[0]))
    cases = [When(issuer=pk, then=Value(place)) for place, (_, pk) in enumerate(names, 1)]
    return Case(*cases, default=Value(0), output_field=IntegerField()) if cases else Value(0, IntegerField())


def _shared(rows, query):
    for word in query.text.split():
        rows = rows.filter(search__contains=word)
    if query.issuer:
        rows = rows.filter(issuer=query.issuer)
    if query.year:
        rows = rows.filter(issued_on__year=query.year)
    return rows


def _issued(user, query):
    rows = _shared(visible_issued(user), query)
    if query.source == SCANNED:
        return rows.none()
    if query.kind:
        rows = rows.filter(_of_kind(query.kind))
    if query.bloc:
        rows = rows.filter(about(_subjects_of(query.bloc)))
    if query.standing:
        rows = rows.filter(superseded_by__isnull=query.standing == "con")
    if query.signed:
        rows = rows.exclude(signed_file="") if query.signed == "co" else rows.filter(signed_file="")
    return rows


def _of_kind(kind):
    covenant = Q(type="", form=_COVENANT_FORM)
    if kind == PaperKind.COVENANT:
        return covenant
    if kind == PaperKind.REGULATION:
        # Issued by a decision that bears the regulation.
        return Q(type=_ABBREVIATIONS[kind]) | Q(form=_REGULATION_FORM)
    if kind == PaperKind.OTHER:
        return ~Q(type__in=_ABBREVIATIONS.values()) & ~covenant
    return Q(type=_ABBREVIATIONS[kind]) if kind in _ABBREVIATIONS else Q(pk__in=[])


def _subjects_of(bloc):
    return {
        BlocYear: BlocYear.objects.filter(bloc=bloc),
        Covenant: Covenant.objects.filter(bloc_year__bloc=bloc),
        Meeting: Meeting.objects.filter(bloc_year__bloc=bloc),
        Proposal: Proposal.objects.filter(bloc_year__bloc=bloc),
    }


def _scanned(user, query):
    rows = _shared(visible_papers(user), query)
    if query.source == ISSUED:
        return rows.none()
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.bloc:
        rows = rows.filter(papers_about(query.bloc))
    if query.standing:
        newer = Exists(Paper.objects.unsealed().filter(replaces=OuterRef("pk")))
        rows = rows.filter(~newer if query.standing == "con" else newer)
    if query.signed:
        rows = rows.exclude(file="") if query.signed == "co" else rows.filter(file="")
    return rows


def papers_about(bloc):
    """Papers made elsewhere that founded the bloc, took in its members, filled its offices or granted its awards."""
    ways = (
        Q(founded_blocs=bloc),
        Q(bloc_papers__bloc=bloc),
        Q(memberships__bloc=bloc),
        Q(offices__bloc_year__bloc=bloc),
        Q(award_decision__items__line__proposal__bloc_year__bloc=bloc),
    )
    condition = Q(pk__in=[])
    for way in ways:
        condition |= Q(pk__in=Paper.objects.filter(way).order_by().values("pk"))
    return condition


def register_rows(keys):
    """RegisterRows for (source, pk, …) in their order: three queries however many there are."""
    wanted = {source: [key[1] for key in keys if key[0] == source] for source in (ISSUED, SCANNED)}
    issued = IssuedDocument.objects.filter(pk__in=wanted[ISSUED]).select_related("issuer", "superseded_by")
    scanned = Paper.objects.filter(pk__in=wanted[SCANNED]).select_related("issuer").prefetch_related("replaced_by")
    found = {(ISSUED, row.pk): _issued_row(row) for row in issued}
    found |= {(SCANNED, row.pk): _scanned_row(row) for row in scanned}
    return [found[key[0], key[1]] for key in keys if (key[0], key[1]) in found]


def kind_of(document):
    """What an issued paper is called: the name printed on it."""
    printed = document.values.get("paper", {}) if isinstance(document.values, dict) else {}
    return printed.get("type_name") or "Văn bản"


def _issued_row(row):
    newer = row.superseded_by
    files = [("Bản ký", reverse("documents:issued-file", args=[row.code]))] if row.signed_file else []
    made = "documents:made-file" if row.signed_file else "documents:issued-file"
    return RegisterRow(
        source=ISSUED,
        number=row.number,
        on=row.issued_on,
        title=row.title,
        kind=kind_of(row),
        issuer=row.issuer.name if row.issuer else "",
        standing="Đã được thay thế" if newer else "Còn hiệu lực",
        tone="neutral" if newer else "ok",
        replaced_by=(newer.number or newer.title) if newer else "",
        replaced_url=reverse("portal:paper", args=[newer.code]) if newer else "",
        url=reverse("portal:paper", args=[row.code]),
        proof_url=reverse("portal:proof", args=[row.code]),
        code=row.code,
        is_public=row.is_public,
        has_signed=bool(row.signed_file),
        files=(*files, ("PDF", reverse(made, args=[row.code]))),
    )


def _scanned_row(row):
    newer = next((paper for paper in row.replaced_by.all() if paper.custody != PaperCustody.SEALED), None)
    return RegisterRow(
        source=SCANNED,
        number=row.number,
        on=row.issued_on,
        title=row.subject,
        kind=row.get_kind_display(),
        issuer=row.issuer.name,
        standing="Đã được thay thế" if newer else "Còn hiệu lực",
        tone="neutral" if newer else "ok",
        replaced_by=str(newer) if newer else "",
        replaced_url=reverse("documents:paper-file", args=[newer.pk]) if newer and newer.file else "",
        is_public=row.is_public,
        has_signed=bool(row.file),
        files=(("Bản quét", reverse("documents:paper-file", args=[row.pk])),) if row.file else (),
    )


# One paper


def chain_of(document, user):
    """Every paper issued here that replaces this one or is replaced by it, oldest first, as far as the reader may see."""
    oldest, seen = document, {document.pk}
    chain = [document]
    while older := list(IssuedDocument.objects.filter(superseded_by=oldest).select_related("issuer").order_by("pk")):
        chain = [*[row for row in older if row.pk not in seen], *chain]
        seen |= {row.pk for row in older}
        oldest = older[0]
    newest = document
    while newest.superseded_by_id and newest.superseded_by_id not in seen:
        newest = newest.superseded_by
        seen.add(newest.pk)
        chain.append(newest)
    allowed = set(visible_issued(user).filter(pk__in=seen).values_list("pk", flat=True))
    return [row for row in chain if row.pk in allowed]

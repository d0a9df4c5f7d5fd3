"""Search over everything, as far as the reader may see it (F112): without marks, by alias and former name.

Every kind of record is asked for by its own `visible` rows: what a reader's pages do not show, search does not find, and
neither counts. The number of queries does not depend on what is found.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, Value, When, Window
from django.urls import reverse

from awards.enums import DecisionState
from awards.models import Decision, Grant, Proposal, ProposalItem
from blocs.models import Bloc, BlocYear, Covenant, CovenantVersion, EmulationYear, Unit
from blocs.scope import visible_bloc_years
from common.text import fold_name
from common.views import PAGE_SIZE
from documents.models import IssuedDocument, Paper
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from news.models import Article
from portal.reports.register import about, viewable_subjects

# How many of each kind stand on the page of all kinds.
FEW = 5
SHORTEST, MOST_WORDS = 2, 12


@dataclass(frozen=True)
class Hit:
    """One line of the results; without `url` there is nothing the reader could open."""

    title: str
    url: str = ""
    notes: list = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """One kind of record: `rows(user, text)` in the order of the results, `related` what a page of them needs besides,
    `hits(user, text, records)` the lines of that page.
    """

    slug: str
    label: str
    icon: str
    rows: Callable
    related: Callable
    hits: Callable

    def first(self, user, text):
        """(how many there are, the Hits of the first few): the words are looked for once and the records read by key."""
        keys = list(self.rows(user, text).values_list("pk", Window(Count("pk")))[:FEW])
        if not keys:
            return 0, []
        return keys[0][1], self._hits(user, text, [pk for pk, _ in keys])

    def page(self, user, text, number):
        """(a page of keys, its Hits)."""
        page = Paginator(self.rows(user, text).values_list("pk", flat=True), PAGE_SIZE).get_page(number)
        return page, self._hits(user, text, list(page.object_list))

    def _hits(self, user, text, keys):
        model = self.rows(user, text).model
        found = {record.pk: record for record in self.related(model._default_manager.filter(pk__in=keys))}
        return self.hits(user, text, [found[key] for key in keys if key in found])


@dataclass(frozen=True)
class Group:
    kind: Kind
    count: int
    hits: list

    @property
    def is_cut(self):
        return len(self.hits) < self.count


def folded(text):
    """What is compared; "" where too little was typed to search for."""
    found = fold_name(text)
    return " ".join(found.split()[:MOST_WORDS]) if len(found.replace(" ", "")) >= SHORTEST else ""


def search_all(user, text):
    """A Group with its first hits for each kind; `text` is folded."""
    return [Group(kind, *kind.first(user, text)) for kind in kinds_for(user)]


def count_all(user, text):
    """(Kind, how many) of every kind, for the filter beside one of them."""
    return [(kind, kind.rows(user, text).count()) for kind in kinds_for(user)]


def kinds_for(user):
    """Letters are nothing for who is not signed in."""
    return [kind for kind in KINDS if user.is_authenticated or kind.slug != LETTERS]


def kind_named(user, slug):
    return next((kind for kind in kinds_for(user) if kind.slug == slug), None)


def _words(text, column="search"):
    """Every word stands in the column; the words of three letters and more are found by index."""
    condition = Q()
    for word in text.split():
        condition &= Q(**{f"{column}__contains": word})
    return condition


def _beginning_first(text, column="search"):
    return Case(When(**{f"{column}__startswith": text}, then=Value(0)), default=Value(1))


# Units and blocs: public


def _units(user, text):
    return Unit.objects.matching(text).order_by(_beginning_first(text), "sort_key", "code")


def _unit_hits(user, text, rows):
    return [
        Hit(
            unit.name,
            unit.get_absolute_url(),
            _notes(
                _other_name(text, unit.search, "tên cũ", unit.names.all(), lambda row: row.name),
                _other_name(text, unit.search, "tên gọi khác", unit.aliases.all(), lambda row: row.text),
                unit.kind,
                unit.province,
                f"kết thúc ngày {unit.ends_on:%d/%m/%Y}" if unit.ends_on else "",
            ),
        )
        for unit in rows
    ]


def _blocs(user, text):
    return Bloc.objects.matching(text).order_by(_beginning_first(text), "sort_key", "pk")


def _bloc_hits(user, text, rows):
    return [
        Hit(
            bloc.name,
            bloc.get_absolute_url(),
            _notes(
                _other_name(text, bloc.search, "tên cũ", bloc.names.all(), lambda row: row.name),
                _other_name(text, bloc.search, "tên gọi khác", bloc.aliases.all(), lambda row: row.text),
                bloc.get_kind_display(),
                bloc.province,
                f"giải thể ngày {bloc.dissolved_on:%d/%m/%Y}" if bloc.dissolved_on else "",
            ),
        )
        for bloc in rows
    ]


def _other_name(text, present, label, rows, name_of):
    """By which other name it was found, where the present one does not hold the words."""
    words = text.split()
    if all(word in present for word in words):
        return ""
    return next((f"{label}: {name_of(row)}" for row in rows if all(word in row.search for word in words)), "")


def _notes(*notes):
    return [str(note) for note in notes if note]


# Meetings: held ones are public facts on the page of their year; announced ones only for who may open the workplace


def _meetings(user, text):
    rows = Meeting.objects.exclude(status=MeetingStatus.ANNOUNCED)
    if user.is_authenticated:
        rows = Meeting.objects.filter(~Q(status=MeetingStatus.ANNOUNCED) | Q(bloc_year__in=visible_bloc_years(user)))
    return rows.filter(_words(text)).order_by("-starts_on", "-pk")


def _meeting_hits(user, text, rows):
    own = set()
    if user.is_authenticated:
        own = set(Meeting.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Hit(
            row.title,
            row.get_absolute_url() if row.pk in own else row.bloc_year.get_public_url(),
            _notes(row.bloc_year, row.days_text, row.get_status_display() if row.pk in own else ""),
        )
        for row in rows
    ]


# Papers made elsewhere; those of decisions are found with the decisions


def _papers(user, text):
    rows = Paper.objects.unsealed().filter(award_decision__isnull=True)
    if not user.is_authenticated:
        rows = rows.filter(is_public=True)
    return rows.filter(_words(text)).order_by("-issued_on", "-pk")


def _paper_hits(user, text, rows):
    return [
        Hit(
            str(row),
            reverse("documents:paper-file", args=[row.pk]) if row.file else "",
            _notes(row.subject, row.issuer, "" if row.file else "chưa có bản quét"),
        )
        for row in rows
    ]


# Papers printed here belong to their record


def _issued(user, text):
    # Letters name nominees and stay out of what is public, whatever was ticked.
    of_public = list(
        ContentType.objects.get_for_models(BlocYear, Covenant, CovenantVersion, EmulationYear, Meeting).values()
    )
    seen = Q(is_public=True, superseded_by=None, subject_type__in=of_public)
    if user.is_authenticated:
        seen |= about(viewable_subjects(user))
    return IssuedDocument.objects.filter(seen).filter(_words(text)).order_by("-issued_on", "-pk")


def _issued_hits(user, text, rows):
    return [
        Hit(
            row.title,
            # The workplace has a page of its own for it; a reader gets the file.
            reverse("portal:paper", args=[row.code]) if user.is_authenticated else row.get_absolute_url(),
            _notes(
                f"số {row.number}" if row.number else "",
                f"ngày {row.issued_on:%d/%m/%Y}",
                row.issuer,
                "đã thay thế" if row.superseded_by_id else "",
            ),
        )
        for row in rows
    ]


# Decisions once published, by their paper or a recipient


def _decisions(user, text):
    named = Grant.objects.public().filter(_words(text)).values("decision")
    rows = Decision.objects.filter(state=DecisionState.PUBLISHED)
    rows = rows.filter(_words(text, "paper__search") | Q(pk__in=named))
    return rows.order_by("-paper__issued_on", "-pk")


def _decision_hits(user, text, rows):
    return [
        Hit(
            str(row),
            f"{reverse('awards:grants')}?{urlencode({'q': row.paper.number})}",
            _notes(row.paper.subject, row.paper.issuer),
        )
        for row in rows
    ]


# Letters, by their bloc and year or by whom they name


def _letters(user, text):
    named = ProposalItem.objects.filter((Q(search__gt="") & _words(text)) | Q(unit__in=Unit.objects.matching(text)))
    rows = Proposal.objects.visible_to(user).filter(_words(text) | Q(pk__in=named.values("line__proposal")))
    return rows.order_by("-pk")


def _letter_hits(user, text, rows):
    return [
        Hit(
            str(row),
            row.get_absolute_url(),
            _notes(row.get_state_display(), f"trình ngày {row.sent_at:%d/%m/%Y}" if row.sent_at else ""),
        )
        for row in rows
    ]


# Articles: published ones, and in the newsroom what the reader may see there


def _articles(user, text):
    published = Article.objects.published().values("pk")
    seen = Q(pk__in=published)
    if user.is_authenticated:
        seen |= Q(pk__in=Article.objects.visible_to(user).values("pk"))
    return Article.objects.filter(seen).filter(_words(text)).order_by("-published_at", "-pk")


def _article_hits(user, text, rows):
    return [
        Hit(
            row.title,
            row.get_public_url() if row.is_published else row.get_absolute_url(),
            _notes(
                row.category,
                f"đăng ngày {row.published_at:%d/%m/%Y}" if row.is_published else row.get_state_display(),
            ),
        )
        for row in rows
    ]


def _with(*related, prefetch=()):
    return lambda rows: rows.select_related(*related).prefetch_related(*prefetch)


LETTERS = "de-nghi"
_YEAR = _with("bloc_year__bloc", "bloc_year__year")
KINDS = (
    Kind("don-vi", "Đơn vị", "building", _units, _with("kind", prefetch=("names", "aliases")), _unit_hits),
    Kind("khoi", "Khối, cụm thi đua", "collection", _blocs, _with("organiser", prefetch=("names", "aliases")), _bloc_hits),
    Kind("hoi-nghi", "Hội nghị", "people", _meetings, _YEAR, _meeting_hits),
    Kind("tin-tuc", "Tin tức", "newspaper", _articles, _with("category"), _article_hits),
    Kind("quyet-dinh", "Quyết định khen thưởng", "award", _decisions, _with("paper__issuer"), _decision_hits),
    Kind(LETTERS, "Tờ trình đề nghị khen thưởng", "envelope-paper", _letters, _YEAR, _letter_hits),
    Kind("van-ban", "Văn bản", "file-earmark-text", _papers, _with("issuer"), _paper_hits),
    Kind("ban-hanh", "Văn bản ban hành từ hệ thống", "printer", _issued, _with("issuer"), _issued_hits),
)

"""Reads across articles: neighbours of one in time, relatives, what the desk must warn of."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from news.drafting import count_differences, missing_facts, read_meeting
from news.models import Article

_NEIGHBOURS = 3
_RELATED = 4


@dataclass(frozen=True)
class Around:
    """What stands below an article; each list may be empty and is then not shown."""

    related: list
    newer: list
    older: list


def around(article):
    """Articles of the same bloc or category, then the newer and older ones that are not among them."""
    others = Article.objects.published().exclude(pk=article.pk)
    same = Q(category=article.category_id)
    bloc = article.bloc_year.bloc_id if article.bloc_year_id else None
    if bloc is not None:
        same |= Q(bloc_year__bloc=bloc)
    rows = others.filter(same).select_related("bloc_year")[: _RELATED * 3]
    # Of the same bloc first, each group newest first.
    related = sorted(rows, key=lambda row: row.bloc_year is None or row.bloc_year.bloc_id != bloc)[:_RELATED]
    others = others.exclude(pk__in=[row.pk for row in related])
    at, pk = article.published_at, article.pk
    newer = others.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk)).order_by("published_at", "pk")
    older = others.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    return Around(related, list(newer[:_NEIGHBOURS])[::-1], list(older[:_NEIGHBOURS]))


@dataclass(frozen=True)
class DeskNotes:
    """What the desk tells the writer and the editor; none of it blocks saving."""

    warnings: list = field(default_factory=list)
    missing: list = field(default_factory=list)


def desk_notes(article):
    """Numbers that differ from their lists (N12), days that cannot be, and what the meeting's record does not say."""
    warnings, missing = [], []
    if article.event_on and article.event_on > timezone.localdate():
        warnings.append(f"Ngày diễn ra {article.event_on:%d/%m/%Y} sau ngày hôm nay.")
    elif article.event_on and article.published_at and article.event_on > timezone.localdate(article.published_at):
        warnings.append(f"Ngày diễn ra {article.event_on:%d/%m/%Y} sau ngày đăng.")
    if article.title.isupper():
        warnings.append("Tiêu đề đang viết in hoa toàn bộ; hãy viết thường.")
    if article.meeting_id:
        meeting = read_meeting(article.meeting_id)
        warnings += [row.sentence for row in count_differences(meeting)]
        missing = missing_facts(meeting)
    return DeskNotes(warnings, missing)

"""Who may not be named in public yet: nominees without a published award (WEB-7)."""

import re
from dataclasses import dataclass

from awards.models import Grant, ProposalItem
from common.text import fold_name

_SENTENCE_END = re.compile(r"[.!?;]\s|\n")


@dataclass(frozen=True)
class HiddenName:
    """A name that stands in the text, and the sentence that tells the writer to take it out."""

    name: str
    sentence: str


def hidden_names_in(article, added=""):
    """Names in the article, or in a text to be `added` to it, that the public may not read yet, each once.

    A person is looked for in the whole text, unless the person took part in the very meeting that is reported (a chair may
    be nominated as well). A unit or another collective is looked for beside the name of the award it is proposed for:
    its bare name says nothing about a nomination.
    """
    items = _pending_items(article)
    if not items:
        return []
    texts = _texts(article, added)
    whole = _padded(" ".join(texts))
    officials = _officials(article)
    found = {}
    for item in items:
        name = item.nominee_name or (item.unit.name if item.unit_id else "")
        folded = _padded(name)
        if not folded.strip() or folded not in whole:
            continue
        if item.is_person:
            if fold_name(name) not in officials:
                found[name] = f"việc bỏ tên “{name}” khỏi bài (khen thưởng chưa được công bố)"
        elif _stands_with_award(texts, folded, item.line):
            found.setdefault(name, f"việc bỏ tên “{name}” khỏi câu nói về đề nghị khen thưởng (chưa được công bố)")
    return [HiddenName(name, sentence) for name, sentence in found.items()]


def _pending_items(article):
    items = ProposalItem.objects.filter(nameless_count__isnull=True).exclude(grant__in=Grant.objects.public())
    if article.bloc_year_id is not None:
        items = items.filter(line__proposal__bloc_year__bloc=article.bloc_year.bloc_id)
    return list(items.select_related("line__award", "unit"))


def _texts(article, added):
    """Title, lead, body, captions and the names of files, or only what is added, sentence by sentence."""
    if added:
        return _sentences([added])
    parts = [article.title, article.lead, article.body]
    if article.pk:
        for photo in article.photos.all():
            parts += [photo.caption, photo.alt]
        parts += article.attachments.values_list("title", flat=True)
    return _sentences(parts)


def _sentences(parts):
    return [sentence for part in parts for sentence in _SENTENCE_END.split(part) if sentence.strip()]


def _officials(article):
    if article.meeting_id is None:
        return set()
    return {fold_name(row.person_name) for row in article.meeting.participants.all() if row.person_name}


def _stands_with_award(texts, folded, line):
    awards = [_padded(text) for text in (line.award.name, line.wording) if text.strip()]
    for text in texts:
        sentence = _padded(text)
        if folded in sentence and any(award in sentence for award in awards):
            return True
    return False


def _padded(text):
    """Folded with a blank at both ends, so that only whole words are found."""
    return f" {fold_name(text)} "

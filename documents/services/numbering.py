"""Numbers of papers: typed from the clerk's register, or given without a gap where the issuer has opted in (DOC-23)."""

import re

from django.db import transaction

from common import audit
from common.errors import NotReady
from common.permissions import require
from documents.enums import LetterheadProfile, Numbering
from documents.errors import NumberTaken
from documents.models import IssuedDocument, NumberSeries


def numbers_itself(issuer, form):
    """Whether this paper gets its number from the system."""
    return bool(issuer and form.type_abbreviation and issuer.numbering == Numbering.AUTOMATIC)


def period_of(issuer, form, day, subject):
    """What a number is unique within: the year, for a paper of a Party body in its own form the term (PTY-3).

    Raises NotReady where the register does not know the term of that day.
    """
    letterhead = form.get_letterhead()
    if issuer is None or letterhead is None or letterhead.profile != LetterheadProfile.PARTY:
        return str(day.year)
    term = issuer.terms.on(day).order_by("-starts_on").first()
    if term is None:
        raise NotReady([f"nhiệm kỳ của {issuer} vào ngày {day:%d/%m/%Y} (trong danh mục cơ quan ban hành)"], subject=subject)
    return term.label


def running_of(number):
    """The own part of a number: "05" of "05/TTr-KTĐ" and of "05-TTr/BTC"; "5A" is "05a", however it is written."""
    own = re.split(r"[/-]", str(number or ""), maxsplit=1)[0].strip()
    if found := re.fullmatch(r"(\d+)\s*(\w*)", own):
        own = f"{int(found[1]):02d}{found[2].lower()}"
    return own[:20]


def next_number(issuer, type_abbreviation, period):
    """The next number of the series, locked until the transaction ends: undone with it, so that no gap is left."""
    NumberSeries.objects.get_or_create(
        issuer=issuer,
        type=type_abbreviation,
        period=period,
        defaults={"last": _highest(issuer, type_abbreviation, period)},
    )
    series = NumberSeries.objects.select_for_update().get(issuer=issuer, type=type_abbreviation, period=period)
    # Between two times of automatic numbers the clerk may have typed some.
    series.last = max(series.last, _highest(issuer, type_abbreviation, period)) + 1
    series.save(update_fields=["last"])
    return series.last


def _highest(issuer, type_abbreviation, period):
    """The highest number typed so far: the issuer may opt in during the year."""
    rows = IssuedDocument.objects.filter(issuer=issuer, type=type_abbreviation, period=period)
    return max((int(text) for text in rows.values_list("running", flat=True) if text.isdecimal()), default=0)


@transaction.atomic
def set_last_number(*, issuer, type_abbreviation, period, last, by):
    """Say up to which number the clerk's register has come before the system goes on.

    Raises PermissionDenied, NumberTaken (a higher number is on an issued paper already).
    """
    require(by, "documents.manage_issuer", issuer)
    NumberSeries.objects.get_or_create(issuer=issuer, type=type_abbreviation, period=period)
    series = NumberSeries.objects.select_for_update().get(issuer=issuer, type=type_abbreviation, period=period)
    highest = _highest(issuer, type_abbreviation, period)
    if last < highest:
        raise NumberTaken(f"Số {highest} đã dùng trên một văn bản; không thể lùi dãy số về {last}.", subject=issuer)
    before, series.last = series.last, last
    series.save(update_fields=["last"])
    audit.record("đặt số đã cấp gần nhất", series, by=by, before={"last": before}, after={"last": last})
    return series


def refuse_used_number(document):
    """The kind question before the work of rendering; the database's constraint is the one that counts."""
    used = IssuedDocument.objects.filter(
        issuer=document.issuer, type=document.type, period=document.period, running=document.running
    )
    if document.issuer and document.running and used.exists():
        raise NumberTaken(taken(document), subject=document.subject)


def taken(document):
    """The sentence for a number that is on another paper."""
    within = f"năm {document.period}" if document.period == str(document.issued_on.year) else f"nhiệm kỳ {document.period}"
    return f"Số {document.number} của {document.issuer} đã dùng cho một văn bản khác cùng loại trong {within}."

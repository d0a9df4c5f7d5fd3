"""What the registry keeps of an issuer: how it numbers, where it sat when, its terms (DOC-23, DOC-33, PTY-3)."""

from itertools import pairwise

from django.db import transaction

from common import audit
from common.permissions import require
from common.text import clean_text
from documents.enums import Numbering
from documents.errors import Invalid
from documents.models import IssuedDocument, Issuer, IssuerPlace, IssuerTerm


@transaction.atomic
def switch_numbering(*, issuer, numbering, by):
    """Let the system give the numbers from now on, or the clerk type them again. Papers issued so far are not touched.

    Raises PermissionDenied, Invalid (it numbers that way already, or there is no such way).
    """
    require(by, "documents.manage_issuer", issuer)
    current = Issuer.objects.select_for_update().get(pk=issuer.pk)
    if numbering not in Numbering.values:
        raise Invalid("Không có cách cấp số này.", subject=issuer)
    if current.numbering == numbering:
        raise Invalid(f"{current} đang dùng cách “{current.get_numbering_display()}” rồi.", subject=issuer)
    before, current.numbering = current.numbering, numbering
    current.save()
    audit.record("đổi cách cấp số", current, by=by, before={"numbering": before}, after={"numbering": str(numbering)})
    issuer.numbering = numbering
    return current


@transaction.atomic
def save_places(*, issuer, rows, by):
    """The issuer's dated places are exactly these; a row is name, starts_on, ends_on.

    Raises PermissionDenied, Invalid (an end before its start, two places on one day).
    """
    places = [
        IssuerPlace(issuer=issuer, name=clean_text(row["name"]), starts_on=row["starts_on"], ends_on=row.get("ends_on"))
        for row in rows
    ]
    return _save_dated(issuer, places, by=by, action="ghi địa danh theo thời gian", what="địa danh", model=IssuerPlace)


@transaction.atomic
def save_terms(*, issuer, rows, by):
    """The terms of a Party body are exactly these; a row is label, starts_on, ends_on.

    Raises PermissionDenied, Invalid (as for places; a term within which papers were numbered may not go).
    """
    terms = [
        IssuerTerm(issuer=issuer, label=clean_text(row["label"]), starts_on=row["starts_on"], ends_on=row.get("ends_on"))
        for row in rows
    ]
    gone = {row.label for row in issuer.terms.all()} - {row.label for row in terms}
    used = IssuedDocument.objects.filter(issuer=issuer, period__in=gone).values_list("period", flat=True).first()
    if used:
        raise Invalid(f"Nhiệm kỳ {used} đã có văn bản được cấp số nên không bỏ, không đổi tên được.", subject=issuer)
    labels = [row.label for row in terms]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise Invalid(f"Nhiệm kỳ {twice} ghi hai lần.", subject=issuer)
    return _save_dated(issuer, terms, by=by, action="ghi nhiệm kỳ", what="nhiệm kỳ", model=IssuerTerm)


def _save_dated(issuer, rows, *, by, action, what, model):
    require(by, "documents.manage_issuer", issuer)
    Issuer.objects.select_for_update().get(pk=issuer.pk)
    rows = sorted(rows, key=lambda row: row.starts_on)
    for row in rows:
        if row.ends_on and row.ends_on < row.starts_on:
            raise Invalid(f"{row}: đến ngày {row.ends_on:%d/%m/%Y} ở trước ngày {row.starts_on:%d/%m/%Y}.", subject=issuer)
    for earlier, later in pairwise(rows):
        if earlier.ends_on is None or earlier.ends_on >= later.starts_on:
            raise Invalid(
                f"Hai {what} trùng thời gian: “{earlier}” và “{later}” cùng ghi cho ngày {later.starts_on:%d/%m/%Y}.",
                subject=issuer,
            )
    before = [_words(row) for row in model.objects.filter(issuer=issuer)]
    model.objects.filter(issuer=issuer).delete()
    model.objects.bulk_create(rows)
    audit.record(action, issuer, by=by, before={"rows": before}, after={"rows": [_words(row) for row in rows]})
    return rows


def _words(row):
    end = f"{row.ends_on:%d/%m/%Y}" if row.ends_on else "nay"
    return f"{row}: {row.starts_on:%d/%m/%Y} – {end}"

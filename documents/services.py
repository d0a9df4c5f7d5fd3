"""Issuing a paper: numbered, dated, frozen, never made again (DOC-23, DOC-25)."""

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from common import audit
from common.errors import NotReady, StaleState
from common.permissions import require
from documents.errors import NumberTaken, WrongDate
from documents.models import IssuedDocument
from documents.printed import paper_pdf

# Without the letters and digits that are mistaken for one another when a code is typed from paper.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def issue_document(*, form, subject, by, number="", issued_on=None, is_public=False, supersedes=None):
    """Render `form` (a PrintedForm) with its number and date and keep values, file and hash as an IssuedDocument.

    `subject` is the record the paper is about: who may view it may read the paper. `supersedes` is the issued paper
    that this one replaces (DOC-25). The number is typed from the register of the issuer: "5" becomes "05/TTr-KTĐ".

    Raises PermissionDenied (`form.issue_permission`), NotReady (something missing), WrongDate, NumberTaken (the number
    is used by the same issuer in the same year), StaleState (the old paper was replaced already), RenderingError.
    """
    if not getattr(by, "is_active", False):
        raise PermissionDenied("Tài khoản của bạn không có quyền thực hiện việc này.")
    if form.issue_permission:
        require(by, form.issue_permission, subject)
    if missing := _missing(form, number, issued_on):
        raise NotReady(missing, subject=subject)
    if issued_on > timezone.localdate():
        raise WrongDate(f"Ngày ban hành {issued_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=subject)
    frozen = form.frozen(number, issued_on)
    paper, issuer = frozen["paper"], form.get_issuer()
    _refuse_used_number(issuer, paper["number"], issued_on, subject)
    pdf = paper_pdf(form.template_name, frozen)
    document = IssuedDocument(
        form=form.code,
        title=paper["title"][:500],
        number=paper["number"],
        issuer=issuer,
        issued_on=issued_on,
        values=frozen,
        sha256=hashlib.sha256(pdf).hexdigest(),
        code=_new_code(),
        is_public=is_public,
        subject=subject,
        created_by=by,
    )
    document.file.save(f"{form.code}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            document.save()
            if supersedes:
                _replace(supersedes, document)
    except IntegrityError as error:
        document.file.storage.delete(document.file.name)
        raise NumberTaken(_taken(paper["number"], issuer, issued_on), subject=subject) from error
    except StaleState:
        document.file.storage.delete(document.file.name)
        raise
    audit.record(
        "ban hành văn bản",
        document,
        by=by,
        after={"number": document.number, "issued_on": str(issued_on), "sha256": document.sha256},
    )
    return document


def _missing(form, number, issued_on):
    missing = list(form.missing_to_issue)
    if form.type_abbreviation and not str(number or "").strip():
        missing.append("số văn bản")
    if issued_on is None:
        missing.append("ngày ban hành")
    return missing


def _refuse_used_number(issuer, number, issued_on, subject):
    """The kind question before the work of rendering; the database's constraint is the one that counts."""
    used = IssuedDocument.objects.filter(issuer=issuer, number=number, issued_on__year=issued_on.year)
    if issuer and number and used.exists():
        raise NumberTaken(_taken(number, issuer, issued_on), subject=subject)


def _taken(number, issuer, issued_on):
    return f"Số {number} của {issuer} đã dùng cho một văn bản khác trong năm {issued_on.year}."


def _replace(old, new):
    """Compare-and-set: of two corrections of one paper, one is the first."""
    rows = IssuedDocument.objects.filter(pk=old.pk, superseded_by=None)
    if not rows.update(superseded_by=new):
        raise StaleState(f"Văn bản “{old}” đã được thay thế bằng văn bản khác.", subject=new.subject)
    old.superseded_by = new


def _new_code():
    """Four groups of four, 79 bits: read out easily, never guessed."""
    return "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(4))

"""Issuing a paper: numbered, dated, frozen, never made again (DOC-23, DOC-25)."""

import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common import audit
from common.errors import DomainError, NotReady, StaleState
from common.permissions import require
from documents.errors import Invalid, NumberTaken, WrongDate
from documents.models import IssuedDocument
from documents.printed import paper_pdf
from documents.services.numbering import (
    next_number,
    numbers_itself,
    period_of,
    refuse_used_number,
    running_of,
    taken,
)

# Without the letters and digits that are mistaken for one another when a code is typed from paper.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def issue_document(
    *, form, subject, by, number="", issued_on=None, is_public=False, supersedes=None, made=None, code="", signed_file=None
):
    """Render `form` (a PrintedForm) with its number and date and keep values, file and hash as an IssuedDocument.

    `subject` is the record the paper is about: who may view it may read the paper. `supersedes` is the issued paper
    that this one replaces (DOC-25). The number is typed from the register of the issuer, "5" becomes "05/TTr-KTĐ";
    an issuer that has opted in gets the next one (DOC-23). `made` are the bytes of a file that exists already and
    `code` the code printed in it (a covenant is frozen before it is signed). `signed_file` is the version that was
    finished, signed and sealed outside; it counts as the paper, the one made here stays beside it; where the file made
    here bears signatures itself (`form.takes_signed_file` is False) there is no such version, now or later.

    Raises PermissionDenied (`form.issue_permission`), NotReady (something missing), WrongDate, NumberTaken (the number
    is used by the same issuer for the same type in the same year or term), StaleState (the old paper was replaced
    already), RenderingError, Invalid (no readable PDF).
    """
    if not getattr(by, "is_active", False):
        raise PermissionDenied("Tài khoản của bạn không có quyền thực hiện việc này.")
    if form.issue_permission:
        require(by, form.issue_permission, subject)
    issuer = form.get_issuer()
    is_automatic = numbers_itself(issuer, form)
    if missing := _missing(form, number, issued_on, is_automatic):
        raise NotReady(missing, subject=subject)
    if issued_on > timezone.localdate():
        raise WrongDate(f"Ngày ban hành {issued_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=subject)
    if is_automatic and str(number or "").strip():
        raise NumberTaken(f"{issuer} cấp số tự động; xin để trống ô số.", subject=subject)
    period = period_of(issuer, form, issued_on, subject)
    if is_automatic:
        number = str(next_number(issuer, form.type_abbreviation, period))
    code = code or new_code()
    frozen = form.frozen(number, issued_on, proof=proof_of(code))
    paper = frozen["paper"]
    document = IssuedDocument(
        form=form.code,
        title=paper["title"][:500],
        number=paper["number"],
        type=form.type_abbreviation,
        period=period,
        running=running_of(paper["number"]),
        issuer=issuer,
        issued_on=issued_on,
        values=frozen,
        code=code,
        is_public=is_public and form.may_be_public,
        permission=form.issue_permission if form.takes_signed_file else "",
        subject=subject,
        created_by=by,
    )
    refuse_used_number(document)
    pdf = made or paper_pdf(form.template_name, frozen)
    document.sha256 = hashlib.sha256(pdf).hexdigest()
    document.file.save(f"{form.code}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            document.save()
            if supersedes:
                _replace(supersedes, document)
            if signed_file:
                add_signed_file(document=document, upload=signed_file, by=by)
    except IntegrityError as error:
        document.file.storage.delete(document.file.name)
        raise NumberTaken(taken(document), subject=subject) from error
    except DomainError:
        document.file.storage.delete(document.file.name)
        raise
    audit.record(
        "ban hành văn bản",
        document,
        by=by,
        after={"number": document.number, "issued_on": str(issued_on), "sha256": document.sha256},
    )
    return document


@transaction.atomic
def add_signed_file(*, document, upload, by):
    """Keep the signed and sealed PDF of an issued paper; from now on it counts as the paper. Once, never overwritten.

    Raises PermissionDenied (who may not issue this form for this record), StaleState (one is there already, or the
    paper has been replaced), Invalid (no readable PDF, or byte for byte the file made here).
    """
    require(by, "documents.add_signed_file", document)
    current = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    if current.superseded_by_id:
        raise StaleState(f"Văn bản “{current}” đã được thay thế bằng văn bản khác.", subject=current.subject)
    if current.signed_file:
        raise StaleState(
            f"Văn bản “{current}” đã có bản ký, đóng dấu; muốn thay thì ban hành văn bản mới thay thế.",
            subject=current.subject,
        )
    current.signed_file = upload
    try:
        current.clean_fields(exclude=[field.name for field in current._meta.fields if field.name != "signed_file"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), subject=current.subject) from error
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    if digest == current.sha256:
        raise Invalid("Tệp này chính là bản do hệ thống tạo, chưa có chữ ký và dấu.", subject=current.subject)
    upload.seek(0)
    current.signed_sha256, current.signed_at, current.signed_by = digest, timezone.now(), by
    current.save()
    audit.record("nộp bản đã ký, đóng dấu", current, by=by, after={"sha256": digest})
    for name in ("signed_file", "signed_sha256", "signed_at", "signed_by"):
        setattr(document, name, getattr(current, name))
    return document


def proof_of(code):
    """What the QR of a paper says: its code and where it is proven (F93)."""
    return {"code": code, "url": settings.SITE_URL.rstrip("/") + reverse("portal:proof", args=[code])}


def new_code():
    """Four groups of four, 79 bits: read out easily, never guessed."""
    return "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(4))


def _missing(form, number, issued_on, is_automatic):
    missing = list(form.missing_to_issue)
    if form.type_abbreviation and not is_automatic and not str(number or "").strip():
        missing.append("số văn bản")
    if issued_on is None:
        missing.append("ngày ban hành")
    return missing


def _replace(old, new):
    """Compare-and-set: of two corrections of one paper, one is the first."""
    rows = IssuedDocument.objects.filter(pk=old.pk, superseded_by=None)
    if not rows.update(superseded_by=new):
        raise StaleState(f"Văn bản “{old}” đã được thay thế bằng văn bản khác.", subject=new.subject)
    old.superseded_by = new

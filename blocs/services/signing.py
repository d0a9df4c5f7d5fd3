"""A covenant is sent with its text and file frozen and signed by each member, in three ways that end alike (N7)."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.passwords import confirm_password
from blocs.certificates import trusted_roots, why_not_of
from blocs.enums import (
    COVENANT_TRANSITIONS,
    SIGNATURE_TRANSITIONS,
    CovenantState,
    SignatureState,
    SignatureWay,
    SigningOrder,
)
from blocs.errors import Invalid, NotOpenForSigning, NotYourTurn, ReplacedVersion, WrongDate
from blocs.models import BlocYear, CovenantRevision, CovenantSignature, CovenantVersion
from blocs.reports import last_revision, waiting_before
from blocs.scope import is_on_behalf
from blocs.services.covenants import digest_of
from blocs.services.records import save_checked
from common import audit
from common.actor import current_address
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from common.permissions import may, require
from common.text import clean_text
from documents.printed import paper_pdf
from documents.services import new_code, proof_of
from documents.signing import check_revision, sign_with_pkcs12

_REASON = "Ký giao ước thi đua"
_FROZEN = ["state", "theme", "grounds", "undertaking", "place", "signed_on", "change_note", "version"]
_SETTLED = (SignatureState.SIGNED, SignatureState.RELEASED)


@transaction.atomic
def send_covenant(*, version, by, paper=None, order=SigningOrder.ANY, sign_by=None, signers=()):
    """Draft → signing: the text is frozen with its digest and every member of the year gets a line to sign.

    `paper` (a CovenantPaper of this version) freezes the file as well: what everybody signs, with a field for each unit.
    `signers`: rows of (unit, position, name, title) as far as they are known, printed in the signature blocks.
    The version that was in force until now is replaced.

    Raises PermissionDenied, NotReady, IllegalStep, StaleState, WrongDate (the deadline has passed), RenderingError.
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    # Somebody may have saved the draft since it was read; what is frozen is what stands there now.
    version.refresh_from_db(fields=_FROZEN)
    _check_step(version, CovenantState.SIGNING)
    if missing := version.missing_to_send:
        raise NotReady(missing, subject=version)
    if sign_by and sign_by < timezone.localdate():
        raise WrongDate(f"Hạn ký {sign_by:%d/%m/%Y} đã qua.", subject=version)
    on_behalf = is_on_behalf(by, bloc_year)
    for old in version.covenant.versions.exclude(pk=version.pk).exclude(state=CovenantState.REPLACED):
        old.covenant = version.covenant
        _move(old, CovenantState.REPLACED, by=by, on_behalf=on_behalf)
    _move(
        version,
        CovenantState.SIGNING,
        by=by,
        on_behalf=on_behalf,
        digest=digest_of(version),
        code=new_code(),
        sent_at=timezone.now(),
        sent_by=by,
        order=SigningOrder(order).value,
        sign_by=sign_by,
    )
    _make_lines(version, signers)
    if paper is not None:
        _freeze(version, paper, by)
    return version


def _make_lines(version, signers):
    """One line per member in the order asked for; who is not named there follows in the order of the list."""
    asked = {unit.pk: (position, name, title) for unit, position, name, title in signers}
    units = [row.unit for row in version.covenant.bloc_year.memberships]
    places = {unit.pk: (asked[unit.pk][0] if unit.pk in asked else len(units) + 1) for unit in units}
    units.sort(key=lambda unit: places[unit.pk])
    lines = []
    for position, unit in enumerate(units, 1):
        _, name, title = asked.get(unit.pk, (0, "", ""))
        lines.append(
            CovenantSignature(
                version=version,
                unit=unit,
                position=position,
                signer_name=clean_text(name)[:120],
                signer_title=clean_text(title)[:200],
            )
        )
    CovenantSignature.objects.bulk_create(lines)


@transaction.atomic
def freeze_file(*, version, paper, by):
    """Make the file of a covenant that was sent without one (from history); what is frozen already stays.

    Raises PermissionDenied, NotOpenForSigning (a draft, or replaced), RenderingError.
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    version.refresh_from_db(fields=["state", "code"])
    if version.state not in (CovenantState.SIGNING, CovenantState.SIGNED):
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    if revision := last_revision(version):
        return revision
    if not version.code:
        version.code = new_code()
        version.save(update_fields=["code"])
    return _freeze(version, paper, by)


def _freeze(version, paper, by):
    frozen = paper.frozen("", version.signed_on, proof=proof_of(version.code))
    pdf = paper_pdf(paper.template_name, frozen, signature_fields=True)
    return _append(version, pdf, 0, by)


def _append(version, pdf, number, by):
    """The next revision of the file; the constraint on its number refuses the slower of two."""
    revision = CovenantRevision(version=version, number=number, sha256=hashlib.sha256(pdf).hexdigest(), created_by=by)
    revision.file.save("giao-uoc.pdf", ContentFile(pdf), save=False)
    revision.save()
    return revision


@transaction.atomic
def record_signatures(*, version, rows, by, scan=None):
    """Record signatures given on paper: rows of (signature, signer_name, signer_title, signed_on). All or none.

    `scan` is the signed sheet, kept with each of these lines. When the last member has signed the version is signed.
    Raises PermissionDenied, IllegalStep (not sent, signed already), NotYourTurn, NotReady (signer missing, or the day
    unless entered on behalf of the bloc), WrongDate (in the future), StaleState, Invalid (no readable PDF).
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    _lock(version)
    rows = sorted(rows, key=lambda row: row[0].position)
    if not rows:
        raise NotReady(["ít nhất một đơn vị đã ký"], subject=version)
    on_behalf = is_on_behalf(by, bloc_year)
    kept = None
    for signature, name, title, day in rows:
        _check_paper_line(version, signature, clean_text(name), clean_text(title), day, on_behalf)
        if scan is not None:
            kept = kept or _keep_scan(signature, scan)
            CovenantSignature.objects.filter(pk=signature.pk).update(scan=kept)
        _sign(
            version,
            signature,
            by,
            way=SignatureWay.PAPER,
            signer_name=clean_text(name),
            signer_title=clean_text(title),
            signed_on=day,
        )
    _finish_when_all_signed(version, by, on_behalf)
    return version


def _check_paper_line(version, signature, name, title, day, on_behalf):
    _check_belongs(version, signature)
    missing = [] if name or title else [f"người ký của {signature.unit}"]
    # What is entered for a bloc from its history may lack the day: the news says "đầu năm" and no more (seed-00).
    missing += [] if day or on_behalf else [f"ngày ký của {signature.unit}"]
    if missing:
        raise NotReady(missing, subject=version)
    if day and day > timezone.localdate():
        raise WrongDate(f"{signature.unit}: ngày ký {day:%d/%m/%Y} ở sau ngày hôm nay.", subject=version)


def _keep_scan(signature, scan):
    """Store the sheet once; every line signed on it points to the same file."""
    signature.scan = scan
    try:
        signature.clean_fields(exclude=[field.name for field in signature._meta.fields if field.name != "scan"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), subject=signature.version) from error
    scan.seek(0)
    signature.scan.save("ban-quet.pdf", scan, save=False)
    return signature.scan.name


@sensitive_variables("password")
def sign_by_click(*, signature, by, signer_name, signer_title, seen_sha256, password):
    """The unit confirms the text it has before its eyes (`seen_sha256` of the file), with the password again.

    Raises PermissionDenied, WrongPassword, NotOpenForSigning, NotYourTurn, NotReady, StaleState, IllegalStep.
    """
    require(by, "blocs.sign_covenant", signature)
    # Outside the transaction: a wrong password must stay counted.
    confirm_password(by, password)
    with transaction.atomic():
        version = _lock(signature.version)
        if not version.revisions.filter(sha256=seen_sha256).exists():
            raise StaleState("Nội dung giao ước đã có thay đổi kể từ khi bạn mở trang; xin xem lại rồi ký.", subject=version)
        _sign_here(version, signature, by, SignatureWay.CLICK, signer_name, signer_title, seen_sha256=seen_sha256)
    return signature


@sensitive_variables("pkcs12", "passphrase", "password")
def sign_with_certificate(*, signature, by, signer_name, signer_title, pkcs12, passphrase, password):
    """Sign the last revision with the unit's PKCS#12 file, used in memory only, and keep it as the next revision.

    Raises PermissionDenied, WrongPassword, NotOpenForSigning, NotYourTurn, NotReady, StaleState, IllegalStep,
    SignatureRefused (wrong passphrase, expired, foreign root, certificate of somebody else).
    """
    require(by, "blocs.sign_covenant", signature)
    confirm_password(by, password)
    with transaction.atomic():
        version = _lock(signature.version)
        previous = _last_bytes(version)
        signed_at = timezone.now()
        pdf = sign_with_pkcs12(
            previous,
            field_name=signature.field_name,
            pkcs12=pkcs12,
            passphrase=passphrase,
            unit=str(signature.unit),
            reason=_REASON,
            roots=trusted_roots(),
            signed_at=signed_at,
            accept=lambda facts: why_not_of(signature.unit, facts),
        )
        _take(version, signature, by, previous, pdf, signer_name, signer_title, signed_at)
    return signature


def take_signed_file(*, signature, by, signer_name, signer_title, upload):
    """Keep the file that the unit signed outside with its own token, if it is the last revision plus that signature.

    Raises PermissionDenied, NotOpenForSigning, NotYourTurn, NotReady, StaleState, IllegalStep, SignatureRefused with
    the exact reason.
    """
    require(by, "blocs.sign_covenant", signature)
    upload.seek(0)
    pdf = upload.read()
    with transaction.atomic():
        version = _lock(signature.version)
        _take(version, signature, by, _last_bytes(version), pdf, signer_name, signer_title, timezone.now())
    return signature


def _take(version, signature, by, previous, pdf, signer_name, signer_title, at):
    """Judge the new revision like any other that comes from outside, then keep it."""
    signed = version.signatures.filter(revision__isnull=False).order_by("revision__number")
    facts = check_revision(
        previous,
        pdf,
        field_name=signature.field_name,
        signed_fields=[row.field_name for row in signed],
        roots=trusted_roots(),
        accept=lambda facts: why_not_of(signature.unit, facts),
        at=at,
    )
    revision = _append(version, pdf, last_revision(version).number + 1, by)
    try:
        _sign_here(
            version,
            signature,
            by,
            SignatureWay.CERTIFICATE,
            signer_name or facts.signer,
            signer_title,
            seen_sha256=revision.sha256,
            certificate=facts.as_values(),
            revision=revision,
        )
    except DomainError:
        # The row goes back with the transaction, the file would stay.
        revision.file.storage.delete(revision.file.name)
        raise


def _last_bytes(version):
    revision = last_revision(version)
    if revision is None:
        raise NotReady(["tệp giao ước để ký"], subject=version)
    with revision.file.storage.open(revision.file.name) as stored:
        return stored.read()


def _lock(version):
    """The version as it is now, with its year locked: one signer at a time."""
    BlocYear.objects.select_for_update().get(pk=version.covenant.bloc_year_id)
    version.refresh_from_db()
    if version.state == CovenantState.REPLACED:
        raise ReplacedVersion(version, CovenantState.SIGNED)
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    return version


def _sign_here(version, signature, by, way, signer_name, signer_title, **stamps):
    """The unit itself signs, now."""
    name, title = clean_text(signer_name), clean_text(signer_title)
    if not name:
        raise NotReady(["họ và tên người ký"], subject=version)
    stamps |= {"signed_on": timezone.localdate(), "signed_at": timezone.now(), "address": current_address()}
    _sign(version, signature, by, way=way, signer_name=name, signer_title=title, **stamps)
    _finish_when_all_signed(version, by, False)


def _sign(version, signature, by, **stamps):
    if waiting := waiting_before(signature):
        raise NotYourTurn(signature, waiting)
    on_behalf = stamps["way"] == SignatureWay.PAPER and is_on_behalf(by, version.covenant.bloc_year)
    _move_signature(signature, SignatureState.SIGNED, by=by, on_behalf=on_behalf, refusal_reason="", **stamps)


def _finish_when_all_signed(version, by, on_behalf):
    """Signing → signed when no unit is waited for and at least one has signed."""
    rows = CovenantSignature.objects.filter(version=version)
    last = rows.filter(state=SignatureState.SIGNED).order_by("-signed_on").first()
    if last is None or rows.exclude(state__in=_SETTLED).exists():
        return
    _move(version, CovenantState.SIGNED, by=by, on_behalf=on_behalf, signed_on=version.signed_on or last.signed_on)


@transaction.atomic
def release_signature(*, signature, by, note=""):
    """The unit has ended and need not sign any more; when all others have signed the version is signed.

    A step of the guided act on units (portal.lineage), which has asked for the right and locked the year.
    Raises IllegalStep, StaleState.
    """
    version = signature.version
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    _move_signature(signature, SignatureState.RELEASED, by=by, on_behalf=True, refusal_reason=clean_text(note)[:500])
    _finish_when_all_signed(version, by, True)


@transaction.atomic
def refuse_signature(*, signature, reason, by):
    """Waiting → refused, with the reason: by the unit itself, or recorded by the secretariat (F19).

    Raises PermissionDenied, NotReady, IllegalStep, StaleState, Invalid.
    """
    bloc_year = signature.version.covenant.bloc_year
    if not may(by, "blocs.sign_covenant", signature):
        require(by, "blocs.work_on_blocyear", bloc_year)
    version = _lock(signature.version)
    reason = clean_text(reason)
    if not reason:
        raise NotReady(["lý do từ chối ký"], subject=version)
    if len(reason) > 500:
        raise Invalid("Lý do từ chối dài hơn 500 ký tự.", subject=version)
    on_behalf = not may(by, "blocs.sign_covenant", signature) and is_on_behalf(by, bloc_year)
    return _move_signature(signature, SignatureState.REFUSED, by=by, on_behalf=on_behalf, refusal_reason=reason)


@transaction.atomic
def attach_scan(*, version, scan, by):
    """Keep the scanned covenant with its ink signatures; a better scan takes the place of the former.

    Raises PermissionDenied, IllegalStep (a draft has nothing to scan), Invalid (no readable PDF).
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    version = CovenantVersion.objects.select_for_update().get(pk=version.pk)
    if version.state not in (CovenantState.SIGNING, CovenantState.SIGNED):
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    had_scan = bool(version.scan)
    version.scan = scan
    save_checked(version)
    audit.record(
        "thay bản quét giao ước" if had_scan else "thêm bản quét giao ước",
        version,
        by=by,
        on_behalf=is_on_behalf(by, bloc_year),
    )
    return version


def _check_belongs(version, signature):
    if signature.version_id != version.pk:
        raise Invalid("Dòng ký không thuộc bản giao ước này.", subject=version)


def _check_step(version, target):
    if target not in COVENANT_TRANSITIONS[CovenantState(version.state)]:
        raise IllegalStep(version, target)


def _move(version, target, *, by, on_behalf, **stamps):
    """Compare-and-set of a version's state, and its row in the log."""
    _check_step(version, target)
    before = version.state
    values = {"state": target.value, **stamps}
    if not CovenantVersion.objects.filter(pk=version.pk, state=before).update(**values):
        raise StaleState("Giao ước vừa được người khác chuyển trạng thái.", subject=version)
    for name, value in values.items():
        setattr(version, name, value)
    audit.record(
        "chuyển trạng thái giao ước",
        version,
        by=by,
        on_behalf=on_behalf,
        before={"state": before},
        after={"state": str(target.value)},
    )


def _move_signature(signature, target, *, by, on_behalf, **stamps):
    """Compare-and-set of one member's line, and its row in the log."""
    if len(stamps.get("signer_name", "")) > 120 or len(stamps.get("signer_title", "")) > 200:
        raise Invalid(f"{signature.unit}: tên hoặc chức vụ người ký quá dài.", subject=signature.version)
    before = signature.state
    if target not in SIGNATURE_TRANSITIONS[SignatureState(before)]:
        raise IllegalStep(signature, target)
    rows = CovenantSignature.objects.filter(pk=signature.pk, state=before)
    values = {"state": target.value, "recorded_at": timezone.now(), "recorded_by": by, **stamps}
    if not rows.update(**values):
        raise StaleState(f"Dòng ký của {signature.unit} vừa được người khác ghi nhận.", subject=signature.version)
    for name, value in values.items():
        setattr(signature, name, value)
    audit.record(
        {
            SignatureState.SIGNED: "ghi nhận ký giao ước",
            SignatureState.REFUSED: "ghi nhận từ chối ký giao ước",
            SignatureState.RELEASED: "bỏ dòng ký của đơn vị đã kết thúc",
        }[target],
        signature,
        by=by,
        on_behalf=on_behalf,
        before={"state": before},
        after={"state": str(target.value), **{name: str(value) for name, value in stamps.items()}},
    )
    return signature

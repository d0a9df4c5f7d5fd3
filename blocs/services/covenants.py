"""The covenant of a year: drafted, sent with its text frozen, signed by each member."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from blocs.enums import COVENANT_TRANSITIONS, SIGNATURE_TRANSITIONS, CovenantState, SignatureState, SignatureWay
from blocs.errors import CovenantFrozen, Invalid, NotOpenForSigning, WrongDate
from blocs.models import BlocYear, Covenant, CovenantItem, CovenantSignature, CovenantVersion
from blocs.scope import is_on_behalf
from blocs.services.records import save_checked
from common import audit
from common.errors import IllegalStep, NotReady, StaleState
from common.permissions import require
from common.text import clean_text
from common.versions import claim


@dataclass(frozen=True)
class ItemInput:
    """One content of the covenant; a target has a value and its unit of measure."""

    text: str
    heading: str = ""
    qualifier: str = ""
    value: Decimal | None = None
    unit_of_measure: str = ""


@transaction.atomic
def save_covenant(
    *,
    bloc_year,
    by,
    items,
    version=None,
    theme="",
    grounds="",
    undertaking="",
    place="",
    signed_on=None,
    change_note="",
):
    """Write the draft of the covenant; the first call makes it. `version` is the number the form was opened with.

    Raises PermissionDenied, IllegalStep (sent already: `revise_covenant` opens a new version), StaleState (somebody else
    saved meanwhile), Invalid.
    """
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    known = list(Covenant.objects.filter(bloc_year=bloc_year))
    covenant = known[0] if known else Covenant.objects.create(bloc_year=bloc_year)
    draft = covenant.current if known else None
    is_new = draft is None
    if is_new:
        draft = CovenantVersion(covenant=covenant, number=1, edited_at=timezone.now(), edited_by=by)
    elif draft.state != CovenantState.DRAFT:
        raise CovenantFrozen(draft, CovenantState.DRAFT)
    else:
        claim(draft, version=1 if version is None else version, by=by)
    draft.theme = clean_text(theme)
    draft.grounds, draft.undertaking = clean_text(grounds), clean_text(undertaking)
    draft.place, draft.signed_on, draft.change_note = clean_text(place), signed_on, clean_text(change_note)
    save_checked(draft)
    draft.items.all().delete()
    for position, item in enumerate(items, 1):
        save_checked(
            CovenantItem(
                version=draft,
                position=position,
                heading=clean_text(item.heading),
                text=clean_text(item.text),
                qualifier=item.qualifier or "",
                value=item.value,
                unit_of_measure=clean_text(item.unit_of_measure),
            )
        )
    if is_new:
        audit.record("soạn giao ước", draft, by=by, on_behalf=is_on_behalf(by, bloc_year), after={"number": 1})
    return draft


@transaction.atomic
def revise_covenant(*, covenant, by, change_note=""):
    """Open a new draft with the text of the version that was sent; it replaces that one when it is sent itself.

    Raises PermissionDenied, IllegalStep (a draft is open already, or there is nothing to revise).
    """
    bloc_year = covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    old = covenant.current
    if old is None or CovenantState.REPLACED not in COVENANT_TRANSITIONS[CovenantState(old.state)]:
        raise IllegalStep(old, CovenantState.REPLACED) if old else Invalid("Chưa có giao ước để sửa.", subject=covenant)
    fields = ("theme", "grounds", "undertaking", "place")
    draft = CovenantVersion(
        covenant=covenant,
        number=old.number + 1,
        change_note=clean_text(change_note),
        edited_at=timezone.now(),
        edited_by=by,
        **{name: getattr(old, name) for name in fields},
    )
    save_checked(draft)
    for item in old.items.all():
        item.pk, item.version = None, draft
        item.save()
    audit.record(
        "soạn bản giao ước mới", draft, by=by, on_behalf=is_on_behalf(by, bloc_year), after={"number": draft.number}
    )
    return draft


@transaction.atomic
def send_covenant(*, version, by):
    """Draft → signing: the text is frozen with its digest and every member of the year gets a line to sign.

    The version that was in force until now is replaced. Raises PermissionDenied, NotReady, IllegalStep, StaleState.
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    _check_step(version, CovenantState.SIGNING)
    if missing := version.missing_to_send:
        raise NotReady(missing, subject=version)
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
        sent_at=timezone.now(),
        sent_by=by,
    )
    CovenantSignature.objects.bulk_create(
        [
            CovenantSignature(version=version, unit=row.unit, position=position)
            for position, row in enumerate(bloc_year.memberships, 1)
        ]
    )
    return version


def digest_of(version):
    """SHA-256 of the canonical text: what every unit puts its name under."""
    content = {
        "bloc": version.covenant.bloc_year.bloc_name,
        "year": version.covenant.bloc_year.year.label,
        "number": version.number,
        "theme": version.theme,
        "grounds": version.grounds.splitlines(),
        "undertaking": version.undertaking,
        "items": [
            [
                item.heading,
                item.text,
                item.qualifier,
                "" if item.value is None else format(item.value.normalize(), "f"),
                item.unit_of_measure,
            ]
            for item in version.items.all()
        ],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def record_signatures(*, version, rows, by):
    """Record signatures given on paper: rows of (signature, signer_name, signer_title, signed_on). All or none.

    When the last member has signed the version is signed. Raises PermissionDenied, IllegalStep (not sent, signed already),
    NotReady (signer missing, or the day unless entered on behalf of the bloc), WrongDate (in the future), StaleState.
    """
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    version.refresh_from_db()
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    rows = list(rows)
    if not rows:
        raise NotReady(["ít nhất một đơn vị đã ký"], subject=version)
    on_behalf = is_on_behalf(by, bloc_year)
    for signature, signer_name, signer_title, signed_on in rows:
        _sign(version, signature, clean_text(signer_name), clean_text(signer_title), signed_on, by, on_behalf)
    _finish_when_all_signed(version, by, on_behalf)
    return version


def _finish_when_all_signed(version, by, on_behalf):
    """Signing → signed when no unit is waited for and at least one has signed."""
    settled = (SignatureState.SIGNED, SignatureState.RELEASED)
    rows = CovenantSignature.objects.filter(version=version)
    last = rows.filter(state=SignatureState.SIGNED).order_by("-signed_on").first()
    if last is None or rows.exclude(state__in=settled).exists():
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


def _sign(version, signature, name, title, signed_on, by, on_behalf):
    _check_belongs(version, signature)
    missing = [] if name or title else [f"người ký của {signature.unit}"]
    # What is entered for a bloc from its history may lack the day: the news says "đầu năm" and no more (seed-00).
    missing += [] if signed_on or on_behalf else [f"ngày ký của {signature.unit}"]
    if missing:
        raise NotReady(missing, subject=version)
    if signed_on and signed_on > timezone.localdate():
        raise WrongDate(f"{signature.unit}: ngày ký {signed_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=version)
    _move_signature(
        signature,
        SignatureState.SIGNED,
        by=by,
        on_behalf=on_behalf,
        way=SignatureWay.PAPER,
        signer_name=name,
        signer_title=title,
        signed_on=signed_on,
        refusal_reason="",
    )


@transaction.atomic
def refuse_signature(*, signature, reason, by):
    """Waiting → refused, with the unit's reason. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    version = signature.version
    bloc_year = version.covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    reason = clean_text(reason)
    if not reason:
        raise NotReady(["lý do từ chối ký"], subject=version)
    if len(reason) > 500:
        raise Invalid("Lý do từ chối dài hơn 500 ký tự.", subject=version)
    return _move_signature(
        signature, SignatureState.REFUSED, by=by, on_behalf=is_on_behalf(by, bloc_year), refusal_reason=reason
    )


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

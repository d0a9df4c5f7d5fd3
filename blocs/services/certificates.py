"""Certificates of units: where some are registered, only these count as the unit's signature."""

from django.db import transaction
from django.utils import timezone

from blocs.errors import Invalid
from blocs.models import Unit, UnitCertificate
from blocs.services.records import save_checked
from common import audit
from common.errors import StaleState
from common.permissions import require
from common.text import clean_text
from documents.signing import load_certificate


@transaction.atomic
def register_certificate(*, unit, content, by):
    """Register the certificate in `content` (bytes, PEM or DER) for the unit; a private key beside it is refused.

    Raises PermissionDenied, SignatureRefused (no certificate), Invalid (of an authority, out of date, registered already).
    """
    require(by, "blocs.manage_registry")
    facts = load_certificate(content)
    Unit.objects.select_for_update().get(pk=unit.pk)
    if facts.is_authority:
        raise Invalid(f"Chứng thư “{facts.common_name}” là của tổ chức chứng thực, không phải của đơn vị.", subject=unit)
    starts_on, ends_on = _day(facts.valid_from), _day(facts.valid_until)
    if facts.valid_until < timezone.now():
        raise Invalid(f"Chứng thư “{facts.common_name}” đã hết hạn ngày {ends_on:%d/%m/%Y}.", subject=unit)
    known = UnitCertificate.objects.filter(unit=unit, fingerprint=facts.fingerprint).first()
    if known:
        state = "và đã thu hồi" if known.is_revoked else "rồi"
        raise Invalid(f"Chứng thư này đã đăng ký cho {unit} {state}.", subject=unit)
    row = save_checked(
        UnitCertificate(
            unit=unit,
            subject=facts.subject[:500],
            issuer_name=facts.issuer[:500],
            serial=facts.serial[:80],
            fingerprint=facts.fingerprint,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    after = {"unit": str(unit), "serial": row.serial, "fingerprint": row.fingerprint, "ends_on": str(ends_on)}
    audit.record("đăng ký chứng thư số của đơn vị", row, by=by, after=after)
    return row


@transaction.atomic
def revoke_certificate(*, certificate, reason, by):
    """From now on it signs nothing; what it has signed stays signed.

    Raises PermissionDenied, Invalid (no reason), StaleState (revoked already).
    """
    require(by, "blocs.manage_registry")
    reason = clean_text(reason)
    if not reason:
        raise Invalid("Xin ghi lý do thu hồi.", subject=certificate.unit)
    row = UnitCertificate.objects.select_for_update().get(pk=certificate.pk)
    if row.is_revoked:
        raise StaleState("Chứng thư này đã được thu hồi.", subject=row.unit)
    row.is_revoked = True
    row.save()
    certificate.is_revoked = True
    audit.record(
        "thu hồi chứng thư số của đơn vị",
        row,
        by=by,
        before={"is_revoked": False},
        after={"is_revoked": True},
        note=reason[:500],
    )
    return row


def _day(moment):
    return timezone.localtime(moment, timezone.get_default_timezone()).date()

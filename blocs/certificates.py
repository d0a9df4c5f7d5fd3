"""Whose certificate it is, and which authorities count."""

from django.db.models import Q
from django.utils import timezone

from blocs.models import UnitAlias, UnitCertificate, UnitName
from common.text import fold_name
from documents.models import TrustRoot
from documents.signing import certificate_names

_SHARED = (
    "Tên “{}” trên chứng thư số cũng là tên của đơn vị khác nên chưa biết chắc là của {}; "
    "xin đề nghị cơ quan thường trực đăng ký chứng thư này cho đơn vị."
)


def trusted_roots():
    """PEM texts of the authorities that the province trusts."""
    return list(TrustRoot.objects.filter(is_active=True).values_list("pem", flat=True))


def why_not_of(unit, facts):
    """ "" if the certificate is the unit's, else the reason.

    Where certificates of the unit are registered, only those count. Otherwise one of the names in the subject (CN, OU; O
    where there is no OU and CN is no other unit) must be a name of the unit, alone or followed by its province.
    """
    registered = list(UnitCertificate.objects.filter(unit=unit))
    if registered:
        return _why_not_registered(unit, facts, registered)
    if other := UnitCertificate.objects.filter(fingerprint=facts.fingerprint).select_related("unit").first():
        return f"Chứng thư số (số hiệu {facts.serial}) đã đăng ký cho {other.unit}, không phải {unit}."
    if named := {fold_name(name) for name in _names_that_count(facts)} & _names_of(unit):
        return "" if named - _names_of_others(unit, named) else _SHARED.format(facts.common_name, unit)
    subject = "; ".join(certificate_names(facts)) or "không ghi tên"
    return (
        f"Chứng thư số được cấp cho “{subject}”, không phải {unit}. Nếu đúng là của đơn vị, "
        "xin đề nghị cơ quan thường trực đăng ký chứng thư này cho đơn vị."
    )


def _names_that_count(facts):
    """A department's certificate often names the People's Committee above it in O; that must not sign for the committee."""
    names = [facts.common_name, *facts.departments]
    is_a_unit = UnitName.objects.filter(search=fold_name(facts.common_name)).exists()
    if not facts.departments and not is_a_unit:
        names += facts.organisations
    return [name for name in names if name]


def _why_not_registered(unit, facts, registered):
    row = next((row for row in registered if row.fingerprint == facts.fingerprint), None)
    if row is None:
        return f"Chứng thư số (số hiệu {facts.serial}) không nằm trong danh sách đã đăng ký của {unit}."
    if row.is_revoked:
        return f"Chứng thư số (số hiệu {facts.serial}) của {unit} đã bị thu hồi."
    return ""


def _names_of_others(unit, names):
    """Those of the names that mean another unit as well."""
    today = timezone.localdate()
    present = Q(ends_on=None) | Q(ends_on__gte=today), Q(unit__ends_on=None) | Q(unit__ends_on__gte=today)
    rows = UnitName.objects.filter(*present, search__in=names).exclude(unit=unit)
    aliases = UnitAlias.objects.filter(present[1], search__in=names).exclude(unit=unit)
    return {*rows.values_list("search", flat=True), *aliases.values_list("search", flat=True)}


def _names_of(unit):
    today = timezone.localdate()
    rows = UnitName.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), unit=unit)
    aliases = UnitAlias.objects.filter(unit=unit)
    names = {unit.name, *rows.values_list("name", flat=True), *aliases.values_list("text", flat=True)}
    if unit.issuer:
        names.add(unit.issuer.name)
    names |= {f"{name} {word}{unit.province}" for name in list(names) for word in ("", "tỉnh ") if unit.province}
    return {fold_name(name) for name in names}

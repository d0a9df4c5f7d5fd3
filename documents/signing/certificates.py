"""What a certificate says, and whether it may sign: dates, chain to one of our roots, purpose, length of its key."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime

from asn1crypto import pem, x509
from django.utils import timezone
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    PathError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from documents.signing.errors import Refusal, SignatureRefused
from documents.signing.reading import guarded

MAX_CERTIFICATE = 64 * 1024
MIN_RSA_BITS = 2048
MIN_CURVE_BITS = 256
# An issuing CA, its superior and a few spare ones; hundreds are an attempt to keep the server searching for a chain.
MAX_EMBEDDED = 20
_MAX_NAME = 300
_UNREADABLE = (
    "Chứng thư số có phần không đọc được hoặc có ký tự không được phép; hãy liên hệ tổ chức chứng thực đã cấp chứng thư."
)
_SIGNING_USAGES = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True)
class CertificateFacts:
    """What is shown and kept of a certificate; the names are NFC, without control characters, cut at 300 letters."""

    common_name: str
    organisations: tuple[str, ...]
    departments: tuple[str, ...]
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_authority: bool
    is_self_signed: bool
    pem: str

    @property
    def organisation(self):
        """The first organisation (O), empty where the subject names none."""
        return self.organisations[0] if self.organisations else ""

    def as_values(self):
        """Plain JSON values, dates as ISO texts."""
        values = asdict(self)
        values |= {"organisations": list(self.organisations), "departments": list(self.departments)}
        return values | {name: values[name].isoformat() for name in ("valid_from", "valid_until")}


def certificate_names(certificate):
    """Every name in the subject that may be the unit's: CN, O and all OU, in this order, each once."""
    facts = certificate if isinstance(certificate, CertificateFacts) else facts_of(certificate)
    names = (facts.common_name, *facts.organisations, *facts.departments)
    return list(dict.fromkeys(name for name in names if name))


def load_certificate(content):
    """CertificateFacts of a file in PEM or DER, to register it; its dates and chain are not judged here.

    Raises SignatureRefused: not_certificate (also for a file with a private key, or with several certificates), too_large.
    """
    return facts_of(read_certificate(content))


def read_certificate(content):
    """The asn1crypto certificate in `content` (bytes or PEM text); raises like `load_certificate`."""
    content = content.encode() if isinstance(content, str) else content
    if len(content) > MAX_CERTIFICATE:
        raise SignatureRefused(
            Refusal.TOO_LARGE, "Tệp chứng thư số lớn hơn 64 KB; hãy chọn đúng tệp chứng thư (.cer, .crt hoặc .pem)."
        )
    if b"PRIVATE KEY-----" in content:
        raise SignatureRefused(
            Refusal.NOT_CERTIFICATE,
            "Tệp có chứa khóa bí mật nên không được nhận. Hãy xuất riêng chứng thư số (phần công khai) rồi tải lên lại.",
        )
    try:
        found = [der for kind, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        certificates = [x509.Certificate.load(der, strict=True) for der in found]
        for certificate in certificates:
            certificate.native  # noqa: B018  asn1crypto reads lazily; a broken part must show here
    # A broken or hostile certificate makes the parser raise anything.
    except Exception:
        raise SignatureRefused(
            Refusal.NOT_CERTIFICATE,
            "Tệp tải lên không phải là chứng thư số X.509; hãy chọn tệp .cer, .crt hoặc .pem do tổ chức chứng thực cấp.",
        ) from None
    if len(certificates) != 1:
        raise SignatureRefused(
            Refusal.NOT_CERTIFICATE, f"Tệp có {len(certificates)} chứng thư số; hãy tải lên từng chứng thư một."
        )
    return certificates[0]


def facts_of(certificate):
    """CertificateFacts of an asn1crypto certificate."""
    subject = _subject(certificate.subject)
    issuer = _subject(certificate.issuer)
    der = certificate.dump()
    return CertificateFacts(
        common_name=(subject.get("common_name") or [""])[0],
        organisations=tuple(subject.get("organization_name", ())),
        departments=tuple(subject.get("organizational_unit_name", ())),
        subject=_clean(certificate.subject.human_friendly),
        issuer=(issuer.get("common_name") or issuer.get("organization_name") or [""])[0],
        serial=format(certificate.serial_number, "X"),
        fingerprint=certificate.sha256.hex(),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        is_authority=bool(certificate.ca),
        is_self_signed=certificate.subject.dump() == certificate.issuer.dump(),
        pem=pem.armor("CERTIFICATE", der).decode("ascii"),
    )


def why_not_a_root(facts, *, at):
    """Why this certificate cannot be registered as a trusted root, one sentence; empty if it can."""
    if not facts.is_authority:
        return f"Chứng thư “{name_of(facts)}” không phải của tổ chức chứng thực nên không dùng làm chứng thư gốc được."
    outside = _out_of_date(facts, at)
    return f"Chứng thư gốc “{name_of(facts)}” {outside[1]}; hãy tải lên chứng thư còn hiệu lực." if outside else ""


def check_certificate(certificate, *, intermediates, roots, accept, at):
    """Nothing, if this certificate may sign for the unit at that moment.

    `roots` are PEM texts, `accept(CertificateFacts)` gives the reason why it is not the unit's or "". Nothing is fetched, so
    nobody is asked whether the certificate was revoked (docs/adr/0005). Raises SignatureRefused: wrong_unit,
    expired, not_yet_valid, not_certificate, not_for_signing, weak_key, weak_digest, no_roots, self_signed, foreign_root,
    authority_expired.
    """
    with guarded(_UNREADABLE, Refusal.NOT_CERTIFICATE):
        facts = facts_of(certificate)
    if reason := accept(facts):
        raise SignatureRefused(Refusal.WRONG_UNIT, reason)
    with guarded(_UNREADABLE, Refusal.NOT_CERTIFICATE):
        _check_dates(facts, at)
        _check_purpose(certificate, facts)
        check_key(certificate)
        _check_chain(certificate, facts, intermediates, roots, at)


def check_key(certificate):
    """Raises SignatureRefused(weak_key) unless the key is RSA of 2048 bits or an elliptic curve that PDF readers know."""
    key = certificate.public_key
    if key.algorithm in ("rsa", "rsassa_pss"):
        fits = key.bit_size >= MIN_RSA_BITS
    else:
        fits = key.algorithm == "ec" and key.bit_size >= MIN_CURVE_BITS
    if not fits:
        raise SignatureRefused(
            Refusal.WEAK_KEY,
            f"Khóa của chứng thư “{name_of(facts_of(certificate))}” không đủ an toàn: cần RSA từ 2048 bit hoặc "
            "đường cong elliptic từ 256 bit. Hãy đề nghị tổ chức chứng thực cấp chứng thư mới.",
        )


def name_of(facts):
    """The name to show in a sentence."""
    return facts.common_name or facts.organisation or facts.serial


def day(moment):
    """dd/mm/yyyy in the site's time zone."""
    return timezone.localtime(moment, timezone.get_default_timezone()).strftime("%d/%m/%Y")


def moment_text(moment):
    """dd/mm/yyyy HH:MM:SS +07:00 in the site's time zone (SIG-4)."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    offset = local.strftime("%z")
    return f"{local:%d/%m/%Y %H:%M:%S} {offset[:3]}:{offset[3:]}"


def run(coroutine):
    """The result of pyHanko's coroutine, also where the thread already runs an event loop (a browser test does)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _subject(name):
    """Lists, because OU and O may come several times; asn1crypto's own `native` keeps only the shape of a dict."""
    found = {}
    for relative in name.chosen:
        for pair in relative:
            value = pair["value"].native
            if isinstance(value, str) and (value := _clean(value)):
                found.setdefault(pair["type"].native, []).append(value)
    return found


def _clean(text):
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())[:_MAX_NAME]


def _out_of_date(facts, at):
    """The refusal and when, if the certificate is not valid at that moment."""
    if at > facts.valid_until:
        return Refusal.EXPIRED, f"đã hết hạn ngày {day(facts.valid_until)}"
    if at < facts.valid_from:
        return Refusal.NOT_YET_VALID, f"chỉ có hiệu lực từ ngày {day(facts.valid_from)}"
    return None


def _check_dates(facts, at):
    if outside := _out_of_date(facts, at):
        code, when = outside
        advice = "gia hạn hoặc dùng chứng thư số còn hiệu lực" if code == Refusal.EXPIRED else "ký từ ngày đó"
        raise SignatureRefused(code, f"Chứng thư số “{name_of(facts)}” {when}; hãy {advice}.")


def _check_purpose(certificate, facts):
    usage = certificate.key_usage_value
    if facts.is_authority or (usage is not None and not usage.native & _SIGNING_USAGES):
        raise SignatureRefused(
            Refusal.NOT_FOR_SIGNING,
            f"Chứng thư “{name_of(facts)}” không được cấp để ký số văn bản; hãy dùng chứng thư ký số của đơn vị.",
        )


def _check_chain(certificate, facts, intermediates, roots, at):
    if not roots:
        raise SignatureRefused(
            Refusal.NO_ROOTS,
            "Hệ thống chưa khai báo chứng thư gốc nào nên chưa nhận được chữ ký số; hãy liên hệ quản trị hệ thống.",
        )
    if len(intermediates) > MAX_EMBEDDED:
        raise SignatureRefused(
            Refusal.FOREIGN_ROOT,
            f"Chữ ký kèm theo {len(intermediates)} chứng thư, nhiều hơn mức {MAX_EMBEDDED} được nhận; "
            "hãy ký lại, chỉ kèm chuỗi chứng thư của tổ chức cấp.",
        )
    registered = [read_certificate(root) for root in roots]
    # An old root beside its successor of the same name must not hide it; pyHanko does not look at a root's dates.
    context = ValidationContext(
        trust_roots=[root for root in registered if not _out_of_date(facts_of(root), at)],
        other_certs=intermediates,
        moment=at,
        allow_fetching=False,
        algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(),
    )
    try:
        run(CertificateValidator(certificate, validation_context=context).async_validate_path())
    except DisallowedAlgorithmError:
        raise SignatureRefused(
            Refusal.WEAK_DIGEST,
            f"Chuỗi chứng thư của “{name_of(facts)}” dùng thuật toán hoặc khóa không còn an toàn (như SHA-1, RSA dưới 2048 "
            "bit); hãy đề nghị tổ chức chứng thực cấp chứng thư mới.",
        ) from None
    except (ValidationError, PathError):
        raise _untrusted(certificate, facts, intermediates, registered, at) from None


def _untrusted(certificate, facts, intermediates, registered, at):
    if facts.is_self_signed:
        return SignatureRefused(
            Refusal.SELF_SIGNED,
            f"Chứng thư “{name_of(facts)}” do chính người ký tự cấp, không có tổ chức chứng thực xác nhận; "
            "hãy dùng chứng thư số do tổ chức chứng thực được công nhận cấp.",
        )
    for authority in _authorities(certificate, [*intermediates, *registered]):
        if outside := _out_of_date(authority, at):
            return SignatureRefused(
                Refusal.AUTHORITY_EXPIRED,
                f"Chứng thư của tổ chức chứng thực “{name_of(authority)}” {outside[1]} nên chưa nhận được chữ ký "
                f"của “{name_of(facts)}”; hãy liên hệ quản trị hệ thống.",
            )
    names = "; ".join(name_of(facts_of(root)) for root in registered)
    return SignatureRefused(
        Refusal.FOREIGN_ROOT,
        f"Chứng thư “{name_of(facts)}” do “{facts.issuer}” cấp không dẫn tới chứng thư gốc nào được hệ thống tin cậy "
        f"({names}). Hãy dùng chứng thư số do tổ chức chứng thực được công nhận cấp, hoặc đề nghị quản trị hệ thống "
        "khai báo chứng thư gốc.",
    )


def _authorities(certificate, others):
    """CertificateFacts of those above this certificate, by name, as far as they are known."""
    by_subject = {other.subject.hashable: other for other in others}
    above, name = set(), certificate.issuer.hashable
    while name in by_subject and name not in above:
        above.add(name)
        yield facts_of(by_subject[name])
        name = by_subject[name].issuer.hashable

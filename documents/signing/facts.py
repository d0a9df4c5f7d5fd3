"""The signatures of a file, to show and to keep."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.utils import timezone

from documents.signing.certificates import certificate_names, check_certificate, facts_of
from documents.signing.compare import last_foreign_change
from documents.signing.errors import SignatureRefused
from documents.signing.reading import (
    certificates_of,
    claimed_time,
    fields_of,
    guarded,
    is_intact,
    is_timestamp,
    open_pdf,
    signature_in,
)

_CHANGED = "Sau khi ký, tệp đã bị sửa ngoài phạm vi các ô chữ ký."


@dataclass(frozen=True)
class SignatureFacts:
    """One signature as a person wants to know it; `problem` is empty, or a sentence why it does not hold.

    `signed_at` is the time that the signer's machine wrote, None where it wrote none. `names` are CN, O and all OU.
    """

    field_name: str
    title: str = ""
    signer: str = ""
    organisation: str = ""
    names: tuple[str, ...] = ()
    issuer: str = ""
    serial: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    covers_whole_file: bool = False
    problem: str = ""

    def as_values(self):
        """Plain JSON values; the time as ISO text or None."""
        moment = self.signed_at.isoformat() if self.signed_at else None
        return asdict(self) | {"names": list(self.names), "signed_at": moment}


def facts_of_signature(signature, field, *, size):
    """SignatureFacts without a judgement; `size` is the file's, to say whether the signature covers all of it."""
    with guarded():
        certificate = facts_of(certificates_of(signature)[0])
        return SignatureFacts(
            field_name=field.name,
            title=field.title,
            signer=certificate.common_name,
            organisation=certificate.organisation,
            names=tuple(certificate_names(certificate)),
            issuer=certificate.issuer,
            serial=certificate.serial,
            fingerprint=certificate.fingerprint,
            signed_at=claimed_time(signature),
            covers_whole_file=covered_end(signature) == size,
        )


def covered_end(signature):
    """Where the signed bytes end; 0 if what is left out is anything but the signature itself."""
    try:
        first, length, start, rest = (int(number) for number in signature.byte_range)
    except (TypeError, ValueError):
        return 0
    stream = signature.reader.stream
    stream.seek(length)
    hole = stream.read(max(start - length, 0))
    fits = first == 0 and length > 0 and rest > 0 and hole == b"<" + hole[1:-1] + b">"
    try:
        return start + rest if fits and bytes.fromhex(hole[1:-1].decode("ascii")) == signature.pkcs7_content else 0
    except ValueError:
        return 0


def read_signatures(pdf, *, roots, at=None):
    """SignatureFacts of every signature in the order of signing, each with its problem if it has one; [] if unsigned.

    Never raises for a bad file: one that cannot be read gives a single row without a field, whose problem says why.
    `roots` are PEM texts; the certificate is judged at `at`, else at the claimed time, else now.
    """
    try:
        reader = open_pdf(pdf)
        filled = [f for f in fields_of(reader.root).values() if f.is_signature and f.is_filled and not is_timestamp(f)]
    except SignatureRefused as refused:
        return [SignatureFacts(field_name="", problem=refused.message)]
    read = sorted((_read(reader, field, len(pdf), roots, at) for field in filled), key=lambda pair: pair[0])
    if not read:
        return []
    changed = last_foreign_change(reader, since=read[0][0])
    return [
        replace(facts, problem=_CHANGED) if not facts.problem and changed and revision < changed else facts
        for revision, facts in read
    ]


def _read(reader, field, size, roots, at):
    facts = SignatureFacts(field_name=field.name, title=field.title)
    revision = reader.xrefs.total_revisions
    try:
        signature = signature_in(reader, field)
        revision = signature.signed_revision
        facts = facts_of_signature(signature, field, size=size)
        problem = _problem(signature, facts, roots, at)
    except SignatureRefused as refused:
        problem = refused.message
    return revision, replace(facts, problem=problem)


def _problem(signature, facts, roots, at):
    if not covered_end(signature):
        return "Chữ ký không phủ liền mạch nội dung tệp."
    if not is_intact(signature):
        return "Nội dung tệp đã bị sửa sau khi ký, hoặc chữ ký bị hỏng."
    certificate, others = certificates_of(signature)
    moment = at or facts.signed_at or timezone.now()
    check_certificate(certificate, intermediates=others, roots=roots, accept=lambda certificate: "", at=moment)
    return ""

"""A small world of certificates made at test time: a root, an issuing authority, and units with their key files."""

import datetime
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from documents.engine.render import render_pdf
from documents.signing import certificate_names, check_revision, sign_with_pkcs12

AT = datetime.datetime(2026, 3, 12, 7, 5, 9, tzinfo=datetime.UTC)
YEAR = datetime.timedelta(days=365)
PASSPHRASE = "Mật khẩu 123"


def new_key(kind="ec"):
    """RSA takes tenths of a second, so most use an elliptic curve."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=1024 if kind == "rsa1024" else 2048)


@dataclass
class Party:
    """A key, its certificate, and the authorities above it that go into a key file."""

    key: object
    certificate: x509.Certificate
    chain: list = field(default_factory=list)

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def der(self):
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def p12(self, passphrase=PASSPHRASE, *, with_chain=True):
        """The key file (PKCS#12); few rounds, the passphrase is no secret here."""
        quick = (
            serialization.PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(1000)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
            .hmac_hash(hashes.SHA256())
            .build(passphrase.encode())
        )
        chain = self.chain if with_chain else None
        return pkcs12.serialize_key_and_certificates(b"unit", self.key, self.certificate, chain, quick)


def name(common_name, organisation="", departments=()):
    """A subject; real Vietnamese ones are longer than the 64 bytes that `cryptography` would allow."""
    parts = [(NameOID.COMMON_NAME, common_name)]
    parts += [(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, department) for department in departments]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x509.Name([x509.NameAttribute(oid, value, _validate=False) for oid, value in parts])


def issue(subject, *, by=None, kind="ec", authority=False, begins=AT - YEAR, ends=AT + YEAR, usage="sign"):
    """A certificate for `subject` by the Party `by`, or signed by itself; `usage` is "sign", "encrypt" or None."""
    key = new_key(kind)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if authority or usage:
        builder = builder.add_extension(_usage(authority, usage), critical=True)
    certificate = builder.sign(by.key if by else key, hashes.SHA256())
    chain = [by.certificate, *by.chain] if by else []
    return Party(key, certificate, chain)


@lru_cache(maxsize=1)
def root():
    return issue(name("Gốc thử nghiệm", "Ban Cơ yếu thử nghiệm"), authority=True, begins=AT - 5 * YEAR, ends=AT + 5 * YEAR)


@lru_cache(maxsize=1)
def issuing():
    return issue(name("Cơ quan chứng thực thử nghiệm"), by=root(), authority=True)


def unit(organisation="Sở Nội vụ", kind="ec"):
    """A unit in order; the same key all session long."""
    return _unit(organisation, kind)


@lru_cache(maxsize=64)
def _unit(organisation, kind):
    return issue(name(organisation, "Ủy ban nhân dân tỉnh Phú Thọ", [organisation]), by=issuing(), kind=kind)


def _usage(authority, usage):
    return x509.KeyUsage(
        digital_signature=usage == "sign" and not authority,
        content_commitment=usage == "sign" and not authority,
        key_encipherment=usage == "encrypt",
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


UNITS = ["Sở Nội vụ", "Văn phòng Tỉnh ủy", "Hội Nông dân tỉnh", "Tỉnh đoàn Phú Thọ", "Báo Phú Thọ"]


def unit_name(number):
    """The unit of field Ky_<number>."""
    return UNITS[number - 1] if number <= len(UNITS) else f"Sở thứ {number}"


def blank(count=3):
    """A short covenant with `count` empty signature fields Ky_1 …, as the engine makes it."""
    return _blank(count)


@lru_cache(maxsize=4)
def _blank(count):
    boxes = "".join(
        f'<div style="width:50mm"><p>{unit_name(n)}</p>'
        f'<input class="sigf" type="checkbox" name="Ky_{n}" title="Chữ ký số của {unit_name(n)}"></div>'
        for n in range(1, count + 1)
    )
    html = (
        '<html lang="vi"><head><title>Giao ước thi đua năm 2026</title></head><body><h1>GIAO ƯỚC THI ĐUA</h1>'
        f"<p>Các đơn vị trong Khối thống nhất ký kết giao ước thi đua năm 2026.</p>{boxes}</body></html>"
    )
    return render_pdf(html, signature_fields=True)


def sign(pdf, number=1, *, party=None, **changes):
    """`pdf` signed by the unit of field Ky_<number>; `changes` replace arguments of `sign_with_pkcs12`."""
    party = party or unit(unit_name(number))
    arguments = {
        "field_name": f"Ky_{number}",
        "pkcs12": party.p12(),
        "passphrase": PASSPHRASE,
        "unit": unit_name(number),
        "reason": "Ký giao ước thi đua năm 2026",
        "roots": [root().pem],
        "signed_at": AT,
        "accept": accepts(unit_name(number)),
    }
    return sign_with_pkcs12(pdf, **(arguments | changes))


def accepts(wanted):
    """What the caller of the library brings: whether the certificate names the unit."""

    def accept(certificate):
        if wanted in certificate_names(certificate):
            return ""
        return f"Chứng thư số mang tên “{certificate.common_name}”, không phải của {wanted}."

    return accept


def signed(count=1):
    """The covenant with the first `count` of its fields signed one after the other; the same bytes all session long."""
    return _signed(count)


@lru_cache(maxsize=8)
def _signed(count):
    return blank() if count == 0 else sign(_signed(count - 1), count)


def check(previous, uploaded, number=1, *, done=0, **changes):
    """`check_revision` for field Ky_<number> where the first `done` fields are signed already."""
    arguments = {
        "field_name": f"Ky_{number}",
        "signed_fields": [f"Ky_{n}" for n in range(1, done + 1)],
        "roots": [root().pem],
        "accept": accepts(unit_name(number)),
        "at": AT,
    }
    return check_revision(previous, uploaded, **(arguments | changes))

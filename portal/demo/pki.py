"""A certification authority of the demo's own, so that a visitor can sign with a key file; nobody else trusts it."""

import datetime
import warnings
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from common import audit
from common.text import slugify_vi
from documents.models import TrustRoot
from documents.signing import load_certificate
from portal.demo import facts

_YEARS = datetime.timedelta(days=3 * 365)


def key_folder():
    """Where the key files of the demo lie: beside its uploads, which no web server gives out."""
    return Path(settings.MEDIA_ROOT) / "demo"


def key_file(unit_name):
    """The key file (PKCS#12) that was made for the unit, there or not; its passphrase is that of all demo accounts."""
    return key_folder() / f"{slugify_vi(unit_name)}.p12"


def make_keys(unit_names, by):
    """A root that the province trusts from now on, and a key file below it for each of the units."""
    key, root = _certificate("Gốc chứng thực minh họa", "Bản trình diễn, không dùng vào việc thật")
    pem = root.public_bytes(serialization.Encoding.PEM).decode()
    found = load_certificate(pem.encode())
    trusted = TrustRoot.objects.create(
        name="Gốc chứng thực minh họa (chỉ có trong bản trình diễn)",
        pem=pem,
        fingerprint=found.fingerprint,
        expires_on=timezone.localtime(found.valid_until).date(),
    )
    audit.record("thêm chứng thư số gốc", trusted, by=by, after={"fingerprint": trusted.fingerprint})
    key_folder().mkdir(parents=True, exist_ok=True)
    for name in unit_names:
        own_key, own = _certificate(name, f"{name} tỉnh {facts.PROVINCE}", key, root)
        secret = serialization.BestAvailableEncryption(facts.PASSWORD.encode())
        body = pkcs12.serialize_key_and_certificates(slugify_vi(name).encode(), own_key, own, [root], secret)
        path = key_file(name)
        path.write_bytes(body)
        path.chmod(0o600)


def _certificate(common_name, organisation, issuer_key=None, issuer=None):
    """A new key and its certificate, below the issuer or as a root."""
    key = ec.generate_private_key(ec.SECP256R1())
    with warnings.catch_warnings():
        # `cryptography` counts 64 bytes, the standard 64 letters.
        warnings.simplefilter("ignore")
        attributes = [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name, _validate=False),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation, _validate=False),
        ]
    subject, now = x509.Name(attributes), timezone.now()
    is_root = issuer is None
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if is_root else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + (2 * _YEARS if is_root else _YEARS))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return key, builder.sign(key if is_root else issuer_key, hashes.SHA256())

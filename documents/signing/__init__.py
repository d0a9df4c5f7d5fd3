"""Certificate signatures on our papers (PAdES): make one, take one back from outside, read them (docs/adr/0005).

Pure functions on bytes: no models, no requests, no network. What is refused is `SignatureRefused` with a `Refusal`.
"""

from documents.signing.certificates import CertificateFacts, certificate_names, load_certificate, why_not_a_root
from documents.signing.errors import Refusal, SignatureRefused
from documents.signing.facts import SignatureFacts, read_signatures
from documents.signing.revisions import check_revision
from documents.signing.sign import sign_with_pkcs12

__all__ = [
    "CertificateFacts",
    "Refusal",
    "SignatureFacts",
    "SignatureRefused",
    "certificate_names",
    "check_revision",
    "load_certificate",
    "read_signatures",
    "sign_with_pkcs12",
    "why_not_a_root",
]

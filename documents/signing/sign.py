"""Signing with a key file, in memory: nothing of the key or its passphrase is kept, logged or named in an error."""

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.primitives.serialization import pkcs12 as pyca_pkcs12
from django.views.decorators.debug import sensitive_variables
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing.certificates import check_certificate, facts_of, name_of, run
from documents.signing.errors import Refusal, SignatureRefused
from documents.signing.reading import fields_of, guarded, open_stored
from documents.signing.stamp import stamp_style

MAX_PKCS12 = 256 * 1024
# A key file may ask for any number of rounds before its passphrase is known to be right; a million take about a second.
_MAX_ROUNDS = 1_000_000
# Its certificates, its key and its seal ask each for their own; hundreds of parts would add up to minutes.
_MAX_SUM = 4


@sensitive_variables("pkcs12", "passphrase", "signer")
def sign_with_pkcs12(pdf, *, field_name, pkcs12, passphrase, unit, reason, roots, signed_at, accept):
    """`pdf` with its empty field `field_name` signed (PAdES B-B) and stamped: the same bytes and one revision more.

    `roots` are PEM texts, `accept(CertificateFacts)` gives the reason why the certificate is not the unit's or "".
    Raises SignatureRefused: not_pkcs12, wrong_passphrase, no_key, no_certificate, too_large; no_such_field, already_signed;
    whatever `check_certificate` and `open_stored` refuse. The caller passes the result to `check_revision`, as an upload.
    """
    signer, certificate, others = _load(pkcs12, passphrase)
    check_certificate(certificate, intermediates=others, roots=roots, accept=accept, at=signed_at)
    reader = open_stored(pdf)
    field = fields_of(reader.root).get(field_name)
    check_is_empty(field, field_name)
    x1, y1, x2, y2 = (float(value) for value in field.dictionary["/Rect"])
    style = stamp_style(
        signer=name_of(facts_of(certificate)), unit=unit, moment=signed_at, width=abs(x2 - x1), height=abs(y2 - y1)
    )
    metadata = PdfSignatureMetadata(
        field_name=field_name, md_algorithm="sha256", reason=reason, name=unit, subfilter=SigSeedSubFilter.PADES
    )
    with guarded("Không ký được tệp này; hãy thử lại, hoặc ký bằng phần mềm ký số rồi tải tệp đã ký lên."):
        return run(_sign(PdfSigner(metadata, signer=signer, stamp_style=style), reader, signed_at))


def check_is_empty(field, field_name):
    """Raises SignatureRefused: no_such_field, already_signed."""
    if field is None or not field.is_signature:
        raise SignatureRefused(
            Refusal.NO_SUCH_FIELD,
            f"Văn bản không có ô chữ ký số “{field_name}” của đơn vị; hãy tải lại trang, hoặc báo cho Khối trưởng.",
        )
    if field.is_filled:
        raise SignatureRefused(
            Refusal.ALREADY_SIGNED, f"Ô {field.label} đã có chữ ký số từ trước; không cần và không thể ký lần nữa."
        )


async def _sign(pdf_signer, reader, signed_at):
    """What `PdfSigner.async_sign_pdf` does, with our time instead of the machine's."""
    session = pdf_signer.init_signing_session(IncrementalPdfFileWriter.from_reader(reader), existing_fields_only=True)
    session.system_time = signed_at
    reserved = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    prepared, output = document.digest_tbs_document()
    await document.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=signed_at),
    )
    return output.getvalue()


@sensitive_variables()
def _load(content, passphrase):
    _check_key_file(content)
    try:
        key, certificate, others = pyca_pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError:
        raise SignatureRefused(
            Refusal.WRONG_PASSPHRASE,
            "Mật khẩu của tệp chứng thư số (PKCS#12) không đúng; hãy nhập lại, chú ý chữ hoa, chữ thường và bộ gõ "
            "tiếng Việt.",
        ) from None
    # A broken or hostile key file makes the parser raise anything; its text may hold secrets, so it is not passed on.
    except Exception:
        raise _not_pkcs12() from None
    if key is None:
        raise SignatureRefused(
            Refusal.NO_KEY,
            "Tệp PKCS#12 không có khóa bí mật nên không ký được; hãy xuất lại chứng thư số kèm khóa bí mật.",
        )
    if certificate is None:
        raise SignatureRefused(
            Refusal.NO_CERTIFICATE,
            "Tệp PKCS#12 không có chứng thư số ứng với khóa bí mật; hãy xuất lại chứng thư số kèm khóa bí mật.",
        )
    own = translate_pyca_cryptography_cert_to_asn1(certificate)
    enclosed = [translate_pyca_cryptography_cert_to_asn1(other) for other in others]
    store = SimpleCertificateStore()
    store.register_multiple(enclosed)
    signer = SimpleSigner(signing_cert=own, signing_key=translate_pyca_cryptography_key_to_asn1(key), cert_registry=store)
    return signer, own, enclosed


def _check_key_file(content):
    if len(content) > MAX_PKCS12:
        raise SignatureRefused(
            Refusal.TOO_LARGE, "Tệp chứng thư số lớn hơn 256 KB; hãy chọn đúng tệp PKCS#12 (.p12 hoặc .pfx)."
        )
    try:
        archive = asn1_pkcs12.Pfx.load(content, strict=True)
        rounds = list(_rounds(archive))
    # A broken or hostile key file makes the parser raise anything; its text may hold secrets, so it is not passed on.
    except Exception:
        raise _not_pkcs12() from None
    if max(rounds, default=0) > _MAX_ROUNDS or sum(rounds) > _MAX_SUM * _MAX_ROUNDS:
        raise SignatureRefused(
            Refusal.NOT_PKCS12,
            "Tệp PKCS#12 đòi quá nhiều vòng tính mật khẩu nên không được nhận; hãy xuất lại tệp bằng phần mềm ký số "
            "của đơn vị.",
        )


def _rounds(archive):
    if archive["mac_data"]:
        yield archive["mac_data"]["iterations"].native
    for part in archive.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            yield _rounds_of(part["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif part["content_type"].native == "data":
            for bag in asn1_pkcs12.SafeContents.load(part["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield _rounds_of(bag["bag_value"]["encryption_algorithm"])


def _rounds_of(algorithm):
    parameters = algorithm["parameters"]
    if algorithm["algorithm"].native == "pbes2":
        parameters = parameters["key_derivation_func"]["parameters"]
    return parameters["iteration_count" if "iteration_count" in parameters else "iterations"].native


def _not_pkcs12():
    return SignatureRefused(
        Refusal.NOT_PKCS12,
        "Tệp chọn không phải là tệp chứng thư số PKCS#12; hãy chọn tệp .p12 hoặc .pfx có khóa bí mật của đơn vị.",
    )

"""A PDF read defensively: fields, signatures, and what they cover. What pyHanko stumbles over becomes one refusal."""

import io
import logging
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import (
    DEFAULT_PURPOSE_LIMITS,
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from documents.signing.errors import Refusal, SignatureRefused

logger = logging.getLogger(__name__)
MAX_FILE = 20 * 1024 * 1024
_MEGABYTE = 1024 * 1024
# A covenant has one field per unit; what has hundreds was made to keep the server busy.
_MAX_FIELDS = 200
_MAX_DEPTH = 8
_MAX_REVISIONS = 200
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * _MEGABYTE),
    per_purpose={
        **DEFAULT_PURPOSE_LIMITS,
        # Ours pack to a sixth and take a quarter of a megabyte for forty pages; pyHanko needs six seconds for each one.
        DecodePurpose.OBJECT_STREAM: StreamDecodeLimits(max_ratio=30, ratio_floor=_MEGABYTE, max_output_size=8 * _MEGABYTE),
    },
    document_budget=DocumentDecodeBudget(base_allowance=64 * _MEGABYTE, max_ratio=20),
)
_BROKEN = (
    "Không đọc được tệp tải lên vì cấu trúc tệp PDF bị hỏng; hãy tải bản mới nhất từ hệ thống, ký lại rồi tải lên "
    "nguyên tệp."
)


@dataclass(frozen=True)
class Field:
    """A form field: its dictionary as read, the spoken name (TU), and whether it holds a signature or another value."""

    name: str
    title: str
    reference: object
    dictionary: generic.DictionaryObject
    is_signature: bool
    is_filled: bool

    @property
    def label(self):
        """How a sentence calls the field."""
        return f"“{self.title}”" if self.title else f"“{self.name}”"


class Reader(PdfFileReader):
    """pyHanko's reader, but the head of an object stream is read once, not once for each object in it.

    Our papers keep their objects in one stream: 4 000 objects would be looked up by 16 million steps, a minute of work.
    """

    def __init__(self, content):
        self._object_streams = {}
        super().__init__(io.BytesIO(content), strict=True, decode_limits=_LIMITS)

    def _get_object_from_stream(self, idnum, stmnum, idx):
        if stmnum not in self._object_streams:
            stream = generic.Reference(stmnum, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfStrictReadError("not an object stream")
            data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
            head = [int(number) for number in data[:first].split()]
            if first < 0 or len(head) != 2 * int(stream["/N"]):
                raise PdfStrictReadError("the head of an object stream does not tell its objects")
            self._object_streams[stmnum] = data, first, head
        data, first, head = self._object_streams[stmnum]
        if not 0 <= 2 * idx < len(head) or head[2 * idx] != idnum:
            raise PdfStrictReadError("an object is not where the cross-reference says")
        stream = io.BytesIO(data)
        stream.seek(first + head[2 * idx + 1])
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            raise PdfStrictReadError("no stream and no reference may stand in an object stream")
        return found


def listed(fields, most=3):
    """The labels of some fields for a sentence; of many only the first."""
    fields = list(fields)
    text = ", ".join(field.label for field in fields[:most])
    return f"{text} và {len(fields) - most} ô khác" if len(fields) > most else text


@contextmanager
def guarded(sentence=_BROKEN, code=Refusal.BROKEN):
    """Turn whatever a library raises over a hostile file into SignatureRefused(broken); our own refusals pass."""
    try:
        yield
    except SignatureRefused:
        raise
    # A broken or hostile file makes the parser raise anything.
    except Exception as error:
        logger.info("PDF refused: %s", type(error).__name__)
        raise SignatureRefused(code, sentence) from None


def open_pdf(content):
    """A `Reader` with limits on what it unpacks. Raises SignatureRefused: not_pdf, too_large, encrypted, broken."""
    check_is_pdf(content)
    with guarded():
        reader = Reader(content)
        if reader.encrypted:
            raise SignatureRefused(
                Refusal.ENCRYPTED,
                "Tệp tải lên có đặt mật khẩu hoặc mã hóa nên không kiểm tra được; hãy ký trên tệp tải từ hệ thống "
                "và không đặt mật khẩu.",
            )
        if reader.xrefs.total_revisions > _MAX_REVISIONS:
            raise ValueError("too many revisions")
        if reader.xrefs.hybrid_xrefs_present:
            raise ValueError("old and new programs would see different objects")
        reader.root["/Pages"]
        return reader


def open_stored(content):
    """`open_pdf` for a file of our own: if that one cannot be read, the upload is not to blame."""
    try:
        return open_pdf(content)
    except SignatureRefused:
        raise SignatureRefused(
            Refusal.BROKEN, "Không đọc được bản đang lưu của văn bản; hãy báo cho quản trị hệ thống."
        ) from None


def check_is_pdf(content):
    """Raises SignatureRefused: not_pdf, too_large."""
    if not content.startswith(b"%PDF-"):
        raise SignatureRefused(
            Refusal.NOT_PDF, "Tệp tải lên không phải là tệp PDF; hãy chọn tệp PDF đã ký trên bản tải từ hệ thống."
        )
    if len(content) > MAX_FILE:
        raise SignatureRefused(Refusal.TOO_LARGE, "Tệp tải lên lớn hơn 20 MB; hãy chọn đúng tệp PDF đã ký.")


def fields_of(root):
    """Fields of the form in this catalogue by full name, in the order of the form. Raises SignatureRefused: broken."""
    with guarded():
        form = root.get("/AcroForm", {})
        found, waiting = {}, [(reference, "", None, 0) for reference in reversed(form.get("/Fields", []))]
        while waiting:
            reference, prefix, inherited, depth = waiting.pop()
            dictionary = reference.get_object()
            kind = dictionary.get("/FT", inherited)
            own = dictionary.get("/T")
            name = f"{prefix}.{own}" if prefix and own is not None else (prefix or str(own))
            kids = [kid for kid in dictionary.get("/Kids", []) if "/T" in kid.get_object()]
            if kids:
                waiting += [(kid, name, kind, depth + 1) for kid in reversed(kids)]
            elif name in found:
                raise ValueError("two fields of one name")
            else:
                found[name] = _field(name, reference, dictionary, kind)
            if depth > _MAX_DEPTH or len(found) + len(waiting) > _MAX_FIELDS:
                raise ValueError("too many fields")
        return found


def page_count(root):
    """Pages that the page tree declares."""
    with guarded():
        return int(root["/Pages"]["/Count"])


def signature_in(reader, field):
    """pyHanko's signature object of a filled field."""
    with guarded():
        return EmbeddedPdfSignature(reader, field.dictionary, field.name)


def is_timestamp(field):
    """Whether the field holds a document timestamp instead of a person's signature."""
    with guarded():
        value = field.dictionary["/V"]
        return isinstance(value, generic.DictionaryObject) and value.get("/Type") == "/DocTimeStamp"


def is_intact(signature):
    """Whether the covered bytes are those that were signed, with the key of the certificate enclosed."""
    with guarded():
        enclosed = signature.signed_data["encap_content_info"]
        if enclosed["content_type"].native != "data" or enclosed["content"].native is not None:
            return False
        if not signature.signer_info["signed_attrs"].native:
            return False
        parts = validate_sig_integrity(
            signature.signer_info,
            certificates_of(signature)[0],
            expected_content_type="data",
            actual_digest=signature.compute_digest(),
        )
        return all(parts)


def certificates_of(signature):
    """The signer's certificate and the others enclosed."""
    with guarded():
        enclosed = extract_certs_for_validation(signature.signed_data)
        return enclosed.signer_cert, list(enclosed.other_certs)


def claimed_time(signature):
    """The time that the signer's machine wrote, aware; None where it wrote none."""
    moment = extract_self_reported_ts(signature.signer_info)
    if moment is None and "/M" in signature.sig_object:
        moment = generic.parse_pdf_date(signature.sig_object["/M"], strict=False)
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment, timezone.get_default_timezone())
    return moment


def _field(name, reference, dictionary, kind):
    title = dictionary.get("/TU", "")
    return Field(
        name=name,
        title=" ".join(str(title).split())[:200],
        reference=reference.reference,
        dictionary=dictionary,
        is_signature=kind == "/Sig",
        is_filled="/V" in dictionary,
    )

"""Whether an uploaded file is the last revision plus exactly one good signature of the unit in its field."""

import re
from datetime import timedelta

from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import SigSeedSubFilter

from documents.signing.certificates import check_certificate, check_key, facts_of, moment_text, name_of
from documents.signing.errors import Refusal, SignatureRefused
from documents.signing.facts import covered_end, facts_of_signature
from documents.signing.increment import check_increment, check_steps
from documents.signing.reading import (
    certificates_of,
    check_is_pdf,
    claimed_time,
    fields_of,
    guarded,
    is_intact,
    is_timestamp,
    listed,
    open_pdf,
    open_stored,
    signature_in,
)
from documents.signing.sign import check_is_empty

# A signature with its stamp has 20 to 60 KB, one with a picture of the seal some hundred; forty of them stay below 20 MB.
MAX_INCREMENT = 512 * 1024
_CLOCKS_MAY_DIFFER = timedelta(minutes=10)
_SUBFILTERS = {SigSeedSubFilter.PADES.value, SigSeedSubFilter.ADOBE_PKCS7_DETACHED.value}
_DIGESTS = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_AGAIN = "hãy tải bản mới nhất từ hệ thống, ký lại rồi tải lên"


def check_revision(previous, uploaded, *, field_name, signed_fields, roots, accept, at):
    """SignatureFacts of the one new signature, if `uploaded` is `previous` plus that signature and nothing else.

    `signed_fields` are the fields signed in `previous`, in that order; `roots` PEM texts; `accept(CertificateFacts)`
    gives the reason why the certificate is not the unit's or ""; it is judged at `at`, the moment of the upload.
    Raises SignatureRefused with the exact reason (`Refusal`).
    """
    before = open_stored(previous)
    old_fields = fields_of(before.root)
    check_is_empty(old_fields.get(field_name), field_name)
    _check_order(before, old_fields, signed_fields)
    _check_start(previous, uploaded, before, old_fields, old_fields[field_name])
    after = open_pdf(uploaded)
    new_fields = fields_of(after.root)
    check_steps(before, after, old_fields, new_fields, field_name)
    signature = signature_in(after, new_fields[field_name])
    _check_signature(signature, new_fields[field_name], len(previous), len(uploaded))
    for name in signed_fields:
        if not is_intact(signature_in(after, new_fields[name])):
            raise SignatureRefused(
                Refusal.TAMPERED, f"Chữ ký trước đó ở ô {new_fields[name].label} không còn nguyên vẹn; {_AGAIN}."
            )
    check_increment(before, after, new_fields[field_name])
    certificate, others = certificates_of(signature)
    check_certificate(certificate, intermediates=others, roots=roots, accept=accept, at=at)
    _check_time(signature, at)
    return facts_of_signature(signature, new_fields[field_name], size=len(uploaded))


def _check_order(before, fields, signed_fields):
    filled = [(signature_in(before, f).signed_revision, f.name) for f in fields.values() if f.is_signature and f.is_filled]
    if [name for _, name in sorted(filled)] != list(signed_fields):
        raise SignatureRefused(
            Refusal.WRONG_ORDER,
            "Các chữ ký trong bản đang lưu không đúng với danh sách và thứ tự đã ghi nhận nên chưa nhận được chữ ký mới; "
            "hãy báo cho quản trị hệ thống.",
        )


def _check_start(previous, uploaded, before, old_fields, field):
    """The upload must begin with the stored bytes; if it does not, say what it is instead."""
    check_is_pdf(uploaded)
    if uploaded.startswith(previous):
        added = uploaded[len(previous) :]
        if not added.strip():
            raise SignatureRefused(
                Refusal.UNCHANGED,
                f"Tệp tải lên chưa có chữ ký mới, giống hệt bản tải về; hãy ký vào ô {field.label} rồi tải lên.",
            )
        if len(added) > MAX_INCREMENT:
            raise SignatureRefused(
                Refusal.TOO_LARGE,
                "Phần thêm vào khi ký lớn hơn 512 KB; hãy dùng hình chữ ký, con dấu nhẹ hơn rồi ký lại trên bản mới nhất.",
            )
        if b"%%EOF" not in added[-1024:]:
            raise _cut_off()
        return
    same = _common_length(previous, uploaded)
    ends = _revision_ends(previous, before)
    if same == len(uploaded):
        raise _cut_or_old(previous, uploaded, ends)
    if len(uploaded) > 2 * len(previous) + MAX_INCREMENT:
        # Saved anew, ours becomes larger, but not that much; reading a foreign file of 20 MB takes minutes.
        raise _another()
    after = open_pdf(uploaded)
    if same < ends[0]:
        raise _foreign(previous, uploaded, before, after)
    missing = _signed_since(old_fields, after)
    if missing:
        raise _stale(missing)
    raise SignatureRefused(Refusal.TAMPERED, f"Nội dung đã ký trong tệp tải lên bị sửa so với bản đang lưu; {_AGAIN}.")


def _check_signature(signature, field, old_size, size):
    with guarded():
        if is_timestamp(field):
            raise SignatureRefused(
                Refusal.TIMESTAMP_ONLY,
                f"Ô {field.label} chỉ có dấu thời gian, không có chữ ký số của đơn vị; hãy ký bằng chứng thư số rồi "
                "tải lên lại.",
            )
        if str(signature.sig_object.get("/SubFilter", "")) not in _SUBFILTERS:
            raise SignatureRefused(
                Refusal.INVALID,
                f"Chữ ký ở ô {field.label} không theo dạng PAdES hoặc PKCS#7 tách rời; hãy chọn dạng này trong phần "
                "mềm ký số.",
            )
        if "/Reference" in signature.sig_object:
            raise SignatureRefused(
                Refusal.CERTIFIED,
                f"Chữ ký ở ô {field.label} khóa văn bản, các đơn vị khác không ký tiếp được; hãy ký lại dạng chữ ký thường "
                "(không “chứng nhận”, không khóa trường).",
            )
        _check_algorithms(signature, field)
        start = int(signature.byte_range[1])
    end = covered_end(signature)
    if end > size:
        raise _cut_off()
    if end != size or start <= old_size:
        raise SignatureRefused(Refusal.NOT_WHOLE_FILE, f"Chữ ký ở ô {field.label} không phủ toàn bộ tệp tải lên; {_AGAIN}.")
    if not is_intact(signature):
        raise SignatureRefused(
            Refusal.INVALID, f"Chữ ký ở ô {field.label} không hợp lệ: nội dung tệp không khớp với chữ ký; {_AGAIN}."
        )


def _check_algorithms(signature, field):
    used = {signature.md_algorithm}
    mechanism = signature.signer_info["signature_algorithm"]
    if mechanism.signature_algo == "rsassa_pss":
        used.add(mechanism["parameters"]["hash_algorithm"]["algorithm"].native)
    elif mechanism["algorithm"].native != "rsassa_pkcs1v15":
        used.add(mechanism.hash_algo)
    if weak := sorted(used - _DIGESTS):
        raise SignatureRefused(
            Refusal.WEAK_DIGEST,
            f"Chữ ký ở ô {field.label} dùng thuật toán băm không còn an toàn ({', '.join(weak).upper()}); "
            "hãy chọn SHA-256 trong phần mềm ký số rồi ký lại.",
        )
    check_key(certificates_of(signature)[0])


def _check_time(signature, at):
    with guarded():
        moment = claimed_time(signature)
        if moment is not None and moment > at + _CLOCKS_MAY_DIFFER:
            who = name_of(facts_of(certificates_of(signature)[0]))
            raise SignatureRefused(
                Refusal.FUTURE_TIME,
                f"Chữ ký của “{who}” ghi thời gian ký {moment_text(moment)}, sau thời điểm tải lên {moment_text(at)}; "
                "hãy chỉnh lại đồng hồ máy ký rồi ký lại.",
            )


def _cut_or_old(previous, uploaded, ends):
    if any(not previous[end : len(uploaded)].strip() and len(uploaded) >= end for end in ends):
        return SignatureRefused(
            Refusal.STALE, f"Tệp tải lên là một bản cũ, chưa có các chữ ký mới nhất và chưa có chữ ký của đơn vị; {_AGAIN}."
        )
    return _cut_off()


def _cut_off():
    return SignatureRefused(
        Refusal.CUT_OFF, f"Tệp tải lên bị cắt mất phần cuối nên chữ ký không trọn vẹn; {_AGAIN} nguyên tệp."
    )


def _foreign(previous, uploaded, before, after):
    if _mostly_equal(previous, uploaded):
        return SignatureRefused(
            Refusal.TAMPERED, f"Nội dung văn bản trong tệp tải lên bị sửa so với bản đang lưu; {_AGAIN}."
        )
    with guarded():
        is_same_paper = _has_same_id(before, after) or _described(before) == _described(after)
    if is_same_paper:
        return SignatureRefused(
            Refusal.RE_SAVED,
            "Tệp đã bị phần mềm lưu lại thành tệp khác (lưu thành, in ra PDF, nén) nên các chữ ký trước mất hiệu lực; "
            "hãy tải bản mới nhất từ hệ thống, chỉ ký mà không lưu lại, rồi tải lên.",
        )
    return _another()


def _another():
    return SignatureRefused(
        Refusal.ANOTHER_FILE,
        "Tệp tải lên không phải là văn bản này, hoặc đã bị in lại thành PDF khác; hãy chọn đúng tệp đã tải từ hệ thống "
        "và đã ký.",
    )


def _stale(missing):
    return SignatureRefused(
        Refusal.STALE,
        f"Tệp tải lên được ký trên một bản cũ: từ khi tải về đã có thêm chữ ký ở ô {listed(missing)}. "
        "Hãy tải bản mới nhất, ký lại rồi tải lên.",
    )


def _signed_since(old_fields, after):
    there = fields_of(after.root)
    filled = [field for field in old_fields.values() if field.is_signature and field.is_filled]
    return [field for field in filled if field.name not in there or not there[field.name].is_filled]


def _has_same_id(before, after):
    ids = [reader.trailer_view.get("/ID") for reader in (before, after)]
    return all(ids) and ids[0][0].original_bytes == ids[1][0].original_bytes


def _described(reader):
    """Title and fields with their spoken names: other covenants have fields of the same names for other units."""
    info = reader.trailer_view.get("/Info", generic.DictionaryObject()).get_object()
    return str(info.get("/Title", "")), {(field.name, field.title) for field in fields_of(reader.root).values()}


def _common_length(left, right):
    """How many bytes both have in common from the start."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _mostly_equal(left, right, block=4096):
    """Half of the blocks stand at the same place: a file with bytes changed, not one written anew."""
    starts = range(0, min(len(left), len(right)), block)
    equal = sum(left[start : start + block] == right[start : start + block] for start in starts)
    return equal * 2 > len(starts)


def _revision_ends(content, reader):
    """Where each revision's %%EOF ends."""
    starts = (reader.xrefs.get_startxref_for_revision(number) for number in range(reader.xrefs.total_revisions))
    return [re.compile(rb"%%EOF").search(content, start).end() for start in starts]

"""What a signing tool added to the file: one revision, one field, nothing else."""

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification

from documents.signing.compare import replaced_objects
from documents.signing.errors import Refusal, SignatureRefused
from documents.signing.reading import guarded, is_timestamp, listed, page_count

_AGAIN = "hãy tải bản mới nhất từ hệ thống, chỉ ký mà không sửa gì khác, rồi tải lên"
_TITLES = ("/Title", "/Author", "/Subject", "/Keywords")
_DESCRIPTIONS = (
    "{http://purl.org/dc/elements/1.1/}",
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://www.aiim.org/pdfua/ns/id/}",
)


def check_steps(before, after, old_fields, new_fields, field_name):
    """Pages and fields as before, one new revision on top of ours, and in it exactly the unit's field filled.

    Raises SignatureRefused: page_added, page_removed, field_removed, field_added, certified, timestamp_only, unsigned,
    another_field, several_fields, changed_after, several_steps, broken.
    """
    _check_pages(page_count(before.root), page_count(after.root))
    _check_names(old_fields, new_fields, old_fields[field_name])
    filled = [f for name, f in new_fields.items() if f.is_filled and not old_fields[name].is_filled]
    _check_filled(filled, old_fields[field_name])
    with guarded():
        added = after.xrefs.total_revisions - before.xrefs.total_revisions
        if added > 1:
            raise _several(after, new_fields[field_name])
        last = before.xrefs.total_revisions - 1
        ours = before.xrefs.get_startxref_for_revision(last)
        if added < 1 or after.xrefs.get_startxref_for_revision(last) != ours:
            raise ValueError("the new revision does not build on ours")


def check_increment(before, after, field):
    """The new revision holds the field, its look and its signature alone. Raises SignatureRefused: changed, certified."""
    with guarded():
        revision = after.xrefs.total_revisions - 1
        old, new = after.get_historical_resolver(revision - 1), after.get_historical_resolver(revision)
        if "/Perms" in new.root:
            raise SignatureRefused(
                Refusal.CERTIFIED,
                "Chữ ký thuộc loại chứng nhận, khóa văn bản nên các đơn vị khác không ký tiếp được; hãy ký lại dạng "
                "chữ ký thường.",
            )
        try:
            result = DEFAULT_DIFF_POLICY.apply(old=old, new=new)
        except SuspiciousModification:
            raise _changed("ngoài ô chữ ký còn có nội dung khác bị sửa hoặc thêm vào") from None
        if result.modification_level > ModificationLevel.FORM_FILLING or result.changed_form_fields - {field.name}:
            raise _changed("ngoài ô chữ ký còn có ô khác hoặc ghi chú bị sửa")
        if replaced_objects(old, new, [field]):
            raise _changed("một phần có sẵn của văn bản bị ghi đè")
        if old.root.get("/MarkInfo") != new.root.get("/MarkInfo"):
            raise _changed("dấu hiệu về cấu trúc tệp bị sửa")
        if new.root["/AcroForm"].get("/NeedAppearances"):
            raise _changed("tệp bị yêu cầu vẽ lại các ô khi mở")
        if _about(before) != _about(after):
            raise _changed("tên hoặc phần mô tả văn bản bị sửa")


def _check_pages(old, new):
    if new > old:
        raise SignatureRefused(
            Refusal.PAGE_ADDED,
            f"Tệp tải lên có {new} trang, bản đang lưu có {old} trang: đã thêm {new - old} trang; {_AGAIN}.",
        )
    if new < old:
        raise SignatureRefused(
            Refusal.PAGE_REMOVED,
            f"Tệp tải lên có {new} trang, bản đang lưu có {old} trang: đã bớt {old - new} trang; {_AGAIN}.",
        )


def _check_names(old_fields, new_fields, expected):
    removed = [field for name, field in old_fields.items() if name not in new_fields]
    if not removed:
        removed = [field for n, field in old_fields.items() if field.is_filled and not new_fields[n].is_filled]
    if removed:
        raise SignatureRefused(
            Refusal.FIELD_REMOVED, f"Tệp tải lên đã mất ô chữ ký hoặc chữ ký {listed(removed)}; {_AGAIN}."
        )
    added = [field for name, field in new_fields.items() if name not in old_fields]
    if not added:
        return
    if all(field.is_signature and field.is_filled and is_timestamp(field) for field in added):
        raise SignatureRefused(
            Refusal.TIMESTAMP_ONLY,
            "Tệp tải lên có thêm dấu thời gian ngoài ô chữ ký của đơn vị; hãy tắt chức năng này trong phần mềm ký số, "
            "chỉ ký vào ô của đơn vị rồi tải lên lại.",
        )
    raise SignatureRefused(
        Refusal.FIELD_ADDED,
        f"Phần mềm ký đã tạo thêm ô {listed(added)} thay vì ký vào ô có sẵn {expected.label}; hãy chọn đúng ô này trong "
        "phần mềm ký số rồi ký lại trên bản mới nhất.",
    )


def _check_filled(filled, expected):
    if not filled:
        raise SignatureRefused(
            Refusal.UNSIGNED, f"Tệp tải lên có thay đổi nhưng ô {expected.label} chưa được ký; hãy ký vào ô này rồi tải lên."
        )
    others = [field for field in filled if field.name != expected.name]
    if others and len(filled) > 1:
        raise SignatureRefused(
            Refusal.SEVERAL_FIELDS,
            f"Tệp tải lên có {len(filled)} ô mới được điền ({listed(filled)}); mỗi lần chỉ ký một ô {expected.label}; "
            f"{_AGAIN}.",
        )
    if others:
        raise SignatureRefused(
            Refusal.ANOTHER_FIELD,
            f"Chữ ký được đặt vào ô {others[0].label}, không phải ô {expected.label} của đơn vị; "
            "hãy tải bản mới nhất từ hệ thống, ký vào đúng ô rồi tải lên.",
        )


def _several(after, field):
    signed = after.xrefs.get_last_change(field.dictionary.raw_get("/V").reference)
    if signed < after.xrefs.total_revisions - 1:
        return SignatureRefused(
            Refusal.CHANGED_AFTER,
            f"Sau khi ký ô {field.label}, tệp còn bị ghi thêm một lần nữa (có thể do chức năng lưu trữ dài hạn hoặc lưu lại "
            f"của phần mềm ký số); {_AGAIN} ngay.",
        )
    return SignatureRefused(
        Refusal.SEVERAL_STEPS, f"Trước khi ký ô {field.label}, tệp đã bị ghi thêm một lần khác; {_AGAIN}."
    )


def _changed(what):
    return SignatureRefused(Refusal.CHANGED, f"Tệp tải lên không chỉ thêm chữ ký: {what}; {_AGAIN}.")


def _about(reader):
    """Title, author and the marks of PDF/A and PDF/UA: what a signing program has no business with."""
    info = reader.trailer_view.get("/Info", generic.DictionaryObject()).get_object()
    about = {(key, str(info[key])) for key in _TITLES if key in info}
    if "/Metadata" in reader.root:
        about |= set(_described(reader.root["/Metadata"].read_data(DecodePurpose.XMP_METADATA)))
    return about


def _described(xmp):
    """The same properties may be written as elements or as attributes; pyHanko turns one into the other."""
    for element in etree.fromstring(xmp, etree.XMLParser(resolve_entities=False, no_network=True)).iter(etree.Element):
        yield from ((name, value) for name, value in element.items() if name.startswith(_DESCRIPTIONS))
        if element.tag.startswith(_DESCRIPTIONS):
            yield element.tag, " ".join("".join(element.itertext()).split())

"""A signed file that comes back: taken only if it is the last revision plus the one signature, else told why not."""

import datetime
import io

import pikepdf
import pytest
import time_machine
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper

from documents.signing import Refusal, read_signatures
from documents.signing.sign import _load
from tests.documents import pki
from tests.documents.pki import AT, YEAR, blank, check, sign, signed
from tests.documents.test_signing import refusal


def outside(pdf, number=1, *, party=None, change=None, **settings):
    """`pdf` signed by a program of the unit: pyHanko with its own settings; `change(writer)` alters something on the way."""
    signer, _, _ = _load((party or pki.unit(pki.unit_name(number))).p12(), pki.PASSPHRASE)
    signer.prefer_pss = settings.pop("prefer_pss", False)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if change:
        change(writer)
    field = settings.pop("new_field", None)
    arguments = {"field_name": f"Ky_{number}", "md_algorithm": "sha256"} | settings
    if field:
        arguments["field_name"] = field.sig_field_name
    out = PdfSigner(PdfSignatureMetadata(**arguments), signer=signer, new_field_spec=field).sign_pdf(writer)
    return out.getvalue()


def changed(pdf, change):
    """`pdf` with an update appended, unsigned."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _in_march_2026():
    """pyHanko writes the machine's time."""
    with time_machine.travel(AT, tick=False):
        yield


# What other programs write.


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
def test_signatures_of_both_usual_kinds_are_taken(subfilter):
    facts = check(blank(), outside(blank(), subfilter=subfilter, reason="Đồng ý", location="Việt Trì"))

    assert (facts.field_name, facts.signer) == ("Ky_1", "Sở Nội vụ")


def test_a_signature_after_two_others_is_taken():
    assert check(signed(2), outside(signed(2), 3), 3, done=2).signer == "Hội Nông dân tỉnh"


def hand_written(
    pdf, number=1, *, party=None, digest=None, extra=b"", kind=b"/adbe.pkcs7.detached", catalogue=None, is_hybrid=False
):
    """An update as another program writes it: own objects, a plain cross-reference table, OpenSSL's PKCS#7."""
    party = party or pki.unit(pki.unit_name(number))
    reader = PdfFileReader(io.BytesIO(pdf))
    fields = reader.root["/AcroForm"].raw_get("/Fields").get_object()
    reference = next(f for f in fields if f.get_object()["/T"] == f"Ky_{number}")
    size = int(reader.trailer["/Size"])
    field = io.BytesIO()
    reader.get_object(reference.reference).write_to_stream(field, None)
    body = field.getvalue().rstrip()
    assert body.endswith(b">>")
    room = 16384
    objects = {
        reference.idnum: body[:-2] + b"/V %d 0 R " % size + b">>",
        size: b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter %s"
        % kind
        + b" /ByteRange [0 0000000000 0000000000 0000000000]"
        b" /Contents <" + b"0" * room + b"> " + extra + b">>",
    }
    if catalogue:
        objects[reader.trailer.raw_get("/Root").idnum] = catalogue(reader)
    out, offsets = bytearray(pdf), {}
    for idnum, content in objects.items():
        offsets[idnum] = len(out)
        out += b"%d 0 obj\n" % idnum + content + b"\nendobj\n"
    hybrid = b""
    if is_hybrid:
        hybrid = b"/XRefStm %d" % len(out)
        out += b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 2 1] /Index [0 0] /Length 0 >>\nstream\n\nendstream\nendobj\n" % (
            size + 1,
            size + 2,
        )
    start = len(out)
    out += b"xref\n"
    for idnum in sorted(offsets):
        out += b"%d 1\n%010d 00000 n \n" % (idnum, offsets[idnum])
    trailer = b" ".join(
        b"/%s %d 0 R" % (key[1:].encode(), reader.trailer.raw_get(key).idnum)
        for key in ("/Root", "/Info")
        if key in reader.trailer
    )
    out += b"trailer\n<< /Size %d %s %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size + 2,
        trailer,
        hybrid,
        reader.last_startxref,
        start,
    )
    hole = out.index(b"<" + b"0" * room + b">")
    after = hole + room + 2
    out = out.replace(b" 0000000000" * 3 + b"]", b" %010d %010d %010d]" % (hole, after, len(out) - after), 1)
    covered = bytes(out[:hole] + out[after:])
    cms = pkcs7.PKCS7SignatureBuilder().set_data(covered).add_signer(party.certificate, party.key, digest or hashes.SHA256())
    for authority in party.chain:
        cms = cms.add_certificate(authority)
    der = cms.sign(
        serialization.Encoding.DER,
        [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities],
    )
    out[hole + 1 : hole + 1 + len(der) * 2] = der.hex().encode()
    return bytes(out)


def test_an_update_written_by_another_program_is_taken():
    facts = check(blank(), hand_written(blank()))

    assert (facts.signer, facts.covers_whole_file) == ("Sở Nội vụ", True)


def test_the_same_upload_is_judged_by_the_unit_whose_turn_it_is():
    code, message = refusal(check, blank(), signed(1), 2)

    assert code == Refusal.ANOTHER_FIELD
    assert message.startswith(
        "Chữ ký được đặt vào ô “Chữ ký số của Sở Nội vụ”, không phải ô “Chữ ký số của Văn phòng Tỉnh ủy” của đơn vị"
    )


# The file itself.


def test_what_is_no_pdf_is_refused():
    assert refusal(check, blank(), b"PK\x03\x04 a Word file")[0] == Refusal.NOT_PDF
    assert refusal(check, blank(), b"")[0] == Refusal.NOT_PDF


def test_a_file_over_20_megabytes_is_refused():
    assert refusal(check, blank(), b"%PDF-1.7" + bytes(21 * 1024 * 1024))[0] == Refusal.TOO_LARGE


def test_more_than_half_a_megabyte_added_is_refused():
    assert refusal(check, blank(), blank() + b"%" + b"x" * 550_000 + b"\n%%EOF\n")[0] == Refusal.TOO_LARGE


def resaved(pdf, **options):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, **options)
    return out.getvalue()


def test_an_encrypted_file_is_refused():
    encryption = pikepdf.Encryption(owner="chủ", user="người đọc", R=6)

    assert refusal(check, blank(), resaved(signed(1), encryption=encryption))[0] == Refusal.ENCRYPTED


def test_the_file_of_the_download_without_a_signature_is_refused():
    code, message = refusal(check, signed(1), signed(1), 2, done=1)

    assert code == Refusal.UNCHANGED
    assert "“Chữ ký số của Văn phòng Tỉnh ủy”" in message
    assert refusal(check, blank(), blank() + b"\r\n")[0] == Refusal.UNCHANGED


def test_a_file_saved_anew_is_refused_because_the_signatures_are_lost():
    assert refusal(check, signed(1), resaved(signed(2)), 2, done=1)[0] == Refusal.RE_SAVED
    assert refusal(check, blank(), resaved(signed(1)))[0] == Refusal.RE_SAVED


def test_another_paper_is_refused():
    assert refusal(check, blank(), sign(pki.blank(4)))[0] == Refusal.ANOTHER_FILE
    other = pki.render_pdf('<html lang="vi"><head><title>Kế hoạch</title></head><body><p>Kế hoạch</p></body></html>')
    assert refusal(check, blank(), other)[0] == Refusal.ANOTHER_FILE


def test_a_signature_on_an_earlier_revision_is_stale_and_says_whose_signature_is_missing():
    """Two units download the same revision; the first to come back is taken, the other is asked to sign anew."""
    late = outside(signed(1), 3)
    code, message = refusal(check, signed(2), late, 3, done=2)

    assert code == Refusal.STALE
    assert message == (
        "Tệp tải lên được ký trên một bản cũ: từ khi tải về đã có thêm chữ ký ở ô “Chữ ký số của Văn phòng Tỉnh ủy”. "
        "Hãy tải bản mới nhất, ký lại rồi tải lên."
    )


@pytest.mark.slow
def test_of_many_missing_signatures_only_the_first_are_named():
    paper = pki.blank(6)
    last = paper
    for number in range(1, 6):
        last = sign(last, number)
    _, message = refusal(check, last, outside(paper, 6, party=pki.unit(pki.unit_name(6))), 6, done=5)

    assert "“Chữ ký số của Hội Nông dân tỉnh” và 2 ô khác." in message


def test_an_earlier_revision_without_a_signature_of_the_unit_is_stale():
    assert refusal(check, signed(2), signed(1), 3, done=2)[0] == Refusal.STALE
    assert refusal(check, signed(2), blank(), 3, done=2)[0] == Refusal.STALE


@pytest.mark.parametrize("left", [1, 7, 500, 3000])
def test_a_signature_cut_off_at_its_end_is_refused(left):
    assert refusal(check, blank(), signed(1)[:-left])[0] == Refusal.CUT_OFF


def test_a_file_cut_off_inside_an_earlier_signature_is_refused():
    assert refusal(check, signed(1), signed(1)[:-900], 2, done=1)[0] == Refusal.CUT_OFF


# One byte changed.


def with_byte(content, position):
    spoilt = bytearray(content)
    spoilt[position] ^= 0x01
    return bytes(spoilt)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_byte_changed_in_the_paper_itself_is_refused(share):
    position = int(len(blank()) * share)

    assert refusal(check, signed(1), with_byte(signed(2), position), 2, done=1)[0] in (
        Refusal.TAMPERED,
        Refusal.BROKEN,
    )


def test_a_byte_changed_in_an_earlier_revision_is_refused():
    position = len(signed(1)) + signed(2)[len(signed(1)) :].index(b"/Contents <") + 3000

    assert refusal(check, signed(2), with_byte(outside(signed(2), 3), position), 3, done=2)[0] == Refusal.TAMPERED


def hole(new, start):
    """Where the signature itself stands in the update that begins at `start`: (first digit, last digit that counts, end)."""
    first = new.index(b"/Contents <", start) + 11
    end = new.index(b">", first)
    return first, first + len(new[first:end].rstrip(b"0")), end


def test_a_digit_changed_in_the_new_signature_is_refused():
    _, last, _ = hole(signed(1), len(blank()))

    assert refusal(check, blank(), with_byte(signed(1), last - 9))[0] in (Refusal.INVALID, Refusal.BROKEN)


@pytest.mark.slow
def test_no_byte_around_the_new_signature_can_change_unnoticed():
    new = signed(1)
    first, _, end = hole(new, len(blank()))
    around = [*range(len(blank()) + 1, first, 97), *range(end, len(new) - 1, 97)]

    assert len(around) > 100
    for position in around:
        assert refusal(check, blank(), with_byte(new, position))[0] in Refusal


# Something else changed with the signature.


def add_page(writer):
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
            pdf_name("/Resources"): generic.DictionaryObject(),
        }
    )
    writer.insert_page(page)


def first_page(writer):
    node = writer.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0]
    return node


def change_page(writer):
    first_page(writer)["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.update_container(first_page(writer))


def change_content(writer):
    contents = first_page(writer).raw_get("/Contents")
    contents = contents[0] if isinstance(contents, generic.ArrayObject) else contents
    writer.get_object(contents.reference)._data = b"0 0 100 100 re f"
    writer.get_object(contents.reference)._encoded_data = None
    writer.mark_update(contents.reference)


def add_note(writer):
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300))),
            pdf_name("/Contents"): generic.TextStringObject("Sửa chỉ tiêu"),
        }
    )
    first_page(writer)["/Annots"].append(writer.add_object(note))
    writer.update_container(first_page(writer)["/Annots"])


def fields(writer):
    return writer.root["/AcroForm"]["/Fields"]


def remove_field(writer):
    del fields(writer)[1]
    writer.update_container(fields(writer))


def empty_field(writer):
    del fields(writer)[0]["/V"]
    writer.mark_update(fields(writer).raw_get(0).reference)


def move_field(writer):
    field = fields(writer)[0]
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    writer.mark_update(fields(writer).raw_get(0).reference)


def rename_field(writer):
    fields(writer)[1]["/T"] = generic.TextStringObject("Ky_99")
    writer.mark_update(fields(writer).raw_get(1).reference)


def other_look(writer):
    look = writer.add_object(generic.StreamObject(stream_data=b""))
    fields(writer)[2]["/AP"] = generic.DictionaryObject({pdf_name("/N"): look})
    writer.mark_update(fields(writer).raw_get(2).reference)


def open_action(writer):
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    writer.update_root()


def other_title(writer):
    writer.document_meta.title = "Giao ước khác"


def unmark(writer):
    writer.root["/MarkInfo"] = generic.DictionaryObject({pdf_name("/Marked"): generic.BooleanObject(False)})
    writer.update_root()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (add_page, Refusal.PAGE_ADDED),
        (change_page, Refusal.CHANGED),
        (change_content, Refusal.CHANGED),
        (add_note, Refusal.CHANGED),
        (remove_field, Refusal.FIELD_REMOVED),
        (rename_field, Refusal.FIELD_REMOVED),
        (move_field, Refusal.CHANGED),
        (other_look, Refusal.CHANGED),
        (open_action, Refusal.CHANGED),
        (other_title, Refusal.CHANGED),
        (unmark, Refusal.CHANGED),
    ],
)
def test_whatever_is_changed_together_with_the_signature_is_refused(change, code):
    assert refusal(check, blank(), outside(blank(), change=change))[0] == code


@pytest.mark.parametrize(
    ("change", "code"),
    [(add_page, Refusal.PAGE_ADDED), (change_page, Refusal.UNSIGNED), (remove_field, Refusal.FIELD_REMOVED)],
)
def test_an_update_without_a_signature_is_refused(change, code):
    assert refusal(check, blank(), changed(blank(), change))[0] == code


def test_a_file_that_asks_to_draw_the_fields_anew_is_refused():
    def redraw(reader):
        root = io.BytesIO()
        reader.root.write_to_stream(root, None)
        return root.getvalue().replace(b"/SigFlags 3", b"/SigFlags 3 /NeedAppearances true")

    assert refusal(check, blank(), hand_written(blank(), catalogue=redraw))[0] == Refusal.CHANGED


def test_an_update_that_shows_other_objects_to_old_programs_is_refused():
    assert refusal(check, blank(), hand_written(blank(), is_hybrid=True))[0] == Refusal.BROKEN


def test_a_page_taken_out_is_refused():
    def one_page_less(reader):
        root = io.BytesIO()
        reader.root.write_to_stream(root, None)
        return root.getvalue().replace(b"/Pages %d 0 R" % reader.root.raw_get("/Pages").idnum, b"/Pages << /Count 0 >>")

    code, message = refusal(check, blank(), hand_written(blank(), catalogue=one_page_less))

    assert code == Refusal.PAGE_REMOVED
    assert "đã bớt 1 trang" in message


def test_a_signature_of_an_unknown_kind_is_refused():
    other = hand_written(blank(), kind=b"/adbe.pkcs7.sha1")

    assert refusal(check, blank(), other)[0] == Refusal.INVALID


def test_an_rsa_signature_with_pss_is_taken():
    party = pki.unit("Sở Nội vụ", "rsa")

    assert check(blank(), outside(blank(), party=party, prefer_pss=True)).signer == "Sở Nội vụ"


def test_an_earlier_signature_damaged_in_the_store_is_named():
    """The store was altered, and the next unit signed the altered file."""
    first = signed(1)
    spoilt = with_byte(first, first.index(b"/Rect", len(blank())) + 8)
    code, message = refusal(check, spoilt, outside(spoilt, 2), 2, done=1)

    assert code == Refusal.TAMPERED
    assert "“Chữ ký số của Sở Nội vụ”" in message


def test_a_signature_taken_out_again_is_refused():
    assert refusal(check, signed(1), outside(signed(1), 2, change=empty_field), 2, done=1)[0] == Refusal.FIELD_REMOVED


def test_a_page_added_tells_how_many():
    assert "đã thêm 1 trang" in refusal(check, blank(), outside(blank(), change=add_page))[1]


def test_an_update_after_the_signature_is_refused():
    assert refusal(check, blank(), changed(signed(1), other_title))[0] == Refusal.CHANGED_AFTER
    assert refusal(check, blank(), changed(signed(1), add_page))[0] == Refusal.PAGE_ADDED


def test_an_update_before_the_signature_is_refused():
    assert refusal(check, blank(), outside(changed(blank(), other_title)))[0] == Refusal.SEVERAL_STEPS


def test_bytes_after_the_signature_are_refused():
    assert refusal(check, blank(), signed(1) + b"% note\n%%EOF\n")[0] in (Refusal.NOT_WHOLE_FILE, Refusal.BROKEN)


def test_two_fields_signed_at_once_are_refused():
    code, message = refusal(check, blank(), signed(2))

    assert code == Refusal.SEVERAL_FIELDS
    assert message.startswith("Tệp tải lên có 2 ô mới được điền")


def test_another_field_filled_is_refused():
    with_text = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        text = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="Ghi_chu", Rect=[0, 0, 90, 20]
        )
        reference = pdf.make_indirect(text)
        pdf.Root.AcroForm.Fields.append(reference)
        pdf.pages[0].Annots.append(reference)
        pdf.save(with_text)
    paper = with_text.getvalue()

    def fill(writer):
        fields(writer)[3]["/V"] = generic.TextStringObject("đã sửa")
        writer.mark_update(fields(writer).raw_get(3).reference)

    assert check(paper, outside(paper)).signer == "Sở Nội vụ"
    assert refusal(check, paper, outside(paper, change=fill))[0] == Refusal.SEVERAL_FIELDS


def test_a_signature_in_a_field_of_the_programs_own_is_refused():
    code, message = refusal(check, blank(), outside(blank(), new_field=SigFieldSpec("Signature1", box=(0, 0, 90, 40))))

    assert code == Refusal.FIELD_ADDED
    assert "“Signature1”" in message


def test_a_certifying_signature_that_locks_the_paper_is_refused():
    assert refusal(check, blank(), outside(blank(), certify=True))[0] == Refusal.CERTIFIED


def timestamped(pdf, field_name):
    tsa = pki.unit("Dấu thời gian", "rsa")
    signer, _, _ = _load(tsa.p12(), pki.PASSPHRASE)
    stamper = DummyTimeStamper(tsa_cert=signer.signing_cert, tsa_key=signer.signing_key)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return PdfTimeStamper(stamper, field_name=field_name).timestamp_pdf(writer, "sha256", None).getvalue()


@pytest.mark.parametrize("field_name", ["Ky_1", "Timestamp"])
def test_a_time_stamp_alone_is_no_signature(field_name):
    assert refusal(check, blank(), timestamped(blank(), field_name))[0] == Refusal.TIMESTAMP_ONLY


def test_a_weak_digest_is_refused():
    code, message = refusal(check, blank(), outside(blank(), md_algorithm="sha1"))

    assert code == Refusal.WEAK_DIGEST
    assert "SHA1" in message


def test_a_signature_dated_in_the_future_is_refused():
    with time_machine.travel(AT + datetime.timedelta(hours=2), tick=False):
        early = outside(blank())
    code, message = refusal(check, blank(), early)

    assert code == Refusal.FUTURE_TIME
    assert "12/03/2026 16:05:09 +07:00" in message


def test_clocks_may_differ_by_some_minutes():
    with time_machine.travel(AT + datetime.timedelta(minutes=5), tick=False):
        early = outside(blank())

    assert check(blank(), early).signer == "Sở Nội vụ"


# Certificates of those who sign outside.


def test_the_certificate_of_another_unit_in_the_right_field_is_refused():
    assert refusal(check, blank(), outside(blank(), party=pki.unit("Báo Phú Thọ"))) == (
        Refusal.WRONG_UNIT,
        "Chứng thư số mang tên “Báo Phú Thọ”, không phải của Sở Nội vụ.",
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), ends=AT - YEAR / 2), Refusal.EXPIRED),
        (lambda: pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), begins=AT + YEAR / 2), Refusal.NOT_YET_VALID),
        (lambda: pki.issue(pki.name("Sở Nội vụ"), by=pki.issue(pki.name("X"), authority=True)), Refusal.FOREIGN_ROOT),
        (lambda: pki.issue(pki.name("Sở Nội vụ")), Refusal.SELF_SIGNED),
        (lambda: pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), kind="rsa1024"), Refusal.WEAK_KEY),
    ],
)
def test_a_certificate_that_may_not_sign_is_refused_in_an_upload_too(make, code):
    assert refusal(check, blank(), outside(blank(), party=make()))[0] == code


def test_the_certificate_is_judged_when_the_file_comes_not_when_it_claims_to_be_signed():
    assert refusal(check, blank(), signed(1), at=AT + 2 * YEAR)[0] == Refusal.EXPIRED


def test_earlier_signatures_are_not_judged_anew():
    """Their certificates were valid when they came; one that ends before the last unit signs must not undo the rest."""
    short = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), ends=AT + datetime.timedelta(days=1))
    first = sign(blank(), party=short)
    second = sign(first, 2, signed_at=AT + datetime.timedelta(days=30))

    assert check(first, second, 2, done=1, at=AT + datetime.timedelta(days=30)).signer == "Văn phòng Tỉnh ủy"


# What the store itself must hold.


def test_the_stored_signatures_must_be_those_on_record_in_their_order():
    code, _ = refusal(check, signed(2), sign(signed(2), 3), 3, signed_fields=["Ky_2", "Ky_1"])
    assert code == Refusal.WRONG_ORDER
    code, _ = refusal(check, signed(2), sign(signed(2), 3), 3, signed_fields=["Ky_1"])
    assert code == Refusal.WRONG_ORDER


def test_a_field_that_the_stored_paper_has_not_is_refused():
    assert refusal(check, blank(), signed(1), field_name="Ky_9")[0] == Refusal.NO_SUCH_FIELD


# Reading a file that somebody went on writing.


@pytest.mark.parametrize("change", [change_page, add_note, add_page, other_look, open_action, move_field])
def test_reading_tells_of_changes_after_the_signature(change):
    (facts,) = read_signatures(changed(signed(1), change), roots=[pki.root().pem])

    assert facts.problem == "Sau khi ký, tệp đã bị sửa ngoài phạm vi các ô chữ ký."
    assert not facts.covers_whole_file


def test_reading_blames_only_the_signatures_before_the_change():
    first, second = read_signatures(outside(changed(signed(1), change_page), 2), roots=[pki.root().pem])

    assert (first.problem, second.problem) == ("Sau khi ký, tệp đã bị sửa ngoài phạm vi các ô chữ ký.", "")


def test_a_time_stamp_after_the_signature_does_no_harm():
    (facts,) = read_signatures(timestamped(signed(1), "Timestamp"), roots=[pki.root().pem])

    assert facts.problem == ""


def test_a_stored_file_that_cannot_be_read_is_not_blamed_on_the_upload():
    assert refusal(check, b"%PDF-1.7 lost", signed(1)) == (
        Refusal.BROKEN,
        "Không đọc được bản đang lưu của văn bản; hãy báo cho quản trị hệ thống.",
    )


def test_a_mistake_in_the_callers_own_rule_is_not_hidden_as_a_broken_file():
    def mistaken(certificate):
        raise LookupError("a bug")

    with pytest.raises(LookupError):
        check(blank(), signed(1), accept=mistaken)
    with pytest.raises(LookupError):
        sign(blank(), accept=mistaken)

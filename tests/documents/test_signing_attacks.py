"""Uploads made to keep the server busy or to trip it: each is refused, within seconds, as a sentence and not as an error."""

import contextlib
import time
import zlib

import pytest

from documents.signing import SignatureRefused, read_signatures
from tests.documents import pki
from tests.documents.pki import blank, check, signed
from tests.documents.test_signing import refusal

pytestmark = pytest.mark.slow
# Of the processor, so that a busy machine fails nothing.
SECONDS = 10


def start_of(pdf):
    return int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])


def update(objects, *, size=9000, previous=None, trailer=b"", base=None):
    """`base` with these objects {number: bytes} appended, a plain table and a trailer."""
    base = blank() if base is None else base
    out, offsets = bytearray(base), {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in sorted(offsets.items()))
    previous = start_of(base) if previous is None else previous(start)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        CATALOGUE,
        previous,
        trailer,
        start,
    )
    return bytes(out)


CATALOGUE = 2


def stream(head, data):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def object_stream_bomb():
    """Some hundred bytes that unpack to 150 megabytes, wrapped twice."""
    once = zlib.compress(bytes(150_000_000), 9)
    packed = zlib.compress(once, 9)
    body = stream(b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]", packed)
    return cross_reference_stream({8000: body}, compressed={CATALOGUE: (8000, 0)})


def many_in_a_stream():
    """A hundred thousand numbers in the head of an object stream, and the catalogue among them."""
    count = 100_000
    head = b" ".join(b"%d %d" % (10_000 + n, 0) for n in range(count))
    packed = zlib.compress(head + b" " + b"<< >>", 9)
    body = stream(b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (count, len(head) + 1), packed)
    return cross_reference_stream({8000: body}, compressed={CATALOGUE: (8000, 0)})


def cross_reference_stream(objects, compressed, index=None, rows=b""):
    base = blank()
    out, entries = bytearray(base), []
    for number, content in objects.items():
        entries.append((number, b"\x01" + len(out).to_bytes(4, "big") + b"\x00\x00"))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    for number, (holder, place) in compressed.items():
        entries.append((number, b"\x02" + holder.to_bytes(4, "big") + place.to_bytes(2, "big")))
    start = len(out)
    entries.append((8999, b"\x01" + start.to_bytes(4, "big") + b"\x00\x00"))
    index = index or b" ".join(b"%d 1" % number for number, _ in sorted(entries))
    table = zlib.compress(b"".join(row for _, row in sorted(entries)) + rows, 9)
    head = b"/Type /XRef /Size 9000 /W [1 4 2] /Index [%s] /Root %d 0 R /Prev %d /Filter /FlateDecode" % (
        index,
        CATALOGUE,
        start_of(base),
    )
    out += b"8999 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(head, table), start)
    return bytes(out)


def long_chain():
    """A thousand small updates, each a revision."""
    content = blank()
    for _ in range(1000):
        content = update({7000: b"null"}, base=content)
    return content


def fields(kids, more=None):
    form = b"<< /Type /Catalog /Pages 1 0 R /AcroForm << /SigFlags 3 /Fields [%s] >> >>" % kids
    return update({CATALOGUE: form, **(more or {})})


def wide_fields():
    kids = b" ".join(b"%d 0 R" % n for n in range(7000, 8000))
    return fields(kids, {n: b"<< /FT /Sig /T (F%d) >>" % n for n in range(7000, 8000)})


def doubling_fields():
    """Each level names the next one twenty times: 20 to the power of 20 fields."""
    levels = {7000 + n: b"<< /T (a) /Kids [%s] >>" % (b"%d 0 R " % (7001 + n) * 20) for n in range(20)}
    return fields(b"7000 0 R", {**levels, 7020: b"<< /T (end) /FT /Sig >>"})


def doubling_pages():
    levels = {7000 + n: b"<< /Type /Pages /Count 3 /Kids [%s] >>" % (b"%d 0 R " % (7001 + n) * 20) for n in range(20)}
    catalogue = b"<< /Type /Catalog /Pages 7000 0 R /AcroForm << /SigFlags 3 /Fields [9 0 R 11 0 R 13 0 R] >> >>"
    return update({CATALOGUE: catalogue, **levels, 7020: b"<< /Type /Page >>"})


ATTACKS = {
    "table cut off": lambda: blank() + b"xref\n0 5\n0000000\nstartxref\n%d\n%%%%EOF\n" % len(blank()),
    "no table there": lambda: blank() + b"startxref\n999999999\n%%EOF\n",
    "negative place": lambda: blank() + b"startxref\n-5\n%%EOF\n",
    "place is no number": lambda: blank() + b"startxref\n" + b"9" * 5000 + b"\n%%EOF\n",
    "table of a billion": lambda: (
        blank() + b"xref\n0 1000000000\ntrailer\n<< /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % len(blank())
    ),
    "loop to itself": lambda: update({}, previous=lambda start: start),
    "long chain": long_chain,
    "stream of a billion rows": lambda: cross_reference_stream({}, {}, index=b"0 1000000000"),
    "rows that unpack": lambda: cross_reference_stream({}, {}, rows=bytes(100_000_000)),
    "object stream bomb": object_stream_bomb,
    "object stream in itself": lambda: cross_reference_stream({}, compressed={CATALOGUE: (8000, 0), 8000: (8000, 1)}),
    "many in a stream": many_in_a_stream,
    "catalogue is itself": lambda: update({CATALOGUE: b"%d 0 R" % CATALOGUE}),
    "no catalogue": lambda: update({CATALOGUE: b"null"}),
    "deep arrays": lambda: update({CATALOGUE: b"[" * 200_000}),
    "deep dictionaries": lambda: update({CATALOGUE: b"<< /A " * 70_000}),
    "endless text": lambda: update({CATALOGUE: b"(" * 500_000}),
    "fields in a ring": lambda: fields(b"7000 0 R", {7000: b"<< /T (a) /Kids [7000 0 R] >>"}),
    "too many fields": wide_fields,
    "doubling fields": doubling_fields,
    "doubling pages": doubling_pages,
    "pages in a ring": lambda: update(
        {
            CATALOGUE: b"<< /Type /Catalog /Pages 7000 0 R /AcroForm << /SigFlags 3 /Fields [9 0 R 11 0 R 13 0 R] >> >>",
            7000: b"<< /Type /Pages /Count 1 /Kids [7000 0 R] >>",
        }
    ),
    "fields are no array": lambda: update({CATALOGUE: b"<< /Type /Catalog /Pages 1 0 R /AcroForm << /Fields 5 >> >>"}),
    "form is a text": lambda: update({CATALOGUE: b"<< /Type /Catalog /Pages 1 0 R /AcroForm (x) >>"}),
    "field is a number": lambda: fields(b"7000 0 R", {7000: b"5"}),
    "name is a dictionary": lambda: fields(b"7000 0 R", {7000: b"<< /T << >> >>"}),
    "count is a text": lambda: update(
        {CATALOGUE: b"<< /Type /Catalog /Pages 7000 0 R >>", 7000: b"<< /Count (x) /Kids [] >>"}
    ),
    "two tables, one for old programs": lambda: update({}, trailer=b"/XRefStm %d" % start_of(blank())),
    "encryption that is none": lambda: update({}, trailer=b"/Encrypt 7000 0 R"),
    "trailer without root": lambda: blank() + b"xref\n0 0\ntrailer\n<< >>\nstartxref\n%d\n%%%%EOF\n" % len(blank()),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_upload_made_to_harm_is_refused_in_time(attack):
    content = ATTACKS[attack]()
    assert content.startswith(blank())
    began = time.process_time()

    refusal(check, blank(), content)
    read = read_signatures(content, roots=[pki.root().pem])

    assert time.process_time() - began < SECONDS
    assert [facts for facts in read if not facts.problem] == []


def broken_signature(value, more=b""):
    objects = {
        9: b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Ky_1) /Rect [0 0 9 9] /V %s >>" % value,
        7000: b"<< /Type /Sig /SubFilter /ETSI.CAdES.detached %s >>" % more,
    }
    return update(objects)


SIGNATURES = {
    "a number": broken_signature(b"5"),
    "missing": broken_signature(b"7777 0 R"),
    "direct": broken_signature(b"<< /Type /Sig >>"),
    "empty": broken_signature(b"7000 0 R"),
    "range of texts": broken_signature(b"7000 0 R", b"/ByteRange [(a) (b) (c) (d)] /Contents <00>"),
    "range too far": broken_signature(b"7000 0 R", b"/ByteRange [0 99999999999 99999999999 5] /Contents <3000>"),
    "range backwards": broken_signature(b"7000 0 R", b"/ByteRange [0 -5 10 -5] /Contents <3000>"),
    "range of a thousand": broken_signature(b"7000 0 R", b"/ByteRange [%s] /Contents <00>" % (b"0 1 " * 1000)),
    "no container": broken_signature(b"7000 0 R", b"/ByteRange [0 5 10 5] /Contents <" + b"30" * 5000 + b">"),
    "nested container": broken_signature(b"7000 0 R", b"/ByteRange [0 5 10 5] /Contents <" + b"3080" * 50_000 + b">"),
}


@pytest.mark.parametrize("what", SIGNATURES)
def test_a_signature_that_is_none_is_refused_in_time(what):
    began = time.process_time()

    refusal(check, blank(), SIGNATURES[what])
    read = read_signatures(SIGNATURES[what], roots=[pki.root().pem])

    assert time.process_time() - began < SECONDS
    assert [facts for facts in read if not facts.problem] == []


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_signed_file_cut_anywhere_is_refused_or_read_as_what_it_is(cut):
    content = signed(2)[: len(signed(2)) * cut // 40]

    refusal(check, signed(1), content, 2, done=1)
    assert isinstance(read_signatures(content, roots=[pki.root().pem]), list)


def test_noise_in_the_update_never_ends_in_an_error():
    """Bytes of the update changed, doubled and left out: a refusal or, in the room of the signature, the same file."""
    new, start = signed(1), len(blank())
    for position in range(start, len(new), 499):
        for content in (
            new[:position] + bytes([new[position] ^ 0x15]) + new[position + 1 :],
            new[:position] + new[position + 1 :],
            new[:position] + new[position : position + 9] + new[position:],
        ):
            with contextlib.suppress(SignatureRefused):
                check(blank(), content)
            read_signatures(content, roots=[pki.root().pem])

"""Files made to break what reads them, or whoever opens them later."""

import io
import struct
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from common import pdf_look
from common.uploads import check_pdf, check_picture
from news.pictures import make_sizes


def noise(kind="JPEG", **save):
    """A picture that does not compress to nothing, so that half of it is really half."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 50).convert("RGB").save(out, kind, **save)
    return out.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(name, head):
    """A PNG with a text of 100 MB packed into some hundred kilobytes."""
    png, text = noise("PNG"), zlib.compress(b"A" * (100 * 1024 * 1024))
    return png[:33] + chunk(name, head + text) + png[33:]


def upload(body, name="anh.jpg"):
    return SimpleUploadedFile(name, body)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_was_cut_off_is_refused_whatever_else_was_loaded(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    body = noise(kind)
    with pytest.raises(ValidationError, match="không phải là ảnh hoặc đã hỏng"):
        check_picture(upload(body[: len(body) // 2]))


@pytest.mark.parametrize(("name", "head"), [(b"zTXt", b"k\0\0"), (b"iTXt", b"k\0\1\0\0\0"), (b"iCCP", b"k\0\0")])
def test_a_picture_with_a_text_that_unpacks_without_end_is_refused(name, head):
    with pytest.raises(ValidationError, match="không phải là ảnh hoặc đã hỏng"):
        check_picture(upload(png_with(name, head)))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_picture_whose_camera_data_are_broken_is_taken_as_it_lies():
    turned = Image.Exif()
    turned[0x112] = 6
    body = noise(exif=turned)
    at = body.index(b"Exif\0\0") + 6
    broken = upload(body[:at] + b"II*\0\xff\xff\xff\xff" + body[at + 8 :])
    check_picture(broken)
    sizes = make_sizes(broken)
    assert (sizes.width, sizes.height) == (300, 200)


def pdf_with(change):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return upload(out.getvalue(), "quyet-dinh.pdf")


def script():
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def opens_with_a_script(pdf):
    pdf.Root.OpenAction = script()


def has_a_named_script(pdf):
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", pdf.make_indirect(script())]))


def has_a_link_that_starts_a_program(pdf):
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
    pdf.pages[0].obj.Annots = [link]


@pytest.mark.parametrize("change", [opens_with_a_script, has_a_named_script, has_a_link_that_starts_a_program])
def test_a_pdf_that_runs_something_is_refused(change):
    with pytest.raises(ValidationError, match="có chứa lệnh tự chạy"):
        check_pdf(pdf_with(change))


def test_a_pdf_with_a_link_to_a_page_is_accepted():
    def change(pdf):
        act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://phutho.gov.vn/")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
        pdf.pages[0].obj.Annots = [link]

    check_pdf(pdf_with(change))


def pdf_that_unpacks_to(size, holds=b"[%b]"):
    """A PDF of some kilobytes with one packed part, object 5, that holds a list of so many bytes; it may be the root."""
    body = b"5 0 " + holds % (b"0 " * (size // 2))
    root = 5 if holds.startswith(b"<") else 1
    packed = zlib.compress(body, 9)
    parts = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    }
    out, rows = bytearray(b"%PDF-1.5\n"), [(0, 0, 65535)]
    for number, part in parts.items():
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    rows += [(2, 4, 0), (1, len(out), 0)]
    table, start = b"".join(struct.pack(">BIH", *row) for row in rows), len(out)
    head = b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root %d 0 R/Length %d>>stream\n" % (root, len(table))
    return bytes(out + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


def test_a_pdf_that_unpacks_without_end_is_refused_outside_this_process(monkeypatch):
    check_pdf(upload(pdf_that_unpacks_to(1000), name="giao-uoc.pdf"))
    monkeypatch.setattr(pdf_look, "MEMORY_MB", 150)
    body = pdf_that_unpacks_to(4_000_000)
    assert len(body) < 8000
    with pytest.raises(ValidationError, match="quá nặng nên không kiểm tra được"):
        check_pdf(upload(body, name="giao-uoc.pdf"))


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf_look, "SECONDS", 0)
    with pytest.raises(ValidationError, match="quá nặng nên không kiểm tra được"):
        check_pdf(upload(pdf_that_unpacks_to(1000), name="giao-uoc.pdf"))

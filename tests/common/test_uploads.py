import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from common.uploads import RandomName, check_pdf, check_picture


def pdf_bytes(pages=1, **save):
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out, **save)
    return out.getvalue()


def picture_bytes(kind="PNG", size=(8, 8)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def upload(body, name="quyet-dinh.pdf"):
    return SimpleUploadedFile(name, body)


def test_check_pdf_accepts_a_pdf_whatever_its_name():
    check_pdf(upload(pdf_bytes(), name="scan0001.PDF"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "không có nội dung"),
        (picture_bytes(), "không phải là PDF"),
        (b"<html><script>alert(1)</script></html>", "không phải là PDF"),
        (b"%PDF-1.7\nkhong phai", "bị hỏng"),
        (pdf_bytes(pages=0), "không có trang nào"),
        (pdf_bytes(encryption=pikepdf.Encryption(owner="a", user="b")), "bị khóa bằng mật khẩu"),
        (pdf_bytes(encryption=pikepdf.Encryption(owner="a", user="")), "được mã hóa để hạn chế sử dụng"),
        (pdf_bytes(pages=500), "có 500 trang, vượt giới hạn 300 trang"),
    ],
)
def test_check_pdf_says_what_is_wrong(body, sentence):
    with pytest.raises(ValidationError, match=sentence):
        check_pdf(upload(body))


def test_check_pdf_refuses_a_file_over_the_limit_and_names_both_sizes(settings):
    settings.UPLOAD_LIMIT_PAPER = 100
    with pytest.raises(ValidationError, match="vượt giới hạn 0,0 MB"):
        check_pdf(upload(pdf_bytes()))


def test_check_pdf_accepts_as_many_pages_as_the_setting_says(settings):
    settings.UPLOAD_PAGES_PAPER = 2
    check_pdf(upload(pdf_bytes(pages=2)))
    with pytest.raises(ValidationError, match="có 3 trang, vượt giới hạn 2 trang"):
        check_pdf(upload(pdf_bytes(pages=3)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_check_picture_accepts_three_formats(kind):
    check_picture(upload(picture_bytes(kind), name="anh"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (pdf_bytes(), "không phải là ảnh"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "không phải là ảnh"),
        (picture_bytes("GIF"), "phải là JPEG, PNG hoặc WebP"),
        (picture_bytes()[:40], "không phải là ảnh hoặc đã hỏng"),
    ],
)
def test_check_picture_says_what_is_wrong(body, sentence):
    with pytest.raises(ValidationError, match=sentence):
        check_picture(upload(body, name="anh.jpg"))


def test_check_picture_refuses_a_decompression_bomb(monkeypatch):
    monkeypatch.setattr("common.uploads.MAX_POINTS", 100)
    with pytest.raises(ValidationError, match="quá lớn"):
        check_picture(upload(picture_bytes(size=(11, 10))))


def test_stored_names_keep_nothing_of_what_was_typed():
    name = RandomName("papers")(None, "../../etc/passwd.pdf")
    folder, _, stored = name.partition("/")
    assert folder == "papers"
    assert len(stored) == 36
    assert stored.endswith(".pdf")
    assert "passwd" not in name

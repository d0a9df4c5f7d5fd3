"""Uploads are judged by their content, not by their name, and limited in size (design §8)."""

import io
import secrets
import struct
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from PIL import Image, ImageFile, UnidentifiedImageError

from common.pdf_look import look

PICTURE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# A picture of this many points is larger than any camera makes; more is a decompression bomb.
MAX_POINTS = 80_000_000
# Everything that Pillow says of a file that is no sound picture; ValueError of a text in it that unpacks without end.
_BROKEN_PICTURE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
# What `pdf_look` finds before there are pages to count.
_PDF_PROBLEMS = {
    "encrypted": "%s được mã hóa để hạn chế sử dụng; hãy in ra một tệp PDF mới.",
    "locked": "%s bị khóa bằng mật khẩu.",
    "broken": "%s bị hỏng, không mở được.",
    "heavy": "%s có cấu trúc quá nặng nên không kiểm tra được; hãy quét lại hoặc in ra một tệp PDF mới rồi tải lên.",
}
# A key with its chain has some kilobytes.
_LARGEST_KEY_FILE = 1024 * 1024


def size_in_words(size):
    return f"{size / 1024 / 1024:.1f}".replace(".", ",") + " MB"


def _check_size(upload, limit):
    if upload.size > limit:
        raise ValidationError(
            f"Tệp “{upload.name}” nặng {size_in_words(upload.size)}, vượt giới hạn {size_in_words(limit)}."
        )
    if upload.size == 0:
        raise ValidationError(f"Tệp “{upload.name}” không có nội dung.")


def _body(upload):
    upload.seek(0)
    body = upload.read()
    upload.seek(0)
    return body


def _is_stored(upload):
    """Whether this is the file of a saved record, judged when it came in; a form without a new file shows it again."""
    return getattr(upload, "_committed", False)


def check_pdf(upload):
    """Accept a readable, unencrypted PDF within the limit for papers; else ValidationError says why."""
    if _is_stored(upload):
        return
    _check_size(upload, settings.UPLOAD_LIMIT_PAPER)
    body = _body(upload)
    if not body.startswith(b"%PDF-"):
        raise ValidationError(f"Tệp “{upload.name}” không phải là PDF; nội dung bên trong thuộc loại khác.")
    problem, count = look(body)
    if problem in _PDF_PROBLEMS:
        raise ValidationError(_PDF_PROBLEMS[problem] % f"Tệp PDF “{upload.name}”")
    if count == 0:
        raise ValidationError(f"Tệp PDF “{upload.name}” không có trang nào.")
    if count > settings.UPLOAD_PAGES_PAPER:
        raise ValidationError(
            f"Tệp PDF “{upload.name}” có {count} trang, vượt giới hạn {settings.UPLOAD_PAGES_PAPER} trang; "
            "hãy tách thành nhiều tệp."
        )
    if problem:
        raise ValidationError(
            f"Tệp PDF “{upload.name}” có chứa lệnh tự chạy (JavaScript, mở chương trình). "
            "Hãy quét lại hoặc in ra một tệp PDF mới rồi tải lên."
        )


def check_pdf_head(upload):
    """Accept what is within the limit for papers and begins like a PDF; whoever calls it judges the rest exactly."""
    _check_size(upload, settings.UPLOAD_LIMIT_PAPER)
    if not _body(upload).startswith(b"%PDF-"):
        raise ValidationError(f"Tệp “{upload.name}” không phải là PDF; nội dung bên trong thuộc loại khác.")


def check_key_file(upload):
    """Accept what begins like a PKCS#12 file and has the size of one; its passphrase and certificate are judged later."""
    _check_size(upload, min(settings.UPLOAD_LIMIT_PAPER, _LARGEST_KEY_FILE))
    # The outermost part of the format, written in DER or BER.
    if not _body(upload).startswith(b"\x30"):
        raise ValidationError(f"Tệp “{upload.name}” không phải là tệp chứng thư số (.p12, .pfx).")


def check_picture(upload):
    """Accept a JPEG, PNG or WebP picture that can be drawn to its last line; else ValidationError says why."""
    if _is_stored(upload):
        return
    _check_size(upload, settings.UPLOAD_LIMIT_PICTURE)
    # WeasyPrint lets Pillow fill up cut-off pictures with grey, for the whole process; we want to be told.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(_body(upload))) as picture:
            kind, (width, height) = picture.format, picture.size
            if kind not in PICTURE_FORMATS:
                raise ValidationError(f"Ảnh “{upload.name}” phải là JPEG, PNG hoặc WebP.")
            if width * height > MAX_POINTS:
                raise ValidationError(f"Ảnh “{upload.name}” có kích thước {width} × {height} điểm, quá lớn.")
            # Drawn once here: what is cut off or broken inside would stop the work that comes after.
            picture.load()
    except _BROKEN_PICTURE as error:
        raise ValidationError(f"Tệp “{upload.name}” không phải là ảnh hoặc đã hỏng.") from error


@deconstructible
class RandomName:
    """Stored file names say nothing and cannot be guessed: `<folder>/<random><suffix>`."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, instance, filename):
        suffix = PurePath(filename).suffix.lower()[:8]
        return f"{self.folder}/{random_name()}{suffix}"

    def __eq__(self, other):
        return isinstance(other, RandomName) and other.folder == self.folder

    def __hash__(self):
        return hash(self.folder)


def random_name():
    """32 characters from the system's random source."""
    return secrets.token_hex(16)

"""Uploads are judged by their content, not by their name, and limited in size (design §8)."""

import io
import secrets
from pathlib import PurePath

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from PIL import Image, UnidentifiedImageError

PICTURE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# A picture of this many points is larger than any camera makes; more is a decompression bomb.
MAX_POINTS = 80_000_000


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
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            if len(pdf.pages) == 0:
                raise ValidationError(f"Tệp PDF “{upload.name}” không có trang nào.")
    except pikepdf.PasswordError as error:
        raise ValidationError(f"Tệp PDF “{upload.name}” bị khóa bằng mật khẩu.") from error
    except pikepdf.PdfError as error:
        raise ValidationError(f"Tệp PDF “{upload.name}” bị hỏng, không mở được.") from error


def check_picture(upload):
    """Accept a JPEG, PNG or WebP picture whose name, content and size agree; else ValidationError says why."""
    if _is_stored(upload):
        return
    _check_size(upload, settings.UPLOAD_LIMIT_PICTURE)
    try:
        with Image.open(io.BytesIO(_body(upload))) as picture:
            kind, (width, height) = picture.format, picture.size
            if kind not in PICTURE_FORMATS:
                raise ValidationError(f"Ảnh “{upload.name}” phải là JPEG, PNG hoặc WebP.")
            if width * height > MAX_POINTS:
                raise ValidationError(f"Ảnh “{upload.name}” có kích thước {width} × {height} điểm, quá lớn.")
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
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

"""Pictures of articles: turned upright, scaled, written anew so that nothing of the camera's data remains."""

import struct
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

LARGE = 1600
SMALL = 480
_QUALITY = 84


@dataclass(frozen=True)
class Pictures:
    """Both sizes as files to store, and the size of the large one for the page's layout."""

    large: ContentFile
    small: ContentFile
    width: int
    height: int


def make_sizes(upload):
    """JPEGs of at most 1600 and 480 points a side; a picture is never enlarged. The upload has passed `check_picture`."""
    upload.seek(0)
    with Image.open(upload) as original:
        # Where the camera was held upright only its data says so, and that is about to be dropped.
        picture = _on_white(_upright(original))
    large = _fit(picture, LARGE)
    return Pictures(_file(large), _file(_fit(picture, SMALL)), *large.size)


def _upright(picture):
    """Turned as the camera's data says; where these are broken, as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except (ValueError, SyntaxError, KeyError, TypeError, OSError, struct.error):
        return picture


def _on_white(picture):
    """Without transparency and without palettes, as JPEG needs it."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _fit(picture, side):
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _file(picture):
    body = BytesIO()
    # Without `exif=` and `icc_profile=` Pillow writes the bare picture.
    picture.info.clear()
    picture.save(body, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return ContentFile(body.getvalue(), name="anh.jpg")

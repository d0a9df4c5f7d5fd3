"""Pictures are written anew: smaller, upright, and without what the camera knew."""

from io import BytesIO

from PIL import Image

from news.pictures import make_sizes
from tests.factories.news import picture


def opened(content):
    return Image.open(BytesIO(content.read()))


def test_a_large_picture_is_stored_in_two_sizes():
    sizes = make_sizes(picture(size=(3200, 2000)))
    assert (sizes.width, sizes.height) == (1600, 1000)
    assert opened(sizes.large).size == (1600, 1000)
    assert opened(sizes.small).size == (480, 300)


def test_a_small_picture_is_never_enlarged():
    sizes = make_sizes(picture(size=(300, 200)))
    assert (sizes.width, sizes.height) == (300, 200)
    assert opened(sizes.small).size == (300, 200)


def test_camera_data_is_dropped_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Máy ảnh của Nguyễn Văn A"
    sizes = make_sizes(picture(size=(900, 600), exif=exif))
    assert (sizes.width, sizes.height) == (600, 900)
    assert dict(opened(sizes.large).getexif()) == {}


def test_a_transparent_png_gets_a_white_ground():
    body = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(body, "PNG")
    body.seek(0)
    assert opened(make_sizes(body).large).getpixel((10, 10)) == (255, 255, 255)

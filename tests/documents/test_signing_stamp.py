"""The stamp of a signature: everything inside the field, every letter drawn, the font made once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.signing import stamp
from documents.signing.stamp import printable, stamp_style
from tests.documents.pki import AT

# The field of a covenant in three columns, and a very small one.
WIDTH, HEIGHT = 151.0, 62.0


def lines_of(style):
    return style.stamp_text.replace("%%", "%").split("\n")


def stamped(signer, unit, width=WIDTH, height=HEIGHT):
    return stamp_style(signer=signer, unit=unit, moment=AT, width=width, height=height)


def test_short_names_stand_in_three_lines_of_eight_points():
    style = stamped("Nguyễn Văn An", "Sở Nội vụ")

    assert style.text_box_style.font_size == 8
    assert lines_of(style) == [
        "Ký bởi: Nguyễn Văn An",
        "Cơ quan: Sở Nội vụ",
        "Thời gian ký: 12/03/2026 14:05:09 +07:00",
    ]


def test_long_names_are_wrapped_and_shrunk_but_whole():
    name = (
        "Ban Chỉ đạo phòng chống thiên tai và tìm kiếm cứu nạn, bảo vệ rừng và phòng cháy, chữa cháy của các cơ quan Đảng, "
        "đoàn thể và Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Thọ"
    )
    style = stamped("Nguyễn Văn An", name)

    assert style.text_box_style.font_size < 8
    assert " ".join(lines_of(style)) == f"Ký bởi: Nguyễn Văn An Cơ quan: {name} Thời gian ký: 12/03/2026 14:05:09 +07:00"


names = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=300)


@given(signer=names, unit=names, width=st.floats(40, 300), height=st.floats(30, 120))
def test_whatever_the_names_the_stamp_fits_its_field_and_keeps_the_time(signer, unit, width, height):
    style = stamped(signer, unit, width, height)
    lines, size = lines_of(style), style.text_box_style.font_size

    assert "".join(lines).replace(" ", "").endswith("Thờigianký:12/03/202614:05:09+07:00")
    assert size in (5, 6, 7, 8, 9)
    if width >= 110:
        assert (len(lines) - 1) * (size + 1) <= height
        assert max(stamp._extent(line, size) for line in lines) <= width


def test_a_letter_that_the_font_has_not_becomes_a_question_mark():
    assert printable("Hội ☑ 日本 “Đất Tổ” ế") == "Hội ? ?? “Đất Tổ” ế"
    assert printable("e\u0302\u0301") == "ế"


@pytest.fixture
def _fresh():
    stamp._font.cache_clear()
    yield
    stamp._font.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("_fresh")
def test_the_font_is_made_once_and_kept(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    first = stamp._font()
    stamp._font.cache_clear()
    monkeypatch.setattr(stamp, "_scale", None)

    assert stamp._font() == first
    assert [path.suffix for path in (tmp_path / "stamp-fonts").iterdir()] == [".ttf"]


@pytest.mark.slow
@pytest.mark.usefixtures("_fresh")
def test_a_folder_that_cannot_be_written_costs_time_but_no_signature(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "a file"
    settings.DATA_DIR.write_text("")

    assert stamp._font()[:4] == b"\x00\x01\x00\x00"

"""Typed text becomes chapters, articles, clauses and points; no word of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import clean_text
from documents.outline import outline_faults, parse_outline, roman

REGULATION = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định:
a) Tổ chức của khối;
b) Hoạt động của khối;
c) Khen thưởng;
d) Kinh phí;
đ) Hiệu lực.
2. Đối tượng áp dụng.
Điều 2. Nguyên tắc
Tự nguyện, công khai, dân chủ.
Chương II: TỔ CHỨC
Điều 3: Trưởng khối
1. Do hội nghị bầu."""


@pytest.mark.parametrize(
    ("line", "kind", "number", "title", "text"),
    [
        ("Chương IV. TỔ CHỨC", "chapter", "IV", "TỔ CHỨC", ""),
        ("CHƯƠNG iv – Tổ chức", "chapter", "IV", "Tổ chức", ""),
        ("Chương 2", "chapter", "2", "", ""),
        ("Điều 12. Điều khoản thi hành", "article", "12", "Điều khoản thi hành", ""),
        ("điều 3: Trưởng khối", "article", "3", "Trưởng khối", ""),
        ("Điều 3 của Luật này", "paragraph", "", "", "Điều 3 của Luật này"),
        ("1. Trưởng khối", "clause", "1", "", "Trưởng khối"),
        ("2022. Năm thi đua", "paragraph", "", "", "2022. Năm thi đua"),
        ("1.486 đề tài", "paragraph", "", "", "1.486 đề tài"),
        ("đ) Hiệu lực", "point", "đ", "", "Hiệu lực"),
        ("A) Hiệu lực", "point", "a", "", "Hiệu lực"),
        ("f) Không có trong bảng chữ cái tiếng Việt", "paragraph", "", "", "f) Không có trong bảng chữ cái tiếng Việt"),
        ("Chương trình phối hợp", "paragraph", "", "", "Chương trình phối hợp"),
        ("Chương Idol", "paragraph", "", "", "Chương Idol"),
        ("- Lưu: VT", "paragraph", "", "", "- Lưu: VT"),
    ],
)
def test_a_line_is_what_it_begins_with(line, kind, number, title, text):
    assert parse_outline(line) == [{"kind": kind, "number": number, "title": title, "text": text}]


def test_a_chapter_takes_the_next_plain_line_as_its_title():
    blocks = parse_outline(REGULATION)
    assert [block["title"] for block in blocks if block["kind"] == "chapter"] == ["QUY ĐỊNH CHUNG", "TỔ CHỨC"]
    assert [block["kind"] for block in blocks[:4]] == ["chapter", "article", "clause", "point"]
    # A chapter that already has its title leaves the next line alone.
    assert parse_outline("Chương I. CHUNG\nMở đầu")[1]["text"] == "Mở đầu"


def test_nothing_typed_is_nothing():
    assert parse_outline("") == parse_outline(None) == parse_outline(" \n\n ") == []
    assert outline_faults("") == []


def test_a_text_in_order_has_no_faults():
    assert outline_faults(REGULATION) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Điều 1. A\nĐiều 3. B\nĐiều 4. C", "Điều 3 không đúng thứ tự, lẽ ra là Điều 2."),
        ("Chương I\nA\nChương III\nB", "Chương III không đúng thứ tự, lẽ ra là Chương II."),
        ("Chương IIV\nA", "Chương IIV không đúng thứ tự, lẽ ra là Chương I."),
        ("Điều 1. A\n2. B", "Khoản 2 ở Điều 1 không đúng thứ tự, lẽ ra là Khoản 1."),
        ("Điều 1. A\n1. B\na) C\nc) D", "Điểm c ở Điều 1 không đúng thứ tự, lẽ ra là Điểm b."),
        ("Điều 1.", "Điều 1 chưa có tên."),
        ("Chương I", "Chương I chưa có tên."),
    ],
)
def test_a_number_out_of_order_is_one_sentence(text, fault):
    assert outline_faults(text) == [fault]


def test_points_begin_anew_in_each_clause():
    assert outline_faults("Điều 1. A\n1. B\na) C\nb) D\n2. E\na) F") == []


def test_roman_numerals():
    assert [roman(number) for number in (1, 4, 7, 9, 14, 40, 49, 90, 99)] == [
        "I",
        "IV",
        "VII",
        "IX",
        "XIV",
        "XL",
        "XLIX",
        "XC",
        "XCIX",
    ]


_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "Chương I",
                "Chương I. Điều 1. A",
                "Chương II. TỔ CHỨC",
                "Điều 1. Phạm vi",
                "Điều 2.",
                "1. Khoản một",
                "đ) Điểm đ",
                "Đoạn",
            ]
        ),
    ),
    max_size=12,
)


@given(_LINES)
def test_every_word_that_was_typed_survives(lines):
    text = "\n".join(lines)
    blocks = parse_outline(text)
    kept = " ".join(f"{block['title']} {block['text']}" for block in blocks)
    for line in filter(None, clean_text(text).split("\n")):
        alone = parse_outline(line)[0]
        assert alone["title"] in kept
        assert alone["text"] in kept
        assert alone["number"] == "" or alone["number"] in [block["number"] for block in blocks]

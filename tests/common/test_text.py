import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import clean_text, close_names, count_words, fold, fold_name, slugify_vi, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban MTTQ tỉnh", "Ủy ban MTTQ tỉnh"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("ĐẢNG ỦY", "dang uy"),
        ("  Hội   Nông dân ", "hoi nong dan"),
    ],
)
def test_fold_makes_equal_what_people_type_differently(one, other):
    assert fold(one) == fold(other)


def test_fold_name_takes_punctuation_for_a_blank():
    assert fold_name("Sở Văn hóa - Thể thao và Du lịch") == fold_name("Sở Văn hóa, Thể thao và Du lịch")


@given(st.text())
def test_fold_of_a_fold_is_itself(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ", max_size=30))
def test_fold_does_not_ask_how_marks_are_stored(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_sort_key_follows_the_vietnamese_dictionary():
    names = ["Đảng ủy", "Dân vận", "Ủy ban", "Ư", "Văn phòng", "Ở", "Ô", "Ơ", "An", "Ân", "Ăn", "Áo", "ao"]
    assert sorted(names, key=sort_key) == [
        "An", "ao", "Áo", "Ăn", "Ân", "Dân vận", "Đảng ủy", "Ô", "Ơ", "Ở", "Ủy ban", "Ư", "Văn phòng",
    ]  # fmt: skip


def test_clean_text_keeps_lines_and_drops_stray_blanks():
    assert clean_text(" Một  dòng \r\n\r\n hai ") == "Một dòng\n\nhai"


def test_close_names_offers_the_unit_with_a_word_missing():
    names = {fold_name(name): name for name in ("Đảng ủy khối các cơ quan tỉnh", "Hội Nông dân tỉnh")}
    assert close_names("Đảng ủy khối cơ quan tỉnh", names) == ["Đảng ủy khối các cơ quan tỉnh"]


@pytest.mark.parametrize(("number", "words"), [(0, "00"), (6, "06"), (10, "10"), (1486, "1.486")])
def test_count_words_writes_counts_as_official_prose_does(number, words):
    assert count_words(number) == words


def test_slugify_vi_keeps_the_letters():
    assert slugify_vi("Khối Đảng, Đoàn thể số 1") == "khoi-dang-doan-the-so-1"

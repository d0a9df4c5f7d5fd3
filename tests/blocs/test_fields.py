"""One unit by its name: found, asked back, chosen."""

import pytest
from django import forms
from django.http import QueryDict

from blocs.fields import UnitPickField
from blocs.matching import UnitMatcher
from blocs.models import Unit, UnitAlias
from tests.factories.blocs import UnitFactory

pytestmark = pytest.mark.django_db


class PickForm(forms.Form):
    unit = UnitPickField(label="Đơn vị")


def pick(**data):
    query = QueryDict(mutable=True)
    query.update(data)
    return PickForm(query)


@pytest.fixture
def council():
    return UnitFactory(name="Đảng ủy khối các cơ quan tỉnh", code="du-cac-co-quan")


def test_an_exact_name_finds_the_unit(council):
    assert UnitMatcher().match("Đảng ủy khối các cơ quan tỉnh").unit == council


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ủy ban MTTQ tỉnh", "Uỷ ban MTTQ tỉnh"),
        ("Ủy ban MTTQ tỉnh", "uy ban mttq tinh"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá - Thể thao và Du lịch"),
    ],
)
def test_marks_and_punctuation_make_no_difference(written, typed):
    unit = UnitFactory(name=written)
    assert UnitMatcher().match(typed).unit == unit


def test_a_missing_word_is_asked_back(council):
    UnitFactory(name="Hội Nông dân tỉnh")
    match = UnitMatcher().match("Đảng ủy khối cơ quan tỉnh")
    assert match.unit is None
    assert match.suggestions == [council]


def test_words_of_a_much_longer_name_are_asked_back():
    youth = UnitFactory(name="Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh")
    assert UnitMatcher().match("Tỉnh đoàn thanh niên tỉnh").suggestions == [youth]


def test_an_alias_finds_the_unit(council):
    UnitAlias.objects.create(unit=council, text="Đảng ủy khối cơ quan tỉnh")
    assert UnitMatcher().match("đảng uỷ khối cơ quan tỉnh").unit == council


def test_two_units_of_one_name_are_asked_back_and_told_apart():
    first = UnitFactory(name="Sở Tài chính", code="stc-pt", province="Phú Thọ")
    second = UnitFactory(name="Sở Tài chính", code="stc-vp", province="Vĩnh Phúc")
    form = pick(unit="Sở Tài chính")
    assert not form.is_valid()
    assert form.errors["unit"] == ["Có 2 đơn vị cùng tên “Sở Tài chính”. Xin chọn một trong các đơn vị được gợi ý."]
    assert [row["value"] for row in form.fields["unit"].widget.suggestions] == [
        "Sở Tài chính (stc-pt)",
        "Sở Tài chính (stc-vp)",
    ]
    chosen = pick(unit="Sở Tài chính", unit_hoi="Sở Tài chính", unit_chon="Sở Tài chính (stc-vp)")
    assert chosen.is_valid()
    assert chosen.cleaned_data["unit"] == second
    assert first != second


def test_the_page_offers_the_units_it_may_mean_as_radio_buttons(council):
    form = pick(unit="Đảng ủy khối cơ quan tỉnh")
    assert form.errors["unit"] == [
        "Không có đơn vị tên “Đảng ủy khối cơ quan tỉnh”. Có phải ý bạn là: Đảng ủy khối các cơ quan tỉnh?"
    ]
    html = str(form["unit"])
    assert html.count('type="radio"') == 1
    assert 'name="unit_chon"' in html
    assert 'value="Đảng ủy khối các cơ quan tỉnh"' in html
    assert '<input type="hidden" name="unit_hoi" value="Đảng ủy khối cơ quan tỉnh">' in html


def test_the_chosen_radio_button_fills_the_field_on_the_next_submit(council):
    form = pick(
        unit="Đảng ủy khối cơ quan tỉnh",
        unit_hoi="Đảng ủy khối cơ quan tỉnh",
        unit_chon="Đảng ủy khối các cơ quan tỉnh",
    )
    assert form.is_valid()
    assert form.cleaned_data["unit"] == council
    assert 'value="Đảng ủy khối các cơ quan tỉnh"' in str(form["unit"])


def test_a_text_changed_after_the_question_counts_more_than_the_radio_button(council):
    other = UnitFactory(name="Báo Phú Thọ")
    form = pick(unit="Báo Phú Thọ", unit_hoi="Đảng ủy khối cơ quan tỉnh", unit_chon="Đảng ủy khối các cơ quan tỉnh")
    assert form.is_valid()
    assert form.cleaned_data["unit"] == other


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Trường này là bắt buộc."),
        ("Bộ Ngoại giao", "Không tìm thấy đơn vị tên “Bộ Ngoại giao”."),
        ("Báo\x00", "Ký tự trống (null) không được phép."),
    ],
)
def test_a_bad_name_is_refused_with_a_sentence(typed, message):
    form = pick(unit=typed)
    assert not form.is_valid()
    assert len(form.errors["unit"]) == 1
    if typed == "Bộ Ngoại giao":
        assert form.errors["unit"] == [message]


def test_the_field_shows_a_record_by_its_name(council):
    assert 'value="Đảng ủy khối các cơ quan tỉnh"' in str(PickForm(initial={"unit": council.pk})["unit"])
    assert 'value="Đảng ủy khối các cơ quan tỉnh"' in str(PickForm(initial={"unit": council})["unit"])


def test_the_field_knows_when_the_unit_was_changed(council):
    form = PickForm({"unit": "Đảng ủy khối các cơ quan tỉnh"}, initial={"unit": council.pk})
    assert not form.has_changed()
    assert PickForm({"unit": "Báo Phú Thọ"}, initial={"unit": council.pk}).has_changed()


def test_offered_units_stand_in_the_browsers_own_list(council):
    form = PickForm()
    form.fields["unit"] = UnitPickField(queryset=Unit.objects.all(), offer=True)
    html = str(form["unit"])
    assert '<datalist id="id_unit_ds"><option value="Đảng ủy khối các cơ quan tỉnh"></option></datalist>' in html
    assert 'list="id_unit_ds"' in html
    assert "data-suggest" not in html

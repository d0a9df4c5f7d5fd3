import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.enums import Qualifier
from common.templatetags.vi import so
from meetings.amounts import Amount, NotAnAmount, parse_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100", "100"),
        ("0", "0"),
        ("13", "13"),
        ("5.848", "5848"),
        ("5 848", "5848"),
        ("5\N{NO-BREAK SPACE}848", "5848"),
        ("5848", "5848"),
        ("1.486", "1486"),
        ("1.500.000.000", "1500000000"),
        ("1 tỷ 500 triệu", "1500000000"),
        ("1 tỉ 500 triệu", "1500000000"),
        ("1,5 tỷ", "1500000000"),
        ("304,2 ngàn tỷ", "304200000000000"),
        ("304,2 nghìn tỷ", "304200000000000"),
        ("140 triệu", "140000000"),
        ("2 tỷ 34 triệu 500 nghìn", "2034500000"),
        ("1.500 tỷ", "1500000000000"),
        ("5 vạn", "50000"),
        ("99,5", "99.5"),
        ("1.234.567,5", "1234567.5"),
        ("0,0001", "0.0001"),
        ("1,23456 tỷ", "1234560000"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert parse_amount(text) == Amount(Decimal(value))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 tỷ 500 triệu đồng", Amount(Decimal("1500000000"), "đồng")),
        ("1.500.000.000 đồng", Amount(Decimal("1500000000"), "đồng")),
        ("100 %", Amount(Decimal("100"), "%")),
        ("100%", Amount(Decimal("100"), "%")),
        ("13 đề tài", Amount(Decimal("13"), "đề tài")),
        ("trên 845 đơn vị máu", Amount(Decimal("845"), "đơn vị máu", Qualifier.OVER)),
        ("hơn 845", Amount(Decimal("845"), "", Qualifier.MORE)),
        ("Gần 1.000 hộ", Amount(Decimal("1000"), "hộ", Qualifier.NEARLY)),
        ("ít nhất 3", Amount(Decimal("3"), "", Qualifier.AT_LEAST)),
        ("khoảng 2 triệu", Amount(Decimal("2000000"), "", Qualifier.ABOUT)),
        ("4/8 đơn vị", Amount(Decimal("4"), "đơn vị", denominator=Decimal("8"))),
        ("1.000/1.200", Amount(Decimal("1000"), denominator=Decimal("1200"))),
    ],
)
def test_what_stands_beside_the_number_is_kept(text, amount):
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Hãy ghi giá trị."),
        ("nhiều", "không phải là số"),
        ("1.5", "phần lẻ viết sau dấu phẩy"),
        ("1.50 tỷ", "phần lẻ viết sau dấu phẩy"),
        ("1,500,000", "phân cách hàng nghìn"),
        ("1,500.5", "phân cách hàng nghìn"),
        ("1 tỷ 500", "hãy ghi đơn vị sau số 500"),
        ("500 triệu 1 tỷ", "thứ tự giảm dần"),
        ("1 triệu 2 triệu", "thứ tự giảm dần"),
        ("5-7", "hơn một con số"),
        ("5 – 7", "hơn một con số"),
        ("13 đề tài và 5 sáng kiến", "hơn một con số"),
        ("4/0", "lớn hơn 0"),
        ("4/", "không phải là số"),
        ("0,12345", "nhiều hơn 4 chữ số"),
        ("9" * 19, "quá dài"),
        ("9" * 5000, "quá dài"),
        ("1 tỷ tỷ tỷ tỷ", "quá lớn"),
        ("٣٤", "không phải là số"),
        ("½", "không phải là số"),
        ("1e9", "hơn một con số"),
        ("NaN", "không phải là số"),
    ],
)
def test_what_is_no_number_or_could_be_two_is_asked_back(text, reason):
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(text)
    assert reason in str(caught.value)


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=4))
def test_what_we_print_is_read_back_as_the_same_number(value):
    assert parse_amount(so(value)).value == value


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    with contextlib.suppress(NotAnAmount):
        assert isinstance(parse_amount(text).value, Decimal)

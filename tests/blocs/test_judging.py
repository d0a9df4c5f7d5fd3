"""Whether a result reaches its target: the table of words, and what must hold for every sum."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.enums import Qualifier
from blocs.judging import JUDGEMENT_TONES, Judgement, amount_of, judge, total_of

YES, NO, MAYBE = Judgement.REACHED, Judgement.MISSED, Judgement.UNCLEAR

# Word of the target (its number is 100), word and number of the result, what is said.
TABLE = [
    ("", "", "100", YES),
    ("", "", "99.9999", NO),
    ("", "", "105", YES),
    ("", "over", "100", YES),
    ("", "nearly", "100", NO),
    ("", "about", "100", MAYBE),
    ("", "at_most", "100", MAYBE),
    ("", "at_most", "99", NO),
    ("", "at_least", "99", MAYBE),
    ("at_least", "", "100", YES),
    ("at_least", "", "99.9", NO),
    ("at_least", "over", "99", MAYBE),
    ("at_least", "over", "100", YES),
    ("at_least", "more", "100", YES),
    ("at_least", "at_least", "100", YES),
    ("at_least", "under", "100", NO),
    ("at_least", "nearly", "100", NO),
    ("at_least", "nearly", "120", MAYBE),
    ("over", "", "100", NO),
    ("over", "", "100.0001", YES),
    ("over", "over", "100", YES),
    ("over", "at_least", "100", MAYBE),
    ("over", "at_most", "100", NO),
    ("more", "", "100", NO),
    ("more", "", "101", YES),
    ("at_most", "", "100", YES),
    ("at_most", "", "100.1", NO),
    ("at_most", "under", "100", YES),
    ("at_most", "over", "100", NO),
    ("at_most", "over", "99", MAYBE),
    ("at_most", "at_least", "100", MAYBE),
    ("at_most", "at_least", "101", NO),
    ("under", "", "100", NO),
    ("under", "", "99", YES),
    ("under", "nearly", "100", YES),
    ("under", "at_most", "100", MAYBE),
    ("under", "at_least", "100", NO),
    ("nearly", "", "100", YES),
    ("nearly", "", "97", MAYBE),
    ("about", "", "100", YES),
    ("about", "", "60", MAYBE),
    ("about", "about", "100", MAYBE),
]


@pytest.mark.parametrize(("target_word", "word", "value", "expected"), TABLE)
def test_a_result_is_judged_by_the_words_of_both_numbers(target_word, word, value, expected):
    assert judge(Decimal(100), target_word, amount_of(Decimal(value), word)) == expected


def test_the_table_knows_every_word_on_both_sides():
    assert {row[0] for row in TABLE} == {row[1] for row in TABLE} == {word.value for word in Qualifier}


@pytest.mark.parametrize("word", Qualifier)
def test_without_a_result_nothing_is_judged(word):
    assert judge(Decimal(2), word, None) == Judgement.NO_RESULT


def test_every_judgement_has_its_tone():
    assert set(JUDGEMENT_TONES) == set(Judgement)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["", ""], ""),
        (["", "over"], "over"),
        (["over", "at_least"], "over"),
        (["nearly", "at_most"], "under"),
        (["over", "under"], "about"),
        (["about", ""], "about"),
        (["at_least", "at_least"], "at_least"),
    ],
)
def test_the_word_before_a_sum_comes_from_its_parts(words, expected):
    assert total_of([amount_of(Decimal(1), word) for word in words]).qualifier == expected


# Results as people type them: up to four decimals.
numbers = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
amounts = st.builds(amount_of, numbers, st.sampled_from(list(Qualifier)))


@given(st.lists(amounts, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_a_sum_is_exact_and_does_not_depend_on_the_order(rows, random):
    total = total_of(rows)
    assert total.value * 10000 == sum(int(row.value * 10000) for row in rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert total_of(shuffled) == total


@given(st.lists(numbers, min_size=1, max_size=20), numbers, st.sampled_from(list(Qualifier)))
def test_exact_numbers_are_always_decided_unless_the_target_itself_is_vague(values, target, word):
    total = total_of([amount_of(value) for value in values])
    found = judge(target, word, total)
    if word not in (Qualifier.NEARLY, Qualifier.ABOUT):
        assert found in (YES, NO)
    assert found == judge(target, word, amount_of(sum(values)))


@given(st.lists(numbers, min_size=1, max_size=10), st.lists(numbers, min_size=1, max_size=5), numbers)
def test_what_is_said_while_units_are_missing_still_holds_when_they_have_reported(known, late, target):
    for word in Qualifier:
        early = judge(target, word, total_of([amount_of(row) for row in known], missing=len(late)))
        final = judge(target, word, total_of([amount_of(row) for row in [*known, *late]]))
        assert early in (final, MAYBE)

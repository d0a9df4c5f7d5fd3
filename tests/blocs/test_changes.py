"""What a new version of a covenant says otherwise than the one before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs.changes import ADDED, CHANGED, LABELS, REMOVED, TONES, _pairs, changes_of
from blocs.errors import Invalid
from blocs.models import CovenantItem
from blocs.services import ItemInput, revise_covenant, save_covenant, send_covenant
from common.errors import NotReady
from tests.factories.blocs import BlocYearFactory, secretary_of

pytestmark = pytest.mark.django_db
HOUSES = ItemInput("Xây nhà Đại đoàn kết cho hộ nghèo", "Hoạt động chung", "at_least", Decimal(2), "nhà")
TASKS = ItemInput("Hoàn thành nhiệm vụ chính trị được giao.", "Nhiệm vụ chính trị")
REPORTS = ItemInput("Báo cáo đúng hạn", "Báo cáo", value=Decimal(100), unit_of_measure="%")
FIRST = {"theme": "Đoàn kết", "grounds": "Quy chế của khối", "undertaking": ""}


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=2)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def revise(bloc_year, secretary):
    """Send a first version with some contents, then draft the second with others."""

    def revised(old, new, note="Điều chỉnh", **general):
        first = save_covenant(bloc_year=bloc_year, by=secretary, items=old, **FIRST)
        send_covenant(version=first, by=secretary)
        revise_covenant(covenant=first.covenant, by=secretary)
        return save_covenant(
            bloc_year=bloc_year, by=secretary, items=new, version=1, change_note=note, **{**FIRST, **general}
        )

    return revised


def told(version):
    return [(row.kind, row.before, row.after) for row in changes_of(version)]


def test_a_first_version_and_an_equal_one_change_nothing(bloc_year, secretary, revise):
    second = revise([TASKS, HOUSES], [TASKS, HOUSES])
    assert told(second) == []
    assert changes_of(second.covenant.versions.get(number=1)) == []


def test_another_order_is_no_change(revise):
    assert told(revise([TASKS, HOUSES, REPORTS], [REPORTS, TASKS, HOUSES])) == []


def test_contents_put_in_and_taken_out(revise):
    assert told(revise([TASKS, HOUSES], [TASKS, REPORTS])) == [
        (REMOVED, "Hoạt động chung: Xây nhà Đại đoàn kết cho hộ nghèo (chỉ tiêu: ít nhất 02 nhà)", ""),
        (ADDED, "", "Báo cáo: Báo cáo đúng hạn (chỉ tiêu: 100%)"),
    ]


def test_another_target_is_told_in_the_words_of_both(bloc_year, revise):
    unit = bloc_year.bloc.memberships.first().unit
    later = replace(HOUSES, value=Decimal(3), due_on=date(2021, 9, 30), responsible=unit, basis="sum")
    assert told(revise([HOUSES], [later])) == [
        (
            CHANGED,
            "Hoạt động chung: Xây nhà Đại đoàn kết cho hộ nghèo (chỉ tiêu: ít nhất 02 nhà)",
            "Hoạt động chung: Xây nhà Đại đoàn kết cho hộ nghèo (chỉ tiêu: ít nhất 03 nhà; cộng kết quả các đơn vị; thời "
            f"hạn 30/9/2021; đơn vị phụ trách: {unit})",
        )
    ]


def test_a_content_in_slightly_other_words_is_one_that_was_changed(revise):
    other = replace(HOUSES, text="Xây nhà Đại đoàn kết cho hộ cận nghèo")
    changes = told(revise([TASKS, HOUSES], [TASKS, other]))
    assert [(kind, "cận nghèo" in after) for kind, _, after in changes] == [(CHANGED, True)]


def test_theme_grounds_and_undertaking_are_told_as_well(revise):
    second = revise([TASKS], [TASKS], theme="Đoàn kết, sáng tạo", grounds="", undertaking="Tự chấm trung thực.")
    assert [(row.what, row.kind, row.before, row.after) for row in changes_of(second)] == [
        ("Chủ đề", CHANGED, "Đoàn kết", "Đoàn kết, sáng tạo"),
        ("Căn cứ", REMOVED, "Quy chế của khối", ""),
        ("Cam kết chung", ADDED, "", "Tự chấm trung thực."),
    ]


def test_every_kind_has_its_label_and_tone():
    assert set(LABELS) == set(TONES) == {ADDED, CHANGED, REMOVED}


def test_a_new_version_is_not_sent_before_it_says_what_changed(secretary, revise):
    second = revise([TASKS], [HOUSES], note="")
    with pytest.raises(NotReady, match="nội dung thay đổi so với bản trước"):
        send_covenant(version=second, by=secretary)


def test_a_note_of_more_than_500_letters_is_refused(revise):
    with pytest.raises(Invalid, match="500"):
        revise([TASKS], [TASKS], note="Đ" * 501)


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_takes_the_same_number_of_queries(django_assert_num_queries, revise, count):
    items = [replace(HOUSES, text=f"Nội dung {number}") for number in range(count)]
    second = revise(items, [replace(item, value=Decimal(5)) for item in items])
    with django_assert_num_queries(3):
        assert len(changes_of(second)) == count


def test_the_page_of_the_new_version_shows_note_and_both_texts(client, bloc_year, secretary, revise):
    revise([TASKS, HOUSES], [TASKS, replace(HOUSES, value=Decimal(3))], note="Nâng chỉ tiêu nhà <b>Đại đoàn kết</b>")
    client.force_login(secretary)
    page = client.get(reverse("blocs:covenant", args=[bloc_year.bloc.slug, "2021"])).content.decode()
    assert "Thay đổi so với bản trước" in page
    assert "Nâng chỉ tiêu nhà &lt;b&gt;Đại đoàn kết&lt;/b&gt;" in page
    assert "(chỉ tiêu: ít nhất 02 nhà)" in page
    assert "(chỉ tiêu: ít nhất 03 nhà)" in page


texts = st.sampled_from(["Xây nhà", "Xây nhà Đại đoàn kết", "Giúp đỡ xã nghèo", "Giúp đỡ xã", "Báo cáo"])
contents = st.lists(st.tuples(texts, st.sampled_from(["", "Chung"])), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents, contents)
def test_every_content_is_paired_at_most_once(old, new):
    before = [CovenantItem(pk=number, text=text, heading=heading) for number, (text, heading) in enumerate(old, 1)]
    after = [CovenantItem(pk=100 + number, text=text, heading=heading) for number, (text, heading) in enumerate(new, 1)]
    pairs = _pairs(before, after)
    assert len({row.pk for row, _ in pairs}) == len({row.pk for _, row in pairs}) == len(pairs)
    # What is the same in both is never told as taken out and put in.
    same = sum(min(old.count(row), new.count(row)) for row in set(old))
    assert len(pairs) >= same

"""Who would lead the next years: the rule alone, over made-up histories, and read from the records."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.enums import OfficeRole, RotationPolicy
from blocs.models import EmulationYear
from blocs.rotation import Member, Term, plan, propose, span_after, would_lead_next, years_too_many
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
)

NAMES = {1: "Ban Dân vận", 2: "Ban Tổ chức", 3: "Báo Phú Thọ", 4: "Hội Nông dân", 5: "Tỉnh đoàn"}


def members(*pks, joined=2011, leaves=None):
    leaves = leaves or {}
    return [Member(pk, NAMES.get(pk, f"Đơn vị {pk}"), pk, date(joined, 1, 1), leaves.get(pk)) for pk in pks]


def span(year):
    return str(year), date(year, 1, 1), date(year, 12, 31)


def term(year, leader, *deputies, led=None):
    return Term(*span(year), leader, deputies, led or (leader,))


def led(proposals):
    return [proposal.unit for proposal in proposals]


def test_the_deputy_succeeds_and_the_other_deputy_moves_up():
    found = plan(
        [term(2020, 1, 2), term(2021, 2, 4, 5)], members(1, 2, 3, 4, 5), span(2022), policy=RotationPolicy.DEPUTY_SUCCEEDS
    )
    assert led(found) == [4, 5, 3]
    assert found[0].reason == "khối phó năm 2021 kế nhiệm; chưa làm khối trưởng năm nào"
    assert [pick.unit for pick in found[0].deputies] == [5, 3]
    assert found[0].deputies[0].reason == "đang là khối phó năm 2021, lên theo thứ tự"
    assert found[0].warnings == []


def test_a_deputy_that_has_left_is_passed_over_with_its_day():
    leaves = {4: date(2021, 12, 31)}
    found = plan(
        [term(2021, 2, 4, 5)], members(1, 2, 4, 5, leaves=leaves), span(2022), policy=RotationPolicy.DEPUTY_SUCCEEDS
    )
    assert found[0].unit == 5
    assert found[0].warnings == [
        "Hội Nông dân (khối phó năm 2021) rời khối từ sau ngày 31/12/2021 nên không đề xuất.",
    ]


def test_a_unit_that_ends_within_the_year_is_not_proposed_for_it():
    found = plan([term(2021, 1)], members(1, 2, 3, leaves={2: date(2022, 6, 30)}), span(2022), policy="list_order", years=1)
    assert led(found) == [3]


def test_the_list_goes_on_behind_the_last_leader_and_begins_anew():
    found = plan([term(2021, 4)], members(1, 2, 4, 5), span(2022), policy=RotationPolicy.LIST_ORDER, years=4)
    assert led(found) == [5, 1, 2, 4]
    assert found[0].reason == "đứng kế tiếp Hội Nông dân trong danh sách; chưa làm khối trưởng năm nào"
    assert [row.deputies[0].unit for row in found] == [1, 2, 4, 5]


def test_the_list_goes_on_from_the_place_of_a_leader_that_has_left():
    found = plan([term(2021, 4)], members(1, 4, 5, leaves={4: date(2021, 12, 31)}), span(2022), policy="list_order", years=1)
    assert led(found) == [5]


def test_free_elections_are_offered_the_unit_that_waits_longest():
    past = [term(2014, 2), term(2018, 3), term(2019, 2), term(2020, 1), term(2021, 4)]
    found = plan(past, members(1, 2, 3, 4), span(2022), policy=RotationPolicy.FREE)
    assert led(found) == [3, 2, 1]
    assert found[0].reason == "đã làm khối trưởng năm 2018; chờ lâu nhất"
    assert found[1].reason == "đã làm khối trưởng các năm 2014, 2019; chờ lâu nhất"


def test_who_never_led_waits_since_it_came_and_not_for_ever():
    newcomer = Member(9, "Công đoàn Viên chức", 9, date(2021, 1, 1))
    found = plan([term(2018, 1), term(2019, 2)], [*members(1, 2), newcomer], span(2022), policy=RotationPolicy.FREE, years=1)
    assert led(found) == [1]


def test_a_term_of_two_years_goes_on_before_anybody_else_is_proposed():
    found = plan(
        [term(2021, 2, 4)], members(1, 2, 4, 5), span(2022), policy=RotationPolicy.DEPUTY_SUCCEEDS, term_years=2, years=4
    )
    assert led(found) == [2, 4, 4, 1]
    assert found[0].reason == "năm thứ 2 của nhiệm kỳ 2 năm"
    assert found[0].deputies[0].unit == 4
    assert found[0].warnings == []


def test_a_leader_that_leaves_in_the_middle_of_its_term_is_followed():
    found = plan([term(2021, 2, 4)], members(1, 2, 4, leaves={2: date(2021, 9, 1)}), span(2022), policy="free", term_years=2)
    assert found[0].unit == 1


def test_a_second_year_running_is_warned_of_where_there_is_no_other():
    found = plan([term(2021, 2)], members(2), span(2022), policy=RotationPolicy.FREE, years=1)
    assert found[0].warnings == ["Ban Tổ chức làm khối trưởng năm thứ hai liên tiếp."]


def test_a_bloc_without_members_is_told_so():
    found = plan([term(2021, 2)], [], span(2022), policy=RotationPolicy.FREE, years=1)
    assert (found[0].leader, found[0].warnings) == (None, ["Không còn đơn vị thành viên nào để đề xuất."])


def test_years_beyond_a_term_are_named():
    terms = [term(2019, 1), term(2020, 1), term(2021, 2)]
    assert years_too_many(terms, 1) == ["2020"]
    assert years_too_many(terms, 2) == []


def test_school_years_go_on_as_school_years():
    label, starts_on, ends_on = span_after("năm học 2010 – 2011", date(2010, 8, 1), date(2011, 7, 31))
    assert (label, starts_on, ends_on) == ("năm học 2011 – 2012", date(2011, 8, 1), date(2012, 7, 31))
    found = plan([Term("năm học 2010 – 2011", starts_on, ends_on, 1, (2,), (1,))], members(1, 2), span(2012), policy="free")
    assert found[1].reason == "đã làm khối trưởng năm 2010 – 2011; chờ lâu nhất"


histories = st.lists(st.permutations(range(1, 7)).map(lambda order: tuple(order[:2])), max_size=8)


@given(
    histories, st.sets(st.integers(1, 6)), st.sampled_from(RotationPolicy), st.integers(1, 3), st.dictionaries(
        st.integers(1, 6), st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=3
    )
)  # fmt: skip
def test_whatever_the_history_only_members_are_proposed_each_for_one_office(past, pks, policy, term_years, leaves):
    terms = [term(2022 - len(past) + number, leader, deputy) for number, (leader, deputy) in enumerate(past)]
    people = members(*sorted(pks), leaves=leaves)
    found = plan(terms, people, span(2022), policy=policy, term_years=term_years, years=4)
    assert [row.year_label for row in found] == ["2022", "2023", "2024", "2025"]
    by_pk = {member.pk: member for member in people}
    for row in found:
        units = [row.unit, *(pick.unit for pick in row.deputies)] if row.leader else []
        assert len(units) == len(set(units))
        assert all(by_pk[unit].serves(row.starts_on, row.ends_on) for unit in units)
        assert all(pick.reason for pick in [row.leader, *row.deputies] if pick)
        assert (row.leader is None) == (not any(m.serves(row.starts_on, row.ends_on) for m in people))
    # With another unit to choose nobody leads on beyond a term.
    if term_years == 1 and not leaves and len(people) > 1:
        ours = [Term(row.year_label, row.starts_on, row.ends_on, row.unit) for row in found]
        assert not {row.label for row in ours} & set(years_too_many([*terms, *ours], term_years))


@pytest.mark.django_db
def test_the_vote_of_the_meeting_is_the_truth_and_the_plan_goes_on_from_it(django_assert_num_queries):
    bloc_year = BlocYearFactory(members=4, rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS)
    first, second, third, fourth = (row.unit for row in bloc_year.memberships)
    BlocOfficeFactory(bloc_year=bloc_year, unit=first)
    BlocOfficeFactory(bloc_year=bloc_year, unit=second, role=OfficeRole.DEPUTY)
    with django_assert_num_queries(4):
        planned = propose(bloc_year.bloc)
    assert [(row.title, row.unit) for row in planned] == [("năm 2022", second), ("năm 2023", third), ("năm 2024", fourth)]
    voted = BlocYearFactory(
        bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"), rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS
    )
    BlocOfficeFactory(bloc_year=voted, unit=fourth)
    BlocOfficeFactory(bloc_year=voted, unit=third, role=OfficeRole.DEPUTY)
    assert [(row.year_label, row.unit) for row in propose(bloc_year.bloc, 2)] == [("2023", third), ("2024", second)]
    assert would_lead_next(bloc_year).unit == second


@pytest.mark.django_db
def test_the_unit_that_led_at_the_end_of_a_year_is_its_leader_and_both_have_led():
    bloc_year = BlocYearFactory(members=3)
    first, second, third = (row.unit for row in bloc_year.memberships)
    BlocOfficeFactory(
        bloc_year=bloc_year, unit=first, ends_on=date(2021, 6, 30), handed_over_on=date(2021, 6, 30)
    )  # gone in mid-year
    BlocOfficeFactory(bloc_year=bloc_year, unit=second, starts_on=date(2021, 7, 1))
    planned = propose(bloc_year.bloc, 2)
    assert [row.unit for row in planned] == [third, first]
    assert planned[1].reason == "đã làm khối trưởng năm 2021; chờ lâu nhất"


@pytest.mark.django_db
def test_a_bloc_whose_first_leader_is_to_be_found_is_planned_from_its_open_year():
    bloc_year = BlocYearFactory(members=2)
    assert [row.year_label for row in propose(bloc_year.bloc)] == ["2021", "2022", "2023"]
    assert would_lead_next(bloc_year) is None


@pytest.mark.django_db
def test_a_bloc_without_a_year_has_no_plan():
    membership = MembershipFactory()
    assert propose(membership.bloc) == []
    assert not EmulationYear.objects.exists()

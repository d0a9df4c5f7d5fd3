"""Random histories of units: what must hold after every act, whatever came before (hypothesis), and two acts at once."""

import threading
import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import OperationalError, close_old_connections, connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from blocs.enums import OfficeRole, SuccessionKind
from blocs.models import Assignment, BlocOffice, Membership, OfficeHolder, Unit, UnitName, UnitSuccession
from blocs.services import add_member
from common.errors import DomainError, StaleState
from portal.lineage import (
    MAY_STAY,
    Choice,
    NewUnit,
    built_since,
    fingerprint,
    open_items_of,
    record_succession,
    undo_succession,
)
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    standing_agency_officer,
)

TODAY = date(2025, 7, 15)
FIRST = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-07-15 09:00:00+07:00", tick=False):
        yield


# One act as numbers; what they mean depends on what there is when its turn comes.
acts = st.tuples(
    st.sampled_from(list(SuccessionKind)),
    st.integers(1, 194),
    st.lists(st.integers(0, 20), min_size=1, max_size=3),
    st.lists(st.integers(0, 20), max_size=2),
    st.integers(0, 2),
    st.booleans(),
    st.lists(st.integers(0, 9), min_size=1, max_size=12),
)


def province():
    """Two blocs of four units each, two of them in both; leader, deputy and accounts."""
    officer = standing_agency_officer()
    units = [UnitFactory() for _ in range(6)]
    for members in (units[:4], units[2:]):
        bloc_year = BlocYearFactory(bloc=BlocFactory(founded_on=None), year=EmulationYearFactory(slug="2025"))
        for position, unit in enumerate(members, 1):
            MembershipFactory(bloc=bloc_year.bloc, unit=unit, position=position, starts_on=date(2024, 1, 1))
        BlocOfficeFactory(bloc_year=bloc_year, unit=members[0])
        BlocOfficeFactory(bloc_year=bloc_year, unit=members[1], role=OfficeRole.DEPUTY)
    return officer


def perform(officer, act):
    """The succession, or None when a rule of the work refused it."""
    kind, day, olds, news, fresh, stays, picks = act
    on = FIRST + timedelta(days=day)
    units = list(Unit.objects.filter(is_standing_agency=False).order_by("pk"))
    # Mostly what may be: each unit on one side, as many as the kind takes; what is refused changes nothing either.
    from_units = list(dict.fromkeys(units[number % len(units)] for number in olds))
    if kind in (SuccessionKind.RENAME, SuccessionKind.SPLIT):
        from_units = from_units[:1]
    to_units = [unit for unit in dict.fromkeys(units[number % len(units)] for number in news) if unit not in from_units]
    if kind == SuccessionKind.SPLIT:
        fresh = max(fresh, 2 - len(to_units))
    if kind == SuccessionKind.MERGE:
        to_units, fresh = to_units[:1], 0 if to_units else 1
    new_units = [NewUnit(f"Đơn vị mới {on:%d/%m} {number}") for number in range(fresh)]
    values = {"kind": kind, "effective_on": on, "from_units": from_units, "by": officer}
    if kind == SuccessionKind.RENAME:
        values["new_name"] = f"Tên mới từ {on:%d/%m/%Y}"
    elif kind != SuccessionKind.DISSOLVE:
        values |= {"to_units": to_units, "new_units": new_units, "stays": stays and kind in MAY_STAY}
    if kind != SuccessionKind.RENAME:
        number = len(values.get("to_units", ())) + len(values.get("new_units", ()))
        groups = open_items_of(from_units, on, has_successor=bool(number))
        items = [item for group in groups for item in group.items]
        values["choices"] = {
            item.id: Choice(
                item.choices[picks[place % len(picks)] % len(item.choices)], picks[place % len(picks)] % max(number, 1)
            )
            for place, item in enumerate(items)
        }
    try:
        with transaction.atomic():
            return record_succession(**values)
    except DomainError:
        return None


def facts():
    models = (Unit, UnitName, Membership, BlocOffice, OfficeHolder, Assignment)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def as_of(day):
    """Who belonged where, led what and was called how on that day; new rows may come, what was true stays true."""
    return (
        set(Membership.objects.on(day).values_list("bloc", "unit", "position")),
        set(BlocOffice.objects.on(day).values_list("bloc_year", "unit", "role", "order")),
        {
            (unit.pk, unit.name_on_day)
            for unit in Unit.objects.named_on(day)
            if (unit.starts_on is None or unit.starts_on <= day) and (unit.ends_on is None or unit.ends_on >= day)
        },
    )


def check_rules():
    for pk in set(BlocOffice.objects.values_list("bloc_year", flat=True)):
        leaders = list(BlocOffice.objects.filter(bloc_year=pk, role=OfficeRole.LEADER).order_by("starts_on"))
        for one, following in pairwise(leaders):
            assert one.ends_on < following.starts_on, "two leaders on one day"
    rows = {}
    for row in Membership.objects.order_by("starts_on"):
        rows.setdefault((row.bloc_id, row.unit_id), []).append(row)
    for memberships in rows.values():
        for one, following in pairwise(memberships):
            assert one.ends_on is not None, "an open membership before another"
            assert one.ends_on < following.starts_on, "a membership overlaps another"
    for unit in Unit.objects.filter(ends_on__isnull=False):
        assert not UnitName.objects.filter(unit=unit, ends_on=None).exists(), "an ended unit has an open name"


@pytest.mark.slow
@pytest.mark.django_db
@hypothesis_settings(max_examples=25)
@given(history=st.lists(acts, min_size=1, max_size=5))
def test_every_history_keeps_the_rules_and_the_past(history):
    with transaction.atomic():
        officer = province()
        for act in history:
            yesterday = FIRST + timedelta(days=act[1] - 1)
            before = as_of(yesterday), as_of(date(2024, 12, 31))
            perform(officer, act)
            check_rules()
            assert (as_of(yesterday), as_of(date(2024, 12, 31))) == before
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db
@hypothesis_settings(max_examples=25)
@given(history=st.lists(acts, min_size=1, max_size=4))
def test_acts_taken_back_from_the_last_restore_the_first_state(history):
    with transaction.atomic():
        officer = province()
        states, done = [facts()], []
        for act in history:
            if succession := perform(officer, act):
                done.append(succession)
                states.append(facts())
        for succession in reversed(done):
            assert facts() == states.pop()
            assert built_since(succession) == []
            undo_succession(succession=succession, by=officer)
        assert facts() == states.pop()
        transaction.set_rollback(True)


# Two at once


def _patiently(call):
    """SQLite in memory answers "locked" at once where a file waits for its turn, as it does in use."""
    for _ in range(200):
        try:
            return call()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)
    return None


def at_once(*calls):
    """Run them side by side; what each returned, or the rule that refused it."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            answers[place] = _patiently(call)
        except DomainError as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    return answers


@pytest.fixture
def merger(transactional_db):
    """An act that has been reviewed and is confirmed by two people."""
    officer = standing_agency_officer()
    row = MembershipFactory(starts_on=date(2024, 1, 1))
    successors = [UnitFactory(), UnitFactory()]
    on = date(2025, 7, 1)
    groups = open_items_of([row.unit], on)
    choices = {item.id: Choice(item.recommended) for group in groups for item in group.items}
    seen = fingerprint(groups)

    def record(successor):
        return record_succession(
            kind="merge",
            effective_on=on,
            from_units=[row.unit],
            to_units=[successor],
            choices=choices,
            seen=seen,
            by=officer,
        )

    return officer, row, successors, record


def test_of_two_that_record_at_once_one_wins(merger):
    _, row, successors, record = merger
    answers = at_once(*(lambda unit=unit: record(unit) for unit in successors))
    assert sorted(type(answer).__name__ for answer in answers) == ["ItemsChanged", "UnitSuccession"]
    assert UnitSuccession.objects.count() == 1
    assert Membership.objects.filter(bloc=row.bloc).count() == 2


def test_of_a_merger_and_a_new_membership_neither_misses_the_other(merger):
    officer, row, (successor, _), record = merger
    bloc = BlocFactory(founded_on=None)
    answers = at_once(
        lambda: record(successor),
        lambda: add_member(bloc=bloc, unit=row.unit, starts_on=date(2025, 7, 10), by=officer),
    )
    # Either the member came first and the act must be reviewed again, or the unit had ended and cannot enter.
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1
    assert Membership.objects.filter(bloc=bloc).exists() == isinstance(answers[0], DomainError)


def test_of_two_that_take_back_at_once_one_wins(merger):
    officer, row, (successor, _), record = merger
    succession = record(successor)
    answers = at_once(*[lambda: undo_succession(succession=succession, by=officer)] * 2)
    assert sorted(isinstance(answer, StaleState) for answer in answers) == [False, True]
    assert [found.pk for found in Membership.objects.filter(ends_on=None)] == [row.pk]

"""Random histories of a bloc: memberships do not overlap, no day has two leaders, yesterday stays as it was."""

import threading
import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import OperationalError, connection, connections, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from blocs.enums import OfficeRole
from blocs.models import BlocOffice, Membership
from blocs.services import add_member, appoint_office, end_membership, end_office, rename_bloc
from common.errors import DomainError
from portal.reports.public import bloc_page, members_on
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    standing_agency_officer,
)

DAYS = st.integers(min_value=0, max_value=720).map(lambda number: date(2021, 1, 1) + timedelta(days=number))
ENDS = st.none() | DAYS
UNITS = st.integers(min_value=0, max_value=3)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), UNITS, DAYS, ENDS),
        st.tuples(st.just("leave"), UNITS, DAYS, ENDS),
        st.tuples(st.just("lead"), UNITS, DAYS, ENDS),
        st.tuples(st.just("step down"), UNITS, DAYS, ENDS),
    ),
    max_size=14,
)


class Undone(Exception):
    """The example is over; nothing of it stays."""


def overlaps(rows):
    """Pairs of periods that share a day; an empty end runs on."""
    rows = sorted((start, end or date.max) for start, end in rows)
    return [(one, other) for one, other in pairwise(rows) if other[0] <= one[1]]


def act(what, unit, start, end, *, bloc, years, by):
    """One act as an officer would do it; what the rules refuse is refused."""
    try:
        if what == "join":
            add_member(bloc=bloc, unit=unit, starts_on=start, ends_on=end if end and end >= start else None, by=by)
        elif what == "leave":
            row = bloc.memberships.filter(unit=unit, ends_on=None).first()
            if row:
                end_membership(membership=row, ends_on=start, by=by)
        elif what == "lead":
            last = end if end and end >= start else None
            appoint_office(
                bloc_year=years[start.year], unit=unit, role=OfficeRole.LEADER, starts_on=start, ends_on=last, by=by
            )
        else:
            offices = BlocOffice.objects.filter(bloc_year__bloc=bloc, unit=unit, handed_over_on=None)
            for office in offices.select_related("bloc_year__bloc", "bloc_year__year", "unit")[:1]:
                end_office(office=office, ends_on=start, by=by)
    except DomainError:
        return


@pytest.mark.django_db
@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
# Stepping down from the old year when the new one has begun made two leaders of one day.
@example(
    acts=[
        ("lead", 0, date(2022, 1, 1), None),
        ("lead", 1, date(2021, 1, 1), None),
        ("step down", 1, date(2022, 1, 1), None),
    ]
)
def test_no_history_makes_two_memberships_or_two_leaders_of_one_day(acts):
    try:
        with transaction.atomic(), time_machine.travel("2023-06-01 08:00+07:00", tick=False):
            by, bloc = standing_agency_officer(), BlocFactory(founded_on=None)
            years = {n: BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug=str(n))) for n in (2021, 2022)}
            units = UnitFactory.create_batch(4)
            for what, number, start, end in acts:
                act(what, units[number], start, end, bloc=bloc, years=years, by=by)
            for unit in units:
                rows = Membership.objects.filter(bloc=bloc, unit=unit).values_list("starts_on", "ends_on")
                assert overlaps(rows) == []
            leaders = BlocOffice.objects.filter(bloc_year__bloc=bloc, role=OfficeRole.LEADER)
            assert overlaps(leaders.values_list("starts_on", "ends_on")) == []
            raise Undone
    except Undone:
        pass


TODAY = date(2022, 3, 1)
TODAYS_ACTS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "rename", "lead", "step down"]), UNITS), min_size=1, max_size=6
)


def as_of(bloc, day):
    """What the page of the bloc says of a day."""
    bloc = type(bloc).objects.get(pk=bloc.pk)
    leaders = BlocOffice.objects.on(day).filter(bloc_year__bloc=bloc, role=OfficeRole.LEADER)
    return (
        bloc_page(bloc, day).name,
        [(str(row.unit), row.position) for row in members_on(bloc, day)],
        list(leaders.values_list("unit", flat=True)),
    )


@pytest.mark.django_db
@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=TODAYS_ACTS)
def test_yesterday_is_never_changed_by_an_act_of_today(acts):
    try:
        with transaction.atomic(), time_machine.travel("2022-03-01 08:00+07:00", tick=False):
            by, bloc = standing_agency_officer(), BlocFactory(founded_on=date(2021, 1, 1))
            years = {2022: BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug="2022"))}
            units = UnitFactory.create_batch(4)
            for unit in units[:2]:
                MembershipFactory(bloc=bloc, unit=unit, starts_on=date(2021, 3, 5))
            act("lead", units[0], date(2022, 1, 1), None, bloc=bloc, years=years, by=by)
            yesterday = TODAY - timedelta(days=1)
            before = as_of(bloc, yesterday)
            for number, (what, unit) in enumerate(acts):
                if what == "rename":
                    try:
                        rename_bloc(bloc=bloc, name=f"Khối thi đua số {number}", on=TODAY, by=by)
                    except DomainError:
                        continue
                else:
                    act(what, units[unit], TODAY, None, bloc=bloc, years=years, by=by)
                assert as_of(bloc, yesterday) == before
            raise Undone
    except Undone:
        pass


# Two requests at once


def patiently(job):
    """SQLite in memory answers "locked" at once where a file waits for its turn, as it does in use."""
    for _ in range(200):
        try:
            return job()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)
    raise AssertionError("still locked after ten seconds")


def race(*jobs):
    """Run the jobs at the same moment, each on a connection of its own; what the rules refused comes back as its class."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            start.wait(timeout=10)
            results[number] = patiently(job)
        except DomainError as error:
            results[number] = type(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_who_add_the_same_member_one_is_refused():
    by, bloc, unit = standing_agency_officer(), BlocFactory(), UnitFactory()
    days = (date(2021, 3, 5), date(2021, 6, 1))
    jobs = [lambda day=day: add_member(bloc=bloc, unit=unit, starts_on=day, by=by) for day in days]
    results = race(*jobs)
    assert sum(isinstance(row, Membership) for row in results) == 1, (connection.vendor, results)
    assert bloc.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_who_name_a_leader_one_is_refused_also_across_the_years():
    by, bloc = standing_agency_officer(), BlocFactory()
    years = [BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug=slug)) for slug in ("2021", "2022")]
    periods = [(date(2021, 1, 1), date(2022, 1, 31)), (date(2022, 1, 1), date(2022, 12, 31))]
    jobs = [
        lambda year=year, days=days, unit=unit: appoint_office(
            bloc_year=year, unit=unit, role=OfficeRole.LEADER, starts_on=days[0], ends_on=days[1], by=by
        )
        for year, days, unit in zip(years, periods, UnitFactory.create_batch(2), strict=True)
    ]
    results = race(*jobs)
    assert sum(isinstance(row, BlocOffice) for row in results) == 1, (connection.vendor, results)
    assert BlocOffice.objects.filter(role=OfficeRole.LEADER).count() == 1

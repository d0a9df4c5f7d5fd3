"""The guided act on units: what each kind does, what it asks, what it refuses, and that it can be taken back."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from awards.enums import ItemState
from awards.models import CouncilMember, ProposalItem
from blocs.enums import CovenantState, OfficeBasis, OfficeRole, SignatureState, SuccessionKind
from blocs.enums import OpenItemChoice as C
from blocs.errors import Invalid, WrongDate
from blocs.models import (
    Assignment,
    BlocOffice,
    Covenant,
    CovenantSignature,
    CovenantVersion,
    Membership,
    OfficeHolder,
    SuccessionEffect,
    Unit,
    UnitName,
    UnitSuccession,
)
from blocs.scope import scope_of
from blocs.services import add_member, appoint_office, record_rename, record_signatures, rename_unit
from common.audit import events_of
from common.errors import NotReady, StaleState
from common.permissions import may
from meetings.enums import MeetingStatus
from portal.lineage import (
    AlreadyBuilt,
    Choice,
    ItemsChanged,
    NewUnit,
    built_since,
    consequences,
    fingerprint,
    open_items_of,
    record_succession,
    undo_succession,
)
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-07-15 09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def bloc_year():
    """2025 of a bloc with three members from 2021 on; the first leads, the second is deputy."""
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2025"), members=3)
    leader, deputy, _ = units_of(bloc_year)
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    office = BlocOfficeFactory(bloc_year=bloc_year, unit=deputy, role=OfficeRole.DEPUTY)
    OfficeHolder.objects.create(office=office, person_name="Trần Thị Thu Hằng", starts_on=office.starts_on)
    return bloc_year


def units_of(bloc_year):
    return [row.unit for row in bloc_year.bloc.memberships.order_by("position", "pk")]


def choose(units, on=DAY, choice=None, **by_word):
    """A Choice for every open item: as recommended, all the same, or by the kind of item (`membership=C.CLOSE`)."""
    found = {}
    for group in open_items_of(units, on):
        for item in group.items:
            wanted = by_word.get(item.key.split(":")[0], choice or item.recommended)
            found[item.id] = wanted if isinstance(wanted, Choice) else Choice(wanted, 0)
    return found


def merge(old, successor, officer, on=DAY, **words):
    return record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=on,
        from_units=[old],
        to_units=[successor],
        choices=choose([old], on, **words),
        by=officer,
    )


def state():
    """Everything an act on units may touch, as plain values."""
    models = (
        Unit,
        UnitName,
        Membership,
        BlocOffice,
        OfficeHolder,
        Assignment,
        CovenantSignature,
        ProposalItem,
        CouncilMember,
    )
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def members_on(bloc, day):
    return [row.unit.pk for row in bloc.memberships.on(day).in_order()]


# Merge


def test_merge_ends_the_old_unit_and_lets_the_successor_take_its_place(officer, bloc_year):
    old, successor = units_of(bloc_year)[2], UnitFactory()
    paper = PaperFactory()
    succession = record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=DAY,
        from_units=[old],
        to_units=[successor],
        paper=paper,
        choices=choose([old]),
        by=officer,
    )
    old.refresh_from_db()
    assert old.ends_on == BEFORE
    assert [row.ends_on for row in old.names.all()] == [BEFORE]
    before, after = Membership.objects.filter(bloc=bloc_year.bloc, position=before_position(old)).order_by("starts_on")[:2]
    assert (before.unit, before.ends_on) == (old, BEFORE)
    assert (after.unit, after.starts_on, after.ends_on, after.paper) == (successor, DAY, None, paper)
    assert [effect.key for effect in succession.effects.all()] == [f"membership:{before.pk}", f"end:{old.pk}"]
    assert events_of(succession).get().action == "ghi nhận biến động tổ chức"
    assert events_of(old).get().action == "kết thúc đơn vị"


def before_position(unit):
    return unit.memberships.get().position


def test_a_successor_that_is_a_member_already_is_not_a_member_twice(officer, bloc_year):
    units = units_of(bloc_year)
    merge(units[2], units[0], officer)
    assert members_on(bloc_year.bloc, DAY) == [units[0].pk, units[1].pk]
    assert members_on(bloc_year.bloc, BEFORE) == [unit.pk for unit in units]


def test_a_successor_that_enters_later_fills_only_the_time_before(officer, bloc_year):
    old, successor = units_of(bloc_year)[2], UnitFactory()
    MembershipFactory(bloc=bloc_year.bloc, unit=successor, starts_on=date(2026, 1, 1))
    merge(old, successor, officer)
    rows = bloc_year.bloc.memberships.filter(unit=successor).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in rows] == [(DAY, date(2025, 12, 31)), (date(2026, 1, 1), None)]


def test_two_units_merge_into_a_new_one_with_one_place_in_the_bloc(officer, bloc_year):
    units = units_of(bloc_year)
    olds = units[1:]
    succession = record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=DAY,
        from_units=olds,
        new_units=[NewUnit("Ban Tuyên giáo và Dân vận Tỉnh ủy", code="ban-tgdv")],
        choices=choose(olds),
        by=officer,
    )
    new = Unit.objects.get(code="ban-tgdv")
    assert (new.starts_on, [row.starts_on for row in new.names.all()]) == (DAY, [DAY])
    assert members_on(bloc_year.bloc, DAY) == [units[0].pk, new.pk]
    assert [(party.side, party.unit) for party in succession.parties.order_by("pk")] == [
        ("from", units[1]),
        ("from", units[2]),
        ("to", new),
    ]


def test_closing_a_membership_leaves_the_place_empty(officer, bloc_year):
    units = units_of(bloc_year)
    merge(units[2], UnitFactory(), officer, membership=C.CLOSE)
    assert members_on(bloc_year.bloc, DAY) == [units[0].pk, units[1].pk]


def test_what_is_held_stays_as_it_is_and_is_written_down(officer, bloc_year):
    old = units_of(bloc_year)[2]
    succession = merge(old, UnitFactory(), officer, choice=C.HOLD)
    assert old.memberships.get().ends_on is None
    assert [(row.choice, row.undo) for row in succession.effects.filter(key__startswith="membership")] == [("hold", {})]


def test_rows_that_ended_before_the_day_stay_untouched(officer):
    row = MembershipFactory(ends_on=date(2024, 12, 31))
    assert open_items_of([row.unit], DAY)[0].items == []
    merge(row.unit, UnitFactory(), officer)
    row.refresh_from_db()
    assert row.ends_on == date(2024, 12, 31)


# The office of leader


def test_deputy_acts_when_the_leader_disappears(officer, bloc_year):
    leader, deputy, third = units_of(bloc_year)
    item = next(item for item in open_items_of([leader], DAY)[0].items if item.key.startswith("office"))
    assert (item.choices, item.recommended) == ((C.CARRY, C.DEPUTY, C.CLOSE, C.HOLD), C.DEPUTY)
    merge(leader, third, officer)
    rows = [
        (row.unit, row.role, row.starts_on, row.ends_on, row.handed_over_on, row.basis)
        for row in BlocOffice.objects.filter(bloc_year=bloc_year).order_by("starts_on", "pk")
    ]
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    assert rows == [
        (leader, OfficeRole.LEADER, first, BEFORE, BEFORE, OfficeBasis.ELECTED),
        (deputy, OfficeRole.DEPUTY, first, BEFORE, BEFORE, OfficeBasis.ELECTED),
        (deputy, OfficeRole.LEADER, DAY, last, None, OfficeBasis.SUCCESSION),
    ]
    acting = BlocOffice.objects.get(basis=OfficeBasis.SUCCESSION)
    assert [(row.person_name, row.starts_on) for row in acting.holders.all()] == [("Trần Thị Thu Hằng", DAY)]
    assert [row.ends_on for row in OfficeHolder.objects.exclude(office=acting)] == [BEFORE]


def test_successor_takes_the_office_over(officer, bloc_year):
    leader, successor = units_of(bloc_year)[0], UnitFactory()
    merge(leader, successor, officer, office=C.CARRY)
    new = BlocOffice.objects.get(unit=successor)
    assert (new.role, new.starts_on, new.ends_on, new.basis) == ("leader", DAY, date(2025, 12, 31), OfficeBasis.SUCCESSION)
    assert scope_of(staff_of(successor)).led_ids == {bloc_year.pk}


def test_a_deputy_that_succeeds_the_leader_rises(officer, bloc_year):
    leader, deputy, _ = units_of(bloc_year)
    merge(leader, deputy, officer, office=C.CARRY)
    rows = BlocOffice.objects.filter(unit=deputy).order_by("starts_on")
    assert [(row.role, row.handed_over_on) for row in rows] == [("deputy", BEFORE), ("leader", None)]


def test_leader_and_deputy_that_merge_leave_one_leader(officer, bloc_year):
    olds = units_of(bloc_year)[:2]
    record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=DAY,
        from_units=olds,
        new_units=[NewUnit("Ban Xây dựng Đảng")],
        choices=choose(olds, office=C.CARRY),
        by=officer,
    )
    active = BlocOffice.objects.active(DAY)
    assert [(row.unit.name, row.role) for row in active] == [("Ban Xây dựng Đảng", "leader")]


def test_no_deputy_no_such_choice(officer, bloc_year):
    BlocOffice.objects.filter(role=OfficeRole.DEPUTY).delete()
    leader = units_of(bloc_year)[0]
    item = next(item for item in open_items_of([leader], DAY)[0].items if item.key.startswith("office"))
    assert item.choices == (C.CARRY, C.CLOSE, C.HOLD)


def test_the_deputy_cannot_act_when_it_is_dissolved_by_the_same_act(officer, bloc_year):
    olds = units_of(bloc_year)[:2]
    choices = choose(olds)
    deputy_item = next(key for key in choices if choices[key].choice == C.CARRY and "office" in key)
    choices[deputy_item] = Choice(C.CLOSE)
    record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=DAY,
        from_units=olds,
        to_units=[units_of(bloc_year)[2]],
        choices=choices,
        by=officer,
    )
    assert BlocOffice.objects.active(DAY).count() == 1


def test_a_year_that_is_over_has_no_successor_in_office(officer):
    """A row of a later day would be a second leader of the bloc; what is left falls to the agency that follows it."""
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2024"), members=1)
    office = BlocOfficeFactory(bloc_year=bloc_year, unit=units_of(bloc_year)[0])
    item = next(item for item in open_items_of([office.unit], DAY)[0].items if item.key.startswith("office"))
    assert item.choices == (C.CLOSE, C.HOLD)
    merge(office.unit, UnitFactory(), officer)
    office.refresh_from_db()
    assert (office.ends_on, office.handed_over_on) == (date(2024, 12, 31), BEFORE)
    assert may(officer, "blocs.work_on_blocyear", bloc_year)


# Signatures, accounts, meetings, letters


@pytest.fixture
def signing(bloc_year):
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    version = CovenantVersion.objects.create(covenant=covenant, state=CovenantState.SIGNING)
    for position, unit in enumerate(units_of(bloc_year), 1):
        CovenantSignature.objects.create(version=version, unit=unit, position=position)
    return version


def test_signature_passes_to_the_successor(officer, bloc_year, signing):
    old, successor = units_of(bloc_year)[2], UnitFactory()
    merge(old, successor, officer)
    rows = [(row.unit, row.position, row.state) for row in signing.signatures.order_by("position", "pk")][2:]
    assert rows == [(old, 3, SignatureState.RELEASED), (successor, 3, SignatureState.WAITING)]


def test_closing_the_last_signature_completes_the_covenant(officer, bloc_year, signing):
    units = units_of(bloc_year)
    given = [(row, "Bùi Đình Thi", "Trưởng ban", date(2025, 3, 1)) for row in signing.signatures.filter(unit__in=units[:2])]
    record_signatures(version=signing, rows=given, by=staff_of(units[0]))
    merge(units[2], UnitFactory(), officer, signature=C.CLOSE)
    signing.refresh_from_db()
    assert signing.state == CovenantState.SIGNED


def test_accounts_go_on_with_the_successor_or_end(officer, bloc_year):
    old, successor = units_of(bloc_year)[0], UnitFactory()
    user = staff_of(old)
    merge(old, successor, officer, office=C.CARRY)
    assert scope_of(user).unit_ids == {successor.pk}
    rows = user.assignments.order_by("starts_on")
    assert [(row.unit, row.ends_on) for row in rows] == [(old, BEFORE), (successor, None)]


def test_account_of_a_closed_unit_can_do_nothing_more(officer, bloc_year):
    leader = units_of(bloc_year)[0]
    user = staff_of(leader)
    record_succession(
        kind=SuccessionKind.DISSOLVE,
        effective_on=DAY,
        from_units=[leader],
        choices=choose([leader], office=C.DEPUTY, choice=C.CLOSE),
        by=officer,
    )
    assert (scope_of(user).unit_ids, scope_of(user).led_ids) == (frozenset(), frozenset())


def test_announced_meetings_and_items_in_letters_are_asked_for(officer, bloc_year):
    old, successor = units_of(bloc_year)[2], UnitFactory()
    soon = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, host=old, starts_on=date(2025, 8, 1))
    held = MeetingFactory(bloc_year=bloc_year, host=old, starts_on=date(2025, 3, 1))
    AttendanceFactory(meeting=held, unit=old)
    item = ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True), unit=old)
    CouncilMember.objects.create(user=UserFactory(), unit=old, starts_on=date(2024, 1, 1))
    words = [item.key.split(":")[0] for item in open_items_of([old], DAY)[0].items]
    assert sorted(words) == ["host", "item", "membership", "seat"]
    version = soon.version
    merge(old, successor, officer, choice=C.CARRY)
    for record in (soon, held, item):
        record.refresh_from_db()
    assert (soon.host, soon.version, held.host, item.unit) == (successor, version + 1, old, successor)
    assert [row.unit for row in CouncilMember.objects.order_by("starts_on")] == [old, successor]
    assert held.attendances.get().unit == old


def test_an_item_is_withdrawn_by_its_own_step(officer, bloc_year):
    old = units_of(bloc_year)[2]
    item = ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True), unit=old)
    merge(old, UnitFactory(), officer, item=C.CLOSE)
    item.refresh_from_db()
    assert item.state == ItemState.WITHDRAWN
    assert item.steps.get().note == "Đơn vị thay đổi tổ chức từ ngày 01/07/2025"


def test_the_standing_agency_passes_its_role_and_its_blocs(bloc_year):
    agency, successor = UnitFactory(is_standing_agency=True), UnitFactory()
    officer = staff_of(agency)
    bloc = BlocFactory(organiser=agency)
    child = UnitFactory(parent=agency)
    merge(agency, successor, officer)
    for record in (bloc, child, successor):
        record.refresh_from_db()
    assert (bloc.organiser, child.parent, successor.is_standing_agency) == (successor, successor, True)
    assert scope_of(officer).is_standing_agency


# Split, take-over, dissolve, rename


def test_split_asks_which_successor_takes_what(officer, bloc_year):
    old = units_of(bloc_year)[2]
    user = staff_of(old)
    choices = choose([old], assignment=Choice(C.CARRY, 1), membership=Choice(C.CARRY, 0))
    record_succession(
        kind=SuccessionKind.SPLIT,
        effective_on=DAY,
        from_units=[old],
        new_units=[NewUnit("PC11A"), NewUnit("PC11B")],
        choices=choices,
        by=officer,
    )
    first, second = Unit.objects.get(name="PC11A"), Unit.objects.get(name="PC11B")
    assert members_on(bloc_year.bloc, DAY)[-1] == first.pk
    assert scope_of(user).unit_ids == {second.pk}


def test_split_without_a_named_taker_is_not_ready(officer, bloc_year):
    old = units_of(bloc_year)[2]
    with pytest.raises(NotReady) as refusal:
        record_succession(
            kind=SuccessionKind.SPLIT,
            effective_on=DAY,
            from_units=[old],
            new_units=[NewUnit("PC11A"), NewUnit("PC11B")],
            choices=choose([old], membership=Choice(C.CARRY)),
            by=officer,
        )
    assert refusal.value.missing == [f"đơn vị nhận “Thành viên {bloc_year.bloc.name}” của {old}"]
    assert not Unit.objects.filter(name="PC11A").exists()


def test_take_over_lets_the_old_unit_go_on(officer, bloc_year):
    old = units_of(bloc_year)[2]
    record_succession(
        kind=SuccessionKind.TAKE_OVER,
        effective_on=DAY,
        from_units=[old],
        to_units=[UnitFactory()],
        stays=True,
        choices=choose([old], choice=C.HOLD),
        by=officer,
    )
    old.refresh_from_db()
    assert (old.ends_on, old.names.get().ends_on, old.memberships.get().ends_on) == (None, None, None)


def test_dissolve_has_nobody_to_carry_to(officer, bloc_year):
    old = units_of(bloc_year)[2]
    items = open_items_of([old], DAY, has_successor=False)[0].items
    assert [(item.choices, item.recommended) for item in items] == [((C.CLOSE, C.HOLD), C.CLOSE)]


def test_rename_is_recorded_and_the_unit_stays_one(officer):
    unit = UnitFactory(name="Sở Nội vụ")
    succession = record_succession(
        kind=SuccessionKind.RENAME, effective_on=DAY, from_units=[unit], new_name="Sở Nội vụ và Lao động", by=officer
    )
    unit.refresh_from_db()
    assert (unit.name, unit.ends_on, unit.names.count()) == ("Sở Nội vụ và Lao động", None, 2)
    assert succession.effects.get().label == "Sở Nội vụ đổi tên thành Sở Nội vụ và Lao động"
    assert UnitSuccession.objects.get() == succession


def test_rename_of_a_unit_without_names_does_not_rename_the_days_before(officer):
    unit = UnitFactory(name="Sở Nội vụ")
    unit.names.all().delete()
    rename_unit(unit=unit, name="Sở mới", on=DAY, by=officer)
    assert Unit.objects.named_on(BEFORE).get(pk=unit.pk).name_on_day == "Sở Nội vụ"


# What cannot be


def test_only_the_standing_agency_may(bloc_year):
    old, other = units_of(bloc_year)[1:]
    with pytest.raises(PermissionDenied):
        merge(old, other, staff_of(units_of(bloc_year)[0]))
    succession = merge(old, other, standing_agency_officer())
    with pytest.raises(PermissionDenied):
        undo_succession(succession=succession, by=staff_of(units_of(bloc_year)[0]))


@pytest.mark.parametrize(
    ("kind", "olds", "news", "given", "error", "words"),
    [
        ("merge", 0, 1, {}, Invalid, "Xin chọn đơn vị có biến động"),
        ("merge", 1, 0, {}, Invalid, "ít nhất một đơn vị kế thừa"),
        ("merge", 1, 2, {}, Invalid, "chỉ có một đơn vị kế thừa"),
        ("merge", 1, 0, {"new_units": [NewUnit("Sở mới")]}, Invalid, "ít nhất hai đơn vị cũ"),
        ("merge", 1, 1, {"stays": True}, Invalid, "đơn vị cũ mới tiếp tục"),
        ("split", 2, 2, {}, Invalid, "chỉ ghi cho một đơn vị"),
        ("split", 1, 1, {}, Invalid, "ít nhất hai đơn vị kế thừa"),
        ("dissolve", 1, 1, {}, Invalid, "Giải thể không có đơn vị kế thừa"),
        ("rename", 2, 0, {"new_name": "A"}, Invalid, "Mỗi lần đổi tên"),
        ("merge", 1, 1, {"effective_on": date(2025, 7, 16)}, WrongDate, "ở sau ngày hôm nay"),
        ("merge", 1, 1, {"effective_on": date(1999, 7, 16)}, WrongDate, "mang tên đang dùng"),
    ],
)
def test_impossible_acts_are_refused_with_a_sentence(officer, kind, olds, news, given, error, words):
    from_units, to_units = [UnitFactory() for _ in range(olds)], [UnitFactory() for _ in range(news)]
    values = {"effective_on": DAY, **given}
    with pytest.raises(error, match=words):
        record_succession(kind=kind, from_units=from_units, to_units=to_units, by=officer, **values)
    assert not UnitSuccession.objects.exists()


def test_units_and_days_that_do_not_fit_are_refused(officer):
    young, ended, other = UnitFactory(starts_on=DAY), UnitFactory(ends_on=date(2024, 1, 1)), UnitFactory()
    with pytest.raises(Invalid, match="vừa là đơn vị cũ vừa là đơn vị kế thừa"):
        merge(other, other, officer)
    with pytest.raises(Invalid, match="đã kết thúc hoạt động ngày 01/01/2024"):
        merge(ended, other, officer)
    with pytest.raises(Invalid, match=r"Đơn vị kế thừa .* đã kết thúc"):
        merge(other, ended, officer)
    with pytest.raises(WrongDate, match="phải sau ngày thành lập"):
        merge(young, other, officer)
    with pytest.raises(WrongDate, match="sau ngày có hiệu lực"):
        merge(other, UnitFactory(starts_on=date(2025, 7, 2)), officer)


def test_a_cycle_is_refused(officer):
    first, second, third = UnitFactory(), UnitFactory(), UnitFactory()
    merge(first, second, officer, on=date(2025, 3, 1))
    merge(second, third, officer, on=date(2025, 4, 1))
    with pytest.raises(Invalid, match="tạo thành vòng"):
        merge(third, first, officer)


def test_an_heir_cannot_end_before_it_inherited(officer):
    first, second, third = UnitFactory(), UnitFactory(), UnitFactory()
    merge(first, second, officer)
    with pytest.raises(WrongDate, match="còn là đơn vị kế thừa"):
        merge(second, third, officer, on=date(2025, 3, 1))


def test_nothing_undecided_is_recorded(officer, bloc_year):
    old = units_of(bloc_year)[2]
    with pytest.raises(NotReady) as refusal:
        record_succession(
            kind=SuccessionKind.MERGE, effective_on=DAY, from_units=[old], to_units=[UnitFactory()], choices={}, by=officer
        )
    assert refusal.value.missing == [f"cách xử lý “Thành viên {bloc_year.bloc.name}” của {old}"]


def test_what_changed_since_the_review_stops_the_act(officer, bloc_year):
    old, successor = units_of(bloc_year)[2], UnitFactory()
    choices, seen = choose([old]), fingerprint(open_items_of([old], DAY))
    other = MembershipFactory(unit=old)
    with pytest.raises(ItemsChanged) as refusal:
        record_succession(
            kind=SuccessionKind.MERGE,
            effective_on=DAY,
            from_units=[old],
            to_units=[successor],
            choices=choices,
            seen=seen,
            by=officer,
        )
    assert refusal.value.changes == [f"thêm “Thành viên {other.bloc.name}”"]
    assert not UnitSuccession.objects.exists()


def test_a_new_member_cannot_be_an_ended_unit(officer, bloc_year):
    old = units_of(bloc_year)[2]
    merge(old, UnitFactory(), officer)
    # As read before the act, by somebody whose form was open.
    assert units_of(bloc_year)[2].ends_on == BEFORE
    stale = Unit(pk=old.pk, name=old.name)
    with pytest.raises(WrongDate):
        add_member(bloc=BlocFactory(), unit=stale, starts_on=DAY, by=officer)


def test_acts_of_the_past_say_what_they_change(officer, bloc_year):
    old = units_of(bloc_year)[2]
    meeting = MeetingFactory(bloc_year=bloc_year, starts_on=date(2025, 7, 10))
    AttendanceFactory(meeting=meeting, unit=old)
    assert consequences([old], date(2025, 7, 15)) == []
    assert consequences([old], DAY) == [
        f"Danh sách thành viên tính đến 31/12/2025 của {bloc_year} sẽ theo đơn vị kế thừa.",
        "01 hội nghị đã họp từ ngày đó vẫn ghi đơn vị cũ; biên bản không thay đổi.",
    ]


# Taking it back


@pytest.mark.parametrize("choice", [None, C.CARRY, C.CLOSE, C.HOLD])
def test_undo_restores_exactly(officer, bloc_year, signing, choice):
    leader, successor = units_of(bloc_year)[0], UnitFactory()
    staff_of(leader)
    MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, host=leader, starts_on=date(2025, 8, 1))
    ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True), unit=leader)
    CouncilMember.objects.create(user=UserFactory(), unit=leader, starts_on=date(2024, 1, 1))
    before = state()
    succession = merge(leader, successor, officer, **({"choice": choice} if choice else {}))
    assert state() != before
    assert built_since(succession) == []
    undo_succession(succession=succession, by=officer)
    assert state() == before
    succession.refresh_from_db()
    assert succession.undone_by == officer
    assert [row.action for row in events_of(succession)] == ["hoàn tác biến động tổ chức", "ghi nhận biến động tổ chức"]


def test_undo_takes_a_founded_unit_out_and_keeps_the_record(officer, bloc_year):
    olds = units_of(bloc_year)[1:]
    before = state()
    succession = record_succession(
        kind=SuccessionKind.MERGE,
        effective_on=DAY,
        from_units=olds,
        new_units=[NewUnit("Ban mới", code="ban-moi")],
        choices=choose(olds),
        by=officer,
    )
    undo_succession(succession=succession, by=officer)
    assert state() == before
    assert SuccessionEffect.objects.filter(succession=succession, label="Thành lập Ban mới (ban-moi)").exists()


def test_undo_of_a_rename(officer):
    unit = UnitFactory(name="Sở Nội vụ")
    before = state()
    succession = record_rename(unit=unit, name="Sở mới", on=DAY, by=officer)
    undo_succession(succession=succession, by=officer)
    assert state() == before


def test_undo_happens_once(officer):
    succession = merge(UnitFactory(), UnitFactory(), officer)
    undo_succession(succession=succession, by=officer)
    with pytest.raises(StaleState, match=r"đã được .* hoàn tác lúc"):
        undo_succession(succession=succession, by=officer)


def test_undo_is_refused_with_what_was_built(officer, bloc_year):
    leader, successor = units_of(bloc_year)[0], UnitFactory()
    succession = merge(leader, successor, officer, office=C.CARRY)
    new = BlocOffice.objects.get(unit=successor)
    OfficeHolder.objects.create(office=new, person_name="Lê Quang Hùng", starts_on=DAY)
    appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.DEPUTY, order=2, by=officer)
    later = merge(successor, UnitFactory(), officer, on=date(2025, 7, 10), office=C.CARRY)
    before = state()
    with pytest.raises(AlreadyBuilt) as refusal:
        undo_succession(succession=succession, by=officer)
    built = refusal.value.built
    assert f"biến động khác của cùng đơn vị: {later}" in built
    assert "người đại diện: Lê Quang Hùng" in built
    assert any(text.startswith("chức vụ trong khối mới: Khối phó thứ 2") for text in built)
    assert any("đã đổi" in text for text in built)
    assert state() == before


def test_a_successor_founded_by_the_act_and_used_since_cannot_be_taken_out(officer):
    olds = [UnitFactory(), UnitFactory()]
    succession = record_succession(
        kind=SuccessionKind.MERGE, effective_on=DAY, from_units=olds, new_units=[NewUnit("Ban mới")], by=officer
    )
    member = add_member(bloc=BlocFactory(), unit=Unit.objects.get(name="Ban mới"), starts_on=DAY, by=officer)
    with pytest.raises(AlreadyBuilt) as refusal:
        undo_succession(succession=succession, by=officer)
    assert refusal.value.built == [f"thành viên khối: {member}"]

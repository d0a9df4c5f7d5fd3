"""Every service of the registry and the offices: what it does, and each refusal."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from blocs.enums import BlocKind, OfficeBasis, OfficeRole, YearState
from blocs.errors import Invalid, OfficeTaken, Overlap, WrongDate
from blocs.models import Bloc, BlocOffice, Handover, Membership, Unit
from blocs.scope import is_on_behalf, scope_of
from blocs.services import (
    add_holder,
    add_member,
    add_members,
    appoint_office,
    create_bloc,
    create_unit,
    end_membership,
    end_office,
    open_bloc_year,
    record_handover,
    rename_unit,
    save_movements,
    set_year_state,
    update_bloc,
    update_bloc_year,
    update_unit,
)
from common.audit import events_of
from common.errors import IllegalStep, NotReady, StaleState
from common.models import AuditEvent
from common.permissions import may
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return standing_agency_officer()


# Units


def test_create_unit_keeps_its_first_name_and_other_names(officer):
    unit = create_unit(
        by=officer,
        name="  Đảng ủy  khối các cơ quan tỉnh ",
        province="Phú Thọ",
        aliases=["Đảng ủy khối cơ quan tỉnh", "", "Đảng ủy khối cơ quan tỉnh"],
    )
    assert (unit.name, unit.code) == ("Đảng ủy khối các cơ quan tỉnh", "dang-uy-khoi-cac-co-quan-tinh")
    assert [(row.name, row.ends_on) for row in unit.names.all()] == [("Đảng ủy khối các cơ quan tỉnh", None)]
    assert [row.text for row in unit.aliases.all()] == ["Đảng ủy khối cơ quan tỉnh"]
    assert events_of(unit).get().action == "thêm đơn vị"


def test_two_units_of_one_name_get_two_codes(officer):
    first = create_unit(by=officer, name="Sở Tài chính", province="Phú Thọ")
    second = create_unit(by=officer, name="Sở Tài chính", province="Vĩnh Phúc")
    assert [first.code, second.code] == ["so-tai-chinh", "so-tai-chinh-2"]


def test_create_unit_refuses_a_used_code(officer):
    UnitFactory(code="bao-phu-tho")
    with pytest.raises(Invalid) as caught:
        create_unit(by=officer, name="Báo Phú Thọ", code="bao-phu-tho")
    assert "Mã đơn vị" in caught.value.message
    assert not Unit.objects.filter(name="Báo Phú Thọ").exists()


def test_create_unit_refuses_a_name_that_is_too_long(officer):
    with pytest.raises(Invalid, match="Tên đơn vị"):
        create_unit(by=officer, name="Đ" * 201)


@pytest.mark.parametrize("make_user", [UserFactory, AdministratorFactory, lambda: secretary_of(BlocYearFactory(members=1))])
def test_only_the_standing_agency_writes_the_registry(make_user):
    with pytest.raises(PermissionDenied):
        create_unit(by=make_user(), name="Báo Phú Thọ")


def test_update_unit_corrects_the_present_name(officer):
    unit = UnitFactory(name="Hội Nông dan tỉnh")
    update_unit(unit=unit, by=officer, name="Hội Nông dân tỉnh", aliases=["Hội ND tỉnh"])
    unit.refresh_from_db()
    assert [row.name for row in unit.names.all()] == ["Hội Nông dân tỉnh"]
    assert unit.names.get().search == "hoi nong dan tinh"
    assert [row.text for row in unit.aliases.all()] == ["Hội ND tỉnh"]


def test_rename_unit_keeps_the_old_name_until_the_day_before(officer):
    unit = UnitFactory(name="Ban Dân vận Tỉnh ủy")
    rename_unit(unit=unit, name="Ban Tuyên giáo và Dân vận Tỉnh ủy", on=date(2025, 2, 3), by=officer)
    unit.refresh_from_db()
    assert unit.name == "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    assert [(row.name, row.ends_on) for row in unit.names.all()] == [
        ("Ban Dân vận Tỉnh ủy", date(2025, 2, 2)),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", None),
    ]
    assert str(Unit.objects.named_on(date(2021, 12, 31)).get(pk=unit.pk)) == "Ban Dân vận Tỉnh ủy"


@pytest.mark.parametrize(
    ("name", "on", "error"),
    [
        ("Hội Nông dân tỉnh", date(2025, 2, 3), Invalid),
        ("Hội Nông dân", date(1999, 1, 1), WrongDate),
        ("Hội Nông dân", date(2000, 1, 1), WrongDate),
        ("Hội Nông dân", date(2999, 1, 1), WrongDate),
    ],
)
def test_rename_unit_refuses_the_same_name_and_impossible_days(officer, name, on, error):
    unit = UnitFactory(name="Hội Nông dân tỉnh")
    with pytest.raises(error):
        rename_unit(unit=unit, name=name, on=on, by=officer)
    assert unit.names.count() == 1


def test_rename_unit_needs_the_right():
    with pytest.raises(PermissionDenied):
        rename_unit(unit=UnitFactory(), name="Báo", on=date(2025, 1, 1), by=UserFactory())


# Blocs and years


def test_create_bloc_makes_its_address_and_other_names(officer):
    bloc = create_bloc(
        by=officer,
        name="Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
        short_name="Khối Đảng, MTTQ và Đoàn thể",
        kind=BlocKind.PARTY,
        aliases=["Khối Thi đua các cơ quan Đảng, Ủy ban MTTQ và các đoàn thể tỉnh Phú Thọ"],
    )
    assert bloc.slug == "khoi-dang-mttq-va-doan-the"
    assert bloc.aliases.count() == 1


def test_create_bloc_refuses_a_used_address_and_dates_out_of_order(officer):
    BlocFactory(slug="khoi-so-1")
    with pytest.raises(Invalid, match="Phần địa chỉ"):
        create_bloc(by=officer, name="Khối số 1", slug="khoi-so-1")
    with pytest.raises(Invalid, match="Ngày kết thúc"):
        create_bloc(by=officer, name="Khối số 2", founded_on=date(2021, 3, 5), dissolved_on=date(2020, 1, 1))
    assert Bloc.objects.count() == 1


def test_create_bloc_needs_the_right():
    with pytest.raises(PermissionDenied):
        create_bloc(by=UserFactory(), name="Khối số 1")


def test_a_standing_agency_does_not_touch_the_blocs_of_another(officer):
    bloc = BlocFactory(organiser=UnitFactory(is_standing_agency=True))
    with pytest.raises(PermissionDenied):
        update_bloc(bloc=bloc, by=officer, name="Khối khác")
    with pytest.raises(PermissionDenied):
        add_member(bloc=bloc, unit=UnitFactory(), starts_on=date(2021, 3, 5), by=officer)
    with pytest.raises(PermissionDenied):
        open_bloc_year(bloc=bloc, year=EmulationYearFactory(), by=officer)


@pytest.mark.parametrize(
    ("start", "target"),
    [(YearState.OPEN, YearState.CLOSED), (YearState.CLOSED, YearState.OPEN), (YearState.CLOSED, YearState.ARCHIVED)],
)
def test_set_year_state_follows_the_table_and_writes_the_log(officer, start, target):
    year = EmulationYearFactory(state=start)
    set_year_state(year=year, target=target, by=officer)
    assert year.state == target
    event = events_of(year).get()
    assert (event.before, event.after) == ({"state": start.value}, {"state": target.value})


def test_set_year_state_refuses_other_steps_with_both_names(officer):
    year = EmulationYearFactory(state=YearState.ARCHIVED)
    year.refresh_from_db()
    with pytest.raises(IllegalStep) as caught:
        set_year_state(year=year, target=YearState.OPEN, by=officer)
    assert caught.value.message == "Không thể chuyển từ “Lưu trữ” sang “Đang mở”."


def test_set_year_state_refuses_the_slower_of_two(officer):
    year = EmulationYearFactory()
    stale = EmulationYearFactory(slug="2021")
    set_year_state(year=year, target=YearState.CLOSED, by=officer)
    with pytest.raises(StaleState):
        set_year_state(year=stale, target=YearState.CLOSED, by=officer)


def test_set_year_state_needs_the_right():
    with pytest.raises(PermissionDenied):
        set_year_state(year=EmulationYearFactory(), target=YearState.CLOSED, by=UserFactory())


def test_open_bloc_year_once(officer):
    bloc, year = BlocFactory(), EmulationYearFactory()
    opened = open_bloc_year(bloc=bloc, year=year, by=officer, theme="Đoàn kết, sáng tạo", declared_members=15)
    assert (opened.theme, opened.declared_members) == ("Đoàn kết, sáng tạo", 15)
    with pytest.raises(Invalid, match="Khối đã được mở cho năm này"):
        open_bloc_year(bloc=bloc, year=year, by=officer)


def test_open_bloc_year_refuses_a_closed_year(officer):
    with pytest.raises(Invalid, match="Đang mở"):
        open_bloc_year(bloc=BlocFactory(), year=EmulationYearFactory(state=YearState.CLOSED), by=officer)


def test_the_secretariat_opens_the_next_year_of_its_own_bloc_only():
    old = BlocYearFactory(members=1)
    secretary = secretary_of(old)
    year = EmulationYearFactory(slug="2022")
    with pytest.raises(PermissionDenied):
        open_bloc_year(bloc=old.bloc, year=year, by=secretary)
    with pytest.raises(PermissionDenied):
        open_bloc_year(bloc=BlocFactory(), year=year, by=secretary, allowed_by=old)
    assert open_bloc_year(bloc=old.bloc, year=year, by=secretary, allowed_by=old).year == year


def test_update_bloc_year_by_the_secretariat_and_nobody_else():
    bloc_year = BlocYearFactory(members=1)
    update_bloc_year(bloc_year=bloc_year, by=secretary_of(bloc_year), theme="Sáng tạo", declared_members=2)
    bloc_year.refresh_from_db()
    assert (bloc_year.theme, bloc_year.declared_members) == ("Sáng tạo", 2)
    with pytest.raises(PermissionDenied):
        update_bloc_year(bloc_year=bloc_year, by=UserFactory(), theme="Khác")


# Members


def test_add_members_in_the_order_of_the_decision(officer):
    bloc, paper = BlocFactory(), PaperFactory()
    units = UnitFactory.create_batch(3)
    add_members(bloc=bloc, units=units, starts_on=date(2021, 3, 5), paper=paper, by=officer)
    rows = list(bloc.memberships.in_order())
    assert [(row.unit, row.position, row.paper) for row in rows] == [
        (units[0], 1, paper),
        (units[1], 2, paper),
        (units[2], 3, paper),
    ]


def test_add_members_adds_all_or_none(officer):
    bloc = BlocFactory()
    unit = UnitFactory()
    with pytest.raises(Overlap):
        add_members(bloc=bloc, units=[unit, UnitFactory(), unit], starts_on=date(2021, 3, 5), by=officer)
    assert bloc.memberships.count() == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((date(2021, 1, 1), None), (date(2022, 1, 1), None)),
        ((date(2021, 1, 1), date(2021, 12, 31)), (date(2021, 12, 31), None)),
        ((date(2021, 1, 1), date(2021, 12, 31)), (date(2020, 1, 1), date(2021, 1, 1))),
    ],
)
def test_add_member_refuses_two_memberships_that_share_a_day(officer, old, new):
    membership = MembershipFactory(starts_on=old[0], ends_on=old[1])
    with pytest.raises(Overlap, match="đã là thành viên của khối từ 01/01/2021"):
        add_member(bloc=membership.bloc, unit=membership.unit, starts_on=new[0], ends_on=new[1], by=officer)


def test_a_unit_may_come_back_after_it_left(officer):
    membership = MembershipFactory(starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31))
    again = add_member(bloc=membership.bloc, unit=membership.unit, starts_on=date(2022, 1, 1), by=officer)
    assert again.position == 2


def test_add_member_refuses_a_bloc_or_unit_that_no_longer_exists(officer):
    gone = BlocFactory(dissolved_on=date(2021, 12, 31))
    with pytest.raises(WrongDate, match="giải thể ngày 31/12/2021"):
        add_member(bloc=gone, unit=UnitFactory(), starts_on=date(2022, 1, 1), by=officer)
    closed = UnitFactory(ends_on=date(2021, 6, 30))
    with pytest.raises(WrongDate, match="kết thúc hoạt động"):
        add_member(bloc=BlocFactory(), unit=closed, starts_on=date(2022, 1, 1), by=officer)


def test_end_membership_once_and_not_before_it_began(officer):
    membership = MembershipFactory(starts_on=date(2021, 3, 5))
    with pytest.raises(WrongDate):
        end_membership(membership=membership, ends_on=date(2021, 3, 4), by=officer)
    end_membership(membership=membership, ends_on=date(2021, 12, 31), by=officer)
    assert Membership.objects.get().ends_on == date(2021, 12, 31)
    with pytest.raises(StaleState):
        end_membership(membership=membership, ends_on=date(2022, 12, 31), by=officer)
    with pytest.raises(PermissionDenied):
        end_membership(membership=MembershipFactory(), ends_on=date(2022, 12, 31), by=UserFactory())


# Offices


def test_appoint_office_fills_the_whole_year_and_gives_rights(officer):
    bloc_year = BlocYearFactory(members=2)
    unit = bloc_year.bloc.memberships.first().unit
    user = staff_of(unit)
    assert not may(user, "blocs.work_on_blocyear", bloc_year)
    office = appoint_office(bloc_year=bloc_year, unit=unit, role=OfficeRole.LEADER, by=officer, basis=OfficeBasis.APPOINTED)
    assert (office.starts_on, office.ends_on) == (date(2021, 1, 1), date(2021, 12, 31))
    assert scope_of(user).led_ids == {bloc_year.pk}
    assert may(user, "blocs.work_on_blocyear", bloc_year)
    event = events_of(office).get()
    assert (event.action, event.on_behalf) == ("cử khối trưởng", True)


def test_appoint_office_refuses_a_second_leader_by_name(officer):
    bloc_year = BlocYearFactory()
    first = UnitFactory(name="Ban Tổ chức Tỉnh ủy")
    appoint_office(bloc_year=bloc_year, unit=first, role=OfficeRole.LEADER, by=officer)
    with pytest.raises(OfficeTaken) as caught:
        appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.LEADER, by=officer)
    assert caught.value.message == "Khối đang có khối trưởng là Ban Tổ chức Tỉnh ủy; hãy kết thúc chức vụ đó trước."
    assert BlocOffice.objects.count() == 1


def test_appoint_office_refuses_a_second_office_and_a_taken_number(officer):
    bloc_year = BlocYearFactory()
    leader, deputy = UnitFactory(), UnitFactory()
    appoint_office(bloc_year=bloc_year, unit=leader, role=OfficeRole.LEADER, by=officer)
    appoint_office(bloc_year=bloc_year, unit=deputy, role=OfficeRole.DEPUTY, by=officer)
    with pytest.raises(OfficeTaken, match="đang giữ chức vụ khối trưởng"):
        appoint_office(bloc_year=bloc_year, unit=leader, role=OfficeRole.DEPUTY, order=2, by=officer)
    with pytest.raises(OfficeTaken, match="chọn thứ tự khác"):
        appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.DEPUTY, by=officer)
    second = appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.DEPUTY, order=2, by=officer)
    assert second.title == "Khối phó thứ 2"


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2021, 6, 1), date(2021, 5, 31)),
        (date(2022, 1, 1), date(2022, 12, 31)),
        (date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_appoint_office_refuses_days_out_of_order_or_outside_the_year(officer, starts_on, ends_on):
    with pytest.raises(WrongDate):
        appoint_office(
            bloc_year=BlocYearFactory(),
            unit=UnitFactory(),
            role=OfficeRole.LEADER,
            starts_on=starts_on,
            ends_on=ends_on,
            by=officer,
        )


def test_appoint_office_needs_a_right_that_covers_the_bloc():
    old = BlocYearFactory(members=2)
    secretary = secretary_of(old)
    following = BlocYearFactory(bloc=old.bloc, year=EmulationYearFactory(slug="2022"))
    unit = UnitFactory()
    with pytest.raises(PermissionDenied):
        appoint_office(bloc_year=following, unit=unit, role=OfficeRole.LEADER, by=secretary)
    with pytest.raises(PermissionDenied):
        appoint_office(bloc_year=BlocYearFactory(), unit=unit, role=OfficeRole.LEADER, by=secretary, allowed_by=old)
    office = appoint_office(bloc_year=following, unit=unit, role=OfficeRole.LEADER, by=secretary, allowed_by=old)
    assert events_of(office).get().on_behalf is False


def test_appoint_office_refuses_a_year_that_was_handed_over(officer):
    bloc_year = BlocYearFactory(members=1)
    secretary = secretary_of(bloc_year)
    record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), by=secretary)
    with pytest.raises(StaleState, match="đã bàn giao ngày 11/01/2022"):
        appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.DEPUTY, by=officer)


def test_end_office_makes_room_for_another_leader(officer):
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    office = bloc_year.offices.get()
    with pytest.raises(WrongDate):
        end_office(office=office, ends_on=date(2020, 12, 31), by=officer)
    with pytest.raises(WrongDate):
        end_office(office=office, ends_on=date(2999, 12, 31), by=officer)
    end_office(office=office, ends_on=date(2021, 6, 30), by=officer)
    assert not may(secretary, "blocs.work_on_blocyear", bloc_year)
    unit = UnitFactory()
    appoint_office(
        bloc_year=bloc_year, unit=unit, role=OfficeRole.LEADER, starts_on=date(2021, 7, 1), basis="succession", by=officer
    )
    assert [(row.ends_on, row.handed_over_on) for row in bloc_year.offices.order_by("starts_on")] == [
        (date(2021, 6, 30), date(2021, 6, 30)),
        (date(2021, 12, 31), None),
    ]
    with pytest.raises(StaleState):
        end_office(office=office, ends_on=date(2021, 7, 30), by=officer)


def test_end_office_needs_the_right():
    bloc_year = BlocYearFactory(members=1)
    secretary_of(bloc_year)
    with pytest.raises(PermissionDenied):
        end_office(office=bloc_year.offices.get(), ends_on=date(2021, 6, 30), by=UserFactory())


def test_add_holder_closes_the_former_the_day_before():
    bloc_year = BlocYearFactory(members=1)
    secretary = secretary_of(bloc_year)
    office = bloc_year.offices.get()
    add_holder(
        office=office, person_name="Bùi Đình Thi", titles=["Ủy viên Ban Thường vụ", "", "Trưởng ban Tổ chức"], by=secretary
    )
    add_holder(office=office, person_name="Nguyễn Văn An", starts_on=date(2021, 9, 1), by=secretary)
    assert [(row.person_name, row.titles, row.starts_on, row.ends_on) for row in office.holders.all()] == [
        ("Bùi Đình Thi", ["Ủy viên Ban Thường vụ", "Trưởng ban Tổ chức"], date(2021, 1, 1), date(2021, 8, 31)),
        ("Nguyễn Văn An", [], date(2021, 9, 1), None),
    ]


@pytest.mark.parametrize(
    ("name", "day", "error"),
    [
        (" ", date(2021, 9, 1), NotReady),
        ("Nguyễn Văn An", date(2020, 12, 31), WrongDate),
        ("Nguyễn Văn An", date(2021, 1, 1), WrongDate),
        ("Đ" * 121, date(2021, 9, 1), Invalid),
    ],
)
def test_add_holder_refuses_what_cannot_be(name, day, error):
    bloc_year = BlocYearFactory(members=1)
    secretary = secretary_of(bloc_year)
    office = bloc_year.offices.get()
    add_holder(office=office, person_name="Bùi Đình Thi", by=secretary)
    with pytest.raises(error):
        add_holder(office=office, person_name=name, starts_on=day, by=secretary)
    assert [row.ends_on for row in office.holders.all()] == [None]


def test_add_holder_needs_the_right():
    bloc_year = BlocYearFactory(members=1)
    secretary_of(bloc_year)
    with pytest.raises(PermissionDenied):
        add_holder(office=bloc_year.offices.get(), person_name="Bùi Đình Thi", by=UserFactory())


def test_save_movements_replaces_the_list_in_order():
    bloc_year = BlocYearFactory(members=1)
    secretary = secretary_of(bloc_year)
    unit = UnitFactory()
    save_movements(bloc_year=bloc_year, rows=[{"name": "Cũ"}], by=secretary)
    save_movements(
        bloc_year=bloc_year,
        rows=[
            {"name": "Xây dựng nông thôn mới", "launched_by": "Thủ tướng Chính phủ"},
            {"name": "Chung tay vì người nghèo", "unit": unit},
        ],
        by=secretary,
    )
    assert [(row.position, row.name, row.launched_by, row.unit) for row in bloc_year.movements.all()] == [
        (1, "Xây dựng nông thôn mới", "Thủ tướng Chính phủ", None),
        (2, "Chung tay vì người nghèo", "", unit),
    ]
    with pytest.raises(Invalid):
        save_movements(bloc_year=bloc_year, rows=[{"name": "Đ" * 301}], by=secretary)
    assert bloc_year.movements.count() == 2
    with pytest.raises(PermissionDenied):
        save_movements(bloc_year=bloc_year, rows=[], by=UserFactory())


# Hand-over


@pytest.fixture
def finished_year():
    """2021 with leader and deputy, 2022 with the deputy of 2021 as leader."""
    bloc_year = BlocYearFactory(members=3)
    leader, deputy = secretary_of(bloc_year), secretary_of(bloc_year, OfficeRole.DEPUTY)
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    unit = bloc_year.offices.get(role=OfficeRole.DEPUTY).unit
    appoint_office(bloc_year=following, unit=unit, role=OfficeRole.LEADER, by=leader, allowed_by=bloc_year)
    return bloc_year, following, leader, deputy


def test_record_handover_ends_the_rights_of_the_year_without_editing_an_account(finished_year):
    bloc_year, following, leader, deputy = finished_year
    assert scope_of(leader).led_ids == {bloc_year.pk}
    handover = record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), note="Đủ hồ sơ.", by=leader)
    assert scope_of(leader).led_ids == frozenset()
    assert scope_of(deputy).led_ids == {following.pk}
    assert not may(leader, "blocs.work_on_blocyear", bloc_year)
    assert may(leader, "blocs.view_blocyear", bloc_year)
    assert handover.to_unit == following.offices.get().unit
    assert {row.handed_over_on for row in bloc_year.offices.all()} == {date(2022, 1, 11)}
    assert {row.handed_over_on for row in following.offices.all()} == {None}
    actions = [event.action for event in AuditEvent.objects.order_by("pk")][-3:]
    assert actions == ["bàn giao chức vụ khối trưởng", "bàn giao chức vụ khối phó", "ghi nhận bàn giao"]
    assert events_of(bloc_year).first().on_behalf is False


def test_a_second_hand_over_says_who_recorded_the_first(finished_year):
    bloc_year, _, leader, _ = finished_year
    record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), by=leader)
    with pytest.raises(StaleState, match="ghi nhận bàn giao ngày 11/01/2022"):
        record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 12), by=leader)
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2022, 1, 13)])
@time_machine.travel("2022-01-12T08:00:00+07:00", tick=False)
def test_record_handover_refuses_days_before_the_office_and_in_the_future(finished_year, day):
    bloc_year, _, leader, _ = finished_year
    with pytest.raises(WrongDate):
        record_handover(bloc_year=bloc_year, handed_over_on=day, by=leader)
    assert Handover.objects.count() == 0


def test_record_handover_needs_somebody_in_office(officer):
    with pytest.raises(NotReady, match="đang giữ chức vụ"):
        record_handover(bloc_year=BlocYearFactory(), handed_over_on=date(2022, 1, 11), by=officer)


def test_record_handover_is_not_for_members_nor_for_the_agency_while_the_secretariat_works(finished_year, officer):
    bloc_year, _, _, _ = finished_year
    member = staff_of(bloc_year.bloc.memberships.last().unit)
    for user in (member, officer, UserFactory()):
        with pytest.raises(PermissionDenied):
            record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), by=user)


def test_the_agency_records_on_behalf_where_the_leader_has_no_account(officer):
    bloc_year = BlocYearFactory()
    appoint_office(bloc_year=bloc_year, unit=UnitFactory(), role=OfficeRole.LEADER, by=officer)
    assert is_on_behalf(officer, bloc_year)
    record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), by=officer)
    assert events_of(bloc_year).first().on_behalf is True

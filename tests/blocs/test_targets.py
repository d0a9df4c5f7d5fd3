"""The ledger of targets: results of units and of the bloc, carried from version to version, each written by whom it may."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from blocs.enums import CovenantState, ResultStage, TargetBasis
from blocs.errors import Invalid
from blocs.judging import Judgement
from blocs.ledger import ledger_of, stage_of, usual_stage, version_in_force
from blocs.models import TargetResult
from blocs.services import (
    ItemInput,
    ResultInput,
    record_signatures,
    revise_covenant,
    save_covenant,
    save_results,
    send_covenant,
)
from blocs.services.covenants import digest_of
from common.audit import events_of
from common.errors import NotReady, StaleState
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db
MID, END = ResultStage.MID_YEAR, ResultStage.YEAR_END
SUM, EACH = TargetBasis.SUM, TargetBasis.EACH
ITEMS = [
    ItemInput("Hoàn thành nhiệm vụ chính trị được giao.", "Nhiệm vụ chính trị"),
    ItemInput("Giải ngân vốn đầu tư công", "Nhiệm vụ chính trị", "at_least", Decimal(95), "%"),
    ItemInput("Xây nhà Đại đoàn kết", "Hoạt động chung", "at_least", Decimal(2), "nhà", date(2021, 9, 30), None, SUM),
    ItemInput("Lao động tiên tiến", "Thi đua", "at_least", Decimal(90), "%", basis=EACH),
]


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def version(bloc_year, secretary):
    return send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS), by=secretary)


@pytest.fixture
def units(bloc_year):
    return [row.unit for row in bloc_year.memberships]


def write(bloc_year, by, number, value, unit=None, stage=END, **given):
    """Write one result as the page does: with the version that the ledger shows now."""
    row = ledger_of(bloc_year).rows[number - 1]
    old = row.result(stage, unit)
    given.setdefault("version", old.version if old else None)
    value = None if value is None else Decimal(value)
    return save_results(
        bloc_year=bloc_year, stage=stage, unit=unit, by=by, results=[ResultInput(row.item.pk, value, **given)]
    )


def outcome(bloc_year, number, stage=END):
    return ledger_of(bloc_year).rows[number - 1].outcome(stage)


def test_only_what_is_measured_stands_in_the_ledger(bloc_year, version):
    ledger = ledger_of(bloc_year)
    assert [(row.number, row.item.text) for row in ledger.rows] == [
        (1, "Giải ngân vốn đầu tư công"),
        (2, "Xây nhà Đại đoàn kết"),
        (3, "Lao động tiên tiến"),
    ]
    assert [heading for heading, _ in ledger.groups] == ["Nhiệm vụ chính trị", "Hoạt động chung", "Thi đua"]
    assert ledger.counts(END)[Judgement.NO_RESULT] == 3
    assert not ledger.has_results(END)
    assert ledger.rows[1].words == "ít nhất 02 nhà; cộng kết quả các đơn vị; thời hạn 30/9/2021"


def test_before_a_covenant_is_sent_there_is_no_ledger(bloc_year, secretary):
    assert ledger_of(bloc_year).version is None
    save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS)
    assert ledger_of(bloc_year).version is None
    with pytest.raises(NotReady, match="giao ước đã gửi các đơn vị ký"):
        save_results(bloc_year=bloc_year, stage=END, results=[], by=secretary)


def test_the_bloc_as_a_whole_has_one_typed_result(bloc_year, version, secretary):
    write(bloc_year, secretary, 1, "94.9", note="Báo cáo của Sở Tài chính")
    found = outcome(bloc_year, 1)
    assert (found.judgement, found.words, found.note) == (Judgement.MISSED, "94,9%", "Báo cáo của Sở Tài chính")
    write(bloc_year, secretary, 1, "96.4", qualifier="over")
    assert (outcome(bloc_year, 1).judgement, outcome(bloc_year, 1).words) == (Judgement.REACHED, "trên 96,4%")
    assert outcome(bloc_year, 1, MID).judgement == Judgement.NO_RESULT


def test_results_of_units_are_added_up_and_missing_units_are_said(bloc_year, version, secretary, units):
    write(bloc_year, secretary, 2, 1, units[0])
    found = outcome(bloc_year, 2)
    assert (found.judgement, found.words, found.count_note) == (Judgement.UNCLEAR, "01 nhà", "01/03 đơn vị đã báo kết quả")
    write(bloc_year, secretary, 2, 1, units[1])
    assert outcome(bloc_year, 2).judgement == Judgement.REACHED
    write(bloc_year, secretary, 2, 0, units[1])
    write(bloc_year, secretary, 2, 0, units[2])
    assert (outcome(bloc_year, 2).judgement, outcome(bloc_year, 2).words) == (Judgement.MISSED, "01 nhà")


def test_where_each_unit_must_reach_it_those_that_did_are_counted(bloc_year, version, secretary, units):
    write(bloc_year, secretary, 3, "92.5", units[0])
    assert (outcome(bloc_year, 3).judgement, outcome(bloc_year, 3).words) == (Judgement.UNCLEAR, "01/03 đơn vị đạt")
    write(bloc_year, secretary, 3, 90, units[1])
    write(bloc_year, secretary, 3, 90, units[2])
    assert (outcome(bloc_year, 3).judgement, outcome(bloc_year, 3).words) == (Judgement.REACHED, "03/03 đơn vị đạt")
    write(bloc_year, secretary, 3, "89.99", units[2])
    assert (outcome(bloc_year, 3).judgement, outcome(bloc_year, 3).words) == (Judgement.MISSED, "02/03 đơn vị đạt")


def test_a_unit_writes_its_own_results_and_no_others(bloc_year, version, secretary, units):
    member = staff_of(units[2])
    assert write(bloc_year, member, 2, 1, units[2]) == 1
    assert TargetResult.objects.get().recorded_by == member
    assert [event.on_behalf for event in events_of(bloc_year) if "kết quả" in event.action] == [False]
    for unit, number in ((units[1], 2), (None, 1)):
        with pytest.raises(PermissionDenied):
            write(bloc_year, member, number, 1, unit)
    for user in (UserFactory(), AdministratorFactory(), staff_of(UnitFactory()), standing_agency_officer()):
        with pytest.raises(PermissionDenied):
            write(bloc_year, user, 2, 1, units[2])


def test_the_agency_writes_for_a_bloc_without_accounts_and_it_is_marked():
    bloc_year = BlocYearFactory(members=2)
    officer = standing_agency_officer()
    send_covenant(version=save_covenant(bloc_year=bloc_year, by=officer, items=ITEMS), by=officer)
    write(bloc_year, officer, 1, 95)
    event = next(event for event in events_of(bloc_year) if "kết quả" in event.action)
    assert event.on_behalf
    assert (event.before, event.after) == ({"1": ""}, {"unit": "", "stage": "year_end", "1": "95%"})


def test_a_stranger_to_the_bloc_has_no_results(bloc_year, version, secretary):
    with pytest.raises(Invalid, match="không phải là thành viên"):
        write(bloc_year, secretary, 2, 1, UnitFactory())


def test_a_sum_is_never_less_than_nothing(bloc_year, version, secretary, units):
    with pytest.raises(Invalid, match="không thể nhỏ hơn 0"):
        write(bloc_year, secretary, 2, -1, units[0])


def test_two_who_write_one_result_at_once_are_told_about_each_other(bloc_year, version, secretary, units):
    member = staff_of(units[0])
    write(bloc_year, member, 2, 1, units[0])
    with pytest.raises(StaleState) as caught:
        write(bloc_year, secretary, 2, 3, units[0], version=None)
    assert caught.value.message.startswith(f"Chỉ tiêu 2: {member} đã ghi “01 nhà” lúc ")
    write(bloc_year, member, 2, 2, units[0])
    with pytest.raises(StaleState):
        write(bloc_year, secretary, 2, 3, units[0], version=1)
    assert outcome(bloc_year, 2).words == "02 nhà"
    # What is the same already is no conflict.
    assert write(bloc_year, secretary, 2, 2, units[0], version=1) == 0


def test_a_result_taken_out_meanwhile_is_a_conflict_too(bloc_year, version, secretary):
    write(bloc_year, secretary, 1, 95)
    assert write(bloc_year, secretary, 1, None) == 1
    with pytest.raises(StaleState, match="vừa được người khác xóa"):
        write(bloc_year, secretary, 1, 96, version=1)
    assert TargetResult.history.count() == 2


def test_all_results_of_a_page_are_written_or_none(bloc_year, version, secretary, units):
    rows = ledger_of(bloc_year).unit_rows
    given = [ResultInput(rows[1].item.pk, Decimal(95)), ResultInput(rows[0].item.pk, Decimal(-1))]
    with pytest.raises(Invalid):
        save_results(bloc_year=bloc_year, stage=MID, unit=units[0], results=given, by=secretary)
    assert not TargetResult.objects.exists()


# Versions


def next_version(version, by, items):
    draft = revise_covenant(covenant=version.covenant, by=by, change_note="Điều chỉnh chỉ tiêu")
    save_covenant(
        bloc_year=version.covenant.bloc_year, by=by, items=items, version=draft.version, change_note="Điều chỉnh chỉ tiêu"
    )
    draft.refresh_from_db()
    return send_covenant(version=draft, by=by)


def test_a_draft_of_the_next_version_changes_nothing_in_the_ledger(bloc_year, version, secretary):
    write(bloc_year, secretary, 1, 95)
    revise_covenant(covenant=version.covenant, by=secretary)
    assert version_in_force(bloc_year) == version
    assert outcome(bloc_year, 1).words == "95%"


def test_a_new_version_keeps_the_results_of_targets_of_the_same_words(bloc_year, version, secretary, units):
    write(bloc_year, secretary, 1, 96)
    write(bloc_year, secretary, 2, 1, units[0])
    write(bloc_year, secretary, 3, 95, units[0])
    # Another number keeps the results and judges them anew; another text or basis is another target.
    changed = [
        ItemInput("Xây nhà Đại đoàn kết", "Hoạt động chung", "at_least", Decimal(1), "nhà", basis=SUM),
        ItemInput("Giải ngân vốn đầu tư công", "Nhiệm vụ chính trị", "at_least", Decimal(97), "%"),
        ItemInput("Lao động tiên tiến", "Thi đua", "at_least", Decimal(90), "%", basis=SUM),
    ]
    newer = next_version(version, secretary, changed)
    assert ledger_of(bloc_year).version == newer
    assert [outcome(bloc_year, number).words for number in (1, 2, 3)] == ["01 nhà", "96%", ""]
    assert outcome(bloc_year, 1).judgement == Judgement.REACHED
    assert outcome(bloc_year, 2).judgement == Judgement.MISSED


def test_a_carried_result_is_written_over_in_the_new_version_and_the_old_one_stays(bloc_year, version, secretary):
    write(bloc_year, secretary, 1, 96)
    next_version(version, secretary, ITEMS)
    with pytest.raises(StaleState):
        write(bloc_year, secretary, 1, 97, version=None)
    write(bloc_year, secretary, 1, 97)
    assert outcome(bloc_year, 1).words == "97%"
    assert sorted(TargetResult.objects.values_list("value", "version")) == [(96, 1), (97, 2)]
    # Opened before the first change, it is stale after it.
    with pytest.raises(StaleState):
        write(bloc_year, secretary, 1, 98, version=1)


def test_a_carried_result_that_is_taken_out_does_not_come_back(bloc_year, version, secretary):
    write(bloc_year, secretary, 1, 96)
    next_version(version, secretary, ITEMS)
    write(bloc_year, secretary, 1, 97)
    write(bloc_year, secretary, 1, None)
    assert outcome(bloc_year, 1).judgement == Judgement.NO_RESULT


def test_two_targets_of_the_same_words_follow_one_another_by_their_place(bloc_year, secretary):
    twice = [ItemInput("Xây nhà", value=Decimal(number), unit_of_measure="nhà") for number in (2, 5)]
    first = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=twice), by=secretary)
    write(bloc_year, secretary, 1, 3)
    write(bloc_year, secretary, 2, 4)
    next_version(first, secretary, twice)
    assert [outcome(bloc_year, number).words for number in (1, 2)] == ["03 nhà", "04 nhà"]


def test_a_form_opened_before_a_new_version_took_the_target_out_is_stale(bloc_year, version, secretary):
    gone = ledger_of(bloc_year).rows[0].item
    next_version(version, secretary, ITEMS[2:])
    with pytest.raises(StaleState, match="bản mới"):
        save_results(bloc_year=bloc_year, stage=END, results=[ResultInput(gone.pk, Decimal(95))], by=secretary)


def test_the_version_that_all_signed_comes_before_the_one_being_signed(bloc_year, version, secretary):
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2021, 3, 5)) for row in version.signatures.all()]
    record_signatures(version=version, rows=rows, by=secretary)
    assert version.state == CovenantState.SIGNED
    assert version_in_force(bloc_year) == version


# What hangs on the contents


def test_day_unit_and_basis_are_part_of_the_digest(bloc_year, secretary, units):
    def digest(**changes):
        item = ItemInput("Xây nhà", value=Decimal(2), unit_of_measure="nhà", **changes)
        known = bloc_year.covenant.current.version if hasattr(bloc_year, "covenant") else None
        return digest_of(save_covenant(bloc_year=bloc_year, by=secretary, items=[item], version=known))

    plain = digest()
    bloc_year.refresh_from_db()
    found = {plain, digest(due_on=date(2021, 9, 30)), digest(responsible=units[0]), digest(basis=SUM)}
    assert len(found) == 4
    # The canonical text of a content without them is what it was before they existed.
    assert digest() == plain


def test_a_revised_version_begins_with_day_unit_and_basis(bloc_year, secretary, units):
    item = ItemInput("Xây nhà", "Chung", "at_least", Decimal(2), "nhà", date(2021, 9, 30), units[1], SUM)
    sent = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=[item]), by=secretary)
    draft = revise_covenant(covenant=sent.covenant, by=secretary)
    assert ItemInput.copy_of(draft.items.get()) == ItemInput.copy_of(sent.items.get()) == item


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_takes_the_same_number_of_queries(django_assert_num_queries, count):
    bloc_year = BlocYearFactory(members=count)
    secretary = secretary_of(bloc_year)
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS * count), by=secretary)
    for row in bloc_year.memberships:
        write(bloc_year, secretary, 2, 1, row.unit)
    for _ in range(count - 1):
        version = next_version(version, secretary, ITEMS * count)
    with django_assert_num_queries(5):
        ledger = ledger_of(bloc_year)
        assert ledger.rows[1].outcome(END).reported == count
        assert [row.words for row in ledger.rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2021, 6, 30), MID), (date(2021, 8, 31), MID), (date(2021, 9, 1), END), (date(2022, 1, 5), END)],
)
def test_one_looks_at_half_of_the_year_while_it_lasts(bloc_year, day, expected):
    assert usual_stage(bloc_year.year, day) == expected
    assert stage_of("nonsense", bloc_year.year, day) == expected
    assert (stage_of("giua-nam", bloc_year.year, day), stage_of("cuoi-nam", bloc_year.year, day)) == (MID, END)

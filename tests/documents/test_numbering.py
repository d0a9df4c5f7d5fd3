"""Numbers of papers: opting in and out, the clerk's register, gaps, dated places and terms."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from common.audit import events_of
from documents.enums import LetterheadProfile, Numbering
from documents.errors import Invalid, NumberTaken
from documents.models import IssuedDocument, NumberSeries
from documents.series import series_of
from documents.services import issue_document, set_last_number
from documents.services.issuers import save_places, save_terms, switch_numbering
from documents.services.numbering import running_of
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import IssuerFactory, PaperFactory, UserFactory, standing_agency_officer

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 1, 14)


@pytest.fixture
def issuer():
    return IssuerFactory(symbol="KTĐ")


@pytest.fixture
def agency():
    return standing_agency_officer()


def issue(issuer, number="", day=DAY, **values):
    """Issued without drawing it: only the number is asked about."""
    values = {"form": SampleLetter(issuer=issuer), "subject": issuer, "by": UserFactory(), **values}
    return issue_document(number=number, issued_on=day, made=b"%PDF-1.7", **values)


def printed(issuer, *numbers, type="TTr", period="2022"):
    for number in numbers:
        IssuedDocument.objects.create(
            form="to-trinh",
            title="Tờ trình",
            number=number,
            type=type,
            period=period,
            running=running_of(number),
            issuer=issuer,
            issued_on=DAY,
            file=ContentFile(b"x", "x.pdf"),
            sha256="0" * 64,
            code=f"{issuer.pk}-{type}-{period}-{number}"[:40],
            subject=issuer,
            created_by=UserFactory(),
        )


# Opting in and out


def test_an_issuer_opts_in_and_goes_on_from_the_highest_typed_number(issuer, agency):
    printed(issuer, "05/TTr-KTĐ", "07/TTr-KTĐ")
    switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=agency)
    assert issue(issuer).number == "08/TTr-KTĐ"
    assert issue(issuer).number == "09/TTr-KTĐ"
    assert events_of(issuer).first().after == {"numbering": "automatic"}


def test_after_a_time_of_typing_the_series_goes_on_behind_what_was_typed(issuer, agency):
    switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=agency)
    assert issue(issuer).number == "01/TTr-KTĐ"
    switch_numbering(issuer=issuer, numbering=Numbering.TYPED, by=agency)
    assert issue(issuer, number="4").number == "04/TTr-KTĐ"
    switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=agency)
    assert issue(issuer).number == "05/TTr-KTĐ"


def test_each_year_and_each_type_has_its_own_series(issuer, agency):
    switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=agency)
    assert [issue(issuer, day=datetime.date(year, 1, 2)).number for year in (2021, 2022, 2022)] == [
        "01/TTr-KTĐ",
        "01/TTr-KTĐ",
        "02/TTr-KTĐ",
    ]


def test_the_same_way_twice_or_no_such_way_is_refused(issuer, agency):
    with pytest.raises(Invalid, match="rồi"):
        switch_numbering(issuer=issuer, numbering=Numbering.TYPED, by=agency)
    with pytest.raises(Invalid, match="Không có cách cấp số này"):
        switch_numbering(issuer=issuer, numbering="magic", by=agency)


@pytest.mark.parametrize(
    "act",
    [
        lambda issuer, by: switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=by),
        lambda issuer, by: save_places(issuer=issuer, rows=[], by=by),
        lambda issuer, by: save_terms(issuer=issuer, rows=[], by=by),
        lambda issuer, by: set_last_number(issuer=issuer, type_abbreviation="BC", period="2022", last=4, by=by),
    ],
)
def test_only_the_standing_agency_keeps_the_register_of_issuers(issuer, act):
    with pytest.raises(PermissionDenied):
        act(issuer, UserFactory())


# The clerk's register


def test_the_register_of_the_clerk_may_be_ahead_but_not_behind(issuer, agency):
    values = {"issuer": issuer, "type_abbreviation": "TTr", "period": "2022", "by": agency}
    set_last_number(last=40, **values)
    switch_numbering(issuer=issuer, numbering=Numbering.AUTOMATIC, by=agency)
    assert issue(issuer).number == "41/TTr-KTĐ"
    with pytest.raises(NumberTaken, match="Số 41 đã dùng"):
        set_last_number(last=12, **values)
    assert NumberSeries.objects.get().last == 41


def test_numbers_missing_between_used_ones_are_reported_as_ranges(issuer):
    printed(issuer, "02/TTr-KTĐ", "05/TTr-KTĐ", "06/TTr-KTĐ", "09/TTr-KTĐ", "05a/TTr-KTĐ")
    row = series_of(issuer)[0]
    assert (row.type, row.period, row.count, row.lowest, row.highest) == ("TTr", "2022", 5, 2, 9)
    assert row.gaps == ("03–04", "07–08")
    assert row.next == 10


def test_a_scanned_paper_with_the_number_is_no_gap(issuer):
    printed(issuer, "02/TTr-KTĐ", "04/TTr-KTĐ")
    assert series_of(issuer)[0].gaps == ("03",)
    PaperFactory(issuer=issuer, number="03/TTr-KTĐ", issued_on=DAY)
    assert series_of(issuer)[0].gaps == ()


def test_many_gaps_are_cut_and_a_series_without_papers_is_shown(issuer, agency):
    printed(issuer, *[f"{number}/TTr-KTĐ" for number in range(1, 60, 2)])
    set_last_number(issuer=issuer, type_abbreviation="BC", period="2021", last=7, by=agency)
    newest, oldest = series_of(issuer)
    assert newest.is_cut
    assert len(newest.gaps) == 12
    assert (oldest.type, oldest.last, oldest.highest, oldest.next) == ("BC", 7, None, 8)


def test_a_number_as_large_as_a_clerk_may_type_costs_nothing(issuer):
    printed(issuer, "1/TTr-KTĐ", "999999/TTr-KTĐ")
    assert series_of(issuer)[0].gaps == ("02–999998",)


# Places and terms


def place(name, starts, ends=None):
    return {"name": name, "starts_on": starts, "ends_on": ends}


def test_a_paper_bears_the_place_of_its_day(issuer, agency):
    turn = datetime.date(2025, 7, 1)
    rows = [place("Việt Trì", datetime.date(2000, 1, 1), turn - datetime.timedelta(1)), place("Phú Thọ", turn)]
    save_places(issuer=issuer, rows=rows[::-1], by=agency)
    assert [issuer.place_on(day) for day in (DAY, turn)] == ["Việt Trì", "Phú Thọ"]
    assert "Việt Trì" in str(events_of(issuer).first().after)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([place("A", DAY, datetime.date(2021, 1, 1))], "ở trước ngày"),
        ([place("A", datetime.date(2020, 1, 1)), place("B", DAY)], "trùng thời gian"),
        ([place("A", datetime.date(2020, 1, 1), DAY), place("B", DAY)], "cùng ghi cho ngày 14/01/2022"),
    ],
)
def test_two_places_on_one_day_are_refused_and_nothing_is_saved(issuer, agency, rows, sentence):
    save_places(issuer=issuer, rows=[place("Phú Thọ", DAY)], by=agency)
    with pytest.raises(Invalid, match=sentence):
        save_places(issuer=issuer, rows=rows, by=agency)
    assert [row.name for row in issuer.places.all()] == ["Phú Thọ"]


def term(label, starts, ends=None):
    return {"label": label, "starts_on": starts, "ends_on": ends}


def test_a_term_with_numbered_papers_may_not_go(issuer, agency):
    rows = [
        term("2020-2025", datetime.date(2020, 10, 1), datetime.date(2025, 9, 30)),
        term("2025-2030", datetime.date(2025, 10, 1)),
    ]
    save_terms(issuer=issuer, rows=rows, by=agency)
    printed(issuer, "05-TTr/BTC", period="2020-2025")
    with pytest.raises(Invalid, match="Nhiệm kỳ 2020-2025 đã có văn bản"):
        save_terms(issuer=issuer, rows=rows[1:], by=agency)
    save_terms(issuer=issuer, rows=rows[:1], by=agency)
    assert [row.label for row in issuer.terms.all()] == ["2020-2025"]


def test_a_term_named_twice_is_refused(issuer, agency):
    rows = [term("2020-2025", DAY, DAY), term("2020-2025", datetime.date(2023, 1, 1))]
    with pytest.raises(Invalid, match="ghi hai lần"):
        save_terms(issuer=issuer, rows=rows, by=agency)


def test_all_rows_may_be_taken_off(issuer, agency):
    save_places(issuer=issuer, rows=[place("Phú Thọ", DAY)], by=agency)
    save_places(issuer=issuer, rows=[], by=agency)
    assert issuer.places.count() == 0
    assert issuer.profile == LetterheadProfile.STATE

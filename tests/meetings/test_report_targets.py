"""The report of a meeting starts from the ledger of targets."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.enums import ResultStage, TargetBasis
from blocs.services import ItemInput, ResultInput, save_covenant, save_results, send_covenant
from meetings.documents import YearEndReport
from meetings.enums import MeetingKind
from meetings.report_targets import targets_of
from tests.documents.reading import text_of
from tests.factories.blocs import BlocYearFactory, secretary_of
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
MID, END = ResultStage.MID_YEAR, ResultStage.YEAR_END


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=2)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def items(bloc_year, secretary):
    given = [
        ItemInput("Giải ngân vốn đầu tư công.", "Nhiệm vụ chính trị", "at_least", Decimal(95), "%"),
        ItemInput("Xây nhà Đại đoàn kết", "Hoạt động chung", "at_least", Decimal(2), "nhà", basis=TargetBasis.SUM),
        ItemInput("Hoàn thành nhiệm vụ.", "Nhiệm vụ chính trị"),
    ]
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=given), by=secretary)
    return list(version.items.filter(value__isnull=False))


def meeting_of(bloc_year, *kinds):
    return MeetingFactory(bloc_year=bloc_year, kinds=list(kinds))


def test_without_targets_or_results_the_report_has_no_such_part(bloc_year, secretary):
    meeting = meeting_of(bloc_year, MeetingKind.YEAR_END)
    assert targets_of(meeting) == {}
    titles = [part["title"] for part in YearEndReport(meeting).get_values()["parts"]]
    assert "Kết quả thực hiện các chỉ tiêu giao ước" not in titles


def test_the_stage_is_that_of_the_meeting(bloc_year, secretary, items):
    for stage, value in ((MID, "40"), (END, "97.5")):
        given = [ResultInput(items[0].pk, Decimal(value), "over" if stage == END else "", "Kho bạc Nhà nước")]
        save_results(bloc_year=bloc_year, stage=stage, results=given, by=secretary)
    half = targets_of(meeting_of(bloc_year, MeetingKind.MID_YEAR))
    assert half["groups"][0]["rows"][0]["judgement"] == "Chưa đạt"
    assert half["summary"] == "Giao ước thi đua có 02 chỉ tiêu đo được: 01 chỉ tiêu chưa đạt, 01 chỉ tiêu chưa có kết quả."
    whole = targets_of(meeting_of(bloc_year, MeetingKind.YEAR_END, MeetingKind.COVENANT))
    assert whole["groups"] == [
        {
            "heading": "Nhiệm vụ chính trị",
            "rows": [
                {
                    "number": 1,
                    "text": "Giải ngân vốn đầu tư công",
                    "target": "ít nhất 95%",
                    "result": "trên 97,5%",
                    "note": "Kho bạc Nhà nước",
                    "judgement": "Đạt",
                }
            ],
        },
        {
            "heading": "Hoạt động chung",
            "rows": [
                {
                    "number": 2,
                    "text": "Xây nhà Đại đoàn kết",
                    "target": "ít nhất 02 nhà",
                    "result": "",
                    "note": "00/02 đơn vị đã báo kết quả",
                    "judgement": "Chưa có kết quả",
                }
            ],
        },
    ]
    assert targets_of(meeting_of(bloc_year, MeetingKind.COVENANT)) == {}


def test_the_page_of_the_meeting_asks_for_results_until_there_are_some(client, bloc_year, secretary, items):
    meeting = meeting_of(bloc_year, MeetingKind.YEAR_END)
    client.force_login(secretary)
    url = reverse("meetings:meeting", args=[bloc_year.bloc.slug, "2021", meeting.pk])
    assert "Nhập kết quả chỉ tiêu" in client.get(url).content.decode()
    save_results(bloc_year=bloc_year, stage=END, results=[ResultInput(items[0].pk, Decimal(90))], by=secretary)
    assert "Nhập kết quả chỉ tiêu" not in client.get(url).content.decode()


def test_a_meeting_of_another_kind_or_without_targets_asks_for_nothing(bloc_year):
    for kind in (MeetingKind.YEAR_END, MeetingKind.COVENANT):
        assert not YearEndReport(meeting_of(bloc_year, kind)).lacks_target_results


def test_many_targets_make_several_pictures_of_one_scale(bloc_year, secretary):
    given = [ItemInput(f"Chỉ tiêu thứ {number}", value=Decimal(10), unit_of_measure="nhà") for number in range(13)]
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=given), by=secretary)
    results = [ResultInput(version.items.first().pk, Decimal(15))]
    save_results(bloc_year=bloc_year, stage=END, results=results, by=secretary)
    found = targets_of(meeting_of(bloc_year, MeetingKind.YEAR_END))
    assert [len(bars) for bars in found["charts"]] == [5, 5, 3]
    assert Decimal(found["longest"]) == 150


@pytest.mark.slow
def test_the_printed_report_reads_back_equal_to_the_ledger(bloc_year, secretary, items):
    save_results(bloc_year=bloc_year, stage=END, results=[ResultInput(items[0].pk, Decimal(90))], by=secretary)
    unit = bloc_year.memberships[0].unit
    save_results(bloc_year=bloc_year, stage=END, unit=unit, results=[ResultInput(items[1].pk, Decimal(3))], by=secretary)
    form = YearEndReport(meeting_of(bloc_year, MeetingKind.YEAR_END))
    text = text_of(form.pdf())
    assert "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU GIAO ƯỚC" in text
    for group in targets_of(form.meeting)["groups"]:
        for row in group["rows"]:
            assert row["text"] in text
            assert row["target"] in text
            assert f"{row['result']} – {row['judgement']}" in text

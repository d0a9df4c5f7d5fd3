"""The pages of the ledger: who reads it, who enters results, what a page costs, what Excel gets."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.enums import ResultStage, TargetBasis
from blocs.models import TargetResult
from blocs.services import ItemInput, ResultInput, save_covenant, save_results, send_covenant
from common.charts import COLOURS, bar_chart
from tests.documents.reading import text_of as pdf_text
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.filled_form import read_form, rows

pytestmark = pytest.mark.django_db
END = ResultStage.YEAR_END
ITEMS = [
    ItemInput("Giải ngân vốn đầu tư công", "Nhiệm vụ", "at_least", Decimal(95), "%"),
    ItemInput("Xây nhà Đại đoàn kết", "Hoạt động chung", "at_least", Decimal(2), "nhà", date(2021, 9, 30), basis="sum"),
    ItemInput("Lao động tiên tiến", "Thi đua", "at_least", Decimal(90), "%", basis=TargetBasis.EACH),
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
def member(bloc_year):
    """The last member and somebody who works for it."""
    unit = bloc_year.bloc.memberships.order_by("position").last().unit
    return unit, staff_of(unit)


@pytest.fixture
def at(bloc_year):
    def address(name, *args, stage="cuoi-nam"):
        return reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, *args]) + f"?ky={stage}"

    return address


def text_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_before_a_covenant_is_sent_the_page_says_so(client, secretary, at):
    client.force_login(secretary)
    assert "Chưa có chỉ tiêu để theo dõi." in text_of(client.get(at("targets")))


def test_a_covenant_without_targets_says_so(client, bloc_year, secretary, at):
    items = [ItemInput("Hoàn thành nhiệm vụ.")]
    send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=items), by=secretary)
    client.force_login(secretary)
    assert "không có chỉ tiêu đo được" in text_of(client.get(at("targets")))


def test_members_and_the_agency_read_the_ledger_and_strangers_find_none(client, secretary, version, member, at):
    for user in (secretary, member[1], standing_agency_officer()):
        client.force_login(user)
        page = text_of(client.get(at("targets")))
        assert "ít nhất 02 nhà" in page
        assert "None" not in page
        assert client.get(at("targets-export")).status_code == 200
    for user in (UserFactory(), AdministratorFactory()):
        client.force_login(user)
        assert client.get(at("targets")).status_code == 404


def test_a_unit_enters_its_own_results_and_sees_them_judged(client, version, member, at):
    unit, user = member
    client.force_login(user)
    page = text_of(client.get(at("targets")))
    assert "Nhập kết quả đơn vị tôi" in page
    assert "Nhập kết quả chung của khối" not in page
    url = at("target-results", unit.code)
    rows = version.items.exclude(basis="bloc")
    sums, each = rows.get(basis="sum"), rows.get(basis="each")
    data = read_form(client.get(url), f"kq-{sums.pk}-value")
    data |= {f"kq-{sums.pk}-value": "1", f"kq-{each.pk}-value": "92,5", f"kq-{each.pk}-qualifier": "over"}
    data[f"kq-{each.pk}-note"] = "Theo quyết định khen thưởng"
    response = client.post(url, data)
    assert (response.status_code, response.url) == (302, at("targets"))
    page = text_of(client.get(at("targets")))
    assert "trên 92,5%" in page
    assert "01/03 đơn vị đạt" in page
    assert "Theo quyết định khen thưởng" in page
    assert TargetResult.objects.filter(recorded_by=user, stage=END).count() == 2
    assert "Tổng kết năm: trên 92,5%." in text_of(client.get(at("target-results", unit.code, stage="giua-nam")))


def test_a_unit_opens_neither_another_units_page_nor_the_blocs(client, bloc_year, version, member, at):
    other = bloc_year.bloc.memberships.order_by("position").first().unit
    client.force_login(member[1])
    for url in (at("target-results", other.code), at("target-bloc-results")):
        assert client.get(url).status_code == 403
        assert client.post(url, {}).status_code == 403
    assert client.get(at("target-results", "khong-co")).status_code == 404


def test_the_agency_reads_but_does_not_write_for_a_bloc_that_has_its_secretariat(client, version, member, at):
    client.force_login(standing_agency_officer())
    assert client.get(at("target-results", member[0].code)).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "hai"}, "Hãy nhập một số."),
        ({"value": "1,23456"}, "4 chữ số"),
        ({"value": "1.234.567.890.123,4567"}, "nhiều hơn 15 chữ số"),
        ({"qualifier": "over"}, "Đã chọn mức hoặc ghi chú thì phải ghi kết quả."),
        ({"note": "Nguồn"}, "Đã chọn mức hoặc ghi chú thì phải ghi kết quả."),
        ({"value": "1", "note": "Đ" * 301}, "300"),
        ({"value": "-1"}, "không thể nhỏ hơn 0"),
    ],
)
def test_a_faulty_result_comes_back_with_what_was_typed(client, secretary, version, member, at, typed, sentence):
    client.force_login(secretary)
    prefix = f"kq-{version.items.get(basis='sum').pk}"
    url = at("target-results", member[0].code)
    page = text_of(client.post(url, {f"{prefix}-{name}": value for name, value in typed.items()}), 422)
    assert sentence in page
    assert not TargetResult.objects.exists()
    for value in typed.values():
        assert value in page


def test_the_second_of_two_keeps_what_was_typed_and_may_write_over(client, bloc_year, secretary, version, member, at):
    unit, user = member
    item = version.items.get(basis="sum")
    url = at("target-results", unit.code)
    client.force_login(secretary)
    data = read_form(client.get(url), f"kq-{item.pk}-value")
    results = [ResultInput(item.pk, Decimal(7))]
    save_results(bloc_year=bloc_year, stage=END, unit=unit, results=results, by=user)
    response = client.post(url, {**data, f"kq-{item.pk}-value": "3"})
    page = text_of(response, 422)
    assert f"Chỉ tiêu 2: {user} đã ghi “07 nhà”" in page
    again = read_form(response, f"kq-{item.pk}-value")
    assert again[f"kq-{item.pk}-value"] == "3"
    assert client.post(url, again).status_code == 302
    assert TargetResult.objects.get().value == 3


def test_excel_has_numbers_as_numbers_and_words_where_they_stand(client, bloc_year, secretary, version, member, at):
    item = version.items.get(basis="sum")
    given = ResultInput(item.pk, Decimal("1.5"))
    save_results(bloc_year=bloc_year, stage=END, unit=member[0], results=[given], by=secretary)
    client.force_login(secretary)
    response = client.get(at("targets-export"))
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:3] == ("STT", "Nhóm nội dung", "Chỉ tiêu")
    assert lines[2][:6] == (2, "Hoạt động chung", "Xây nhà Đại đoàn kết", "ít nhất", 2, "nhà")
    assert lines[2][9:11] == ("1,5 nhà", "Cần xem xét")
    assert lines[2][-1] == 1.5


COUNTS = {}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["targets", "target-results", "target-bloc-results", "targets-export"])
def test_pages_take_the_same_number_of_queries(client, django_assert_max_num_queries, count, name):
    bloc_year = BlocYearFactory(members=count + 1)
    secretary = secretary_of(bloc_year)
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS * count), by=secretary)
    units = [row.unit for row in bloc_year.memberships]
    for unit in units:
        results = [ResultInput(item.pk, Decimal(1)) for item in version.items.exclude(basis="bloc")]
        save_results(bloc_year=bloc_year, stage=END, unit=unit, results=results, by=secretary)
    client.force_login(secretary)
    args = [units[0].code] if name == "target-results" else []
    url = reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, "2021", *args])
    client.get(url)
    with django_assert_max_num_queries(40) as queries:
        response = client.get(url)
        assert response.status_code == 200
    assert len(queries) == COUNTS.setdefault(name, len(queries))


# What a target says beside its number


def test_day_unit_and_basis_are_typed_shown_and_printed(client, bloc_year, secretary, member, at):
    unit = member[0]
    row = {"heading": "Hoạt động chung", "text": "Xây nhà", "qualifier": "at_least", "value": "2", "unit_of_measure": "nhà"}
    row |= {"due_on": "30/09/2021", "responsible": unit.code, "basis": "sum"}
    client.force_login(secretary)
    url = at("covenant-edit")
    assert client.post(url, {"theme": "Đoàn kết", **rows("noi-dung", row)}).status_code == 302
    words = f"ít nhất 02 nhà; cộng kết quả các đơn vị; thời hạn 30/9/2021; đơn vị phụ trách: {unit}"
    assert words in text_of(client.get(at("covenant")))
    pdf = b"".join(client.get(at("covenant-pdf")).streaming_content)
    assert f"Chỉ tiêu: {words}." in pdf_text(pdf)
    data = read_form(client.get(url), "theme")
    typed = (data["noi-dung-0-due_on"], data["noi-dung-0-responsible"], data["noi-dung-0-basis"])
    assert typed == ("30/09/2021", unit.code, "sum")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"responsible": "don-vi-la"}, "Đơn vị phụ trách"),
        ({"due_on": "30.02.2021"}, "Thời hạn"),
        ({"basis": "each"}, "Đã chọn cách tính kết quả thì phải ghi chỉ tiêu."),
        ({"value": "1.234.567.890.123,4567"}, "nhiều hơn 15 chữ số"),
    ],
)
def test_what_cannot_stand_beside_a_target_is_said_at_its_field(client, secretary, at, typed, sentence):
    client.force_login(secretary)
    response = client.post(at("covenant-edit"), {"theme": "Đoàn kết", **rows("noi-dung", {"text": "Xây nhà", **typed})})
    assert sentence in text_of(response, 422)


# The chart


def test_a_chart_has_no_style_and_is_read_aloud(client, bloc_year, secretary, version, at):
    given = [ResultInput(version.items.get(basis="bloc").pk, Decimal("96.5"))]
    save_results(bloc_year=bloc_year, stage=END, results=given, by=secretary)
    client.force_login(secretary)
    page = text_of(client.get(at("targets")))
    chart = page[page.index("<svg") : page.index("</svg>")]
    assert 'role="img"' in chart
    assert "<desc>1. Giải ngân vốn đầu tư công: 96,5% – Đạt; " in chart
    assert "style" not in chart
    assert "<script" not in chart


def test_a_chart_escapes_what_people_typed_and_writes_points_in_coordinates():
    bars = [{"label": "<script>alert(1)</script>", "value": "33.33", "text": "1,5 “nhà” & <b>", "tone": "ok"}]
    chart = bar_chart("Kết quả", [*bars, {"label": "Hai", "value": 100, "text": "100%", "tone": "bad"}], mark=100)
    assert "<script>" not in chart
    assert "<b>" not in chart
    assert f'width="63.3" height="13" fill="{COLOURS["ok"]}"' in chart


def test_a_chart_of_nothing_is_nothing_and_of_zeros_has_no_length():
    assert bar_chart("Kết quả", []) == ""
    assert 'width="1"' in bar_chart("Kết quả", [{"label": "Một", "value": 0, "text": "0", "tone": ""}])

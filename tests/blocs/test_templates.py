"""Templates of covenants: kept by the province, offered to a new covenant beside the one of the year before."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from blocs.covenant_seeds import seed_covenant_templates
from blocs.covenant_start import previous_covenant, start_values, templates_for
from blocs.enums import BlocKind, TargetBasis
from blocs.errors import Invalid
from blocs.models import Covenant, CovenantItem, CovenantTemplate, TargetResult
from blocs.new_year import same_day_in
from blocs.services import (
    ItemInput,
    ResultInput,
    open_new_year,
    save_covenant,
    save_results,
    save_template,
    send_covenant,
    set_template_active,
)
from common.audit import events_of
from common.errors import StaleState
from tests.factories.blocs import (
    BlocYearFactory,
    EmulationYearFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    standing_agency_officer,
)
from tests.filled_form import read_form, rows

pytestmark = pytest.mark.django_db
LIST = reverse("blocs:covenant-templates")
CREATE = reverse("blocs:covenant-template-create")
ITEMS = [
    ItemInput("Xây nhà Đại đoàn kết", "Hoạt động chung", "at_least", None, "nhà", basis=TargetBasis.SUM),
    ItemInput("Tự chấm điểm trung thực.", "Báo cáo"),
]


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def template(officer):
    return save_template(name="Khối cơ quan Đảng", bloc_kind=BlocKind.PARTY, grounds="Quy chế", items=ITEMS, by=officer)


@pytest.fixture
def agency(client, officer):
    client.force_login(officer)
    return client


# Services


def test_a_template_is_made_and_written_over(officer, template):
    assert [(item.position, item.text, item.basis) for item in template.items.all()] == [
        (1, "Xây nhà Đại đoàn kết", "sum"),
        (2, "Tự chấm điểm trung thực.", "bloc"),
    ]
    again = save_template(template=template, version=1, name="Khối Đảng", items=ITEMS[1:], by=officer)
    assert (again.pk, again.version, again.items.count(), again.bloc_kind) == (template.pk, 2, 1, "")
    assert [event.action for event in events_of(template)] == ["sửa mẫu giao ước", "thêm mẫu giao ước"]


def test_only_the_standing_agency_keeps_templates(template):
    for user in (UserFactory(), secretary_of(BlocYearFactory(members=1))):
        with pytest.raises(PermissionDenied):
            save_template(name="Mẫu khác", items=[], by=user)
        with pytest.raises(PermissionDenied):
            set_template_active(template=template, is_active=False, by=user)


def test_the_second_of_two_editors_is_told(officer, template):
    stale = CovenantTemplate.objects.get(pk=template.pk)
    save_template(template=template, version=1, name="Khối Đảng", items=ITEMS, by=officer)
    with pytest.raises(StaleState, match="đã lưu bản mới hơn"):
        save_template(template=stale, version=1, name="Khối Đảng tỉnh", items=[], by=officer)
    assert CovenantTemplate.objects.get().items.count() == 2


@pytest.mark.parametrize(
    ("name", "items"),
    [("Khối cơ quan Đảng", []), ("", []), ("Đ" * 201, []), ("Mẫu", [ItemInput("")])],
)
def test_a_faulty_template_is_not_saved(officer, template, name, items):
    with pytest.raises(Invalid):
        save_template(name=name, items=items, by=officer)
    assert CovenantTemplate.objects.count() == 1


def test_what_is_no_longer_used_is_not_offered_and_not_lost(officer, template):
    bloc = BlocYearFactory(bloc__kind=BlocKind.PARTY).bloc
    everybody = save_template(name="Mọi khối", items=[], by=officer)
    save_template(name="Doanh nghiệp", bloc_kind=BlocKind.ENTERPRISE, items=[], by=officer)
    assert templates_for(bloc) == [template, everybody]
    set_template_active(template=template, is_active=False, by=officer)
    assert templates_for(bloc) == [everybody]
    set_template_active(template=template, is_active=True, by=officer)
    assert templates_for(bloc) == [template, everybody]


def test_every_kind_of_bloc_has_a_template_to_begin_with_and_it_is_not_written_over(officer):
    seed_covenant_templates()
    assert set(CovenantTemplate.objects.values_list("bloc_kind", flat=True)) == {kind.value for kind in BlocKind}
    for template in CovenantTemplate.objects.prefetch_related("items"):
        template.full_clean()
        assert template.grounds
        assert template.undertaking
        assert len(template.items.all()) >= 8
        for item in template.items.all():
            item.full_clean()
            assert bool(item.unit_of_measure) == (item.value is not None or item.qualifier != "")
    first = CovenantTemplate.objects.first()
    save_template(template=first, version=1, name=first.name, items=[], by=officer)
    count = CovenantTemplate.objects.count()
    seed_covenant_templates()
    assert (CovenantTemplate.objects.count(), first.items.count()) == (count, 0)


# Pages of the registry


def test_the_list_leads_to_every_template(agency, template):
    page = agency.get(LIST).content.decode()
    assert reverse("blocs:covenant-template-edit", args=[template.pk]) in page
    assert "Cơ quan Đảng, Mặt trận, đoàn thể" in page
    CovenantTemplate.objects.all().delete()
    assert "Chưa có mẫu giao ước nào." in agency.get(LIST).content.decode()


COUNTS = []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(agency, officer, django_assert_max_num_queries, count):
    for number in range(count):
        save_template(name=f"Mẫu {number}", items=ITEMS, by=officer)
    agency.get(LIST)
    with django_assert_max_num_queries(20) as queries:
        agency.get(LIST)
    COUNTS.append(len(queries))
    assert set(COUNTS) == {COUNTS[0]}


def test_a_template_is_made_copied_and_edited_through_its_pages(agency):
    given = {
        "heading": "Hoạt động chung",
        "text": "Xây nhà",
        "qualifier": "at_least",
        "unit_of_measure": "nhà",
        "basis": "sum",
    }
    data = {"name": "Khối hội", "bloc_kind": "association", "grounds": "Quy chế", "undertaking": ""}
    assert agency.post(CREATE, {**data, **rows("noi-dung", given, {"text": ""})}).status_code == 302
    template = CovenantTemplate.objects.get()
    assert ItemInput.copy_of(template.items.get()) == ItemInput(
        "Xây nhà", "Hoạt động chung", "at_least", None, "nhà", basis="sum"
    )
    copied = read_form(agency.get(f"{CREATE}?tu={template.pk}"), "name")
    assert (copied["name"], copied["bloc_kind"], copied["noi-dung-0-text"]) == ("", "association", "Xây nhà")
    url = reverse("blocs:covenant-template-edit", args=[template.pk])
    data = read_form(agency.get(url), "name")
    assert agency.post(url, {**data, "noi-dung-0-text": "Xây nhà Đại đoàn kết"}).status_code == 302
    assert template.items.get().text == "Xây nhà Đại đoàn kết"
    # Sent once more from a page opened before: told, kept, and then written over.
    response = agency.post(url, {**data, "noi-dung-0-text": "Xây nhà tình nghĩa"})
    assert response.status_code == 422
    assert "đã lưu bản mới hơn" in response.content.decode()
    assert agency.post(url, read_form(response, "name")).status_code == 302
    assert template.items.get().text == "Xây nhà tình nghĩa"


def test_a_faulty_template_comes_back(agency, template):
    response = agency.post(CREATE, {"name": template.name, **rows("noi-dung", {"heading": "Chung", "text": ""})})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tên mẫu" in page
    assert len(response.context["form"].errors["name"]) == 1
    assert response.context["items"].forms[0].errors
    longer = agency.post(CREATE, {"name": "Mẫu", "them_dong": "noi-dung", **rows("noi-dung", {"text": "Xây nhà"})})
    assert longer.status_code == 200
    assert "noi-dung-1-text" in longer.content.decode()


@pytest.mark.parametrize("asked", ["?tu=0", "?tu=khong", "?tu=99999999999999"])
def test_a_copy_of_nothing_is_an_empty_form(agency, asked):
    assert agency.get(CREATE + asked).status_code == 200


def test_a_template_is_switched_off_and_on(agency, template):
    for choice, expected in (("ngung", False), ("dung", True)):
        assert agency.post(reverse("blocs:covenant-template-active", args=[template.pk, choice])).status_code == 302
        template.refresh_from_db()
        assert template.is_active is expected


# A covenant begins with it


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3, year=EmulationYearFactory(slug="2022"))


@pytest.fixture
def edit(client, bloc_year):
    client.force_login(secretary_of(bloc_year))
    url = reverse("blocs:covenant-edit", args=[bloc_year.bloc.slug, "2022"])
    return lambda query="": client.get(url + query)


@pytest.fixture
def last_year(bloc_year, officer):
    """The signed covenant of 2021 with a result; one of its units is no member in 2022."""
    before = BlocYearFactory(bloc=bloc_year.bloc)
    secretary = secretary_of(before)
    unit, gone = before.memberships[0].unit, UnitFactory()
    items = [
        ItemInput("Xây nhà", "Chung", "at_least", Decimal(2), "nhà", date(2021, 9, 30), unit, TargetBasis.SUM),
        ItemInput("Giúp đỡ xã nghèo", "Chung", responsible=gone),
    ]
    draft = save_covenant(bloc_year=before, by=secretary, items=items, undertaking="Tự chấm trung thực.", grounds="Quy chế")
    version = send_covenant(version=draft, by=secretary)
    results = [ResultInput(version.items.first().pk, Decimal(3))]
    save_results(bloc_year=before, stage="year_end", unit=unit, results=results, by=secretary)
    return version


def test_a_new_covenant_offers_templates_of_its_kind_and_last_year(edit, template, last_year, officer):
    other = save_template(name="Doanh nghiệp", bloc_kind=BlocKind.ENTERPRISE, items=ITEMS, by=officer)
    page = edit().content.decode()
    assert "Bắt đầu từ mẫu “Khối cơ quan Đảng”" in page
    assert "Bắt đầu từ giao ước năm trước" in page
    assert other.name not in page
    assert "chép từ" not in edit(f"?mau={other.pk}").content.decode()


def test_the_form_opens_with_the_template_and_saves_nothing_yet(edit, template, bloc_year):
    response = edit(f"?mau={template.pk}")
    assert "chép từ mẫu “Khối cơ quan Đảng”" in response.content.decode()
    data = read_form(response, "theme")
    assert data["grounds"] == "Quy chế"
    assert (data["noi-dung-0-text"], data["noi-dung-0-basis"], data["noi-dung-0-unit_of_measure"]) == (
        "Xây nhà Đại đoàn kết",
        "sum",
        "nhà",
    )
    assert not Covenant.objects.filter(bloc_year=bloc_year).exists()


def test_what_the_template_leaves_open_must_be_filled_in(client, edit, template, bloc_year):
    data = read_form(edit(f"?mau={template.pk}"), "theme")
    url = reverse("blocs:covenant-edit", args=[bloc_year.bloc.slug, "2022"])
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Đã chọn mức thì phải ghi chỉ tiêu." in response.content.decode()
    assert client.post(url, {**data, "noi-dung-0-value": "2"}).status_code == 302
    item = CovenantItem.objects.get(position=1)
    assert (item.value, item.basis) == (2, "sum")
    # A draft that is there is edited; nothing is offered any more.
    assert "Bắt đầu từ" not in edit().content.decode()


def test_the_form_opens_with_last_years_covenant_moved_into_this_year(edit, last_year):
    data = read_form(edit("?mau=nam-truoc"), "theme")
    unit = last_year.items.first().responsible
    assert (data["noi-dung-0-due_on"], data["noi-dung-0-responsible"]) == ("30/09/2022", unit.code)
    assert (data["noi-dung-1-text"], data["noi-dung-1-responsible"]) == ("Giúp đỡ xã nghèo", "")
    assert (data["undertaking"], data["grounds"]) == ("Tự chấm trung thực.", "Quy chế")


def test_without_a_year_before_nothing_is_offered(edit, bloc_year):
    assert previous_covenant(bloc_year) is None
    page = edit("?mau=nam-truoc").content.decode()
    assert "Bắt đầu từ" not in page


def test_beginning_changes_nothing_of_the_source(bloc_year, last_year):
    start_values(previous_covenant(bloc_year), bloc_year)
    assert last_year.items.first().due_on == date(2021, 9, 30)


# The wizard of the new year


def test_the_wizard_copies_day_unit_and_basis_without_results(officer, last_year):
    bloc = last_year.covenant.bloc_year.bloc
    year = EmulationYearFactory(slug="2023")
    made = open_new_year(year=year, source=last_year.covenant.bloc_year.year, blocs=[bloc], by=officer)
    first, second = Covenant.objects.get(bloc_year=made[0]).current.items.all()
    old = last_year.items.first()
    assert (first.due_on, first.responsible, first.basis) == (date(2023, 9, 30), old.responsible, "sum")
    assert (second.responsible, second.due_on) == (None, None)
    assert not TargetResult.objects.filter(item__in=[first, second]).exists()


def test_the_last_day_of_february_has_a_day_in_every_year():
    leap, next_year = EmulationYearFactory(slug="2024"), EmulationYearFactory(slug="2025")
    assert same_day_in(date(2024, 2, 29), leap, next_year) == date(2025, 2, 28)
    assert same_day_in(date(2025, 1, 15), leap, next_year) == date(2026, 1, 15)

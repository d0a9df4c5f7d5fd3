"""The registry pages of one issuer."""

from datetime import date

import pytest

from documents.enums import LetterheadProfile, Numbering
from documents.models import IssuerPlace, IssuerTerm, NumberSeries
from tests.factories.blocs import IssuerFactory, standing_agency_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(client):
    client.force_login(standing_agency_officer())
    return IssuerFactory(name="Ban Tổ chức Tỉnh ủy", profile=LetterheadProfile.PARTY)


def url(issuer, more=""):
    return f"/lam-viec/danh-muc/co-quan/{issuer.pk}/{more}"


def rows(*found, prefix="dong", **more):
    data = {f"{prefix}-TOTAL_FORMS": len(found), f"{prefix}-INITIAL_FORMS": 0, **more}
    for place, row in enumerate(found):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


def test_one_page_leads_to_everything_about_an_issuer(client, issuer):
    text = client.get(url(issuer)).content.decode()
    for part in ("Ghi theo sổ của văn thư", "cap-so/", "day-so/", "dia-danh/", "nhiem-ky/", f"?co_quan={issuer.pk}"):
        assert part in text
    assert "Chưa ghi nhiệm kỳ" in text
    assert url(issuer) in client.get("/lam-viec/danh-muc/co-quan/").content.decode()


def test_switching_explains_first_and_needs_a_press(client, issuer):
    assert "hai bên sẽ trùng số" in client.get(url(issuer, "cap-so/")).content.decode()
    issuer.refresh_from_db()
    assert issuer.numbering == Numbering.TYPED
    assert client.post(url(issuer, "cap-so/"), {"cach_cap_so": "automatic"}).url == url(issuer)
    issuer.refresh_from_db()
    assert issuer.numbering == Numbering.AUTOMATIC
    assert "Hệ thống cấp liên tục" in client.get(url(issuer)).content.decode()
    assert "theo sổ của văn thư" in client.get(url(issuer, "cap-so/")).content.decode()


@pytest.mark.parametrize("target", ["", "typed", "la"])
def test_a_switch_that_changes_nothing_is_refused_with_a_sentence(client, issuer, target):
    assert client.post(url(issuer, "cap-so/"), {"cach_cap_so": target}).status_code == 422


def test_the_last_number_of_the_clerk_is_set(client, issuer):
    values = {"type_abbreviation": "BC", "period": "2026", "last": "12"}
    assert client.post(url(issuer, "day-so/"), values).url == url(issuer)
    assert NumberSeries.objects.get().last == 12
    assert 'value="BC"' in client.get(url(issuer, "day-so/?loai=BC&ky=2026")).content.decode()


@pytest.mark.parametrize("values", [{}, {"last": "-1"}, {"last": "1e9"}, {"type_abbreviation": "B/C"}, {"period": "x" * 50}])
def test_nonsense_in_a_series_comes_back(client, issuer, values):
    answer = client.post(url(issuer, "day-so/"), {"type_abbreviation": "BC", "period": "2026", "last": "", **values})
    assert answer.status_code == 422
    assert not NumberSeries.objects.exists()


def test_places_are_kept_by_time(client, issuer):
    data = rows(
        {"name": "Việt Trì", "starts_on": "01/01/2000", "ends_on": "30/06/2025"},
        {"name": "Phú Thọ", "starts_on": "01/07/2025", "ends_on": ""},
        {"name": "", "starts_on": "", "ends_on": ""},
    )
    assert client.post(url(issuer, "dia-danh/"), data).url == url(issuer)
    assert list(IssuerPlace.objects.values_list("name", "ends_on")) == [("Việt Trì", date(2025, 6, 30)), ("Phú Thọ", None)]
    again = client.get(url(issuer, "dia-danh/")).content.decode()
    assert "30/06/2025" in again


def test_overlapping_places_come_back_as_typed_with_the_reason(client, issuer):
    data = rows({"name": "Việt Trì", "starts_on": "01/01/2000"}, {"name": "Phú Thọ", "starts_on": "01/07/2025"})
    answer = client.post(url(issuer, "dia-danh/"), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "trùng thời gian" in text
    assert 'value="Phú Thọ"' in text


def test_terms_are_kept_and_a_row_can_be_added_without_script(client, issuer):
    row = {"label": "2025-2030", "starts_on": "01/10/2025", "ends_on": ""}
    longer = client.post(url(issuer, "nhiem-ky/"), rows(row, them_dong="dong"))
    assert longer.status_code == 200
    assert 'name="dong-1-label"' in longer.content.decode()
    assert not IssuerTerm.objects.exists()
    assert client.post(url(issuer, "nhiem-ky/"), rows(row)).url == url(issuer)
    assert IssuerTerm.objects.get().label == "2025-2030"


def test_a_missing_day_is_a_fault_of_its_row(client, issuer):
    answer = client.post(url(issuer, "nhiem-ky/"), rows({"label": "2025-2030", "starts_on": "hôm nay"}))
    assert answer.status_code == 422
    assert not IssuerTerm.objects.exists()

"""A new year is opened from a copy of the last one: choose, see what will be made, make it."""

import pytest
from playwright.sync_api import expect

from blocs.enums import CovenantState
from blocs.models import BlocYear, Covenant, CovenantItem, CovenantVersion
from tests.factories.blocs import BlocYearFactory, EmulationYearFactory, standing_agency_officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    bloc_year = BlocYearFactory(bloc__name="Khối thi đua các ban Đảng", members=3, declared_members=3)
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    version = CovenantVersion.objects.create(covenant=covenant, state=CovenantState.SIGNED)
    CovenantItem.objects.create(version=version, text="Hoàn thành xuất sắc nhiệm vụ chính trị")
    BlocYearFactory(bloc__name="Khối thi đua các sở, ngành", members=2)
    EmulationYearFactory(slug="2022")
    return standing_agency_officer()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_officer_opens_the_new_year_for_all_blocs(clean_page, live_server, log_in, axe, officer, width):
    page = clean_page
    log_in(officer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/lam-viec/danh-muc/nam/")
    page.get_by_role("row").filter(has_text="Năm 2022").get_by_role("link", name="Mở năm cho các khối").click()

    expect(page.get_by_role("heading", name="Mở năm mới cho các khối")).to_be_visible()
    expect(page.get_by_label("Mở năm cho Khối thi đua các ban Đảng")).to_be_checked()
    assert axe(page) == []
    page.get_by_role("button", name="Xem trước").click()

    expect(page.get_by_role("heading", name="Xem trước việc mở năm")).to_be_visible()
    page.get_by_text("03 đơn vị").click()
    page.get_by_text("01 nội dung").click()
    expect(page.get_by_text("Hoàn thành xuất sắc nhiệm vụ chính trị")).to_be_visible()
    assert BlocYear.objects.filter(year__slug="2022").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []
    page.get_by_role("button", name="Mở năm cho 02 khối, cụm").click()

    expect(page.get_by_role("status").filter(has_text="Đã mở năm 2022 cho 02 khối, cụm.")).to_be_visible()
    assert BlocYear.objects.filter(year__slug="2022").count() == 2
    page.goto(f"{live_server.url}/lam-viec/danh-muc/nam/2022/mo-nam-moi/")
    expect(page.get_by_text("Tất cả các khối, cụm đều đã mở năm này.")).to_be_visible()


def test_closing_a_year_says_what_is_open(clean_page, live_server, log_in, axe, officer):
    page = clean_page
    log_in(officer)
    page.goto(f"{live_server.url}/lam-viec/danh-muc/nam/")
    page.get_by_role("row").filter(has_text="Năm 2021").get_by_role("link", name="Đóng năm").click()
    expect(page.get_by_text("Chưa soạn giao ước")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Vẫn đóng năm").click()
    expect(page.get_by_text("Năm 2021 đã đóng")).to_be_visible()

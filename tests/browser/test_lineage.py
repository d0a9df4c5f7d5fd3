"""A merger through the wizard in a browser, with and without scripts, and taking it back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from blocs.enums import OfficeRole
from blocs.models import UnitSuccession
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    UnitFactory,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bloc_year(transactional_db):
    bloc_year = BlocYearFactory(year=EmulationYearFactory(slug="2025"), members=3)
    leader, deputy, _ = [row.unit for row in bloc_year.bloc.memberships.order_by("position", "pk")]
    leader.name = "Ban Dân vận Tỉnh ủy"
    leader.save()
    leader.names.update(name=leader.name)
    UnitFactory(name="Ban Tuyên giáo Tỉnh ủy")
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    BlocOfficeFactory(bloc_year=bloc_year, unit=deputy, role=OfficeRole.DEPUTY)
    return bloc_year


def walk(page, server, axe=None):
    """The three steps of the merger of two committees of 2025."""
    page.goto(f"{server.url}/lam-viec/danh-muc/bien-dong/them/")
    page.get_by_label("Sáp nhập, hợp nhất").check()
    page.get_by_label("Có hiệu lực từ ngày").fill("11/02/2025")
    page.get_by_label("Đơn vị có biến động", exact=True).first.fill("Ban Dân vận Tỉnh ủy")
    page.get_by_label("Đơn vị đã có", exact=True).first.fill("Ban Tuyên giáo Tỉnh ủy")
    if axe:
        assert axe(page) == []
    page.get_by_role("button", name="Tiếp tục").last.click()

    expect(page.get_by_role("heading", name="Rà soát từng mục")).to_be_visible()
    office = page.get_by_role("group", name="Khối trưởng")
    expect(office.get_by_label("Khối phó điều hành")).not_to_be_checked()
    office.get_by_label("Khối phó điều hành").check()
    if axe:
        assert axe(page) == []
    page.get_by_role("button", name="Chọn theo gợi ý cho mục còn trống").click()
    page.get_by_role("button", name="Tiếp tục").last.click()

    expect(page.get_by_role("heading", name="Xác nhận biến động")).to_be_visible()
    if axe:
        assert axe(page) == []
    page.get_by_role("button", name="Ghi nhận biến động").click()
    expect(page.get_by_role("heading", name="Sáp nhập, hợp nhất từ ngày 11/02/2025")).to_be_visible()


def test_two_committees_merge_and_the_merger_is_taken_back(clean_page, live_server, log_in, axe, bloc_year):
    log_in(standing_agency_officer())
    walk(clean_page, live_server, axe)
    leaders = bloc_year.offices.filter(role=OfficeRole.LEADER).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in leaders] == [
        (date(2025, 1, 1), date(2025, 2, 10)),
        (date(2025, 2, 11), date(2025, 12, 31)),
    ]
    clean_page.get_by_role("link", name="Ban Dân vận Tỉnh ủy").click()
    expect(clean_page.get_by_text("(nay là Ban Tuyên giáo Tỉnh ủy)")).to_be_visible()
    clean_page.go_back()
    clean_page.get_by_role("link", name="Hoàn tác").click()
    clean_page.get_by_role("button", name="Hoàn tác").click()
    expect(clean_page.get_by_text("Mọi thứ trở lại như trước khi ghi nhận.")).to_be_visible()
    assert bloc_year.offices.get(role=OfficeRole.LEADER).ends_on == date(2025, 12, 31)


def test_the_wizard_needs_no_scripts_and_fits_a_phone(browser, live_server, log_in, context, bloc_year):
    log_in(standing_agency_officer())
    plain = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}, storage_state=context.storage_state()
    )
    page = plain.new_page()
    walk(page, live_server)
    assert UnitSuccession.objects.count() == 1
    plain.close()

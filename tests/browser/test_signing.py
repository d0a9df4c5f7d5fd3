"""A covenant signed on a telephone: the unit reads, confirms with its password, and the secretariat's board changes."""

import pytest
from playwright.sync_api import expect

from blocs.documents import CovenantPaper
from blocs.services import ItemInput, save_covenant, send_covenant
from tests.factories.blocs import BlocYearFactory, secretary_of, staff_of

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "mot mat khau dai 2021"


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def draft(bloc_year, secretary):
    items = [ItemInput("Thực hiện văn hóa công sở, kỷ cương hành chính.", "Nhiệm vụ chính trị")]
    return save_covenant(bloc_year=bloc_year, by=secretary, items=items, theme="Đoàn kết, sáng tạo")


def _address(live_server, bloc_year, part=""):
    return f"{live_server.url}/lam-viec/khoi/{bloc_year.bloc.slug}/2021/giao-uoc/{part}"


def test_a_unit_signs_on_a_phone_and_the_board_changes(clean_page, live_server, log_in, axe, bloc_year, secretary, draft):
    page = clean_page
    unit = bloc_year.bloc.memberships.last().unit
    signer = staff_of(unit)
    signer.set_password(PASSWORD)
    signer.save()

    log_in(secretary)
    page.goto(_address(live_server, bloc_year))
    page.get_by_role("link", name="Gửi các đơn vị ký").click()
    page.get_by_label(f"Người ký: {unit}").fill("Lò Thị Thuỷ")
    page.get_by_label("Hạn ký").fill("31/12/2099")
    assert axe(page) == []
    page.get_by_role("button", name="Gửi ký", exact=True).last.click()
    expect(page.get_by_text("Đã gửi giao ước cho các đơn vị ký.")).to_be_visible()
    expect(page.get_by_text("0/3")).to_be_visible()
    assert axe(page) == []

    page.set_viewport_size({"width": 360, "height": 800})
    log_in(signer)
    page.goto(f"{live_server.url}/lam-viec/")
    page.get_by_role("link", name="Đọc và ký giao ước").click()
    expect(page.get_by_text("Thực hiện văn hóa công sở")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert axe(page) == []
    page.get_by_role("link", name="Xác nhận trên hệ thống").last.click()
    expect(page.get_by_label("Họ và tên người ký")).to_have_value("Lò Thị Thuỷ")
    page.get_by_label("Chức vụ").fill("Chủ tịch")
    page.get_by_label("Tôi đã đọc toàn văn giao ước").check()
    page.get_by_label("Mật khẩu tài khoản").fill("sai mat khau")
    page.get_by_role("button", name="Ký giao ước").last.click()
    expect(page.get_by_text("Mật khẩu tài khoản không đúng.").first).to_be_visible()
    expect(page.get_by_label("Chức vụ")).to_have_value("Chủ tịch")
    expect(page.get_by_label("Mật khẩu tài khoản")).to_have_value("")
    assert axe(page) == []
    page.get_by_label("Mật khẩu tài khoản").fill(PASSWORD)
    page.get_by_role("button", name="Ký giao ước").last.click()
    expect(page.get_by_text(f"{unit} đã ký giao ước thi đua.")).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 900})
    log_in(secretary)
    page.goto(_address(live_server, bloc_year))
    expect(page.get_by_text("1/3")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=str(unit))
    expect(row).to_contain_text("Đã ký")
    expect(row).to_contain_text("Xác nhận trên hệ thống")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_signing_fits_without_fault(clean_page, live_server, log_in, axe, bloc_year, secretary, draft, width):
    version = send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft))
    line = version.signatures.get(unit=bloc_year.bloc.memberships.last().unit)
    clean_page.set_viewport_size({"width": width, "height": 900})
    own = [f"ky/{line.pk}/{part}" for part in ("", "xac-nhan/", "chung-thu-so/", "thiet-bi-ky-so/", "tu-choi/")]
    for user, parts in ((staff_of(line.unit), ["", *own]), (secretary, ["", "ghi-nhan-ky/", "ban-hanh/"])):
        log_in(user)
        for part in parts:
            clean_page.goto(_address(live_server, bloc_year, part))
            assert clean_page.evaluate("document.documentElement.scrollWidth") == width, part
            assert axe(clean_page) == [], part

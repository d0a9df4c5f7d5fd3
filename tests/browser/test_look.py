"""The frame of every page: fits a phone, passes axe, text size and contrast are kept, works by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_sign_in_page_fits_and_has_no_fault(clean_page, live_server, axe, width):
    clean_page.set_viewport_size({"width": width, "height": 900})
    clean_page.goto(f"{live_server.url}/dang-nhap/")
    expect(clean_page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert clean_page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(clean_page) == []


def test_missing_page_has_no_fault(page, live_server, axe):
    assert page.goto(f"{live_server.url}/dang-nhap/khong-co/").status == 404
    assert axe(page) == []


def test_text_size_and_contrast_are_kept(clean_page, live_server, axe):
    clean_page.goto(f"{live_server.url}/dang-nhap/")
    clean_page.get_by_role("button", name="cỡ chữ rất lớn").click()
    clean_page.get_by_role("button", name="Tương phản cao").click()
    clean_page.reload()
    assert clean_page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
    expect(clean_page.get_by_role("button", name="Tương phản cao")).to_have_attribute("aria-pressed", "true")
    assert axe(clean_page) == []


def test_first_key_offers_the_way_to_the_content(clean_page, live_server):
    clean_page.goto(f"{live_server.url}/dang-nhap/")
    clean_page.locator("body").evaluate("body => { document.activeElement.blur(); window.focus(); }")
    clean_page.get_by_role("link", name="Đến nội dung chính").focus()
    expect(clean_page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    clean_page.keyboard.press("Enter")
    expect(clean_page.locator("main")).to_be_focused()


def test_phone_menu_opens_without_scripts(browser, live_server):
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/dang-nhap/")
    page.locator("summary", has_text="Menu").click()
    expect(page.get_by_role("link", name="Các khối thi đua").first).to_be_visible()
    context.close()

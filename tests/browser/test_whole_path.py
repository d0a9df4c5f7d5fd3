"""The main job on real input, in one go: from the meeting's minutes to the public page, each act by whose work it is."""

import re

import pytest
from playwright.sync_api import expect

from portal.demo import facts
from tests.documents.reading import text_of
from tests.factories.awards import small_pdf

pytestmark = pytest.mark.django_db(transaction=True)

YEAR_2021 = f"/lam-viec/khoi/{facts.BLOC['slug']}/2021/"
YEAR_2022 = f"/lam-viec/khoi/{facts.BLOC['slug']}/2022/"
MEMBERS = [name for name, *_ in facts.MEMBERS]
AWARDS = {
    "GOV_FLAG": "Cờ thi đua của Chính phủ",
    "PM_CERT": "Bằng khen của Thủ tướng Chính phủ",
    "PROV_FLAG": "Cờ thi đua của Ủy ban nhân dân tỉnh",
    "PROV_CERT": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
}
# At the meeting somebody wrote the name in a hurry.
DEPUTY_AS_TYPED = "Đảng ủy khối cơ quan tỉnh"
RETURNED, INSTEAD = "Báo Phú Thọ", "Hội Cựu chiến binh tỉnh"
REASON = "Báo Phú Thọ đã được tặng Bằng khen cùng hình thức năm 2020; đề nghị Khối xem xét đơn vị khác."
DECISION = "115/QĐ-UBND"


def test_the_main_job_from_the_minutes_to_the_public_page(before_year_end, people, live_server):
    secretary = people("thuky", signed_in=False)
    _sign_in(secretary, live_server.url, "thuky")
    meeting = _enter_meeting(secretary)
    letter = _write_letter(secretary)
    _read_papers(secretary, meeting, letter)
    _submit(secretary, letter)
    board = people("hoidong")
    _return_one(board)
    _correct(secretary, letter)
    _accept_all(board)
    _decide(board)
    article = _draft_article(secretary, meeting)
    title = _publish_article(people("bientap"), article)
    _read_in_public(people(), title)
    _hand_over(secretary)
    _secretary_can_only_read(secretary, meeting, letter)
    _next_leader_goes_on(people("phokhoi"))


def _rows(page, part):
    return page.get_by_role("group", name=part, exact=True)


def _row(page, part, number):
    return _rows(page, part).get_by_role("group", name=f"Dòng {number}", exact=True)


def _row_or_more(page, part, number, add):
    """The row of this number; one more is asked for where the page begins with fewer."""
    row = _row(page, part, number)
    if not row.count():
        _button(page, add).click()
    return row


def _button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def _link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def _confirm(page):
    """Press the button of the question that the browser asks."""
    page.once("dialog", lambda dialog: dialog.accept())


def _sign_in(page, url, username):
    page.goto(f"{url}/lam-viec/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(facts.PASSWORD)
    _button(page, "Đăng nhập").click()
    expect(page).to_have_url(f"{url}/lam-viec/")


def _enter_meeting(page):
    """All that the minutes say, on one page; the name typed in a hurry is asked back and picked from what is offered."""
    page.goto(f"{YEAR_2021}hoi-nghi/")
    _link(page, "Nhập hội nghị").first.click()
    page.get_by_label("Tên hội nghị").fill(facts.MEETING_TITLE)
    for kind in ("Tổng kết", "Triển khai nhiệm vụ", "Ký kết giao ước", "Bầu khối trưởng, khối phó"):
        page.get_by_role("checkbox", name=kind).check()
    page.get_by_role("radio", name="Đã họp").check()
    page.get_by_label("Ngày họp").fill("11/01/2022")
    page.get_by_label("Buổi").select_option("Buổi chiều")
    page.get_by_label("Địa điểm").fill(facts.MEETING_PLACE)
    page.get_by_label("Số đơn vị dự ghi trong biên bản").fill("15")
    for number, (capacity, person, unit, titles) in enumerate(facts.PARTICIPANTS, 1):
        row = _row(page, "Người điều hành, khách mời", number)
        row.get_by_label("Tư cách").select_option(str(capacity.value))
        row.get_by_label("Họ và tên").fill(person)
        row.get_by_role("combobox", name="Đơn vị", exact=True).fill(unit)
        row.get_by_label("Chức danh").fill("\n".join(titles))
    page.get_by_label("Có mặt: Báo Phú Thọ").select_option("Cử người dự thay")
    page.get_by_label("Người dự: Báo Phú Thọ").fill("Đỗ Ngọc Lan")
    for number, (text, presenter) in enumerate(facts.AGENDA, 1):
        row = _row_or_more(page, "Chương trình", number, "Thêm mục")
        row.get_by_label("Nội dung").fill(text)
        row.get_by_label("Người trình bày").fill(presenter)
    figures = [(facts.FIGURES[3][0], "13 đề tài"), (facts.FIGURES[4][0], "5.848 đề tài"), (facts.FIGURES[1][0], "100 %")]
    for number, (indicator, value) in enumerate(figures, 1):
        row = _row_or_more(page, "Số liệu", number, "Thêm số liệu")
        row.get_by_label("Chỉ tiêu").fill(indicator)
        row.get_by_label("Giá trị").fill(value)
    points = "Kết quả, hạn chế, kết luận, nhiệm vụ, kiến nghị"
    _row(page, points, 1).get_by_label("Nội dung").fill(facts.POINTS[0][1])
    _row(page, points, 3).get_by_label("Nội dung").fill(facts.POINTS[1][1])
    _button(page, "Thêm ý").click()
    last = _rows(page, points).get_by_role("group", name=re.compile("^Dòng")).last
    last.get_by_label("Mục").select_option("Kết luận")
    last.get_by_label("Nội dung").fill(facts.POINTS[2][1])
    elected = "Kết quả bầu khối trưởng, khối phó năm tiếp theo"
    for number, unit in enumerate((facts.LEADER_2022, DEPUTY_AS_TYPED), 1):
        _row(page, elected, number).get_by_role("combobox", name="Đơn vị", exact=True).fill(unit)
    _button(page, "Lưu hội nghị").click()

    # Nothing is saved and nothing is lost; the existing member is offered.
    deputy = _row(page, elected, 2)
    expect(deputy.get_by_role("combobox", name="Đơn vị", exact=True)).to_have_value(DEPUTY_AS_TYPED)
    expect(_row(page, "Người điều hành, khách mời", 3).get_by_label("Họ và tên")).to_have_value("Hồ Thị Phương Thủy")
    deputy.get_by_role("radio", name=facts.DEPUTY_2022).check()
    _button(page, "Lưu hội nghị").click()

    expect(page.get_by_text("Đã lưu hội nghị.")).to_be_visible()
    for text in ("5.848 đề tài", "13 đề tài", "100 %", *facts.PARTICIPANTS[2][3]):
        expect(page.get_by_role("main").get_by_text(text, exact=True).first).to_be_visible()
    expect(page.get_by_role("row", name=f"Khối phó {facts.DEPUTY_2022}")).to_be_visible()
    return page.url


def _write_letter(page):
    _link(page, "Lập tờ trình đề nghị khen thưởng").click()
    expect(page.get_by_label("Hội nghị bình xét")).to_have_value(re.compile(r"\d+"))
    for number, (code, _, declared, names) in enumerate(facts.PROPOSAL_LINES, 1):
        row = _row_or_more(page, "Các dòng đề nghị", number, "Thêm dòng đề nghị")
        row.get_by_label("Danh hiệu, hình thức đề nghị").select_option(AWARDS[code])
        if declared:
            row.get_by_label("Số trong biên bản").fill(f"{declared:02}")
        row.get_by_label("Tên tập thể, cá nhân").fill("\n".join(names))
    _button(page, "Lưu tờ trình").click()

    expect(page.get_by_text("Đã lưu tờ trình.")).to_be_visible()
    expect(page.get_by_text("04 dòng; danh sách có 11, biên bản ghi 12")).to_be_visible()
    expect(page.get_by_text("Số ghi trong biên bản khác danh sách")).to_be_visible()
    return page.url


def _read_papers(page, meeting, letter):
    """Covenant, report and letter come out as PDF, with all that was entered, in full Vietnamese."""
    expected = {
        (f"{YEAR_2021}giao-uoc/", "Xem tệp giao ước"): [*MEMBERS, *facts.SIGNERS, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        (meeting, "Xem dự thảo báo cáo"): ["5.848", "13 đề tài", "100 %", facts.LEADER_2022, facts.DEPUTY_2022],
        (letter, "Xem bản thảo"): ["Kính gửi", *(name for *_, names in facts.PROPOSAL_LINES for name in names)],
    }
    for (address, link), texts in expected.items():
        page.goto(address)
        response = page.context.request.get(_link(page, link).get_attribute("href"))
        assert (response.status, response.headers["content-type"]) == (200, "application/pdf")
        assert response.body().startswith(b"%PDF-")
        printed = text_of(response.body()).casefold()
        assert [text for text in texts if text.casefold() not in printed] == [], link


def _submit(page, letter):
    page.goto(letter)
    _confirm(page)
    _button(page, "Trình Hội đồng").click()
    expect(_button(page, "Thu hồi")).to_be_visible()


def _return_one(page):
    page.goto("/lam-viec/tham-dinh/")
    _link(page, facts.BLOC["name"]).click()
    _button(page, "Tiếp nhận").click()
    page.get_by_role("checkbox", name=f"Chọn {RETURNED}").check()
    page.get_by_label("Lý do, ý kiến").fill(REASON)
    _button(page, "Trả lại").click()
    expect(page.get_by_role("row", name=RETURNED)).to_contain_text(REASON)


def _correct(page, letter):
    """The secretariat finds the reason on its desk, corrects that line alone and sends it again; 12 and 11 stay."""
    page.goto("/lam-viec/")
    expect(page.get_by_role("main").get_by_text(re.compile("trả lại")).first).to_be_visible()
    page.goto(letter)
    expect(page.get_by_text(REASON).first).to_be_visible()
    _link(page, "Sửa và trình lại").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    box = page.get_by_label("Tên bị trả lại")
    expect(box).to_have_value(RETURNED)
    box.fill(INSTEAD)
    _button(page, "Lưu và trình lại").click()
    expect(page.get_by_role("row", name=INSTEAD)).to_be_visible()
    expect(page.get_by_text("04 dòng; danh sách có 11, biên bản ghi 12")).to_be_visible()


def _accept_all(page):
    page.reload()
    boxes = page.get_by_role("checkbox", name=re.compile("^Chọn "))
    expect(boxes).to_have_count(11)
    for box in boxes.all():
        box.check()
    _button(page, "Đủ điều kiện").click()
    expect(page.get_by_text("Đã ghi “đủ điều kiện” cho 11 đề nghị.")).to_be_visible()


def _decide(page):
    """The chairman's decision grants what is his to grant; what goes to the Government waits."""
    page.goto("/lam-viec/tham-dinh/quyet-dinh/")
    _link(page, "Ghi nhận quyết định").first.click()
    page.get_by_label("Số, ký hiệu").fill(DECISION)
    page.get_by_label("Ngày quyết định").fill("20/01/2022")
    page.get_by_label("Cơ quan, người ban hành").fill("Ủy ban nhân dân tỉnh Phú Thọ")
    page.get_by_label("Trích yếu").fill("Khen thưởng thành tích trong phong trào thi đua năm 2021")
    page.get_by_label("Bản quét quyết định (PDF)").set_input_files(
        {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": small_pdf().read()}
    )
    granted = [name for *_, names in facts.PROPOSAL_LINES[2:] for name in names if name != RETURNED] + [INSTEAD]
    for name in granted:
        page.get_by_role("checkbox", name=re.compile(f"^{name} – ")).check()
    _button(page, "Ghi nhận").click()
    expect(page.get_by_text("chưa hiển thị công khai")).to_be_visible()
    _link(page, "Công bố").click()
    expect(page.get_by_text("Công bố quyết định và ghi 07 khen thưởng vào sổ?")).to_be_visible()
    _button(page, "Công bố").click()
    expect(page.get_by_text("07 khen thưởng đã ghi vào sổ")).to_be_visible()


def _draft_article(page, meeting):
    page.goto(meeting)
    _button(page, "Soạn tin bài từ hội nghị").click()
    expect(page.get_by_text("Đã soạn bài từ biên bản hội nghị.")).to_be_visible()
    _button(page, "Gửi duyệt").click()
    expect(page.get_by_text("người viết không tự đăng bài của mình")).to_be_visible()
    return page.url


def _publish_article(page, article):
    page.goto(article)
    _confirm(page)
    _button(page, "Đăng bài").click()
    expect(_link(page, "Xem trên trang công khai")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def _read_in_public(page, title):
    page.goto("/")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("5.848")
    page.goto("/khen-thuong/")
    expect(page.get_by_role("row", name=re.compile(INSTEAD))).to_contain_text(AWARDS["PROV_CERT"])
    expect(page.get_by_role("main").get_by_text(DECISION).first).to_be_visible()
    expect(page.get_by_text("Ban Tuyên giáo Tỉnh ủy")).to_have_count(0)
    page.goto(f"/khoi/{facts.BLOC['slug']}/2021/")
    for text in ("15/15", DECISION):
        expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()
    page.goto(f"/khoi/{facts.BLOC['slug']}/")
    expect(page.get_by_role("link", name=facts.LEADER_2022).first).to_be_visible()


def _hand_over(page):
    page.goto(f"{YEAR_2021}ban-giao/")
    page.get_by_label("Ngày bàn giao").fill("25/01/2022")
    _button(page, "Ghi nhận bàn giao").click()
    expect(page.get_by_text("Đã ghi nhận bàn giao ngày 25/01/2022.")).to_be_visible()


def _secretary_can_only_read(page, meeting, letter):
    """No page of 2021 has a form or a way to one, and an act sent past the pages is refused."""
    tabs = ["", "thanh-vien/", "giao-uoc/", "hoi-nghi/", "de-nghi/", "van-ban/", "ban-giao/"]
    for address in (meeting, letter, *(YEAR_2021 + tab for tab in tabs)):
        page.goto(address)
        main = page.get_by_role("main")
        expect(main.get_by_role("heading", level=1)).to_be_visible()
        # A form that only asks (a day, a name) changes nothing.
        expect(main.locator("form[method=post]")).to_have_count(0)
        assert main.locator("a[href*='/sua/'], a[href*='/them/'], a[href*='/ban-hanh/']").all() == [], address
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    for address in (f"{meeting}sua/", f"{meeting}khoa/", f"{YEAR_2021}hoi-nghi/them/", f"{YEAR_2021}giao-uoc/ban-moi/"):
        response = page.context.request.post(address, form={"csrfmiddlewaretoken": token, "title": "x"})
        assert (address, response.status) == (address, 403)


def _next_leader_goes_on(page):
    page.goto(f"{YEAR_2022}hoi-nghi/")
    _link(page, "Nhập hội nghị").first.click()
    page.get_by_label("Tên hội nghị").fill(facts.COMING_MEETING["title"])
    page.get_by_role("checkbox", name="Sơ kết").check()
    page.get_by_role("radio", name="Sắp họp").check()
    page.get_by_label("Ngày họp").fill("14/07/2027")
    _button(page, "Lưu hội nghị").click()
    expect(page.get_by_text("Đã lưu hội nghị.")).to_be_visible()

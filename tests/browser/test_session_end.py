"""A session that ends in the middle of a long form loses nothing that was typed (design §8)."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from meetings.models import Meeting
from portal.demo import facts

pytestmark = pytest.mark.django_db(transaction=True)

CREATE = f"/lam-viec/khoi/{facts.BLOC['slug']}/2021/hoi-nghi/them/"


def test_a_meeting_half_typed_outlives_its_session(before_year_end, people):
    page = people("thuky")
    page.goto(CREATE)
    page.get_by_label("Tên hội nghị").fill("Hội nghị tổng kết năm 2021")
    page.get_by_role("checkbox", name="Tổng kết").check()
    page.get_by_role("radio", name="Đã họp").check()
    page.get_by_label("Ngày họp").fill("11/01/2022")
    guest = page.get_by_role("group", name="Người điều hành, khách mời").get_by_role("group", name="Dòng 3")
    guest.get_by_label("Họ và tên").fill("Hồ Thị Phương Thủy")
    titles = "\n".join(facts.PARTICIPANTS[2][3])
    guest.get_by_label("Chức danh").fill(titles)
    page.get_by_label("Có mặt: Báo Phú Thọ").select_option("Vắng có lý do")
    page.get_by_role("button", name="Thêm mục").click()
    agenda = page.get_by_role("group", name="Chương trình", exact=True).get_by_label("Nội dung")
    added = agenda.count() - 1
    agenda.first.fill("Báo cáo tổng kết")
    agenda.nth(added).fill("Bầu đơn vị Trưởng khối")

    Session.objects.all().delete()
    page.get_by_role("button", name="Lưu hội nghị").click()

    page.get_by_label("Tên đăng nhập").fill("thuky")
    page.get_by_label("Mật khẩu").fill(facts.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text("Phiên làm việc trước đã hết khi bạn đang nhập")).to_be_visible()
    assert not Meeting.objects.exists()
    expect(page.get_by_label("Tên hội nghị")).to_have_value("Hội nghị tổng kết năm 2021")
    expect(page.get_by_role("checkbox", name="Tổng kết")).to_be_checked()
    expect(page.get_by_label("Ngày họp")).to_have_value("11/01/2022")
    expect(guest.get_by_label("Họ và tên")).to_have_value("Hồ Thị Phương Thủy")
    expect(guest.get_by_label("Chức danh")).to_have_value(titles)
    expect(page.get_by_label("Có mặt: Báo Phú Thọ")).to_have_value("excused")
    expect(agenda.nth(added)).to_have_value("Bầu đơn vị Trưởng khối")

    page.get_by_role("button", name="Lưu hội nghị").click()
    expect(page.get_by_text("Đã lưu hội nghị.")).to_be_visible()
    expect(page.get_by_text("Bầu đơn vị Trưởng khối")).to_be_visible()
    assert Meeting.objects.get().participants.get().titles == list(facts.PARTICIPANTS[2][3])

"""The hand-over between two offices: both tick the list made from the records, and the rights pass when it is recorded."""

from datetime import date

import pytest
from playwright.sync_api import expect

from blocs.enums import OfficeRole, RotationPolicy
from blocs.models import Handover, OfficeHolder
from meetings.enums import PointSection
from tests.factories.blocs import BlocOfficeFactory, BlocYearFactory, EmulationYearFactory, staff_of
from tests.factories.meetings import MeetingFactory, PointFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bloc_year():
    """2021 led by the first member, assisted by the second, who leads 2022; one task is left open."""
    bloc_year = BlocYearFactory(members=3, rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS)
    first, second, _ = (row.unit for row in bloc_year.memberships)
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    for year, unit, person in ((bloc_year, first, "Bùi Đình Thi"), (following, second, "Nguyễn Thị Phương Hạnh")):
        office = BlocOfficeFactory(bloc_year=year, unit=unit)
        OfficeHolder.objects.create(office=office, person_name=person, starts_on=date(2021, 1, 1))
    BlocOfficeFactory(bloc_year=bloc_year, unit=second, role=OfficeRole.DEPUTY)
    meeting = MeetingFactory(bloc_year=bloc_year)
    PointFactory(meeting=meeting, section=PointSection.NEXT_TASK, text="Tổ chức kiểm tra chéo trong quý III")
    return bloc_year


def _address(live_server, bloc_year, part, year="2021"):
    return f"{live_server.url}/lam-viec/khoi/{bloc_year.bloc.slug}/{year}/{part}"


def test_the_rights_pass_when_both_units_have_ticked(clean_page, live_server, log_in, axe, bloc_year):
    page = clean_page
    giver, receiver = (staff_of(row.unit) for row in bloc_year.memberships[:2])
    address = _address(live_server, bloc_year, "ban-giao/")

    log_in(giver)
    page.goto(address)
    page.get_by_role("button", name="Lập danh sách bàn giao").click()
    expect(page.get_by_text("Nhiệm vụ: Tổ chức kiểm tra chéo trong quý III").first).to_be_visible()
    page.get_by_label("Bên giao xác nhận: Nhiệm vụ: Tổ chức kiểm tra chéo trong quý III").check()
    page.get_by_label("Ghi chú: Nhiệm vụ: Tổ chức kiểm tra chéo trong quý III").fill("Kế hoạch ở văn thư")
    page.get_by_role("button", name="Lưu xác nhận").click()
    expect(page.get_by_text("Đã lưu xác nhận bàn giao.")).to_be_visible()
    page.get_by_role("button", name="Bên giao xác nhận tất cả").click()
    # Nobody can tick for the other side, and what is missing there is said.
    expect(page.get_by_role("button", name="Bên nhận xác nhận tất cả")).to_have_count(0)
    expect(page.get_by_text("Danh sách chưa được xác nhận đủ")).to_be_visible()
    assert axe(page) == []

    log_in(receiver)
    page.goto(address)
    expect(page.get_by_label("Ghi chú: Nhiệm vụ: Tổ chức kiểm tra chéo trong quý III")).to_have_value("Kế hoạch ở văn thư")
    page.get_by_role("button", name="Bên nhận xác nhận tất cả").click()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert axe(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})

    log_in(giver)
    page.goto(address)
    expect(page.get_by_text("Danh sách chưa được xác nhận đủ")).to_have_count(0)
    page.get_by_label("Ngày bàn giao").fill("15/02/2022")
    page.get_by_role("button", name="Ghi nhận bàn giao").click()
    expect(page.get_by_text("Từ nay năm này chỉ còn để xem.")).to_be_visible()
    assert Handover.objects.get().to_unit == receiver.assignments.get().unit

    # The old leader reads its year and changes nothing; the new one works on the next without anybody touching an account.
    page.goto(_address(live_server, bloc_year, "hoi-nghi/"))
    expect(page.get_by_role("link", name="Nhập hội nghị")).to_have_count(0)
    log_in(receiver)
    page.goto(_address(live_server, bloc_year, "hoi-nghi/", year="2022"))
    expect(page.get_by_role("link", name="Nhập hội nghị").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_plan_of_rotation_and_search_fit_and_have_no_fault(clean_page, live_server, log_in, axe, bloc_year, width):
    clean_page.set_viewport_size({"width": width, "height": 900})
    log_in(staff_of(bloc_year.memberships[0].unit))
    for address in (
        _address(live_server, bloc_year, "thanh-vien/luan-phien/"),
        f"{live_server.url}/tim-kiem/?q=khoi",
    ):
        clean_page.goto(address)
        assert clean_page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(clean_page) == []

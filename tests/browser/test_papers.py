"""The proof of a paper in a browser, and the pages of the archive: nothing of a compared file leaves the visitor."""

import hashlib
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from documents.models import IssuedDocument
from tests.factories.blocs import BlocYearFactory, IssuerFactory, UserFactory, standing_agency_officer
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)
BODY, CODE = b"%PDF-1.7 " + b"bao cao " * 20_000, "abcd-efgh-jkmn-pqrs"


@pytest.fixture
def document():
    meeting = MeetingFactory(bloc_year=BlocYearFactory(members=2))
    return IssuedDocument.objects.create(
        form="bao-cao",
        title="Báo cáo Tổng kết công tác thi đua, khen thưởng năm 2021",
        number="07/BC-KTĐ",
        type="BC",
        period="2022",
        running="07",
        issuer=IssuerFactory(),
        issued_on=date(2022, 1, 14),
        file=ContentFile(BODY, "van-ban.pdf"),
        sha256=hashlib.sha256(BODY).hexdigest(),
        code=CODE,
        subject_type=ContentType.objects.get_for_model(meeting),
        subject_id=meeting.pk,
        created_by=UserFactory(),
    )


def test_the_browser_takes_the_digest_and_keeps_the_file(clean_page, live_server, axe, document, tmp_path):
    page, sent = clean_page, []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.goto(f"{live_server.url}/xac-minh/{CODE}/")
    assert axe(page) == []
    for name, body, title in (("dung.pdf", BODY, "Đúng văn bản này"), ("sua.pdf", BODY + b"x", "Không trùng khớp")):
        (tmp_path / name).write_bytes(body)
        page.get_by_label("Chọn tệp PDF cần đối chiếu").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Đối chiếu", exact=True).click()
        expect(page.get_by_text(title, exact=True)).to_be_visible()
    assert axe(page) == []
    assert [len(body) < 2000 for body in sent] == [True, True]


def test_a_dropped_file_is_compared_at_once(clean_page, live_server, document):
    page = clean_page
    page.goto(f"{live_server.url}/xac-minh/")
    body = BODY.decode()
    held = page.evaluate_handle(
        "body => { const held = new DataTransfer(); held.items.add(new File([body], 'a.pdf')); return held }", body
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": held})
    expect(page.get_by_text("Tệp này do hệ thống phát hành")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_archive_and_the_registry(clean_page, live_server, log_in, axe, document, width):
    page = clean_page
    log_in(standing_agency_officer())
    page.set_viewport_size({"width": width, "height": 900})
    issuer = f"/lam-viec/danh-muc/co-quan/{document.issuer_id}/"
    for address in (
        "/xac-minh/",
        f"/xac-minh/{CODE}/",
        "/lam-viec/van-ban/",
        f"/lam-viec/van-ban/{CODE}/",
        issuer,
        f"{issuer}cap-so/",
        f"{issuer}day-so/",
        f"{issuer}dia-danh/",
        "/lam-viec/danh-muc/chung-thu-so/",
        "/lam-viec/danh-muc/chung-thu-so/them/",
    ):
        assert page.goto(f"{live_server.url}{address}").status == 200
        assert (address, axe(page)) == (address, [])
        assert (address, page.evaluate("document.documentElement.scrollWidth") <= width) == (address, True)

"""A paper of 200 pages: a sentence within the page's time, the site goes on answering, and behind the page it is made."""

import io
import threading
import time

import pikepdf
import pytest
from django.urls import reverse

from documents.engine import process
from documents.models import PaperBatch
from documents.printed import paper_pdf
from meetings.documents import YearEndReport
from meetings.enums import MeetingKind, MeetingStatus
from tests.factories.blocs import secretary_of
from tests.factories.meetings import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = 200
LINE = (
    "Các đơn vị trong Khối đã hưởng ứng phong trào thi đua, hoàn thành tốt nhiệm vụ chính trị được giao, chấp hành nghiêm "
    "đường lối của Đảng, chính sách, pháp luật của Nhà nước, chung tay vì người nghèo, ứng dụng công nghệ thông tin. "
)


@pytest.fixture
def report(client, monkeypatch, settings):
    """The address of the draft of a report that has grown to 200 pages; the engine is that of production."""
    settings.PAPER_IN_PROCESS = False
    settings.PAPER_SECONDS = 3
    own = process.Drawer()
    monkeypatch.setattr(process, "drawer", own)
    get_values = YearEndReport.get_values

    def huge(self):
        part = {"number": "I", "title": "Kết quả", "paragraphs": [LINE * 4] * 5 * PAGES, "blocks": []}
        return {**get_values(self), "parts": [part]}

    monkeypatch.setattr(YearEndReport, "get_values", huge)
    meeting = MeetingFactory(status=MeetingStatus.CLOSED, kinds=[MeetingKind.YEAR_END])
    client.force_login(secretary_of(meeting.bloc_year))
    bloc_year = meeting.bloc_year
    yield reverse("meetings:meeting-report-pdf", args=[bloc_year.bloc.slug, bloc_year.year.slug, meeting.pk])
    own.close()


def test_a_paper_of_200_pages_is_refused_with_a_sentence_and_made_behind_the_page(client, report):
    start = time.monotonic()
    answer = client.get(report)
    assert answer.status_code == 409
    assert time.monotonic() - start < 20
    assert "không tạo xong tệp PDF trong 3 giây" in answer.content.decode()
    client.post(reverse("documents:batch-start", args=[answer.context["token"]]))
    batch = PaperBatch.objects.get()
    answer = client.get(reverse("documents:batch-file", args=[batch.pk]))
    with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as pdf:
        assert len(pdf.pages) >= PAGES


def test_other_pages_are_answered_while_it_is_drawn(client, report):
    meeting = YearEndReport(MeetingFactory(status=MeetingStatus.CLOSED, kinds=[MeetingKind.YEAR_END]))
    frozen, outcome = meeting.frozen(), []

    def draw():
        try:
            paper_pdf(meeting.template_name, frozen)
        except Exception as error:
            outcome.append(type(error).__name__)

    thread = threading.Thread(target=draw)
    thread.start()
    answered = []
    while thread.is_alive():
        answered.append(client.get(reverse("portal:healthz")).status_code)
        time.sleep(0.2)
    thread.join()
    assert outcome == ["TooLarge"]
    assert len(answered) > 3
    assert set(answered) == {200}

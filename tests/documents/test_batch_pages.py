"""The pages of papers made behind the page: progress, result, calling off, a paper too large for its page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from documents.engine import process
from documents.engine.render import TooLarge
from documents.middleware import TooLargeMiddleware
from documents.models import PaperBatch
from documents.tasks import begin_batch
from meetings.enums import MeetingStatus
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import UserFactory, secretary_of
from tests.factories.documents import finished_batch, waiting_batch
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def stored():
    """A stored file that a batch may pack."""
    field = PaperBatch._meta.get_field("file")
    name = field.storage.save("covenants/a.pdf", ContentFile(b"%PDF signed"))
    return field.attr_class(PaperBatch(), field, name)


def test_the_page_of_a_waiting_batch_shows_progress_and_works_without_scripts(client, user):
    batch = waiting_batch(user, 3)
    text = client.get(batch.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "Tải lại trang" in text
    assert reverse("documents:batch-cancel", args=[batch.pk]) in text
    assert "0/3" in text


def test_htmx_gets_the_part_that_changes_and_the_whole_page_when_it_is_done(client, user, stored):
    busy, done = waiting_batch(user), finished_batch(user, stored)
    answer = client.get(busy.get_absolute_url(), headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="tien-do"')
    answer = client.get(done.get_absolute_url(), headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_the_result_is_a_download(client, user, stored):
    batch = finished_batch(user, stored)
    assert "Có 01 văn bản trong tệp giao-uoc.zip" in client.get(batch.get_absolute_url()).content.decode()
    answer = client.get(reverse("documents:batch-file", args=[batch.pk]))
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="giao-uoc.zip"'
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_what_could_not_be_made_is_told(client, user, stored):
    stored.storage.delete(stored.name)
    batch = finished_batch(user, stored)
    text = client.get(batch.get_absolute_url()).content.decode()
    assert "Không tạo được" in text
    assert "Tệp đã lưu không còn trong kho lưu trữ." in text
    assert client.get(reverse("documents:batch-file", args=[batch.pk])).status_code == 404


def test_calling_off_from_the_page(client, user):
    batch = waiting_batch(user)
    answer = client.post(reverse("documents:batch-cancel", args=[batch.pk]), follow=True)
    assert "Đã dừng" in answer.content.decode()
    answer = client.post(reverse("documents:batch-cancel", args=[batch.pk]))
    assert answer.status_code == 409


def test_a_batch_is_only_for_who_asked_for_it(client, user, stored):
    batch = finished_batch(UserFactory(), stored)
    for name in ("batch", "batch-file"):
        assert client.get(reverse(f"documents:{name}", args=[batch.pk])).status_code == 404
    assert client.post(reverse("documents:batch-cancel", args=[batch.pk])).status_code == 404
    assert batch.title not in client.get(reverse("documents:batches")).content.decode()


@pytest.mark.parametrize("name", ["batches", "batch"])
def test_pages_cost_the_same_for_one_and_for_three(client, user, name):
    def count(batch):
        begin_batch(batch)
        address = reverse("documents:batches") if name == "batches" else batch.get_absolute_url()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one = count(waiting_batch(user, 1))
    waiting_batch(user, 2)
    assert count(waiting_batch(user, 3)) == one


# A paper too large for its page


@pytest.fixture
def too_slow(settings, monkeypatch):
    """The process that draws does not come to an end within a page's time; behind the page it does."""
    settings.PAPER_IN_PROCESS = False

    class Slow:
        def draw(self, html, *, signature_fields, seconds):
            if seconds == settings.PAPER_SECONDS:
                raise process.TooSlow
            return b"%PDF made behind the page", "", []

    monkeypatch.setattr(process, "drawer", Slow())


@pytest.fixture
def report(client):
    """The address of the draft of a meeting's report, and who may read it."""
    meeting = MeetingFactory(status=MeetingStatus.HELD)
    user = secretary_of(meeting.bloc_year)
    client.force_login(user)
    bloc_year = meeting.bloc_year
    return reverse("meetings:meeting-report-pdf", args=[bloc_year.bloc.slug, bloc_year.year.slug, meeting.pk])


def test_a_paper_too_large_for_its_page_is_offered_and_made_behind_it(client, report, too_slow):
    answer = client.get(report)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "không tạo xong tệp PDF trong 20 giây" in text
    assert "Tạo ở chế độ chạy nền" in text
    assert not PaperBatch.objects.exists()
    start = reverse("documents:batch-start", args=[answer.context["token"]])
    answer = client.post(start, follow=True)
    batch = PaperBatch.objects.get()
    assert answer.redirect_chain == [(batch.get_absolute_url(), 302)]
    answer = client.get(reverse("documents:batch-file", args=[batch.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == b"%PDF made behind the page"


def test_in_production_the_page_answers_before_the_paper_is_made(client, report, too_slow):
    token = client.get(report).context["token"]
    with override_settings(TASKS=IN_DATABASE):
        answer = client.post(reverse("documents:batch-start", args=[token]), follow=True)
    assert "Đang chờ" in answer.content.decode()
    assert DBTaskResult.objects.count() == 1


def test_nobody_makes_the_paper_of_another(client, report, too_slow):
    token = client.get(report).context["token"]
    client.force_login(UserFactory())
    answer = client.post(reverse("documents:batch-start", args=[token]))
    assert answer.status_code == 409
    assert not PaperBatch.objects.exists()


def test_what_is_issued_is_never_put_off(client, too_slow):
    """The number is given, or not, within the step of the user; the sentence says why it was not."""
    request = RequestFactory().post("/lam-viec/ban-hanh/")
    request.user = UserFactory()
    with pytest.raises(TooLarge) as error:
        SampleLetter().pdf()
    assert TooLargeMiddleware(None).process_exception(request, error.value) is None
    request = RequestFactory().get("/van-ban.pdf")
    request.user = AnonymousUser()
    assert TooLargeMiddleware(None).process_exception(request, error.value) is None

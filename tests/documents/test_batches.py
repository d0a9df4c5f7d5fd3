"""Papers made behind the page: each once, whatever breaks, stops or is done twice."""

import hashlib
import io
import threading
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from common.errors import IllegalStep, NotReady, StaleState
from common.models import AuditEvent
from documents.enums import BatchItemState, BatchState
from documents.models import PaperBatch, PaperBatchItem
from documents.services import batches
from documents.services.batches import (
    INDEX_NAME,
    BatchPaper,
    cancel_batch,
    give_back_left_items,
    move_batch,
    move_item,
    remove_old_batches,
    start_batch,
    work_on,
)
from documents.tasks import begin_batch, work_on_batch
from tests.documents.reading import text_of
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import UserFactory

pytestmark = pytest.mark.django_db
IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """What the engine was asked for; it answers at once (tests/documents/test_huge_papers.py draws)."""
    made = []

    def paper_pdf(template_name, values):
        made.append(values["paper"]["title"])
        return f"%PDF {values['paper']['title']}".encode()

    monkeypatch.setattr(batches, "paper_pdf", paper_pdf)
    return made


def papers(count):
    return [
        BatchPaper(f"Văn bản {n}", "van-ban.pdf", "x.html", {"paper": {"title": f"Văn bản {n}"}})
        for n in range(1, count + 1)
    ]


def batch_of(user, count=3, **kwargs):
    return start_batch(
        **{"title": "Thử", "filename": "thu.zip", "papers": papers(count), "by": user, **kwargs},
    )


def states(batch):
    return list(batch.items.values_list("state", flat=True))


def result_of(batch):
    with batch.file.storage.open(batch.file.name) as stored:
        return stored.read()


def archive_of(batch):
    return zipfile.ZipFile(io.BytesIO(result_of(batch)))


def test_a_batch_is_made_and_packed_with_a_list(user, drawn):
    batch = batch_of(user)
    begin_batch(batch)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.DONE, [BatchItemState.DONE] * 3)
    assert batch.finished_at is not None
    archive = archive_of(batch)
    assert archive.testzip() is None
    assert archive.namelist() == [INDEX_NAME, "van-ban.pdf", "van-ban-2.pdf", "van-ban-3.pdf"]
    assert {entry.date_time[0] for entry in archive.infolist()} == {timezone.localtime(batch.created_at).year}
    body = archive.read("van-ban-2.pdf")
    assert body.decode() == "%PDF Văn bản 2"
    index = archive.read(INDEX_NAME).decode("utf-8-sig")
    assert "Có 03 văn bản." in index
    assert hashlib.sha256(body).hexdigest() in index
    assert drawn == ["Văn bản 1", "Văn bản 2", "Văn bản 3"]


def test_the_papers_are_frozen_when_they_are_asked_for(user, monkeypatch):
    monkeypatch.undo()
    form = SampleLetter(reasons="Lý do ban đầu.")
    batch = start_batch(title="Thử", filename="to-trinh.pdf", papers=[form], by=user)
    form.reasons = "Lý do đã đổi."
    begin_batch(batch)
    batch.refresh_from_db()
    # One paper asked for as such is the PDF itself.
    text = text_of(result_of(batch))
    assert "Lý do ban đầu." in text
    assert batch.items.get().sha256


def test_a_stored_file_is_packed_as_it_is(user):
    name = PaperBatch._meta.get_field("file").storage.save("covenants/a.pdf", ContentFile(b"%PDF signed"))
    digest = hashlib.sha256(b"%PDF signed").hexdigest()
    one = BatchPaper("Giao ước", "giao-uoc.pdf", file=name, sha256=digest)
    other = BatchPaper("Giao ước khác", "khac.pdf", file=name, sha256="0" * 64)
    lost = BatchPaper("Giao ước mất", "mat.pdf", file="covenants/none.pdf", sha256=digest)
    batch = batch_of(user, papers=[one, other, lost])
    begin_batch(batch)
    batch.refresh_from_db()
    assert states(batch) == ["done", "failed", "failed"]
    assert archive_of(batch).read("giao-uoc.pdf") == b"%PDF signed"
    problems = list(batch.items.values_list("problem", flat=True))
    assert problems == [
        "",
        "Tệp đã lưu không còn khớp với mã SHA-256 đã ghi.",
        "Tệp đã lưu không còn trong kho lưu trữ.",
    ]


def test_one_broken_paper_does_not_stop_the_others(user, monkeypatch):
    def paper_pdf(template_name, values):
        if values["paper"]["title"] == "Văn bản 2":
            raise NotReady(["mẫu in"])
        if values["paper"]["title"] == "Văn bản 3":
            raise ZeroDivisionError
        return b"%PDF"

    monkeypatch.setattr(batches, "paper_pdf", paper_pdf)
    batch = batch_of(user)
    begin_batch(batch)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.DONE, ["done", "failed", "failed"])
    archive = archive_of(batch)
    assert archive.namelist() == [INDEX_NAME, "van-ban.pdf"]
    index = archive.read(INDEX_NAME).decode("utf-8-sig")
    assert "Có 01 văn bản, 02 văn bản không tạo được." in index
    assert "Không tạo được: Chưa thực hiện được, còn thiếu: mẫu in." in index
    assert "Có lỗi ngoài dự kiến" in index


def test_a_batch_of_which_nothing_could_be_made_failed(user, monkeypatch):
    def paper_pdf(template_name, values):
        raise NotReady(["mẫu in"])

    monkeypatch.setattr(batches, "paper_pdf", paper_pdf)
    batch = batch_of(user)
    begin_batch(batch)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.file)) == (BatchState.FAILED, False)


def test_a_batch_that_cannot_be_packed_failed(user, monkeypatch):
    def full(batch, items):
        raise OSError("No space left on device")

    monkeypatch.setattr(batches, "_save_result", full)
    batch = batch_of(user)
    begin_batch(batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED


def test_a_batch_without_papers_is_refused(user):
    with pytest.raises(NotReady, match="ít nhất một văn bản"):
        batch_of(user, papers=[])


def test_a_disabled_account_starts_nothing():
    with pytest.raises(PermissionDenied):
        batch_of(UserFactory(is_active=False))


# Calling off


def test_a_waiting_batch_is_called_off_at_once(user, drawn):
    batch = batch_of(user)
    cancel_batch(batch=batch, by=user)
    assert batch.state == BatchState.CANCELLED
    begin_batch(batch)
    assert drawn == []
    with pytest.raises(IllegalStep):
        cancel_batch(batch=batch, by=user)


def test_workers_stop_before_their_next_paper(user, monkeypatch):
    batch = batch_of(user)

    def paper_pdf(template_name, values):
        cancel_batch(batch=PaperBatch.objects.get(pk=batch.pk), by=user)
        return b"%PDF"

    monkeypatch.setattr(batches, "paper_pdf", paper_pdf)
    begin_batch(batch)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.CANCELLED, ["done", "waiting", "waiting"])
    assert not batch.file


def test_called_off_while_it_is_packed(user, monkeypatch):
    batch = batch_of(user)
    save_result = batches._save_result

    def slow(row, items):
        name = save_result(row, items)
        cancel_batch(batch=PaperBatch.objects.get(pk=batch.pk), by=user)
        return name

    monkeypatch.setattr(batches, "_save_result", slow)
    begin_batch(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.file.name) == (BatchState.CANCELLED, "")


def test_nobody_calls_off_the_batch_of_another(user):
    batch = batch_of(user)
    with pytest.raises(PermissionDenied):
        cancel_batch(batch=batch, by=UserFactory())


# Two at the same time, and once more


def test_a_lane_run_twice_harms_nothing(user, drawn):
    batch = batch_of(user)
    begin_batch(batch)
    batch.refresh_from_db()
    name = batch.file.name
    work_on_batch.call(batch.pk)
    work_on_batch.call(10**9)
    batch.refresh_from_db()
    assert (len(drawn), batch.file.name) == (3, name)


def test_a_lane_that_comes_second_leaves_the_item_alone(user):
    batch = batch_of(user)
    first, second = batch.items.first(), batch.items.first()
    move_item(first, BatchItemState.TAKEN, taken_at=timezone.now())
    with pytest.raises(StaleState):
        move_item(second, BatchItemState.TAKEN, taken_at=timezone.now())
    with pytest.raises(IllegalStep):
        move_item(second, BatchItemState.DONE)
    with pytest.raises(IllegalStep):
        move_batch(batch, BatchState.DONE)


def test_lanes_are_as_many_as_the_setting_says(user, settings):
    settings.PAPER_BATCH_LANES = 3
    with override_settings(TASKS=IN_DATABASE):
        begin_batch(batch_of(user, 5))
        assert DBTaskResult.objects.count() == 3
        begin_batch(batch_of(user, 1))
        assert DBTaskResult.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_lanes_claim_each_paper_once(drawn):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps its test database in the memory of one thread")
    user = UserFactory()
    batch = batch_of(user, 40)
    start = threading.Barrier(4)

    def lane():
        start.wait()
        try:
            work_on(PaperBatch.objects.get(pk=batch.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=lane) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert sorted(drawn) == sorted(f"Văn bản {n}" for n in range(1, 41))
    assert len(archive_of(batch).namelist()) == 41


# Killed workers, and what is old


def left_alone(batch, hours=2):
    """As if a worker had begun that long ago and was killed in its second paper."""
    moment = timezone.now() - timedelta(hours=hours)
    move_batch(batch, BatchState.RUNNING)
    PaperBatch.objects.filter(pk=batch.pk).update(created_at=moment)
    move_item(batch.items.get(position=2), BatchItemState.TAKEN, taken_at=moment)


def test_what_a_killed_worker_left_is_made_by_the_next(user, drawn):
    batch = batch_of(user)
    left_alone(batch)
    call_command("reap_tasks", minutes=60, verbosity=0)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.DONE, ["done"] * 3)
    assert drawn == ["Văn bản 1", "Văn bản 2", "Văn bản 3"]


def test_a_called_off_batch_whose_worker_was_killed_ends(user, drawn):
    batch = batch_of(user)
    left_alone(batch)
    cancel_batch(batch=batch, by=user)
    assert batch.state == BatchState.RUNNING
    call_command("reap_tasks", minutes=60, verbosity=0)
    batch.refresh_from_db()
    assert (batch.state, drawn) == (BatchState.CANCELLED, [])


def test_a_batch_at_work_is_left_alone(user):
    batch = batch_of(user)
    left_alone(batch)
    move_item(batch.items.get(position=1), BatchItemState.TAKEN, taken_at=timezone.now())
    assert give_back_left_items(timezone.now() - timedelta(hours=1)) == []
    assert states(batch) == ["taken", "waiting", "waiting"]


def test_a_worker_that_was_given_up_does_not_finish_the_paper_of_another(user):
    batch = batch_of(user)
    left_alone(batch)
    slow = batch.items.get(position=2)
    give_back_left_items(timezone.now() - timedelta(hours=1))
    move_item(batch.items.get(position=2), BatchItemState.TAKEN, taken_at=timezone.now())
    with pytest.raises(StaleState):
        move_item(slow, BatchItemState.DONE)
    batches._make(slow)
    item = batch.items.get(position=2)
    assert (item.state, item.file.name) == ("taken", "")


def test_old_batches_go_with_their_files_but_not_with_those_of_others(user, settings):
    storage = PaperBatch._meta.get_field("file").storage
    kept = storage.save("covenants/a.pdf", ContentFile(b"%PDF signed"))
    digest = hashlib.sha256(b"%PDF signed").hexdigest()
    stored = BatchPaper("Giao ước", "giao-uoc.pdf", file=kept, sha256=digest)
    batch, fresh, busy = batch_of(user, papers=[*papers(1), stored]), batch_of(user), batch_of(user)
    begin_batch(batch)
    begin_batch(fresh)
    batch.refresh_from_db()
    gone = [batch.file.name, batch.items.get(position=1).file.name]
    assert [storage.exists(name) for name in gone] == [True, True]
    old = timezone.now() - timedelta(days=31)
    PaperBatch.objects.filter(pk__in=[batch.pk, busy.pk]).update(created_at=old)
    assert remove_old_batches(30) == 1
    assert [storage.exists(name) for name in [*gone, kept]] == [False, False, True]
    assert set(PaperBatch.objects.values_list("pk", flat=True)) == {fresh.pk, busy.pk}
    assert PaperBatchItem.objects.filter(batch=batch.pk).count() == 0


def test_start_end_and_calling_off_stand_in_the_log(user):
    batch = batch_of(user)
    begin_batch(batch)
    cancel_batch(batch=batch_of(user), by=user)
    actions = set(AuditEvent.objects.filter(object_type="documents.paperbatch").values_list("action", flat=True))
    assert actions == {
        "yêu cầu tạo văn bản hàng loạt",
        "tạo văn bản hàng loạt: đã xong",
        "yêu cầu dừng tạo văn bản",
        "tạo văn bản hàng loạt: đã dừng",
    }

"""Many papers made behind the page: asked for, taken by workers one by one, packed, called off, thrown away."""

import hashlib
import logging
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from common import audit
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from common.permissions import require
from documents.batches import batch_index, file_digest
from documents.engine.render import in_background
from documents.enums import BATCH_ITEM_TRANSITIONS, BATCH_TRANSITIONS, BatchItemState, BatchState
from documents.models import PaperBatch, PaperBatchItem
from documents.printed import paper_pdf

logger = logging.getLogger(__name__)
INDEX_NAME = "00-danh-sach.txt"
_UNFINISHED = (BatchState.WAITING, BatchState.RUNNING)
_BROKEN = "Có lỗi ngoài dự kiến khi tạo văn bản này. Xin báo quản trị hệ thống."
_GONE = "Tệp đã lưu không còn trong kho lưu trữ."
_CHANGED = "Tệp đã lưu không còn khớp với mã SHA-256 đã ghi."


@dataclass(frozen=True)
class BatchPaper:
    """One paper to be made: frozen values and their template, or the name of a stored `file` that is packed as it is."""

    title: str
    filename: str
    template_name: str = ""
    values: dict = field(default_factory=dict)
    file: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, form):
        """The draft of a PrintedForm, with its values frozen now."""
        return cls(form.get_title(), form.filename, form.template_name, form.frozen())

    @classmethod
    def stored(cls, title, filename, stored, sha256):
        """A file that exists already, such as a covenant with its signatures."""
        return cls(title, filename, file=stored.name, sha256=sha256)


@transaction.atomic
def start_batch(*, title, filename, papers, by):
    """A new batch in state WAITING with the values of every paper frozen; `documents.tasks.begin_batch` sets it going.

    `papers` are PrintedForms or BatchPapers that the caller has found `by` may read. A `filename` that ends in .pdf
    takes exactly one paper, any other gives a ZIP. Raises PermissionDenied, NotReady (no paper), ProfileMismatch.
    """
    require(by, "documents.start_paperbatch")
    papers = [paper if isinstance(paper, BatchPaper) else BatchPaper.of(paper) for paper in papers]
    if not papers:
        raise NotReady(["ít nhất một văn bản để tạo"])
    batch = PaperBatch.objects.create(title=title[:300], filename=filename[-200:], created_by=by)
    names = _distinct_names([paper.filename for paper in papers])
    PaperBatchItem.objects.bulk_create(
        [
            PaperBatchItem(
                batch=batch,
                position=position,
                title=paper.title[:500],
                filename=name,
                template_name=paper.template_name,
                values=paper.values,
                file=paper.file,
                sha256=paper.sha256,
            )
            for position, (paper, name) in enumerate(zip(papers, names, strict=True), 1)
        ]
    )
    audit.record("yêu cầu tạo văn bản hàng loạt", batch, by=by, after={"title": batch.title, "count": len(papers)})
    return batch


def cancel_batch(*, batch, by):
    """Call a batch off: its workers stop before their next paper, nothing is packed.

    Raises PermissionDenied (somebody else's), IllegalStep (finished already).
    """
    require(by, "documents.view_paperbatch", batch)
    if not PaperBatch.objects.filter(pk=batch.pk, state__in=_UNFINISHED).update(is_cancelled=True):
        batch.refresh_from_db(fields=["state"])
        raise IllegalStep(batch, BatchState.CANCELLED)
    audit.record("yêu cầu dừng tạo văn bản", batch, by=by)
    batch.refresh_from_db(fields=["state", "is_cancelled"])
    _finish_cancelled(batch)
    return batch


# The work


def work_on(batch):
    """One lane: make paper after paper until none is left or the batch is called off; the last lane packs.

    May run many times and beside itself: each paper is claimed by one lane, a finished batch is left alone.
    """
    if batch.state == BatchState.WAITING and not batch.is_cancelled:
        try:
            move_batch(batch, BatchState.RUNNING)
        except StaleState:
            batch.refresh_from_db()
    if batch.state not in _UNFINISHED:
        return
    with in_background():
        while item := _take_next(batch):
            _make(item)
    _finish(batch)


def _take_next(batch):
    """The next waiting paper, claimed for this lane; None when there is none or the batch is called off."""
    while True:
        waiting = PaperBatchItem.objects.filter(batch=batch, state=BatchItemState.WAITING, batch__is_cancelled=False)
        item = waiting.first()
        if item is None:
            return None
        try:
            return move_item(item, BatchItemState.TAKEN, taken_at=timezone.now())
        except StaleState:
            # Another lane was quicker; there may be more.
            continue


def _make(item):
    """TAKEN → DONE with file and digest, or FAILED with the sentence; the batch goes on in either case."""
    try:
        if item.template_name:
            _draw(item)
        else:
            _check_stored(item)
    except StaleState:
        # Taken away as a dead worker's; whoever has it now makes it.
        pass
    except DomainError as error:
        _fail(item, error.message)
    # Whatever breaks in one paper must not keep the others from being made.
    except Exception:
        logger.exception("paper %s of batch %s broke", item.position, item.batch_id)
        _fail(item, _BROKEN)


def _draw(item):
    pdf = paper_pdf(item.template_name, item.values)
    item.file.save("paper.pdf", ContentFile(pdf), save=False)
    try:
        move_item(item, BatchItemState.DONE, file=item.file.name, sha256=hashlib.sha256(pdf).hexdigest())
    except StaleState:
        item.file.storage.delete(item.file.name)
        raise


def _check_stored(item):
    digest = file_digest(item.file)
    if not digest or digest != item.sha256:
        _fail(item, _CHANGED if digest else _GONE)
    else:
        move_item(item, BatchItemState.DONE)


def _fail(item, sentence):
    try:
        move_item(item, BatchItemState.FAILED, problem=sentence[:500])
    except StaleState:
        logger.warning("paper %s of batch %s was taken over by another worker", item.position, item.batch_id)


def _finish(batch):
    """Pack when every paper is made or failed; leave it to the other lane when that still works on one."""
    batch.refresh_from_db(fields=["state", "is_cancelled"])
    if batch.state != BatchState.RUNNING:
        _finish_cancelled(batch)
        return
    items = list(batch.items.defer("values"))
    if batch.is_cancelled:
        _finish_cancelled(batch)
    elif any(item.state in (BatchItemState.WAITING, BatchItemState.TAKEN) for item in items):
        return
    elif all(item.state == BatchItemState.FAILED for item in items):
        _move_if_first(batch, BatchState.FAILED)
    else:
        _pack(batch, items)


def _finish_cancelled(batch):
    """The end of a batch that is called off, as soon as no worker is in the middle of one of its papers."""
    if batch.is_cancelled and batch.state in _UNFINISHED:
        if not batch.items.filter(state=BatchItemState.TAKEN).exists():
            _move_if_first(batch, BatchState.CANCELLED)


def _pack(batch, items):
    try:
        name = _save_result(batch, items)
    # A full disk, a file that vanished: the user must not wait for ever.
    except Exception:
        logger.exception("batch %s was not packed", batch.pk)
        _move_if_first(batch, BatchState.FAILED)
        return
    if not _move_if_first(batch, BatchState.DONE, file=name):
        PaperBatch._meta.get_field("file").storage.delete(name)


def _save_result(batch, items):
    """The stored name of the PDF of a batch of one, or of a ZIP written to a temporary file piece by piece."""
    made = [item for item in items if item.state == BatchItemState.DONE]
    if batch.filename.endswith(".pdf") and len(items) == 1:
        with made[0].file.storage.open(made[0].file.name) as source:
            batch.file.save(batch.filename, source, save=False)
        return batch.file.name
    with tempfile.TemporaryFile() as packed:
        # PDF files are compressed already.
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            # Without it every file would be of 1980.
            when = timezone.localtime(batch.created_at).timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(INDEX_NAME, when), batch_index(batch, items))
            for item in made:
                entry = zipfile.ZipInfo(item.filename, when)
                with item.file.storage.open(item.file.name) as source, archive.open(entry, "w") as target:
                    shutil.copyfileobj(source, target)
        packed.seek(0)
        batch.file.save(batch.filename, File(packed), save=False)
    return batch.file.name


# The doors


def move_batch(batch, target, **stamps):
    """The only door of `PaperBatch.state`; `stamps` are saved with it. Raises IllegalStep, StaleState."""
    before = BatchState(batch.state)
    if target not in BATCH_TRANSITIONS[before]:
        raise IllegalStep(batch, target)
    if target not in _UNFINISHED:
        stamps["finished_at"] = timezone.now()
    rows = PaperBatch.objects.filter(pk=batch.pk, state=before)
    if target == BatchState.DONE:
        # Called off while it was packed.
        rows = rows.filter(is_cancelled=False)
    if not rows.update(state=target, **stamps):
        raise StaleState("Đợt tạo văn bản này vừa được xử lý ở nơi khác.", subject=batch)
    batch.__dict__.update({"state": target, **{name: value for name, value in stamps.items() if name != "file"}})
    return batch


def move_item(item, target, **stamps):
    """The only door of `PaperBatchItem.state`; `stamps` are saved with it. Raises IllegalStep, StaleState.

    What was taken before is part of the comparison: a worker that was given up does not finish another's paper.
    """
    before = BatchItemState(item.state)
    if target not in BATCH_ITEM_TRANSITIONS[before]:
        raise IllegalStep(item, target)
    rows = PaperBatchItem.objects.filter(pk=item.pk, state=before, taken_at=item.taken_at)
    if not rows.update(state=target, **stamps):
        raise StaleState("Văn bản này vừa được xử lý ở nơi khác.", subject=item.batch)
    item.__dict__.update({"state": target, **{name: value for name, value in stamps.items() if name != "file"}})
    return item


def _move_if_first(batch, target, **stamps):
    """Whether this lane was the one that ended the batch."""
    try:
        move_batch(batch, target, **stamps)
    except (StaleState, IllegalStep):
        batch.refresh_from_db()
        _finish_cancelled(batch)
        return False
    audit.record(f"tạo văn bản hàng loạt: {target.label.lower()}", batch, after={"state": target})
    return True


# What nobody else would do (manage.py reap_tasks)


def give_back_left_items(before):
    """Papers taken before that moment by workers that are gone wait again; the batches that then need lanes.

    A paper takes at most PAPER_BACKGROUND_SECONDS, so `before` must lie further back than that.
    """
    for item in PaperBatchItem.objects.filter(state=BatchItemState.TAKEN, taken_at__lt=before).select_related("batch"):
        try:
            move_item(item, BatchItemState.WAITING, taken_at=None)
        except StaleState:
            # Finished in the meantime.
            continue
    left = PaperBatch.objects.filter(state__in=_UNFINISHED, created_at__lt=before)
    return list(left.exclude(items__taken_at__gte=before))


def remove_old_batches(days):
    """Throw away what was made longer than `days` ago, with its files; files that were only packed stay. How many."""
    old = PaperBatch.objects.filter(created_at__lt=timezone.now() - timedelta(days=days)).exclude(state__in=_UNFINISHED)
    count = 0
    for batch in old:
        made = batch.items.exclude(template_name="").exclude(file="").values_list("file", flat=True)
        names = [*made, batch.file.name] if batch.file else list(made)
        storage = PaperBatch._meta.get_field("file").storage
        batch.delete()
        for name in names:
            storage.delete(name)
        count += 1
    return count


def _distinct_names(names):
    """File names as they stand in the ZIP: numbered from the second of a name on, whatever its capitals."""
    used, result = {INDEX_NAME.casefold()}, []
    for name in names:
        path, number, chosen = PurePath(name), 1, PurePath(name).name
        while chosen.casefold() in used:
            number += 1
            chosen = f"{path.stem}-{number}{path.suffix}"
        used.add(chosen.casefold())
        result.append(chosen[-200:])
    return result

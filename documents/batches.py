"""Reads about batches of papers: how far one is, what the list in its ZIP says."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Q

from common.templatetags.vi import ngay_gio
from common.text import count_words
from documents.enums import BatchItemState, BatchState


@dataclass(frozen=True)
class BatchProgress:
    """How many papers a batch has, how many are made and how many could not be made."""

    total: int
    made: int
    failed: int

    @property
    def done(self):
        return self.made + self.failed


def batch_progress(batch):
    """BatchProgress; one query."""
    return BatchProgress(
        **batch.items.aggregate(
            total=Count("pk"),
            made=Count("pk", filter=Q(state=BatchItemState.DONE)),
            failed=Count("pk", filter=Q(state=BatchItemState.FAILED)),
        )
    )


def is_busy(batch):
    return batch.state in (BatchState.WAITING, BatchState.RUNNING)


def file_digest(stored):
    """SHA-256 of a stored file as it lies there now; empty when it is gone."""
    try:
        # From the storage: the field would hand back a file it has open already.
        with stored.storage.open(stored.name) as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except (FileNotFoundError, ValueError):
        return ""


def batch_index(batch, items):
    """The list that lies in the ZIP: every paper with its file and digest, or why it is missing."""
    failed = [item for item in items if item.state == BatchItemState.FAILED]
    count = f"Có {count_words(len(items) - len(failed))} văn bản"
    lines = [batch.title, f"Yêu cầu lúc {ngay_gio(batch.created_at)}.", ""]
    lines += [f"{count}, {count_words(len(failed))} văn bản không tạo được." if failed else f"{count}.", ""]
    for item in items:
        lines.append(f"{item.position}. {item.title}")
        if item.state == BatchItemState.FAILED:
            lines += [f"   Không tạo được: {item.problem}"]
        else:
            lines += [f"   Tệp: {item.filename}", f"   SHA-256: {item.sha256}"]
    # Notepad of older Windows takes a file without this mark for another alphabet.
    return "\ufeff" + "\r\n".join(lines) + "\r\n"

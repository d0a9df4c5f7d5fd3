"""Batches of papers as they stand before and after the workers."""

from documents.batches import file_digest
from documents.services.batches import BatchPaper, start_batch
from documents.tasks import begin_batch

PAPER = {"paper": {"title": "Văn bản", "form": "van-ban"}, "values": {}}


def waiting_batch(user, count=1):
    """Asked for; no worker has begun."""
    papers = [BatchPaper(f"Văn bản {n}", f"van-ban-{n}.pdf", "x.html", PAPER) for n in range(1, count + 1)]
    return start_batch(title="Giao ước của các khối, năm 2021", filename="giao-uoc.zip", papers=papers, by=user)


def finished_batch(user, stored):
    """With a result that holds one stored file."""
    papers = [BatchPaper.stored("Giao ước", "giao-uoc.pdf", stored, file_digest(stored))]
    batch = start_batch(title="Giao ước của các khối, năm 2021", filename="giao-uoc.zip", papers=papers, by=user)
    begin_batch(batch)
    batch.refresh_from_db()
    return batch

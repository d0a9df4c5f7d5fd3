"""Papers made behind the page by `manage.py db_worker`. Each task may be run twice without harm."""

from django.conf import settings
from django_tasks import task

from documents.models import PaperBatch
from documents.services.batches import work_on


@task()
def work_on_batch(pk):
    """One lane of a batch; a batch that was thrown away meanwhile is none."""
    batch = PaperBatch.objects.filter(pk=pk).first()
    if batch is not None:
        work_on(batch)


def begin_batch(batch):
    """As many lanes as workers may share it; where there is no worker the first one does it all, at once."""
    for _ in range(min(settings.PAPER_BATCH_LANES, batch.items.count())):
        work_on_batch.enqueue(batch.pk)

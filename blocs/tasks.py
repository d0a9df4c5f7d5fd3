"""What takes longer than a page may: checking and taking in a large sheet. Each task may be run twice without harm."""

import logging

from django_tasks import task

from accounts.models import User
from blocs.enums import ImportState
from blocs.models import ImportJob
from blocs.sheets import flow
from common.errors import StaleState

logger = logging.getLogger(__name__)
_BROKEN = "Có lỗi ngoài dự kiến khi xử lý tệp; chưa lưu gì. Xin báo quản trị hệ thống."


@task()
def check_import(pk):
    work(pk, ImportState.CHECKING, flow.check)


@task()
def run_import(pk, user_pk):
    user = User.objects.get(pk=user_pk)
    work(pk, ImportState.RUNNING, lambda job: flow.run(job, user))


def work(pk, state, do):
    """Do it while the job is in that state; a job that somebody has called off or finished is left alone."""
    job = ImportJob.objects.select_related("created_by").get(pk=pk)
    if job.state != state:
        return job
    try:
        do(job)
    except StaleState:
        # Another worker, or the reaper, has ended this job meanwhile; what was written here went back.
        job.refresh_from_db()
    # Whatever breaks here would leave the job "running" for ever, and nobody would see a page of it.
    except Exception:
        logger.exception("import %s broke", pk)
        flow.fail(job, _BROKEN)
    return job


def begin_check(job):
    """At once, or by a worker when the file is large."""
    if job.total > flow.AT_ONCE:
        check_import.enqueue(job.pk)
    else:
        work(job.pk, ImportState.CHECKING, flow.check)


def begin_run(job, by):
    if job.total > flow.AT_ONCE:
        run_import.enqueue(job.pk, by.pk)
    else:
        work(job.pk, ImportState.RUNNING, lambda row: flow.run(row, by))

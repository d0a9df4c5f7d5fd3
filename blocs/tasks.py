"""What takes longer than a page may: large sheets, the confirmation of a covenant. Each may be run twice without harm."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from blocs.confirmation import CovenantConfirmation, confirmation_of
from blocs.enums import CovenantState, ImportState
from blocs.models import BlocYear, CovenantVersion, ImportJob
from blocs.sheets import flow
from common.errors import StaleState
from documents.reports import documents_of
from documents.services import issue_document

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


@task()
def confirm_covenant(version_pk, user_pk):
    """Issue the confirmation of a covenant that all have signed; once per version."""
    version = CovenantVersion.objects.select_related("covenant").get(pk=version_pk)
    by = User.objects.get(pk=user_pk)
    with transaction.atomic():
        # Two last signers, or a second press of the button: the slower one finds the paper there.
        BlocYear.objects.select_for_update().get(pk=version.covenant.bloc_year_id)
        if confirmation_of(version):
            return
        former = documents_of(version.covenant).filter(form=CovenantConfirmation.code, superseded_by=None).first()
        form = CovenantConfirmation(version)
        issue_document(form=form, subject=version.covenant, by=by, issued_on=timezone.localdate(), supersedes=former)


def begin_confirmation(version, by):
    """After an act of signing: when that was the last one, the confirmation is made (behind the page where a worker runs).

    A confirmation that cannot be drawn does not undo the signature; the page then offers a button.
    """
    version.refresh_from_db(fields=["state"])
    if version.state == CovenantState.SIGNED and not confirmation_of(version):
        confirm_covenant.enqueue(version.pk, by.pk)

"""Checking a file and taking it in: first a rehearsal that is undone, after confirmation all rows or none."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from simple_history.models import HistoricalRecords

from blocs.enums import ImportState
from blocs.models import ImportJob
from blocs.services.imports import move_import
from blocs.sheets import sheet_of
from blocs.sheets.plan import STEP, Fault
from common.errors import DomainError, StaleState
from common.workbooks import check_bytes, read_sheet

# Above this a page would keep its reader waiting; such a file is a task.
AT_ONCE = 1000
MOST_FAULTS = 500


class Cancelled(Exception):
    """The user has called the job off."""


class Asked(Exception):
    """An answer has led to another question, or to something that cannot be done."""


class Changed(Exception):
    """What the preview showed is no longer what would be done."""


def check(job):
    """CHECKING → READY, FAULTY, CANCELLED, FAILED; the preview is kept in `job.report`."""
    by = job.created_by
    try:
        plan = _plan(job, by)
        if not plan.faults and not plan.open_questions and not plan.tcvn3:
            plan.faults = _rehearse(plan, job, by)
        report = _report(plan, _fingerprint(plan, job, by))
        target = ImportState.FAULTY if plan.faults else ImportState.READY
        move_import(job, target, by=None, report=report, total=plan.total, done=plan.total)
    except Cancelled:
        move_import(job, ImportState.CANCELLED, by=by)
    except ValidationError as error:
        report = {"faults": [[1, "", " ".join(error.messages)]], "counts": {}, "fault_count": 1}
        move_import(job, ImportState.FAULTY, by=None, report=report)
    return job


def run(job, by):
    """RUNNING → DONE with everything written, or nothing: back to CHECKING and a new preview, CANCELLED, FAILED."""
    try:
        with transaction.atomic(), acting(by):
            plan = _plan(job, by)
            if _fingerprint(plan, job, by) != job.report.get("fingerprint") or plan.tcvn3:
                raise Changed
            if plan.open_questions or plan.faults or _apply(plan, job):
                raise Asked
            job.report = {**job.report, "counts": _counts(plan), "accounts": plan.issued, "handed_out": 0}
            _finish(job, by)
    except Cancelled:
        move_import(job, ImportState.CANCELLED, by=by)
    except Asked:
        _look_again(job, by, "Câu trả lời còn dẫn đến điều cần xem; chưa lưu gì.", keep_answers=True)
    except Changed:
        _look_again(job, by, "Dữ liệu đã thay đổi sau khi xem trước; chưa lưu gì.")
    return job


def _finish(job, by):
    try:
        move_import(job, ImportState.DONE, by=by, report=job.report, done=job.total)
    except StaleState as error:
        raise Cancelled from error


def _look_again(job, by, note, *, keep_answers=False):
    """A new preview, nothing saved; what the user has answered is kept where it still fits."""
    move_import(job, ImportState.FAILED, by=by, note=note)
    options = {key: value for key, value in job.options.items() if keep_answers or key != "answers"}
    move_import(job, ImportState.CHECKING, by=None, options=options, finished_at=None)
    check(job)
    report = {**job.report, "notices": [f"{note} Xin xem lại rồi xác nhận lần nữa.", *job.report.get("notices", [])]}
    ImportJob.objects.filter(pk=job.pk).update(report=report)
    job.report = report


def fail(job, note):
    """CHECKING or RUNNING → FAILED: something broke that is no fault of the file."""
    job.refresh_from_db()
    return move_import(job, ImportState.FAILED, by=job.created_by, note=note, report={**job.report, "failure": note})


def _plan(job, by, *, answers=None):
    with job.file.open("rb") as stored:
        body = stored.read()
    check_bytes(body, job.filename)
    sheet = sheet_of(job.kind)
    rows = read_sheet(body, sheet.title)
    del body
    # A file written by somebody's program may say less than it holds.
    if job.total != len(rows.rows):
        job.total = len(rows.rows)
        if job.state == ImportState.CHECKING:
            ImportJob.objects.filter(pk=job.pk).update(total=job.total)
    answers = job.options.get("answers", {}) if answers is None else answers
    step = _Steps(job)
    return sheet.plan(rows, by=by, answers=answers, convert=job.options.get("convert"), on_step=step)


def _fingerprint(plan, job, by):
    """What the preview rests on apart from the user's answers."""
    return _plan(job, by, answers={}).fingerprint if job.options.get("answers") else plan.fingerprint


class _Steps:
    """Says how far the job is, and stops it when it was called off."""

    def __init__(self, job):
        self.job = job

    def __call__(self, done):
        rows = ImportJob.objects.filter(pk=self.job.pk)
        if rows.values_list("is_cancelled", flat=True).get():
            raise Cancelled
        if self.job.state == ImportState.CHECKING:
            rows.update(done=done)


def _rehearse(plan, job, by):
    """What the services would refuse, row by row; everything is undone."""
    with transaction.atomic(), acting(by):
        faults = _apply(plan, job)
        transaction.set_rollback(True)
    return faults


def _apply(plan, job):
    """Do the operations in their order; the faults of those that were refused."""
    faults, step = [], _Steps(job)
    for count, (row, column, function) in enumerate(plan.ops, 1):
        if count % STEP == 0:
            # Inside the transaction only the question: its answer to others would not be seen before the end.
            step.job = SimpleNamespace(pk=job.pk, state=None)
            step(count)
        try:
            with transaction.atomic():
                function()
        except DomainError as error:
            faults.append(Fault(row, column, error.message))
        except PermissionDenied as error:
            faults.append(Fault(row, column, str(error)))
        if len(faults) >= MOST_FAULTS:
            break
    return faults


@contextmanager
def acting(by):
    """History rows name this user, also where no request is being answered."""
    context = HistoricalRecords.context
    former = getattr(context, "request", None)
    context.request = SimpleNamespace(user=by)
    try:
        yield
    finally:
        if former is None:
            del context.request
        else:
            context.request = former


def _counts(plan):
    return {action: plan.count(action) for action in ("new", "change", "same", "skip")}


def _report(plan, fingerprint):
    """What the preview page shows, as plain JSON."""
    return {
        "counts": _counts(plan),
        "fault_count": len(plan.faults),
        "faults": [[fault.row, fault.column, fault.text] for fault in plan.faults[:MOST_FAULTS]],
        "questions": [[q.key, q.row, q.column, q.text, q.options, q.answer] for q in plan.questions],
        "lines": [[line.row, line.action, line.label, line.cells] for line in plan.lines if line.action != "same"],
        "notices": plan.notices,
        "tcvn3": plan.tcvn3,
        "fingerprint": fingerprint,
    }

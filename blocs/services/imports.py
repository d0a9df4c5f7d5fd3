"""An uploaded sheet on its way: one door for its state, who may take which step."""

import secrets

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blocs.enums import IMPORT_TRANSITIONS, ImportKind, ImportState
from blocs.models import ImportJob
from common import audit
from common.errors import IllegalStep, StaleState
from common.permissions import require

FINISHED = (ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED)


def perm_of(kind):
    """The permission that importing and exporting this kind of sheet takes."""
    return "blocs.import_accounts" if kind == ImportKind.ACCOUNTS else "blocs.manage_registry"


@transaction.atomic
def move_import(job, target, *, by, note="", **stamps):
    """The only door of `ImportJob.state`; `stamps` are saved with it. Raises IllegalStep, StaleState."""
    before = ImportState(job.state)
    if target not in IMPORT_TRANSITIONS[before]:
        raise IllegalStep(job, target)
    stamps["moved_at"] = timezone.now()
    if target in FINISHED:
        stamps["finished_at"] = stamps["moved_at"]
    rows = ImportJob.objects.filter(pk=job.pk, state=before)
    if target == ImportState.DONE:
        # Called off at the last moment: what was written goes back.
        rows = rows.filter(is_cancelled=False)
    if not rows.update(state=target, **stamps):
        raise StaleState("Lần nhập này vừa được xử lý ở nơi khác; hãy tải lại trang.", subject=job)
    for name, value in {"state": target, **stamps}.items():
        job.__dict__[name] = value
    if by is not None:
        audit.record(
            f"nhập Excel: {target.label.lower()}",
            job,
            by=by,
            before={"state": before},
            after={"state": target, **_figures(job)},
            note=note,
        )
    return job


def _figures(job):
    return {"file": job.filename, **(job.report.get("counts", {}) if job.report else {})}


@transaction.atomic
def start_import(*, kind, upload, by, rows=0):
    """A new job in state CHECKING; nothing of it is written yet. Raises PermissionDenied."""
    require(by, perm_of(kind))
    job = ImportJob.objects.create(kind=kind, file=upload, filename=str(upload.name)[-200:], total=rows, created_by=by)
    audit.record("tải lên tệp Excel", job, by=by, after={"kind": str(kind), "file": job.filename})
    return job


@transaction.atomic
def recheck_import(*, job, by, **options):
    """Check the file again, with other options or because the registry has changed. Raises PermissionDenied, IllegalStep."""
    require(by, perm_of(job.kind))
    options = {**job.options, **options}
    return move_import(job, ImportState.CHECKING, by=by, options=options, done=0, is_cancelled=False, finished_at=None)


@transaction.atomic
def confirm_import(*, job, by, answers):
    """READY → RUNNING with the user's answers. Raises PermissionDenied, IllegalStep, StaleState."""
    require(by, perm_of(job.kind))
    return move_import(job, ImportState.RUNNING, by=by, options={**job.options, "answers": answers})


def cancel_import(*, job, by):
    """Call a job off. One that is at work notices at its next step and takes everything back.

    Raises PermissionDenied, IllegalStep (finished already).
    """
    require(by, perm_of(job.kind))
    if job.state == ImportState.READY:
        return move_import(job, ImportState.CANCELLED, by=by)
    busy = ImportJob.objects.filter(pk=job.pk, state__in=(ImportState.CHECKING, ImportState.RUNNING))
    if not busy.update(is_cancelled=True):
        job.refresh_from_db(fields=["state"])
        raise IllegalStep(job, ImportState.CANCELLED)
    audit.record("yêu cầu dừng nhập Excel", job, by=by)
    return job


# Hashing a password is slow on purpose; more at once would outlast the page.
MOST_PASSWORDS = 40
# Letters and digits that nobody takes for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hand_out_passwords(*, job, by):
    """The first passwords of the next accounts of this job, each given once and to its importer only.

    They are made now and stored as hashes; an account whose user has signed in meanwhile is left out.
    Returns (User, password) pairs. Raises PermissionDenied, StaleState (handed out already).
    """
    require(by, perm_of(job.kind))
    if job.created_by_id != by.pk or job.kind != ImportKind.ACCOUNTS or job.state != ImportState.DONE:
        raise PermissionDenied("Chỉ người đã nhập danh sách tài khoản được nhận mật khẩu ban đầu.")
    done = job.report.get("handed_out", 0)
    names = job.report.get("accounts", [])[done : done + MOST_PASSWORDS]
    if not names:
        raise StaleState("Mật khẩu ban đầu của lần nhập này đã được phát hết, mỗi mật khẩu chỉ phát một lần.", subject=job)
    users = [user for user in User.objects.filter(username__in=names).order_by("username") if not user.has_usable_password()]
    pairs = [(user, _password()) for user in users]
    hashes = {user.pk: make_password(password) for user, password in pairs}
    with transaction.atomic():
        current = ImportJob.objects.select_for_update().get(pk=job.pk)
        if current.report.get("handed_out", 0) != done:
            raise StaleState("Mật khẩu ban đầu vừa được phát ở nơi khác.", subject=job)
        for user, _ in pairs:
            User.objects.filter(pk=user.pk).update(password=hashes[user.pk], must_change_password=True)
            audit.record("phát mật khẩu ban đầu", user, by=by, note=str(job))
        current.report = {**current.report, "handed_out": done + len(names)}
        current.save(update_fields=["report"])
    job.report = current.report
    return pairs


def _password():
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))

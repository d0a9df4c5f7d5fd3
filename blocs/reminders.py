"""Letters about signing: to the units that still have to sign (F20), to the leader's staff when one refuses (F19)."""

import logging
import smtplib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.enums import AssignmentRole, CovenantState, YearState
from blocs.errors import NotOpenForSigning
from blocs.models import Assignment, CovenantReminder, CovenantVersion
from blocs.reports import leaders_of
from blocs.scope import leading_unit_ids
from blocs.signing_board import deadline_words, signing_board
from common import audit
from common.permissions import require
from common.templatetags.vi import ngay

logger = logging.getLogger(__name__)
_MAIL_ERRORS = (smtplib.SMTPException, OSError)


@dataclass
class Sent:
    """What became of the letters: units by outcome."""

    sent: list = field(default_factory=list)
    without_address: list = field(default_factory=list)
    failed: list = field(default_factory=list)


def due_signatures(today=None):
    """Lines whose unit is to be reminded today, of every covenant that is being signed.

    The days are those of `REMINDER_DAYS` before the deadline, then every `REMINDER_LATE_DAYS` from the day after it. A day
    on which the command did not run is made up for, once.
    """
    today = today or timezone.localdate()
    versions = CovenantVersion.objects.filter(state=CovenantState.SIGNING, sign_by__isnull=False)
    versions = versions.filter(covenant__bloc_year__year__state=YearState.OPEN)
    for version in versions.select_related("covenant__bloc_year__bloc", "covenant__bloc_year__year").order_by("pk"):
        day = reminder_day(version.sign_by, today)
        # What was sent for signing after that day has not kept anybody waiting yet.
        if day is None or (version.sent_at and timezone.localdate(version.sent_at) >= day):
            continue
        for line in signing_board(version).lines:
            is_told = line.reminded_on is not None and line.reminded_on >= day
            if line.is_next and line.is_waiting and not is_told:
                yield line.signature


def reminder_day(sign_by, today):
    """The last day up to `today` on which a reminder for this deadline is due; None before the first."""
    late = (today - sign_by).days
    if late > 0:
        return today - timedelta(days=(late - 1) % settings.REMINDER_LATE_DAYS)
    days = [sign_by - timedelta(days=number) for number in settings.REMINDER_DAYS]
    return max((day for day in days if day <= today), default=None)


def remind(signatures, by=None):
    """Write to each unit at most once a day; what the mail server does not take is not recorded. Returns Sent."""
    signatures = list(signatures)
    addresses = addresses_of({row.unit for row in signatures})
    outcome = Sent()
    for signature in signatures:
        to = addresses[signature.unit_id]
        if not to:
            outcome.without_address.append(signature.unit)
        elif (is_sent := _remind_unit(signature, to, by)) is not None:
            (outcome.sent if is_sent else outcome.failed).append(signature.unit)
    return outcome


def remind_waiting(*, version, by):
    """Remind, now, every unit that may sign and has not been reminded today.

    Raises PermissionDenied, NotOpenForSigning (replaced, or all have signed).
    """
    require(by, "blocs.work_on_blocyear", version.covenant.bloc_year)
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    outcome = remind([line.signature for line in signing_board(version).to_remind], by)
    if outcome.sent:
        audit.record("nhắc các đơn vị ký giao ước", version, by=by, after={"units": [str(row) for row in outcome.sent]})
    return outcome


def _remind_unit(signature, to, by):
    """True when the letter went out, False when the mail server refused it, None when one went out today already."""
    try:
        with transaction.atomic():
            # First the row: of two who remind at once, one writes. No lock is held while the mail server is asked.
            row = CovenantReminder.objects.create(
                signature=signature, sent_on=timezone.localdate(), recipients="\n".join(to), sent_by=by
            )
    except IntegrityError:
        return None
    is_sent = False
    try:
        is_sent = _send(_reminder(signature), to, signature.version.covenant.bloc_year)
    finally:
        if not is_sent:
            row.delete()
    return is_sent


def _reminder(signature):
    version, unit = signature.version, signature.unit
    bloc_year = version.covenant.bloc_year
    paragraphs = [
        f"Kính gửi: {unit}",
        f"{bloc_year.bloc_name} đang ký kết giao ước thi đua {_year(signature)} (bản số {version.number}). "
        f"Đến nay {unit} chưa ký.",
        *_deadline(version),
        "Đề nghị đơn vị mở địa chỉ dưới đây, đọc giao ước rồi ký, hoặc từ chối và ghi lý do:\n"
        + _address("blocs:covenant-sign-own", signature),
        "Nếu đơn vị đã ký trên giấy, xin chuyển bản đã ký cho đơn vị khối trưởng để ghi nhận.",
    ]
    return f"Nhắc ký giao ước thi đua {_year(signature)}", paragraphs


def _deadline(version):
    if version.sign_by is None:
        return []
    days_left = (version.sign_by - timezone.localdate()).days
    sentence = f"Hạn ký: {ngay(version.sign_by)} ({deadline_words(days_left).lower()})."
    return [sentence + (" Đề nghị đơn vị ký sớm, hoặc cho biết lý do nếu không ký." if days_left < 0 else "")]


def tell_refusal(signature, by):
    """Tell the staff of the leading unit that a unit refuses to sign, and why; True when a letter went out."""
    bloc_year = signature.version.covenant.bloc_year
    rows = _staff(leading_unit_ids(bloc_year)).exclude(user=by)
    to = sorted(set(rows.exclude(user__email="").values_list("user__email", flat=True)))
    paragraphs = [
        "Kính gửi: Đơn vị khối trưởng",
        f"{signature.unit} từ chối ký giao ước thi đua {_year(signature)} của {bloc_year.bloc_name}.\n"
        f"Lý do: {signature.refusal_reason}",
        "Đơn vị vẫn có thể ký khi vướng mắc được giải quyết; nếu phải sửa nội dung thì lập bản mới và gửi ký lại:\n"
        + _address("blocs:covenant", signature),
    ]
    subject = f"{signature.unit} từ chối ký giao ước thi đua {_year(signature)}"
    return bool(to) and _send((subject, paragraphs), to, bloc_year)


def addresses_of(units):
    """dict from unit pk to the addresses of the unit and of its staff, without doubles."""
    found = defaultdict(list)
    for unit in units:
        found[unit.pk] += [unit.email] if unit.email else []
    rows = _staff({unit.pk for unit in units}).exclude(user__email="").order_by("user__email")
    for unit_id, email in rows.values_list("unit", "user__email"):
        if email not in found[unit_id]:
            found[unit_id].append(email)
    return found


def _staff(unit_ids):
    rows = Assignment.objects.on(timezone.localdate()).filter(role=AssignmentRole.STAFF, unit__in=unit_ids)
    return rows.filter(user__in=User.objects.filter(is_active=True))


def _send(letter, to, bloc_year):
    subject, paragraphs = letter
    leader = next((line for line in leaders_of([bloc_year])[bloc_year.pk] if line.is_leader), None)
    sender = f"{leader.unit_name}, {leader.title}" if leader else bloc_year.bloc_name
    body = "\n\n".join([*paragraphs, f"Trân trọng.\n{sender}", f"Thư gửi tự động từ {settings.SITE_NAME}."]) + "\n"
    reply_to = [leader.unit.email] if leader and leader.unit.email else None
    # A line break in a name would end the header.
    message = EmailMessage(" ".join(subject.split()), body, to=to, reply_to=reply_to)
    try:
        message.send()
    except _MAIL_ERRORS:
        logger.exception("letter not sent: %s", subject)
        return False
    return True


def _address(name, signature):
    bloc_year = signature.version.covenant.bloc_year
    more = [signature.pk] if name == "blocs:covenant-sign-own" else []
    return settings.SITE_URL.rstrip("/") + reverse(name, args=[bloc_year.bloc.slug, bloc_year.year.slug, *more])


def _year(signature):
    return signature.version.covenant.bloc_year.year.title.lower()

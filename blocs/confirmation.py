"""The paper that says who signed a covenant, how and when (F22); issued by `blocs.tasks` when the last unit has signed."""

from django.utils import timezone

from blocs.enums import CovenantState, SignatureState, SignatureWay
from blocs.models import CovenantSignature, CovenantVersion
from blocs.reports import last_revision
from common.models import AuditEvent
from documents.printed import PrintedForm
from documents.reports import documents_of
from documents.templatetags.paper import long_date, short_date

_SIGNATURE = CovenantSignature._meta.label_lower


class CovenantConfirmation(PrintedForm):
    """Xác nhận ký kết giao ước thi đua: text and file by their digests, every signer, every act of the log."""

    code = "xac-nhan-giao-uoc"
    template_name = "blocs/paper/confirmation.html"
    type_name = "Xác nhận ký kết giao ước thi đua"

    def __init__(self, version: CovenantVersion):
        self.version = version
        self.bloc_year = version.covenant.bloc_year

    def get_subject(self):
        return self.bloc_year.year.title

    def get_title(self):
        year = self.bloc_year.year.title.lower()
        return f"Xác nhận ký kết giao ước thi đua {year}, bản số {self.version.number} – {self.bloc_year.bloc_name}"

    def get_year(self):
        return timezone.localdate().year

    @property
    def filename(self):
        return f"xac-nhan-giao-uoc-{self.bloc_year.bloc.slug}-{self.bloc_year.year.slug}.pdf"

    @property
    def missing_to_issue(self):
        """By the lines, not by the state: a new version may have been sent while this paper was waiting to be made."""
        states = set(self.version.signatures.values_list("state", flat=True))
        is_signed = SignatureState.SIGNED in states <= {SignatureState.SIGNED, SignatureState.RELEASED}
        return [] if is_signed else ["chữ ký của đủ các đơn vị"]

    def get_values(self):
        version = self.version
        rows = list(version.signatures.select_related("unit", "recorded_by"))
        revision = last_revision(version)
        signed = [row for row in rows if row.state == SignatureState.SIGNED]
        return {
            "bloc": self.bloc_year.bloc_name,
            "year": self.bloc_year.year.title.lower(),
            "number": version.number,
            "change_note": version.change_note,
            "signed_on": version.signed_on,
            "sent": in_words(version.sent_at),
            "sent_by": str(version.sent_by or ""),
            "order": version.get_order_display(),
            "text_digest": version.digest,
            "file_digest": revision.sha256 if revision else "",
            "file_number": revision.number if revision else None,
            "file_code": version.code,
            "signed_count": len(signed),
            "ways": [
                {"way": label, "count": count}
                for way, label in SignatureWay.choices
                if (count := sum(row.way == way for row in signed))
            ],
            "rows": [_line(row) for row in rows],
            "events": _events(version, rows),
        }


def _line(row):
    is_signed = row.state == SignatureState.SIGNED
    return {
        "unit": str(row.unit),
        "name": row.signer_name if is_signed else "",
        "title": row.signer_title if is_signed else "",
        "way": row.get_way_display() if is_signed else row.get_state_display(),
        "at": _when(row) if is_signed else "",
        "proof": _proof(row) if is_signed else row.refusal_reason,
    }


def _when(row):
    """The moment where the system took the signature itself; of a sheet of paper the day that stands on it."""
    return in_short(row.signed_at) if row.signed_at else short_date(row.signed_on)


def _proof(row):
    """What a doubter may look at: the certificate, the account that confirmed, or who put the sheet on record."""
    if row.way == SignatureWay.CERTIFICATE:
        return f"Chứng thư số hiệu {row.certificate.get('serial', '')}, do {row.certificate.get('issuer', '')} cấp"
    if row.way == SignatureWay.CLICK:
        return f"Tài khoản {row.recorded_by} xác nhận, đã nhập lại mật khẩu"
    scan = ", có bản quét" if row.scan else ""
    return f"{row.recorded_by} ghi nhận lúc {in_short(row.recorded_at)}{scan}" if row.recorded_by else ""


def _events(version, rows):
    """Every act on this version and its lines, oldest first."""
    units = {str(row.pk): str(row.unit) for row in rows}
    found = AuditEvent.objects.filter(object_type=version._meta.label_lower, object_id=str(version.pk))
    found |= AuditEvent.objects.filter(object_type=_SIGNATURE, object_id__in=units)
    return [
        {
            "at": in_short(event.at),
            "by": event.actor_label + (" (nhập thay)" if event.on_behalf else ""),
            "action": event.action,
            "what": _what(event, units),
        }
        for event in found.order_by("pk")
    ]


def _what(event, units):
    is_line = event.object_type == _SIGNATURE
    labels = dict((SignatureState if is_line else CovenantState).choices)
    step = " → ".join(labels[side["state"]] for side in (event.before, event.after) if side.get("state") in labels)
    return ": ".join(part for part in (units[event.object_id] if is_line else "", step) if part)


def in_words(moment):
    """ "14 giờ 05 phút, ngày 11 tháng 01 năm 2022", in Vietnamese time."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M} phút, {long_date(local.date())}"


def in_short(moment):
    """ "14:05, 11/01/2022", for a cell of a table."""
    return f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}" if moment else ""


def confirmation_of(version):
    """The confirmation issued for this version, or None."""
    return next((row for row in documents_of(version.covenant) if is_confirmation_of(row, version)), None)


def is_confirmation_of(document, version):
    """Whether an issued paper of the covenant is the confirmation of this version."""
    return document.form == CovenantConfirmation.code and document.values["values"]["number"] == version.number

"""Two people edit one record: the second is told who saved what and when, and loses nothing typed (design §8)."""

from django.db import models
from django.utils import timezone

from common.errors import StaleState


def claim(record, *, version, by):
    """Raise the version of `record` if it is still the one the form was opened with; else StaleState names the editor.

    Call it first inside the transaction that saves the record and its rows: compare-and-set, so of two people one wins,
    on SQLite as on PostgreSQL.
    """
    rows = type(record)._base_manager.filter(pk=record.pk, version=version)
    now = timezone.now()
    if not rows.update(version=models.F("version") + 1, edited_at=now, edited_by=by):
        raise StaleState(describe_conflict(record, version), subject=record)
    record.version, record.edited_at, record.edited_by = version + 1, now, by


def describe_conflict(record, version):
    """One sentence: who saved meanwhile, when, and which fields differ from the version the user had opened."""
    current = type(record)._base_manager.select_related("edited_by").get(pk=record.pk)
    when = timezone.localtime(current.edited_at).strftime("%H:%M ngày %d/%m/%Y") if current.edited_at else "vừa xong"
    sentence = f"{current.edited_by or 'Người khác'} đã lưu bản mới hơn lúc {when}"
    changed = changed_fields(current, version)
    if changed:
        sentence += ", đã sửa: " + ", ".join(changed)
    return sentence + ". Nội dung bạn vừa nhập vẫn còn nguyên bên dưới; hãy đối chiếu rồi bấm Lưu lại nếu muốn ghi đè."


def changed_fields(current, version):
    """The Vietnamese names of the fields that differ between the history row of `version` and now."""
    history = getattr(current, "history", None)
    if history is None:
        return []
    old = history.filter(version=version).order_by("-history_id").first()
    if old is None:
        return []
    skipped = {"id", "version", "edited_at", "edited_by"}
    fields = [field for field in current._meta.concrete_fields if field.name not in skipped]
    return [
        str(field.verbose_name) for field in fields if getattr(old, field.attname, None) != getattr(current, field.attname)
    ]

"""Abstract models for all apps, and the log that nobody can delete."""

from django.conf import settings
from django.db import models

from common.errors import DomainError


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise DomainError("Nhật ký chỉ được ghi thêm.")

    def delete(self):
        raise DomainError("Nhật ký không được xóa.")


class AuditEvent(models.Model):
    """Nhật ký: who did what to which record, when, before and after; labels and ids, no foreign keys to our records.

    The database itself refuses UPDATE and DELETE (triggers, see `common.audit`).
    """

    at = models.DateTimeField("thời điểm", auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField("mã người thực hiện", null=True)
    actor_label = models.CharField("người thực hiện", max_length=250, blank=True)
    address = models.GenericIPAddressField("địa chỉ mạng", null=True)
    action = models.CharField("việc", max_length=250)
    object_type = models.CharField("loại bản ghi", max_length=100)
    object_id = models.CharField("mã bản ghi", max_length=40)
    object_label = models.CharField("bản ghi", max_length=500)
    before = models.JSONField("trước", default=dict)
    after = models.JSONField("sau", default=dict)
    note = models.TextField("ghi chú", blank=True)
    on_behalf = models.BooleanField("nhập thay", default=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self):
        return f"{self.action}: {self.object_label}"

    def delete(self, *args, **kwargs):
        raise DomainError("Nhật ký không được xóa.")


class Versioned(models.Model):
    """A record that two people may edit at once: the form carries `version`, `common.versions.save` compares it."""

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    edited_at = models.DateTimeField("sửa lúc", null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người sửa",
    )

    class Meta:
        abstract = True

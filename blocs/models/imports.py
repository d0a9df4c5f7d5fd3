"""A sheet that was uploaded: previewed, then taken in as a whole or not at all."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from blocs.enums import ImportKind, ImportState
from common.constraints import state_known
from common.uploads import RandomName


class ImportJob(models.Model):
    """Lần nhập Excel: what was uploaded, how far it is, what was found wrong; small ones run at once, large ones behind."""

    kind = models.CharField("loại dữ liệu", max_length=12, choices=ImportKind)
    file = models.FileField("tệp", upload_to=RandomName("imports"), max_length=200)
    filename = models.CharField("tên tệp", max_length=200)
    state = models.CharField("trạng thái", max_length=10, choices=ImportState, default=ImportState.CHECKING, editable=False)
    options = models.JSONField("lựa chọn", default=dict, blank=True)
    total = models.PositiveIntegerField("số dòng", default=0)
    done = models.PositiveIntegerField("đã xử lý", default=0)
    report = models.JSONField("kết quả", default=dict, blank=True)
    is_cancelled = models.BooleanField("đã yêu cầu dừng", default=False)
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên")
    moved_at = models.DateTimeField("chuyển trạng thái lúc", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("xong lúc", null=True, editable=False)

    class Meta:
        verbose_name = "lần nhập Excel"
        verbose_name_plural = "các lần nhập Excel"
        ordering = ["-pk"]
        constraints = [state_known(ImportState, name="import_state_known")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.filename}"

    def get_absolute_url(self):
        return reverse("blocs:import", args=[self.pk])

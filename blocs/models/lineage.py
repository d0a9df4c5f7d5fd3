"""What became of units: rename, merge, split, take-over, dissolve; and what was done with all that hung on them."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from blocs.enums import OpenItemChoice, SuccessionKind, SuccessionSide
from blocs.models.units import Unit
from common.constraints import both_or_neither
from documents.models import Paper


class UnitSuccessionQuerySet(models.QuerySet):
    def standing(self):
        """Acts that were not taken back."""
        return self.filter(undone_at__isnull=True)


class UnitSuccession(models.Model):
    """Biến động tổ chức: one guided act on one day, many units to many (ORG-R2); taken back, never deleted."""

    kind = models.CharField("loại biến động", max_length=10, choices=SuccessionKind)
    effective_on = models.DateField("có hiệu lực từ ngày")
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="successions", verbose_name="theo văn bản"
    )
    note = models.TextField("ghi chú", blank=True, max_length=2000)
    recorded_at = models.DateTimeField("ghi nhận lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người hoàn tác"
    )

    objects = UnitSuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động tổ chức"
        verbose_name_plural = "biến động tổ chức"
        ordering = ["-effective_on", "-pk"]
        constraints = [both_or_neither("undone_at", "undone_by", name="succession_undone_at_by")]

    def __str__(self):
        return f"{self.get_kind_display()} từ ngày {self.effective_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("portal:succession", args=[self.pk])


class SuccessionParty(models.Model):
    """Một đơn vị trong một biến động, ở phía cũ hoặc phía kế thừa."""

    succession = models.ForeignKey(UnitSuccession, models.CASCADE, related_name="parties", verbose_name="biến động")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="succession_parties", verbose_name="đơn vị")
    side = models.CharField("phía", max_length=5, choices=SuccessionSide)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "bên của biến động"
        verbose_name_plural = "các bên của biến động"
        ordering = ["side", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["succession", "unit", "side"],
                name="a_unit_stands_once_on_a_side",
                violation_error_message="Đơn vị đã có ở phía này.",
            )
        ]

    def __str__(self):
        return f"{self.unit} ({self.get_side_display()})"


class SuccessionEffect(models.Model):
    """Việc đã làm với một mục đang mở: which, what was chosen, and what it takes to undo it."""

    succession = models.ForeignKey(UnitSuccession, models.CASCADE, related_name="effects", verbose_name="biến động")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    app = models.CharField("phần việc", max_length=20)
    key = models.CharField("mã mục", max_length=80)
    label = models.CharField("mục đang mở", max_length=500)
    choice = models.CharField("cách xử lý", max_length=6, choices=OpenItemChoice)
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị nhận")
    undo = models.JSONField("dữ liệu hoàn tác", default=dict, blank=True)

    class Meta:
        verbose_name = "mục đã xử lý"
        verbose_name_plural = "các mục đã xử lý"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.label}: {self.get_choice_display()}"

"""What a covenant starts from and what became of its targets."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from blocs.enums import BlocKind, Qualifier, ResultStage, TargetBasis
from blocs.models.covenants import CovenantItem
from blocs.models.units import Unit
from common.models import Versioned


class CovenantTemplate(Versioned):
    """Mẫu giao ước of a kind of bloc (F15); the province edits it, a new covenant begins with a copy."""

    name = models.CharField("tên mẫu", max_length=200, unique=True)
    bloc_kind = models.CharField("loại khối", max_length=12, choices=BlocKind, blank=True, help_text="Để trống: mọi khối.")
    grounds = models.TextField("căn cứ", blank=True, max_length=4000, help_text="Mỗi dòng một căn cứ.")
    undertaking = models.TextField("cam kết chung", blank=True, max_length=4000)
    is_active = models.BooleanField("đang dùng", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "mẫu giao ước"
        verbose_name_plural = "mẫu giao ước"
        ordering = ["bloc_kind", "name"]

    def __str__(self):
        return self.name


class CovenantTemplateItem(models.Model):
    """Nội dung của mẫu; the value of a target is often left to the bloc."""

    template = models.ForeignKey(CovenantTemplate, models.CASCADE, related_name="items", verbose_name="mẫu")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    heading = models.CharField("nhóm nội dung", max_length=200, blank=True)
    text = models.TextField("nội dung", max_length=2000)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, blank=True, default=Qualifier.NONE)
    value = models.DecimalField("chỉ tiêu", max_digits=24, decimal_places=4, null=True, blank=True)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    basis = models.CharField("cách tính kết quả", max_length=10, choices=TargetBasis, default=TargetBasis.BLOC)

    class Meta:
        verbose_name = "nội dung của mẫu"
        verbose_name_plural = "nội dung của mẫu"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]


class TargetResult(Versioned):
    """Kết quả thực hiện chỉ tiêu: of one unit, or of the bloc as a whole, at mid-year and at year-end (F24, N6)."""

    item = models.ForeignKey(CovenantItem, models.PROTECT, related_name="results", verbose_name="chỉ tiêu")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="target_results", verbose_name="đơn vị"
    )
    stage = models.CharField("kỳ", max_length=10, choices=ResultStage)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, blank=True, default=Qualifier.NONE)
    value = models.DecimalField("kết quả", max_digits=24, decimal_places=4)
    note = models.CharField("ghi chú, nguồn", max_length=300, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="người ghi"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kết quả chỉ tiêu"
        verbose_name_plural = "kết quả chỉ tiêu"
        ordering = ["item", "stage", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "unit", "stage"],
                name="a_result_stands_once_per_unit_and_stage",
                violation_error_message="Kết quả của đơn vị trong kỳ này đã có.",
            ),
            models.UniqueConstraint(
                fields=["item", "stage"],
                condition=models.Q(unit=None),
                name="a_bloc_result_stands_once_per_stage",
                violation_error_message="Kết quả chung của khối trong kỳ này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.value}"

"""Who issues papers, where it sits and how its numbers run."""

from django.db import models
from simple_history.models import HistoricalRecords

from common.constraints import dates_in_order
from common.dated import DatedQuerySetMixin, on_day
from common.fields import FoldedField
from documents.enums import LetterheadProfile, Numbering


class Issuer(models.Model):
    """Cơ quan ban hành: who issues papers, with what its letterhead needs (DOC-7 … DOC-10)."""

    name = models.CharField("tên cơ quan", max_length=200, unique=True)
    superior_name = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    symbol = models.CharField("chữ viết tắt trong ký hiệu", max_length=40, blank=True)
    profile = models.CharField("thể thức", max_length=10, choices=LetterheadProfile, default=LetterheadProfile.STATE)
    place = models.CharField("địa danh", max_length=80, blank=True)
    numbering = models.CharField("cách cấp số", max_length=10, choices=Numbering, default=Numbering.TYPED)
    search = FoldedField(source="name")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "cơ quan ban hành"
        verbose_name_plural = "cơ quan ban hành"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def place_on(self, day):
        """Địa danh ghi trên văn bản of that day: the dated row, else the present place (DOC-33)."""
        row = self.places.filter(on_day(day)).order_by("-starts_on").first() if day else None
        return row.name if row else self.place


class DatedQuerySet(DatedQuerySetMixin, models.QuerySet):
    pass


class IssuerPlace(models.Model):
    """Địa danh theo thời gian: since 01/7/2025 the place is another administrative unit (DOC-33)."""

    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="places", verbose_name="cơ quan ban hành")
    name = models.CharField("địa danh", max_length=80)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "địa danh theo thời gian"
        verbose_name_plural = "địa danh theo thời gian"
        ordering = ["starts_on"]
        constraints = [dates_in_order(name="an_issuer_place_ends_after_it_starts")]

    def __str__(self):
        return self.name


class IssuerTerm(models.Model):
    """Nhiệm kỳ của cơ quan Đảng: its numbers run through a term, not a year (PTY-3)."""

    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="terms", verbose_name="cơ quan ban hành")
    label = models.CharField("nhiệm kỳ", max_length=20)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["starts_on"]
        constraints = [
            dates_in_order(name="an_issuer_term_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["issuer", "label"],
                name="an_issuer_term_stands_once",
                violation_error_message="Nhiệm kỳ này đã có.",
            ),
        ]

    def __str__(self):
        return self.label


class NumberSeries(models.Model):
    """Dãy số tự động: the last number given to a type of paper in a year or term; the row is the lock (DOC-23)."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="series", verbose_name="cơ quan ban hành")
    type = models.CharField("chữ viết tắt tên loại", max_length=10)
    period = models.CharField("năm hoặc nhiệm kỳ", max_length=20)
    last = models.PositiveIntegerField("số đã cấp gần nhất", default=0)

    class Meta:
        verbose_name = "dãy số văn bản"
        verbose_name_plural = "dãy số văn bản"
        ordering = ["issuer", "period", "type"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "type", "period"],
                name="a_number_series_stands_once",
                violation_error_message="Dãy số này đã có.",
            )
        ]

    def __str__(self):
        return f"{self.issuer}, {self.type} {self.period}: {self.last}"

"""Official papers made elsewhere."""

from django.db import models
from simple_history.models import HistoricalRecords

from common.constraints import dates_in_order
from common.fields import FoldedField
from common.uploads import RandomName, check_pdf
from documents.enums import PaperCustody, PaperKind
from documents.models.issuers import Issuer


class PaperQuerySet(models.QuerySet):
    def unsealed(self):
        """All but those held back until they are published."""
        return self.exclude(custody=PaperCustody.SEALED)


class Paper(models.Model):
    """Văn bản: an official paper made elsewhere; two years may bear the same number (case 14)."""

    kind = models.CharField("loại văn bản", max_length=20, choices=PaperKind, default=PaperKind.DECISION)
    number = models.CharField("số, ký hiệu", max_length=60)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="papers", verbose_name="cơ quan ban hành")
    issued_on = models.DateField("ngày ban hành")
    effective_on = models.DateField("ngày có hiệu lực", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=500)
    file = models.FileField(
        "bản quét (PDF)", upload_to=RandomName("papers"), blank=True, validators=[check_pdf], max_length=200
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="thay thế văn bản",
    )
    is_public = models.BooleanField("công khai", default=False)
    custody = models.CharField("quản lý", max_length=10, choices=PaperCustody, default=PaperCustody.OPEN, editable=False)
    search = FoldedField(source="label_for_search")

    objects = PaperQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issuer", "issued_on"],
                name="a_paper_is_number_issuer_and_date",
                violation_error_message="Văn bản cùng số, cùng cơ quan và cùng ngày ban hành đã có.",
            ),
            dates_in_order(name="a_paper_takes_effect_after_issue", start="issued_on", end="effective_on"),
        ]

    def __str__(self):
        return f"{self.get_kind_display().capitalize()} số {self.number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def label_for_search(self):
        return f"{self.number} {self.subject}"

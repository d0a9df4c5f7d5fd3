"""Official papers: those made elsewhere (`Paper`) and those printed here (`IssuedDocument`)."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.constraints import dates_in_order
from common.fields import FoldedField
from common.uploads import RandomName, check_pdf
from documents.enums import LetterheadProfile, PaperCustody, PaperKind


class Issuer(models.Model):
    """Cơ quan ban hành: who issues papers, with what its letterhead needs (DOC-7 … DOC-10)."""

    name = models.CharField("tên cơ quan", max_length=200, unique=True)
    superior_name = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    symbol = models.CharField("chữ viết tắt trong ký hiệu", max_length=40, blank=True)
    profile = models.CharField("thể thức", max_length=10, choices=LetterheadProfile, default=LetterheadProfile.STATE)
    place = models.CharField("địa danh", max_length=80, blank=True)
    search = FoldedField(source="name")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "cơ quan ban hành"
        verbose_name_plural = "cơ quan ban hành"
        ordering = ["name"]

    def __str__(self):
        return self.name


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


class IssuedDocument(models.Model):
    """Văn bản đã ban hành từ hệ thống: frozen values and file; never made again, only replaced (DOC-25)."""

    form = models.CharField("mẫu", max_length=40)
    title = models.CharField("tên văn bản", max_length=500)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, null=True, related_name="issued_documents", verbose_name="cơ quan ban hành"
    )
    issued_on = models.DateField("ngày ban hành")
    values = models.JSONField("dữ liệu đã in", default=dict)
    file = models.FileField("tệp", upload_to=RandomName("issued"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    code = models.CharField("mã xác minh", max_length=40, unique=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name="được thay bằng"
    )
    is_public = models.BooleanField("công khai", default=False)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại bản ghi")
    subject_id = models.PositiveBigIntegerField("mã bản ghi")
    subject = GenericForeignKey("subject_type", "subject_id")
    created_at = models.DateTimeField("thời điểm", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ban hành")
    search = FoldedField(source="label_for_search")

    class Meta:
        verbose_name = "văn bản đã ban hành"
        verbose_name_plural = "văn bản đã ban hành"
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        constraints = [
            # DOC-23: one number per issuer, type and year.
            models.UniqueConstraint(
                models.F("issuer"),
                models.F("form"),
                models.F("number"),
                models.functions.ExtractYear("issued_on"),
                condition=~models.Q(number=""),
                name="an_issued_number_is_used_once_a_year",
                violation_error_message="Số này đã dùng cho một văn bản khác cùng loại trong năm.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def label_for_search(self):
        return f"{self.title} {self.number}"

    def get_absolute_url(self):
        return reverse("documents:issued-file", args=[self.code])

"""Papers that went out from here, and the texts they are made of while they are written."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from common.constraints import both_or_neither
from common.fields import FoldedField
from common.models import Versioned
from common.uploads import RandomName, check_pdf
from documents.models.issuers import Issuer


class IssuedDocument(models.Model):
    """Văn bản đã ban hành từ hệ thống: frozen values and file; never made again, only replaced (DOC-25)."""

    form = models.CharField("mẫu", max_length=40)
    title = models.CharField("tên văn bản", max_length=500)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    # What the number is unique within: "BC" and "2022", or the term of a Party body; `running` is its own part, "05".
    type = models.CharField("chữ viết tắt tên loại", max_length=10, blank=True)
    period = models.CharField("năm hoặc nhiệm kỳ", max_length=20, blank=True)
    running = models.CharField("số thứ tự", max_length=20, blank=True)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, null=True, related_name="issued_documents", verbose_name="cơ quan ban hành"
    )
    issued_on = models.DateField("ngày ban hành")
    values = models.JSONField("dữ liệu đã in", default=dict)
    file = models.FileField("tệp", upload_to=RandomName("issued"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    # The version that came back signed and sealed, often finished in Word; `file` stays beside it.
    signed_file = models.FileField(
        "bản đã ký, đóng dấu (PDF)",
        upload_to=RandomName("signed"),
        blank=True,
        validators=[check_pdf],
        max_length=200,
    )
    signed_sha256 = models.CharField("SHA-256 của bản đã ký", max_length=64, blank=True)
    signed_at = models.DateTimeField("nộp bản đã ký lúc", null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người nộp bản đã ký",
    )
    code = models.CharField("mã xác minh", max_length=40, unique=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name="được thay bằng"
    )
    is_public = models.BooleanField("công khai", default=False)
    # The permission on the record that issuing it took; who holds it may bring back the signed version.
    permission = models.CharField("quyền ban hành", max_length=60, blank=True, editable=False)
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
            both_or_neither("signed_at", "signed_by", name="issued_signed_at_by"),
            # DOC-23, PTY-3: one number per issuer, type and year, for a Party body per term.
            models.UniqueConstraint(
                fields=["issuer", "type", "period", "running"],
                condition=~models.Q(running=""),
                name="an_issued_number_is_used_once_a_year",
                violation_error_message="Số này đã dùng cho một văn bản khác cùng loại trong năm.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def official_file(self):
        """What counts as the paper: the signed version that came back, else the file that was issued."""
        return self.signed_file or self.file

    @property
    def digests(self):
        """SHA-256 of every file that is this paper, the official one first."""
        return [digest for digest in (self.signed_sha256, self.sha256) if digest]

    @property
    def label_for_search(self):
        return f"{self.title} {self.number}"

    def get_absolute_url(self):
        return reverse("documents:issued-file", args=[self.code])


class PaperDraft(Versioned):
    """Bản thảo: what a person types for a form beyond what the records say; one per form and record."""

    form = models.CharField("mẫu", max_length=40)
    values = models.JSONField("nội dung đã nhập", default=dict)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại bản ghi")
    subject_id = models.PositiveBigIntegerField("mã bản ghi")
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        verbose_name = "bản thảo văn bản"
        verbose_name_plural = "bản thảo văn bản"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "subject_type", "subject_id"],
                name="a_draft_stands_once_per_form_and_record",
                violation_error_message="Bản thảo này đã có.",
            )
        ]

    def __str__(self):
        return f"{self.form}: {self.subject}"

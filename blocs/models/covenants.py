"""The yearly promise of all units: contents, targets, one signature row per member."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from blocs.enums import CovenantState, Qualifier, SignatureState, SignatureWay, SigningOrder, TargetBasis
from blocs.models.blocs import BlocYear
from blocs.models.units import Unit
from common.constraints import both_or_neither, state_known
from common.models import Versioned
from common.uploads import RandomName, check_pdf


class Covenant(models.Model):
    """Giao ước thi đua of one bloc-year; its text lives in numbered versions (F16)."""

    bloc_year = models.OneToOneField(BlocYear, models.PROTECT, related_name="covenant", verbose_name="khối trong năm")

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"

    def __str__(self):
        return f"Giao ước thi đua {self.bloc_year}"

    def get_absolute_url(self):
        return reverse("blocs:covenant", args=[self.bloc_year.bloc.slug, self.bloc_year.year.slug])

    @property
    def current(self):
        """The newest version."""
        return self.versions.order_by("-number").first()


class CovenantVersion(Versioned):
    """Phiên bản giao ước: free text while a draft, frozen with its digest once sent for signing."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="versions", verbose_name="giao ước")
    number = models.PositiveSmallIntegerField("phiên bản số", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=CovenantState, default=CovenantState.DRAFT, editable=False)
    theme = models.CharField("chủ đề", max_length=300, blank=True)
    grounds = models.TextField("căn cứ", blank=True, max_length=4000, help_text="Mỗi dòng một căn cứ.")
    undertaking = models.TextField("cam kết chung", blank=True, max_length=4000)
    place = models.CharField("nơi ký", max_length=200, blank=True)
    signed_on = models.DateField("ngày ký kết", null=True, blank=True)
    change_note = models.CharField("nội dung thay đổi so với bản trước", max_length=500, blank=True)
    digest = models.CharField("SHA-256 của nội dung", max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField("gửi ký lúc", null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người gửi ký",
    )
    sign_by = models.DateField("hạn ký", null=True, blank=True)
    order = models.CharField("thứ tự ký", max_length=10, choices=SigningOrder, default=SigningOrder.ANY)
    # Given when the text is frozen: it stands in the QR code of the file that everybody signs.
    code = models.CharField("mã xác minh", max_length=40, blank=True, editable=False)
    scan = models.FileField(
        "bản quét đã ký (PDF)", upload_to=RandomName("covenants"), blank=True, validators=[check_pdf], max_length=200
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "phiên bản giao ước"
        verbose_name_plural = "phiên bản giao ước"
        ordering = ["number"]
        constraints = [
            state_known(CovenantState, name="covenant_state_known"),
            both_or_neither("sent_at", "sent_by", name="covenant_sent_at_by"),
            models.UniqueConstraint(
                fields=["covenant", "number"],
                name="a_covenant_version_number_is_used_once",
                violation_error_message="Số phiên bản này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.covenant}, bản số {self.number}"

    def get_absolute_url(self):
        return self.covenant.get_absolute_url()

    @property
    def missing_to_send(self):
        """What a draft still lacks before it can go for signing."""
        missing = []
        if self.number > 1 and not self.change_note:
            missing.append("nội dung thay đổi so với bản trước")
        if not self.items.exists():
            missing.append("ít nhất một nội dung giao ước")
        if not self.covenant.bloc_year.memberships.exists():
            missing.append("danh sách đơn vị thành viên")
        return missing


class CovenantItem(models.Model):
    """Nội dung hoặc chỉ tiêu: a target has a value, a unit of measure and maybe a word like "ít nhất" (F24 later)."""

    version = models.ForeignKey(CovenantVersion, models.CASCADE, related_name="items", verbose_name="phiên bản")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    heading = models.CharField("nhóm nội dung", max_length=200, blank=True)
    text = models.TextField("nội dung", max_length=2000)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, blank=True, default=Qualifier.NONE)
    value = models.DecimalField("chỉ tiêu", max_digits=24, decimal_places=4, null=True, blank=True)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    responsible = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covenant_items",
        verbose_name="đơn vị phụ trách",
    )
    basis = models.CharField("cách tính kết quả", max_length=10, choices=TargetBasis, default=TargetBasis.BLOC)

    class Meta:
        verbose_name = "nội dung giao ước"
        verbose_name_plural = "nội dung giao ước"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]


class CovenantRevision(models.Model):
    """Tệp giao ước: number 0 is the text as frozen, each certificate signature adds the next; none is ever changed."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="revisions", verbose_name="phiên bản")
    number = models.PositiveSmallIntegerField("lần ghi", default=0)
    file = models.FileField("tệp (PDF)", upload_to=RandomName("covenants"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField("thời điểm", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thực hiện"
    )

    class Meta:
        verbose_name = "tệp giao ước"
        verbose_name_plural = "tệp giao ước"
        ordering = ["number"]
        constraints = [
            # Two signers at the same moment: the second builds on a file that is not the last any more.
            models.UniqueConstraint(
                fields=["version", "number"],
                name="a_covenant_revision_number_is_used_once",
                violation_error_message="Lần ghi này đã có.",
            )
        ]

    def __str__(self):
        return f"{self.version}, tệp {self.number}"


class CovenantSignature(models.Model):
    """Chữ ký của một đơn vị: one row per member from the day the covenant is sent for signing."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="signatures", verbose_name="phiên bản")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="covenant_signatures", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    state = models.CharField(
        "trạng thái", max_length=10, choices=SignatureState, default=SignatureState.WAITING, editable=False
    )
    way = models.CharField("cách ký", max_length=12, choices=SignatureWay, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signed_at = models.DateTimeField("ký lúc", null=True, editable=False)
    refusal_reason = models.CharField("lý do từ chối", max_length=500, blank=True)
    # What was signed: the SHA-256 of the file that the signer had before the eyes.
    seen_sha256 = models.CharField("SHA-256 của tệp đã xem", max_length=64, blank=True, editable=False)
    scan = models.FileField(
        "bản quét có chữ ký (PDF)",
        upload_to=RandomName("covenants"),
        blank=True,
        validators=[check_pdf],
        max_length=200,
    )
    certificate = models.JSONField("chứng thư số đã ký", default=dict, blank=True, editable=False)
    revision = models.OneToOneField(
        CovenantRevision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="signature",
        verbose_name="tệp có chữ ký số",
    )
    address = models.GenericIPAddressField("địa chỉ mạng", null=True, editable=False)
    recorded_at = models.DateTimeField("ghi nhận lúc", null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người ghi nhận",
    )

    class Meta:
        verbose_name = "chữ ký giao ước"
        verbose_name_plural = "chữ ký giao ước"
        ordering = ["position", "pk"]
        constraints = [
            state_known(SignatureState, name="signature_state_known"),
            both_or_neither("recorded_at", "recorded_by", name="signature_recorded_at_by"),
            models.UniqueConstraint(
                fields=["version", "unit"],
                name="a_unit_signs_a_version_once",
                violation_error_message="Đơn vị đã có dòng ký trong bản giao ước này.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_state_display()}"

    @property
    def field_name(self):
        """The name of this unit's signature field in the file."""
        return f"Ky_{self.position}"


class CovenantReminder(models.Model):
    """Thư nhắc ký: one row per letter, so that nobody is reminded twice for the same day."""

    signature = models.ForeignKey(CovenantSignature, models.CASCADE, related_name="reminders", verbose_name="dòng ký")
    sent_on = models.DateField("ngày nhắc")
    recipients = models.TextField("người nhận", blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người nhắc"
    )

    class Meta:
        verbose_name = "thư nhắc ký"
        verbose_name_plural = "thư nhắc ký"
        ordering = ["-sent_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "sent_on"],
                name="a_unit_is_reminded_once_a_day",
                violation_error_message="Hôm nay đã nhắc đơn vị này.",
            )
        ]

    def __str__(self):
        return f"{self.signature.unit}, {self.sent_on:%d/%m/%Y}"


class UnitCertificate(models.Model):
    """Chứng thư số của đơn vị: where some are registered, only these count as the unit's signature."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="certificates", verbose_name="đơn vị")
    subject = models.CharField("chủ thể", max_length=500)
    issuer_name = models.CharField("tổ chức cấp", max_length=500)
    serial = models.CharField("số hiệu", max_length=80)
    fingerprint = models.CharField("SHA-256 của chứng thư", max_length=64)
    starts_on = models.DateField("có hiệu lực từ")
    ends_on = models.DateField("đến")
    is_revoked = models.BooleanField("đã thu hồi", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "chứng thư số của đơn vị"
        verbose_name_plural = "chứng thư số của đơn vị"
        ordering = ["unit", "-ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fingerprint"],
                name="a_certificate_is_registered_once_per_unit",
                violation_error_message="Chứng thư này đã đăng ký cho đơn vị.",
            )
        ]

    def __str__(self):
        return f"{self.unit}: {self.subject}"

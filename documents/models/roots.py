"""Which certification authorities a signature may come from."""

from django.db import models
from simple_history.models import HistoricalRecords


class TrustRoot(models.Model):
    """Chứng thư số gốc: a signature counts only if its chain ends at one of these; the province edits the list."""

    name = models.CharField("tên", max_length=200)
    pem = models.TextField("chứng thư (PEM)")
    fingerprint = models.CharField("SHA-256 của chứng thư", max_length=64, unique=True, editable=False)
    expires_on = models.DateField("hết hạn ngày", editable=False)
    is_active = models.BooleanField("đang tin cậy", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "chứng thư số gốc"
        verbose_name_plural = "chứng thư số gốc"
        ordering = ["name"]

    def __str__(self):
        return self.name

"""Many papers made behind the page: what is asked for, how far it is, where the result lies."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from common.constraints import state_known
from common.uploads import RandomName
from documents.enums import BatchItemState, BatchState


class PaperBatch(models.Model):
    """Đợt tạo văn bản: papers made by workers and packed into one ZIP (or one PDF); can be called off."""

    title = models.CharField("tên đợt", max_length=300)
    filename = models.CharField("tên tệp kết quả", max_length=200)
    state = models.CharField("trạng thái", max_length=10, choices=BatchState, default=BatchState.WAITING, editable=False)
    is_cancelled = models.BooleanField("đã yêu cầu dừng", default=False)
    file = models.FileField("tệp kết quả", upload_to=RandomName("batches"), blank=True, max_length=200)
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu")
    finished_at = models.DateTimeField("xong lúc", null=True, editable=False)

    class Meta:
        verbose_name = "đợt tạo văn bản"
        verbose_name_plural = "các đợt tạo văn bản"
        ordering = ["-pk"]
        constraints = [state_known(BatchState, name="paper_batch_state_known")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("documents:batch", args=[self.pk])


class PaperBatchItem(models.Model):
    """One paper of a batch: the frozen values say all, so that any worker can make it without asking the records."""

    batch = models.ForeignKey(PaperBatch, models.CASCADE, related_name="items", verbose_name="đợt")
    position = models.PositiveIntegerField("thứ tự")
    title = models.CharField("tên văn bản", max_length=500)
    filename = models.CharField("tên tệp", max_length=200)
    template_name = models.CharField("mẫu in", max_length=200, blank=True)
    values = models.JSONField("dữ liệu in", default=dict)
    state = models.CharField(
        "trạng thái", max_length=10, choices=BatchItemState, default=BatchItemState.WAITING, editable=False
    )
    problem = models.CharField("lý do không tạo được", max_length=500, blank=True)
    # Either made here from `values`, or a file that exists already and is only packed.
    file = models.FileField("tệp", upload_to=RandomName("batches"), blank=True, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    taken_at = models.DateTimeField("bắt đầu lúc", null=True, editable=False)

    class Meta:
        verbose_name = "văn bản của đợt"
        verbose_name_plural = "văn bản của đợt"
        ordering = ["position"]
        constraints = [
            state_known(BatchItemState, name="paper_batch_item_state_known"),
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="a_batch_position_is_used_once",
                violation_error_message="Thứ tự này đã có trong đợt.",
            ),
        ]

    def __str__(self):
        return self.title

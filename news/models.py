"""What the public reads: articles with pictures and attached files."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from blocs.models import BlocYear
from common.constraints import both_or_neither, state_known
from common.fields import FoldedField
from common.models import Versioned
from common.uploads import RandomName, check_pdf, check_picture
from meetings.models import Meeting
from news.enums import ArticleState


class Category(models.Model):
    """Chuyên mục."""

    slug = models.SlugField("phần địa chỉ", max_length=80, unique=True)
    name = models.CharField("tên chuyên mục", max_length=120, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:category", args=[self.slug])


class ArticleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=ArticleState.PUBLISHED).order_by("-published_at", "-pk")

    def for_list(self):
        return self.select_related("category", "bloc_year__bloc", "bloc_year__year").prefetch_related("photos")


class Article(Versioned):
    """Tin bài: title in normal case, plain paragraphs; the day of the event is not the day of publication (WEB-5)."""

    title = models.CharField("tiêu đề", max_length=300)
    slug = models.SlugField("phần địa chỉ", max_length=120, unique=True, editable=False)
    lead = models.TextField("sapo", max_length=1000, blank=True)
    body = models.TextField("nội dung", max_length=50_000, blank=True, help_text="Để một dòng trống giữa hai đoạn.")
    category = models.ForeignKey(Category, models.PROTECT, related_name="articles", verbose_name="chuyên mục")
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="khối trong năm"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="hội nghị"
    )
    event_on = models.DateField("ngày diễn ra", null=True, blank=True)
    author_line = models.CharField("tác giả", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    source_url = models.URLField("địa chỉ nguồn", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=ArticleState, default=ArticleState.DRAFT, editable=False)
    return_reason = models.TextField("lý do trả lại", max_length=2000, blank=True, editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="articles", editable=False, verbose_name="người viết"
    )
    published_at = models.DateTimeField("đăng lúc", null=True, editable=False, db_index=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người đăng",
    )
    search = FoldedField(source="title")

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "tin bài"
        verbose_name_plural = "tin bài"
        ordering = ["-pk"]
        constraints = [
            state_known(ArticleState, name="article_state_known"),
            both_or_neither("published_at", "published_by", name="article_published_at_by"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The page in the newsroom; the public one is `get_public_url`."""
        return reverse("news:desk-article", args=[self.pk])

    def get_public_url(self):
        return reverse("news:article", args=[self.slug])


class Photo(models.Model):
    """Ảnh của bài: always an alternative text; the caption may be empty."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos", verbose_name="tin bài")
    image = models.ImageField("ảnh", upload_to=RandomName("photos"), validators=[check_picture], max_length=200)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    credit = models.CharField("người chụp", max_length=120, blank=True)
    alt = models.CharField("mô tả ảnh cho người khiếm thị", max_length=300)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or self.alt


class Attachment(models.Model):
    """Tệp đính kèm bài."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachments", verbose_name="tin bài")
    file = models.FileField("tệp (PDF)", upload_to=RandomName("attachments"), validators=[check_pdf], max_length=200)
    title = models.CharField("tên tệp", max_length=200)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

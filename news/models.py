"""What the public reads: articles with pictures and attached files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from blocs.models import BlocYear
from blocs.scope import scope_of
from common.constraints import both_or_neither, state_known
from common.fields import FoldedField
from common.models import Versioned
from common.uploads import RandomName, check_pdf, check_picture
from meetings.models import Meeting
from news.enums import ArticleState
from news.nominees import hidden_names_in


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
        """What a reader without an account may see, newest first."""
        return self.filter(state=ArticleState.PUBLISHED).order_by("-published_at", "-pk")

    def visible_to(self, user):
        """The list side of `news.view_article`; a test keeps the two equal."""
        scope = scope_of(user)
        seen = Q(created_by=user.pk, created_by__isnull=False) | Q(bloc_year__in=scope.led_ids)
        if scope.is_editor:
            seen |= ~Q(state=ArticleState.DRAFT)
        return self.filter(seen)

    def for_list(self):
        return self.select_related("category", "bloc_year__bloc", "bloc_year__year").prefetch_related("photos")

    def for_desk(self):
        return self.select_related("category", "bloc_year__bloc", "bloc_year__year", "created_by", "published_by")


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

    @property
    def tone(self):
        """The colour of the state's label."""
        return {
            ArticleState.DRAFT: "neutral",
            ArticleState.IN_REVIEW: "waiting",
            ArticleState.PUBLISHED: "ok",
            ArticleState.WITHDRAWN: "bad",
        }[ArticleState(self.state)]

    @property
    def is_published(self):
        return self.state == ArticleState.PUBLISHED

    @property
    def cover(self):
        """The first picture, or None; lists prefetch `photos`."""
        photos = self.photos.all()
        return photos[0] if photos else None

    @property
    def missing_to_submit(self):
        """What a draft lacks before it can be sent for review."""
        missing = []
        if not self.title.strip():
            missing.append("tiêu đề")
        if not self.lead.strip():
            missing.append("sapo")
        if not self.body.strip():
            missing.append("nội dung bài")
        if self.category_id is None:
            missing.append("chuyên mục")
        # A database filled by other ways than the form may hold such a row (WEB-3).
        missing += [
            f"mô tả cho người khiếm thị của ảnh thứ {number}"
            for number, photo in enumerate(self.photos.all(), 1)
            if not photo.alt.strip()
        ]
        return missing

    @property
    def missing_to_publish(self):
        """The same, and nobody may be named whose award is still pending or was refused (WEB-7)."""
        return [*self.missing_to_submit, *(name.sentence for name in hidden_names_in(self))]


class Photo(models.Model):
    """Ảnh của bài: always an alternative text; the caption may be empty. Stored anew in two sizes, without camera data."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos", verbose_name="tin bài")
    image = models.ImageField("ảnh", upload_to=RandomName("photos"), validators=[check_picture], max_length=200)
    small = models.ImageField("ảnh nhỏ", upload_to=RandomName("photos"), blank=True, editable=False, max_length=200)
    width = models.PositiveIntegerField("chiều rộng", default=0, editable=False)
    height = models.PositiveIntegerField("chiều cao", default=0, editable=False)
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

    def get_absolute_url(self):
        return reverse("news:photo", args=[self.pk])

    @property
    def small_url(self):
        return f"{self.get_absolute_url()}?co=nho"


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

    def get_absolute_url(self):
        return reverse("news:attachment", args=[self.pk])


class Correction(models.Model):
    """Đính chính: what was changed in an article that had already been published; shown below it as such (N21)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections", verbose_name="tin bài")
    note = models.TextField("nội dung đính chính", max_length=1000)
    written_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    published_at = models.DateTimeField("đăng lúc", null=True, editable=False)

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        ordering = ["pk"]

    def __str__(self):
        return self.note[:80]

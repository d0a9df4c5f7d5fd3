"""States of an article."""

from django.db.models import TextChoices


class ArticleState(TextChoices):
    """Draft → review → publish → withdraw (WEB-4)."""

    DRAFT = "draft", "Đang soạn"
    IN_REVIEW = "in_review", "Chờ duyệt"
    PUBLISHED = "published", "Đã đăng"
    WITHDRAWN = "withdrawn", "Đã gỡ"


TRANSITIONS = {
    ArticleState.DRAFT: {ArticleState.IN_REVIEW},
    ArticleState.IN_REVIEW: {ArticleState.PUBLISHED, ArticleState.DRAFT},
    ArticleState.PUBLISHED: {ArticleState.WITHDRAWN},
    ArticleState.WITHDRAWN: {ArticleState.DRAFT},
}

WAITING_FOR = {
    ArticleState.DRAFT: "người viết",
    ArticleState.IN_REVIEW: "biên tập viên",
    ArticleState.PUBLISHED: None,
    ArticleState.WITHDRAWN: "người viết",
}

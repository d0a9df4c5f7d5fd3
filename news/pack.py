"""Articles about a year that are not published when it is handed over."""

from blocs.pack import PackLine
from news.enums import ArticleState
from news.models import Article

NEWS = "Tin bài chưa đăng"


_LABELS = {ArticleState.DRAFT: "Bài đang soạn, chưa gửi duyệt", ArticleState.IN_REVIEW: "Bài đang chờ duyệt"}


def lines_of(bloc_year):
    """Drafts and articles in review, without their titles: every member reads the list, only who writes reads a draft."""
    rows = Article.objects.filter(bloc_year=bloc_year, state__in=list(_LABELS))
    for row in rows.order_by("pk"):
        yield PackLine(NEWS, f"article:{row.pk}", _LABELS[row.state], f"Lập ngày {row.created_at:%d/%m/%Y}")

"""Articles about a year that are not published when it is handed over."""

from blocs.pack import PackLine
from news.enums import ArticleState
from news.models import Article

NEWS = "Tin bài chưa đăng"


def lines_of(bloc_year):
    """Drafts and articles in review."""
    rows = Article.objects.filter(bloc_year=bloc_year, state__in=(ArticleState.DRAFT, ArticleState.IN_REVIEW))
    for row in rows.order_by("pk"):
        yield PackLine(NEWS, f"article:{row.pk}", row.title, row.get_state_display())

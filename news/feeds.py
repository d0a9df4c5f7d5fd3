"""RSS of the published articles."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.urls import reverse

from news.models import Article

_LENGTH = 30


class NewsFeed(Feed):
    """The newest articles with title, lead and day of publication."""

    language = "vi"

    def title(self):
        return f"{settings.SITE_NAME} – {settings.SITE_OWNER}"

    def description(self):
        return f"Tin tức thi đua, khen thưởng của {settings.SITE_OWNER}"

    def link(self):
        return reverse("news:articles")

    def feed_url(self):
        return reverse("news:feed")

    def items(self):
        return Article.objects.published().select_related("category")[:_LENGTH]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.lead

    def item_link(self, item):
        return item.get_public_url()

    def item_pubdate(self, item):
        return item.published_at

    def item_author_name(self, item):
        return item.author_line or None

    def item_categories(self, item):
        return [item.category.name]


news_feed = login_not_required(NewsFeed())

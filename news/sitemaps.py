"""What search engines may find of the news."""

from django.contrib.sitemaps import Sitemap

from news.models import Article


class ArticleSitemap(Sitemap):
    changefreq = "yearly"
    limit = 5000

    def items(self):
        return Article.objects.published().only("slug", "published_at", "edited_at", "state")

    def location(self, item):
        return item.get_public_url()

    def lastmod(self, item):
        return max(filter(None, (item.published_at, item.edited_at)))

"""What search engines may find: the fixed pages, the blocs, their years, the units, the news."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from blocs.models import Bloc, BlocYear, Unit
from news.sitemaps import ArticleSitemap


class PageSitemap(Sitemap):
    def items(self):
        return ["portal:home", "news:articles", "portal:bloc-list"]

    def location(self, item):
        return reverse(item)


class BlocSitemap(Sitemap):
    def items(self):
        return Bloc.objects.in_order()


class BlocYearSitemap(Sitemap):
    def items(self):
        return BlocYear.objects.for_work().order_by("bloc__sort_key", "-year__starts_on")

    def location(self, item):
        return item.get_public_url()


class UnitSitemap(Sitemap):
    def items(self):
        return Unit.objects.in_order()


SITEMAPS = {
    "trang": PageSitemap,
    "khoi": BlocSitemap,
    "nam": BlocYearSitemap,
    "don-vi": UnitSitemap,
    "tin": ArticleSitemap,
}

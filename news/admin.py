"""Categories are kept here; articles can be looked at, their state and text belong to the newsroom."""

from django.contrib import admin

from common.admin import HistoryAdmin
from news.models import Article, Category


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]


@admin.register(Article)
class ArticleAdmin(HistoryAdmin):
    list_display = ["title", "category", "state", "created_by", "published_at"]
    list_filter = ["state", "category"]
    list_select_related = ["category", "created_by"]
    search_fields = ["title", "search"]
    fields = [
        "title",
        "slug",
        "lead",
        "body",
        "category",
        "event_on",
        "author_line",
        "source",
        "source_url",
        "state",
        "created_by",
        "published_at",
        "published_by",
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

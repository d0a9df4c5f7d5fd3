"""Registry of issuers and papers; issued papers can be looked at, never touched."""

from django.contrib import admin

from common.admin import HistoryAdmin
from documents.enums import PaperCustody
from documents.models import IssuedDocument, Issuer, Paper


@admin.register(Issuer)
class IssuerAdmin(HistoryAdmin):
    list_display = ["name", "superior_name", "symbol", "profile", "place"]
    search_fields = ["name", "search"]


@admin.register(Paper)
class PaperAdmin(HistoryAdmin):
    list_display = ["number", "kind", "issuer", "issued_on", "subject", "is_public"]
    list_filter = ["kind", "is_public"]
    list_select_related = ["issuer"]
    search_fields = ["number", "subject", "search"]
    autocomplete_fields = ["issuer", "replaces"]
    date_hierarchy = "issued_on"

    def has_change_permission(self, request, obj=None):
        """The paper of a decision is sealed until the decision is published and locked from then on (F82)."""
        is_kept = obj is not None and obj.custody != PaperCustody.OPEN
        return not is_kept and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(admin.ModelAdmin):
    list_display = ["number", "title", "issuer", "issued_on", "created_by", "is_public"]
    list_select_related = ["issuer", "created_by"]
    search_fields = ["number", "title", "code"]
    # Without the file's storage link: uploads are served by our own view alone.
    fields = [
        "form",
        "title",
        "number",
        "issuer",
        "issued_on",
        "code",
        "sha256",
        "superseded_by",
        "is_public",
        "created_at",
        "created_by",
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

"""Registry of issuers and papers; issued papers can be looked at, never touched."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from common.admin import HistoryAdmin, Logged
from common.errors import DomainError
from documents.enums import PaperCustody
from documents.models import IssuedDocument, Issuer, Paper, TrustRoot
from documents.signing import load_certificate, why_not_a_root


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


class TrustRootForm(forms.ModelForm):
    """A root comes as the authority's own file; what it says is read from it, not typed."""

    upload = forms.FileField(
        label="Tệp chứng thư gốc (.cer, .crt, .pem)",
        help_text="Tải từ trang của tổ chức chứng thực và so SHA-256 với bản họ công bố trước khi tin cậy.",
    )

    class Meta:
        model = TrustRoot
        fields = ["name", "is_active"]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        try:
            facts = load_certificate(upload.read(1024 * 1024))
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if reason := why_not_a_root(facts, at=timezone.now()):
            raise forms.ValidationError(reason)
        if not facts.is_self_signed:
            raise forms.ValidationError(
                f"Chứng thư “{facts.common_name}” do “{facts.issuer}” cấp, không phải chứng thư gốc; hãy tải chứng thư gốc."
            )
        known = TrustRoot.objects.filter(fingerprint=facts.fingerprint).first()
        if known:
            raise forms.ValidationError(f"Chứng thư này đã có trong danh sách với tên “{known}”.")
        self.instance.pem, self.instance.fingerprint = facts.pem, facts.fingerprint
        self.instance.expires_on = timezone.localtime(facts.valid_until).date()
        return upload


@admin.register(TrustRoot)
class TrustRootAdmin(Logged, HistoryAdmin):
    """Which authorities count. A root is never taken off: it stops being trusted, and both are in the log."""

    list_display = ["name", "expires_on", "is_active", "fingerprint"]
    list_filter = ["is_active"]
    logged_fields = ["name", "fingerprint", "is_active"]
    logged_action = "chứng thư số gốc"

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": TrustRootForm}), **kwargs)

    def get_fields(self, request, obj=None):
        return ["name", "is_active", "fingerprint", "expires_on", "pem"] if obj else ["name", "upload", "is_active"]

    def get_readonly_fields(self, request, obj=None):
        return ["fingerprint", "expires_on", "pem"] if obj else []

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
        "signed_sha256",
        "signed_at",
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

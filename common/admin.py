"""What the administration of all apps shares: it repairs and looks, it never does the work (design §4)."""

from django.core.exceptions import PermissionDenied
from simple_history.admin import SimpleHistoryAdmin

from common import audit


class HistoryAdmin(SimpleHistoryAdmin):
    """Shows how a record came to be what it is; an old version can be read, never put back.

    Putting back writes every column of the old row, the state among them, past the services, the log and even past
    `has_change_permission`.
    """

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("Bản cũ chỉ để xem, không khôi phục được.")
        return super().history_form_view(request, object_id, version_id, extra_context)

    def revert_disabled(self, request, obj=None):
        return True


class Logged:
    """Whatever gives or takes a right is written to the log that nobody can delete (design §8)."""

    logged_fields = ()
    logged_action = ""

    def save_model(self, request, obj, form, change):
        before = self._values(type(obj).objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        after = self._values(obj)
        if before != after:
            verb = "sửa" if change else "thêm"
            audit.record(f"{verb} {self.logged_action}", obj, by=request.user, before=before, after=after)

    def delete_model(self, request, obj):
        audit.record(f"xóa {self.logged_action}", obj, by=request.user, before=self._values(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)

    def _values(self, obj):
        return {name: str(getattr(obj, name)) for name in self.logged_fields}

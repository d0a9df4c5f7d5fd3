"""Accounts are issued here; what an account may do comes from the dated rows of `blocs` and `awards`."""

from allauth.account import admin as allauth_admin  # registers its models, so that we can take them out
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group

from accounts.models import User
from common import audit
from common.admin import HistoryAdmin, Logged

# Roles are dated rows, not groups (design §4); addresses of allauth's own are not used.
admin.site.unregister(Group)
allauth_admin.admin.site.unregister(EmailAddress)


@admin.register(User)
class UserAdmin(Logged, DjangoUserAdmin, HistoryAdmin):
    list_display = ("username", "full_name", "phone", "is_active", "must_change_password", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "must_change_password")
    search_fields = ("username", "full_name", "phone", "email")
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Người dùng", {"fields": ("full_name", "phone", "email")}),
        ("Sử dụng", {"fields": ("is_active", "must_change_password", "is_superuser")}),
        ("Thời điểm", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "full_name", "phone", "password1", "password2")}),)
    logged_fields = ("username", "full_name", "is_active", "is_superuser", "must_change_password")
    logged_action = "tài khoản"

    def has_delete_permission(self, request, obj=None):
        """Nobody vanishes from the history of the work; an account is closed by taking away “is active”."""
        return False

    def user_change_password(self, request, id, form_url=""):
        """A password set by somebody else is a way into an account, so the log says who set it."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            audit.record("đặt lại mật khẩu", self.get_object(request, id), by=request.user)
        return response

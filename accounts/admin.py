"""Accounts are issued here; what an account may do comes from the dated rows of `blocs` and `awards`."""

from allauth.account import admin as allauth_admin  # registers its models, so that we can take them out
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import User

# Roles are dated rows, not groups (design §4); addresses of allauth's own are not used.
admin.site.unregister(Group)
allauth_admin.admin.site.unregister(EmailAddress)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, SimpleHistoryAdmin):
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

"""The administrator's site: accounts, registries and repair, never the state of the work."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied


class AdminSite(admin.AdminSite):
    site_title = "Quản trị hệ thống"
    site_header = "Quản trị hệ thống khối thi đua"
    index_title = "Danh mục và tài khoản"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Administrators only: the roles of the work have their own pages (design §4)."""
        return request.user.is_active and request.user.is_superuser

    def login(self, request, extra_context=None):
        """One door for everybody: the sign-in page counts wrong passwords, Django's own here would not."""
        if request.user.is_authenticated:
            raise PermissionDenied("Trang quản trị chỉ dành cho quản trị hệ thống.")
        return redirect_to_login(request.GET.get("next") or "/quan-tri/", login_url=settings.LOGIN_URL)

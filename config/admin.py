"""The administrator's site: accounts, registries and repair, never the state of the work."""

from django.contrib import admin


class AdminSite(admin.AdminSite):
    site_title = "Quản trị hệ thống"
    site_header = "Quản trị hệ thống khối thi đua"
    index_title = "Danh mục và tài khoản"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Administrators only: the roles of the work have their own pages (design §4)."""
        return request.user.is_active and request.user.is_superuser

"""What every page knows about the site itself."""

from django.conf import settings
from django.utils import timezone

from portal.menus import workplace_context

# The demo's accounts (design §6), in the order in which a visitor would try them.
DEMO_ACCOUNTS = (
    ("thuky", "Thư ký khối: đơn vị Khối trưởng năm 2021 (Ban Tổ chức Tỉnh ủy)"),
    ("phokhoi", "Đơn vị Khối phó năm 2021 (Hội Nông dân tỉnh)"),
    ("donvi", "Đơn vị thành viên (Báo Phú Thọ)"),
    ("hoidong", "Cơ quan thường trực Hội đồng Thi đua - Khen thưởng"),
    ("uyvien", "Ủy viên Hội đồng Thi đua - Khen thưởng"),
    ("bientap", "Biên tập viên"),
    ("quantri", "Quản trị hệ thống"),
)


def site(request):
    """`site`: name, owner, support, demo flag, today, and on the sign-in page of the demo its accounts."""
    match = request.resolver_match
    is_sign_in = match is not None and match.url_name == "account_login"
    return {
        "site": {
            "name": settings.SITE_NAME,
            "owner": settings.SITE_OWNER,
            "support": settings.SITE_SUPPORT,
            "is_demo": settings.DEMO,
            "today": timezone.localdate(),
            "demo_accounts": DEMO_ACCOUNTS if settings.DEMO and is_sign_in else (),
        }
    }


def workplace(request):
    """`menu`, `current_unit`, `current_year`, `year_choices` for signed-in pages."""
    user = getattr(request, "user", None)
    return workplace_context(request) if user is not None and user.is_authenticated else {}

"""What every page knows about the site itself."""

from django.conf import settings
from django.utils import timezone

from portal.demo import facts
from portal.demo.pki import key_file
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
    """`site`: name, owner, support, demo flag, today; of the demo also its accounts, where one signs in, and its keys."""
    match = request.resolver_match
    page = match.url_name if match is not None else ""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "owner": settings.SITE_OWNER,
            "support": settings.SITE_SUPPORT,
            "is_demo": settings.DEMO,
            "today": timezone.localdate(),
            "demo_accounts": DEMO_ACCOUNTS if settings.DEMO and page == "account_login" else (),
            "demo_keys": _demo_keys() if settings.DEMO and page == "covenant-sign-certificate" else (),
        }
    }


def _demo_keys():
    """The key files that lie on this machine, with the unit of each."""
    units = [facts.SIGNS_BY_CERTIFICATE, facts.SIGNS_NEXT]
    return [{"unit": unit, "path": key_file(unit), "password": facts.PASSWORD} for unit in units if key_file(unit).exists()]


def workplace(request):
    """`menu`, `current_unit`, `current_year`, `year_choices` for signed-in pages."""
    user = getattr(request, "user", None)
    return workplace_context(request) if user is not None and user.is_authenticated else {}

"""The menu on the left, the unit and the year on top of every page of the workplace."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from awards.rules import is_council_member
from blocs.enums import YearState
from blocs.models import Assignment, BlocYear, EmulationYear, Unit
from blocs.scope import member_bloc_year_ids, scope_of, visible_bloc_years
from common.actor import once_a_request
from portal.reports.tasks import waiting_counts

# Pages of a bloc-year that exist in every other year of the bloc as well; from any other page one comes to the overview.
YEAR_PAGES = {
    "portal:bloc-year-work",
    "portal:bloc-year-papers",
    "blocs:members",
    "blocs:rotation",
    "blocs:covenant",
    "blocs:targets",
    "meetings:meetings",
    "awards:proposals",
    "blocs:handover",
}
# More than this many workplaces are found by the dashboard's list, not by the menu.
MOST_WORKPLACES = 6


def workplace_context(request):
    """What templates/workplace/base.html takes; read only when a page of the workplace asks for it."""
    return {
        "menu": SimpleLazyObject(lambda: menu_of(request)),
        "current_unit": SimpleLazyObject(lambda: current_unit(request.user)),
        "current_year": SimpleLazyObject(lambda: _current_year(request)),
        "year_choices": SimpleLazyObject(lambda: _year_choices_once(request)),
    }


def menu_of(request):
    """Groups of lines for this user: own work first, then the board, the newsroom, the registry, the account."""
    user = request.user
    scope = scope_of(user)
    groups = [_group("", _line(request, "Bảng việc", "portal:dashboard", icon="grid"))]
    if places := _workplaces(request, scope):
        groups.append(_group("Khối của tôi", *places))
    if scope.is_standing_agency or is_council_member(user):
        groups.append(_group("Thẩm định, khen thưởng", *_board_lines(request, scope)))
    if scope.is_editor or scope.led_ids or scope.is_standing_agency:
        count = waiting_counts(user)["articles"]
        groups.append(_group("Cổng thông tin", _line(request, "Tin bài", "news:desk", icon="newspaper", count=count)))
    if scope.is_standing_agency:
        groups.append(_group("Danh mục", *_registry_lines(request)))
    own = [
        _line(request, "Sổ văn bản", "portal:papers", icon="journal-text"),
        _line(request, "Tài khoản của tôi", "account_own", icon="person"),
    ]
    if user.is_superuser:
        own.append(_line(request, "Quản trị hệ thống", "admin:index", icon="gear"))
        own.append(_line(request, "Nhập tài khoản từ Excel", "blocs:imports", icon="file-earmark-excel"))
    own.append(_line(request, "Trang công khai", "portal:home", icon="globe"))
    groups.append(_group("Chung", *own))
    return groups


def _group(label, *lines):
    return {"label": label, "items": list(lines)}


def _line(request, label, name, *args, icon="dot", count=0, url=""):
    url = url or reverse(name, args=args)
    path = request.path
    # The dashboard's address begins every other one, so it is active only on itself.
    is_exact = name in {"portal:dashboard", "portal:home", "blocs:registry", "awards:board"}
    active = path == url if is_exact else path.startswith(url)
    return {"label": label, "url": url, "icon": icon, "count": count, "active": active}


def _workplaces(request, scope):
    """The own bloc-years of the open years, those in office first."""
    ids = member_bloc_year_ids(scope.unit_ids) | scope.led_ids
    if not ids:
        return []
    rows = BlocYear.objects.filter(pk__in=ids, year__state=YearState.OPEN).for_work()
    rows = sorted(rows.order_by("-year__starts_on", "bloc__sort_key"), key=lambda row: row.pk not in scope.led_ids)
    return [
        _line(
            request,
            f"{row.year.title}: {row.bloc.label}",
            "portal:bloc-year-work",
            row.bloc.slug,
            row.year.slug,
            icon="briefcase" if row.pk in scope.led_ids else "people",
        )
        for row in rows[:MOST_WORKPLACES]
    ]


def _board_lines(request, scope):
    waiting = waiting_counts(request.user)["board"] if scope.is_standing_agency else 0
    lines = [_line(request, "Tờ trình, thẩm định", "awards:board", icon="clipboard-check", count=waiting)]
    if scope.is_standing_agency:
        lines.append(_line(request, "Quyết định khen thưởng", "awards:decisions", icon="file-earmark-check"))
        lines.append(_line(request, "Sổ khen thưởng", "awards:grant-register", icon="award"))
    return lines


def _registry_lines(request):
    return [
        _line(request, "Tổng quan danh mục", "blocs:registry", icon="folder2"),
        _line(request, "Khối, cụm thi đua", "blocs:blocs", icon="collection"),
        _line(request, "Đơn vị", "blocs:units", icon="building"),
        _line(request, "Biến động tổ chức", "portal:successions", icon="diagram-3"),
        _line(request, "Năm thi đua", "blocs:years", icon="calendar3"),
        _line(request, "Văn bản", "blocs:papers", icon="file-earmark-text"),
        _line(request, "Mẫu giao ước", "blocs:covenant-templates", icon="file-earmark-ruled"),
        _line(request, "Danh hiệu, hình thức", "awards:catalogue", icon="trophy"),
        _line(request, "Nhập, xuất Excel", "blocs:imports", icon="file-earmark-excel"),
    ]


def current_unit(user):
    """The names of the units for which the user works, in whatever role, as one text; empty for nobody."""
    units = Unit.objects.filter(assignments__in=Assignment.objects.on().filter(user=user)).distinct()
    return ", ".join(unit.name for unit in units.in_order())


# The year on top


def _current_year(request):
    for choice in _year_choices_once(request):
        if choice["active"]:
            return choice["label"]
    return ""


def _year_choices_once(request):
    return once_a_request("year choices", lambda: year_choices(request))


def year_choices(request):
    """The years one may change to: the same page of the same bloc, or the dashboard's lists of that year."""
    match = request.resolver_match
    if match is None:
        return []
    if match.view_name == "portal:dashboard":
        return _dashboard_years(request)
    slug, year_slug = match.kwargs.get("slug"), match.kwargs.get("year_slug")
    if not slug or not year_slug:
        return []
    name = match.view_name if match.view_name in YEAR_PAGES else "portal:bloc-year-work"
    rows = visible_bloc_years(request.user).filter(bloc__slug=slug).for_work().order_by("-year__starts_on")
    return [
        {
            "label": row.year.label,
            "url": reverse(name, args=[slug, row.year.slug]),
            "active": row.year.slug == year_slug,
        }
        for row in rows
    ]


def _dashboard_years(request):
    home = reverse("portal:dashboard")
    chosen = request.GET.get("nam", "")
    years = EmulationYear.objects.filter(bloc_years__in=visible_bloc_years(request.user)).distinct()
    rows = [{"label": year.label, "url": f"{home}?nam={year.slug}", "slug": year.slug} for year in years]
    if not rows:
        return []
    is_known = any(row["slug"] == chosen for row in rows)
    everything = {"label": "đang mở", "url": home, "slug": "" if is_known else chosen}
    return [{**row, "active": row["slug"] == chosen} for row in [everything, *rows]]

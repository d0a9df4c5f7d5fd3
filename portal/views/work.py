"""The workplace: what waits for me, and the pages of one bloc-year that several apps fill."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from awards.enums import ITEM_TONES
from blocs.lookup import get_bloc_year
from blocs.models import EmulationYear
from blocs.new_year import coming_due, due_of_year
from blocs.scope import scope_of
from common.templatetags.vi import dem, hoa_dau, ngay_dai
from common.views import page_of
from portal.reports.tasks import dashboard_of
from portal.reports.workplace import overview, papers_of
from portal.reports.year_forms import year_forms

LATEST_PAPERS = 4


@require_safe
def dashboard(request):
    """What waits for the signed-in person; `?nam=2021` narrows every list to that emulation year."""
    # PostgreSQL takes no NUL in a text; whoever types one gets the page of all open years.
    year = EmulationYear.objects.filter(slug=request.GET.get("nam", "").replace("\0", "")).first()
    board = dashboard_of(request.user, year)
    for item in board.nominations:
        item.tone = ITEM_TONES[item.state]
    context = {
        "board": board,
        "due": [] if board.is_without_work else coming_due([year] if year else None),
        "eyebrow": " · ".join(board.roles),
        "lead": _lead(board),
        "followed": page_of(request, board.followed),
        "is_standing_agency": scope_of(request.user).is_standing_agency,
        "is_administrator_only": board.roles == ["Quản trị hệ thống"],
    }
    if board.is_administrator:
        context |= {
            "admin_url": reverse("admin:index"),
            "users_url": reverse("admin:accounts_user_changelist"),
            "assignments_url": reverse("admin:blocs_assignment_changelist"),
        }
    return render(request, "portal/work/dashboard.html", context)


def _lead(board):
    today = hoa_dau(ngay_dai(timezone.localdate()))
    if board.is_without_work or not board.tasks:
        return f"{today}."
    return f"{today}: có {dem(len(board.tasks))} việc chờ bạn."


@require_safe
def bloc_year_overview(request, slug, year_slug):
    """How far a bloc-year has come and what the reader does next."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "overview": overview(bloc_year, request.user),
        "papers": papers_of(bloc_year, request.user)[:LATEST_PAPERS],
        "due": due_of_year(bloc_year.year),
        "tab_overview": True,
    }
    return render(request, "portal/work/bloc_year.html", context)


@require_safe
def bloc_year_papers(request, slug, year_slug):
    """Register of the papers of a bloc-year, with what is public."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "forms": year_forms(bloc_year, request.user),
        "page": page_of(request, papers_of(bloc_year, request.user)),
    }
    return render(request, "portal/work/papers.html", context)

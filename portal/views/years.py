"""Closing an emulation year: what is still open in any app, then the act."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from blocs.enums import YEAR_TRANSITIONS, YearState
from blocs.models import EmulationYear
from blocs.services import set_year_state
from common.permissions import require
from common.views import is_submitted
from portal.reports.closing import open_in_year


@require_http_methods(["GET", "HEAD", "POST"])
def year_close(request, slug):
    """Lists what is open per bloc-year and asks; closing stays possible, and a closed year can be opened again."""
    require(request.user, "blocs.manage_registry")
    year = get_object_or_404(EmulationYear, slug=slug)
    if is_submitted(request):
        set_year_state(year=year, target=YearState.CLOSED, by=request.user)
        messages.success(request, f"{year.title} đã đóng: hồ sơ của các khối chỉ còn để xem.")
        return redirect("blocs:years")
    rows = open_in_year(year)
    context = {
        "tab_years": True,
        "year": year,
        "unfinished": [row for row in rows if row.sentences],
        "finished": [row for row in rows if not row.sentences],
        "may_close": YearState.CLOSED in YEAR_TRANSITIONS[YearState(year.state)],
    }
    return render(request, "portal/work/year_close.html", context)

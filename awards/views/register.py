"""The register of grants: for the agency with Excel, for everybody what is published (F105)."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from awards.forms import GrantFilter, RegisterFilter
from awards.models import Grant
from awards.reports import filtered_grants, public_grants
from awards.resources import GrantResource
from common.permissions import require
from common.sheets import CONTENT_TYPE, xlsx_of
from common.views import page_of, send_bytes


@require_GET
def grant_register(request):
    """Sổ khen thưởng: every grant of a published decision, revoked ones marked."""
    require(request.user, "awards.view_board")
    filters = RegisterFilter(request.GET)
    page = page_of(request, _found(filters))
    context = {"page": page, "filters": filters, "query": request.GET.urlencode()}
    return render(request, "awards/grant_register.html", context)


@require_GET
def grant_export(request):
    """The same list, as filtered, as an Excel file."""
    require(request.user, "awards.view_board")
    rows = _found(RegisterFilter(request.GET))
    body = xlsx_of(GrantResource().export(rows), "Sổ khen thưởng")
    return send_bytes(body, filename="so-khen-thuong.xlsx", content_type=CONTENT_TYPE)


def _found(filters):
    return filtered_grants(
        Grant.objects.for_table(),
        text=filters.text,
        year=filters.value("nam"),
        award=filters.value("hinh_thuc"),
        unit=filters.value("don_vi"),
    )


@require_safe
@login_not_required
def grants(request):
    """What everybody may read: published decisions with their recipients, by decision."""
    filters = GrantFilter(request.GET)
    rows = filtered_grants(public_grants(), text=filters.text, year=filters.value("nam"), award=filters.value("hinh_thuc"))
    return render(request, "awards/grants.html", {"page": page_of(request, rows), "filters": filters})

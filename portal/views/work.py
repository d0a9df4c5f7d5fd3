"""The workplace: what waits for me, and the pages of one bloc-year that several apps fill."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blocs.lookup import get_bloc_year


@require_safe
def dashboard(request):
    return render(request, "portal/work/dashboard.html")


@require_safe
def bloc_year_overview(request, slug, year_slug):
    bloc_year = get_bloc_year(request, slug, year_slug)
    return render(request, "portal/work/bloc_year.html", {"bloc_year": bloc_year, "tab_overview": True})


@require_safe
def bloc_year_papers(request, slug, year_slug):
    bloc_year = get_bloc_year(request, slug, year_slug)
    return render(request, "portal/work/papers.html", {"bloc_year": bloc_year})

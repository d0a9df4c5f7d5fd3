"""The plan of rotation of a bloc, seen from one of its years."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blocs.lookup import get_bloc_year
from blocs.reports import leaders_of
from blocs.rotation import propose, settled_terms, years_too_many
from common.permissions import may


@require_safe
def rotation(request, slug, year_slug):
    """Who led when and how it was decided, and whom the bloc's way of rotation proposes for the next years."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    bloc_years = list(bloc_year.bloc.years.for_work().order_by("-year__starts_on"))
    lines = leaders_of(bloc_years)
    terms = settled_terms(bloc_years)
    context = {
        "bloc_year": bloc_year,
        "latest": bloc_years[0],
        "proposals": propose(bloc_year.bloc),
        "register": [(row, lines[row.pk]) for row in bloc_years if lines[row.pk]],
        "too_many": set(years_too_many(terms, bloc_years[0].term_years)),
        "can_edit": may(request.user, "blocs.work_on_blocyear", bloc_year)
        or may(request.user, "blocs.manage_bloc", bloc_year.bloc),
    }
    return render(request, "blocs/rotation.html", context)

"""From the two slugs of a workplace address to its bloc-year."""

from django.shortcuts import get_object_or_404

from blocs.scope import visible_bloc_years


def get_bloc_year(request, slug, year_slug):
    """The bloc-year of the address, if the user may open its workplace; else 404, as if it did not exist."""
    rows = visible_bloc_years(request.user).for_work()
    return get_object_or_404(rows, bloc__slug=slug, year__slug=year_slug)

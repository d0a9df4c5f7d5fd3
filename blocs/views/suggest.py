"""Names of units offered while somebody types."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from blocs.fields import note_of
from blocs.matching import UnitMatcher
from blocs.models import Bloc, Unit
from blocs.scope import visible_bloc_years
from blocs.totals import free_first, takers
from common.text import clean_text, fold

MOST = 10


@require_safe
def unit_suggest(request):
    """JSON for static/js/suggest.js: at most ten units that match `?q=`, of the bloc `?khoi=` where one is given.

    With `?cho=<bloc>` it is asked whom that bloc may take: units that no other provincial bloc has come first, the others
    say where they are (F2).
    """
    text = clean_text(request.GET.get("q", "").replace("\x00", ""))[:100]
    slug = request.GET.get("khoi", "")
    units = Unit.objects.all()
    if slug:
        seen = visible_bloc_years(request.user).values("bloc")
        bloc = get_object_or_404(Bloc, slug=slug.replace("\x00", ""), pk__in=seen)
        units = units.filter(pk__in=bloc.memberships.values("unit"))
    matching = units.matching(fold(text)).in_order() if text else units.none()
    today, taken = timezone.localdate(), {}
    wanting = (
        Bloc.objects.filter(slug=request.GET.get("cho", "").replace("\x00", "")).first() if "cho" in request.GET else None
    )
    if wanting is not None:
        matching = free_first(matching, wanting, today)
    found = list(matching[:MOST])
    if text and not found:
        found = UnitMatcher(units).match(text).suggestions[:MOST]
    if wanting is not None:
        taken = takers(found, wanting, today)
    names = [unit.name for unit in found]
    shared = {name for name in names if names.count(name) > 1}
    rows = [
        {
            "value": unit.code,
            "label": f"{unit.name} ({unit.code})" if unit.name in shared else unit.name,
            "note": f"đang ở {taken[unit.pk]}" if unit.pk in taken else note_of(unit),
        }
        for unit in found
    ]
    return JsonResponse({"results": rows})

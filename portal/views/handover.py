"""The list of a hand-over is made from the records of every app."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blocs.lookup import get_bloc_year
from common.text import count_words
from portal.handover_pack import refresh_handover


@require_POST
def handover_refresh(request, slug, year_slug):
    """Make the list anew; ticks and notes stay."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    items = refresh_handover(bloc_year=bloc_year, by=request.user)
    messages.success(request, f"Danh sách bàn giao có {count_words(len(items))} mục.")
    return redirect("blocs:handover", slug, year_slug)

"""Giao ước của các khối trong năm: one table for the agency that follows them, and all of them as one ZIP."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blocs.enums import CovenantStage
from blocs.forms.years import CovenantStageForm
from blocs.models import EmulationYear
from blocs.year_covenants import covenants_of_year, papers_of_lines
from common.permissions import require
from common.text import count_words
from documents.services import start_batch
from documents.tasks import begin_batch


@require_safe
def year_covenants(request, slug):
    """Every bloc of the year with version, state, signatures, deadline; `?trang_thai=` narrows it."""
    year = _year(request, slug)
    lines = covenants_of_year(year, request.user)
    form = CovenantStageForm(request.GET)
    stage = form.cleaned_data["trang_thai"] if form.is_valid() else ""
    shown = [line for line in lines if not stage or line.stage == stage]
    counts = {choice: sum(line.stage == choice for line in lines) for choice in CovenantStage}
    context = {
        "tab_years": True,
        "year": year,
        "form": form,
        "lines": shown,
        "is_filtered": bool(stage),
        "total": len(lines),
        "signed": counts[CovenantStage.SIGNED],
        "signing": counts[CovenantStage.SIGNING] + counts[CovenantStage.LATE],
        "late": counts[CovenantStage.LATE],
        "unsent": counts[CovenantStage.NONE] + counts[CovenantStage.DRAFT],
        "missing": [] if any(line.progress.is_sent for line in lines) else ["giao ước đã gửi ký của ít nhất một khối"],
        "pack_url": reverse("blocs:year-covenants-pack", args=[slug]),
    }
    return render(request, "blocs/year_covenants.html", context)


@require_POST
def year_covenants_pack(request, slug):
    """All covenants of the year in one ZIP, made behind the page. Raises NotReady (no bloc has one)."""
    year = _year(request, slug)
    papers = papers_of_lines(covenants_of_year(year, request.user), request.user)
    title = f"Giao ước thi đua {year.title.lower()} của {count_words(len(papers))} khối, cụm"
    batch = start_batch(title=title, filename=f"giao-uoc-{year.slug}.zip", papers=papers, by=request.user)
    begin_batch(batch)
    return redirect(batch)


def _year(request, slug):
    require(request.user, "blocs.manage_registry")
    return get_object_or_404(EmulationYear, slug=slug)

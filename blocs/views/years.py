"""Pages of the emulation years: the province's dates, opening a new year for many blocs."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from blocs.enums import YearState
from blocs.forms.years import DeadlineFormSet, NewYearForm
from blocs.models import EmulationYear
from blocs.new_year import blocs_to_open, due_of_year, plan_new_year
from blocs.services import open_new_year, save_deadlines
from blocs.views.acts import attempt, done
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.text import count_words
from common.views import bind, is_submitted, render_form


def year_deadlines(request, slug):
    """The dates of the province in a year, as one list."""
    require(request.user, "blocs.manage_registry")
    year = get_object_or_404(EmulationYear, slug=slug)
    initial = [{"name": row.name, "due_on": row.due_on, "stage": row.stage} for row in year.deadlines.all()]
    longer = add_row(request, ["han"])
    data = longer or form_data(request)
    formset = DeadlineFormSet(data, prefix="han", initial=initial if data is None else None)
    context = {
        "tab_years": True,
        "year": year,
        "formset": formset,
        "formset_list": [formset],
        "due": due_of_year(year),
        "back": reverse("blocs:years"),
        "is_adding_row": bool(longer),
    }
    if is_submitted(request) and not longer and formset.is_valid():
        kept = [row for row in formset.cleaned_data if row.get("name") and not row.get("DELETE")]
        save_deadlines(year=year, rows=kept, by=request.user)
        return done(request, f"Đã lưu hạn của tỉnh trong {year.title.lower()}.", "blocs:year-deadlines", slug)
    if longer:
        return render(request, "blocs/year_deadlines.html", context)
    return render_form(request, "blocs/year_deadlines.html", None, context, formsets=[formset])


def new_year(request, slug):
    """Open a year for many blocs: choose, see exactly what will be made, then make it in one act."""
    require(request.user, "blocs.manage_registry")
    year = get_object_or_404(EmulationYear, slug=slug)
    blocs = blocs_to_open(year, request.user)
    one = next((bloc for bloc in blocs if bloc.slug == request.GET.get("khoi")), None)
    form = bind(request, NewYearForm, year=year, blocs=blocs, initial={"khoi": [one.slug]} if one else {})
    context = {
        "tab_years": True,
        "year": year,
        "blocs": blocs,
        "is_open": year.state == YearState.OPEN,
        "has_closed_blocs": any(not bloc.is_opened for bloc in blocs),
        "back": reverse("blocs:years"),
    }
    if not (is_submitted(request) and form.is_valid()) or "chon_lai" in request.POST:
        if "chon_lai" in request.POST:
            return render(request, "blocs/new_year.html", {**context, "form": form})
        return render_form(request, "blocs/new_year.html", form, context)
    values = form.values()
    status = 200
    if "mo" in request.POST:
        shown = request.POST.get("ban_xem", "")
        made = attempt(form, open_new_year, year=year, by=request.user, digest=shown, **values)
        if made is not None:
            return done(request, _made_sentence(year, made, len(values["blocs"])), "blocs:years")
        status = 409
    plan = plan_new_year(year=year, **values)
    return render(request, "blocs/new_year_preview.html", {**context, "form": form, "plan": plan}, status=status)


def _made_sentence(year, made, chosen):
    if not made:
        return f"Các khối đã chọn đều đã mở {year.title.lower()} từ trước; không có gì thay đổi."
    text = f"Đã mở {year.title.lower()} cho {count_words(len(made))} khối, cụm."
    kept = chosen - len(made)
    return f"{text} {count_words(kept)} khối đã mở từ trước được giữ nguyên." if kept else text

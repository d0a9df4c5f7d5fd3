"""The ledger of targets of a bloc-year, and the pages where results are entered (F24, N6)."""

import tablib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.enums import ResultStage, TargetBasis
from blocs.forms.targets import ResultForm, ResultForms, ResultsForm
from blocs.judging import JUDGEMENT_TONES, Judgement
from blocs.ledger import STAGE_SLUGS, bars_of, ledger_of, stage_of
from blocs.lookup import get_bloc_year
from blocs.scope import scope_of
from blocs.services import may_report, save_results
from common.errors import DomainError, StaleState
from common.kept import form_data
from common.permissions import may
from common.sheets import CONTENT_TYPE, xlsx_of
from common.templatetags.vi import so
from common.views import is_submitted, render_form, send_bytes

STAGE_ICONS = {"reached": "check-circle", "missed": "x-circle", "unclear": "question-circle", "no_result": "circle"}


def _at(bloc_year, name, stage, *args):
    address = reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, *args])
    return f"{address}?ky={STAGE_SLUGS[stage]}"


def _stages(bloc_year, name, stage, *args):
    """The two stages as tabs of the same page."""
    return [{"label": row.label, "url": _at(bloc_year, name, row, *args), "active": row == stage} for row in ResultStage]


@require_safe
def targets(request, slug, year_slug):
    """All targets of the covenant in force with their results at one stage (`?ky=`), of the bloc and per unit."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    stage = stage_of(request.GET.get("ky", ""), bloc_year.year)
    ledger = ledger_of(bloc_year)
    can_work = may(request.user, "blocs.work_on_blocyear", bloc_year)
    own = scope_of(request.user).unit_ids if may(request.user, "blocs.report_results", bloc_year) else frozenset()
    counts = ledger.counts(stage)
    context = {
        "bloc_year": bloc_year,
        "ledger": ledger,
        "stage": stage,
        "stages": _stages(bloc_year, "targets", stage),
        "groups": [(heading, [(row, row.outcome(stage)) for row in rows]) for heading, rows in ledger.groups],
        "tiles": [
            {"label": key.label, "count": counts[key], "tone": JUDGEMENT_TONES[key], "icon": STAGE_ICONS[key]}
            for key in Judgement
        ],
        "bars": bars_of(ledger, stage) if ledger.has_results(stage) else [],
        "unit_columns": "STT|Đơn vị|" + "|".join(f"Chỉ tiêu {row.number}" for row in ledger.unit_rows),
        "unit_lines": [_unit_line(bloc_year, ledger, unit, stage, can_work or unit.pk in own) for unit in ledger.units],
        "own_lines": [(unit, _at(bloc_year, "target-results", stage, unit.code)) for unit in ledger.units if unit.pk in own]
        if ledger.unit_rows
        else [],
        "bloc_url": _at(bloc_year, "target-bloc-results", stage) if can_work and ledger.bloc_rows else "",
        "export_url": _at(bloc_year, "targets-export", stage),
    }
    return render(request, "blocs/targets.html", context)


def _unit_line(bloc_year, ledger, unit, stage, can_report):
    return {
        "unit": unit,
        "url": _at(bloc_year, "target-results", stage, unit.code) if can_report else "",
        "cells": [row.outcome_of(row.result(stage, unit)) for row in ledger.unit_rows],
    }


def target_results(request, slug, year_slug, code):
    """The results of one unit: its staff enter their own, the secretariat those of all."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    ledger = ledger_of(bloc_year)
    unit = next((row for row in ledger.units if row.code == code), None)
    if unit is None:
        raise Http404("Không có đơn vị này trong khối.")
    return _results_page(request, bloc_year, ledger, unit)


def target_bloc_results(request, slug, year_slug):
    """The results that are typed once for the bloc as a whole."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    return _results_page(request, bloc_year, ledger_of(bloc_year), None)


def _results_page(request, bloc_year, ledger, unit):
    if not may_report(request.user, bloc_year, unit):
        raise PermissionDenied("Tài khoản của bạn chỉ ghi được kết quả của đơn vị mình.")
    name, args = ("target-results", [unit.code]) if unit else ("target-bloc-results", [])
    stage = stage_of(request.GET.get("ky", ""), bloc_year.year)
    form = ResultsForm(form_data(request))
    rows = _row_forms(form_data(request), ledger, unit, stage)
    if is_submitted(request) and form.is_valid() and rows.is_valid():
        try:
            count = save_results(bloc_year=bloc_year, stage=stage, unit=unit, results=rows.results(), by=request.user)
        except DomainError as refusal:
            if isinstance(refusal, StaleState):
                ledger = ledger_of(bloc_year)
                rows = _row_forms(_newer(request.POST, ledger, unit, stage), ledger, unit, stage)
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Đã lưu {count} kết quả." if count else "Không có kết quả nào thay đổi.")
            return redirect(_at(bloc_year, "targets", stage))
    context = {
        "bloc_year": bloc_year,
        "ledger": ledger,
        "unit": unit,
        "stage": stage,
        "stages": _stages(bloc_year, name, stage, *args),
        "rows": rows.forms,
        "back": _at(bloc_year, "targets", stage),
    }
    return render_form(request, "blocs/target_results.html", form, context, formsets=[rows] if rows.is_bound else [])


def _row_forms(data, ledger, unit, stage):
    rows = ledger.bloc_rows if unit is None else ledger.unit_rows
    other = next(row for row in ResultStage if row != stage)
    found = []
    for row in rows:
        known = row.outcome_of(row.result(other, unit)).words
        note = f"{other.label}: {known}" if known else ""
        found.append(ResultForm(data, row=row, result=row.result(stage, unit), other=note))
    return ResultForms(found)


def _newer(posted, ledger, unit, stage):
    """What was typed, with the numbers of the results as they are now: “Lưu” overwrites after the user has been told."""
    data = posted.copy()
    for row in ledger.rows:
        result = row.result(stage, unit)
        data[f"kq-{row.item.pk}-version"] = result.version if result else ""
    return data


@require_safe
def targets_export(request, slug, year_slug):
    """The ledger at one stage as Excel: numbers stay numbers, a column per unit."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    stage = stage_of(request.GET.get("ky", ""), bloc_year.year)
    ledger = ledger_of(bloc_year)
    heads = ["STT", "Nhóm nội dung", "Chỉ tiêu", "Mức", "Giá trị", "Đơn vị tính", "Cách tính kết quả", "Thời hạn"]
    heads += ["Đơn vị phụ trách", f"Kết quả {stage.label}", "Đánh giá", *[str(unit) for unit in ledger.units]]
    data = tablib.Dataset(headers=heads)
    for row in ledger.rows:
        item, outcome = row.item, row.outcome(stage)
        values = [row.number, item.heading, item.text, item.get_qualifier_display() if item.qualifier else "", item.value]
        values += [item.unit_of_measure, TargetBasis(item.basis).label, item.due_on, str(item.responsible or "")]
        values += [outcome.words, outcome.label, *[_cell(row.result(stage, unit)) for unit in ledger.units]]
        data.append(values)
    filename = f"so-theo-doi-chi-tieu-{bloc_year.bloc.slug}-{bloc_year.year.slug}.xlsx"
    return send_bytes(xlsx_of(data, "Chỉ tiêu"), filename=filename, content_type=CONTENT_TYPE)


def _cell(result):
    """A number; with the word before it a text, so that the word is not lost."""
    if result is None:
        return None
    return f"{result.get_qualifier_display()} {so(result.value)}" if result.qualifier else result.value

"""Excel in and out: lists and templates to download, uploads, their preview, progress and result."""

import tablib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from blocs.enums import ImportKind, ImportState
from blocs.forms.sheets import SheetUploadForm
from blocs.models import ImportJob
from blocs.services.imports import (
    cancel_import,
    confirm_import,
    hand_out_passwords,
    perm_of,
    recheck_import,
    start_import,
)
from blocs.sheets import SHEETS, WORDS, sheet_of, word_of
from blocs.sheets.files import export_of, template_of
from blocs.tasks import begin_check, begin_run
from common.permissions import may, require
from common.sheets import CONTENT_TYPE, xlsx_of
from common.views import bind, is_submitted, page_of, render_form, send_bytes

LINES_A_PAGE = 100
TONES = {
    ImportState.CHECKING: "waiting",
    ImportState.FAULTY: "bad",
    ImportState.READY: "warn",
    ImportState.RUNNING: "waiting",
    ImportState.DONE: "ok",
    ImportState.CANCELLED: "neutral",
    ImportState.FAILED: "bad",
}
ACTIONS = {"new": ("Thêm mới", "ok"), "change": ("Sửa", "warn"), "skip": ("Bỏ qua", "neutral")}


def _kinds(user):
    """The kinds of sheet that the user may handle; nobody else enters here."""
    kinds = [kind for kind in SHEETS if may(user, perm_of(kind))]
    if not kinds:
        raise PermissionDenied("Chỉ cơ quan thường trực nhập, xuất danh mục bằng Excel.")
    return kinds


def _kind(request, word):
    if word not in WORDS:
        raise Http404("Không có loại tệp này.")
    require(request.user, perm_of(WORDS[word]))
    return WORDS[word]


def _job(request, pk):
    return get_object_or_404(ImportJob.objects.select_related("created_by"), pk=pk, kind__in=_kinds(request.user))


@require_safe
def imports(request):
    """What may be imported and exported, and the last uploads."""
    kinds = _kinds(request.user)
    rows = ImportJob.objects.filter(kind__in=kinds).select_related("created_by").defer("report", "options")
    page = page_of(request, rows)
    for job in page:
        job.tone = TONES[job.state]
    sheets = [(word_of(kind), SHEETS[kind]) for kind in kinds]
    return render(request, "blocs/imports.html", {"sheets": sheets, "page": page, "tab_imports": True})


def import_create(request, kind):
    """Choose a file; what it would do is shown before anything is saved."""
    word, kind = kind, _kind(request, kind)
    sheet = sheet_of(kind)
    form = bind(request, SheetUploadForm, title=sheet.title)
    if is_submitted(request) and form.is_valid():
        job = start_import(kind=kind, upload=form.cleaned_data["file"], rows=form.rows, by=request.user)
        begin_check(job)
        return redirect(job)
    context = {"sheet": sheet, "word": word, "back": reverse("blocs:imports"), "tab_imports": True}
    context["columns"] = [
        (item.column_name, name in sheet.required, sheet.notes.get(name, "")) for name, item in sheet.fields_in_order()
    ]
    return render_form(request, "blocs/import_form.html", form, context)


@require_safe
def import_template(request, kind):
    """Tệp mẫu: the titles with their notes, and a guide."""
    kind = _kind(request, kind)
    return send_bytes(template_of(kind), filename=f"mau-{SHEETS[kind].filename}.xlsx", content_type=CONTENT_TYPE)


@require_safe
def import_export(request, kind):
    """The list as the page filters it, in the same order."""
    kind = _kind(request, kind)
    body = export_of(kind, request.GET, request.user)
    return send_bytes(body, filename=f"{SHEETS[kind].filename}.xlsx", content_type=CONTENT_TYPE)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def import_detail(request, pk):
    """Progress, faults, preview with its questions, or the result; htmx asks for the part that changes."""
    job = _job(request, pk)
    return _detail(request, job)


def _detail(request, job, status=200, answers=None):
    report = job.report or {}
    is_busy = job.state in (ImportState.CHECKING, ImportState.RUNNING)
    lines = [
        {"row": row, "label": label, "cells": cells, "action": ACTIONS[action][0], "tone": ACTIONS[action][1]}
        for row, action, label, cells in report.get("lines", ())
    ]
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("trang"))
    questions = [
        {
            "key": key,
            "row": row,
            "column": column,
            "text": text,
            "options": options,
            "answer": (answers or {}).get(key, answer),
        }
        for key, row, column, text, options, answer in report.get("questions", ())
    ]
    accounts = report.get("accounts", [])
    context = {
        "job": job,
        "sheet": SHEETS[ImportKind(job.kind)],
        "word": word_of(job.kind),
        "tone": TONES[job.state],
        "report": report,
        "counts": report.get("counts", {}),
        "page": page,
        "questions": questions,
        "is_busy": is_busy,
        "is_ready": job.state == ImportState.READY,
        "nothing_to_do": job.state == ImportState.READY and not lines and not questions and not report.get("tcvn3"),
        "can_recheck": job.state in (ImportState.FAULTY, ImportState.FAILED, ImportState.READY),
        "passwords_left": len(accounts) - report.get("handed_out", 0) if job.created_by_id == request.user.pk else 0,
        "is_refused": status == 422,
        "tab_imports": True,
    }
    template = "blocs/_import_progress.html" if request.htmx and is_busy else "blocs/import_detail.html"
    response = render(request, template, context, status=status)
    if request.htmx and not is_busy:
        # What was waited for has come: the whole page anew.
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def import_confirm(request, pk):
    """Take the file in, with the answers to what was asked."""
    job = _job(request, pk)
    report = job.report or {}
    answers = {question[0]: request.POST.get(f"hoi-{question[0]}", "") for question in report.get("questions", ())}
    allowed = {question[0]: {value for value, _ in question[4]} for question in report.get("questions", ())}
    unanswered = any(value not in allowed[key] for key, value in answers.items())
    if job.state == ImportState.READY and (unanswered or report.get("tcvn3")):
        return _detail(request, job, status=422, answers=answers)
    confirm_import(job=job, by=request.user, answers=answers)
    begin_run(job, request.user)
    job.refresh_from_db()
    if job.state == ImportState.DONE:
        counts = job.report["counts"]
        messages.success(request, f"Đã nhập: thêm mới {counts['new']}, sửa {counts['change']}.")
    elif job.state in (ImportState.READY, ImportState.FAULTY):
        messages.warning(request, "Chưa lưu gì: cần xem lại bản xem trước.")
    return redirect(job)


@require_POST
def import_convert(request, pk):
    """TCVN3 text: convert it, or leave it as it is; then look again."""
    job = _job(request, pk)
    recheck_import(job=job, by=request.user, convert=request.POST.get("chuyen") == "co")
    begin_check(job)
    return redirect(job)


@require_POST
def import_recheck(request, pk):
    """Look at the same file again, after the registry was put right."""
    job = _job(request, pk)
    recheck_import(job=job, by=request.user)
    begin_check(job)
    return redirect(job)


@require_POST
def import_cancel(request, pk):
    """Call the import off; nothing of it stays."""
    job = _job(request, pk)
    cancel_import(job=job, by=request.user)
    messages.success(request, "Đã yêu cầu dừng; không dòng nào được lưu.")
    return redirect(job)


@require_POST
@never_cache
def import_passwords(request, pk):
    """The first passwords, once, to the one who imported."""
    job = _job(request, pk)
    pairs = hand_out_passwords(job=job, by=request.user)
    rows = tablib.Dataset(headers=["Tên đăng nhập", "Họ và tên", "Mật khẩu ban đầu"])
    for user, password in pairs:
        rows.append([user.username, user.full_name, password])
    body = xlsx_of(rows, "Mật khẩu ban đầu")
    return send_bytes(body, filename=f"mat-khau-ban-dau-{job.pk}.xlsx", content_type=CONTENT_TYPE)

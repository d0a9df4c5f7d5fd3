"""What the views of all apps share."""

from io import BytesIO

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from common.kept import form_data

PAGE_SIZE = 50


def is_submitted(request):
    """Whether a form was sent now; a form given back after signing in is bound but not yet sent."""
    return request.method == "POST"


def render_form(request, template, form, context=None, formsets=()):
    """The page of a form: 200 when it is fresh or given back, 422 when what was sent has faults."""
    status = 422 if is_submitted(request) else 200
    lost_files = getattr(request, "kept_form_lost_files", False)
    kept = getattr(request, "kept_form", None) is not None
    context = {"form": form, "formsets": formsets, "is_kept": kept, "lost_files": lost_files, **(context or {})}
    return render(request, template, context, status=status)


def bind(request, form_class, **kwargs):
    """A form bound to what was typed (now or before the session ended), else a fresh one."""
    return form_class(form_data(request), request.FILES if is_submitted(request) else None, **kwargs)


def page_of(request, rows, size=PAGE_SIZE):
    """The page of `rows` named by `?trang=`; a nonsense number gives the nearest page that exists."""
    return Paginator(rows, size).get_page(request.GET.get("trang"))


def send_file(stored, *, filename, content_type, as_attachment=False):
    """Answer with a stored file: never sniffed, never run as a page of ours."""
    response = FileResponse(stored.open("rb"), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment, filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def send_bytes(body, *, filename, content_type):
    """Answer with bytes made just now, shown in the browser where it can."""
    response = FileResponse(BytesIO(body), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(False, filename)
    return response

"""Papers made behind the page: the own batches, how far one is, its result, calling it off."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from common.errors import StaleState
from common.permissions import may
from common.views import page_of, send_file
from documents import kept_papers
from documents.batches import batch_progress, is_busy
from documents.enums import BATCH_ITEM_TONES, BATCH_TONES, BatchItemState, BatchState
from documents.models import PaperBatch
from documents.services import BatchPaper, cancel_batch, start_batch
from documents.tasks import begin_batch

ITEMS_A_PAGE = 100


def _own(request, pk):
    """The batch if the user asked for it; else 404, as if it did not exist."""
    batch = get_object_or_404(PaperBatch.objects.select_related("created_by"), pk=pk)
    if not may(request.user, "documents.view_paperbatch", batch):
        raise Http404("Không có đợt tạo văn bản này.")
    return batch


@require_safe
def batches(request):
    """What the user has asked for and was not thrown away yet."""
    page = page_of(request, PaperBatch.objects.filter(created_by=request.user))
    for batch in page:
        batch.tone = BATCH_TONES[batch.state]
    return render(request, "documents/batches.html", {"page": page})


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def batch(request, pk):
    """Progress, then the result with what could not be made; htmx asks for the part that changes."""
    batch = _own(request, pk)
    busy = is_busy(batch)
    context = {"batch": batch, "progress": batch_progress(batch), "tone": BATCH_TONES[batch.state], "is_busy": busy}
    if busy:
        template = "documents/_batch_progress.html" if request.htmx else "documents/batch.html"
        return render(request, template, context)
    page = page_of(request, batch.items.defer("values"), ITEMS_A_PAGE)
    for item in page:
        item.tone = BATCH_ITEM_TONES[item.state]
    context |= {
        "page": page,
        "is_done": batch.state == BatchState.DONE,
        "failed": batch.items.filter(state=BatchItemState.FAILED).defer("values"),
    }
    response = render(request, "documents/batch.html", context)
    if request.htmx:
        # What was waited for has come: the whole page anew.
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def batch_file(request, pk):
    """The ZIP, or the PDF of a batch of one."""
    batch = _own(request, pk)
    if not batch.file or not batch.file.storage.exists(batch.file.name):
        raise Http404("Đợt này chưa có tệp kết quả.")
    content_type = "application/pdf" if batch.filename.endswith(".pdf") else "application/zip"
    return send_file(batch.file, filename=batch.filename, content_type=content_type, as_attachment=True)


@require_POST
def batch_cancel(request, pk):
    """Call the batch off."""
    batch = _own(request, pk)
    cancel_batch(batch=batch, by=request.user)
    messages.success(request, "Đã yêu cầu dừng; những văn bản chưa tạo sẽ không được tạo nữa.")
    return redirect(batch)


@require_POST
def batch_start(request, token):
    """Make the paper that was too large for its page."""
    kept = kept_papers.find(request.user, token)
    if kept is None:
        raise StaleState("Yêu cầu này đã quá một giờ; hãy mở lại văn bản rồi chọn tạo ở chế độ chạy nền.")
    paper = kept["values"]["paper"]
    filename = f"{slugify(paper['form']) or 'van-ban'}.pdf"
    one = BatchPaper(paper["title"], filename, kept["template_name"], kept["values"])
    batch = start_batch(title=paper["title"], filename=filename, papers=[one], by=request.user)
    begin_batch(batch)
    return redirect(batch)

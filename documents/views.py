"""The files of papers; each is sent only to who may read it."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.views.decorators.http import require_safe

from common.permissions import may
from common.text import slugify_vi
from common.views import send_file
from documents.models import IssuedDocument, Paper

PDF = "application/pdf"


@require_safe
@login_not_required
def issued_file(request, code):
    """An issued paper as it was stored; public, or for those who may view its record."""
    document = IssuedDocument.objects.filter(code=code).first()
    if document is None or not may(request.user, "documents.view_issueddocument", document):
        return _refuse(request)
    return _send(document.official_file, slugify_vi(f"{document.form} {document.number}"))


@require_safe
@login_not_required
def made_file(request, code):
    """The file made here, which stays beside the signed version."""
    document = IssuedDocument.objects.filter(code=code).first()
    if document is None or not may(request.user, "documents.view_issueddocument", document):
        return _refuse(request)
    return _send(document.file, slugify_vi(f"{document.form} {document.number} ban lap"))


@require_safe
@login_not_required
def paper_file(request, pk):
    """The scan of a paper made elsewhere; public, or for everybody who is signed in."""
    paper = Paper.objects.filter(pk=pk).first()
    if paper is None or not may(request.user, "documents.view_paper", paper):
        return _refuse(request)
    return _send(paper.file, slugify_vi(f"{paper.number} {paper.issued_on:%d %m %Y}"))


def _send(stored, name):
    if not stored or not stored.storage.exists(stored.name):
        raise Http404("Văn bản này chưa có tệp.")
    return send_file(stored, filename=f"{name}.pdf", content_type=PDF)


def _refuse(request):
    """Signed in or not, whether the paper exists is not told."""
    if request.user.is_authenticated:
        raise Http404("Không có văn bản này.")
    return redirect_to_login(request.get_full_path())

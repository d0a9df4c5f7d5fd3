"""The text of a covenant as Word: to be discussed and changed before it is sent; what was signed is a PDF."""

from django.views.decorators.http import require_safe

from blocs.documents import CovenantPaper
from blocs.lookup import get_version
from documents.desk import send_draft_docx


@require_safe
def covenant_docx(request, slug, year_slug):
    """The version of `?ban=`, else the newest the reader may see."""
    _, version = get_version(request, slug, year_slug)
    return send_draft_docx(CovenantPaper(version))

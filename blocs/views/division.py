"""The decision that divides the blocs of an emulation year: drafted here, signed outside, kept with its number."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.documents_division import DivisionDecision
from blocs.forms.division import DivisionForm
from blocs.models import EmulationYear
from common.permissions import require
from documents.desk import PaperLinks, draft_page, issue_page, send_draft_docx, send_draft_pdf

_PERMISSION = "blocs.manage_registry"


def _decision(request, slug):
    require(request.user, _PERMISSION)
    return DivisionDecision(get_object_or_404(EmulationYear, slug=slug))


def _links(slug, back):
    return PaperLinks(
        back=reverse(back[0], args=back[1:]),
        pdf=reverse("blocs:division-pdf", args=[slug]),
        docx=reverse("blocs:division-docx", args=[slug]),
        edit=reverse("blocs:division", args=[slug]),
        issue=reverse("blocs:division-issue", args=[slug]),
    )


def _context(year):
    return {"base_template": "blocs/registry_base.html", "tab_years": True, "year": year}


def division(request, slug):
    """What is typed; the lists of blocs and members come from the register."""
    decision = _decision(request, slug)
    return draft_page(
        request,
        paper=decision,
        subject=decision.year,
        permission=_PERMISSION,
        links=_links(slug, ["blocs:years"]),
        title=f"Quyết định phân chia cụm, khối thi đua {decision.year.title.lower()}",
        context=_context(decision.year),
        form_class=DivisionForm,
        initial=decision.defaults,
        warnings=decision.warnings,
    )


@require_safe
def division_pdf(request, slug):
    """The draft: number and date blank."""
    return send_draft_pdf(_decision(request, slug))


@require_safe
def division_docx(request, slug):
    """The same to be edited in Word."""
    return send_draft_docx(_decision(request, slug))


def division_issue(request, slug):
    """Number and date of the signed decision, and its scan."""
    decision = _decision(request, slug)
    return issue_page(
        request,
        paper=decision,
        subject=decision.year,
        links=_links(slug, ["blocs:division", slug]),
        title="Ban hành quyết định phân chia cụm, khối thi đua",
        done="Đã ghi nhận ban hành quyết định",
        context=_context(decision.year),
        warnings=decision.warnings,
    )

"""The papers of a bloc-year that are written here: typed, shown as a draft, issued."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.documents_year import RegulationDecision
from blocs.forms.year_papers import PlanForm, PlanRowFormSet, RegulationForm
from blocs.lookup import get_bloc_year
from common.permissions import may, require
from documents.desk import PaperLinks, draft_page, issue_page, send_draft_docx, send_draft_pdf
from meetings.documents_year import YearPlan

YEAR_PAPERS = {paper.code: paper for paper in (RegulationDecision, YearPlan)}


def _paper(request, slug, year_slug, code):
    """The bloc-year and its paper; 404 for a kind that there is none of."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    if code not in YEAR_PAPERS:
        raise Http404("Không có loại văn bản này.")
    return bloc_year, YEAR_PAPERS[code](bloc_year)


def links_of(paper, user):
    """Where the pages of a paper of a bloc-year are, as far as the user may open them."""
    slug, year_slug = paper.bloc.slug, paper.bloc_year.year.slug
    args = [slug, year_slug, paper.code]
    back = reverse("portal:bloc-year-papers", args=[slug, year_slug])
    if not may(user, paper.edit_permission, paper.bloc_year):
        return PaperLinks(back=back)
    may_issue = may(user, paper.issue_permission, paper.bloc_year)
    return PaperLinks(
        back=back,
        pdf=reverse("portal:year-paper-pdf", args=args),
        docx=reverse("portal:year-paper-docx", args=args),
        edit=reverse("portal:year-paper", args=args),
        issue=reverse("portal:year-paper-issue", args=args) if may_issue else "",
    )


def _context(bloc_year):
    return {"base_template": "workplace/bloc_year_base.html", "bloc_year": bloc_year}


def year_paper(request, slug, year_slug, paper):
    """The text of the plan or the regulation; two who write at once are told about each other."""
    bloc_year, form = _paper(request, slug, year_slug, paper)
    founder = bloc_year.bloc.founding_paper
    is_plan = paper == YearPlan.code
    return draft_page(
        request,
        paper=form,
        subject=bloc_year,
        permission=form.edit_permission,
        links=links_of(form, request.user),
        title=form.label,
        context=_context(bloc_year),
        form_class=PlanForm if is_plan else RegulationForm,
        form_kwargs={} if is_plan else {"founder": str(founder.issuer) if founder else ""},
        initial=form.defaults,
        formset_class=PlanRowFormSet if is_plan else None,
        formset_label="III. Tiến độ thực hiện (phụ lục)",
        warnings=form.warnings,
    )


def _draft(request, slug, year_slug, paper):
    bloc_year, form = _paper(request, slug, year_slug, paper)
    require(request.user, form.edit_permission, bloc_year)
    return form


@require_safe
def year_paper_pdf(request, slug, year_slug, paper):
    """The draft: number and date blank."""
    return send_draft_pdf(_draft(request, slug, year_slug, paper))


@require_safe
def year_paper_docx(request, slug, year_slug, paper):
    """The same to be edited in Word."""
    return send_draft_docx(_draft(request, slug, year_slug, paper))


def year_paper_issue(request, slug, year_slug, paper):
    """Number, date, the signed version; what was issued before is replaced."""
    bloc_year, form = _paper(request, slug, year_slug, paper)
    return issue_page(
        request,
        paper=form,
        subject=bloc_year,
        links=links_of(form, request.user),
        title=f"Ban hành: {form.label.lower()}",
        done=f"Đã ban hành {form.type_name.lower()}",
        context=_context(bloc_year),
        warnings=form.warnings,
    )

"""The pages of a printed form, one way for every app: its draft, the text typed for it, and issuing it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render

from common.errors import DomainError, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.views import bind, is_submitted, render_form, send_bytes
from documents.authority import SignedBy, signature_fields, signature_of
from documents.forms import IssueForm, SignedIssueForm
from documents.reports import documents_of, draft_of
from documents.services import issue_document, save_draft
from documents.services.numbering import numbers_itself

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def send_draft_pdf(paper):
    """The paper as it would be printed now: number and date blank."""
    return send_bytes(paper.pdf(), filename=paper.filename, content_type=PDF)


def send_draft_docx(paper):
    """The same as an editable Word file."""
    return send_bytes(paper.docx(), filename=paper.word_filename, content_type=WORD)


@dataclass(frozen=True)
class PaperLinks:
    """Where the pages of one paper of one record are; an empty address is not offered."""

    back: str
    pdf: str = ""
    docx: str = ""
    edit: str = ""
    issue: str = ""


def issue_page(
    request, *, paper, subject, links, title, done, context, form_class=IssueForm, initial=None, complete=None, warnings=()
):
    """The page that issues `paper` for the record `subject`: number, date, signed version; a former one is replaced.

    `context` holds `base_template` and what that template needs. A form with fields of its own gives a `form_class` and
    `complete`, which makes the paper of what they hold. `warnings` are sentences to be compared before. Raises
    PermissionDenied (`paper.issue_permission`); what else the service refuses stands on the form.
    """
    require(request.user, paper.issue_permission, subject)
    versions = list(documents_of(subject).filter(form=paper.code))
    former = next((row for row in versions if row.superseded_by_id is None), None)
    is_automatic = numbers_itself(paper.get_issuer(), paper)
    kinds = {"numbers_itself": is_automatic, "may_be_public": paper.may_be_public}
    form, status = bind(request, form_class, initial=initial, **kinds), None
    if is_submitted(request) and form.is_valid():
        own = dict(form.cleaned_data)
        shared = {name: own.pop(name) for name in IssueForm.base_fields if name in own}
        printed = complete(own) if complete else paper
        try:
            document = issue_document(form=printed, subject=subject, by=request.user, supersedes=former, **shared)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            number = f" số {document.number}" if document.number else ""
            messages.success(request, f"{done}{number}.")
            return HttpResponseRedirect(links.back)
    context = {
        **context,
        "title": title,
        "paper_title": paper.get_title(),
        "links": links,
        "missing": paper.missing_to_issue,
        "warnings": warnings,
        "former": former,
        "versions": versions,
        "is_automatic": is_automatic,
    }
    response = render_form(request, "documents/issue.html", form, context)
    response.status_code = status or response.status_code
    return response


def issue_signed_page(request, *, paper, **kwargs):
    """`issue_page` of a paper that is signed by whom the records name, where another signer may be written (DOC-19).

    The fields begin with the signer of the records; all of them left empty mean the same one.
    """
    own = paper.get_values()["signature"]

    def complete(typed):
        return SignedBy(paper, signature_of(typed)) if any(typed.values()) else paper

    return issue_page(
        request, paper=paper, form_class=SignedIssueForm, initial=signature_fields(own), complete=complete, **kwargs
    )


def draft_page(
    request,
    *,
    paper,
    subject,
    permission,
    links,
    title,
    context,
    form_class,
    initial,
    formset_class=None,
    formset_label="",
    form_kwargs=None,
    warnings=(),
):
    """The page where the text of `paper` is typed, with what was issued of it below.

    `initial` is what stands there before anybody has typed: from the records, or a skeleton. The rows of a formset are
    kept under "rows". Raises PermissionDenied; two who write at once are told about each other (409).
    """
    require(request.user, permission, subject)
    draft = draft_of(paper.code, subject)
    typed = {**initial, **(draft.values if draft else {}), "version": draft.version if draft else 0}
    longer = add_row(request, ["rows"]) if formset_class else None
    form, formset = _draft_forms(longer or form_data(request), typed, form_class, form_kwargs, formset_class)
    formsets, status = [formset] if formset is not None else [], None
    if is_submitted(request) and not longer and all(part.is_valid() for part in [form, *formsets]):
        values = form.values()
        if formset is not None:
            values["rows"] = formset.values()
        try:
            save_draft(
                form=paper.code,
                subject=subject,
                values=values,
                version=form.cleaned_data["version"],
                by=request.user,
                permission=permission,
            )
        except StaleState as stale:
            newer = request.POST.copy()
            newer["version"] = str(draft_of(paper.code, subject).version)
            form, formset = _draft_forms(newer, typed, form_class, form_kwargs, formset_class)
            formsets, status = [formset] if formset is not None else [], stale.status
            form.add_error(None, stale.message)
        else:
            messages.success(request, f"Đã lưu bản thảo {paper.type_name.lower()}.")
            return HttpResponseRedirect(links.edit)
    context = {
        **context,
        "title": title,
        "links": links,
        "form": form,
        "formset": formset,
        "formset_label": formset_label,
        "is_adding_row": bool(longer),
        "warnings": [] if longer or is_submitted(request) else warnings,
        "missing": paper.missing_to_issue,
        "versions": list(documents_of(subject).filter(form=paper.code)),
        "draft": draft,
    }
    if longer:
        return render(request, "documents/draft.html", context)
    response = render_form(request, "documents/draft.html", form, context, formsets=formsets)
    response.status_code = status or response.status_code
    return response


def _draft_forms(data, typed, form_class, form_kwargs, formset_class):
    rows = typed.get("rows", [])
    form = form_class(data, initial={name: value for name, value in typed.items() if name != "rows"}, **form_kwargs or {})
    if formset_class is None:
        return form, None
    # What was sent is the whole list: a row equal to a stored one must not count as left alone.
    return form, formset_class(data, prefix="rows", initial=rows if data is None else None)

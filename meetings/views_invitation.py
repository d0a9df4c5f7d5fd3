"""The pages of the invitation to a meeting."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from common.permissions import require
from documents.desk import PaperLinks, draft_page, issue_page, send_draft_docx, send_draft_pdf
from meetings.documents_invitation import Invitation
from meetings.forms.invitation import InvitationForm
from meetings.views import get_meeting


def _invitation(request, slug, year_slug, pk):
    """The invitation of a meeting the user works on; 404 and 403 as for the meeting itself."""
    _, meeting = get_meeting(request, slug, year_slug, pk)
    require(request.user, Invitation.edit_permission, meeting)
    return Invitation(meeting)


def _links(invitation):
    meeting = invitation.meeting
    args = [meeting.bloc_year.bloc.slug, meeting.bloc_year.year.slug, meeting.pk]
    return PaperLinks(
        back=meeting.get_absolute_url(),
        pdf=reverse("meetings:invitation-pdf", args=args),
        docx=reverse("meetings:invitation-docx", args=args),
        edit=reverse("meetings:invitation", args=args),
        issue=reverse("meetings:invitation-issue", args=args),
    )


def _context(invitation):
    return {"base_template": "workplace/bloc_year_base.html", "bloc_year": invitation.bloc_year}


def invitation(request, slug, year_slug, pk):
    """What is typed: whom, when, where, what to prepare."""
    paper = _invitation(request, slug, year_slug, pk)
    return draft_page(
        request,
        paper=paper,
        subject=paper.meeting,
        permission=paper.edit_permission,
        links=_links(paper),
        title="Giấy mời họp",
        context=_context(paper),
        form_class=InvitationForm,
        initial=paper.defaults,
    )


@require_safe
def invitation_pdf(request, slug, year_slug, pk):
    """The draft: number and date blank."""
    return send_draft_pdf(_invitation(request, slug, year_slug, pk))


@require_safe
def invitation_docx(request, slug, year_slug, pk):
    """The same to be edited in Word."""
    return send_draft_docx(_invitation(request, slug, year_slug, pk))


def invitation_issue(request, slug, year_slug, pk):
    """Number and date; an invitation sent anew replaces the former one."""
    paper = _invitation(request, slug, year_slug, pk)
    return issue_page(
        request,
        paper=paper,
        subject=paper.meeting,
        links=_links(paper),
        title="Ban hành giấy mời",
        done="Đã ban hành giấy mời",
        context=_context(paper),
    )

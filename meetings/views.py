"""Pages of the meetings of a bloc-year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import ListView

from blocs.lookup import get_bloc_year
from common import audit
from common.errors import DomainError, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import may, require
from common.views import PAGE_SIZE, bind, is_submitted, render_form
from documents.desk import PaperLinks, issue_signed_page, send_draft_docx, send_draft_pdf
from documents.reports import documents_of
from meetings.documents import YearEndReport
from meetings.enums import MeetingStatus
from meetings.forms import GROWING, MEMBERS_LIST, MeetingPage, ReopenForm
from meetings.models import Meeting
from meetings.reports import expected_leader, meetings_of, summary_of, warnings_of
from meetings.services import close_meeting, reopen_meeting, save_meeting


class MeetingListView(ListView):
    """The meetings of one bloc-year, newest first."""

    template_name = "meetings/meeting_list.html"
    context_object_name = "meetings"
    paginate_by = PAGE_SIZE
    page_kwarg = "trang"

    def get_queryset(self):
        self.bloc_year = get_bloc_year(self.request, self.kwargs["slug"], self.kwargs["year_slug"])
        return meetings_of(self.bloc_year)

    def paginate_queryset(self, queryset, page_size):
        """A nonsense page number gives the nearest page that exists."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get(self.page_kwarg))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        may_add = may(self.request.user, "meetings.change_meeting", Meeting(bloc_year=self.bloc_year))
        return super().get_context_data(bloc_year=self.bloc_year, may_add=may_add, **kwargs)


def get_meeting(request, slug, year_slug, pk):
    """The meeting and its bloc-year, if the user may see it; else 404, as if it did not exist."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    rows = Meeting.objects.visible_to(request.user).filter(bloc_year=bloc_year).for_table()
    meeting = get_object_or_404(rows, pk=pk)
    meeting.bloc_year = bloc_year
    return bloc_year, meeting


def meeting_create(request, slug, year_slug):
    return _meeting_form(request, get_bloc_year(request, slug, year_slug))


def meeting_edit(request, slug, year_slug, pk):
    return _meeting_form(request, *get_meeting(request, slug, year_slug, pk))


def _meeting_form(request, bloc_year, meeting=None):
    locked = _is_locked_meanwhile(request, meeting)
    if not locked:
        require(request.user, "meetings.change_meeting", meeting or Meeting(bloc_year=bloc_year))
    if longer := add_row(request, GROWING):
        context = _form_context(MeetingPage(bloc_year, meeting, longer))
        return render(request, "meetings/meeting_form.html", {**context, "is_adding_row": True})
    page = MeetingPage(bloc_year, meeting, form_data(request))
    if is_submitted(request) and page.is_valid():
        try:
            if locked:
                raise StaleState(_who_locked(meeting), subject=meeting)
            saved = save_meeting(
                meeting=_to_save(bloc_year, meeting),
                by=request.user,
                data=page.to_input(),
                version=page.form.cleaned_data["version"],
            )
        except DomainError as refusal:
            # Caught here and not by the middleware: a whole evening's typing stands in this form.
            return _refused(request, page, refusal)
        messages.success(request, "Đã lưu hội nghị.")
        return redirect(saved)
    return render_form(request, "meetings/meeting_form.html", page.form, _form_context(page), page.formsets)


def _is_locked_meanwhile(request, meeting):
    """Somebody closed the minutes while this form was open; a bare 403 would lose what was typed into it."""
    if meeting is None or meeting.status != MeetingStatus.CLOSED or not is_submitted(request):
        return False
    return may(request.user, "meetings.close_meeting", meeting)


def _who_locked(meeting):
    at = f" lúc {timezone.localtime(meeting.edited_at):%H:%M ngày %d/%m/%Y}" if meeting.edited_at else ""
    by = f"{meeting.edited_by or 'Người khác'} đã khóa biên bản{at}"
    return f"{by}, nên không lưu được nữa. Nội dung bạn vừa nhập vẫn còn nguyên bên dưới; muốn sửa, hãy mở lại biên bản."


def _to_save(bloc_year, meeting):
    """A record of its own: when saving is refused, the page must not show half-changed values."""
    if meeting is None:
        return Meeting(bloc_year=bloc_year)
    fresh = Meeting.objects.get(pk=meeting.pk)
    fresh.bloc_year = bloc_year
    return fresh


def _refused(request, page, refusal):
    for fault in getattr(refusal, "faults", [refusal.message]):
        page.form.add_error(None, fault)
    if isinstance(refusal, StaleState) and page.meeting is not None:
        page.show_version(Meeting.objects.values_list("version", flat=True).get(pk=page.meeting.pk))
    context = {**_form_context(page), "form": page.form, "formsets": page.formsets}
    return render(request, "meetings/meeting_form.html", context, status=refusal.status)


def _form_context(page):
    return {
        "bloc_year": page.bloc_year,
        "meeting": page.meeting,
        "page": page,
        "form": page.form,
        "formsets": page.formsets,
        "members_list": MEMBERS_LIST,
        "members": page.members,
        "successor": expected_leader(page.bloc_year),
    }


@require_GET
def meeting_detail(request, slug, year_slug, pk):
    bloc_year, meeting = get_meeting(request, slug, year_slug, pk)
    summary = summary_of(meeting)
    report = YearEndReport(meeting, summary)
    context = {
        "bloc_year": bloc_year,
        "meeting": meeting,
        "summary": summary,
        "report": report,
        "papers": documents_of(meeting),
        "steps": [_step(event) for event in audit.events_of(meeting)],
    }
    return render(request, "meetings/meeting_detail.html", context)


def _step(event):
    """A line of the log as the timeline shows it."""
    by = f"{event.actor_label} (nhập thay)" if event.on_behalf else event.actor_label
    return {"at": event.at, "title": event.action[:1].upper() + event.action[1:], "text": event.note, "by": by}


@require_POST
def meeting_close(request, slug, year_slug, pk):
    _, meeting = get_meeting(request, slug, year_slug, pk)
    close_meeting(meeting=meeting, by=request.user)
    messages.success(request, "Đã khóa biên bản hội nghị.")
    return redirect(meeting)


def meeting_reopen(request, slug, year_slug, pk):
    """The question with its reason, and the act."""
    bloc_year, meeting = get_meeting(request, slug, year_slug, pk)
    require(request.user, "meetings.close_meeting", meeting)
    form = bind(request, ReopenForm)
    if is_submitted(request) and form.is_valid():
        reopen_meeting(meeting=meeting, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã mở lại biên bản hội nghị.")
        return redirect(meeting)
    return render_form(request, "meetings/meeting_reopen.html", form, {"bloc_year": bloc_year, "meeting": meeting})


@require_GET
def meeting_report_pdf(request, slug, year_slug, pk):
    """The draft: number and date blank."""
    return send_draft_pdf(_report(request, slug, year_slug, pk))


@require_GET
def meeting_report_docx(request, slug, year_slug, pk):
    """The same to be edited in Word."""
    return send_draft_docx(_report(request, slug, year_slug, pk))


def _report(request, slug, year_slug, pk):
    report = YearEndReport(get_meeting(request, slug, year_slug, pk)[1])
    report.require_printable()
    return report


def meeting_report_issue(request, slug, year_slug, pk):
    """Number and date from the clerk's register; the paper issued before, if any, is replaced (DOC-25)."""
    bloc_year, meeting = get_meeting(request, slug, year_slug, pk)
    report = YearEndReport(meeting)
    args = [slug, year_slug, pk]
    is_printable = not report.missing_to_print
    return issue_signed_page(
        request,
        paper=report,
        subject=meeting,
        links=PaperLinks(
            back=meeting.get_absolute_url(),
            pdf=reverse("meetings:meeting-report-pdf", args=args) if is_printable else "",
            docx=reverse("meetings:meeting-report-docx", args=args) if is_printable else "",
        ),
        title="Ban hành báo cáo",
        done="Đã ban hành báo cáo",
        context={"base_template": "workplace/bloc_year_base.html", "bloc_year": bloc_year},
        warnings=warnings_of(meeting, report.summary.attendances, report.summary.members, report.summary.figures),
    )

"""The hand-over of a bloc-year: its list, its minutes, and the record that ends the rights."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.documents import HandoverMinutes
from blocs.forms.handover import HandoverIssueForm, PackForm
from blocs.forms.members import HandoverForm
from blocs.lookup import get_bloc_year
from blocs.models import Handover
from blocs.reports import handover_groups, leaders_of, missing_to_record, next_bloc_year, next_leader
from blocs.services import record_handover, tick_handover
from blocs.views.acts import attempt, done
from common.errors import DomainError
from common.permissions import may, require
from common.views import bind, is_submitted, render_form
from documents.desk import PaperLinks, issue_page, send_draft_docx, send_draft_pdf
from documents.reports import documents_of

PAGE = "blocs/handover.html"


def _context(request, bloc_year):
    """What the page shows whichever of its two forms was sent."""
    user = request.user
    record = Handover.objects.filter(bloc_year=bloc_year).select_related("from_unit", "to_unit", "recorded_by").first()
    offices = leaders_of([bloc_year])[bloc_year.pk]
    is_open = record is None and any(line.office.handed_over_on is None for line in offices)
    can_give = is_open and may(user, "blocs.give_handover", bloc_year)
    can_receive = is_open and may(user, "blocs.receive_handover", bloc_year)
    groups = handover_groups(bloc_year)
    items = [item for _, rows in groups for item in rows]
    return {
        "bloc_year": bloc_year,
        "handover": record,
        "offices": offices,
        "following": next_bloc_year(bloc_year),
        "receiver": next_leader(bloc_year),
        "can_work": may(user, "blocs.work_on_blocyear", bloc_year),
        "can_give": can_give,
        "can_receive": can_receive,
        "can_issue": may(user, "blocs.issue_handover", bloc_year),
        "is_possible": is_open,
        "groups": groups,
        "count": len(items),
        "given": sum(item.given_at is not None for item in items),
        "received": sum(item.received_at is not None for item in items),
        "missing": missing_to_record(bloc_year) if record is None else [],
        "minutes": documents_of(bloc_year).filter(form=HandoverMinutes.code),
        "pack_form": PackForm(groups=groups, can_give=can_give, can_receive=can_receive),
        "consequences": [
            "Mọi chức vụ của năm kết thúc; đơn vị khối trưởng, khối phó chỉ còn xem, không sửa được nữa.",
            "Không ai phải sửa tài khoản; đơn vị kế tiếp làm việc với năm của mình.",
            "Việc ghi nhận không thu hồi được.",
        ],
        "back": reverse("portal:bloc-year-work", args=[bloc_year.bloc.slug, bloc_year.year.slug]),
    }


def handover(request, slug, year_slug):
    """Facts of the hand-over; for the secretariat, the form that records it."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    context = _context(request, bloc_year)
    record = context["handover"]
    if not is_submitted(request) and (record or not context["can_work"]):
        return render(request, PAGE, context)
    if not record:
        require(request.user, "blocs.work_on_blocyear", bloc_year)
    form = bind(request, HandoverForm, bloc_year=bloc_year, initial={"to_unit": context["receiver"]})
    if is_submitted(request) and form.is_valid():
        saved = attempt(form, record_handover, bloc_year=bloc_year, by=request.user, **form.cleaned_data)
        if saved:
            text = f"Đã ghi nhận bàn giao ngày {saved.handed_over_on:%d/%m/%Y}. Từ nay năm này chỉ còn để xem."
            return done(request, text, "blocs:handover", slug, year_slug)
    return render_form(request, PAGE, form, context)


def handover_list(request, slug, year_slug):
    """The list ticked by either unit: its boxes, its notes, “all of them” at once."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    context = _context(request, bloc_year)
    may_tick = context["can_give"] or context["can_receive"]
    if not may_tick and context["handover"] is None:
        raise PermissionDenied("Chỉ đơn vị bàn giao và đơn vị nhận bàn giao xác nhận được danh sách.")
    form = bind(
        request,
        PackForm,
        groups=context["groups"],
        can_give=context["can_give"],
        can_receive=context["can_receive"],
    )
    if is_submitted(request) and form.is_valid():
        changes = form.changes(tick_all=request.POST.get("tat_ca", ""))
        try:
            tick_handover(bloc_year=bloc_year, changes=changes, by=request.user)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "Đã lưu xác nhận bàn giao.")
            return redirect("blocs:handover", slug, year_slug)
    record_form = HandoverForm(bloc_year=bloc_year, initial={"to_unit": context["receiver"]})
    context |= {"pack_form": form, "record_form": record_form}
    status = 422 if is_submitted(request) else 200
    return render(request, PAGE, context, status=status)


@require_safe
def handover_pdf(request, slug, year_slug):
    """The minutes as they would be printed now."""
    return send_draft_pdf(HandoverMinutes(get_bloc_year(request, slug, year_slug)))


@require_safe
def handover_docx(request, slug, year_slug):
    """The same to be edited in Word."""
    return send_draft_docx(HandoverMinutes(get_bloc_year(request, slug, year_slug)))


def handover_issue(request, slug, year_slug):
    """Issue the minutes: numbered, dated, frozen."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    record = Handover.objects.filter(bloc_year=bloc_year).first()
    return issue_page(
        request,
        paper=HandoverMinutes(bloc_year),
        subject=bloc_year,
        links=PaperLinks(
            back=reverse("blocs:handover", args=[slug, year_slug]),
            pdf=reverse("blocs:handover-pdf", args=[slug, year_slug]),
            docx=reverse("blocs:handover-docx", args=[slug, year_slug]),
        ),
        title="Ban hành biên bản bàn giao",
        done="Đã ban hành biên bản bàn giao",
        context={"base_template": "workplace/bloc_year_base.html", "bloc_year": bloc_year},
        form_class=HandoverIssueForm,
        initial={"issued_on": record.handed_over_on if record else None},
        complete=lambda typed: HandoverMinutes(bloc_year, **typed),
    )

"""The hand-over of a bloc-year."""

from django.shortcuts import render
from django.urls import reverse

from blocs.forms.members import HandoverForm
from blocs.lookup import get_bloc_year
from blocs.models import Handover
from blocs.reports import leaders_of, next_bloc_year, next_leader
from blocs.services import record_handover
from blocs.views.acts import attempt, done
from common.permissions import may, require
from common.views import bind, is_submitted, render_form


def handover(request, slug, year_slug):
    """Facts of the hand-over; for the secretariat, the form that records it."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    record = Handover.objects.filter(bloc_year=bloc_year).select_related("from_unit", "to_unit", "recorded_by").first()
    can_work = may(request.user, "blocs.work_on_blocyear", bloc_year)
    following = next_bloc_year(bloc_year)
    receiver = next_leader(bloc_year)
    offices = leaders_of([bloc_year])[bloc_year.pk]
    active = [line for line in offices if line.office.handed_over_on is None]
    context = {
        "bloc_year": bloc_year,
        "handover": record,
        "offices": offices,
        "following": following,
        "receiver": receiver,
        "can_work": can_work,
        "is_possible": bool(active) and record is None,
        "consequences": [
            "Mọi chức vụ của năm kết thúc; đơn vị khối trưởng, khối phó chỉ còn xem, không sửa được nữa.",
            "Không ai phải sửa tài khoản; đơn vị kế tiếp làm việc với năm của mình.",
            "Việc ghi nhận không thu hồi được.",
        ],
        "back": reverse("portal:bloc-year-work", args=[slug, year_slug]),
    }
    if not is_submitted(request) and (record or not can_work):
        return render(request, "blocs/handover.html", context)
    if not record:
        require(request.user, "blocs.work_on_blocyear", bloc_year)
    form = bind(request, HandoverForm, bloc_year=bloc_year, initial={"to_unit": receiver})
    if is_submitted(request) and form.is_valid():
        saved = attempt(form, record_handover, bloc_year=bloc_year, by=request.user, **form.cleaned_data)
        if saved:
            text = f"Đã ghi nhận bàn giao ngày {saved.handed_over_on:%d/%m/%Y}. Từ nay năm này chỉ còn để xem."
            return done(request, text, "blocs:handover", slug, year_slug)
    return render_form(request, "blocs/handover.html", form, context)

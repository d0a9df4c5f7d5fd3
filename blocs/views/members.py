"""Members, offices, holders and movements of a bloc-year."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.forms.members import HolderForm, MovementFormSet, OfficeEndForm, OfficeForm
from blocs.forms.registry import BlocYearForm
from blocs.lookup import get_bloc_year
from blocs.matching import UnitMatcher
from blocs.models import BlocOffice
from blocs.reports import leaders_of, member_count_difference, members_during
from blocs.services import (
    add_holder,
    appoint_office,
    end_office,
    save_movements,
    update_bloc_year,
)
from blocs.services.offices import require_appointing
from blocs.totals import double_members, in_groups
from blocs.views.acts import attempt, done
from common.asof import day_of
from common.formsets import add_row
from common.kept import form_data
from common.permissions import may, require
from common.views import bind, is_submitted, render_form

FORM = "blocs/year_form.html"


@require_safe
def members(request, slug, year_slug):
    """Members at the reference day or on `?ngay=`, offices with their people, movements of the year."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    user = request.user
    day = day_of(request, default=bloc_year.reference_day)
    offices = leaders_of([bloc_year])[bloc_year.pk]
    if request.as_of.is_asked:
        offices = [line for line in offices if line.office.starts_on <= day <= line.office.ends_on]
    memberships = list(bloc_year.memberships_on(day).select_related("group"))
    movements = bloc_year.movements.select_related("unit")
    context = {
        "bloc_year": bloc_year,
        "memberships": memberships,
        "groups": in_groups(memberships),
        "doubles": double_members(day, bloc_year.bloc),
        "difference": member_count_difference(bloc_year),
        "offices": offices,
        "movements": movements,
        "can_appoint": may(user, "blocs.appoint_office", bloc_year),
        "can_work": may(user, "blocs.work_on_blocyear", bloc_year),
        "can_manage": may(user, "blocs.manage_bloc", bloc_year.bloc),
    }
    return render(request, "blocs/members.html", context)


def _back(bloc_year):
    return reverse("blocs:members", args=[bloc_year.bloc.slug, bloc_year.year.slug])


def _form_page(request, bloc_year, form, *, title, lead="", submit="Lưu", **context):
    context = {"bloc_year": bloc_year, "title": title, "lead": lead, "submit": submit, "back": _back(bloc_year), **context}
    return render_form(request, FORM, form, context)


def _done(request, bloc_year, text):
    return done(request, text, "blocs:members", bloc_year.bloc.slug, bloc_year.year.slug)


def bloc_year_edit(request, slug, year_slug):
    """Theme, declared number of members, way of rotation."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    if not may(request.user, "blocs.work_on_blocyear", bloc_year):
        require(request.user, "blocs.manage_bloc", bloc_year.bloc)
    form = bind(request, BlocYearForm, instance=bloc_year)
    if is_submitted(request) and form.is_valid():
        if attempt(form, update_bloc_year, bloc_year=bloc_year, by=request.user, **form.values()):
            return _done(request, bloc_year, "Đã lưu thông tin của năm.")
    return _form_page(request, bloc_year, form, title="Thông tin của năm")


def office_appoint(request, slug, year_slug):
    """A unit becomes leader, deputy or standing unit of the year."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    require_appointing(request.user, bloc_year)
    form = bind(request, OfficeForm, bloc_year=bloc_year)
    if is_submitted(request) and form.is_valid():
        office = attempt(form, appoint_office, bloc_year=bloc_year, by=request.user, **form.cleaned_data)
        if office:
            return _done(request, bloc_year, f"Đã ghi {office.unit}: {office.title.lower()}.")
    lead = "Quyền làm việc của đơn vị bắt đầu từ ngày đầu nhiệm kỳ và kết thúc khi ghi nhận bàn giao."
    return _form_page(request, bloc_year, form, title="Ghi đơn vị giữ chức vụ", lead=lead)


def _office(bloc_year, pk):
    rows = BlocOffice.objects.filter(bloc_year=bloc_year).select_related("unit", "bloc_year__bloc", "bloc_year__year")
    return get_object_or_404(rows, pk=pk)


def office_end(request, slug, year_slug, pk):
    """A change in mid-year: this unit's office ends."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    require_appointing(request.user, bloc_year)
    office = _office(bloc_year, pk)
    form = bind(request, OfficeEndForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, end_office, office=office, by=request.user, **form.cleaned_data):
            return _done(request, bloc_year, f"{office.unit} đã thôi giữ chức vụ {office.title.lower()}.")
    context = {
        "title": "Kết thúc chức vụ trong năm",
        "lead": str(bloc_year),
        "question": f"{office.unit} thôi giữ chức vụ {office.title.lower()}?",
        "action_label": "Kết thúc chức vụ",
        "back": _back(bloc_year),
        "consequences": [
            "Quyền làm việc của đơn vị với năm này kết thúc ngay.",
            "Dùng khi thay đơn vị giữa năm; cuối năm hãy dùng trang Bàn giao.",
        ],
    }
    return render_form(request, "ui/confirm_page.html", form, context)


def holder_create(request, slug, year_slug, pk):
    """The person behind an office."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    require_appointing(request.user, bloc_year)
    office = _office(bloc_year, pk)
    form = bind(request, HolderForm, initial={"starts_on": None if office.holders.exists() else office.starts_on})
    if is_submitted(request) and form.is_valid():
        holder = attempt(form, add_holder, office=office, by=request.user, **form.cleaned_data)
        if holder:
            return _done(request, bloc_year, f"Đã ghi {holder.person_name} là người đại diện của {office.unit}.")
    lead = f"{office.title}: {office.unit}. Người đại diện trước được ghi thôi từ ngày hôm trước."
    return _form_page(request, bloc_year, form, title="Ghi người đại diện", lead=lead)


def movement_edit(request, slug, year_slug):
    """The emulation movements of the year, as one list."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    rows = bloc_year.movements.select_related("unit")
    initial = [{"name": row.name, "launched_by": row.launched_by, "unit": row.unit} for row in rows]
    longer = add_row(request, ["phong-trao"])
    data = longer or form_data(request)
    # What was typed is the whole list: a row equal to a stored one must not count as left alone.
    formset = MovementFormSet(data, prefix="phong-trao", initial=initial if data is None else None)
    units = members_during(bloc_year)
    matcher = UnitMatcher(units)
    for form in formset.forms:
        form.fields["unit"].queryset = units
        form.fields["unit"].share_matcher(matcher)
    context = {
        "bloc_year": bloc_year,
        "formset": formset,
        "formset_list": [formset],
        "back": _back(bloc_year),
        "is_adding_row": bool(longer),
    }
    if is_submitted(request) and not longer and formset.is_valid():
        kept = [row for row in formset.cleaned_data if row.get("name") and not row.get("DELETE")]
        save_movements(bloc_year=bloc_year, rows=kept, by=request.user)
        return _done(request, bloc_year, "Đã lưu các phong trào thi đua.")
    if longer:
        return render(request, "blocs/movements_form.html", context)
    return render_form(request, "blocs/movements_form.html", None, context, formsets=[formset])

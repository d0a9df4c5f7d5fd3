"""The standing agency's registry (/lam-viec/danh-muc/): units, blocs, years, members, papers, issuers."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from blocs.enums import YEAR_TRANSITIONS, YearState
from blocs.forms.registry import (
    BlocForm,
    BlocSearchForm,
    BlocYearForm,
    IssuerForm,
    MemberForm,
    MembershipEndForm,
    MembersPasteForm,
    PaperForm,
    SearchForm,
    UnitForm,
    UnitRenameForm,
    YearForm,
)
from blocs.models import Bloc, EmulationYear, Unit, YearDeadline
from blocs.reports import preview_members
from blocs.services import (
    add_member,
    add_members,
    create_bloc,
    create_unit,
    end_membership,
    open_bloc_year,
    rename_unit,
    set_year_state,
    update_bloc,
    update_unit,
)
from blocs.totals import bloc_totals, double_members, in_groups
from blocs.views.acts import attempt, done, search_text
from common.asof import day_of
from common.dated import on_day
from common.kept import form_data
from common.permissions import require
from common.text import fold, fold_name
from common.views import bind, is_submitted, page_of, render_form
from documents.enums import PaperCustody
from documents.models import Issuer, Paper

FORM = "blocs/registry_form.html"


def _require_registry(request):
    require(request.user, "blocs.manage_registry")


def _form_page(request, form, *, title, back, submit="Lưu", lead="", tab="", **context):
    """The page of one form of the registry."""
    context = {"title": title, "back": back, "submit": submit, "lead": lead, f"tab_{tab}": True, **context}
    return render_form(request, FORM, form, context)


@require_safe
def registry(request):
    """What the registry holds, as figures that lead to the lists."""
    _require_registry(request)
    counts = {
        "units": Unit.objects.count(),
        "blocs": Bloc.objects.count(),
        "years": EmulationYear.objects.count(),
        "open_years": EmulationYear.objects.filter(state=YearState.OPEN).count(),
        "papers": Paper.objects.unsealed().count(),
        "issuers": Issuer.objects.count(),
        "units_without_bloc": Unit.objects.filter(memberships=None, is_standing_agency=False).count(),
        "blocs_without_members": Bloc.objects.filter(memberships=None).count(),
        "doubles": len(double_members(timezone.localdate())),
    }
    return render(request, "blocs/registry.html", {"counts": counts})


# Units


@require_safe
def units(request):
    """All units, searched by every name they bear or bore."""
    _require_registry(request)
    form, text = search_text(request, SearchForm)
    day = day_of(request)
    rows = Unit.objects.select_related("kind").named_on(day).in_order()
    if request.as_of.is_asked:
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        rows = rows.filter(begun).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    in_force = on_day(day, prefix="memberships__")
    rows = rows.annotate(bloc_count=Count("memberships", filter=in_force, distinct=True))
    page = page_of(request, rows.matching(fold(text)) if text else rows)
    return render(request, "blocs/units.html", {"tab_units": True, "form": form, "page": page})


def unit_create(request):
    _require_registry(request)
    form = bind(request, UnitForm)
    if is_submitted(request) and form.is_valid():
        unit = attempt(form, create_unit, by=request.user, **form.values())
        if unit:
            again = "luu_va_them" in request.POST
            return done(request, f"Đã thêm đơn vị {unit}.", "blocs:unit-create" if again else "blocs:units")
    return _form_page(request, form, title="Thêm đơn vị", back=reverse("blocs:units"), tab="units", save_and_add=True)


def unit_edit(request, code):
    _require_registry(request)
    unit = get_object_or_404(Unit, code=code)
    form = bind(request, UnitForm, instance=unit)
    if is_submitted(request) and form.is_valid():
        if attempt(form, update_unit, unit=unit, by=request.user, **form.values()):
            return done(request, f"Đã lưu đơn vị {unit}.", "blocs:units")
    title = get_object_or_404(Unit, pk=unit.pk).name
    names = unit.names.order_by("-starts_on")
    context = {"unit_names": names, "rename_url": reverse("blocs:unit-rename", args=[code])}
    return _form_page(request, form, title=title, back=reverse("blocs:units"), tab="units", **context)


def unit_rename(request, code):
    _require_registry(request)
    unit = get_object_or_404(Unit, code=code)
    form = bind(request, UnitRenameForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, rename_unit, unit=unit, by=request.user, **form.cleaned_data):
            return done(request, f"Đã ghi tên mới: {form.cleaned_data['name']}.", "blocs:unit-edit", code)
    lead = "Tên cũ được giữ đến trước ngày đổi; văn bản và danh sách của các năm trước vẫn ghi tên cũ."
    back = reverse("blocs:unit-edit", args=[code])
    return _form_page(request, form, title=f"Đổi tên: {unit}", lead=lead, back=back, submit="Ghi tên mới", tab="units")


# Blocs


@require_safe
def blocs(request):
    """The blocs of a day with the number of their members; above them how many there are and how large."""
    _require_registry(request)
    day = day_of(request)
    form = BlocSearchForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Bloc.objects.all() if chosen.get("tat_ca") else Bloc.objects.existing_on(day)
    if text := chosen.get("q"):
        rows = rows.matching(fold_name(text))
    if word := chosen.get("ten_goi"):
        rows = rows.filter(word=word)
    if kind := chosen.get("loai"):
        rows = rows.filter(kind=kind)
    in_force = on_day(day, prefix="memberships__") & Q(memberships__is_counted=True)
    rows = rows.annotate(
        member_count=Count("memberships__unit", filter=in_force, distinct=True),
        year_count=Count("years", distinct=True),
    )
    context = {
        "tab_blocs": True,
        "form": form,
        "page": page_of(request, rows.named_on(day).in_order()),
        "totals": bloc_totals(day),
        "doubles": double_members(day),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "blocs/blocs.html", context)


def bloc_create(request):
    _require_registry(request)
    form = bind(request, BlocForm)
    if is_submitted(request) and form.is_valid():
        bloc = attempt(form, create_bloc, by=request.user, **form.values())
        if bloc:
            return done(request, f"Đã thêm {bloc}. Tiếp theo, hãy nhập thành viên.", "blocs:bloc-members", bloc.slug)
    return _form_page(request, form, title="Thêm khối, cụm thi đua", back=reverse("blocs:blocs"), tab="blocs")


def _followed_bloc(request, slug):
    """The bloc of the address for the standing agency that follows it."""
    _require_registry(request)
    bloc = get_object_or_404(Bloc, slug=slug)
    require(request.user, "blocs.manage_bloc", bloc)
    return bloc


def bloc_edit(request, slug):
    bloc = _followed_bloc(request, slug)
    title = str(bloc)
    form = bind(request, BlocForm, instance=bloc)
    if is_submitted(request) and form.is_valid():
        if attempt(form, update_bloc, bloc=bloc, by=request.user, **form.values()):
            return done(request, "Đã lưu thông tin khối.", "blocs:bloc-members", bloc.slug)
    return _form_page(request, form, title=title, back=reverse("blocs:blocs"), tab="blocs", bloc=bloc)


def bloc_year_create(request, slug):
    """Open the workplace of the bloc for a year."""
    bloc = _followed_bloc(request, slug)
    form = bind(request, BlocYearForm, bloc=bloc)
    back = reverse("blocs:bloc-members", args=[slug])
    if is_submitted(request) and form.is_valid():
        bloc_year = attempt(form, open_bloc_year, bloc=bloc, by=request.user, **form.values())
        if bloc_year:
            text = f"Đã mở {bloc_year.year.title.lower()}. Tiếp theo, hãy ghi đơn vị giữ chức vụ."
            return done(request, text, "blocs:members", slug, bloc_year.year.slug)
    return _form_page(
        request, form, title="Mở năm thi đua của khối", lead=str(bloc), back=back, submit="Mở năm", tab="blocs"
    )


# Members of a bloc


def bloc_members(request, slug):
    """Members of a day and those before it; one more by name, or many by a pasted list."""
    bloc = _followed_bloc(request, slug)
    day = day_of(request)
    form = bind(request, MemberForm, bloc=bloc, initial={"starts_on": bloc.founded_on, "paper": bloc.founding_paper_id})
    if is_submitted(request) and form.is_valid():
        member = attempt(form, add_member, bloc=bloc, by=request.user, **form.cleaned_data)
        if member:
            for sentence in member.warnings:
                messages.warning(request, sentence)
            return done(request, f"Đã thêm {member.unit} vào khối.", "blocs:bloc-members", slug)
    units = Prefetch("unit", queryset=Unit.objects.named_on(day))
    rows = bloc.memberships.select_related("paper", "group").prefetch_related(units).in_order()
    is_asked = request.as_of.is_asked
    present = [row for row in rows if (row.ends_on is None or row.ends_on >= day) and (row.starts_on <= day or not is_asked)]
    context = {
        "tab_blocs": True,
        "bloc": bloc,
        "name_then": bloc.name_on(day),
        "present": present,
        "groups": in_groups(present),
        "past": [row for row in rows if not is_asked and row.ends_on is not None and row.ends_on < day],
        "doubles": double_members(day, bloc),
        "bloc_years": bloc.years.for_work(),
    }
    return render_form(request, "blocs/bloc_members.html", form, context)


def bloc_members_paste(request, slug):
    """A list of names: first a preview of what each line means, then all lines or none."""
    bloc = _followed_bloc(request, slug)
    form = bind(request, MembersPasteForm, initial={"starts_on": bloc.founded_on, "paper": bloc.founding_paper_id})
    context = {"tab_blocs": True, "bloc": bloc, "back": reverse("blocs:bloc-members", args=[slug])}
    if not (is_submitted(request) and form.is_valid()):
        return render_form(request, "blocs/bloc_members_paste.html", form, context)
    data = form.cleaned_data
    lines = preview_members(bloc, data["names"], data["starts_on"], form_data(request))
    if "luu" in request.POST and all(line.is_decided for line in lines):
        units = [unit for line in lines for unit in line.choices]
        values = {"starts_on": data["starts_on"], "paper": data["paper"], "by": request.user}
        added = attempt(form, add_members, bloc=bloc, units=units, **values)
        if added is not None:
            for sentence in [sentence for member in added for sentence in member.warnings]:
                messages.warning(request, sentence)
            return done(request, f"Đã thêm {len(added)} đơn vị vào khối.", "blocs:bloc-members", slug)
    context |= {
        "lines": lines,
        "form": form,
        "new_count": sum(line.is_new for line in lines),
        "undecided": sum(not line.is_decided for line in lines),
    }
    is_refused = "luu" in request.POST
    return render(request, "blocs/bloc_members_preview.html", context, status=422 if is_refused else 200)


def membership_end(request, slug, pk):
    bloc = _followed_bloc(request, slug)
    membership = get_object_or_404(bloc.memberships.select_related("unit", "bloc"), pk=pk)
    form = bind(request, MembershipEndForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, end_membership, membership=membership, by=request.user, **form.cleaned_data):
            return done(request, f"Đã ghi {membership.unit} thôi là thành viên.", "blocs:bloc-members", slug)
    context = {
        "title": "Kết thúc tư cách thành viên",
        "lead": str(bloc),
        "question": f"{membership.unit} thôi là thành viên của khối?",
        "action_label": "Ghi ngày kết thúc",
        "back": reverse("blocs:bloc-members", args=[slug]),
        "consequences": ["Danh sách của các năm trước không thay đổi.", "Đơn vị có thể trở lại khối vào một ngày sau."],
        "tone": "primary",
    }
    return render_form(request, "ui/confirm_page.html", form, context)


# Years


@require_safe
def years(request):
    """All emulation years with what may be done to their state."""
    _require_registry(request)
    rows = list(EmulationYear.objects.annotate(bloc_count=Count("bloc_years")).order_by("-starts_on"))
    due = Counter(YearDeadline.objects.values_list("year", flat=True))
    for year in rows:
        year.next_states = YEAR_TRANSITIONS[YearState(year.state)]
        year.deadline_count = due[year.pk]
    return render(request, "blocs/years.html", {"tab_years": True, "years": rows})


def year_create(request):
    return _year_form(request, None, "Thêm năm thi đua")


def year_edit(request, slug):
    return _year_form(request, slug, "Sửa năm thi đua")


def _year_form(request, slug, title):
    _require_registry(request)
    year = get_object_or_404(EmulationYear, slug=slug) if slug else None
    form = bind(request, YearForm, instance=year)
    if is_submitted(request) and form.is_valid():
        form.save()
        return done(request, f"Đã lưu {form.instance.title.lower()}.", "blocs:years")
    return _form_page(request, form, title=title, back=reverse("blocs:years"), tab="years")


@require_POST
def year_state(request, slug, target):
    """Open, close or archive a year."""
    _require_registry(request)
    year = get_object_or_404(EmulationYear, slug=slug)
    if target not in YearState.values:
        raise Http404("Không có trạng thái này.")
    set_year_state(year=year, target=target, by=request.user)
    return done(request, f"{year.title}: {year.get_state_display().lower()}.", "blocs:years")


# Papers and issuers


@require_safe
def papers(request):
    """The register of official papers made elsewhere."""
    _require_registry(request)
    form, text = search_text(request, SearchForm)
    rows = Paper.objects.unsealed().select_related("issuer", "replaces").prefetch_related("replaced_by")
    for word in fold_name(text).split():
        rows = rows.filter(search__contains=word)
    return render(request, "blocs/papers.html", {"tab_papers": True, "form": form, "page": page_of(request, rows)})


def paper_create(request):
    return _paper_form(request, None, "Thêm văn bản")


def paper_edit(request, pk):
    return _paper_form(request, pk, "Sửa văn bản")


def _paper_form(request, pk, title):
    _require_registry(request)
    paper = get_object_or_404(Paper.objects.unsealed(), pk=pk) if pk is not None else None
    if paper and paper.custody == PaperCustody.LOCKED:
        raise PermissionDenied("Văn bản đã công bố theo quyết định khen thưởng, không sửa được nữa.")
    form = bind(request, PaperForm, instance=paper)
    if is_submitted(request) and form.is_valid():
        form.save()
        return done(request, f"Đã lưu {form.instance}.", "blocs:papers")
    return _form_page(request, form, title=title, back=reverse("blocs:papers"), tab="papers")


@require_safe
def issuers(request):
    """Who issues papers, with what a letterhead needs."""
    _require_registry(request)
    form, text = search_text(request, SearchForm)
    rows = Issuer.objects.annotate(paper_count=Count("papers")).order_by("name")
    for word in fold(text).split():
        rows = rows.filter(search__contains=word)
    return render(request, "blocs/issuers.html", {"tab_issuers": True, "form": form, "page": page_of(request, rows)})


def issuer_create(request):
    return _issuer_form(request, None, "Thêm cơ quan ban hành")


def issuer_edit(request, pk):
    return _issuer_form(request, pk, "Sửa cơ quan ban hành")


def _issuer_form(request, pk, title):
    _require_registry(request)
    issuer = get_object_or_404(Issuer, pk=pk) if pk is not None else None
    form = bind(request, IssuerForm, instance=issuer)
    if is_submitted(request) and form.is_valid():
        form.save()
        return done(request, f"Đã lưu {form.instance}.", "blocs:issuers")
    return _form_page(request, form, title=title, back=reverse("blocs:issuers"), tab="issuers")

"""Registry pages of one bloc over the years: its names, its papers, its groups, its end."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from blocs.enums import BlocAct
from blocs.forms.bloc_life import BlocDissolveForm, BlocGroupsForm, BlocPaperForm, BlocRenameForm
from blocs.models import Bloc, BlocOffice
from blocs.services import dissolve_bloc, record_bloc_paper, remove_bloc_paper, rename_bloc, save_groups
from blocs.views.acts import attempt, done
from common.permissions import require
from common.text import count_words
from common.views import bind, is_submitted, render_form


def followed_bloc(request, slug):
    """The bloc of the address for the standing agency that follows it."""
    require(request.user, "blocs.manage_registry")
    bloc = get_object_or_404(Bloc, slug=slug)
    require(request.user, "blocs.manage_bloc", bloc)
    return bloc


def _context(bloc, **context):
    back = reverse("blocs:bloc-members", args=[bloc.slug])
    return {"tab_blocs": True, "bloc": bloc, "back": back, **context}


def bloc_names(request, slug):
    """Every name the bloc bore, and another one from a day on."""
    bloc = followed_bloc(request, slug)
    form = bind(request, BlocRenameForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, rename_bloc, bloc=bloc, by=request.user, **form.cleaned_data):
            return done(request, f"Đã ghi tên mới: {form.cleaned_data['name']}.", "blocs:bloc-names", slug)
    context = _context(bloc, names=bloc.names.order_by("-starts_on"), aliases=bloc.aliases.all())
    return render_form(request, "blocs/bloc_names.html", form, context)


def bloc_papers(request, slug):
    """The papers that founded, re-formed, delegated or dissolved the bloc; one more."""
    bloc = followed_bloc(request, slug)
    form = bind(request, BlocPaperForm, initial={"act": BlocAct.REFORM})
    if is_submitted(request) and form.is_valid():
        row = attempt(form, record_bloc_paper, bloc=bloc, by=request.user, **form.cleaned_data)
        if row:
            return done(request, f"Đã ghi {row.paper}: {row.get_act_display()}.", "blocs:bloc-papers", slug)
    rows = bloc.papers.select_related("paper__issuer", "paper__replaces").prefetch_related("paper__replaced_by")
    return render_form(request, "blocs/bloc_papers.html", form, _context(bloc, rows=rows.order_by("-effective_on", "-pk")))


def bloc_paper_remove(request, slug, pk):
    """A paper noted by mistake; the paper itself stays in the register."""
    bloc = followed_bloc(request, slug)
    row = get_object_or_404(bloc.papers.select_related("paper", "bloc"), pk=pk)
    if is_submitted(request):
        remove_bloc_paper(row=row, by=request.user)
        return done(request, f"Đã gỡ {row.paper} khỏi khối.", "blocs:bloc-papers", slug)
    context = {
        "title": "Gỡ văn bản về khối",
        "lead": str(bloc),
        "question": f"Gỡ {row.paper} ({row.get_act_display()}) khỏi khối?",
        "action_label": "Gỡ văn bản",
        "back": reverse("blocs:bloc-papers", args=[slug]),
        "consequences": ["Văn bản vẫn còn trong danh mục văn bản.", "Thành viên và các năm của khối không thay đổi."],
    }
    return render_form(request, "ui/confirm_page.html", None, context)


def bloc_groups(request, slug):
    """Optional groups inside the bloc, and who belongs to which."""
    bloc = followed_bloc(request, slug)
    memberships = list(bloc.memberships.filter(ends_on=None).select_related("unit", "group").in_order())
    form = bind(request, BlocGroupsForm, bloc=bloc, memberships=memberships)
    if is_submitted(request) and form.is_valid():
        if attempt(form, save_groups, bloc=bloc, by=request.user, **form.values()) is not None:
            return done(request, "Đã lưu các nhóm trong khối.", "blocs:bloc-groups", slug)
    return render_form(request, "blocs/bloc_groups.html", form, _context(bloc))


def bloc_dissolve(request, slug):
    """The bloc ends; what it was stays readable."""
    bloc = followed_bloc(request, slug)
    form = bind(request, BlocDissolveForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, dissolve_bloc, bloc=bloc, by=request.user, **form.cleaned_data):
            return done(request, f"Đã ghi {bloc} giải thể.", "blocs:bloc-members", slug)
    members = bloc.memberships.filter(ends_on=None).count()
    in_office = BlocOffice.objects.filter(bloc_year__bloc=bloc, handed_over_on=None).count()
    consequences = [
        f"{count_words(members)} đơn vị thôi là thành viên từ ngày giải thể; danh sách các năm trước giữ nguyên.",
        "Các năm, giao ước, hội nghị, khen thưởng của khối vẫn xem được như cũ.",
    ]
    if in_office:
        consequences.append(f"Còn {count_words(in_office)} chức vụ chưa bàn giao; quyền làm việc kéo dài đến khi bàn giao.")
    context = {
        "title": "Giải thể khối",
        "lead": str(bloc),
        "question": f"Giải thể {bloc.name}?",
        "action_label": "Ghi giải thể",
        "back": reverse("blocs:bloc-members", args=[slug]),
        "consequences": consequences,
    }
    return render_form(request, "ui/confirm_page.html", form, context)

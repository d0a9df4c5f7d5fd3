"""Units as a tree, and the open list of their kinds."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.forms.unit_kinds import UnitKindForm
from blocs.models import Unit, UnitKind
from blocs.succession import unit_tree
from blocs.views.acts import done
from common.permissions import require
from common.views import bind, is_submitted, render_form


@require_safe
def tree(request):
    """Every unit that works today under the one above it; `?het=1` also those that have ended."""
    require(request.user, "blocs.manage_registry")
    with_ended = request.GET.get("het") == "1"
    rows = Unit.objects.select_related("kind").in_order()
    rows = list(rows if with_ended else rows.filter(ends_on=None))
    context = {"tab_units": True, "roots": unit_tree(rows), "count": len(rows), "with_ended": with_ended}
    return render(request, "blocs/unit_tree.html", context)


@require_safe
def unit_kinds(request):
    """The kinds of unit that the province tells apart, with how many units each has."""
    require(request.user, "blocs.manage_registry")
    rows = UnitKind.objects.annotate(unit_count=Count("unit")).order_by("position", "name")
    return render(request, "blocs/unit_kinds.html", {"tab_units": True, "kinds": rows})


def unit_kind_create(request):
    return _kind_form(request, None, "Thêm loại đơn vị")


def unit_kind_edit(request, pk):
    return _kind_form(request, pk, "Sửa loại đơn vị")


def _kind_form(request, pk, title):
    require(request.user, "blocs.manage_registry")
    kind = get_object_or_404(UnitKind, pk=pk) if pk else None
    form = bind(request, UnitKindForm, instance=kind)
    if is_submitted(request) and form.is_valid():
        form.save()
        return done(request, f"Đã lưu loại đơn vị {form.instance}.", "blocs:unit-kinds")
    context = {"title": title, "back": reverse("blocs:unit-kinds"), "submit": "Lưu", "tab_units": True}
    return render_form(request, "blocs/registry_form.html", form, context)

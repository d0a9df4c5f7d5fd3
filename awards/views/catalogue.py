"""The catalogue of titles and forms, kept by the standing agency."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from awards.enums import AwardCategory
from awards.forms import AwardKindForm
from awards.models import AwardKind
from awards.services import save_award_kind
from common.permissions import require
from common.views import bind, is_submitted, render_form


@require_GET
def catalogue(request):
    """Both categories, never in one list (F7)."""
    require(request.user, "awards.manage_catalogue")
    kinds = list(AwardKind.objects.all())
    groups = [
        {"label": category.label.capitalize(), "kinds": [kind for kind in kinds if kind.category == category]}
        for category in AwardCategory
    ]
    context = {"groups": groups, "count": len(kinds), "unconfirmed": sum(not kind.is_confirmed for kind in kinds)}
    return render(request, "awards/catalogue.html", context)


def award_kind_create(request):
    require(request.user, "awards.manage_catalogue")
    return _edit(request, AwardKind())


def award_kind_edit(request, pk):
    require(request.user, "awards.manage_catalogue")
    return _edit(request, get_object_or_404(AwardKind, pk=pk))


def _edit(request, kind):
    is_new = kind.pk is None
    name = kind.name
    form = bind(request, AwardKindForm, instance=kind)
    if is_submitted(request) and form.is_valid():
        save_award_kind(kind=form.instance, by=request.user)
        messages.success(request, f"Đã lưu “{form.instance.name}” vào danh mục.")
        return redirect("awards:catalogue")
    return render_form(request, "awards/award_kind_form.html", form, {"is_new": is_new, "name": name})

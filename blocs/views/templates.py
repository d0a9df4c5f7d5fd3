"""The registry's templates of covenants: what the province offers to begin with (F15)."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blocs.forms.covenant import TemplateItemFormSet, item_initial
from blocs.forms.templates import CovenantTemplateForm
from blocs.models import CovenantTemplate
from blocs.services import save_template, set_template_active
from blocs.views.acts import done
from common.errors import DomainError, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.views import is_submitted, render_form

PREFIX = "noi-dung"


@require_safe
def templates(request):
    """All templates with the kind of bloc they are for."""
    require(request.user, "blocs.manage_registry")
    rows = CovenantTemplate.objects.annotate(item_count=Count("items")).order_by("bloc_kind", "name")
    return render(request, "blocs/covenant_templates.html", {"tab_templates": True, "templates": rows})


def template_create(request):
    """A new template; `?tu=<pk>` begins with the contents of another one."""
    require(request.user, "blocs.manage_registry")
    asked = request.GET.get("tu", "")
    source = CovenantTemplate.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    return _template_form(request, None, source, "Thêm mẫu giao ước")


def template_edit(request, pk):
    require(request.user, "blocs.manage_registry")
    template = get_object_or_404(CovenantTemplate, pk=pk)
    return _template_form(request, template, template, "Sửa mẫu giao ước")


def _template_form(request, template, source, title):
    longer = add_row(request, [PREFIX])
    form, items = _forms(longer or form_data(request), template, source)
    if is_submitted(request) and not longer and all([form.is_valid(), items.is_valid()]):
        try:
            saved = save_template(
                template=template,
                version=form.cleaned_data["version"],
                items=items.items(),
                by=request.user,
                **form.values(),
            )
            return done(request, f"Đã lưu mẫu “{saved.name}”.", "blocs:covenant-templates")
        except DomainError as refusal:
            # What was typed stays; with the newer number "Lưu" overwrites, after the user has been told.
            newer = request.POST.copy()
            if isinstance(refusal, StaleState) and template:
                template = CovenantTemplate.objects.get(pk=template.pk)
                newer["version"] = template.version
            form, items = _forms(newer, template, source)
            form.add_error(None, refusal.message)
    context = {
        "title": title,
        "items": items,
        "is_adding_row": bool(longer),
        "tab_templates": True,
        "back": reverse("blocs:covenant-templates"),
    }
    response = render_form(request, "blocs/covenant_template_form.html", form, context, formsets=[items])
    response.status_code = 200 if longer else response.status_code
    return response


def _forms(data, template, source):
    rows = [item_initial(item) for item in source.items.all()] if source and data is None else None
    initial = {}
    if source and template is None:
        initial = {"bloc_kind": source.bloc_kind, "grounds": source.grounds, "undertaking": source.undertaking}
    form = CovenantTemplateForm(data, instance=template, initial=initial)
    return form, TemplateItemFormSet(data, prefix=PREFIX, initial=rows)


@require_POST
def template_active(request, pk, choice):
    """Offer a template for new covenants, or no more."""
    template = get_object_or_404(CovenantTemplate, pk=pk)
    is_active = choice == "dung"
    set_template_active(template=template, is_active=is_active, by=request.user)
    word = "Đã dùng lại" if is_active else "Đã ngừng dùng"
    return done(request, f"{word} mẫu “{template.name}”.", "blocs:covenant-templates")

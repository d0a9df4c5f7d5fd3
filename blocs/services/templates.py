"""What the standing agency offers for a covenant to start from."""

from django.db import transaction
from django.utils import timezone

from blocs.enums import TargetBasis
from blocs.models import CovenantTemplate, CovenantTemplateItem
from blocs.services.records import save_checked
from common import audit
from common.permissions import require
from common.text import clean_text
from common.versions import claim


@transaction.atomic
def save_template(*, name, items, by, template=None, version=None, bloc_kind="", grounds="", undertaking=""):
    """Write a template with exactly these contents (ItemInputs); without `template` a new one.

    Covenants made from it stay as they are; day and responsible unit are left to them.
    Raises PermissionDenied, StaleState (somebody else saved meanwhile), Invalid (a name twice, a content without text).
    """
    require(by, "blocs.manage_registry")
    is_new = template is None
    if is_new:
        template = CovenantTemplate(edited_at=timezone.now(), edited_by=by)
    else:
        claim(template, version=version, by=by)
    template.name, template.bloc_kind = clean_text(name), bloc_kind or ""
    template.grounds, template.undertaking = clean_text(grounds), clean_text(undertaking)
    save_checked(template)
    template.items.all().delete()
    for position, item in enumerate(items, 1):
        save_checked(
            CovenantTemplateItem(
                template=template,
                position=position,
                heading=clean_text(item.heading),
                text=clean_text(item.text),
                qualifier=item.qualifier or "",
                value=item.value,
                unit_of_measure=clean_text(item.unit_of_measure),
                basis=item.basis or TargetBasis.BLOC,
            )
        )
    audit.record("thêm mẫu giao ước" if is_new else "sửa mẫu giao ước", template, by=by, after={"name": template.name})
    return template


@transaction.atomic
def set_template_active(*, template, is_active, by):
    """Offer a template for new covenants, or offer it no more; nothing is deleted. Raises PermissionDenied."""
    require(by, "blocs.manage_registry")
    CovenantTemplate.objects.select_for_update().get(pk=template.pk)
    before, template.is_active = template.is_active, is_active
    template.save(update_fields=["is_active"])
    audit.record(
        "dùng lại mẫu giao ước" if is_active else "ngừng dùng mẫu giao ước",
        template,
        by=by,
        before={"is_active": before},
        after={"is_active": is_active},
    )
    return template

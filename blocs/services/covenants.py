"""The text of a covenant: drafted, revised in numbered versions, its digest. Signing is in `signing`."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from blocs.enums import COVENANT_TRANSITIONS, CovenantState, TargetBasis
from blocs.errors import CovenantFrozen, Invalid
from blocs.models import BlocYear, Covenant, CovenantItem, CovenantVersion, Unit
from blocs.scope import is_on_behalf
from blocs.services.records import save_checked
from common import audit
from common.errors import IllegalStep
from common.permissions import require
from common.text import clean_text
from common.versions import claim


@dataclass(frozen=True)
class ItemInput:
    """One content of the covenant; a target has a value and its unit of measure."""

    text: str
    heading: str = ""
    qualifier: str = ""
    value: Decimal | None = None
    unit_of_measure: str = ""
    due_on: date | None = None
    responsible: Unit | None = None
    basis: str = TargetBasis.BLOC

    @classmethod
    def copy_of(cls, item, **changes):
        """The same content as an item of a covenant or of a template, which has no day and no unit."""
        names = ("text", "heading", "qualifier", "value", "unit_of_measure", "due_on", "responsible", "basis")
        values = {name: getattr(item, name) for name in names if hasattr(item, name)}
        return cls(**{**values, **changes})


@transaction.atomic
def save_covenant(
    *,
    bloc_year,
    by,
    items,
    version=None,
    theme="",
    grounds="",
    undertaking="",
    place="",
    signed_on=None,
    change_note="",
):
    """Write the draft of the covenant; the first call makes it. `version` is the number the form was opened with.

    Raises PermissionDenied, IllegalStep (sent already: `revise_covenant` opens a new version), StaleState (somebody else
    saved meanwhile), Invalid.
    """
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    known = list(Covenant.objects.filter(bloc_year=bloc_year))
    covenant = known[0] if known else Covenant.objects.create(bloc_year=bloc_year)
    draft = covenant.current if known else None
    is_new = draft is None
    if is_new:
        draft = CovenantVersion(covenant=covenant, number=1, edited_at=timezone.now(), edited_by=by)
    elif draft.state != CovenantState.DRAFT:
        raise CovenantFrozen(draft, CovenantState.DRAFT)
    else:
        claim(draft, version=1 if version is None else version, by=by)
    draft.theme = clean_text(theme)
    draft.grounds, draft.undertaking = clean_text(grounds), clean_text(undertaking)
    draft.place, draft.signed_on, draft.change_note = clean_text(place), signed_on, clean_text(change_note)
    save_checked(draft)
    if not is_new:
        draft.items.all().delete()
    for position, item in enumerate(items, 1):
        save_checked(
            CovenantItem(
                version=draft,
                position=position,
                heading=clean_text(item.heading),
                text=clean_text(item.text),
                qualifier=item.qualifier or "",
                value=item.value,
                unit_of_measure=clean_text(item.unit_of_measure),
                due_on=item.due_on,
                responsible=item.responsible,
                basis=item.basis or TargetBasis.BLOC,
            )
        )
    if is_new:
        audit.record("soạn giao ước", draft, by=by, on_behalf=is_on_behalf(by, bloc_year), after={"number": 1})
    return draft


@transaction.atomic
def revise_covenant(*, covenant, by, change_note=""):
    """Open a new draft with the text of the version that was sent; it replaces that one when it is sent itself.

    Raises PermissionDenied, IllegalStep (a draft is open already, or there is nothing to revise).
    """
    bloc_year = covenant.bloc_year
    require(by, "blocs.work_on_blocyear", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    old = covenant.current
    if old is None or CovenantState.REPLACED not in COVENANT_TRANSITIONS[CovenantState(old.state)]:
        raise IllegalStep(old, CovenantState.REPLACED) if old else Invalid("Chưa có giao ước để sửa.", subject=covenant)
    fields = ("theme", "grounds", "undertaking", "place")
    draft = CovenantVersion(
        covenant=covenant,
        number=old.number + 1,
        change_note=clean_text(change_note),
        edited_at=timezone.now(),
        edited_by=by,
        **{name: getattr(old, name) for name in fields},
    )
    save_checked(draft)
    for item in old.items.all():
        item.pk, item.version = None, draft
        item.save()
    audit.record(
        "soạn bản giao ước mới", draft, by=by, on_behalf=is_on_behalf(by, bloc_year), after={"number": draft.number}
    )
    return draft


def digest_of(version):
    """SHA-256 of the canonical text: what every unit puts its name under."""
    content = {
        "bloc": version.covenant.bloc_year.bloc_name,
        "year": version.covenant.bloc_year.year.label,
        "number": version.number,
        "theme": version.theme,
        "grounds": version.grounds.splitlines(),
        "undertaking": version.undertaking,
        "items": [_canonical(item) for item in version.items.select_related("responsible")],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(item):
    """One content as a list of texts; day, unit and basis only where they say something.

    So a version frozen before they existed still gives the digest that it bears. A unit stands by its code, because a
    later name of it is no change of the text.
    """
    texts = [
        item.heading,
        item.text,
        item.qualifier,
        "" if item.value is None else format(item.value.normalize(), "f"),
        item.unit_of_measure,
    ]
    extra = [item.due_on.isoformat() if item.due_on else "", item.responsible.code if item.responsible else "", item.basis]
    return [*texts, *extra] if extra != ["", "", TargetBasis.BLOC] else texts

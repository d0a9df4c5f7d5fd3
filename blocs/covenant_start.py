"""What a new covenant may start from: a template of the province, or the covenant of the year before (F15)."""

from dataclasses import dataclass, field

from django.db.models import Q

from blocs.ledger import version_in_force
from blocs.models import BlocYear, CovenantItem, CovenantTemplate, CovenantVersion
from blocs.new_year import same_day_in


@dataclass(frozen=True)
class StartValues:
    """The first values of a new covenant; `items` are CovenantItems or CovenantTemplateItems, not saved with it."""

    name: str
    grounds: str = ""
    undertaking: str = ""
    items: list = field(default_factory=list)


def templates_for(bloc):
    """The templates offered to a bloc of this kind, its own kind before those for all."""
    fits = Q(bloc_kind="") | Q(bloc_kind=bloc.kind)
    return list(CovenantTemplate.objects.filter(fits, is_active=True).order_by("-bloc_kind", "name"))


def previous_covenant(bloc_year):
    """The covenant version in force of the bloc's year before, or None."""
    earlier = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__starts_on__lt=bloc_year.year.starts_on)
    row = earlier.select_related("year").order_by("-year__starts_on").first()
    if row is None:
        return None
    version = version_in_force(row)
    if version is not None:
        version.covenant.bloc_year = row
    return version


def start_values(source, bloc_year):
    """The StartValues of a CovenantTemplate, or of a CovenantVersion of a former year.

    From a former year the days move to the same day of this one, and units that are no members any more are left out.
    """
    if isinstance(source, CovenantTemplate):
        return StartValues(f"mẫu “{source.name}”", source.grounds, source.undertaking, list(source.items.all()))
    old = source.covenant.bloc_year
    return StartValues(
        f"giao ước {old.year.title.lower()}", source.grounds, source.undertaking, _moved(source, old.year, bloc_year)
    )


def _moved(version: CovenantVersion, year, bloc_year):
    members = {row.unit_id for row in bloc_year.memberships}
    items = list(CovenantItem.objects.filter(version=version).select_related("responsible"))
    for item in items:
        item.due_on = same_day_in(item.due_on, year, bloc_year.year) if item.due_on else None
        if item.responsible_id not in members:
            item.responsible = None
    return items

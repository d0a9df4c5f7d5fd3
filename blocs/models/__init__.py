"""The registry of a province: units, blocs and their years, offices, covenants, who works for whom."""

from blocs.models.blocs import Bloc, BlocAlias, BlocYear, EmulationYear, Membership, Movement
from blocs.models.covenants import Covenant, CovenantItem, CovenantSignature, CovenantVersion
from blocs.models.offices import BlocOffice, Handover, OfficeHolder
from blocs.models.units import Assignment, Unit, UnitAlias, UnitKind, UnitName

__all__ = [
    "Assignment",
    "Bloc",
    "BlocAlias",
    "BlocOffice",
    "BlocYear",
    "Covenant",
    "CovenantItem",
    "CovenantSignature",
    "CovenantVersion",
    "EmulationYear",
    "Handover",
    "Membership",
    "Movement",
    "OfficeHolder",
    "Unit",
    "UnitAlias",
    "UnitKind",
    "UnitName",
]

"""The registry of a province: units, blocs and their years, offices, covenants, who works for whom."""

from blocs.models.blocs import (
    Bloc,
    BlocAlias,
    BlocGroup,
    BlocName,
    BlocPaper,
    BlocYear,
    EmulationYear,
    Membership,
    Movement,
    YearDeadline,
)
from blocs.models.covenants import (
    Covenant,
    CovenantItem,
    CovenantReminder,
    CovenantRevision,
    CovenantSignature,
    CovenantVersion,
    UnitCertificate,
)
from blocs.models.imports import ImportJob
from blocs.models.lineage import SuccessionEffect, SuccessionParty, UnitSuccession
from blocs.models.offices import BlocOffice, Handover, HandoverItem, OfficeHolder
from blocs.models.targets import CovenantTemplate, CovenantTemplateItem, TargetResult
from blocs.models.units import Assignment, Unit, UnitAlias, UnitKind, UnitName

__all__ = [
    "Assignment",
    "Bloc",
    "BlocAlias",
    "BlocGroup",
    "BlocName",
    "BlocOffice",
    "BlocPaper",
    "BlocYear",
    "Covenant",
    "CovenantItem",
    "CovenantReminder",
    "CovenantRevision",
    "CovenantSignature",
    "CovenantTemplate",
    "CovenantTemplateItem",
    "CovenantVersion",
    "EmulationYear",
    "Handover",
    "HandoverItem",
    "ImportJob",
    "Membership",
    "Movement",
    "OfficeHolder",
    "SuccessionEffect",
    "SuccessionParty",
    "TargetResult",
    "Unit",
    "UnitAlias",
    "UnitCertificate",
    "UnitKind",
    "UnitName",
    "UnitSuccession",
    "YearDeadline",
]

"""Every write of the registry, the offices, the covenant and the hand-over."""

from blocs.services.bloc_life import (
    dissolve_bloc,
    record_bloc_paper,
    remove_bloc_paper,
    rename_bloc,
    save_groups,
)
from blocs.services.blocs import (
    add_member,
    add_members,
    create_bloc,
    end_membership,
    open_bloc_year,
    save_movements,
    set_year_state,
    update_bloc,
    update_bloc_year,
)
from blocs.services.covenants import ItemInput, revise_covenant, save_covenant
from blocs.services.handover import PackChange, record_handover, save_handover_pack, tick_handover
from blocs.services.offices import add_holder, appoint_office, end_office
from blocs.services.signing import (
    attach_scan,
    freeze_file,
    record_signatures,
    refuse_signature,
    send_covenant,
    sign_by_click,
    sign_with_certificate,
    take_signed_file,
)
from blocs.services.targets import ResultInput, may_report, save_results
from blocs.services.templates import save_template, set_template_active
from blocs.services.units import create_unit, record_rename, rename_unit, update_unit
from blocs.services.years import open_new_year, save_deadlines

__all__ = [
    "ItemInput",
    "PackChange",
    "ResultInput",
    "add_holder",
    "add_member",
    "add_members",
    "appoint_office",
    "attach_scan",
    "create_bloc",
    "create_unit",
    "dissolve_bloc",
    "end_membership",
    "end_office",
    "freeze_file",
    "may_report",
    "open_bloc_year",
    "open_new_year",
    "record_bloc_paper",
    "record_handover",
    "record_rename",
    "record_signatures",
    "refuse_signature",
    "remove_bloc_paper",
    "rename_bloc",
    "rename_unit",
    "revise_covenant",
    "save_covenant",
    "save_deadlines",
    "save_groups",
    "save_handover_pack",
    "save_movements",
    "save_results",
    "save_template",
    "send_covenant",
    "set_template_active",
    "set_year_state",
    "sign_by_click",
    "sign_with_certificate",
    "take_signed_file",
    "tick_handover",
    "update_bloc",
    "update_bloc_year",
    "update_unit",
]

"""The hand-over that ends the rights of a year's secretariat (F14, design §4)."""

from django.db import transaction
from django.utils import timezone

from blocs.errors import WrongDate
from blocs.models import BlocOffice, BlocYear, Handover
from blocs.reports import next_leader
from blocs.scope import is_on_behalf
from blocs.services.records import save_checked
from common import audit
from common.actor import forget_request_memory
from common.errors import NotReady, StaleState
from common.permissions import may, require
from common.text import clean_text


@transaction.atomic
def record_handover(*, bloc_year, handed_over_on, by, to_unit=None, note=""):
    """Record that the year was handed over: all its offices end, and with them the right to change anything of it.

    `to_unit` is by default the leader of the bloc's next year. Raises PermissionDenied, StaleState (recorded already),
    NotReady (nobody holds an office), WrongDate (before the first day in office, in the future), Invalid.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    done = Handover.objects.filter(bloc_year=bloc_year).select_related("recorded_by").first()
    # Before the question of rights: they ended with the first record, and a second click deserves the true reason.
    if done and may(by, "blocs.view_blocyear", bloc_year):
        message = f"{bloc_year} đã được {done.recorded_by} ghi nhận bàn giao ngày {done.handed_over_on:%d/%m/%Y}."
        raise StaleState(message, subject=bloc_year)
    require(by, "blocs.work_on_blocyear", bloc_year)
    offices = list(
        BlocOffice.objects.filter(bloc_year=bloc_year, handed_over_on=None)
        .in_order()
        .select_related("unit", "bloc_year__bloc", "bloc_year__year")
    )
    if not offices:
        raise NotReady(["đơn vị đang giữ chức vụ để bàn giao"], subject=bloc_year)
    first_day = min(office.starts_on for office in offices)
    if handed_over_on < first_day:
        raise WrongDate(f"Ngày bàn giao không được trước ngày đầu nhiệm kỳ {first_day:%d/%m/%Y}.", subject=bloc_year)
    if handed_over_on > timezone.localdate():
        raise WrongDate(f"Ngày bàn giao {handed_over_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=bloc_year)
    # Read before the rights end, or everybody would have acted on behalf.
    on_behalf = is_on_behalf(by, bloc_year)
    handover = Handover(
        bloc_year=bloc_year,
        handed_over_on=handed_over_on,
        from_unit=offices[0].unit,
        to_unit=to_unit or next_leader(bloc_year),
        note=clean_text(note),
        recorded_by=by,
    )
    save_checked(handover)
    for office in offices:
        office.handed_over_on = handed_over_on
        office.save()
        audit.record(
            f"bàn giao chức vụ {office.title.lower()}",
            office,
            by=by,
            on_behalf=on_behalf,
            before={"handed_over_on": ""},
            after={"handed_over_on": str(handed_over_on)},
        )
    audit.record(
        "ghi nhận bàn giao",
        bloc_year,
        by=by,
        on_behalf=on_behalf,
        after={
            "handed_over_on": str(handed_over_on),
            "from_unit": handover.from_unit.code,
            "to_unit": handover.to_unit.code if handover.to_unit else "",
        },
        note=handover.note,
    )
    forget_request_memory()
    return handover

"""Offices of a bloc-year and the people behind them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blocs.enums import OfficeBasis, OfficeRole
from blocs.errors import OfficeTaken, WrongDate
from blocs.models import Bloc, BlocOffice, BlocYear, Handover, OfficeHolder
from blocs.scope import is_on_behalf
from blocs.services.records import save_checked
from common import audit
from common.actor import forget_request_memory
from common.errors import NotReady, StaleState
from common.permissions import may, require
from common.text import clean_text


@transaction.atomic
def appoint_office(
    *,
    bloc_year,
    unit,
    role,
    by,
    order=1,
    starts_on=None,
    ends_on=None,
    basis=OfficeBasis.ELECTED,
    paper=None,
    allowed_by=None,
):
    """The unit leads or assists the bloc-year, for the whole year unless days are given.

    By whoever works on the bloc-year, by the standing agency that follows the bloc, or by whoever works on
    `allowed_by`: a bloc-year of the same bloc whose meeting elected the unit.
    Raises PermissionDenied, WrongDate, StaleState (handed over), OfficeTaken (another leader, deputy of the same number,
    or the unit has another office), Invalid.
    """
    require_appointing(by, bloc_year, allowed_by)
    # Leaders follow each other over the years of a bloc, so its row is the one to agree on.
    list(Bloc.objects.select_for_update(no_key=True).filter(pk=bloc_year.bloc_id))
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if done := Handover.objects.filter(bloc_year=bloc_year).first():
        raise StaleState(f"{bloc_year} đã bàn giao ngày {done.handed_over_on:%d/%m/%Y}.", subject=bloc_year)
    year = bloc_year.year
    office = BlocOffice(
        bloc_year=bloc_year,
        unit=unit,
        role=role,
        order=order,
        starts_on=starts_on or year.starts_on,
        ends_on=ends_on or year.ends_on,
        basis=basis,
        paper=paper,
    )
    if office.ends_on < office.starts_on:
        raise WrongDate("Ngày kết thúc không được trước ngày bắt đầu.", subject=bloc_year)
    if office.starts_on > year.ends_on or office.ends_on < year.starts_on:
        period = f"{year.starts_on:%d/%m/%Y} – {year.ends_on:%d/%m/%Y}"
        raise WrongDate(f"Chức vụ phải có ngày nằm trong {year.title.lower()} ({period}).", subject=bloc_year)
    refuse_taken_office(office)
    _refuse_second_leader(office)
    save_checked(office)
    audit.record(
        f"cử {office.title[:1].lower()}{office.title[1:]}",
        office,
        by=by,
        on_behalf=is_on_behalf(by, allowed_by or bloc_year),
        after={
            "unit": unit.code,
            "role": str(role),
            "order": order,
            "starts_on": str(office.starts_on),
            "ends_on": str(office.ends_on),
            "basis": str(basis),
        },
    )
    forget_request_memory()
    return office


def require_appointing(by, bloc_year, allowed_by=None):
    """PermissionDenied unless `by` may fill offices of the bloc-year; see `appoint_office`."""
    covering = allowed_by is not None and allowed_by.bloc_id == bloc_year.bloc_id
    if not (covering and may(by, "blocs.work_on_blocyear", allowed_by)):
        require(by, "blocs.appoint_office", bloc_year)


def refuse_taken_office(office):
    """The kind question before the database's constraints, with the name of the unit that is in the way."""
    active = BlocOffice.objects.filter(bloc_year=office.bloc_year, handed_over_on=None).select_related("unit")
    for other in active:
        other.bloc_year = office.bloc_year
        if other.role == office.role == OfficeRole.LEADER:
            raise OfficeTaken(
                f"{office.bloc_year.bloc.get_word_display()} đang có {other.title.lower()} là {other.unit}; "
                "hãy kết thúc chức vụ đó trước.",
                subject=office.bloc_year,
            )
        if other.unit_id == office.unit_id:
            message = f"{other.unit} đang giữ chức vụ {other.title.lower()}."
            raise OfficeTaken(message, subject=office.bloc_year)
        if (other.role, other.order) == (office.role, office.order):
            raise OfficeTaken(
                f"Chức vụ {other.title.lower()} đang do {other.unit} giữ; hãy chọn thứ tự khác.", subject=office.bloc_year
            )


def _refuse_second_leader(office):
    """On no day a bloc has two leaders, be it of one year or of two, also where the former one has left (REG-4)."""
    if office.role != OfficeRole.LEADER:
        return
    rows = BlocOffice.objects.filter(bloc_year__bloc=office.bloc_year.bloc_id, role=OfficeRole.LEADER)
    for other in rows.in_period(office.starts_on, office.ends_on).select_related("unit").order_by("starts_on"):
        last = min(other.ends_on, other.handed_over_on or other.ends_on)
        if last >= office.starts_on:
            raise OfficeTaken(
                f"{other.unit} là {office.title.lower()} từ {other.starts_on:%d/%m/%Y} đến {last:%d/%m/%Y}; "
                "một ngày chỉ có một đơn vị giữ chức vụ này.",
                subject=office.bloc_year,
            )


@transaction.atomic
def end_office(*, office, ends_on, by):
    """A change in mid-year: the unit leaves its office with `ends_on` as last day, and its rights end with it.

    Raises PermissionDenied, StaleState (ended already), WrongDate (before its first day, in the future).
    """
    bloc_year = office.bloc_year
    require(by, "blocs.appoint_office", bloc_year)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    current = BlocOffice.objects.select_related("bloc_year__bloc", "bloc_year__year", "unit").get(pk=office.pk)
    if current.handed_over_on:
        message = f"{current.unit} đã thôi giữ chức vụ này từ ngày {current.handed_over_on:%d/%m/%Y}."
        raise StaleState(message, subject=bloc_year)
    if ends_on < current.starts_on:
        raise WrongDate(f"Ngày kết thúc không được trước ngày nhận chức vụ {current.starts_on:%d/%m/%Y}.", subject=bloc_year)
    if ends_on > timezone.localdate():
        raise WrongDate(f"Ngày kết thúc {ends_on:%d/%m/%Y} ở sau ngày hôm nay.", subject=bloc_year)
    on_behalf = is_on_behalf(by, bloc_year)
    # Who steps down in the days of closing a year, when the next one has its own leader, held the office to that year's end.
    current.ends_on, current.handed_over_on = min(ends_on, bloc_year.year.ends_on), ends_on
    save_checked(current)
    audit.record(
        f"kết thúc chức vụ {current.title.lower()}",
        current,
        by=by,
        on_behalf=on_behalf,
        before={"ends_on": str(office.ends_on)},
        after={"ends_on": str(current.ends_on), "handed_over_on": str(ends_on)},
    )
    forget_request_memory()
    return current


@transaction.atomic
def add_holder(*, office, person_name, by, titles=(), starts_on=None, allowed_by=None):
    """The person behind the office from `starts_on` on, by default its first day; the former one ends the day before.

    Raises PermissionDenied, NotReady (no name), WrongDate (before the office, not after the former holder began).
    """
    bloc_year = office.bloc_year
    require_appointing(by, bloc_year, allowed_by)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    starts_on = starts_on or office.starts_on
    person_name = clean_text(person_name)
    if not person_name:
        raise NotReady(["họ và tên người đại diện"], subject=bloc_year)
    if starts_on < office.starts_on:
        raise WrongDate(
            f"Người đại diện không thể bắt đầu trước ngày đơn vị giữ chức vụ ({office.starts_on:%d/%m/%Y}).",
            subject=bloc_year,
        )
    former = OfficeHolder.objects.filter(office=office).order_by("-starts_on").first()
    if former and starts_on <= former.starts_on:
        raise WrongDate(
            f"{former.person_name} là người đại diện từ {former.starts_on:%d/%m/%Y}; người mới phải bắt đầu sau ngày đó.",
            subject=bloc_year,
        )
    if former and (former.ends_on is None or former.ends_on >= starts_on):
        former.ends_on = starts_on - timedelta(days=1)
        former.save()
    holder = OfficeHolder(
        office=office, person_name=person_name, titles=[t for t in map(clean_text, titles) if t], starts_on=starts_on
    )
    save_checked(holder)
    audit.record(
        "ghi người đại diện",
        office,
        by=by,
        on_behalf=is_on_behalf(by, allowed_by or bloc_year),
        before={"person_name": former.person_name} if former else {},
        after={"person_name": person_name, "titles": holder.titles, "starts_on": str(starts_on)},
    )
    return holder

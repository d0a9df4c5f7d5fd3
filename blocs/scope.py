"""For whom a user acts today: read once per request from dated rows, never from groups (design §4)."""

from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils import timezone

from blocs.enums import AssignmentRole, OfficeRole
from blocs.models import Assignment, BlocOffice, BlocYear, Membership
from common.actor import once_a_request
from common.dated import overlapping


@dataclass(frozen=True)
class Scope:
    """What the assignments of one user amount to on one day.

    `unit_ids`: units the user is staff of; `standing_ids`: those of them that are standing agencies;
    `led_ids`: bloc-years whose office one of the units holds and has not handed over; `is_editor`: an editor's assignment.
    """

    unit_ids: frozenset = field(default_factory=frozenset)
    standing_ids: frozenset = field(default_factory=frozenset)
    led_ids: frozenset = field(default_factory=frozenset)
    is_editor: bool = False

    @property
    def is_standing_agency(self):
        return bool(self.standing_ids)


NOBODY = Scope()


def scope_of(user):
    """The Scope of a user today; an anonymous or disabled account acts for nobody."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    return once_a_request(("scope", user.pk), lambda: _read(user))


def _read(user):
    today = timezone.localdate()
    rows = Assignment.objects.on(today).filter(user=user).select_related("unit")
    staff = [row.unit for row in rows if row.role == AssignmentRole.STAFF]
    unit_ids = frozenset(unit.pk for unit in staff)
    led = BlocOffice.objects.active(today).filter(unit__in=unit_ids).values_list("bloc_year_id", flat=True)
    return Scope(
        unit_ids=unit_ids,
        standing_ids=frozenset(unit.pk for unit in staff if unit.is_standing_agency),
        led_ids=frozenset(led) if unit_ids else frozenset(),
        is_editor=any(row.role == AssignmentRole.EDITOR for row in rows),
    )


def follows_bloc(scope, bloc):
    """Whether the user sits in the standing agency that follows this bloc; a bloc without organiser is followed by all."""
    return scope.is_standing_agency and (bloc.organiser_id is None or bloc.organiser_id in scope.standing_ids)


def has_secretariat_account(bloc_year):
    """Whether somebody of a unit in office can sign in and do the work of this bloc-year today."""

    def read():
        today = timezone.localdate()
        units = BlocOffice.objects.active(today).filter(bloc_year=bloc_year).values("unit")
        staff = Assignment.objects.on(today).filter(role=AssignmentRole.STAFF, user__is_active=True)
        return staff.filter(unit__in=units).exists()

    return once_a_request(("secretariat", bloc_year.pk), read)


def leading_unit_ids(bloc_year, handed_over=False):
    """Units that lead this bloc-year today; with `handed_over` also those that led it."""

    def read():
        rows = BlocOffice.objects.filter(bloc_year=bloc_year, role=OfficeRole.LEADER)
        rows = rows if handed_over else rows.active(timezone.localdate())
        return frozenset(rows.values_list("unit_id", flat=True))

    return once_a_request(("leading", bloc_year.pk, handed_over), read)


def succeeding_unit_ids(bloc_year):
    """Units that lead the bloc's next year, elected or named: they receive the hand-over."""

    def read():
        later = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__starts_on__gt=bloc_year.year.starts_on)
        following = later.order_by("year__starts_on").values("pk")[:1]
        rows = BlocOffice.objects.filter(bloc_year__in=following, role=OfficeRole.LEADER)
        return frozenset(rows.values_list("unit_id", flat=True))

    return once_a_request(("succeeding", bloc_year.pk), read)


def has_receiver_account(bloc_year):
    """Whether somebody of the unit that receives the hand-over can sign in today."""

    def read():
        staff = Assignment.objects.on(timezone.localdate()).filter(role=AssignmentRole.STAFF, user__is_active=True)
        return staff.filter(unit__in=succeeding_unit_ids(bloc_year)).exists()

    return once_a_request(("receiver", bloc_year.pk), read)


def is_on_behalf(user, bloc_year):
    """Whether what the user enters for this bloc-year is entered on behalf of the bloc, and must be marked as such."""
    return bloc_year.pk not in scope_of(user).led_ids


def member_bloc_year_ids(unit_ids):
    """Bloc-years in which one of the units is or was a member on some day of the year, or held an office."""
    if not unit_ids:
        return frozenset()
    period = overlapping_years()
    held = BlocOffice.objects.filter(unit__in=unit_ids).values_list("bloc_year_id", flat=True)
    member = Membership.objects.filter(unit__in=unit_ids).filter(period).values_list("bloc__years", flat=True)
    return frozenset(held) | frozenset(member)


def overlapping_years():
    """Condition on memberships joined to `bloc__years`: the membership shares a day with that year."""
    return overlapping(F("bloc__years__year__starts_on"), F("bloc__years__year__ends_on"))


def visible_bloc_years(user):
    """The workplaces a user may open: own blocs, and for the standing agency those it follows."""
    scope = scope_of(user)
    seen = Q(pk__in=member_bloc_year_ids(scope.unit_ids))
    if scope.is_standing_agency:
        seen |= Q(bloc__organiser__isnull=True) | Q(bloc__organiser__in=scope.standing_ids)
    return BlocYear.objects.filter(seen)

"""About which bloc-years a user may write."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from blocs.enums import AssignmentRole, YearState
from blocs.models import Assignment, BlocOffice, BlocYear
from blocs.scope import scope_of
from common.dated import on_day


def writable_bloc_years(user):
    """The list side of `news.write_about`: an editor writes about all, others where they do the work of the year."""
    scope = scope_of(user)
    if scope.is_editor:
        return BlocYear.objects.all()
    mine = Q(pk__in=scope.led_ids)
    if scope.is_standing_agency:
        followed = Q(bloc__organiser__isnull=True) | Q(bloc__organiser__in=scope.standing_ids)
        mine |= followed & ~Exists(_offices_with_account())
    return BlocYear.objects.filter(mine, year__state=YearState.OPEN)


def _offices_with_account():
    today = timezone.localdate()
    staff = Assignment.objects.filter(on_day(today), role=AssignmentRole.STAFF, user__is_active=True)
    return BlocOffice.objects.active(today).filter(bloc_year=OuterRef("pk"), unit__in=staff.values("unit"))

"""From the two slugs of a workplace address to its bloc-year, its covenant and what hangs on that."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from blocs.enums import CovenantState
from blocs.models import Covenant, CovenantSignature
from blocs.scope import visible_bloc_years
from common.permissions import may


def get_bloc_year(request, slug, year_slug):
    """The bloc-year of the address, if the user may open its workplace; else 404, as if it did not exist."""
    rows = visible_bloc_years(request.user).for_work()
    return get_object_or_404(rows, bloc__slug=slug, year__slug=year_slug)


def get_covenant(request, slug, year_slug):
    """The bloc-year of the address and its covenant, None while nobody has begun one."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    covenant = Covenant.objects.filter(bloc_year=bloc_year).first()
    if covenant:
        covenant.bloc_year = bloc_year
    return bloc_year, covenant


def get_version(request, slug, year_slug, is_sent=False):
    """The version of `?ban=`, else the newest the user may see; 404 where there is none.

    `is_sent` prefers one that was sent: signatures and scans belong to it even while a new draft is being written.
    """
    bloc_year, covenant = get_covenant(request, slug, year_slug)
    rows = covenant.versions.order_by("-number") if covenant else []
    rows = [row for row in rows if may_see_version(request.user, bloc_year, row)]
    if asked := request.GET.get("ban"):
        rows = [row for row in rows if str(row.number) == asked]
    if not rows:
        raise Http404("Chưa có giao ước.")
    sent = [row for row in rows if row.state != CovenantState.DRAFT]
    version = sent[0] if is_sent and sent else rows[0]
    version.covenant = covenant
    return bloc_year, version


def may_see_version(user, bloc_year, version):
    """A draft is the secretariat's own until it is sent (design §4: the agency never sees a unit's draft)."""
    return version.state != CovenantState.DRAFT or may(user, "blocs.work_on_blocyear", bloc_year)


def get_signature(request, slug, year_slug, pk):
    """The bloc-year of the address and one unit's line in any version of its covenant; 404 for a line of another bloc."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    rows = CovenantSignature.objects.select_related("unit", "version__covenant")
    signature = get_object_or_404(rows, pk=pk, version__covenant__bloc_year=bloc_year)
    signature.version.covenant.bloc_year = bloc_year
    return bloc_year, signature

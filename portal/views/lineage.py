"""Changes of units (/lam-viec/danh-muc/bien-dong/): the list, the guided act in three steps, one act, taking it back."""

from django.contrib import messages
from django.core import signing
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.enums import SuccessionKind
from blocs.forms.registry import SearchForm
from blocs.models import SuccessionParty, Unit, UnitSuccession
from blocs.views.acts import search_text
from common.errors import DomainError, NotReady, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.text import fold
from common.views import is_submitted, page_of
from portal.forms.lineage import Act, ReviewForm
from portal.lineage import (
    AlreadyBuilt,
    ItemsChanged,
    built_since,
    changes_between,
    consequences,
    fingerprint,
    open_items_of,
    record_succession,
    undo_succession,
)

_SALT = "portal.succession"
_STEPS = ("Biến động và các đơn vị", "Rà soát từng mục", "Xác nhận")
_OWN = {"csrfmiddlewaretoken", "buoc", "di", "da_xem", "them_dong"}


def _require(request):
    require(request.user, "blocs.manage_registry")


@require_safe
def successions(request):
    """All acts, newest first; `?q=` finds those of a unit by any of its names."""
    _require(request)
    form, text = search_text(request, SearchForm)
    rows = UnitSuccession.objects.select_related("paper").prefetch_related("parties__unit")
    if folded := fold(text):
        parties = SuccessionParty.objects.filter(unit__in=Unit.objects.matching(folded))
        rows = rows.filter(Q(pk__in=parties.values("succession")))
    context = {"tab_successions": True, "page": page_of(request, rows), "form": form}
    return render(request, "portal/lineage/list.html", context)


def succession_create(request):
    """The wizard: three steps at one address; what was typed travels in the form, so that it survives a lost session."""
    _require(request)
    if longer := add_row(request, ["cu", "moi"]):
        return _first(request, Act(longer), is_adding_row=True)
    data = form_data(request)
    if data is None:
        return _first(request, Act(initial=_initial(request)))
    act, step = Act(data), data.get("buoc", "1")
    if not act.is_valid():
        if not is_submitted(request):
            return _first(request, act)
        # At the last step everything had been in order, so somebody else was quicker.
        return _first(request, act, status=409 if step == "3" else 422)
    if data.get("di") == "1" or (step == "1" and not is_submitted(request)):
        return _first(request, act)
    if act.is_rename:
        return _rename(request, act, data, step)
    groups = open_items_of(act.units["from_units"], act.on, has_successor=bool(act.successors))
    if step == "1":
        return _second(request, act, ReviewForm(groups=groups, successors=act.successors), groups)
    return _review(request, act, groups, data, step)


def _review(request, act, groups, data, step):
    """Steps 2 and 3 as they were sent."""
    review = ReviewForm(data, groups=groups, successors=act.successors)
    seen = _unsigned(data.get("da_xem", ""))
    if changes := changes_between(seen, fingerprint(groups)):
        return _second(request, act, review, groups, changes=changes, status=409)
    if data.get("di") == "goi_y":
        filled = ReviewForm(review.filled(data), groups=groups, successors=act.successors)
        return _second(request, act, filled, groups, show_faults=False)
    if data.get("di") == "2" or not is_submitted(request):
        return _second(request, act, review, groups, show_faults=False)
    if not review.is_valid():
        return _second(request, act, review, groups, status=422)
    if step == "2":
        return _third(request, act, review, groups)
    try:
        done = record_succession(**act.values(), choices=review.decisions(), seen=seen, by=request.user)
    except ItemsChanged as error:
        return _second(request, act, review, groups, changes=error.changes, status=error.status)
    except DomainError as error:
        review.add_error(None, error.message)
        return _second(request, act, review, groups, status=error.status)
    return _recorded(request, done)


def _rename(request, act, data, step):
    """A rename has nothing to review: the summary follows at once."""
    if step != "3" or not is_submitted(request):
        return _third(request, act, None, [])
    try:
        done = record_succession(**act.values(), by=request.user)
    except DomainError as error:
        act.form.add_error(None, error.message)
        return _first(request, act, status=error.status)
    return _recorded(request, done)


def _recorded(request, succession):
    messages.success(request, f"Đã ghi nhận {succession}.")
    return redirect(succession)


def _initial(request):
    """`?loai=merge&don-vi=<mã>`: how the page of a unit leads here."""
    kind = request.GET.get("loai", "")
    unit = Unit.objects.filter(code=request.GET.get("don-vi", "")).first()
    return {
        "form": {"kind": kind if kind in SuccessionKind.values else SuccessionKind.MERGE},
        "olds": [{"unit": unit.pk}] if unit else None,
    }


def _unsigned(text):
    try:
        return signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return {}


def _steps(current):
    states = ["done" if number < current else "current" if number == current else "todo" for number in (1, 2, 3)]
    return [{"label": label, "state": state} for label, state in zip(_STEPS, states, strict=True)]


def _context(request, current, **more):
    return {
        "tab_successions": True,
        "steps": _steps(current),
        "back": reverse("portal:successions"),
        "is_kept": getattr(request, "kept_form", None) is not None,
        **more,
    }


def _first(request, act, status=200, is_adding_row=False):
    context = _context(request, 1, act=act, form=act.form, formsets=act.formsets, is_adding_row=is_adding_row)
    return render(request, "portal/lineage/step1.html", context, status=status)


def _carried(act, review=None):
    """Name and value of everything typed so far, for the hidden fields of the next step."""
    data = act.form.data
    own = set(review.fields) if review is not None else set()
    return [
        (name, value)
        for name in data
        if name not in _OWN | own and not name.startswith("muc-")
        for value in data.getlist(name)
    ]


def _second(request, act, review, groups, changes=(), show_faults=True, status=200):
    if not show_faults:
        review._errors = {}
    context = _context(
        request,
        2,
        act=act,
        review=review,
        groups=review.rows(),
        changes=changes,
        carried=_carried(act, review),
        seen=signing.dumps(fingerprint(groups), salt=_SALT, compress=True),
        consequences=consequences(act.units["from_units"], act.on),
        has_items=bool(review.fields),
        can_fill=any(review.recommended_of(item) for item in review.items.values()),
        show_faults=show_faults and review.is_bound,
    )
    return render(request, "portal/lineage/step2.html", context, status=status)


def _third(request, act, review, groups):
    chosen = [(name, act.form.data.get(name)) for name in review.fields] if review else []
    context = _context(
        request,
        3,
        act=act,
        values=act.values(),
        kind_label=act.kind.label,
        successors=act.successors,
        summary=review.summary() if review else [],
        carried=[*_carried(act, review), *chosen],
        seen=signing.dumps(fingerprint(groups), salt=_SALT, compress=True),
        consequences=consequences(act.units["from_units"], act.on) if review else [],
    )
    return render(request, "portal/lineage/step3.html", context)


@require_safe
def succession(request, pk):
    """One act: parties, what was done with every item, and whether it can still be taken back."""
    _require(request)
    found = _found(pk)
    context = {
        "tab_successions": True,
        "succession": found,
        "parties": list(found.parties.select_related("unit")),
        "effects": list(found.effects.select_related("successor")),
        "built": [] if found.undone_at else built_since(found),
    }
    return render(request, "portal/lineage/detail.html", context)


def succession_undo(request, pk):
    """Ask once more, then take the act back; refused with the list of what was built on it."""
    _require(request)
    found = _found(pk)
    status = 200
    if is_submitted(request):
        try:
            undo_succession(succession=found, by=request.user)
        except (AlreadyBuilt, StaleState, NotReady) as error:
            messages.error(request, error.message)
            status = error.status
            found.refresh_from_db(fields=["undone_at", "undone_by"])
        else:
            messages.success(request, f"Đã hoàn tác {found}. Mọi thứ trở lại như trước khi ghi nhận.")
            return redirect(found)
    built = [] if found.undone_at else built_since(found)
    context = {"tab_successions": True, "succession": found, "built": built, "back": found.get_absolute_url()}
    return render(request, "portal/lineage/undo.html", context, status=status)


def _found(pk):
    return get_object_or_404(UnitSuccession.objects.select_related("paper", "recorded_by", "undone_by"), pk=pk)

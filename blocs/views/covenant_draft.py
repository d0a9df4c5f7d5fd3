"""Writing the draft of a covenant: begun from a template, from last year's, or from nothing."""

from django.urls import reverse

from blocs.covenant_start import previous_covenant, start_values, templates_for
from blocs.enums import CovenantState
from blocs.errors import CovenantFrozen
from blocs.forms.covenant import CovenantForm, ItemFormSet, item_initial
from blocs.lookup import get_bloc_year
from blocs.models import Covenant
from blocs.services import save_covenant
from blocs.views.acts import done
from common.errors import DomainError, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.views import is_submitted, render_form

PREFIX = "noi-dung"
LAST_YEAR = "nam-truoc"


def covenant_edit(request, slug, year_slug):
    """The draft: general part and contents. Two who edit at once are told about each other.

    Before there is one, `?mau=<pk>` begins with a template and `?mau=nam-truoc` with the covenant of the year before.
    """
    bloc_year = get_bloc_year(request, slug, year_slug)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    record = Covenant.objects.filter(bloc_year=bloc_year).first()
    draft = record.current if record else None
    if draft and draft.state != CovenantState.DRAFT and not is_submitted(request):
        draft.covenant, record.bloc_year = record, bloc_year
        raise CovenantFrozen(draft, CovenantState.DRAFT)
    longer = add_row(request, [PREFIX])
    contents = list(draft.items.select_related("responsible")) if draft else []
    units = _units(bloc_year, contents)
    previous = previous_covenant(bloc_year) if draft is None else None
    templates = templates_for(bloc_year.bloc) if draft is None else []
    start = _start(request, bloc_year, previous, templates)
    form, items = _forms(longer or form_data(request), bloc_year, draft, contents, units, start)
    if is_submitted(request) and not longer and all([form.is_valid(), items.is_valid()]):
        try:
            save_covenant(
                bloc_year=bloc_year,
                by=request.user,
                items=items.items(),
                version=form.cleaned_data["version"],
                **form.values(),
            )
            return done(request, "Đã lưu bản nháp giao ước.", "blocs:covenant", slug, year_slug)
        except DomainError as refusal:
            # What was typed stays; with the newer number "Lưu" overwrites, after the user has been told.
            newer = request.POST.copy()
            if isinstance(refusal, StaleState) and record:
                newer["version"] = record.current.version
            form, items = _forms(newer, bloc_year, draft, contents, units)
            form.add_error(None, refusal.message)
    context = {
        "bloc_year": bloc_year,
        "items": items,
        "is_adding_row": bool(longer),
        "start": start,
        "templates": templates,
        "previous": previous,
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    response = render_form(request, "blocs/covenant_form.html", form, context, formsets=[items])
    response.status_code = 200 if longer else response.status_code
    return response


def _start(request, bloc_year, previous, templates):
    """The StartValues that the address asks for, or None."""
    asked = request.GET.get("mau", "")
    source = previous if asked == LAST_YEAR else {str(row.pk): row for row in templates}.get(asked)
    return start_values(source, bloc_year) if source else None


def _units(bloc_year, contents):
    """Who may be picked as responsible: the members of the year, and whoever the draft names already."""
    members = [row.unit for row in bloc_year.memberships]
    named = [item.responsible for item in contents if item.responsible]
    return {unit.code: unit for unit in [*members, *named]}


def _forms(data, bloc_year, draft, contents, units, start=None):
    initial = {"theme": bloc_year.theme}
    if draft:
        names = ("theme", "grounds", "undertaking", "place", "signed_on", "change_note", "version")
        initial = {name: getattr(draft, name) for name in names}
    elif start:
        initial |= {"grounds": start.grounds, "undertaking": start.undertaking}
        contents = start.items
    rows = [item_initial(item) for item in contents]
    # What was typed is the whole list: a row equal to a stored one must not count as left alone.
    items = ItemFormSet(data, prefix=PREFIX, initial=rows if data is None else None, form_kwargs={"units": units})
    items.extra = 1 if rows else 3
    return CovenantForm(data, initial=initial, number=draft.number if draft else 1), items

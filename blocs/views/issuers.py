"""Registry pages of one issuer: how it numbers, its number series, its dated places and terms (DOC-23, DOC-33, PTY-3)."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.forms.issuers import LastNumberForm, PlaceFormSet, TermFormSet
from blocs.views.acts import attempt, done
from common.errors import DomainError
from common.formsets import add_row
from common.kept import form_data
from common.permissions import require
from common.views import bind, is_submitted, render_form
from documents.enums import LetterheadProfile, Numbering
from documents.models import Issuer
from documents.series import series_of
from documents.services import set_last_number
from documents.services.issuers import save_places, save_terms, switch_numbering


def _issuer(request, pk):
    require(request.user, "blocs.manage_registry")
    issuer = get_object_or_404(Issuer, pk=pk)
    require(request.user, "documents.manage_issuer", issuer)
    return issuer


def _context(issuer, **more):
    back = reverse("blocs:issuer", args=[issuer.pk])
    return {"tab_issuers": True, "issuer": issuer, "back": back, "base_template": "blocs/registry_base.html", **more}


@require_safe
def issuer(request, pk):
    """All that is kept of one issuer, and how far its numbers have come."""
    row = _issuer(request, pk)
    context = _context(
        row,
        series=series_of(row),
        places=row.places.order_by("-starts_on"),
        terms=row.terms.order_by("-starts_on"),
        is_automatic=row.numbering == Numbering.AUTOMATIC,
        is_party=row.profile == LetterheadProfile.PARTY,
    )
    return render(request, "blocs/issuer.html", context)


def issuer_numbering(request, pk):
    """Opt in to automatic numbers, or out of them, knowing what that means."""
    row = _issuer(request, pk)
    is_automatic = row.numbering == Numbering.AUTOMATIC
    if is_submitted(request):
        target = request.POST.get("cach_cap_so", "")
        switch_numbering(issuer=row, numbering=target, by=request.user)
        return done(request, f"{row}: từ nay {Numbering(target).label}.", "blocs:issuer", pk)
    context = _context(
        row,
        is_automatic=is_automatic,
        target=Numbering.TYPED if is_automatic else Numbering.AUTOMATIC,
        series=series_of(row),
    )
    return render(request, "blocs/issuer_numbering.html", context)


def issuer_last_number(request, pk):
    """Say up to which number the clerk's register has come."""
    row = _issuer(request, pk)
    known = {"type_abbreviation": request.GET.get("loai", ""), "period": request.GET.get("ky", "")}
    form = bind(request, LastNumberForm, initial={name: value for name, value in known.items() if value})
    if is_submitted(request) and form.is_valid():
        if attempt(form, set_last_number, issuer=row, by=request.user, **form.cleaned_data):
            values = form.cleaned_data
            text = f"{values['type_abbreviation']} {values['period']}: số đã cấp gần nhất là {values['last']}."
            return done(request, text, "blocs:issuer", pk)
    context = _context(
        row, title="Đặt số đã cấp gần nhất", lead=f"{row}: số lấy theo sổ đăng ký văn bản đi của văn thư.", submit="Lưu"
    )
    return render_form(request, "blocs/issuer_form.html", form, context)


def issuer_places(request, pk):
    """Where the issuer sits, by time: papers of a day print the place of that day."""
    return _rows_page(request, pk, PlaceFormSet, save_places, "places", "name", "Địa danh theo thời gian")


def issuer_terms(request, pk):
    """The terms of a Party body, within which its numbers run."""
    return _rows_page(request, pk, TermFormSet, save_terms, "terms", "label", "Nhiệm kỳ")


_NOTES = {
    "places": "Văn bản của ngày nào ghi địa danh của ngày đó; ngày không có dòng nào thì ghi địa danh hiện nay của cơ quan.",
    "terms": "Số văn bản theo thể thức Đảng chạy theo nhiệm kỳ, không theo năm; chưa ghi nhiệm kỳ thì chưa ban hành được.",
}


def _rows_page(request, pk, formset_class, service, name, word, title):
    row = _issuer(request, pk)
    initial = list(getattr(row, name).order_by("starts_on").values(word, "starts_on", "ends_on"))
    longer = add_row(request, ["dong"])
    data = longer or form_data(request)
    formset = formset_class(data, prefix="dong", initial=initial if data is None else None)
    refusal = None
    if is_submitted(request) and not longer and formset.is_valid():
        kept = [one for one in formset.cleaned_data if one.get(word) and not one.get("DELETE")]
        try:
            service(issuer=row, rows=kept, by=request.user)
        except DomainError as error:
            refusal = error
        else:
            return done(request, f"Đã lưu {title.lower()} của {row}.", "blocs:issuer", pk)
    context = _context(
        row,
        title=title,
        lead=_NOTES[name],
        formset=formset,
        formset_list=[formset],
        refusal=refusal,
        is_adding_row=bool(longer),
    )
    if longer:
        return render(request, "blocs/issuer_rows.html", context)
    return render_form(request, "blocs/issuer_rows.html", None, context, formsets=[formset])

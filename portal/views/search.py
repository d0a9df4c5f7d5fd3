"""`/tim-kiem/?q=`: one page for everybody; what it finds depends on who asks."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.search import SHORTEST, count_all, folded, kind_named, search_all


class SearchForm(forms.Form):
    q = forms.CharField(label="Từ cần tìm", required=False, max_length=200, widget=forms.SearchInput)


@login_not_required
@require_safe
def search(request):
    """All kinds with their first results; `?loai=` one kind with all its pages. The address can be sent on."""
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    text = folded(typed)
    kind = kind_named(request.user, request.GET.get("loai", ""))
    context = {
        "typed": typed,
        "is_faulty": not form.is_valid(),
        "is_short": bool(typed) and not text,
        "shortest": SHORTEST,
        "kind": kind,
        # In the workplace one stays in the workplace.
        "base_template": "workplace/base.html" if request.user.is_authenticated else "base.html",
    }
    if text and kind:
        context |= _one_kind(request, kind, text)
    elif text:
        groups = search_all(request.user, text)
        context["groups"] = [group for group in groups if group.count]
        context["counts"] = [(group.kind, group.count) for group in groups if group.count]
    context["total"] = sum(count for _, count in context.get("counts", ()))
    return render(request, "portal/search.html", context)


def _one_kind(request, kind, text):
    counts = [(row, count) for row, count in count_all(request.user, text) if count]
    page, hits = kind.page(request.user, text, request.GET.get("trang"))
    return {"counts": counts, "page": page, "hits": hits}

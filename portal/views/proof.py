"""`/xac-minh/`: a public page that proves a paper by the code printed on it, or by the file itself (F93, N23)."""

import re

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.digests import without_storing
from common.middleware import address_of
from common.rates import is_spent, spend
from common.uploads import size_in_words
from portal.reports.proof import LONGEST, canonical, judge, proof_by_code, proof_url

# Of one address, which may be that of a whole office, in ten minutes.
_MISSES, _COMPARISONS, _SECONDS = 30, 60, 600


_AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "placeholder": "abcd-efgh-jkmn-pqrs"}


class CodeForm(forms.Form):
    ma = forms.CharField(label="Mã xác minh", max_length=300, widget=forms.TextInput({**_AS_TYPED, "class": "form-control"}))


class FileForm(forms.Form):
    """A file to compare; where scripts run the browser sends its SHA-256 alone and the file stays with the visitor."""

    tep = forms.FileField(label="Tệp PDF", required=False, allow_empty_file=True, max_length=None)
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    la_pdf = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        upload, typed = cleaned.get("tep"), (cleaned.get("sha256") or "").lower()
        if upload is not None:
            if upload.size > settings.UPLOAD_LIMIT_PAPER:
                limit = size_in_words(settings.UPLOAD_LIMIT_PAPER)
                raise forms.ValidationError(
                    f"Tệp “{upload.name}” nặng {size_in_words(upload.size)}, vượt giới hạn {limit} nên không đối chiếu."
                )
            self.found = upload.sha256, upload.is_pdf
        elif re.fullmatch(r"[0-9a-f]{64}", typed):
            self.found = typed, cleaned.get("la_pdf") != "0"
        elif not self.errors:
            raise forms.ValidationError("Xin chọn tệp cần đối chiếu.")
        return cleaned


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@without_storing
def proof_find(request):
    """Enter a code (`?ma=`), or compare a file with all papers."""
    if _has_missed_too_often(request):
        return _too_often(request)
    if request.method != "POST" and "ma" in request.GET:
        form = CodeForm(request.GET)
        if form.is_valid() and (code := canonical(form.cleaned_data["ma"])):
            return redirect("portal:proof", code)
        return _find_page(request, form, status=422)
    return _find_page(request, CodeForm()) if request.method != "POST" else _compared(request, None)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@without_storing
def proof(request, code):
    """The paper that bears this code; POST compares a file with it. A wrong code is told alike, whatever it looks like."""
    if _has_missed_too_often(request):
        return _too_often(request)
    known = proof_by_code(code, request.user) if re.fullmatch(r"[\w-]{1,40}", code) else None
    tidy = canonical(code)
    if known is None and request.method != "POST" and tidy and tidy != code and proof_by_code(tidy, request.user):
        return redirect(proof_url(tidy))
    if known is None:
        spend("proof-miss", _who(request), most=_MISSES, seconds=_SECONDS)
        return _find_page(request, CodeForm(initial={"ma": code[:LONGEST]}), status=404, is_unknown=True)
    return _compared(request, known) if request.method == "POST" else _proof_page(request, known, FileForm())


def _compared(request, known):
    if not spend("proof-file", _who(request), most=_COMPARISONS, seconds=_SECONDS):
        return _too_often(request)
    form = FileForm(request.POST, request.FILES)
    status, context = 422, {}
    if form.is_valid():
        sha256, is_pdf = form.found
        name = form.cleaned_data["tep"].name if form.cleaned_data["tep"] else ""
        status, context = 200, {"verdict": judge(sha256, is_pdf=is_pdf, proof=known), "sha256": sha256, "name": name}
    if known is None:
        return _find_page(request, CodeForm(), status=status, file_form=form, **context)
    return _proof_page(request, known, form, status=status, **context)


def _proof_page(request, known, form, status=200, **context):
    context = {"proof": known, "file_form": form, **context}
    return _answer(request, "portal/public/proof.html", context, status)


def _find_page(request, form, status=200, **context):
    context = {"code_form": form, "file_form": FileForm(), **context}
    return _answer(request, "portal/public/proof_find.html", context, status)


def _answer(request, template, context, status):
    response = render(request, template, context, status=status)
    # A search engine must not make a list of papers out of pages that only a code should open.
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _who(request):
    return address_of(request) or "?"


def _has_missed_too_often(request):
    return is_spent("proof-miss", _who(request), most=_MISSES)


def _too_often(request):
    return render(request, "errors/429.html", status=429)

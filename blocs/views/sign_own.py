"""A unit signs the covenant itself: by click, with the file of its certificate, or with its own token (N7)."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from accounts.passwords import WrongPassword
from blocs.certificates import trusted_roots
from blocs.enums import CovenantState, SignatureState
from blocs.errors import NotOpenForSigning, ReplacedVersion
from blocs.forms.signing import CertificateForm, ClickForm, SignedFileForm
from blocs.lookup import get_signature
from blocs.reports import group_items, last_revision, waiting_before
from blocs.services import sign_by_click, sign_with_certificate, take_signed_file
from blocs.tasks import begin_confirmation
from common.errors import DomainError
from common.permissions import require
from common.templatetags.vi import ngay_gio
from common.text import slugify_vi
from common.views import bind, is_submitted, render_form, send_file
from documents.signing import Refusal, SignatureRefused


def own_line(view):
    """Only for the staff of that unit, and only while it may still sign; who has signed is told so (a second press)."""

    @wraps(view)
    def shown(request, slug, year_slug, pk):
        bloc_year, signature = get_signature(request, slug, year_slug, pk)
        require(request.user, "blocs.sign_covenant", signature)
        if signature.state == SignatureState.SIGNED:
            when = f" lúc {ngay_gio(signature.signed_at)}" if signature.signed_at else ""
            messages.info(request, f"{signature.unit} đã ký giao ước{when}; không cần ký lại.")
            return redirect("blocs:covenant", slug, year_slug)
        if signature.version.state == CovenantState.REPLACED:
            raise ReplacedVersion(signature.version, CovenantState.SIGNED)
        if signature.version.state != CovenantState.SIGNING or signature.state == SignatureState.RELEASED:
            raise NotOpenForSigning(signature.version, CovenantState.SIGNED)
        return view(request, bloc_year, signature)

    return shown


@require_safe
@own_line
def sign_own(request, bloc_year, signature):
    """The text, its file, and the ways to sign it."""
    return render(request, "blocs/sign_own.html", _context(bloc_year, signature, last_revision(signature.version)))


@require_safe
@own_line
def sign_file(request, bloc_year, signature):
    """The last revision to be signed with the unit's own token; the name says whose and which."""
    revision = last_revision(signature.version)
    if revision is None or not revision.file.storage.exists(revision.file.name):
        raise Http404("Chưa có tệp để ký.")
    name = f"giao-uoc-{bloc_year.year.slug}-lan-{revision.number:02d}-{slugify_vi(str(signature.unit))[:80]}.pdf"
    return send_file(revision.file, filename=name, content_type="application/pdf", as_attachment=True)


@sensitive_post_parameters("password", "passphrase")
@own_line
def sign_click(request, bloc_year, signature):
    return _page(request, bloc_year, signature, ClickForm, sign_by_click, "blocs/sign_click.html")


@sensitive_post_parameters("password", "passphrase")
@own_line
def sign_certificate(request, bloc_year, signature):
    return _page(request, bloc_year, signature, CertificateForm, _sign_with_file, "blocs/sign_certificate.html")


@own_line
def sign_token(request, bloc_year, signature):
    return _page(request, bloc_year, signature, SignedFileForm, take_signed_file, "blocs/sign_token.html")


@sensitive_variables("values")
def _sign_with_file(*, pkcs12, **values):
    return sign_with_certificate(pkcs12=pkcs12.read(), **values)


@sensitive_variables("form", "values")
def _page(request, bloc_year, signature, form_class, service, template):
    """One way of signing: the form, and the act. A refusal stands on the form, with everything typed but the secrets."""
    version = signature.version
    revision = last_revision(version)
    seen = revision.sha256 if revision else ""
    initial = {
        "signer_name": signature.signer_name or request.user.full_name,
        "signer_title": signature.signer_title,
        "seen_sha256": seen,
    }
    form = bind(request, form_class, initial=initial)
    if is_submitted(request) and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "has_read"}
        try:
            service(signature=signature, by=request.user, **values)
        except DomainError as refusal:
            field = _field_of(refusal, form)
            file = form.cleaned_data[field].name if field in ("upload", "pkcs12") else ""
            form.add_error(field, f"Tệp “{file}”: {refusal.message}" if file else refusal.message)
        else:
            begin_confirmation(version, request.user)
            messages.success(request, f"{signature.unit} đã ký giao ước thi đua.")
            return redirect("blocs:covenant", bloc_year.bloc.slug, bloc_year.year.slug)
    if "seen_sha256" in form.data:
        # The page shows the text once more as it is now; that is what the next press confirms.
        form.data = form.data.copy()
        form.data["seen_sha256"] = seen
    return render_form(request, template, form, _context(bloc_year, signature, revision))


def _field_of(refusal, form):
    """Where a refusal is shown: at the password, the passphrase, or the file that it is about."""
    if isinstance(refusal, WrongPassword):
        return "password"
    if not isinstance(refusal, SignatureRefused):
        return None
    if refusal.code == Refusal.WRONG_PASSPHRASE:
        return "passphrase"
    return "pkcs12" if "pkcs12" in form.fields else "upload"


def _context(bloc_year, signature, revision):
    version, waiting = signature.version, waiting_before(signature)
    where = [bloc_year.bloc.slug, bloc_year.year.slug, signature.pk]
    return {
        "bloc_year": bloc_year,
        "signature": signature,
        "version": version,
        "revision": revision,
        "waiting": waiting,
        "can_sign": bool(revision) and not waiting,
        "has_roots": bool(trusted_roots()),
        "groups": group_items(version.items.select_related("responsible")),
        "file_url": reverse("blocs:covenant-sign-file", args=where),
        "back": reverse("blocs:covenant-sign-own", args=where),
        **{
            f"{name}_url": reverse(f"blocs:covenant-sign-{name}", args=where)
            for name in ("own", "click", "certificate", "token")
        },
    }

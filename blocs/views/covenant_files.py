"""The files of a covenant: the one that is signed, every revision of it, scans, what is issued of it."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blocs.confirmation import CovenantConfirmation, confirmation_of
from blocs.documents import CovenantPaper
from blocs.forms.signing import CovenantIssueForm, ScanForm
from blocs.lookup import get_signature, get_version
from blocs.models import BlocYear
from blocs.reports import last_revision
from blocs.services import attach_scan
from blocs.tasks import begin_confirmation
from blocs.views.acts import attempt, done
from common.errors import NotReady
from common.permissions import require
from common.text import slugify_vi
from common.views import bind, is_submitted, render_form, send_bytes, send_file
from documents.models import IssuedDocument
from documents.reports import documents_of
from documents.services import issue_document

PDF = "application/pdf"
_UNDER_WAY = "Bản xác nhận ký kết đang được lập; xin mở lại trang này sau ít phút."


@require_safe
def covenant_pdf(request, slug, year_slug):
    """The file as it stands with its last signature; a draft, or what was sent without a file, as it would be printed."""
    _, version = get_version(request, slug, year_slug)
    form = CovenantPaper(version)
    if revision := last_revision(version):
        return _send(revision.file, form.filename)
    return send_bytes(form.pdf(), filename=form.filename, content_type=PDF)


@require_safe
def covenant_revision(request, slug, year_slug, number):
    """One revision of the file: 0 as frozen, each further one with one more signature."""
    _, version = get_version(request, slug, year_slug, is_sent=True)
    revision = version.revisions.filter(number=number).first()
    if revision is None:
        raise Http404("Không có tệp này.")
    name = CovenantPaper(version).filename.removesuffix(".pdf")
    return _send(revision.file, f"{name}-lan-{number:02d}.pdf")


@require_safe
def signature_scan(request, slug, year_slug, pk):
    """The scanned sheet on which one unit, maybe with others, has signed."""
    _, signature = get_signature(request, slug, year_slug, pk)
    return _send(signature.scan, f"giao-uoc-ban-ky-{slugify_vi(str(signature.unit))}.pdf")


def covenant_scan(request, slug, year_slug):
    """GET shows the scanned covenant to whoever may open the workplace; the secretariat sends a new one by POST."""
    bloc_year, version = get_version(request, slug, year_slug, is_sent=True)
    if not is_submitted(request) and "tai-len" not in request.GET:
        return _send(version.scan, f"giao-uoc-{slugify_vi(str(bloc_year))}-ban-quet.pdf")
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    form = bind(request, ScanForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, attach_scan, version=version, by=request.user, **form.cleaned_data):
            return done(request, "Đã lưu bản quét giao ước.", "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "title": "Tải lên bản quét giao ước đã ký",
        "submit": "Tải lên",
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/year_form.html", form, context)


def covenant_issue(request, slug, year_slug):
    """Issue the covenant: the file that all have signed, dated and kept with its hash."""
    bloc_year, version = get_version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.issue_covenant", version.covenant)
    revision = last_revision(version)
    form = bind(
        request,
        CovenantIssueForm,
        initial={"issued_on": version.signed_on},
        takes_file=CovenantPaper(version).takes_signed_file,
        has_scan=bool(version.scan),
    )
    if is_submitted(request) and form.is_valid():
        if attempt(form, _issue, by=request.user, version=version, revision=revision, **form.cleaned_data):
            return done(request, "Đã ban hành bản giao ước.", "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "title": "Ban hành bản giao ước",
        "lead": "Tệp mà các đơn vị đã ký được giữ nguyên từ nay; bản ban hành sau sẽ thay bản trước.",
        "submit": "Ban hành",
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/year_form.html", form, context)


@transaction.atomic
def _issue(*, version, revision, by, use_scan=False, signed_file=None, **values):
    # A new version may be sent at this moment; then this one is not the covenant any more.
    BlocYear.objects.select_for_update().get(pk=version.covenant.bloc_year_id)
    version.refresh_from_db(fields=["state"])
    if use_scan and version.scan:
        signed_file = ContentFile(_read(version.scan), "ban-quet.pdf")
    # What is issued once more, with another date or number, is another paper; the code in the file leads to the first.
    is_code_used = IssuedDocument.objects.filter(code=version.code).exists()
    return issue_document(
        form=CovenantPaper(version),
        subject=version.covenant,
        by=by,
        supersedes=documents_of(version.covenant).filter(form=CovenantPaper.code, superseded_by=None).first(),
        made=_read(revision.file) if revision else None,
        code="" if is_code_used else version.code,
        signed_file=signed_file,
        **values,
    )


@require_POST
def covenant_confirm(request, slug, year_slug):
    """Make the confirmation that is missing although all have signed."""
    bloc_year, version = get_version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    if missing := CovenantConfirmation(version).missing_to_issue:
        raise NotReady(missing, subject=version)
    begin_confirmation(version, request.user)
    text = "Đã lập bản xác nhận ký kết." if confirmation_of(version) else _UNDER_WAY
    return done(request, text, "blocs:covenant", slug, year_slug)


def _read(stored):
    with stored.storage.open(stored.name) as file:
        return file.read()


def _send(stored, filename):
    if not stored or not stored.storage.exists(stored.name):
        raise Http404("Chưa có tệp này.")
    return send_file(stored, filename=filename, content_type=PDF)

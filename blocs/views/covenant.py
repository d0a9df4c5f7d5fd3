"""The covenant of a bloc-year: read, write, send, record signatures, print, keep the scan."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blocs.documents import CovenantPaper
from blocs.enums import CovenantState, SignatureState
from blocs.errors import CovenantFrozen, NotOpenForSigning
from blocs.forms.covenant import CovenantForm, ItemFormSet
from blocs.forms.signing import (
    CovenantIssueForm,
    RefusalForm,
    ScanForm,
    SignatureForm,
    SignedTogetherForm,
)
from blocs.lookup import get_bloc_year
from blocs.models import Covenant
from blocs.reports import group_items
from blocs.services import (
    attach_scan,
    record_signatures,
    refuse_signature,
    revise_covenant,
    save_covenant,
    send_covenant,
)
from blocs.views.acts import attempt, done
from common.errors import DomainError, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import may, require
from common.text import slugify_vi
from common.views import bind, is_submitted, render_form, send_bytes, send_file
from documents.reports import documents_of
from documents.services import issue_document

PREFIX = "noi-dung"
TONES = {
    CovenantState.DRAFT: "neutral",
    CovenantState.SIGNING: "waiting",
    CovenantState.SIGNED: "ok",
    CovenantState.REPLACED: "neutral",
}


def _covenant(request, slug, year_slug):
    """The bloc-year of the address and its covenant, None while nobody has begun one."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    covenant = Covenant.objects.filter(bloc_year=bloc_year).first()
    if covenant:
        covenant.bloc_year = bloc_year
    return bloc_year, covenant


def _version(request, slug, year_slug, is_sent=False):
    """The version of `?ban=`, else the newest the user may see; 404 where there is none.

    `is_sent` prefers one that was sent: signatures and scans belong to it even while a new draft is being written.
    """
    bloc_year, covenant = _covenant(request, slug, year_slug)
    rows = covenant.versions.order_by("-number") if covenant else []
    rows = [row for row in rows if _may_see(request, bloc_year, row)]
    if asked := request.GET.get("ban"):
        rows = [row for row in rows if str(row.number) == asked]
    if not rows:
        raise Http404("Chưa có giao ước.")
    sent = [row for row in rows if row.state != CovenantState.DRAFT]
    version = sent[0] if is_sent and sent else rows[0]
    version.covenant = covenant
    return bloc_year, version


def _may_see(request, bloc_year, version):
    """A draft is the secretariat's own until it is sent (design §4: the agency never sees a unit's draft)."""
    return version.state != CovenantState.DRAFT or may(request.user, "blocs.work_on_blocyear", bloc_year)


@require_safe
def covenant(request, slug, year_slug):
    """The text in force, who has signed, what may be done next; `?ban=` shows an earlier version."""
    bloc_year, record = _covenant(request, slug, year_slug)
    can_work = may(request.user, "blocs.work_on_blocyear", bloc_year)
    versions = list(record.versions.order_by("-number")) if record else []
    versions = [row for row in versions if can_work or row.state != CovenantState.DRAFT]
    asked = request.GET.get("ban", "")
    version = next((row for row in versions if str(row.number) == asked), versions[0] if versions else None)
    if version:
        version.covenant = record
    signatures = list(version.signatures.select_related("unit", "recorded_by")) if version else []
    is_open = bool(version and version.state == CovenantState.SIGNING)
    in_force = bool(version and version.state in (CovenantState.SIGNING, CovenantState.SIGNED))
    context = {
        "bloc_year": bloc_year,
        "version": version,
        "columns": "STT|Đơn vị|Trạng thái|Người ký|Ngày ký" + ("|Thao tác" if is_open and can_work else ""),
        "version_tone": TONES[version.state] if version else "neutral",
        "versions": versions,
        "groups": group_items(version.items.all()) if version else [],
        "signatures": signatures,
        "signed_count": sum(row.state == SignatureState.SIGNED for row in signatures),
        "due_count": sum(row.state != SignatureState.RELEASED for row in signatures),
        "can_work": can_work,
        "can_sign": is_open and can_work,
        "can_file": in_force and can_work,
        "can_revise": in_force and can_work and version is versions[0],
        "scan_file_url": f"{reverse('blocs:covenant-scan', args=[slug, year_slug])}?ban={version.number}" if version else "",
        "is_draft": bool(version and version.state == CovenantState.DRAFT),
        "missing": version.missing_to_send if version and version.state == CovenantState.DRAFT else [],
        "issued": documents_of(record) if record else [],
    }
    return render(request, "blocs/covenant.html", context)


def covenant_edit(request, slug, year_slug):
    """The draft: general part and contents. Two who edit at once are told about each other."""
    bloc_year, record = _covenant(request, slug, year_slug)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    draft = record.current if record else None
    if draft and draft.state != CovenantState.DRAFT and not is_submitted(request):
        draft.covenant = record
        raise CovenantFrozen(draft, CovenantState.DRAFT)
    longer = add_row(request, [PREFIX])
    number = draft.number if draft else 1
    form, items = _covenant_forms(longer or form_data(request), bloc_year, draft, number)
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
            form, items = _covenant_forms(newer, bloc_year, draft, number)
            form.add_error(None, refusal.message)
    context = {
        "bloc_year": bloc_year,
        "items": items,
        "is_adding_row": bool(longer),
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    response = render_form(request, "blocs/covenant_form.html", form, context, formsets=[items])
    response.status_code = 200 if longer else response.status_code
    return response


def _covenant_forms(data, bloc_year, draft, number):
    if draft:
        names = ("theme", "grounds", "undertaking", "place", "signed_on", "change_note", "version")
        initial = {name: getattr(draft, name) for name in names}
        fields = ("heading", "text", "qualifier", "value", "unit_of_measure")
        rows = [{name: getattr(item, name) for name in fields} for item in draft.items.all()]
        for row in rows:
            row["value"] = _without_zeros(row["value"])
    else:
        initial, rows = {"theme": bloc_year.theme}, []
    # What was typed is the whole list: a row equal to a stored one must not count as left alone.
    items = ItemFormSet(data, prefix=PREFIX, initial=rows if data is None else None)
    items.extra = 1 if rows else 3
    return CovenantForm(data, initial=initial, number=number), items


def _without_zeros(value):
    """1234.5000 as the user typed it: 1234.5, and 100.0000 as 100."""
    if value is None:
        return None
    return value.quantize(1) if value == value.to_integral_value() else value.normalize()


@require_POST
def covenant_send(request, slug, year_slug):
    _, version = _version(request, slug, year_slug)
    send_covenant(version=version, by=request.user)
    return done(request, "Đã gửi giao ước cho các đơn vị ký.", "blocs:covenant", slug, year_slug)


@require_POST
def covenant_revise(request, slug, year_slug):
    _, version = _version(request, slug, year_slug)
    revise_covenant(covenant=version.covenant, by=request.user)
    text = "Đã mở bản nháp mới từ bản đang có hiệu lực."
    return done(request, text, "blocs:covenant-edit", slug, year_slug)


def covenant_sign(request, slug, year_slug):
    """Record the signatures given on paper, many units at once."""
    bloc_year, version = _version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    settled = (SignatureState.SIGNED, SignatureState.RELEASED)
    open_rows = version.signatures.exclude(state__in=settled).select_related("unit")
    together = bind(request, SignedTogetherForm)
    rows = [SignatureForm(form_data(request), signature=signature) for signature in open_rows]
    if is_submitted(request) and all([together.is_valid(), *[row.is_valid() for row in rows]]):
        shared = (together.cleaned_data["same_date"], together.cleaned_data["same_title"])
        ticked = [row for row in rows if row.cleaned_data["is_signed"]]
        complete = [row.complete_with(*shared) for row in ticked]
        if not ticked:
            together.add_error(None, "Xin đánh dấu ít nhất một đơn vị đã ký.")
        elif all(complete):
            saved = attempt(together, record_signatures, version=version, rows=complete, by=request.user)
            if saved:
                text = f"Đã ghi nhận {len(complete)} đơn vị ký giao ước."
                return done(request, text, "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "version": version,
        "rows": rows,
        "faulty_rows": [row for row in rows if row.is_bound and row.errors],
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/covenant_sign.html", together, context)


def covenant_refuse(request, slug, year_slug, pk):
    """Record that a unit refuses to sign, with its reason."""
    bloc_year, version = _version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    signature = get_object_or_404(version.signatures.select_related("unit"), pk=pk)
    signature.version = version
    form = bind(request, RefusalForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, refuse_signature, signature=signature, by=request.user, **form.cleaned_data):
            return done(request, f"Đã ghi {signature.unit} từ chối ký.", "blocs:covenant", slug, year_slug)
    context = {
        "title": "Ghi nhận từ chối ký",
        "lead": str(bloc_year),
        "question": f"{signature.unit} từ chối ký giao ước?",
        "action_label": "Ghi nhận từ chối",
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
        "consequences": ["Lý do được lưu cùng dòng ký; đơn vị vẫn có thể ký sau."],
    }
    return render_form(request, "ui/confirm_page.html", form, context)


@require_safe
def covenant_pdf(request, slug, year_slug):
    """The covenant as it would be printed now; `?ban=` for an earlier version."""
    _, version = _version(request, slug, year_slug)
    form = CovenantPaper(version)
    return send_bytes(form.pdf(), filename=form.filename, content_type="application/pdf")


def covenant_issue(request, slug, year_slug):
    """Issue the covenant: dated, frozen, kept with its hash."""
    bloc_year, version = _version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.issue_covenant", version.covenant)
    form = bind(request, CovenantIssueForm, initial={"issued_on": version.signed_on})
    if is_submitted(request) and form.is_valid():
        values = {"form": CovenantPaper(version), "subject": version.covenant, "by": request.user, **form.cleaned_data}
        values["supersedes"] = documents_of(version.covenant).filter(superseded_by=None).first()
        if attempt(form, issue_document, **values):
            return done(request, "Đã ban hành bản giao ước.", "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "title": "Ban hành bản giao ước",
        "lead": "Bản PDF được giữ nguyên từ nay; bản ban hành sau sẽ thay bản trước. Chữ ký đã ghi nhận được in kèm.",
        "submit": "Ban hành",
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/year_form.html", form, context)


def covenant_scan(request, slug, year_slug):
    """GET shows the scanned covenant to whoever may open the workplace; the secretariat sends a new one by POST."""
    bloc_year, version = _version(request, slug, year_slug, is_sent=True)
    if not is_submitted(request) and "tai-len" not in request.GET:
        if not version.scan or not version.scan.storage.exists(version.scan.name):
            raise Http404("Chưa có bản quét.")
        name = f"giao-uoc-{slugify_vi(str(bloc_year))}-ban-quet.pdf"
        return send_file(version.scan, filename=name, content_type="application/pdf")
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

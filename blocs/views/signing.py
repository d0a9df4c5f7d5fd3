"""What the secretariat does for the signing: send, record what was signed on paper, remind; and a unit's refusal."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from blocs.documents import CovenantPaper
from blocs.enums import CovenantState, SignatureState
from blocs.errors import NotOpenForSigning
from blocs.forms.signing import RefusalForm, SendForm, SignatureForm, SignedTogetherForm, SignerForm
from blocs.lookup import get_signature, get_version
from blocs.reminders import remind_waiting, tell_refusal
from blocs.services import freeze_file, record_signatures, refuse_signature, send_covenant
from blocs.tasks import begin_confirmation
from blocs.views.acts import attempt, done
from common.errors import IllegalStep
from common.kept import form_data
from common.permissions import may, require
from common.templatetags.vi import dem
from common.views import bind, is_submitted, render_form, send_bytes
from documents.printed import paper_pdf


def covenant_send(request, slug, year_slug):
    """How the units are to sign, who for each of them; then the text and the file are frozen and signing begins."""
    bloc_year, version = get_version(request, slug, year_slug)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    if version.state != CovenantState.DRAFT:
        raise IllegalStep(version, CovenantState.SIGNING)
    form = bind(request, SendForm)
    rows = _signer_forms(request, version)
    if is_submitted(request) and all([form.is_valid(), *[row.is_valid() for row in rows]]) and _are_in_order(rows):
        paper = CovenantPaper(version, signers=[row.row() for row in rows])
        if "xem_truoc" in request.POST:
            pdf = paper_pdf(paper.template_name, paper.frozen("", version.signed_on))
            return send_bytes(pdf, filename=paper.filename, content_type="application/pdf")
        values = {"version": version, "by": request.user, "signers": paper.signers, **form.cleaned_data}
        if attempt(form, send_covenant, paper=paper, **values):
            return done(request, "Đã gửi giao ước cho các đơn vị ký.", "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "version": version,
        "rows": rows,
        "faulty_rows": [row for row in rows if row.is_bound and row.errors],
        "missing": version.missing_to_send,
        "replaced": version.covenant.versions.filter(state__in=[CovenantState.SIGNING, CovenantState.SIGNED]).first(),
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/sign_send.html", form, context)


def _signer_forms(request, version):
    """A form per member, filled in from the version before where there is one."""
    before = version.covenant.versions.filter(number__lt=version.number).order_by("-number").first()
    known = {row.unit_id: row for row in before.signatures.all()} if before else {}
    forms = []
    for place, member in enumerate(version.covenant.bloc_year.memberships, 1):
        last = known.get(member.unit_id)
        initial = {"position": place}
        if last:
            initial |= {"name": last.signer_name, "title": last.signer_title}
        forms.append(SignerForm(form_data(request), unit=member.unit, place=place, initial=initial))
    return forms


def _are_in_order(rows):
    """Whether no two units have the same place; else it is said at the second of them."""
    taken = {}
    for form in rows:
        place = form.row()[1]
        if place in taken:
            form.add_error("position", f"{form.unit}: thứ tự {place} đã ghi cho {taken[place]}.")
        taken.setdefault(place, form.unit)
    return not any(form.errors for form in rows)


@require_POST
def covenant_freeze(request, slug, year_slug):
    """Make the file of a covenant that was sent without one."""
    _, version = get_version(request, slug, year_slug, is_sent=True)
    freeze_file(version=version, paper=CovenantPaper(version), by=request.user)
    return done(request, "Đã khóa tệp giao ước để các đơn vị ký.", "blocs:covenant", slug, year_slug)


@require_POST
def covenant_remind(request, slug, year_slug):
    """Write to every unit that may sign and has not been reminded today."""
    _, version = get_version(request, slug, year_slug, is_sent=True)
    outcome = remind_waiting(version=version, by=request.user)
    if outcome.sent:
        messages.success(request, f"Đã gửi thư nhắc {dem(len(outcome.sent))} đơn vị.")
    if outcome.without_address:
        names = "; ".join(str(unit) for unit in outcome.without_address)
        messages.warning(request, f"Chưa gửi được thư nhắc vì chưa có địa chỉ thư điện tử của: {names}.")
    if outcome.failed:
        names = "; ".join(str(unit) for unit in outcome.failed)
        messages.error(request, f"Máy chủ thư không nhận thư gửi: {names}. Xin thử lại sau.")
    if not (outcome.sent or outcome.without_address or outcome.failed):
        messages.info(request, "Hôm nay đã nhắc đủ các đơn vị đang chờ ký.")
    return redirect("blocs:covenant", slug, year_slug)


def covenant_sign(request, slug, year_slug):
    """Record the signatures given on paper, many units at once."""
    bloc_year, version = get_version(request, slug, year_slug, is_sent=True)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    if version.state != CovenantState.SIGNING:
        raise NotOpenForSigning(version, CovenantState.SIGNED)
    settled = (SignatureState.SIGNED, SignatureState.RELEASED)
    open_rows = version.signatures.exclude(state__in=settled).select_related("unit")
    together = bind(request, SignedTogetherForm)
    rows = [SignatureForm(form_data(request), signature=_of(version, signature)) for signature in open_rows]
    if is_submitted(request) and all([together.is_valid(), *[row.is_valid() for row in rows]]):
        data = together.cleaned_data
        ticked = [row for row in rows if row.cleaned_data["is_signed"]]
        complete = [row.complete_with(data["same_date"], data["same_title"]) for row in ticked]
        if not ticked:
            together.add_error(None, "Xin đánh dấu ít nhất một đơn vị đã ký.")
        elif all(complete):
            values = {"version": version, "rows": complete, "scan": data["scan"], "by": request.user}
            if attempt(together, record_signatures, **values):
                begin_confirmation(version, request.user)
                text = f"Đã ghi nhận {dem(len(complete))} đơn vị ký giao ước."
                return done(request, text, "blocs:covenant", slug, year_slug)
    context = {
        "bloc_year": bloc_year,
        "version": version,
        "rows": rows,
        "faulty_rows": [row for row in rows if row.is_bound and row.errors],
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
    }
    return render_form(request, "blocs/covenant_sign.html", together, context)


def _of(version, signature):
    signature.version = version
    return signature


def covenant_refuse(request, slug, year_slug, pk):
    """A unit refuses to sign, with its reason: itself, or recorded by the secretariat."""
    bloc_year, signature = get_signature(request, slug, year_slug, pk)
    is_own = may(request.user, "blocs.sign_covenant", signature)
    if not is_own:
        require(request.user, "blocs.work_on_blocyear", bloc_year)
    form = bind(request, RefusalForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, refuse_signature, signature=signature, by=request.user, **form.cleaned_data):
            is_told = tell_refusal(signature, request.user)
            text = f"Đã ghi {signature.unit} từ chối ký." + (" Đã báo đơn vị khối trưởng." if is_told else "")
            return done(request, text, "blocs:covenant", slug, year_slug)
    context = {
        "title": "Từ chối ký giao ước" if is_own else "Ghi nhận từ chối ký",
        "lead": str(bloc_year),
        "question": f"{signature.unit} từ chối ký giao ước?",
        "action_label": "Từ chối ký" if is_own else "Ghi nhận từ chối",
        "back": reverse("blocs:covenant", args=[slug, year_slug]),
        "consequences": [
            "Lý do được lưu cùng dòng ký, các đơn vị trong khối đều xem được; đơn vị khối trưởng được báo.",
            "Đơn vị vẫn có thể ký sau.",
        ],
    }
    return render_form(request, "ui/confirm_page.html", form, context)

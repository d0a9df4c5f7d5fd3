"""`/lam-viec/danh-muc/chung-thu-so/`: certificates of units, and the authorities that are trusted."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blocs.forms.certificates import CertificateForm, CertificateSearchForm, RevokeForm
from blocs.models import Unit, UnitCertificate
from blocs.services.certificates import register_certificate, revoke_certificate
from blocs.views.acts import attempt, done
from common.permissions import require
from common.text import count_words, fold_name
from common.views import bind, is_submitted, page_of, render_form
from documents.models import TrustRoot

# A new certificate takes a unit some weeks.
_SOON = timedelta(days=45)


@require_safe
def certificates(request):
    """Who may sign with what until when; what ends soon stands on top."""
    require(request.user, "blocs.manage_registry")
    today = timezone.localdate()
    form = CertificateSearchForm(request.GET)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    ended = Q(is_revoked=True) | Q(ends_on__lt=today)
    soon = Q(is_revoked=False, ends_on__range=(today, today + _SOON))
    rows = UnitCertificate.objects.select_related("unit").order_by("is_revoked", "ends_on", "pk")
    if text := fold_name(given.get("q") or ""):
        rows = rows.filter(unit__in=Unit.objects.matching(text))
    wanted = {"con": ~ended, "sap": soon, "het": ended}.get(given.get("tinh_trang") or "")
    page = page_of(request, rows.filter(wanted) if wanted is not None else rows)
    for row in page:
        row.label, row.tone = _state(row.is_revoked, row.ends_on, today)
    roots = list(TrustRoot.objects.order_by("-is_active", "name"))
    for root in roots:
        root.label, root.tone = _state(False, root.expires_on, today) if root.is_active else ("Không còn tin cậy", "neutral")
    context = {
        "tab_certificates": True,
        "form": form,
        "page": page,
        "roots": roots,
        "soon": count_words(UnitCertificate.objects.filter(soon).count()),
        "has_soon": UnitCertificate.objects.filter(soon).exists(),
        "has_root": any(root.is_active and root.expires_on >= today for root in roots),
    }
    return render(request, "blocs/certificates.html", context)


def _state(is_revoked, ends_on, today):
    if is_revoked:
        return "Đã thu hồi", "bad"
    if ends_on < today:
        return "Đã hết hạn", "neutral"
    if ends_on <= today + _SOON:
        return "Sắp hết hạn", "warn"
    return "Còn hiệu lực", "ok"


def certificate_create(request):
    """Register the certificate of a unit from its file."""
    require(request.user, "blocs.manage_registry")
    form = bind(request, CertificateForm)
    if is_submitted(request) and form.is_valid():
        unit, content = form.cleaned_data["unit"], form.cleaned_data["upload"]
        is_named = not UnitCertificate.objects.filter(unit=unit).exists()
        row = attempt(form, register_certificate, unit=unit, content=content, by=request.user)
        if row:
            if is_named:
                messages.info(request, f"Từ nay chỉ chứng thư đã đăng ký mới được coi là chữ ký của {unit}.")
            return done(request, f"Đã đăng ký chứng thư số hiệu {row.serial} cho {unit}.", "blocs:certificates")
    context = {
        "title": "Đăng ký chứng thư số của đơn vị",
        "lead": "Khi đơn vị đã có chứng thư đăng ký, chữ ký số bằng chứng thư khác không được nhận.",
        "back": reverse("blocs:certificates"),
        "submit": "Đăng ký",
        "tab_certificates": True,
    }
    return render_form(request, "blocs/registry_form.html", form, context)


def certificate_revoke(request, pk):
    """A certificate that was lost or is used no more."""
    require(request.user, "blocs.manage_registry")
    row = get_object_or_404(UnitCertificate.objects.select_related("unit"), pk=pk)
    form = bind(request, RevokeForm)
    if is_submitted(request) and form.is_valid():
        if attempt(form, revoke_certificate, certificate=row, by=request.user, **form.cleaned_data):
            return done(request, f"Đã thu hồi chứng thư số hiệu {row.serial} của {row.unit}.", "blocs:certificates")
    context = {
        "title": "Thu hồi chứng thư số",
        "lead": str(row.unit),
        "question": f"Thu hồi chứng thư số hiệu {row.serial}?",
        "action_label": "Thu hồi",
        "back": reverse("blocs:certificates"),
        "consequences": [
            "Từ nay không ký được bằng chứng thư này; chữ ký đã có trên giao ước vẫn giữ nguyên.",
            "Không đăng ký lại được chính chứng thư này; đơn vị đăng ký chứng thư mới.",
        ],
    }
    return render_form(request, "ui/confirm_page.html", form, context)

"""Sổ văn bản: the register of all papers, one paper with its history, its signed version coming back (F91)."""

import tablib
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blocs.confirmation import CovenantConfirmation
from blocs.documents import CovenantPaper
from common.errors import DomainError
from common.permissions import may, require
from common.sheets import CONTENT_TYPE, xlsx_of
from common.views import bind, is_submitted, page_of, render_form, send_bytes
from documents.reports import is_stored_as
from documents.services import add_signed_file
from portal.forms.register import PaperFilter, SignedFileForm
from portal.reports.register import ISSUED, chain_of, kind_of, register_keys, register_rows, visible_issued

_SIGNED_BY_ITSELF = {CovenantPaper.code, CovenantConfirmation.code}
_HEADERS = [
    "STT",
    "Số, ký hiệu",
    "Loại văn bản",
    "Ngày ban hành",
    "Trích yếu",
    "Cơ quan ban hành",
    "Tình trạng",
    "Thay bằng",
    "Nguồn",
    "Bản đã ký",
    "Mã xác minh",
]


@require_safe
def papers(request):
    """Every paper the reader may see; the address holds the filter."""
    form = PaperFilter(request.GET)
    page = page_of(request, register_keys(request.user, form.query(request.GET.get("sap_xep", ""))))
    context = {
        "form": form,
        "page": page,
        "rows": register_rows(list(page.object_list)),
        "query": request.GET.urlencode(),
        "can_register": may(request.user, "blocs.manage_registry"),
    }
    return render(request, "portal/work/register.html", context)


@require_safe
def papers_export(request):
    """The same list, as filtered and sorted, as an Excel file."""
    query = PaperFilter(request.GET).query(request.GET.get("sap_xep", ""))
    rows = register_rows(list(register_keys(request.user, query)))
    data = tablib.Dataset(headers=_HEADERS)
    for number, row in enumerate(rows, 1):
        source = "Ban hành từ hệ thống" if row.source == ISSUED else "Ban hành nơi khác"
        signed = "có" if row.has_signed else "chưa"
        data.append(
            [
                number,
                row.number,
                row.kind,
                row.on,
                row.title,
                row.issuer,
                row.standing,
                row.replaced_by,
                source,
                signed,
                row.code,
            ]
        )
    return send_bytes(xlsx_of(data, "Sổ văn bản"), filename="so-van-ban.xlsx", content_type=CONTENT_TYPE)


def _document(request, code):
    rows = visible_issued(request.user).select_related("issuer", "superseded_by", "created_by", "signed_by")
    document = rows.filter(code=code).first()
    if document is None:
        raise Http404("Không có văn bản này.")
    return document


@require_safe
def paper(request, code):
    """All that is known of one paper issued here."""
    document = _document(request, code)
    chain = chain_of(document, request.user)
    record = document.subject
    context = {
        "document": document,
        "kind": kind_of(document),
        "record": record,
        "record_url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
        "chain": chain if len(chain) > 1 else [],
        "is_intact": is_stored_as(document.file, document.sha256),
        "is_signed_intact": not document.signed_file or is_stored_as(document.signed_file, document.signed_sha256),
        "can_sign": _can_sign(request, document),
        # A covenant and its confirmation bear their signatures themselves.
        "is_waiting_for_seal": document.form not in _SIGNED_BY_ITSELF,
    }
    return render(request, "portal/work/register_paper.html", context)


def _can_sign(request, document):
    is_made_by_system = document.form == CovenantConfirmation.code
    is_open = not (document.signed_file or document.superseded_by_id or is_made_by_system)
    return is_open and may(request.user, "documents.add_signed_file", document)


def paper_signed(request, code):
    """The signed and sealed version comes back; from then on it counts as the paper."""
    document = _document(request, code)
    require(request.user, "documents.add_signed_file", document)
    form = bind(request, SignedFileForm)
    status = None
    if is_submitted(request) and form.is_valid():
        try:
            add_signed_file(document=document, upload=form.cleaned_data["upload"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "Đã nhận bản đã ký, đóng dấu. Từ nay bản này là văn bản chính thức.")
            return redirect("portal:paper", code)
    context = {"document": document, "back": reverse("portal:paper", args=[code])}
    response = render_form(request, "portal/work/register_signed.html", form, context)
    response.status_code = status or response.status_code
    return response

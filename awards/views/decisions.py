"""Decisions: recorded and checked first, then published and locked (F82)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from awards import services
from awards.enums import DECISION_TONES, DECISION_WAITING_FOR, DecisionState
from awards.forms import DecisionForm
from awards.models import Decision
from awards.reports import decisions_for_table, grantable_items
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from common.permissions import may, require
from common.text import count_words, slugify_vi
from common.views import bind, is_submitted, page_of, render_form, send_file
from documents.models import Issuer


@require_GET
def decision_list(request):
    """Every decision on awards, newest first."""
    require(request.user, "awards.view_board")
    page = page_of(request, decisions_for_table(request.user))
    for decision in page:
        decision.tone = DECISION_TONES[decision.state]
    can_decide = may(request.user, "awards.decide")
    return render(request, "awards/decision_list.html", {"page": page, "can_decide": can_decide})


def _get_decision(request, pk):
    """Hidden from everybody but the standing agency that holds it back until it is published (F81)."""
    require(request.user, "awards.view_board")
    rows = Decision.objects.visible_to(request.user).select_related("paper__issuer", "recorded_by", "published_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def decision_detail(request, pk):
    decision = _get_decision(request, pk)
    items = decision.items.for_work().order_by("line__award__rank", "line__position", "position", "pk")
    context = {
        "decision": decision,
        "items": items,
        "tone": DECISION_TONES[decision.state],
        "waiting_for": DECISION_WAITING_FOR[decision.state],
        "is_draft": decision.state == DecisionState.DRAFT,
        "can_decide": may(request.user, "awards.decide"),
    }
    return render(request, "awards/decision_detail.html", context)


@require_GET
def decision_file(request, pk):
    """The decision's PDF for the board, also while it is sealed; the public reads it at its paper's address."""
    paper = _get_decision(request, pk).paper
    return send_file(paper.file, filename=f"quyet-dinh-{slugify_vi(paper.number)}.pdf", content_type="application/pdf")


def decision_create(request):
    require(request.user, "awards.decide")
    return _edit(request, None)


def decision_edit(request, pk):
    require(request.user, "awards.decide")
    decision = _get_decision(request, pk)
    if decision.state != DecisionState.DRAFT:
        raise PermissionDenied("Quyết định đã công bố, không sửa được nữa.")
    return _edit(request, decision)


def _edit(request, decision):
    items = list(grantable_items(request.user, decision))
    issuers = list(Issuer.objects.all())
    form = bind(request, DecisionForm, items=items, issuers=issuers, decision=decision)
    context = {"decision": decision, "issuers": issuers, "has_items": bool(items)}
    if is_submitted(request) and form.is_valid():
        try:
            saved = _save(request, form, decision)
        except StaleState as stale:
            # What was typed stays; saved once more it goes knowingly over the newer version.
            form.data = form.data.copy()
            form.data["version"] = Decision.objects.values_list("version", flat=True).get(pk=decision.pk)
            form.add_error(None, stale.message)
            return render(request, "awards/decision_form.html", {"form": form, **context}, status=409)
        if saved is not None:
            messages.success(request, "Đã ghi nhận quyết định. Quyết định chưa hiển thị cho đến khi công bố.")
            return redirect(saved)
    return render_form(request, "awards/decision_form.html", form, context)


def _save(request, form, decision):
    values = {
        "by": request.user,
        "paper": form.as_paper(),
        "items": form.chosen(),
        "signer_name": form.cleaned_data["signer_name"],
        "signer_title": form.cleaned_data["signer_title"],
    }
    try:
        if decision is None:
            return services.record_decision(**values)
        return services.edit_decision(decision=decision, version=form.cleaned_data["version"], **values)
    except (IllegalStep, StaleState):
        raise
    except DomainError as refused:
        # What changed between opening and sending the form; nothing typed is lost.
        form.add_error(None, refused.message)
        return None


def decision_publish(request, pk):
    """The second step: says how many will be granted, asks once more, then publishes and locks."""
    require(request.user, "awards.decide")
    decision = _get_decision(request, pk)
    if is_submitted(request):
        count = services.publish_decision(decision=decision, by=request.user)
        messages.success(request, f"Đã công bố {decision}: {count_words(count)} khen thưởng đã ghi vào sổ.")
        return redirect(decision)
    if missing := decision.missing_to_publish:
        raise NotReady(missing, subject=decision)
    items = list(decision.items.for_work())
    context = {
        "title": "Công bố quyết định khen thưởng",
        "lead": str(decision),
        "question": f"Công bố quyết định và ghi {count_words(len(items))} khen thưởng vào sổ?",
        "action_label": "Công bố",
        "tone": "primary",
        "back": decision.get_absolute_url(),
        "consequences": [
            f"{count_words(len(items))} đề nghị chuyển sang “Đã khen thưởng”: "
            + "; ".join(f"{item} ({item.line})" for item in items[:20])
            + ("; …" if len(items) > 20 else "."),
            "Quyết định và danh sách được khen thưởng hiển thị công khai cho mọi người.",
            "Sau khi công bố, quyết định bị khóa, không sửa và không xóa được.",
        ],
    }
    return render(request, "ui/confirm_page.html", context)

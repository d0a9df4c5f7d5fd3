"""The desk of the standing agency: what has arrived, and a verdict for each item."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from awards import services
from awards.enums import TONES, ItemState, ProposalState
from awards.forms import BoardFilter, ItemsActForm
from awards.models import Proposal
from awards.reports import board_letters, differences, letter_counts, totals, with_lines
from awards.views.letters import get_letter, letter_page
from common.errors import DomainError
from common.kept import form_data
from common.permissions import require
from common.text import count_words
from common.views import is_submitted, page_of


@require_GET
def board(request):
    """Letters that have arrived, the longest waiting first."""
    require(request.user, "awards.view_board")
    letters = board_letters(request.user)
    filters = BoardFilter(request.GET)
    found = letters
    if state := filters.value("trang_thai"):
        found = found.filter(state=state)
    if year := filters.value("nam"):
        found = found.filter(bloc_year__year=year)
    for word in filters.text.split():
        found = found.filter(bloc_year__bloc__search__contains=word)
    page = page_of(request, with_lines(found.for_table()).order_by("sent_at", "pk"))
    for proposal in page:
        proposal.tone = TONES[proposal.state]
        proposal.sums = totals(proposal)
        proposal.gaps = differences(proposal)
        states = [item.state for line in proposal.lines.all() for item in line.items.all()]
        proposal.by_state = ", ".join(
            f"{count_words(states.count(state))} {state.label.lower()}" for state in ItemState if state in states
        )
        proposal.is_waiting = proposal.state != ProposalState.CLOSED
    counts = letter_counts(letters)
    context = {
        "page": page,
        "filters": filters,
        "sent": counts[ProposalState.SENT],
        "received": counts[ProposalState.RECEIVED],
        "closed": counts[ProposalState.CLOSED],
    }
    return render(request, "awards/board.html", context)


@require_http_methods(["GET", "POST"])
def items_accept(request, pk):
    return _act(
        request,
        pk,
        lambda items, form: services.accept_items(items=items, by=request.user, note=form.cleaned_data["reason"]),
        "Đã ghi “đủ điều kiện” cho {count} đề nghị.",
    )


@require_http_methods(["GET", "POST"])
def items_return(request, pk):
    return _act(
        request,
        pk,
        lambda items, form: services.return_items(
            items=items,
            by=request.user,
            reason=form.cleaned_data["reason"],
            legal_ground=form.cleaned_data["legal_ground"],
        ),
        "Đã trả lại {count} đề nghị cho khối.",
        needs_reason="lý do trả lại để khối biết cần sửa gì",
    )


@require_http_methods(["GET", "POST"])
def items_refuse(request, pk):
    return _act(
        request,
        pk,
        lambda items, form: services.refuse_items(items=items, by=request.user, reason=form.cleaned_data["reason"]),
        "Đã ghi “không xét” cho {count} đề nghị.",
        needs_reason="lý do không xét",
    )


@require_http_methods(["GET", "POST"])
def items_withdraw(request, pk):
    return _act(
        request,
        pk,
        lambda items, form: services.withdraw_items(items=items, by=request.user, reason=form.cleaned_data["reason"]),
        "Đã rút {count} đề nghị.",
        needs_reason="lý do rút đề nghị",
    )


def _act(request, pk, act, done, needs_reason=""):
    """One act on the chosen items; a fault gives the page back with what was ticked and typed.

    A GET comes only after signing in again in the middle of it: the page stands there as it was filled in.
    """
    data = form_data(request)
    if data is None:
        return HttpResponseNotAllowed(["POST"])
    proposal = get_letter(request, pk)
    form = ItemsActForm(data, proposal=proposal, needs_reason=needs_reason)
    if not is_submitted(request):
        return letter_page(request, proposal, form=form)
    if not form.is_valid():
        return letter_page(request, proposal, form=form, status=422)
    items = form.chosen()
    try:
        act(items, form)
    except DomainError as refusal:
        # A colleague was quicker: the page as it stands now, with the remark that was typed.
        form.add_error(None, refusal.message)
        now = with_lines(Proposal.objects.visible_to(request.user).for_table()).get(pk=pk)
        return letter_page(request, now, form=form, status=refusal.status)
    messages.success(request, done.format(count=count_words(len(items))))
    return redirect(proposal)

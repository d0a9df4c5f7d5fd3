"""Letters of a bloc-year, as their sender works on them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from awards import services
from awards.documents import SubmissionLetter
from awards.enums import TONES, ItemState, ProposalState
from awards.forms import AchievementsForm, CorrectionForm, LineForm, LineFormSet, ProposalForm, nominees_text
from awards.models import AwardKind, Proposal
from awards.reports import differences, steps_of, totals, with_lines
from awards.views.letters import get_letter, letter_page, reasons_of
from blocs.lookup import get_bloc_year
from blocs.matching import UnitMatcher
from blocs.models import Membership, Unit
from common.dated import overlapping
from common.errors import NotReady, StaleState
from common.formsets import add_row
from common.kept import form_data
from common.permissions import may, require
from common.templatetags.vi import month_words
from common.text import count_words
from common.views import bind, is_submitted, page_of, render_form
from documents.desk import PaperLinks, issue_signed_page, send_draft_docx, send_draft_pdf
from meetings.documents import council_of

_LINES = "dong"


@require_GET
def proposal_list(request, slug, year_slug):
    """Letters of one bloc-year."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    rows = with_lines(Proposal.objects.visible_to(request.user).filter(bloc_year=bloc_year).for_table())
    page = page_of(request, rows.order_by("-pk"))
    for proposal in page:
        proposal.tone = TONES[proposal.state]
        proposal.sums = totals(proposal)
        proposal.gaps = differences(proposal)
        states = [item.state for line in proposal.lines.all() for item in line.items.all()]
        proposal.returned_count = states.count(ItemState.RETURNED)
        proposal.granted_count = states.count(ItemState.GRANTED)
    context = {
        "bloc_year": bloc_year,
        "page": page,
        "can_create": may(request.user, "blocs.work_on_blocyear", bloc_year),
    }
    return render(request, "awards/proposal_list.html", context)


@require_GET
def proposal_detail(request, pk):
    """One letter, for its sender and for the board."""
    return letter_page(request, get_letter(request, pk))


def proposal_create(request, slug, year_slug):
    """A new draft."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    require(request.user, "blocs.work_on_blocyear", bloc_year)
    proposal = Proposal(
        bloc_year=bloc_year,
        addressee=council_of(bloc_year.bloc),
        grounds=_usual_grounds(bloc_year),
        meeting=_meeting_of(request, bloc_year),
    )
    back = reverse("awards:proposals", args=[slug, year_slug])
    return _edit(request, proposal, back=back)


def proposal_edit(request, pk):
    """The whole draft on one page; versioned."""
    proposal = get_letter(request, pk)
    require(request.user, "awards.submit_proposal", proposal)
    if proposal.state != ProposalState.DRAFT and not is_submitted(request):
        require(request.user, "awards.change_proposal", proposal)
    return _edit(request, proposal, back=proposal.get_absolute_url())


def _edit(request, proposal, *, back):
    lines = [] if proposal.pk is None else list(proposal.lines.all())
    kwargs = {"awards": _awards_for(lines), "matcher": UnitMatcher(members_of(proposal.bloc_year))}
    context = {"proposal": proposal, "bloc_year": proposal.bloc_year, "back": back, "is_new": proposal.pk is None}
    if longer := add_row(request, [_LINES]):
        formset = LineFormSet(longer, prefix=_LINES, form_kwargs=kwargs)
        context |= {"form": ProposalForm(longer, instance=proposal), "lines": formset, "is_adding_row": True}
        return render(request, "awards/proposal_form.html", context)
    data = form_data(request)
    form = ProposalForm(data, instance=proposal)
    formset = LineFormSet(data, prefix=_LINES, initial=[LineForm.initial_of(line) for line in lines], form_kwargs=kwargs)
    status = None
    if is_submitted(request) and form.is_valid() & formset.is_valid():
        try:
            if proposal.state != ProposalState.DRAFT:
                raise StaleState(_sent_meanwhile(proposal), subject=proposal)
            version = form.cleaned_data["version"]
            services.save_proposal(proposal=proposal, by=request.user, version=version, lines=formset.line_inputs())
        except StaleState as stale:
            form, status = _with_newer_version(form, proposal, stale.message), 409
        else:
            messages.success(request, "Đã lưu tờ trình.")
            for _, difference in differences(_fresh(request, proposal.pk)):
                messages.warning(request, f"{difference} Hệ thống giữ cả hai số.")
            return redirect(proposal)
    context["lines"] = formset
    response = render_form(request, "awards/proposal_form.html", form, context, formsets=[formset])
    response.status_code = status or response.status_code
    return response


def _sent_meanwhile(proposal):
    at = timezone.localtime(proposal.sent_at)
    return (
        f"{proposal.sent_by} đã trình tờ trình này lúc {at:%H:%M ngày %d/%m/%Y}, nên không lưu được nữa. Nội dung bạn vừa "
        "nhập vẫn còn nguyên bên dưới; muốn sửa, hãy thu hồi tờ trình khi chưa ai xử lý."
    )


def _with_newer_version(form, proposal, message):
    """The same form with what was typed, ready to be saved over the newer version, and the sentence who saved it."""
    current = Proposal.objects.get(pk=proposal.pk)
    data = form.data.copy()
    data["version"] = str(current.version)
    fresh = ProposalForm(data, instance=current)
    fresh.is_valid()
    fresh.add_error(None, message)
    return fresh


def _fresh(request, pk):
    return get_object_or_404(with_lines(Proposal.objects.visible_to(request.user)), pk=pk)


def _awards_for(lines):
    """The catalogue in use, and whatever the letter already holds."""
    awards = list(AwardKind.objects.filter(is_active=True))
    known = {award.pk for award in awards}
    return awards + [line.award for line in lines if line.award_id not in known and not known.add(line.award_id)]


def members_of(bloc_year):
    """Units that are members of the bloc on some day of the year, each to be matched by name."""
    year = bloc_year.year
    members = Membership.objects.filter(overlapping(year.starts_on, year.ends_on), bloc=bloc_year.bloc)
    return Unit.objects.filter(pk__in=members.values("unit")).in_order()


def _meeting_of(request, bloc_year):
    """The meeting named by `?hoi_nghi=`, when the letter is begun from its page."""
    pk = request.GET.get("hoi_nghi", "")
    return bloc_year.meetings.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None


def _usual_grounds(bloc_year):
    grounds = ["Căn cứ Luật Thi đua, khen thưởng"]
    if paper := bloc_year.bloc.founding_paper:
        day = paper.issued_on
        name = f"{paper.get_kind_display().capitalize()} số {paper.number} ngày {day:%d}/{month_words(day.month)}/{day.year}"
        subject = paper.subject[:1].lower() + paper.subject[1:]
        grounds.append(f"Căn cứ {name} của {paper.issuer} về việc {subject.removeprefix('về việc ')}")
    return "\n".join(grounds)


# Acts on the letter


@require_POST
def proposal_submit(request, pk):
    proposal = get_letter(request, pk)
    services.submit_proposal(proposal=proposal, by=request.user)
    messages.success(request, "Đã trình tờ trình lên cơ quan thường trực.")
    return redirect(proposal)


@require_POST
def proposal_recall(request, pk):
    proposal = get_letter(request, pk)
    services.recall_proposal(proposal=proposal, by=request.user)
    messages.success(request, "Đã thu hồi tờ trình về bản đang soạn.")
    return redirect(proposal)


@require_POST
def proposal_receive(request, pk):
    proposal = get_letter(request, pk)
    services.receive_proposal(proposal=proposal, by=request.user)
    messages.success(request, "Đã tiếp nhận tờ trình.")
    return redirect(proposal)


@require_POST
def proposal_close(request, pk):
    proposal = get_letter(request, pk)
    services.close_proposal(proposal=proposal, by=request.user)
    messages.success(request, "Đã kết thúc xử lý tờ trình.")
    return redirect(proposal)


def achievements(request, pk):
    """The achievement summaries that the annexed list prints."""
    proposal = get_letter(request, pk)
    require(request.user, "awards.change_proposal", proposal)
    form = bind(request, AchievementsForm, proposal=proposal)
    status = None
    if is_submitted(request) and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.save_achievements(proposal=proposal, by=request.user, version=version, achievements=form.texts())
        except StaleState as stale:
            data = form.data.copy()
            data["version"] = str(Proposal.objects.values_list("version", flat=True).get(pk=pk))
            form = AchievementsForm(data, proposal=proposal)
            form.is_valid()
            form.add_error(None, stale.message)
            status = 409
        else:
            messages.success(request, "Đã lưu tóm tắt thành tích.")
            return redirect(proposal)
    context = {"proposal": proposal, "bloc_year": proposal.bloc_year}
    response = render_form(request, "awards/achievements_form.html", form, context)
    response.status_code = status or response.status_code
    return response


def line_correct(request, pk, line_pk):
    """The answer to a return: only the returned names of one line and its declared number are open (F73)."""
    proposal = get_letter(request, pk)
    line = next((line for line in proposal.lines.all() if line.pk == line_pk), None)
    line = line or get_object_or_404(proposal.lines, pk=line_pk)
    require(request.user, "awards.submit_proposal", proposal)
    returned = [item for item in line.items.all() if item.state == ItemState.RETURNED]
    steps = [step for step in steps_of(proposal) if step.item_id and step.item.line_id == line.pk]
    last = steps[-1] if steps else None
    if not returned and not is_submitted(request):
        raise NotReady(["đề nghị bị trả lại trong dòng này"], subject=proposal)
    initial = {
        "seen": last.pk if last else 0,
        "declared_count": line.declared_count,
        "nominee_kind": "person" if any(item.is_person for item in returned) else "collective",
        "nominees": nominees_text(returned),
    }
    matcher = UnitMatcher(members_of(proposal.bloc_year))
    form = CorrectionForm(form_data(request), line=line, matcher=matcher, initial=initial)
    status = None
    if is_submitted(request) and form.is_valid():
        if not returned or form.cleaned_data["seen"] != (last.pk if last else 0):
            form, status = _seen_anew(form, line, matcher, last), 409
        else:
            cleaned = form.cleaned_data
            services.correct_line(
                line=line, declared_count=cleaned["declared_count"], nominees=cleaned["entered"], by=request.user
            )
            messages.success(request, "Đã sửa và trình lại dòng đề nghị.")
            return redirect(proposal)
    context = {"proposal": proposal, "bloc_year": proposal.bloc_year, "line": line, "reasons": reasons_of(returned)}
    response = render_form(request, "awards/line_form.html", form, context)
    response.status_code = status or response.status_code
    return response


def _seen_anew(form, line, matcher, last):
    data = form.data.copy()
    data["seen"] = str(last.pk if last else 0)
    fresh = CorrectionForm(data, line=line, matcher=matcher)
    fresh.is_valid()
    who = f"{last.by} đã xử lý dòng này lúc {timezone.localtime(last.at):%H:%M ngày %d/%m/%Y}" if last else "Dòng này đã đổi"
    fresh.add_error(None, f"{who}. Nội dung bạn vừa nhập vẫn còn nguyên bên dưới; hãy đối chiếu rồi gửi lại.")
    return fresh


# The paper


@require_GET
def letter_pdf(request, pk):
    """The draft of the letter, blanks for number and date."""
    return send_draft_pdf(SubmissionLetter(get_letter(request, pk)))


@require_GET
def letter_docx(request, pk):
    """Letter and list as Word, as the board asks for them (DOS-3)."""
    return send_draft_docx(SubmissionLetter(get_letter(request, pk)))


def letter_issue(request, pk):
    """Number and date, then the paper is frozen; warns where the numbers differ."""
    proposal = get_letter(request, pk)
    found = [f"{line}: {difference}" for line, difference in differences(proposal)]
    if found:
        listed = count_words(totals(proposal).listed)
        found.append(f"Tờ trình in theo danh sách: {listed} trường hợp. Nếu còn thiếu tên, hãy bổ sung trước khi ban hành.")
    return issue_signed_page(
        request,
        paper=SubmissionLetter(proposal),
        subject=proposal,
        links=PaperLinks(
            back=proposal.get_absolute_url(),
            pdf=reverse("awards:letter-pdf", args=[pk]),
            docx=reverse("awards:letter-docx", args=[pk]),
        ),
        title="Ban hành tờ trình",
        done="Đã ban hành tờ trình",
        context={"base_template": "workplace/bloc_year_base.html", "bloc_year": proposal.bloc_year},
        warnings=found,
    )

"""One bloc-year as its workplace shows it: how far it has come, what comes next, for whom."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from awards.enums import ITEM_TONES, TONES, ItemState, ProposalState
from awards.models import Decision, Proposal
from awards.reports import differences, grantable_items, with_lines
from blocs.enums import CovenantState
from blocs.models import BlocYear, Covenant, CovenantVersion, Handover
from blocs.reports import CountDifference, covenant_progress, leaders_of, member_count_difference
from blocs.scope import is_on_behalf
from common.permissions import may
from common.templatetags.vi import dem, ngay
from documents.models import IssuedDocument, Paper
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Meeting
from news.enums import ArticleState
from news.models import Article

# Still in somebody's hands: the year cannot be said to be appraised.
UNDECIDED = (ItemState.PROPOSED, ItemState.RETURNED, ItemState.ACCEPTED)


@dataclass(frozen=True)
class Step:
    """One stage of the year, for the stepper."""

    label: str
    state: str
    note: str
    url: str


@dataclass(frozen=True)
class NextStep:
    """What to do now: a sentence, and the page where it is done."""

    title: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class StateCount:
    label: str
    count: int
    tone: str


@dataclass
class Overview:
    """What is known of a bloc-year; `member_count`, `signed`, `to_sign` and all counts are calculated from lists."""

    bloc_year: object
    member_count: int = 0
    member_difference: CountDifference | None = None
    offices: list = field(default_factory=list)
    differences: list = field(default_factory=list)
    covenant: CovenantVersion | None = None
    signed: int = 0
    to_sign: int = 0
    meetings: list = field(default_factory=list)
    proposals: list = field(default_factory=list)
    items: dict = field(default_factory=dict)
    articles: list = field(default_factory=list)
    handover: object = None
    can_work: bool = False
    follows: bool = False
    on_behalf: bool = False
    grantable: int = 0
    steps: list = field(default_factory=list)
    next_steps: list = field(default_factory=list)

    @property
    def primary(self):
        return self.next_steps[0] if self.next_steps else None

    @property
    def later(self):
        return self.next_steps[1:4]

    @property
    def waiting_for(self):
        """Who holds the year now, for a reader who has nothing to do in it."""
        if self.handover:
            return ""
        if self.items.get(ItemState.PROPOSED):
            return "Cơ quan thường trực đang xem xét các đề nghị khen thưởng."
        if self.items.get(ItemState.RETURNED):
            return "Đơn vị Khối trưởng, Khối phó đang sửa các đề nghị bị trả lại."
        if self.covenant and self.covenant.state == CovenantState.SIGNING:
            return f"Các đơn vị thành viên đang ký giao ước: đã có {self.signed}/{self.to_sign}."
        coming = [row for row in self.meetings if row.status == MeetingStatus.ANNOUNCED]
        if coming:
            return f"Hội nghị ngày {ngay(coming[-1].starts_on)}."
        return ""

    @property
    def item_states(self):
        states = [state for state in ItemState if self.items.get(state)]
        return [StateCount(state.label, self.items[state], ITEM_TONES[state]) for state in states]

    @property
    def covenant_tone(self):
        return covenant_tone(self.covenant)

    @property
    def item_count(self):
        return sum(count for state, count in self.items.items() if state != ItemState.WITHDRAWN)

    @property
    def undecided(self):
        return sum(self.items.get(state, 0) for state in UNDECIDED)

    def held(self, kind):
        """The first meeting of that kind that was held."""
        held = (m for m in reversed(self.meetings) if m.status != MeetingStatus.ANNOUNCED and kind in m.kinds)
        return next(held, None)


def overview(bloc_year, user):
    """The Overview of a bloc-year for one reader; the number of queries does not depend on the number of rows."""
    found = Overview(
        bloc_year=bloc_year,
        member_count=bloc_year.bloc.memberships.on(bloc_year.reference_day).filter(is_counted=True).count(),
        offices=leaders_of([bloc_year])[bloc_year.pk],
        member_difference=member_count_difference(bloc_year),
        meetings=list(Meeting.objects.filter(bloc_year=bloc_year).for_table()),
        handover=Handover.objects.filter(bloc_year=bloc_year).select_related("from_unit", "to_unit").first(),
        can_work=may(user, "blocs.work_on_blocyear", bloc_year),
        follows=may(user, "awards.receive_proposal", Proposal(bloc_year=bloc_year, state=ProposalState.SENT)),
    )
    found.on_behalf = found.can_work and is_on_behalf(user, bloc_year)
    _read_covenant(found)
    _read_proposals(found, user)
    found.articles = _articles(bloc_year, user)
    if found.follows:
        found.grantable = grantable_items(user).filter(line__proposal__bloc_year=bloc_year).count()
    _mark(found)
    found.steps = _steps(found)
    found.next_steps = _next_steps(found)
    return found


def _read_covenant(found):
    progress = covenant_progress(found.bloc_year)
    found.covenant = progress.version
    found.signed, found.to_sign = progress.signed, progress.total or found.member_count


def covenant_tone(version):
    """The colour of a covenant's label, also where there is none yet."""
    tones = {CovenantState.SIGNING: "waiting", CovenantState.SIGNED: "ok"}
    return tones.get(version.state, "neutral") if version else "neutral"


def _read_proposals(found, user):
    rows = Proposal.objects.visible_to(user).filter(bloc_year=found.bloc_year)
    found.proposals = list(with_lines(rows.select_related("bloc_year__bloc", "bloc_year__year")))
    found.items = Counter()
    for proposal in found.proposals:
        for line in proposal.lines.all():
            for item in line.items.all():
                found.items[ItemState(item.state)] += item.count
        found.differences += [f"{line}: {difference}" for line, difference in differences(proposal)]


def _articles(bloc_year, user):
    seen = Q(state=ArticleState.PUBLISHED) | Q(pk__in=Article.objects.visible_to(user).order_by().values("pk"))
    return list(Article.objects.filter(seen, bloc_year=bloc_year).order_by("-pk"))


def _mark(found):
    """The colours of the states, and where each article is read."""
    for proposal in found.proposals:
        proposal.tone = TONES[proposal.state]
    for article in found.articles:
        is_published = article.state == ArticleState.PUBLISHED
        article.link = article.get_public_url() if is_published else article.get_absolute_url()


def _url(found, name, *more):
    return reverse(name, args=[found.bloc_year.bloc.slug, found.bloc_year.year.slug, *more])


# How far the year has come


def _steps(found):
    stages = [
        _opened(found),
        _covenant_stage(found),
        _mid_year(found),
        _year_end(found),
        _submission(found),
        _appraisal(found),
        _hand_over(found),
    ]
    steps, current_found = [], False
    for label, is_done, note, url in stages:
        state = "done" if is_done else "skipped" if is_done is None else "todo"
        if state == "todo" and not current_found:
            state, current_found = "current", True
        steps.append(Step(label, state, note, url))
    return steps


def _opened(found):
    return "Mở năm", True, f"{found.member_count} đơn vị thành viên", _url(found, "blocs:members")


def _covenant_stage(found):
    is_signed = found.covenant is not None and found.covenant.state == CovenantState.SIGNED
    if found.covenant is None:
        note = "Chưa soạn"
    elif found.covenant.state == CovenantState.DRAFT:
        note = "Đang soạn"
    else:
        note = f"Đã ký {found.signed}/{found.to_sign}"
    return "Ký giao ước", is_signed, note, _url(found, "blocs:covenant")


def _meeting_stage(found, label, kind):
    meeting = found.held(kind)
    url = meeting.get_absolute_url() if meeting else _url(found, "meetings:meetings")
    return label, meeting is not None, ngay(meeting.starts_on) if meeting else "Chưa họp", url


def _mid_year(found):
    label, is_done, note, url = _meeting_stage(found, "Sơ kết", MeetingKind.MID_YEAR)
    if not is_done and found.held(MeetingKind.YEAR_END):
        return label, None, "Không ghi nhận", url
    return label, is_done, note, url


def _year_end(found):
    return _meeting_stage(found, "Tổng kết", MeetingKind.YEAR_END)


def _submission(found):
    sent = [row for row in found.proposals if row.state != ProposalState.DRAFT]
    if sent:
        last = max(row.sent_at for row in sent if row.sent_at)
        note = f"{found.item_count} đề nghị, {ngay(last)}"
    else:
        note = "Đang soạn" if found.proposals else "Chưa lập"
    return "Trình khen thưởng", bool(sent), note, _url(found, "awards:proposals")


def _appraisal(found):
    sent = [row for row in found.proposals if row.state != ProposalState.DRAFT]
    if not sent:
        return "Thẩm định", False, "Chưa đến", _url(found, "awards:proposals")
    parts = [
        f"{found.items[state]} {word}"
        for state, word in (
            (ItemState.PROPOSED, "chờ xét"),
            (ItemState.RETURNED, "trả lại"),
            (ItemState.ACCEPTED, "đủ điều kiện"),
        )
        if found.items.get(state)
    ]
    note = ", ".join(parts) or "Đã xét xong"
    return "Thẩm định", found.undecided == 0, note, _url(found, "awards:proposals")


def _hand_over(found):
    note = ngay(found.handover.handed_over_on) if found.handover else "Chưa bàn giao"
    return "Bàn giao", found.handover is not None, note, _url(found, "blocs:handover")


# What comes next


def _next_steps(found):
    if not (found.can_work or found.follows):
        return []
    steps = []
    if found.can_work:
        steps += _secretariat_steps(found)
    if found.follows:
        steps += _board_steps(found)
    return steps


def _secretariat_steps(found):
    yield from _returned(found)
    yield from _office_steps(found)
    yield from _covenant_steps(found)
    yield from _meeting_steps(found)
    yield from _proposal_steps(found)
    yield from _closing_steps(found)


def _returned(found):
    if count := found.items.get(ItemState.RETURNED):
        proposal = next(row for row in found.proposals if row.state == ProposalState.RECEIVED)
        yield NextStep(
            f"Sửa {dem(count)} đề nghị bị trả lại",
            "Cơ quan thường trực đã ghi rõ lý do; sửa xong, hồ sơ trở lại chỗ người đã xét.",
            proposal.get_absolute_url(),
            "Xem lý do và sửa",
        )


def _office_steps(found):
    if not found.offices:
        yield NextStep(
            "Ghi nhận đơn vị Khối trưởng, Khối phó",
            "Năm này chưa có đơn vị nào giữ chức vụ.",
            _url(found, "blocs:office-appoint"),
            "Ghi chức vụ",
        )


def _covenant_steps(found):
    if found.covenant is None:
        yield NextStep(
            "Soạn giao ước thi đua",
            "Nội dung và chỉ tiêu của năm; mỗi đơn vị thành viên có một ô ký.",
            _url(found, "blocs:covenant-edit"),
            "Soạn giao ước",
        )
    elif found.covenant.state == CovenantState.DRAFT:
        yield NextStep(
            "Gửi ký giao ước",
            "Khi gửi ký, nội dung được giữ nguyên; muốn sửa phải lập bản mới.",
            _url(found, "blocs:covenant"),
            "Xem và gửi ký",
        )
    elif found.covenant.state == CovenantState.SIGNING:
        yield NextStep(
            f"Ghi nhận chữ ký giao ước: đã có {found.signed}/{found.to_sign}",
            "Ghi một lần cho nhiều đơn vị đã ký trên giấy.",
            _url(found, "blocs:covenant-sign"),
            "Ghi nhận chữ ký",
        )


def _meeting_steps(found):
    today = timezone.localdate()
    for meeting in found.meetings:
        if meeting.status == MeetingStatus.ANNOUNCED and meeting.starts_on <= today:
            yield NextStep(
                "Nhập kết quả hội nghị",
                f"{meeting.title}, {ngay(meeting.starts_on)}.",
                _url(found, "meetings:meeting-edit", meeting.pk),
                "Nhập kết quả",
            )
    if not found.meetings:
        yield NextStep(
            "Thêm hội nghị của khối",
            "Báo trước ngày họp, hoặc nhập kết quả hội nghị đã họp.",
            _url(found, "meetings:meeting-create"),
            "Thêm hội nghị",
        )


def _proposal_steps(found):
    drafts = [row for row in found.proposals if row.state == ProposalState.DRAFT]
    for proposal in drafts:
        yield NextStep(
            "Hoàn thiện và trình tờ trình khen thưởng",
            "Tờ trình đang soạn; chỉ đơn vị Khối trưởng, Khối phó nhìn thấy.",
            proposal.get_absolute_url(),
            "Mở tờ trình",
        )
    if found.held(MeetingKind.YEAR_END) and not found.proposals:
        yield NextStep(
            "Lập tờ trình đề nghị khen thưởng",
            "Hội nghị tổng kết đã họp; ghi các đề nghị theo từng hình thức khen thưởng.",
            _url(found, "awards:proposal-create"),
            "Lập tờ trình",
        )


def _closing_steps(found):
    told = {article.meeting_id for article in found.articles}
    for meeting in found.meetings:
        if meeting.status == MeetingStatus.HELD:
            yield NextStep(
                "Khóa biên bản hội nghị",
                f"{meeting.title}: kiểm tra lại, rồi khóa để không ai sửa được nữa.",
                meeting.get_absolute_url(),
                "Xem hội nghị",
            )
        if meeting.status != MeetingStatus.ANNOUNCED and meeting.pk not in told:
            yield NextStep(
                "Viết tin về hội nghị",
                "Bài được dựng sẵn từ biên bản; biên tập viên duyệt trước khi đăng.",
                meeting.get_absolute_url(),
                "Xem hội nghị",
            )
    is_submitted = any(row.state != ProposalState.DRAFT for row in found.proposals)
    if found.held(MeetingKind.YEAR_END) and is_submitted and found.handover is None:
        yield NextStep(
            "Ghi nhận bàn giao cho Khối trưởng năm sau",
            "Sau khi bàn giao, năm này chỉ còn để xem.",
            _url(found, "blocs:handover"),
            "Ghi nhận bàn giao",
        )


def _board_steps(found):
    for proposal in found.proposals:
        if proposal.state == ProposalState.SENT:
            yield NextStep(
                "Tiếp nhận tờ trình",
                f"Khối đã trình ngày {ngay(proposal.sent_at)}.",
                proposal.get_absolute_url(),
                "Xem và tiếp nhận",
            )
    received = [row for row in found.proposals if row.state == ProposalState.RECEIVED]
    if received and (count := found.items.get(ItemState.PROPOSED)):
        yield NextStep(
            f"Xét {dem(count)} đề nghị",
            "Chấp nhận, trả lại hoặc không xét từng đề nghị; trả lại phải ghi lý do.",
            received[0].get_absolute_url(),
            "Xét đề nghị",
        )
    if count := found.grantable:
        yield NextStep(
            f"Ghi nhận quyết định cho {dem(count)} đề nghị đủ điều kiện",
            "Ghi số, ngày và tệp quyết định; công bố là bước riêng.",
            reverse("awards:decision-create"),
            "Ghi nhận quyết định",
        )


# Papers


@dataclass(frozen=True)
class PaperRow:
    """One line of the register of the year's papers: made elsewhere, or issued here."""

    kind: str
    title: str
    number: str
    issuer: str
    on: date
    relation: str
    url: str
    size: int | None
    is_public: bool
    is_replaced: bool = False
    page: str = ""


def papers_of(bloc_year, user):
    """What the reader may see of the papers of a bloc-year, newest first."""
    rows = _issued(bloc_year, user) + _related(bloc_year, user)
    return sorted(rows, key=lambda row: row.on, reverse=True)


def _issued(bloc_year, user):
    """Papers issued here for the year itself, its covenant, its meetings and those letters that the reader may see."""
    letters = Proposal.objects.visible_to(user).filter(bloc_year=bloc_year)
    subjects = {
        BlocYear: [bloc_year.pk],
        Covenant: list(Covenant.objects.filter(bloc_year=bloc_year).values_list("pk", flat=True)),
        CovenantVersion: list(CovenantVersion.objects.filter(covenant__bloc_year=bloc_year).values_list("pk", flat=True)),
        Meeting: list(Meeting.objects.filter(bloc_year=bloc_year).values_list("pk", flat=True)),
        Proposal: list(letters.values_list("pk", flat=True)),
    }
    types = ContentType.objects.get_for_models(*subjects)
    condition = Q(pk__in=[])
    for model, ids in subjects.items():
        condition |= Q(subject_type=types[model], subject_id__in=ids)
    return [
        PaperRow(
            kind="Ban hành từ hệ thống",
            title=row.title,
            number=row.number,
            issuer=row.issuer.name if row.issuer else "",
            on=row.issued_on,
            relation="",
            url=row.get_absolute_url(),
            size=_size(row.file),
            is_public=row.is_public,
            is_replaced=row.superseded_by_id is not None,
            page=reverse("portal:paper", args=[row.code]),
        )
        for row in IssuedDocument.objects.filter(condition).select_related("issuer")
    ]


def _related(bloc_year, user):
    """Papers made elsewhere: founding, membership, offices, and decisions on awards once they may be read."""
    bloc, relation = bloc_year.bloc, {}
    decisions = Decision.objects.visible_to(user).filter(items__line__proposal__bloc_year=bloc_year)
    sources = [
        ("Thành lập khối", [bloc.founding_paper_id]),
        ("Thành viên khối", bloc.memberships.values_list("paper_id", flat=True)),
        ("Chức vụ trong khối", bloc_year.offices.values_list("paper_id", flat=True)),
        ("Quyết định khen thưởng", decisions.values_list("paper_id", flat=True)),
    ]
    for label, ids in sources:
        for pk in ids:
            relation.setdefault(pk, label)
    return [
        PaperRow(
            kind=row.get_kind_display(),
            title=row.subject,
            number=row.number,
            issuer=row.issuer.name,
            on=row.issued_on,
            relation=relation[row.pk],
            url=reverse("documents:paper-file", args=[row.pk]) if row.file else "",
            size=_size(row.file),
            is_public=row.is_public,
        )
        for row in Paper.objects.unsealed().filter(pk__in=[pk for pk in relation if pk]).select_related("issuer")
    ]


def _size(stored):
    """None where there is no file, or where the disk has lost it: the register still shows its line."""
    try:
        return stored.size if stored else None
    except FileNotFoundError:
        return None

"""What waits for me: every act that the signed-in person, and nobody below, can do now (F110)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from awards.enums import DecisionState, ItemState, ProposalState
from awards.models import Decision, Proposal, ProposalItem
from awards.reports import grantable_items
from awards.rules import is_council_member
from blocs.enums import CovenantState, SignatureState, SigningOrder, YearState
from blocs.models import BlocYear, CovenantSignature, Membership
from blocs.reports import covenant_progress, leaders_of
from blocs.scope import member_bloc_year_ids, scope_of
from blocs.signing_board import deadline_words
from common.actor import once_a_request
from common.templatetags.vi import dem, ngay
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Meeting
from news.enums import ArticleState
from news.models import Article
from portal.reports.workplace import covenant_tone


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, why, and the button that leads to it."""

    title: str
    url: str
    action: str
    place: str = ""
    text: str = ""
    at: date | datetime | None = None
    icon: str = "circle"
    tone: str = "waiting"


@dataclass(frozen=True)
class Counter:
    """A number that opens the list it counts."""

    label: str
    value: int
    url: str
    tone: str = "neutral"
    icon: str = ""
    note: str = ""


@dataclass
class BlocYearRow:
    """One bloc-year on the dashboard, with how far it has come."""

    bloc_year: BlocYear
    offices: list = field(default_factory=list)
    my_role: str = ""
    is_mine: bool = False
    has_secretariat: bool = True
    member_count: int = 0
    covenant: str = ""
    covenant_tone: str = "neutral"
    overdue_meeting: Meeting | None = None
    next_meeting: Meeting | None = None
    last_meeting: Meeting | None = None
    letters: int = 0
    open_items: int = 0


@dataclass
class Dashboard:
    """What one person sees first after signing in."""

    roles: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    counters: list = field(default_factory=list)
    led: list = field(default_factory=list)
    joined: list = field(default_factory=list)
    followed: list = field(default_factory=list)
    meetings: list = field(default_factory=list)
    nominations: list = field(default_factory=list)
    is_administrator: bool = False
    is_without_work: bool = False


def dashboard_of(user, year=None):
    """The Dashboard of a user today; `year` (an EmulationYear) narrows every list to one year."""
    scope = scope_of(user)
    found = Dashboard(is_administrator=user.is_superuser)
    council = is_council_member(user)
    led = _bloc_years(Q(pk__in=scope.led_ids), year)
    if led:
        found.roles.append("Thư ký khối")
        found.tasks += _secretariat_tasks(led, user)
        found.led = _rows(led, scope)
    found.joined = _rows(_joined(scope, led, year), scope) if scope.unit_ids else []
    if found.joined:
        found.roles.append("Cán bộ đơn vị thành viên")
    found.tasks += _own_signatures(scope, [*led, *(row.bloc_year for row in found.joined)])
    found.nominations = _nominations(scope, year) if led or found.joined else []
    if scope.is_standing_agency:
        found.roles.append("Cơ quan thường trực Hội đồng")
        followed = _bloc_years(_follows(scope), year)
        found.followed = _rows(followed, scope)
        found.tasks += _board_tasks(user, scope, year)
        found.counters += _board_counters(user, scope, year)
    if council:
        found.roles.append("Ủy viên Hội đồng")
        found.tasks += _council_tasks(user, year)
    if scope.is_editor:
        found.roles.append("Biên tập viên")
    if scope.is_editor or led:
        found.tasks += _article_tasks(user, scope)
        found.counters += _article_counters(scope, user)
    if led and not scope.is_standing_agency:
        found.counters = _secretariat_counters(led) + found.counters
    if user.is_superuser:
        found.roles.append("Quản trị hệ thống")
        found.counters += _account_counters()
    found.meetings = _coming_meetings(found)
    found.is_without_work = not found.roles
    found.tasks.sort(key=lambda task: _URGENCY[task.tone])
    return found


_URGENCY = {"bad": 0, "warn": 1, "waiting": 2, "neutral": 3, "ok": 4, "done": 5}


def waiting_counts(user):
    """What the menu shows beside its lines: letters and items for the board, articles for the editor."""

    def read():
        scope = scope_of(user)
        board = articles = 0
        if scope.is_standing_agency:
            letters = Proposal.objects.filter(_follows(scope, "bloc_year__"))
            board = letters.filter(
                Q(state=ProposalState.SENT) | Q(state=ProposalState.RECEIVED, lines__items__state=ItemState.PROPOSED)
            )
            board = board.distinct().count()
        if scope.is_editor:
            articles = _to_review(user).count()
        return {"board": board, "articles": articles}

    return once_a_request(("waiting", user.pk), read)


# Which bloc-years


def _bloc_years(condition, year):
    rows = BlocYear.objects.filter(condition).for_work()
    rows = rows.filter(year=year) if year else rows.filter(year__state=YearState.OPEN)
    return list(rows.order_by("-year__starts_on", "bloc__sort_key", "pk"))


def _follows(scope, prefix=""):
    """The standing agency's blocs, for rows reached through `prefix`."""
    return Q(**{f"{prefix}bloc__organiser__isnull": True}) | Q(**{f"{prefix}bloc__organiser__in": scope.standing_ids})


def _joined(scope, led, year):
    """Bloc-years of the own units that somebody else leads."""
    ids = member_bloc_year_ids(scope.unit_ids) - {row.pk for row in led}
    return _bloc_years(Q(pk__in=ids), year)


def _rows(bloc_years, scope):
    """The BlocYearRow of each, with a constant number of queries."""
    ids = [row.pk for row in bloc_years]
    if not ids:
        return []
    found = (
        BlocYear.objects.filter(pk__in=ids)
        .for_work()
        .prefetch_related("meetings__purposes")
        .order_by("-year__starts_on", "bloc__sort_key", "pk")
    )
    found = list(found)
    covenants = covenant_progress(found)
    leaders = leaders_of(found)
    members = _member_counts(found)
    letters = dict(
        Proposal.objects.filter(bloc_year__in=ids)
        .exclude(state=ProposalState.DRAFT)
        .values_list("bloc_year")
        .annotate(number=Count("pk"))
        .order_by()
    )
    open_items = dict(
        ProposalItem.objects.filter(line__proposal__bloc_year__in=ids, state=ItemState.PROPOSED)
        .exclude(line__proposal__state=ProposalState.DRAFT)
        .values_list("line__proposal__bloc_year")
        .annotate(number=Sum(Coalesce("nameless_count", Value(1))))
        .order_by()
    )
    rows = []
    today = timezone.localdate()
    for bloc_year in found:
        meetings = list(bloc_year.meetings.all())
        for meeting in meetings:
            meeting.bloc_year = bloc_year
        offices = leaders[bloc_year.pk]
        mine = [o for o in offices if o.unit.pk in scope.unit_ids and o.office.handed_over_on is None]
        progress = covenants[bloc_year.pk]
        text = f"Đã ký {progress.signed}/{progress.total}" if progress.is_sent else progress.label
        coming = [m for m in meetings if m.status == MeetingStatus.ANNOUNCED and m.last_day >= today]
        overdue = [m for m in meetings if m.status == MeetingStatus.ANNOUNCED and m.last_day < today]
        past = [m for m in meetings if m.status != MeetingStatus.ANNOUNCED]
        rows.append(
            BlocYearRow(
                bloc_year=bloc_year,
                offices=offices,
                my_role=mine[0].title if mine else "",
                is_mine=bloc_year.pk in scope.led_ids,
                member_count=members.get(bloc_year.pk, 0),
                covenant=text,
                covenant_tone=covenant_tone(progress.version),
                overdue_meeting=min(overdue, key=lambda m: m.starts_on, default=None),
                next_meeting=min(coming, key=lambda m: m.starts_on, default=None),
                last_meeting=max(past, key=lambda m: m.starts_on, default=None),
                letters=letters.get(bloc_year.pk, 0),
                open_items=open_items.get(bloc_year.pk, 0),
            )
        )
    return rows


def _member_counts(bloc_years):
    """Members on the reference day of each bloc-year; one query per emulation year."""
    counts = {}
    by_day = {}
    for row in bloc_years:
        by_day.setdefault(row.reference_day, []).append(row)
    for day, rows in by_day.items():
        from_blocs = dict(
            Membership.objects.on(day)
            .filter(bloc__in=[row.bloc_id for row in rows], is_counted=True)
            .values_list("bloc")
            .annotate(number=Count("pk"))
            .order_by()
        )
        counts.update({row.pk: from_blocs.get(row.bloc_id, 0) for row in rows})
    return counts


# Tasks of the secretariat


def _year_url(bloc_year, name, *more):
    return reverse(name, args=[bloc_year.bloc.slug, bloc_year.year.slug, *more])


def _secretariat_tasks(led, user):
    working = [row for row in led if row.year.state == YearState.OPEN]
    by_pk = {row.pk: row for row in working}
    return [
        *_returned_items(by_pk),
        *_draft_letters(by_pk),
        *_covenant_tasks(by_pk),
        *_meeting_tasks(by_pk),
    ]


def _returned_items(by_pk):
    items = (
        ProposalItem.objects.filter(state=ItemState.RETURNED, line__proposal__bloc_year__in=by_pk)
        .select_related("line__award", "line__proposal")
        .order_by("line__proposal", "line__position", "line", "position")
    )
    groups = {}
    for item in items:
        groups.setdefault((item.line.pk, item.return_reason), []).append(item)
    for (_, reason), rows in groups.items():
        line = rows[0].line
        yield Task(
            f"Sửa {dem(sum(row.count for row in rows))} đề nghị bị trả lại: {line}",
            line.proposal.get_absolute_url(),
            "Xem và sửa",
            place=str(by_pk[line.proposal.bloc_year_id]),
            text=f"Lý do trả lại: {reason}",
            icon="arrow-return-left",
            tone="bad",
        )


def _draft_letters(by_pk):
    for proposal in Proposal.objects.filter(state=ProposalState.DRAFT, bloc_year__in=by_pk):
        yield Task(
            "Hoàn thiện và trình tờ trình khen thưởng",
            proposal.get_absolute_url(),
            "Mở tờ trình",
            place=str(by_pk[proposal.bloc_year_id]),
            text="Tờ trình đang soạn, chưa ai ngoài đơn vị Khối trưởng, Khối phó nhìn thấy.",
            at=proposal.created_at,
            icon="envelope-paper",
        )


def _covenant_tasks(by_pk):
    found = covenant_progress(list(by_pk.values()))
    for pk, bloc_year in by_pk.items():
        progress = found[pk]
        version = progress.version
        if version is None:
            yield Task(
                "Soạn giao ước thi đua",
                _year_url(bloc_year, "blocs:covenant-edit"),
                "Soạn giao ước",
                place=str(bloc_year),
                icon="file-earmark-text",
            )
        elif version.state == CovenantState.DRAFT:
            yield Task(
                "Gửi ký giao ước thi đua",
                _year_url(bloc_year, "blocs:covenant"),
                "Xem và gửi ký",
                place=str(bloc_year),
                icon="file-earmark-text",
            )
        elif version.state == CovenantState.SIGNING:
            yield Task(
                f"Ghi nhận chữ ký giao ước: đã có {progress.signed}/{progress.total}",
                _year_url(bloc_year, "blocs:covenant-sign"),
                "Ghi nhận chữ ký",
                place=str(bloc_year),
                text=_deadline_text(version),
                icon="pen",
                tone=_deadline_tone(version),
            )
    yield from _refusals(by_pk)


def _refusals(by_pk):
    """Units that refused to sign what is being signed now: the leader talks with them, or revises the text (F19)."""
    rows = CovenantSignature.objects.filter(
        state=SignatureState.REFUSED, version__state=CovenantState.SIGNING, version__covenant__bloc_year__in=by_pk
    ).select_related("version__covenant", "unit")
    for row in rows:
        bloc_year = by_pk[row.version.covenant.bloc_year_id]
        yield Task(
            f"{row.unit} từ chối ký giao ước",
            _year_url(bloc_year, "blocs:covenant") + "#chu-ky",
            "Xem bảng ký",
            place=str(bloc_year),
            text=f"Lý do: {row.refusal_reason}",
            at=row.recorded_at,
            icon="x-circle",
            tone="bad",
        )


def _days_left(version):
    return (version.sign_by - timezone.localdate()).days if version.sign_by else None


def _deadline_text(version):
    left = _days_left(version)
    return "" if left is None else f"Hạn ký {ngay(version.sign_by)}: {deadline_words(left).lower()}."


def _deadline_tone(version):
    left = _days_left(version)
    return "bad" if left is not None and left < 0 else "waiting"


def _meeting_tasks(by_pk):
    today = timezone.localdate()
    rows = list(
        Meeting.objects.filter(bloc_year__in=by_pk, status__in=[MeetingStatus.ANNOUNCED, MeetingStatus.HELD])
        .prefetch_related("purposes")
        .annotate(told=Count("articles"), letters=Count("proposals"))
        .order_by("starts_on")
    )
    has_letter = set(Proposal.objects.filter(bloc_year__in=by_pk).values_list("bloc_year_id", flat=True))
    for meeting in rows:
        bloc_year = by_pk[meeting.bloc_year_id]
        place = str(bloc_year)
        if meeting.status == MeetingStatus.ANNOUNCED:
            if meeting.starts_on <= today:
                yield Task(
                    "Nhập kết quả hội nghị",
                    _year_url(bloc_year, "meetings:meeting-edit", meeting.pk),
                    "Nhập kết quả",
                    place=place,
                    text=meeting.title,
                    at=meeting.starts_on,
                    icon="pencil-square",
                )
            continue
        if MeetingKind.YEAR_END in meeting.kinds and bloc_year.pk not in has_letter:
            yield Task(
                "Lập tờ trình đề nghị khen thưởng",
                _year_url(bloc_year, "awards:proposal-create"),
                "Lập tờ trình",
                place=place,
                text=f"Hội nghị tổng kết đã họp ngày {ngay(meeting.starts_on)}.",
                icon="envelope-paper",
            )
        yield Task(
            "Khóa biên bản hội nghị",
            _year_url(bloc_year, "meetings:meeting", meeting.pk),
            "Xem hội nghị",
            place=place,
            text=meeting.title,
            at=meeting.starts_on,
            icon="lock",
            tone="neutral",
        )


# Tasks of a member unit


def _own_signatures(scope, bloc_years):
    """Covenants that wait for an own unit; where the units sign in turn, only when it is that unit's turn."""
    by_pk = {row.pk: row for row in bloc_years if row.year.state == YearState.OPEN}
    if not by_pk:
        return
    rows = CovenantSignature.objects.filter(
        unit__in=scope.unit_ids,
        state=SignatureState.WAITING,
        version__state=CovenantState.SIGNING,
        version__covenant__bloc_year__in=by_pk,
    ).select_related("version__covenant", "unit")
    in_turn = [row.version_id for row in rows if row.version.order == SigningOrder.IN_TURN]
    unsigned = CovenantSignature.objects.filter(version__in=in_turn).exclude(
        state__in=(SignatureState.SIGNED, SignatureState.RELEASED)
    )
    first = dict(unsigned.values_list("version").annotate(Min("position")).order_by()) if in_turn else {}
    for row in rows:
        if row.position > first.get(row.version_id, row.position):
            continue
        bloc_year = by_pk[row.version.covenant.bloc_year_id]
        text = " ".join(part for part in (f"{row.unit} chưa ký.", _deadline_text(row.version)) if part)
        yield Task(
            "Ký giao ước thi đua của khối",
            _year_url(bloc_year, "blocs:covenant-sign-own", row.pk),
            "Đọc và ký giao ước",
            place=str(bloc_year),
            text=text,
            icon="pen",
            tone=_deadline_tone(row.version),
        )


def _nominations(scope, year):
    """Proposals that name the own units, as far as they are no longer a draft."""
    rows = (
        ProposalItem.objects.filter(unit__in=scope.unit_ids)
        .exclude(line__proposal__state=ProposalState.DRAFT)
        .select_related("unit", "line__award", "line__proposal__bloc_year__bloc", "line__proposal__bloc_year__year")
        .order_by("-line__proposal__bloc_year__year__starts_on", "line__position")
    )
    rows = rows.filter(line__proposal__bloc_year__year=year) if year else rows
    return list(rows[:10])


# Tasks of the board


def _letters(scope, year):
    rows = Proposal.objects.filter(_follows(scope, "bloc_year__")).select_related("bloc_year__bloc", "bloc_year__year")
    return rows.filter(bloc_year__year=year) if year else rows


def _board_tasks(user, scope, year):
    for proposal in _letters(scope, year).filter(state=ProposalState.SENT).order_by("sent_at"):
        yield Task(
            "Tiếp nhận tờ trình đề nghị khen thưởng",
            proposal.get_absolute_url(),
            "Xem và tiếp nhận",
            place=str(proposal.bloc_year),
            at=proposal.sent_at,
            icon="inbox",
        )
    received = (
        _letters(scope, year)
        .filter(state=ProposalState.RECEIVED)
        .annotate(
            waiting=Sum(Coalesce("lines__items__nameless_count", Value(1)), filter=Q(lines__items__state=ItemState.PROPOSED))
        )
        .filter(waiting__gt=0)
        .order_by("received_at")
    )
    for proposal in received:
        yield Task(
            f"Xét {dem(proposal.waiting)} đề nghị khen thưởng",
            proposal.get_absolute_url(),
            "Xét đề nghị",
            place=str(proposal.bloc_year),
            at=proposal.received_at,
            icon="clipboard-check",
        )
    accepted = grantable_items(user)
    accepted = accepted.filter(line__proposal__bloc_year__year=year) if year else accepted
    accepted = accepted.count()
    if accepted:
        yield Task(
            f"Ghi nhận quyết định cho {dem(accepted)} đề nghị đủ điều kiện",
            reverse("awards:decision-create"),
            "Ghi nhận quyết định",
            text="Ghi số, ngày và tệp quyết định khi cấp có thẩm quyền đã ký.",
            icon="file-earmark-check",
            tone="neutral",
        )
    held_back = Decision.objects.visible_to(user).filter(state=DecisionState.DRAFT)
    for decision in held_back.select_related("paper"):
        yield Task(
            "Công bố quyết định khen thưởng",
            decision.get_absolute_url(),
            "Xem và công bố",
            text=str(decision),
            at=decision.recorded_at,
            icon="megaphone",
        )


def _item_count(scope, year, state):
    rows = ProposalItem.objects.filter(_follows(scope, "line__proposal__bloc_year__"), state=state)
    rows = rows.exclude(line__proposal__state=ProposalState.DRAFT)
    rows = rows.filter(line__proposal__bloc_year__year=year) if year else rows
    return rows.aggregate(number=Sum(Coalesce("nameless_count", Value(1))))["number"] or 0


def _board_counters(user, scope, year):
    board = reverse("awards:board")
    letters = _letters(scope, year)
    sent = letters.filter(state=ProposalState.SENT).count()
    return [
        Counter("Tờ trình mới đến", sent, f"{board}?trang_thai=sent", "waiting" if sent else "neutral", "inbox"),
        *(
            Counter(label, number, f"{board}?trang_thai=received", tone if number else "neutral", icon)
            for state, label, tone, icon in _ITEM_COUNTERS
            for number in [_item_count(scope, year, state)]
        ),
        Counter(
            "Quyết định chờ công bố",
            Decision.objects.visible_to(user).filter(state=DecisionState.DRAFT).count(),
            reverse("awards:decisions"),
            icon="megaphone",
        ),
    ]


_ITEM_COUNTERS = (
    (ItemState.PROPOSED, "Đề nghị chờ xét", "waiting", "clipboard-check"),
    (ItemState.RETURNED, "Trả lại, chờ khối sửa", "warn", "arrow-return-left"),
    (ItemState.ACCEPTED, "Đủ điều kiện, chờ quyết định", "ok", "check2-circle"),
)


def _secretariat_counters(led):
    """Items of the led bloc-years by state; each opens the list of letters it stands in."""
    ids = [row.pk for row in led]
    counted = dict(
        ProposalItem.objects.filter(line__proposal__bloc_year__in=ids)
        .values_list("state")
        .annotate(number=Sum(Coalesce("nameless_count", Value(1))))
        .order_by()
    )
    with_letters = set(Proposal.objects.filter(bloc_year__in=ids).values_list("bloc_year_id", flat=True))
    home = next((row for row in led if row.pk in with_letters), led[0])
    url = _year_url(home, "awards:proposals")
    labels = (
        (ItemState.RETURNED, "Đề nghị bị trả lại", "bad", "arrow-return-left"),
        (ItemState.PROPOSED, "Đề nghị chờ xét", "waiting", "hourglass-split"),
        (ItemState.ACCEPTED, "Đề nghị đủ điều kiện", "ok", "check2-circle"),
        (ItemState.GRANTED, "Đã được khen thưởng", "done", "award"),
    )
    return [
        Counter(label, counted.get(state, 0), url, tone if counted.get(state) else "neutral", icon)
        for state, label, tone, icon in labels
    ]


def _council_tasks(user, year):
    rows = Proposal.objects.filter(state=ProposalState.RECEIVED).select_related("bloc_year__bloc", "bloc_year__year")
    rows = rows.filter(bloc_year__year=year) if year else rows
    for proposal in rows.order_by("received_at"):
        yield Task(
            "Đọc hồ sơ đề nghị khen thưởng",
            proposal.get_absolute_url(),
            "Mở hồ sơ",
            place=str(proposal.bloc_year),
            at=proposal.received_at,
            icon="journal-text",
            tone="neutral",
        )


# Articles


def _to_review(user):
    return Article.objects.visible_to(user).filter(state=ArticleState.IN_REVIEW).exclude(created_by=user)


def _article_tasks(user, scope):
    if scope.is_editor:
        for article in _to_review(user).order_by("pk"):
            yield Task(
                "Duyệt bài",
                article.get_absolute_url(),
                "Đọc và duyệt",
                text=article.title,
                at=article.edited_at or article.created_at,
                icon="newspaper",
            )
    mine = Article.objects.filter(Q(created_by=user) | Q(bloc_year__in=scope.led_ids), state=ArticleState.DRAFT)
    for article in mine.order_by("pk"):
        is_returned = bool(article.return_reason)
        yield Task(
            "Sửa bài bị trả lại" if is_returned else "Hoàn thiện bài đang soạn",
            article.get_absolute_url(),
            "Mở bài",
            text=f"{article.title}. Lý do: {article.return_reason}" if is_returned else article.title,
            icon="newspaper",
            tone="bad" if is_returned else "neutral",
        )


def _article_counters(scope, user):
    desk = reverse("news:desk")
    counted = dict(Article.objects.visible_to(user).order_by().values_list("state").annotate(number=Count("pk")).order_by())
    labels = [(ArticleState.IN_REVIEW, "Bài chờ duyệt", "waiting", "newspaper")]
    if scope.is_editor:
        labels.append((ArticleState.PUBLISHED, "Bài đã đăng", "ok", "globe"))
    return [
        Counter(
            label, counted.get(state, 0), f"{desk}?trang_thai={state.value}", tone if counted.get(state) else "neutral", icon
        )
        for state, label, tone, icon in labels
    ]


# Accounts


def _account_counters():
    users = reverse("admin:accounts_user_changelist")
    active = User.objects.filter(is_active=True)
    idle = active.filter(is_superuser=False, assignments__isnull=True, council_seats__isnull=True).count()
    return [
        Counter("Tài khoản đang dùng", active.count(), f"{users}?is_active__exact=1", icon="people"),
        Counter("Chưa được phân công", idle, users, "warn" if idle else "neutral", "person-exclamation"),
    ]


def _coming_meetings(found):
    """Announced meetings of every bloc-year on the page, the nearest first."""
    rows = [row for row in (*found.led, *found.joined, *found.followed) if row.next_meeting]
    unique = {row.next_meeting.pk: row for row in rows}
    return sorted(unique.values(), key=lambda row: row.next_meeting.starts_on)[:5]

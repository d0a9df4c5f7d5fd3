"""Award catalogue, the letter with its lines and items, decisions and the register of grants."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from awards.enums import (
    FINAL_ITEM_STATES,
    AwardCategory,
    AwardLevel,
    AwardSubject,
    DecisionState,
    ItemState,
    ProposalState,
    RewardKind,
)
from blocs.enums import AssignmentRole, YearState
from blocs.models import Assignment, BlocOffice, BlocYear, Unit
from blocs.scope import member_bloc_year_ids, scope_of
from common.actor import once_a_request
from common.constraints import both_or_neither, dates_in_order, state_known
from common.dated import DatedQuerySetMixin
from common.fields import FoldedField
from common.models import AppendOnlyQuerySet, Versioned
from documents.models import Paper
from meetings.models import Meeting


class AwardKind(models.Model):
    """Danh hiệu thi đua or hình thức khen thưởng: the catalogue that the province edits (domain §1.3)."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=200)
    synonyms = models.TextField("tên gọi khác", blank=True, help_text="Mỗi dòng một tên.")
    category = models.CharField("phân loại", max_length=10, choices=AwardCategory)
    subject = models.CharField("đối tượng", max_length=12, choices=AwardSubject)
    level = models.CharField("cấp", max_length=12, choices=AwardLevel)
    decider = models.CharField("thẩm quyền quyết định", max_length=200, blank=True)
    standard = models.TextField("tiêu chuẩn", blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    is_confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    coefficient_person = models.DecimalField("hệ số thưởng cá nhân", max_digits=6, decimal_places=2, null=True, blank=True)
    coefficient_collective = models.DecimalField(
        "hệ số thưởng tập thể", max_digits=6, decimal_places=2, null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField("thứ tự từ cao xuống thấp", default=100)
    is_active = models.BooleanField("đang dùng", default=True)
    search = FoldedField(source="label_for_search")

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        verbose_name_plural = "danh mục danh hiệu, hình thức khen thưởng"
        ordering = ["rank", "name"]

    def __str__(self):
        return self.name

    @property
    def label_for_search(self):
        return f"{self.name} {self.synonyms}"


class CouncilMemberQuerySet(DatedQuerySetMixin, models.QuerySet):
    def has_seat(self, user):
        """Whether the user sits on the council today; asked once a request."""
        if user is None or not user.is_authenticated or not user.is_active:
            return False
        seats = self.on(timezone.localdate()).filter(user=user)
        return once_a_request(("council", user.pk), seats.exists)


class CouncilMember(models.Model):
    """Ủy viên Hội đồng Thi đua - Khen thưởng, from a day to a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="council_seats", verbose_name="tài khoản"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="council_members", verbose_name="đơn vị công tác"
    )
    title = models.CharField("chức danh trong Hội đồng", max_length=200, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = CouncilMemberQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ủy viên Hội đồng"
        verbose_name_plural = "ủy viên Hội đồng"
        constraints = [dates_in_order(name="a_council_seat_ends_after_it_starts")]

    def __str__(self):
        return str(self.user)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list side of `awards.view_proposal`; a test keeps the two equal."""
        return self.filter(visible_letters(user))

    def for_table(self):
        return self.select_related("bloc_year__bloc", "bloc_year__year", "meeting", "sent_by", "received_by")


def visible_letters(user, prefix=""):
    """The condition "the user may see the letter", for rows that reach it through `prefix`."""
    scope = scope_of(user)
    organiser = f"{prefix}bloc_year__bloc__organiser"
    followed = models.Q(pk__in=[])
    if scope.is_standing_agency:
        followed = models.Q(**{f"{organiser}__isnull": True}) | models.Q(**{f"{organiser}__in": scope.standing_ids})
    sent = ~models.Q(**{f"{prefix}state": ProposalState.DRAFT})
    is_open = models.Q(**{f"{prefix}bloc_year__year__state": YearState.OPEN})
    led = models.Q(**{f"{prefix}bloc_year__in": scope.led_ids})
    has_account = models.Q(**{f"{prefix}bloc_year__in": bloc_years_with_account()})
    works = is_open & (led | (followed & ~has_account))
    if CouncilMember.objects.has_seat(user):
        return works | sent
    member = models.Q(**{f"{prefix}bloc_year__in": member_bloc_year_ids(scope.unit_ids)})
    return works | (sent & (member | followed))


def bloc_years_with_account():
    """Bloc-years where somebody of a unit in office can sign in today: the list side of `has_secretariat_account`."""
    today = timezone.localdate()
    staff = Assignment.objects.on(today).filter(role=AssignmentRole.STAFF, user__is_active=True).values("unit")
    return BlocOffice.objects.active(today).filter(unit__in=staff).values("bloc_year")


class Proposal(Versioned):
    """Tờ trình đề nghị khen thưởng: one letter of a bloc-year, with lines by award."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="proposals", verbose_name="khối trong năm")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="hội nghị bình xét"
    )
    state = models.CharField("trạng thái", max_length=10, choices=ProposalState, default=ProposalState.DRAFT, editable=False)
    addressee = models.CharField("kính gửi", max_length=200, default="Hội đồng Thi đua - Khen thưởng tỉnh")
    grounds = models.TextField("căn cứ", blank=True, max_length=4000, help_text="Mỗi dòng một căn cứ.")
    opening = models.TextField("phần mở đầu", blank=True, max_length=4000)
    entered_on_behalf = models.BooleanField("cơ quan thường trực nhập thay", default=False, editable=False)
    sent_at = models.DateTimeField("trình lúc", null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người trình",
    )
    # Which text of the law a dossier is judged by follows from the day it was received (CLK-3).
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người tiếp nhận",
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    search = FoldedField(source="label_for_search")

    objects = ProposalQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "tờ trình đề nghị khen thưởng"
        verbose_name_plural = "tờ trình đề nghị khen thưởng"
        ordering = ["-pk"]
        constraints = [
            state_known(ProposalState, name="proposal_state_known"),
            both_or_neither("sent_at", "sent_by", name="proposal_sent_at_by"),
            both_or_neither("received_at", "received_by", name="proposal_received_at_by"),
        ]

    def __str__(self):
        return f"Tờ trình đề nghị khen thưởng {self.bloc_year}"

    @property
    def label_for_search(self):
        return f"{self} {self.bloc_year.bloc.name}"

    def get_absolute_url(self):
        return reverse("awards:proposal", args=[self.pk])

    @property
    def missing_to_submit(self):
        """What a letter needs before it goes to the council."""
        missing = [] if self.addressee.strip() else ["nơi nhận (kính gửi)"]
        lines = list(self.lines.all())
        if not lines:
            missing.append("ít nhất một dòng đề nghị")
        models.prefetch_related_objects(lines, "items")
        missing += [f"tên đơn vị hoặc số lượng ở dòng “{line}”" for line in lines if not line.items.all()]
        return missing

    @property
    def missing_to_close(self):
        """A letter is closed when every item has come to its end."""
        lines = list(self.lines.all())
        models.prefetch_related_objects(lines, "items")
        waiting = sum(item.state not in FINAL_ITEM_STATES for line in lines for item in line.items.all())
        return [f"kết quả của {waiting} đề nghị"] if waiting else []

    @property
    def days_waiting(self):
        """Days since the letter was sent; None for a draft."""
        return (timezone.localdate() - timezone.localdate(self.sent_at)).days if self.sent_at else None


class ProposalLine(models.Model):
    """Dòng đề nghị: one award, the number the source declares and the nominees it lists; both are kept (N12)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines", verbose_name="tờ trình")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    award = models.ForeignKey(AwardKind, models.PROTECT, related_name="lines", verbose_name="hình thức đề nghị")
    wording = models.CharField("cách ghi trong biên bản", max_length=200, blank=True)
    reward_kind = models.CharField("loại hình", max_length=12, choices=RewardKind, default=RewardKind.MERIT)
    declared_count = models.PositiveSmallIntegerField("số lượng ghi trong biên bản", null=True, blank=True)

    class Meta:
        verbose_name = "dòng đề nghị"
        verbose_name_plural = "dòng đề nghị"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.wording or self.award.name


class ProposalItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items of the letters the user may see."""
        return self.filter(visible_letters(user, "line__proposal__"))

    def for_work(self):
        """With everything that the rules ask about an item."""
        return self.select_related(
            "unit", "line__award", "line__proposal__bloc_year__bloc", "line__proposal__bloc_year__year"
        )


class ProposalItem(models.Model):
    """Một đề nghị: a unit, a person, another collective by name, or only a number of nominees (cases 33, 50)."""

    line = models.ForeignKey(ProposalLine, models.CASCADE, related_name="items", verbose_name="dòng đề nghị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=ItemState, default=ItemState.PROPOSED, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="proposal_items", verbose_name="đơn vị"
    )
    nominee_name = models.CharField(
        "tập thể khác hoặc cá nhân", max_length=200, blank=True, help_text="Khi không phải là đơn vị trong danh mục."
    )
    is_person = models.BooleanField("là cá nhân", default=False)
    person_title = models.CharField("chức vụ, nơi công tác", max_length=250, blank=True)
    nameless_count = models.PositiveSmallIntegerField("chỉ có số lượng", null=True, blank=True)
    achievements = models.TextField("tóm tắt thành tích", blank=True, max_length=4000)
    return_reason = models.TextField("lý do trả lại", blank=True, max_length=2000, editable=False)
    search = FoldedField(source="nominee_name")

    objects = ProposalItemQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị"
        verbose_name_plural = "đề nghị"
        ordering = ["position", "pk"]
        constraints = [
            state_known(ItemState, name="item_state_known"),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, nominee_name="", nameless_count__isnull=True)
                | (models.Q(unit__isnull=True, nameless_count__isnull=True) & ~models.Q(nominee_name=""))
                | models.Q(unit__isnull=True, nominee_name="", nameless_count__isnull=False),
                name="an_item_is_a_unit_a_name_or_a_number",
                violation_error_message="Mỗi đề nghị là một đơn vị, một tên gọi hoặc một con số.",
            ),
            models.UniqueConstraint(
                fields=["line", "unit"],
                # A unit that was withdrawn may be proposed again on the same line.
                condition=~models.Q(state=ItemState.WITHDRAWN),
                name="a_unit_stands_once_on_a_line",
                violation_error_message="Đơn vị đã có trong dòng đề nghị này.",
            ),
        ]

    def __str__(self):
        if self.nameless_count is not None:
            return f"{self.nameless_count} trường hợp chưa có tên"
        return self.nominee_name or str(self.unit)

    def get_absolute_url(self):
        return reverse("awards:proposal", args=[self.line.proposal_id])

    @property
    def count(self):
        """How many nominees the row stands for."""
        return 1 if self.nameless_count is None else self.nameless_count

    @property
    def is_final(self):
        return self.state in FINAL_ITEM_STATES


class ProposalStep(models.Model):
    """Bước xử lý: who moved the letter or an item, from where to where, with which note; nobody deletes it (F74)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps", verbose_name="tờ trình")
    item = models.ForeignKey(ProposalItem, models.PROTECT, null=True, related_name="steps", verbose_name="đề nghị")
    from_state = models.CharField("từ trạng thái", max_length=10)
    to_state = models.CharField("đến trạng thái", max_length=10)
    note = models.TextField("ý kiến", blank=True)
    legal_ground = models.CharField("căn cứ pháp lý", max_length=300, blank=True)
    at = models.DateTimeField("thời điểm", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thực hiện")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Published ones; one that is held back only to the agency that follows every bloc it grants to (F81)."""
        published = models.Q(state=DecisionState.PUBLISHED)
        scope = scope_of(user)
        if not scope.is_standing_agency:
            return self.filter(published)
        organiser = "line__proposal__bloc_year__bloc__organiser"
        foreign = ProposalItem.objects.filter(decisions=models.OuterRef("pk"), **{f"{organiser}__isnull": False})
        foreign = foreign.exclude(**{f"{organiser}__in": scope.standing_ids})
        return self.filter(published | ~models.Exists(foreign))


class Decision(Versioned):
    """Quyết định khen thưởng: its paper, and what it grants; hidden until published (F81, F82)."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="award_decision", verbose_name="văn bản")
    # What is to be granted when it is published; until then no row of the register exists.
    items = models.ManyToManyField(ProposalItem, related_name="decisions", verbose_name="đề nghị được khen thưởng")
    state = models.CharField("trạng thái", max_length=10, choices=DecisionState, default=DecisionState.DRAFT, editable=False)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    recorded_at = models.DateTimeField("ghi nhận lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người công bố",
    )

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-paper__issued_on", "-pk"]
        constraints = [
            state_known(DecisionState, name="decision_state_known"),
            both_or_neither("published_at", "published_by", name="decision_published_at_by"),
        ]

    def __str__(self):
        return f"Quyết định số {self.paper.number} ngày {self.paper.issued_on:%d/%m/%Y}"

    @property
    def missing_to_publish(self):
        """Publishing needs the file of the decision and somebody to grant to (F82)."""
        missing = [] if self.paper.file else ["tệp PDF của quyết định"]
        return missing if self.items.exists() else [*missing, "đề nghị được khen thưởng"]

    def get_absolute_url(self):
        return reverse("awards:decision", args=[self.pk])


class GrantQuerySet(models.QuerySet):
    def public(self):
        """Granted by a published decision and not revoked: the only award facts a reader sees (WEB-7)."""
        return self.filter(decision__state=DecisionState.PUBLISHED, revoked_on__isnull=True)

    def for_table(self):
        return self.select_related("award", "unit", "bloc_year__bloc", "bloc_year__year", "decision__paper__issuer")


class Grant(models.Model):
    """Sổ khen thưởng: one award given to one recipient; revoked, never deleted (DDL-7)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grants", verbose_name="quyết định")
    item = models.OneToOneField(
        ProposalItem, models.PROTECT, null=True, blank=True, related_name="grant", verbose_name="đề nghị"
    )
    award = models.ForeignKey(AwardKind, models.PROTECT, related_name="grants", verbose_name="hình thức")
    reward_kind = models.CharField("loại hình", max_length=12, choices=RewardKind, default=RewardKind.MERIT)
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="khối trong năm"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="đơn vị")
    recipient_name = models.CharField("tên ghi trong quyết định", max_length=200)
    is_person = models.BooleanField("là cá nhân", default=False)
    period = models.CharField("thành tích năm, giai đoạn", max_length=80, blank=True)
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True, editable=False)
    revocation_note = models.CharField("lý do, văn bản thu hồi", max_length=500, blank=True, editable=False)
    search = FoldedField(source="recipient_name")

    objects = GrantQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "sổ khen thưởng"
        ordering = ["award__rank", "pk"]

    def __str__(self):
        return f"{self.award}: {self.recipient_name}"

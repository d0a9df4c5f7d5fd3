"""Blocs, emulation years, who is a member when."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from blocs.enums import BlocAct, BlocKind, BlocWord, DeadlineStage, RotationPolicy, YearKind, YearState
from blocs.models.units import Unit
from common.constraints import dates_in_order, state_known
from common.dated import DatedQuerySetMixin, on_day
from common.fields import FoldedField, SortKeyField
from documents.models import Paper


class EmulationYear(models.Model):
    """Năm thi đua: a period with a label, never a bare integer (CAL-1)."""

    label = models.CharField("tên năm", max_length=60, unique=True, help_text="Ví dụ: 2021; năm học 2010 – 2011.")
    slug = models.SlugField("phần địa chỉ", max_length=60, unique=True)
    kind = models.CharField("loại năm", max_length=10, choices=YearKind, default=YearKind.CALENDAR)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    state = models.CharField("trạng thái", max_length=10, choices=YearState, default=YearState.OPEN, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "năm thi đua"
        verbose_name_plural = "năm thi đua"
        ordering = ["-starts_on"]
        constraints = [
            state_known(YearState, name="emulation_year_state_known"),
            dates_in_order(name="an_emulation_year_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.label

    @property
    def title(self):
        """ "Năm 2021", but "Năm học 2010 – 2011"."""
        return f"Năm {self.label}" if self.kind == YearKind.CALENDAR else self.label[:1].upper() + self.label[1:]


class YearDeadline(models.Model):
    """Hạn của tỉnh trong năm: the only dates that come from the province; meetings are the bloc's own (CAL-2)."""

    year = models.ForeignKey(EmulationYear, models.CASCADE, related_name="deadlines", verbose_name="năm thi đua")
    name = models.CharField("việc", max_length=200)
    due_on = models.DateField("hạn cuối")
    stage = models.CharField(
        "hội nghị phải họp trước hạn",
        max_length=10,
        choices=DeadlineStage,
        blank=True,
        default=DeadlineStage.ANY,
        help_text="Khi khối dự kiến họp sau hạn này, hệ thống nhắc.",
    )

    class Meta:
        verbose_name = "hạn của tỉnh"
        verbose_name_plural = "hạn của tỉnh"
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"{self.name}: {self.due_on:%d/%m/%Y}"


class BlocQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("sort_key", "pk")

    def existing_on(self, day):
        """Blocs founded by that day and not yet dissolved; a bloc without a founding day always existed."""
        founded = models.Q(founded_on__isnull=True) | models.Q(founded_on__lte=day)
        return self.filter(founded).filter(models.Q(dissolved_on__isnull=True) | models.Q(dissolved_on__gt=day))

    def named_on(self, day):
        """Each bloc with `name_on_day` and `short_name_on_day`: what it was called that day, else its present names."""
        names = BlocName.objects.filter(on_day(day), bloc=OuterRef("pk")).order_by("-starts_on")
        return self.annotate(
            name_on_day=Coalesce(Subquery(names.values("name")[:1]), "name"),
            short_name_on_day=Coalesce(Subquery(names.values("short_name")[:1]), "short_name"),
        )

    def matching(self, text):
        """Blocs whose name, former name, short name, number or alias holds every word of an already folded text."""
        rows = self
        for word in text.split():
            aliases = BlocAlias.objects.filter(search__contains=word).values("bloc")
            names = BlocName.objects.filter(search__contains=word).values("bloc")
            rows = rows.filter(models.Q(search__contains=word) | models.Q(pk__in=aliases) | models.Q(pk__in=names))
        return rows


class Bloc(models.Model):
    """Khối thi đua, cụm thi đua: known by its record, neither by number nor by name (case 57)."""

    slug = models.SlugField("phần địa chỉ", max_length=80, unique=True)
    word = models.CharField("tên gọi", max_length=10, choices=BlocWord, default=BlocWord.BLOC)
    kind = models.CharField("loại khối", max_length=12, choices=BlocKind, default=BlocKind.AGENCY)
    number = models.CharField("số của khối", max_length=20, blank=True)
    name = models.CharField("tên đầy đủ", max_length=250)
    short_name = models.CharField("tên ngắn", max_length=120, blank=True)
    organiser = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organised_blocs",
        verbose_name="cơ quan theo dõi khối",
        help_text="Cơ quan thường trực Hội đồng theo dõi khối; để trống thì mọi cơ quan thường trực cùng theo dõi.",
    )
    run_by = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="run_blocs",
        verbose_name="cơ quan tổ chức khối",
        help_text="Chỉ ghi khi khối do cơ quan được ủy quyền, hoặc do bộ, ngành trung ương tổ chức.",
    )
    province = models.CharField("tỉnh, thành phố", max_length=60, blank=True)
    founding_paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="founded_blocs",
        verbose_name="quyết định thành lập",
    )
    founded_on = models.DateField("ngày thành lập", null=True, blank=True)
    dissolved_on = models.DateField("ngày giải thể", null=True, blank=True)
    search = FoldedField(source="label_for_search")
    sort_key = SortKeyField(source="name", db_index=True)

    objects = BlocQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    class Meta:
        verbose_name = "khối thi đua"
        verbose_name_plural = "khối thi đua"
        constraints = [
            dates_in_order(name="a_bloc_ends_after_it_starts", start="founded_on", end="dissolved_on"),
        ]

    def __str__(self):
        return getattr(self, "name_on_day", self.name)

    def get_absolute_url(self):
        return reverse("portal:bloc", args=[self.slug])

    @property
    def label_for_search(self):
        return f"{self.name} {self.short_name} {self.number}"

    @property
    def label(self):
        """The short name where there is one."""
        return getattr(self, "short_name_on_day", self.short_name) or str(self)

    @property
    def last_day(self):
        """The last day on which the bloc existed, None while it does."""
        return self.dissolved_on - timedelta(days=1) if self.dissolved_on else None

    @property
    def is_provincial(self):
        """A unit competes in one provincial bloc at a time; beside it it may sit in a cluster of its sector."""
        return self.kind != BlocKind.SECTOR

    def name_on(self, day):
        """What the bloc was called that day, for a paper of that day."""
        for row in self.names.all():
            if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day):
                return row.name
        return self.name


class BlocAlias(models.Model):
    """Tên gọi khác của khối: one article alone may use three (case 46)."""

    bloc = models.ForeignKey(Bloc, models.CASCADE, related_name="aliases", verbose_name="khối")
    text = models.CharField("tên gọi khác", max_length=250)
    search = FoldedField(source="text")

    class Meta:
        verbose_name = "tên gọi khác của khối"
        verbose_name_plural = "tên gọi khác của khối"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc", "text"],
                name="a_bloc_alias_stands_once",
                violation_error_message="Tên gọi này đã có cho khối.",
            )
        ]

    def __str__(self):
        return self.text


class BlocNameQuerySet(DatedQuerySetMixin, models.QuerySet):
    pass


class BlocName(models.Model):
    """Tên khối theo thời gian: a renamed bloc stays one bloc; `Bloc.name` is the present one."""

    bloc = models.ForeignKey(Bloc, models.CASCADE, related_name="names", verbose_name="khối")
    name = models.CharField("tên đầy đủ", max_length=250)
    short_name = models.CharField("tên ngắn", max_length=120, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    search = FoldedField(source="name")

    objects = BlocNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên khối"
        verbose_name_plural = "tên khối"
        ordering = ["starts_on"]
        constraints = [
            dates_in_order(name="a_bloc_name_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["bloc"],
                condition=models.Q(ends_on=None),
                name="a_bloc_has_one_present_name",
                violation_error_message="Khối đang có một tên khác chưa kết thúc.",
            ),
        ]

    def __str__(self):
        return self.name


class BlocPaper(models.Model):
    """Văn bản về khối: founded, re-formed, delegated or dissolved by it; which paper replaces which stands in `Paper`."""

    bloc = models.ForeignKey(Bloc, models.CASCADE, related_name="papers", verbose_name="khối")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="bloc_papers", verbose_name="văn bản")
    act = models.CharField("nội dung", max_length=10, choices=BlocAct)
    effective_on = models.DateField("có hiệu lực từ ngày")

    class Meta:
        verbose_name = "văn bản về khối"
        verbose_name_plural = "văn bản về khối"
        ordering = ["effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc", "paper", "act"],
                name="a_paper_does_one_thing_once_to_a_bloc",
                violation_error_message="Văn bản này đã được ghi cho khối.",
            )
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.paper}"


class BlocGroup(models.Model):
    """Nhóm trong khối: optional (case 58: a cluster of six divided in two groups)."""

    bloc = models.ForeignKey(Bloc, models.CASCADE, related_name="groups", verbose_name="khối")
    name = models.CharField("tên nhóm", max_length=100)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "nhóm trong khối"
        verbose_name_plural = "nhóm trong khối"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc", "name"],
                name="a_group_name_stands_once_in_a_bloc",
                violation_error_message="Khối đã có nhóm tên này.",
            )
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(DatedQuerySetMixin, models.QuerySet):
    def in_order(self):
        """The order of the founding decision."""
        return self.order_by("position", "pk")


class Membership(models.Model):
    """Thành viên khối: from a day to a day, in the order of the decision (F3)."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="memberships", verbose_name="khối")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="theo văn bản"
    )
    group = models.ForeignKey(
        BlocGroup, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="nhóm"
    )
    is_counted = models.BooleanField("tính vào số thành viên", default=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "thành viên khối"
        verbose_name_plural = "thành viên khối"
        constraints = [
            dates_in_order(name="a_membership_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["bloc", "unit"],
                condition=models.Q(ends_on=None),
                name="a_unit_is_a_member_once_at_a_time",
                violation_error_message="Đơn vị đang là thành viên của khối.",
            ),
            models.UniqueConstraint(
                fields=["bloc", "unit", "starts_on"],
                name="a_membership_starts_once_a_day",
                violation_error_message="Đơn vị đã vào khối đúng ngày này.",
            ),
        ]

    def __str__(self):
        return f"{self.unit} – {self.bloc}"

    def clean(self):
        """The same unit is a member of a bloc once on any day; the services ask first, with the dates in the sentence."""
        if self.unit_id is None or self.bloc_id is None or self.starts_on is None:
            return
        rows = Membership.objects.filter(bloc=self.bloc_id, unit=self.unit_id).exclude(pk=self.pk)
        if rows.in_period(self.starts_on, self.ends_on).exists():
            raise ValidationError("Đơn vị đã là thành viên của khối vào một ngày trong thời gian này.")


class BlocYearQuerySet(models.QuerySet):
    def for_work(self):
        """With the bloc, the year, and what the bloc was called in it."""
        then = BlocName.objects.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=OuterRef("year__ends_on")),
            bloc=OuterRef("bloc"),
            starts_on__lte=OuterRef("year__ends_on"),
        ).order_by("-starts_on")
        return self.select_related("bloc", "year").annotate(
            name_then=Coalesce(Subquery(then.values("name")[:1]), F("bloc__name")),
            short_name_then=Coalesce(Subquery(then.values("short_name")[:1]), F("bloc__short_name")),
        )


class BlocYear(models.Model):
    """Khối trong một năm thi đua: the workplace. How far the year has come is read from its records, not stored."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="khối")
    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="bloc_years", verbose_name="năm thi đua")
    theme = models.CharField("chủ đề thi đua", max_length=300, blank=True)
    rotation_policy = models.CharField("cách luân phiên", max_length=20, choices=RotationPolicy, default=RotationPolicy.FREE)
    term_years = models.PositiveSmallIntegerField(
        "nhiệm kỳ của khối trưởng (năm)", default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    declared_members = models.PositiveSmallIntegerField("số thành viên ghi trong văn bản", null=True, blank=True)
    leader_counted = models.BooleanField("số đó đã tính cả khối trưởng", default=True)

    objects = BlocYearQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "khối trong năm"
        verbose_name_plural = "khối trong năm"
        ordering = ["-year__starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc", "year"],
                name="a_bloc_has_one_record_a_year",
                violation_error_message="Khối đã được mở cho năm này.",
            )
        ]

    def __str__(self):
        return f"{self.bloc_label}, {self.year.title.lower()}"

    def get_absolute_url(self):
        return reverse("portal:bloc-year-work", args=[self.bloc.slug, self.year.slug])

    def get_public_url(self):
        return reverse("portal:bloc-year", args=[self.bloc.slug, self.year.slug])

    def memberships_on(self, day):
        """Memberships in force on that day, in the order of the decision, each unit named as of the day."""
        units = Unit.objects.named_on(day)
        rows = self.bloc.memberships.filter(on_day(day)).in_order()
        return rows.prefetch_related(models.Prefetch("unit", queryset=units))

    @property
    def reference_day(self):
        """The day at which the member list of the year is taken: its last day, or the bloc's last day within it (ORG-R3)."""
        last = self.bloc.last_day
        return last if last and self.year.starts_on <= last <= self.year.ends_on else self.year.ends_on

    @cached_property
    def bloc_name(self):
        """What the bloc was called in that year: pages and papers of the year print it."""
        return getattr(self, "name_then", None) or self.bloc.name_on(self.year.ends_on)

    @property
    def bloc_label(self):
        """The short name of that year where there is one; of a row not read by `for_work`, the present one."""
        if hasattr(self, "name_then"):
            return self.short_name_then or self.name_then
        return self.bloc.label

    @property
    def memberships(self):
        return self.memberships_on(self.reference_day)


class Movement(models.Model):
    """Phong trào thi đua of the year; the unit is empty when it is the whole bloc's or an upper level's (seed-01)."""

    bloc_year = models.ForeignKey(BlocYear, models.CASCADE, related_name="movements", verbose_name="khối trong năm")
    name = models.CharField("tên phong trào", max_length=300)
    launched_by = models.CharField("cấp phát động", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="movements", verbose_name="đơn vị phát động"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

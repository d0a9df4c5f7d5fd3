"""Units and the people who work for them."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from blocs.enums import AssignmentRole
from common.constraints import dates_in_order
from common.dated import DatedQuerySetMixin, on_day
from common.fields import FoldedField, SortKeyField
from documents.models import Issuer


class UnitKind(models.Model):
    """Loại đơn vị: an open list that the province edits (domain: department, union, bank branch, regiment …)."""

    name = models.CharField("tên loại", max_length=100, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại đơn vị"
        verbose_name_plural = "loại đơn vị"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class UnitQuerySet(models.QuerySet):
    def in_order(self):
        """As a Vietnamese dictionary sorts."""
        return self.order_by("sort_key", "code")

    def named_on(self, day):
        """Each unit with `name_on_day`: the name it bore that day, else its present name."""
        names = UnitName.objects.filter(on_day(day), unit=OuterRef("pk")).order_by("-starts_on")
        return self.annotate(name_on_day=Coalesce(Subquery(names.values("name")[:1]), "name"))

    def matching(self, text):
        """Units one of whose names holds every word of a folded text: the present name, a former one, an alias.

        One query per kind of name and not one condition for all of them: that is what an index can answer.
        """
        words = models.Q()
        for word in text.split():
            words &= models.Q(search__contains=word)
        if not words:
            return self
        found = Unit.objects.filter(words).values("pk")
        aliases = UnitAlias.objects.filter(words).order_by().values("unit")
        names = UnitName.objects.filter(words).order_by().values("unit")
        return self.filter(pk__in=found.union(aliases, names, all=True))


class Unit(models.Model):
    """Đơn vị: an agency, Party body, mass organisation, commune or enterprise; a name alone does not identify it.

    `name` is the present name, kept equal to the open row of `names` by `services.rename_unit`.
    """

    code = models.SlugField("mã đơn vị", max_length=40, unique=True)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    kind = models.ForeignKey(UnitKind, models.PROTECT, verbose_name="loại đơn vị", null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="đơn vị cấp trên"
    )
    province = models.CharField("tỉnh, thành phố", max_length=60, blank=True)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, null=True, blank=True, related_name="units", verbose_name="cơ quan ban hành văn bản"
    )
    functions = models.TextField("chức năng, nhiệm vụ", blank=True, max_length=4000)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_standing_agency = models.BooleanField("là cơ quan thường trực Hội đồng", default=False)
    starts_on = models.DateField("thành lập ngày", null=True, blank=True)
    ends_on = models.DateField("kết thúc ngày", null=True, blank=True)
    search = FoldedField(source="label_for_search")
    sort_key = SortKeyField(source="name", db_index=True)

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [dates_in_order(name="a_unit_ends_after_it_starts")]

    def __str__(self):
        return getattr(self, "name_on_day", self.name)

    def get_absolute_url(self):
        return reverse("portal:unit", args=[self.code])

    @property
    def label_for_search(self):
        return f"{self.name} {self.short_name} {self.code}"


class UnitNameQuerySet(DatedQuerySetMixin, models.QuerySet):
    pass


class UnitName(models.Model):
    """Tên đơn vị theo thời gian: a renamed unit stays one unit (ORG-R1)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    search = FoldedField(source="name")

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên đơn vị"
        verbose_name_plural = "tên đơn vị"
        ordering = ["starts_on"]
        constraints = [
            dates_in_order(name="a_unit_name_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(ends_on=None),
                name="a_unit_has_one_present_name",
                violation_error_message="Đơn vị đang có một tên khác chưa kết thúc.",
            ),
        ]

    def __str__(self):
        return self.name


class UnitAlias(models.Model):
    """Tên gọi khác: variants and misspellings that people type for the same unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name="đơn vị")
    text = models.CharField("tên gọi khác", max_length=200)
    search = FoldedField(source="text")

    class Meta:
        verbose_name = "tên gọi khác"
        verbose_name_plural = "tên gọi khác"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "text"],
                name="an_alias_stands_once",
                violation_error_message="Tên gọi này đã có cho đơn vị.",
            )
        ]

    def __str__(self):
        return self.text


class AssignmentQuerySet(DatedQuerySetMixin, models.QuerySet):
    pass


class Assignment(models.Model):
    """Phân công: a user works for a unit from a day to a day; the unit's offices say the rest (design §4)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name="tài khoản")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=10, choices=AssignmentRole, default=AssignmentRole.STAFF)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["-starts_on"]
        constraints = [
            dates_in_order(name="an_assignment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=models.Q(ends_on=None),
                name="an_open_assignment_stands_once",
                violation_error_message="Tài khoản đang được phân công vai trò này tại đơn vị.",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.unit}"

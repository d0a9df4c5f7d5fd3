"""Which unit leads or assists a bloc-year, the person behind it, and the hand-over that ends its rights."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from blocs.enums import OfficeBasis, OfficeRole
from blocs.models.blocs import BlocYear
from blocs.models.units import Unit
from common.constraints import both_or_neither, dates_in_order
from common.dated import DatedQuerySetMixin
from documents.models import Paper


class BlocOfficeQuerySet(DatedQuerySetMixin, models.QuerySet):
    def active(self, day):
        """Offices whose rights run on that day: begun and not handed over, even when the year is past (design §4)."""
        return self.filter(starts_on__lte=day, handed_over_on__isnull=True)

    def in_order(self):
        leader_first = models.Case(
            models.When(role=OfficeRole.LEADER, then=0), models.When(role=OfficeRole.DEPUTY, then=1), default=2
        )
        return self.order_by(leader_first, "order", "starts_on")


class BlocOffice(models.Model):
    """Chức vụ trong khối: held by a unit for a bloc-year or a part of it; a term of two years is two rows."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="offices", verbose_name="khối trong năm")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices", verbose_name="đơn vị")
    role = models.CharField("chức vụ", max_length=10, choices=OfficeRole)
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    basis = models.CharField("căn cứ", max_length=12, choices=OfficeBasis, default=OfficeBasis.ELECTED)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="theo văn bản"
    )
    handed_over_on = models.DateField("bàn giao ngày", null=True, blank=True, editable=False)

    objects = BlocOfficeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "chức vụ trong khối"
        verbose_name_plural = "chức vụ trong khối"
        constraints = [
            dates_in_order(name="an_office_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["bloc_year", "role", "order", "starts_on"],
                name="an_office_is_filled_once_a_day",
                violation_error_message="Chức vụ này đã có đơn vị giữ từ ngày đó.",
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=models.Q(role=OfficeRole.LEADER, handed_over_on=None),
                name="a_bloc_year_has_one_active_leader",
                violation_error_message="Khối đang có khối trưởng khác.",
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "unit"],
                condition=models.Q(handed_over_on=None),
                name="a_unit_holds_one_active_office",
                violation_error_message="Đơn vị đang giữ một chức vụ khác trong khối.",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.bloc_year}: {self.unit}"

    @property
    def title(self):
        """ "Khối trưởng", in a cụm "Cụm trưởng"; deputies beyond the first bear their number."""
        word = self.bloc_year.bloc.get_word_display()
        if self.role == OfficeRole.STANDING:
            return f"Thường trực {word.lower()}"
        name = f"{word} trưởng" if self.role == OfficeRole.LEADER else f"{word} phó"
        return name if self.order == 1 else f"{name} thứ {self.order}"


class OfficeHolderQuerySet(DatedQuerySetMixin, models.QuerySet):
    pass


class OfficeHolder(models.Model):
    """Người đại diện: the person behind the office on a day; the person changes, the unit stays (REG-3)."""

    office = models.ForeignKey(BlocOffice, models.CASCADE, related_name="holders", verbose_name="chức vụ")
    person_name = models.CharField("họ và tên", max_length=120)
    titles = models.JSONField("chức danh", default=list, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = OfficeHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "người đại diện"
        verbose_name_plural = "người đại diện"
        ordering = ["starts_on"]
        constraints = [dates_in_order(name="a_holder_ends_after_start")]

    def __str__(self):
        return self.person_name

    @property
    def titles_text(self):
        return ", ".join(self.titles)


class Handover(models.Model):
    """Bàn giao: ends the rights of every office of a bloc-year; the next year's leader takes over (F14)."""

    bloc_year = models.OneToOneField(BlocYear, models.PROTECT, related_name="handover", verbose_name="khối trong năm")
    handed_over_on = models.DateField("ngày bàn giao")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị bàn giao")
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị nhận bàn giao"
    )
    note = models.TextField("ghi chú", blank=True, max_length=2000)
    recorded_at = models.DateTimeField("ghi nhận lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )

    class Meta:
        verbose_name = "bàn giao"
        verbose_name_plural = "bàn giao"

    def __str__(self):
        return f"Bàn giao {self.bloc_year}"


class HandoverItem(models.Model):
    """Mục bàn giao: one line of the pack made from records, ticked by the unit that gives and the unit that takes (F13)."""

    bloc_year = models.ForeignKey(BlocYear, models.CASCADE, related_name="handover_items", verbose_name="khối trong năm")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    group = models.CharField("nhóm", max_length=40)
    key = models.CharField("mã mục", max_length=80)
    label = models.CharField("nội dung bàn giao", max_length=500)
    detail = models.CharField("chi tiết", max_length=500, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    given_at = models.DateTimeField("bên giao xác nhận lúc", null=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="bên giao"
    )
    received_at = models.DateTimeField("bên nhận xác nhận lúc", null=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="bên nhận"
    )

    class Meta:
        verbose_name = "mục bàn giao"
        verbose_name_plural = "mục bàn giao"
        ordering = ["position", "pk"]
        constraints = [
            both_or_neither("given_at", "given_by", name="handover_item_given_at_by"),
            both_or_neither("received_at", "received_by", name="handover_item_received_at_by"),
            models.UniqueConstraint(
                fields=["bloc_year", "key"],
                name="a_handover_item_stands_once",
                violation_error_message="Mục này đã có trong biên bản bàn giao.",
            ),
        ]

    def __str__(self):
        return self.label

"""The meeting is the hub: what is entered here once becomes minutes, report, letter, offices and news."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from blocs.enums import OfficeBasis, OfficeRole, Qualifier
from blocs.models import BlocOffice, BlocYear, Unit
from blocs.scope import visible_bloc_years
from common.constraints import dates_in_order, state_known
from common.fields import FoldedField
from common.models import Versioned
from common.templatetags.vi import so
from meetings.enums import Capacity, FigureLevel, MeetingKind, MeetingStatus, PartOfDay, PointSection, Presence


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list side of `meetings.view_meeting`; a test keeps the two equal."""
        return self.filter(bloc_year__in=visible_bloc_years(user))

    def for_table(self):
        return self.select_related("bloc_year__bloc", "bloc_year__year", "host").prefetch_related("purposes")


class Meeting(Versioned):
    """Hội nghị của khối: stands under a bloc-year, on whatever day it was held (2021 may close on 11/01/2022)."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="meetings", verbose_name="khối trong năm")
    title = models.CharField("tên hội nghị", max_length=300)
    status = models.CharField(
        "trạng thái", max_length=10, choices=MeetingStatus, default=MeetingStatus.ANNOUNCED, editable=False
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    part_of_day = models.CharField("buổi", max_length=10, choices=PartOfDay, blank=True, default=PartOfDay.NONE)
    starts_at = models.TimeField("giờ bắt đầu", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    host = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="hosted_meetings", verbose_name="đơn vị đăng cai"
    )
    online_points = models.PositiveSmallIntegerField("số điểm cầu trực tuyến", null=True, blank=True)
    headcount = models.PositiveIntegerField("số người dự", null=True, blank=True)
    declared_units = models.PositiveSmallIntegerField("số đơn vị dự ghi trong biên bản", null=True, blank=True)
    attendees = models.CharField("thành phần dự", max_length=300, blank=True)
    entered_on_behalf = models.BooleanField("cơ quan thường trực nhập thay", default=False, editable=False)
    search = FoldedField(source="label_for_search")

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            state_known(MeetingStatus, name="meeting_status_known", field="status"),
            dates_in_order(name="a_meeting_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        year = self.bloc_year
        return reverse("meetings:meeting", args=[year.bloc.slug, year.year.slug, self.pk])

    @property
    def label_for_search(self):
        bloc, year = self.bloc_year.bloc, self.bloc_year.year
        return f"{self.title} {self.place} {bloc.name} {bloc.short_name} {year.label}"

    @property
    def kinds(self):
        """The purposes as `MeetingKind` values, in the order they were chosen."""
        return [MeetingKind(purpose.kind) for purpose in self.purposes.all()]

    @property
    def kinds_text(self):
        """ "Tổng kết, triển khai nhiệm vụ, ký kết giao ước"."""
        text = ", ".join(kind.label for kind in self.kinds)
        return text[:1].upper() + text[1:]

    @property
    def state(self):
        return MeetingStatus(self.status)

    def get_state_display(self):
        return self.get_status_display()

    @property
    def tone(self):
        """Of the coloured label."""
        return {MeetingStatus.ANNOUNCED: "waiting", MeetingStatus.HELD: "ok", MeetingStatus.CLOSED: "done"}[self.status]

    @property
    def missing_to_close(self):
        return ["hội nghị chưa ghi “Đã họp”"] if self.status == MeetingStatus.ANNOUNCED else []

    @property
    def days_text(self):
        """ "Chiều 11/01/2022", "Từ 10/01/2022 đến 11/01/2022"."""
        if self.ends_on and self.ends_on != self.starts_on:
            return f"Từ {self.starts_on:%d/%m/%Y} đến {self.ends_on:%d/%m/%Y}"
        part = self.get_part_of_day_display().removeprefix("buổi ") + " " if self.part_of_day else ""
        text = f"{part}{self.starts_on:%d/%m/%Y}"
        return text[:1].upper() + text[1:]

    @property
    def days_prose(self):
        """ "Chiều ngày 11/01/2022", "Từ ngày 10/01/2022 đến ngày 11/01/2022"."""
        if self.ends_on and self.ends_on != self.starts_on:
            return f"Từ ngày {self.starts_on:%d/%m/%Y} đến ngày {self.ends_on:%d/%m/%Y}"
        part = "ngày"
        if self.part_of_day:
            part = self.get_part_of_day_display().removeprefix("buổi ").removesuffix(" ngày") + " ngày"
        text = f"{part} {self.starts_on:%d/%m/%Y}"
        return text[:1].upper() + text[1:]

    @property
    def last_day(self):
        return self.ends_on or self.starts_on

    @property
    def is_past(self):
        return self.last_day <= timezone.localdate()


class MeetingPurpose(models.Model):
    """Nội dung họp: one of the several kinds of one meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="purposes", verbose_name="hội nghị")
    kind = models.CharField("loại", max_length=12, choices=MeetingKind)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "loại hội nghị"
        verbose_name_plural = "loại hội nghị"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                name="a_meeting_has_a_kind_once",
                violation_error_message="Loại hội nghị này đã chọn.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Participant(models.Model):
    """Người điều hành, khách mời: a person, a unit or both; titles as of that day, in their order."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants", verbose_name="hội nghị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    capacity = models.CharField("tư cách", max_length=10, choices=Capacity)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name="đơn vị"
    )
    person_name = models.CharField("họ và tên", max_length=120, blank=True)
    titles = models.JSONField("chức danh", default=list, blank=True)

    class Meta:
        verbose_name = "người điều hành, khách mời"
        verbose_name_plural = "người điều hành, khách mời"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) | ~models.Q(person_name=""),
                name="a_participant_is_somebody",
                violation_error_message="Hãy ghi họ tên hoặc đơn vị.",
            )
        ]

    def __str__(self):
        return self.person_name or str(self.unit)

    @property
    def titles_text(self):
        return ", ".join(self.titles)


class Attendance(models.Model):
    """Điểm danh: one row per member unit."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="hội nghị")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attendances", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    presence = models.CharField("có mặt", max_length=10, choices=Presence, default=Presence.PRESENT)
    representative = models.CharField("người dự", max_length=200, blank=True)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit"],
                name="a_unit_attends_once",
                violation_error_message="Đơn vị đã có trong danh sách điểm danh.",
            )
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_presence_display()}"


class AgendaItem(models.Model):
    """Mục chương trình: what, and who presented it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="hội nghị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    text = models.CharField("nội dung", max_length=500)
    presenter = models.CharField("người trình bày", max_length=200, blank=True)

    class Meta:
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class Figure(models.Model):
    """Số liệu: an exact number with its unit of measure, its qualifier and its level; entered once (N20)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="figures", verbose_name="hội nghị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    indicator = models.CharField("chỉ tiêu", max_length=300)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, blank=True, default=Qualifier.NONE)
    value = models.DecimalField("giá trị", max_digits=24, decimal_places=4)
    unit_of_measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    denominator = models.DecimalField("trên tổng số", max_digits=24, decimal_places=4, null=True, blank=True)
    level = models.CharField("cấp", max_length=10, choices=FigureLevel, default=FigureLevel.BLOC)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="của đơn vị")
    period = models.CharField("kỳ số liệu", max_length=80, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=FigureLevel.BLOC, unit__isnull=True)
                | models.Q(level=FigureLevel.UNIT, unit__isnull=False),
                name="a_figure_of_a_unit_names_the_unit",
                violation_error_message="Số liệu của đơn vị phải ghi rõ đơn vị; số liệu toàn khối thì không.",
            )
        ]

    def __str__(self):
        return self.indicator

    @property
    def value_text(self):
        """ "hơn 845 đơn vị máu", "4/8 đơn vị", "100 %": the word before the number and the whole never get lost."""
        word = self.get_qualifier_display() if self.qualifier else ""
        whole = "" if self.denominator is None else f"/{so(self.denominator)}"
        return " ".join(part for part in (word, so(self.value) + whole, self.unit_of_measure) if part)


class Point(models.Model):
    """Ý: a result, a shortcoming, a conclusion, a next task, or a request with its addressee."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points", verbose_name="hội nghị")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    section = models.CharField("mục", max_length=12, choices=PointSection)
    text = models.TextField("nội dung", max_length=2000)
    addressee = models.CharField("kiến nghị với", max_length=200, blank=True)

    class Meta:
        verbose_name = "ý kiến, kết luận"
        verbose_name_plural = "ý kiến, kết luận"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]


class Election(models.Model):
    """Kết quả bầu: the unit chosen for next year; becomes an office of that bloc-year without retyping (N10)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="elections", verbose_name="hội nghị")
    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="elections", verbose_name="cho năm")
    role = models.CharField("chức vụ", max_length=10, choices=OfficeRole)
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="elections", verbose_name="đơn vị trúng cử")
    basis = models.CharField("cách chọn", max_length=12, choices=OfficeBasis, default=OfficeBasis.ELECTED)
    votes_for = models.PositiveSmallIntegerField("số phiếu đồng ý", null=True, blank=True)
    votes_cast = models.PositiveSmallIntegerField("số phiếu bầu", null=True, blank=True)
    office = models.OneToOneField(
        BlocOffice, models.PROTECT, null=True, editable=False, related_name="election", verbose_name="chức vụ"
    )

    class Meta:
        verbose_name = "kết quả bầu"
        verbose_name_plural = "kết quả bầu"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "role", "order"],
                name="an_office_is_elected_once",
                violation_error_message="Chức vụ này đã có kết quả bầu.",
            ),
            models.CheckConstraint(
                condition=models.Q(votes_for__isnull=True)
                | models.Q(votes_cast__isnull=True)
                | models.Q(votes_for__lte=models.F("votes_cast")),
                name="votes_for_are_among_votes_cast",
                violation_error_message="Số phiếu đồng ý không được lớn hơn số phiếu bầu.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.bloc_year}: {self.unit}"

"""The general part of a meeting, and the two small forms beside it."""

from datetime import date, timedelta

from crispy_forms.layout import HTML, Column, Field, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from blocs.fields import UnitPickField
from common.forms import CleanTextMixin, DateInput, form_helper
from meetings.enums import MeetingKind, MeetingStatus, PartOfDay
from meetings.forms.fields import LARGEST_ID, ClockField, count_field
from meetings.models import Meeting
from meetings.services import (
    faults_of_days,
)

# As the title of a meeting names them: "tổng kết năm 2021, triển khai nhiệm vụ năm 2022, ký kết giao ước".
KINDS_IN_ORDER = [
    MeetingKind.YEAR_END,
    MeetingKind.MID_YEAR,
    MeetingKind.LAUNCH,
    MeetingKind.COVENANT,
    MeetingKind.SCORING,
    MeetingKind.AWARD_ROUND,
    MeetingKind.ELECTION,
    MeetingKind.THEMATIC,
    MeetingKind.BRIEFING,
    MeetingKind.OTHER,
]


class MeetingForm(CleanTextMixin, forms.Form):
    """The general part; `bloc_year` and `meeting` (None for a new one) come from the page."""

    title = forms.CharField(label="Tên hội nghị", max_length=300, error_messages={"required": "Hãy ghi tên hội nghị."})
    kinds = forms.MultipleChoiceField(
        label="Nội dung họp",
        choices=[(kind.value, kind.label[:1].upper() + kind.label[1:]) for kind in KINDS_IN_ORDER],
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn được nhiều nội dung, ví dụ tổng kết, triển khai nhiệm vụ và ký kết giao ước.",
        error_messages={"required": "Hãy chọn ít nhất một nội dung họp."},
    )
    status = forms.ChoiceField(
        label="Tình trạng",
        choices=[
            (MeetingStatus.ANNOUNCED.value, "Sắp họp – mới thông báo, chưa có kết quả"),
            (MeetingStatus.HELD.value, "Đã họp – ghi kết quả"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn hội nghị sắp họp hay đã họp."},
    )
    starts_on = forms.DateField(
        label="Ngày họp",
        widget=DateInput,
        error_messages={"required": "Hãy ghi ngày họp.", "invalid": "Ngày họp phải theo dạng dd/mm/yyyy, ví dụ 11/01/2022."},
    )
    ends_on = forms.DateField(
        label="Đến ngày",
        required=False,
        widget=DateInput,
        help_text="Bỏ trống khi họp trong một ngày.",
        error_messages={"invalid": "Ngày kết thúc phải theo dạng dd/mm/yyyy."},
    )
    part_of_day = forms.ChoiceField(
        label="Buổi",
        required=False,
        choices=[("", "Không ghi"), *((part.value, part.label.capitalize()) for part in PartOfDay if part.value)],
    )
    starts_at = ClockField(
        label="Giờ bắt đầu",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:00", "autocomplete": "off"}),
        error_messages={"invalid": "Giờ phải theo dạng 24 giờ, ví dụ 14:00."},
    )
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    host = UnitPickField(label="Đơn vị đăng cai", required=False)
    attendees = forms.CharField(
        label="Thành phần dự",
        max_length=300,
        required=False,
        help_text="Ví dụ: đại diện lãnh đạo và cán bộ phụ trách thi đua các đơn vị.",
    )
    declared_units = count_field("Số đơn vị dự ghi trong biên bản", 1000)
    headcount = count_field("Số người dự", 1_000_000)
    online_points = count_field("Số điểm cầu trực tuyến", 10_000)
    version = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Trang này đã hỏng; xin mở lại hội nghị rồi nhập tiếp."},
    )

    def __init__(self, *args, bloc_year, meeting=None, matcher=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc_year, self.meeting = bloc_year, meeting
        if matcher is not None:
            self.fields["host"].share_matcher(matcher)
        if meeting is not None and meeting.status != MeetingStatus.ANNOUNCED:
            # What was held cannot become announced again.
            self.fields["status"].choices = [(MeetingStatus.HELD.value, MeetingStatus.HELD.label)]
        self.helper = form_helper(
            HTML('<section class="page-section" id="thong-tin-chung"><h2>Thông tin chung</h2>'),
            Field("version"),
            Field("title"),
            Row(Column("status", css_class="col-md-5"), Column("kinds", css_class="col-md-7 choices-in-columns")),
            Row(
                Column("starts_on", css_class="col-6 col-lg-3"),
                Column("ends_on", css_class="col-6 col-lg-3"),
                Column("part_of_day", css_class="col-6 col-lg-3"),
                Column("starts_at", css_class="col-6 col-lg-3"),
            ),
            Row(Column("place", css_class="col-md-6"), Column("host", css_class="col-md-6")),
            Field("attendees"),
            Row(
                Column("declared_units", css_class="col-md-4"),
                Column("headcount", css_class="col-md-4"),
                Column("online_points", css_class="col-md-4"),
            ),
            HTML("</section>"),
        )

    def clean_starts_on(self):
        return self._sensible(self.cleaned_data["starts_on"])

    def clean_ends_on(self):
        return self._sensible(self.cleaned_data["ends_on"])

    def _sensible(self, day):
        if day is not None and not date(1945, 9, 2) <= day <= timezone.localdate() + timedelta(days=1830):
            raise ValidationError("Năm của ngày họp không hợp lý; xin kiểm tra lại.")
        return day

    def clean(self):
        cleaned = super().clean()
        if {"status", "starts_on", "ends_on"} <= cleaned.keys():
            last_day = cleaned["ends_on"] or cleaned["starts_on"]
            for fault in faults_of_days(cleaned["status"], cleaned["starts_on"], last_day):
                self.add_error("ends_on" if cleaned["ends_on"] else "starts_on", fault)
        if self.meeting is None and {"title", "starts_on"} <= cleaned.keys():
            same = Meeting.objects.filter(bloc_year=self.bloc_year, title=cleaned["title"], starts_on=cleaned["starts_on"])
            # A double click on "Lưu" must not make two meetings.
            if same.exists():
                raise ValidationError("Hội nghị cùng tên, cùng ngày đã có trong danh sách của khối.", code="duplicate")
        if self.meeting is not None and not cleaned.get("version") and "version" not in self.errors:
            raise ValidationError("Trang này đã hỏng; xin mở lại hội nghị rồi nhập tiếp.", code="version")
        return cleaned


class ReopenForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(
        label="Lý do mở lại",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do mở lại biên bản."},
    )

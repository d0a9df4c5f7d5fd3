"""One page for everything a meeting decided: the general part and six lists, bound, checked and saved together."""

import re
from datetime import date, timedelta

from crispy_forms.layout import HTML, Column, Field, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from blocs.enums import OfficeBasis, OfficeRole, Qualifier
from blocs.fields import UnitPickField
from blocs.matching import UnitMatcher
from blocs.models import Unit
from common.forms import CleanTextMixin, DateInput, form_helper
from common.templatetags.vi import so
from common.text import clean_text, fold
from meetings.amounts import Amount, NotAnAmount, parse_amount
from meetings.enums import Capacity, MeetingKind, MeetingStatus, PartOfDay, PointSection, Presence
from meetings.models import Meeting
from meetings.reports import FAR, attendance_units
from meetings.services import (
    AgendaInput,
    AttendanceInput,
    ElectionInput,
    FigureInput,
    MeetingInput,
    ParticipantInput,
    PointInput,
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
MEMBERS_LIST = "ds-thanh-vien"
# More rows than any meeting had; a forged number of rows makes no endless page.
MOST_ROWS = 150
_LARGEST_ID = 2**31 - 1


class ClockField(forms.TimeField):
    """14:00, 14h, 14h30, 14 giờ, 14 giờ 30 phút."""

    def to_python(self, value):
        if isinstance(value, str):
            found = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:h|g|giờ|:)\s*([0-9]{1,2})?\s*(?:phút|p)?\s*", value.casefold())
            value = f"{found.group(1)}:{found.group(2) or '00'}" if found else value
        return super().to_python(value)


class LinesField(forms.CharField):
    """A list of texts typed one per line."""

    def __init__(self, **kwargs):
        rows = kwargs.pop("rows", 2)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = clean_text(super().clean(value) or "").split("\n")
        return tuple(line for line in lines if line)


class AmountField(forms.CharField):
    """Cleans to an Amount: the exact number and what was typed beside it."""

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else so(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text)
        except NotAnAmount as error:
            raise ValidationError(str(error), code="amount") from error


def _count(label, most, **kwargs):
    messages = {
        "invalid": "Hãy ghi một số nguyên.",
        "min_value": "Số không được nhỏ hơn 0.",
        "max_value": f"Số không được lớn hơn {so(most)}.",
    }
    # A text box: arrow keys and the wheel change a number field without being noticed.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, widget=widget, error_messages=messages, **kwargs
    )


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
    declared_units = _count("Số đơn vị dự ghi trong biên bản", 1000)
    headcount = _count("Số người dự", 1_000_000)
    online_points = _count("Số điểm cầu trực tuyến", 10_000)
    version = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=_LARGEST_ID,
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


class RowForm(CleanTextMixin, forms.Form):
    """A row that counts only when something was typed into it; `pk` is the record it was opened from."""

    # Fields whose choice alone is nothing typed.
    settled_by_itself = frozenset({"pk"})

    pk = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST_ID, widget=forms.HiddenInput)

    def has_changed(self):
        typed = (name for name in self.fields if name not in self.settled_by_itself and name != "DELETE")
        return any(str(self._typed(name) or "").strip() for name in typed)

    def _typed(self, name):
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    @property
    def is_filled(self):
        return self.has_changed() and not self.cleaned_data.get("DELETE")


class RowFormSet(forms.BaseFormSet):
    """Rows of which empty ones are no rows, whatever the browser says they were."""

    def __init__(self, *args, matcher=None, units=None, **kwargs):
        self.matcher, self.units = matcher, units
        kwargs.setdefault("error_messages", {}).update(
            missing_management_form="Phần này của trang bị hỏng khi gửi; xin kiểm tra lại các dòng rồi lưu lại.",
            too_many_forms=f"Phần này có quá nhiều dòng (nhiều nhất {MOST_ROWS} dòng).",
        )
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "use_required_attribute": False}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.can_delete:
            form.fields["DELETE"].label = "Xóa dòng"
        for field in form.fields.values():
            if isinstance(field, UnitPickField) and self.matcher is not None:
                field.share_matcher(self.matcher)

    @property
    def filled(self):
        """Cleaned data of the rows that count, in their order."""
        return [form.cleaned_data for form in self.forms if form.is_filled]


def _formset(form, formset=RowFormSet, *, extra=1, can_delete=True):
    return forms.formset_factory(
        form,
        formset,
        extra=extra,
        can_delete=can_delete,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


class ParticipantRow(RowForm):
    settled_by_itself = frozenset({"pk", "capacity"})

    capacity = forms.ChoiceField(
        label="Tư cách", choices=[(one.value, one.label.capitalize()) for one in Capacity], initial=Capacity.CHAIR
    )
    person_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    unit = UnitPickField(label="Đơn vị", required=False)
    titles = LinesField(
        label="Chức danh",
        max_length=1000,
        required=False,
        help_text="Mỗi chức danh một dòng, theo thứ tự như trong biên bản.",
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("person_name") and not cleaned.get("unit"):
            raise ValidationError("Hãy ghi họ tên hoặc đơn vị.")
        if any(len(title) > 200 for title in cleaned.get("titles") or ()):
            self.add_error("titles", "Mỗi chức danh dài nhất 200 ký tự.")
        return cleaned


class AttendanceRow(forms.Form):
    """The unit is shown as text; its id travels hidden and is looked up among the units that may be listed."""

    unit = forms.IntegerField(min_value=1, max_value=_LARGEST_ID, widget=forms.HiddenInput)
    presence = forms.ChoiceField(
        label="Có mặt",
        choices=[(one.value, one.label.capitalize()) for one in Presence],
        error_messages={"required": "Hãy chọn có mặt hay vắng.", "invalid_choice": "Lựa chọn này không có trong danh sách."},
    )
    representative = forms.CharField(label="Người dự", max_length=200, required=False)

    def show_unit(self, units):
        """Name the row and its two boxes, also for those who hear the page."""
        try:
            self.unit_shown = units.get(int(self["unit"].value()))
        except (TypeError, ValueError):
            self.unit_shown = None
        name = self.unit_shown or "đơn vị không có trong danh sách"
        self.fields["presence"].widget.attrs = {"class": "form-select", "aria-label": f"Có mặt: {name}"}
        self.fields["representative"].widget.attrs.update({"class": "form-control", "aria-label": f"Người dự: {name}"})

    def clean_representative(self):
        return clean_text(self.cleaned_data["representative"])


class AttendanceFormSet(RowFormSet):
    """One row per member; nobody adds a row, so a strange or repeated unit comes from a forged or stale page."""

    def _construct_form(self, i, **kwargs):
        form = forms.BaseFormSet._construct_form(self, i, **kwargs)
        form.empty_permitted = False
        form.show_unit(self.units)
        return form

    def clean(self):
        seen = set()
        for form in self.forms:
            pk = form.cleaned_data.get("unit") if hasattr(form, "cleaned_data") else None
            if pk is None or pk not in self.units:
                raise ValidationError("Có dòng điểm danh của một đơn vị không thuộc khối; xin mở lại trang.", code="foreign")
            if pk in seen:
                raise ValidationError(f"Đơn vị {self.units[pk]} có hai dòng trong danh sách điểm danh.", code="duplicate")
            seen.add(pk)

    @property
    def filled(self):
        return [form.cleaned_data for form in self.forms]


class AgendaRow(RowForm):
    text = forms.CharField(label="Nội dung", max_length=500, error_messages={"required": "Hãy ghi nội dung."})
    presenter = forms.CharField(label="Người trình bày", max_length=200, required=False)


class FigureRow(RowForm):
    settled_by_itself = frozenset({"pk", "qualifier"})

    indicator = forms.CharField(label="Chỉ tiêu", max_length=300, error_messages={"required": "Hãy ghi tên chỉ tiêu."})
    value = AmountField(label="Giá trị", max_length=80, error_messages={"required": "Hãy ghi giá trị."})
    unit_of_measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)
    qualifier = forms.ChoiceField(
        label="Mức",
        required=False,
        choices=[(one.value, one.label.capitalize() if one.value else "–") for one in Qualifier],
    )
    denominator = AmountField(label="Trên tổng số", max_length=80, required=False)
    unit = UnitPickField(label="Của đơn vị (trống: toàn khối)", required=False)
    period = forms.CharField(label="Kỳ số liệu", max_length=80, required=False)
    source = forms.CharField(label="Nguồn", max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        amount = cleaned.get("value")
        if not isinstance(amount, Amount):
            return cleaned
        self._settle(cleaned, "unit_of_measure", amount.unit, "đơn vị tính")
        self._settle(cleaned, "qualifier", amount.qualifier, "mức")
        whole = cleaned.get("denominator")
        if whole is not None and amount.denominator is not None and whole.value != amount.denominator:
            self.add_error("denominator", "Tổng số ghi ở đây khác với tổng số ghi trong ô giá trị.")
        elif whole is not None and (whole.value <= 0 or whole.denominator is not None):
            self.add_error("denominator", "Tổng số phải là một số lớn hơn 0.")
        cleaned["whole"] = whole.value if whole is not None else amount.denominator
        return cleaned

    def _settle(self, cleaned, name, beside, label):
        """What was typed beside the number fills the empty box; two different answers are asked back."""
        given = cleaned.get(name) or ""
        if beside and given and fold(str(given)) != fold(str(beside)):
            self.add_error(name, f"Ô này khác với {label} ghi trong ô giá trị; hãy giữ một trong hai.")
        elif len(str(beside)) > 40:
            self.add_error("value", "Sau con số chỉ ghi đơn vị tính, dài nhất 40 ký tự.")
        cleaned[name] = given or beside


class PointRow(RowForm):
    settled_by_itself = frozenset({"pk", "section"})

    section = forms.ChoiceField(label="Mục", choices=PointSection.choices)
    text = forms.CharField(
        label="Nội dung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi nội dung."},
    )
    addressee = forms.CharField(label="Kiến nghị với", max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("addressee") and cleaned.get("section") != PointSection.REQUEST:
            self.add_error("addressee", "Nơi nhận kiến nghị chỉ ghi ở mục “Kiến nghị”.")
        return cleaned


class ElectionRow(RowForm):
    settled_by_itself = frozenset({"pk", "role", "basis"})

    role = forms.ChoiceField(label="Chức vụ", choices=OfficeRole.choices)
    unit = UnitPickField(
        label="Đơn vị",
        suggest=False,
        widget=UnitPickField.widget(attrs={"list": MEMBERS_LIST}),
        error_messages={"required": "Hãy ghi đơn vị được bầu."},
    )
    basis = forms.ChoiceField(label="Cách chọn", choices=[(one.value, one.label.capitalize()) for one in OfficeBasis])
    votes_for = _count("Số phiếu đồng ý", 10_000)
    votes_cast = _count("Số phiếu bầu", 10_000)

    def clean(self):
        cleaned = super().clean()
        votes, cast = cleaned.get("votes_for"), cleaned.get("votes_cast")
        if votes is not None and cast is not None and votes > cast:
            self.add_error("votes_for", "Số phiếu đồng ý không được lớn hơn số phiếu bầu.")
        return cleaned


class ElectionFormSet(RowFormSet):
    def clean(self):
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.is_filled]
        units = [row["unit"] for row in rows if row.get("unit")]
        if len(set(units)) < len(units):
            raise ValidationError("Mỗi đơn vị chỉ được bầu vào một chức vụ.", code="duplicate")
        if sum(row.get("role") == OfficeRole.LEADER for row in rows) > 1:
            raise ValidationError("Mỗi năm chỉ có một khối trưởng.", code="leaders")


ParticipantFormSet = _formset(ParticipantRow, extra=1)
AttendanceSet = _formset(AttendanceRow, AttendanceFormSet, extra=0, can_delete=False)
AgendaFormSet = _formset(AgendaRow)
FigureFormSet = _formset(FigureRow)
PointFormSet = _formset(PointRow)
ElectionFormSets = _formset(ElectionRow, ElectionFormSet)

# Of the six lists, as the faults on top of the page name them.
_TITLES = ["Điều hành, khách mời", "Điểm danh", "Chương trình", "Số liệu", "Kết quả, kết luận", "Kết quả bầu"]
# Where “Thêm dòng” may be pressed.
GROWING = ["participants", "agenda", "figures", "points", "elections"]


class MeetingPage:
    """The general form and its six lists as one thing: bind, ask `is_valid`, take `to_input`, or show them again."""

    def __init__(self, bloc_year, meeting=None, data=None):
        self.bloc_year, self.meeting = bloc_year, meeting
        everybody = SimpleLazyObject(lambda: UnitMatcher(Unit.objects.all()))
        self.day = self._day(data)
        self.units = attendance_units(bloc_year, self.day)
        for row in meeting.attendances.select_related("unit") if meeting else ():
            self.units.setdefault(row.unit_id, row.unit)
        member_ids = list(self.units)
        members = SimpleLazyObject(lambda: UnitMatcher(Unit.objects.filter(pk__in=member_ids)))
        self.form = MeetingForm(
            data, initial=self._general_initial(), bloc_year=bloc_year, meeting=meeting, matcher=everybody
        )
        rows = self._rows_initial() if data is None else {}
        self.participants = ParticipantFormSet(
            data, prefix="participants", initial=rows.get("participants"), matcher=everybody
        )
        self.attendances = AttendanceSet(data, prefix="attendances", initial=rows.get("attendances"), units=self.units)
        self.agenda = AgendaFormSet(data, prefix="agenda", initial=rows.get("agenda"))
        self.figures = FigureFormSet(data, prefix="figures", initial=rows.get("figures"), matcher=everybody)
        self.points = PointFormSet(data, prefix="points", initial=rows.get("points"))
        self.elections = ElectionFormSets(data, prefix="elections", initial=rows.get("elections"), matcher=members)
        if data is None:
            # One free line below what there is; of lists that begin with named lines none, of the others some.
            self.elections.extra = 0
            if meeting is None:
                self.participants.extra = self.points.extra = 0
                self.agenda.extra, self.figures.extra = 3, 2
        for formset, title in zip(self.formsets, _TITLES, strict=True):
            formset.title = title

    @property
    def members(self):
        """Offered in the boxes of the elections."""
        return [unit for unit in self.units.values() if getattr(unit, "is_member_on_day", True)]

    @property
    def formsets(self):
        return [self.participants, self.attendances, self.agenda, self.figures, self.points, self.elections]

    def is_valid(self):
        """Every part is asked, so that all faults are shown at once."""
        return False not in [part.is_valid() for part in [self.form, *self.formsets]]

    def to_input(self):
        """What was entered, for `save_meeting`; only after `is_valid`."""
        general = dict(self.form.cleaned_data)
        general.pop("version")
        general["kinds"] = tuple(kind for kind in KINDS_IN_ORDER if kind.value in general["kinds"])
        return MeetingInput(
            **general,
            participants=tuple(
                ParticipantInput(row["capacity"], row["person_name"], row["unit"], row["titles"], row["pk"])
                for row in self.participants.filled
            ),
            attendances=tuple(
                AttendanceInput(self.units[row["unit"]], row["presence"], row["representative"])
                for row in self.attendances.filled
                if self._counts(row)
            ),
            agenda=tuple(AgendaInput(row["text"], row["presenter"], row["pk"]) for row in self.agenda.filled),
            figures=tuple(
                FigureInput(
                    indicator=row["indicator"],
                    value=row["value"].value,
                    unit_of_measure=row["unit_of_measure"],
                    qualifier=row["qualifier"],
                    denominator=row["whole"],
                    unit=row["unit"],
                    period=row["period"],
                    source=row["source"],
                    pk=row["pk"],
                )
                for row in self.figures.filled
            ),
            points=tuple(PointInput(row["section"], row["text"], row["addressee"], row["pk"]) for row in self.points.filled),
            elections=tuple(
                ElectionInput(row["role"], row["unit"], row["basis"], row["votes_for"], row["votes_cast"])
                for row in self.elections.filled
            ),
        )

    def _counts(self, row):
        """A unit that was no member on the meeting's day stands in the list only when something was entered for it."""
        is_member = getattr(self.units[row["unit"]], "is_member_on_day", True)
        return is_member or row["representative"] or row["presence"] != Presence.PRESENT

    def show_version(self, version):
        """Put the current version into the page, so that a second “Lưu” overwrites knowingly."""
        self.form.data = self.form.data.copy()
        self.form.data["version"] = str(version)

    def _day(self, data):
        """The day as of which members are listed: the one entered, else today as far as it belongs to the year."""
        if data is not None:
            field = MeetingForm.base_fields["starts_on"]
            try:
                return field.clean(data.get("starts_on"))
            except ValidationError:
                pass
        if self.meeting is not None:
            return self.meeting.starts_on
        year, today = self.bloc_year.year, timezone.localdate()
        return today if year.starts_on <= today <= year.ends_on + FAR else year.ends_on

    def _general_initial(self):
        meeting = self.meeting
        if meeting is None:
            return {"status": MeetingStatus.HELD}
        names = [name for name in MeetingForm.base_fields if name != "kinds"]
        return {**{name: getattr(meeting, name) for name in names}, "kinds": [kind.value for kind in meeting.kinds]}

    def _rows_initial(self):
        meeting, listed = self.meeting, {}
        # A beginning instead of one blank line; what stays empty is not saved.
        rows = {
            "participants": [{"capacity": one} for one in (Capacity.CHAIR, Capacity.CHAIR, Capacity.GUEST)],
            "points": [{"section": one} for one in PointSection],
            "elections": [{"role": one} for one in (OfficeRole.LEADER, OfficeRole.DEPUTY)],
        }
        if meeting is not None:
            listed = {row.unit_id: row for row in meeting.attendances.all()}
            names = {
                "participants": "capacity person_name unit titles",
                "agenda": "text presenter",
                "figures": "indicator qualifier value denominator unit_of_measure unit period source",
                "points": "section text addressee",
                "elections": "role unit basis votes_for votes_cast",
            }
            rows.update(
                {
                    name: found
                    for name, fields in names.items()
                    if (found := _initial(getattr(meeting, name), fields.split()))
                }
            )
        rows["attendances"] = [
            {
                "unit": pk,
                "presence": listed[pk].presence if pk in listed else Presence.PRESENT,
                "representative": listed[pk].representative if pk in listed else "",
            }
            for pk, unit in self.units.items()
            if pk in listed or getattr(unit, "is_member_on_day", False)
        ]
        return rows


def _initial(manager, names):
    rows = manager.select_related("unit") if "unit" in names else manager.all()
    return [{"pk": row.pk, **{name: getattr(row, name) for name in names}} for row in rows]


class ReopenForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(
        label="Lý do mở lại",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do mở lại biên bản."},
    )


class IssueForm(CleanTextMixin, forms.Form):
    """Number and date as the clerk entered them in the register (DOC-23)."""

    number = forms.CharField(
        label="Số văn bản",
        max_length=20,
        help_text="Số do văn thư cấp trong sổ đăng ký văn bản đi, ví dụ 05.",
        error_messages={"required": "Hãy ghi số văn bản do văn thư cấp."},
    )
    issued_on = forms.DateField(
        label="Ngày ban hành",
        widget=DateInput,
        error_messages={"required": "Hãy ghi ngày ban hành.", "invalid": "Ngày ban hành phải theo dạng dd/mm/yyyy."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Row(Column("number", css_class="col-md-6"), Column("issued_on", css_class="col-md-6")))

    def clean_number(self):
        number = self.cleaned_data["number"]
        if not re.fullmatch(r"[0-9]{1,6}(?:/[\w.\-]{1,12})?", clean_text(number)):
            raise ValidationError("Số văn bản gồm chữ số, ví dụ 05 hoặc 05/BC-KTĐ.")
        return number

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise ValidationError(f"Ngày ban hành {day:%d/%m/%Y} ở sau ngày hôm nay.")
        return day

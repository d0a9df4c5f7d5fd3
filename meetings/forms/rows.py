"""The rows of the six lists of a meeting."""

from django import forms
from django.core.exceptions import ValidationError

from blocs.enums import OfficeBasis, OfficeRole, Qualifier
from blocs.fields import UnitPickField
from common.forms import CleanTextMixin
from common.text import clean_text, fold
from meetings.amounts import Amount
from meetings.enums import Capacity, PointSection, Presence
from meetings.forms.fields import LARGEST_ID, AmountField, LinesField, count_field

MEMBERS_LIST = "ds-thanh-vien"
# More rows than any meeting had; a forged number of rows makes no endless page.
MOST_ROWS = 150


class RowForm(CleanTextMixin, forms.Form):
    """A row that counts only when something was typed into it; `pk` is the record it was opened from."""

    # Fields whose choice alone is nothing typed.
    settled_by_itself = frozenset({"pk"})

    pk = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

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

    unit = forms.IntegerField(min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
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
    votes_for = count_field("Số phiếu đồng ý", 10_000)
    votes_cast = count_field("Số phiếu bầu", 10_000)

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

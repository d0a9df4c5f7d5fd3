"""Offices, the people behind them, movements."""

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import formset_factory
from django.utils import timezone

from blocs.enums import OfficeBasis, OfficeRole
from blocs.fields import UnitPickField
from blocs.forms.texts import LinesField, check_order
from blocs.models import Unit
from blocs.reports import members_during
from common.forms import CleanTextMixin, DateInput, form_helper
from documents.models import Paper


class OfficeForm(CleanTextMixin, forms.Form):
    role = forms.ChoiceField(label="Chức vụ", choices=OfficeRole.choices)
    order = forms.IntegerField(
        label="Thứ tự",
        min_value=1,
        max_value=20,
        initial=1,
        help_text="Khi có nhiều khối phó: 1, 2, 3 …",
    )
    unit = UnitPickField(label="Đơn vị", offer=True)
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)
    ends_on = forms.DateField(label="Đến ngày", widget=DateInput)
    basis = forms.ChoiceField(label="Căn cứ", choices=OfficeBasis.choices)
    paper = forms.ModelChoiceField(label="Theo văn bản", queryset=Paper.objects.unsealed(), required=False)

    def __init__(self, *args, bloc_year, **kwargs):
        super().__init__(*args, **kwargs)
        members = members_during(bloc_year)
        # A bloc whose list nobody has entered yet can still have its leader.
        self.fields["unit"].queryset = members if members.exists() else Unit.objects.in_order()
        self.fields["starts_on"].initial = bloc_year.year.starts_on
        self.fields["ends_on"].initial = bloc_year.year.ends_on
        self.helper = form_helper(
            Row(Column("role"), Column("order")),
            "unit",
            Row(Column("starts_on"), Column("ends_on")),
            Row(Column("basis"), Column("paper")),
        )

    def clean(self):
        cleaned = super().clean()
        check_order(self, "starts_on", "ends_on")
        return cleaned


class OfficeEndForm(forms.Form):
    ends_on = forms.DateField(label="Ngày cuối cùng giữ chức vụ", widget=DateInput)


class HolderForm(CleanTextMixin, forms.Form):
    person_name = forms.CharField(label="Họ và tên", max_length=120)
    titles = LinesField(
        label="Chức danh",
        required=False,
        help_text="Mỗi dòng một chức danh, ví dụ: Ủy viên Ban Thường vụ Tỉnh ủy.",
    )
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)

    helper = form_helper("person_name", "titles", Row(Column("starts_on"), Column()))


class MovementForm(CleanTextMixin, forms.Form):
    name = forms.CharField(label="Tên phong trào", max_length=300)
    launched_by = forms.CharField(label="Cấp phát động", max_length=200, required=False)
    unit = UnitPickField(label="Đơn vị phát động (nếu là của riêng một đơn vị)", required=False, offer=True)


MovementFormSet = formset_factory(MovementForm, extra=1, can_delete=True, max_num=60, absolute_max=60)


class HandoverForm(CleanTextMixin, forms.Form):
    handed_over_on = forms.DateField(label="Ngày bàn giao", widget=DateInput)
    to_unit = UnitPickField(label="Đơn vị nhận bàn giao", required=False, offer=True)
    note = forms.CharField(
        label="Nội dung bàn giao, ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, bloc_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = Unit.objects.filter(memberships__bloc=bloc_year.bloc_id).in_order().distinct()
        self.fields["handed_over_on"].initial = timezone.localdate

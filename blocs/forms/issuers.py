"""What the registry keeps of an issuer beside its letterhead."""

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import formset_factory
from django.utils import timezone

from common.forms import CleanTextMixin, DateInput, form_helper


class PlaceForm(CleanTextMixin, forms.Form):
    name = forms.CharField(label="Địa danh", max_length=80)
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)
    ends_on = forms.DateField(label="Đến ngày", widget=DateInput, required=False)


class TermForm(CleanTextMixin, forms.Form):
    label = forms.CharField(label="Nhiệm kỳ", max_length=20, widget=forms.TextInput(attrs={"placeholder": "2020-2025"}))
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)
    ends_on = forms.DateField(label="Đến ngày", widget=DateInput, required=False)


PlaceFormSet = formset_factory(PlaceForm, extra=1, can_delete=True, max_num=40, absolute_max=40)
TermFormSet = formset_factory(TermForm, extra=1, can_delete=True, max_num=40, absolute_max=40)


class LastNumberForm(CleanTextMixin, forms.Form):
    """Up to which number the clerk's register has come."""

    type_abbreviation = forms.RegexField(
        r"^[^\W\d_]{1,10}$",
        label="Chữ viết tắt tên loại",
        help_text="Như trong ký hiệu: BC, TTr, KH, BB …",
        error_messages={"invalid": "Chữ viết tắt chỉ gồm chữ cái, ví dụ BC hoặc TTr."},
    )
    period = forms.CharField(
        label="Năm hoặc nhiệm kỳ", max_length=20, help_text="Năm; văn bản theo thể thức Đảng ghi tên nhiệm kỳ."
    )
    last = forms.IntegerField(
        label="Số đã cấp gần nhất", min_value=0, max_value=999_999, help_text="Văn bản kế tiếp nhận số liền sau số này."
    )

    helper = form_helper(Row(Column("type_abbreviation"), Column("period"), Column("last")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].initial = str(timezone.localdate().year)

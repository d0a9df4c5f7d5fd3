"""The text of a covenant. Signing and issuing it are in `signing`."""

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from blocs.enums import Qualifier
from blocs.services import ItemInput
from common.forms import CleanTextMixin, DateInput, form_helper

MOST_ITEMS = 100


class CovenantForm(CleanTextMixin, forms.Form):
    theme = forms.CharField(label="Chủ đề thi đua", max_length=300, required=False)
    grounds = forms.CharField(
        label="Căn cứ",
        max_length=4000,
        required=False,
        help_text="Mỗi dòng một căn cứ.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    undertaking = forms.CharField(
        label="Cam kết chung", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(label="Nơi ký", max_length=200, required=False)
    signed_on = forms.DateField(label="Ngày ký kết", widget=DateInput, required=False, help_text="Có thể ghi sau.")
    change_note = forms.CharField(label="Thay đổi so với bản trước", max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, number=1, **kwargs):
        super().__init__(*args, **kwargs)
        rows = ["version", "theme", "grounds", "undertaking", Row(Column("place"), Column("signed_on"))]
        if number > 1:
            rows.append("change_note")
        else:
            del self.fields["change_note"]
        self.helper = form_helper(*rows)

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"], "Ngày ký kết")

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ItemForm(CleanTextMixin, forms.Form):
    heading = forms.CharField(label="Nhóm nội dung (Điều)", max_length=200, required=False)
    text = forms.CharField(label="Nội dung", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    qualifier = forms.ChoiceField(label="Mức", choices=Qualifier.choices, required=False)
    value = forms.DecimalField(label="Chỉ tiêu", required=False, max_digits=24, decimal_places=4, localize=True)
    unit_of_measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") is None and "value" not in self.errors:
            if cleaned.get("qualifier"):
                self.add_error("value", "Đã chọn mức thì phải ghi chỉ tiêu.")
            elif cleaned.get("unit_of_measure"):
                self.add_error("value", "Đã ghi đơn vị tính thì phải ghi chỉ tiêu.")
        return cleaned

    def item(self):
        names = ("text", "heading", "qualifier", "value", "unit_of_measure")
        return ItemInput(**{name: self.cleaned_data[name] for name in names})


class BaseItemFormSet(BaseFormSet):
    def items(self):
        """The contents in the order of the page, without rows left empty or taken out."""
        rows = [form for form in self.forms if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")]
        return [form.item() for form in rows]


ItemFormSet = formset_factory(
    ItemForm, formset=BaseItemFormSet, extra=0, can_delete=True, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
)


def not_in_future(day, label):
    if day and day > timezone.localdate():
        raise forms.ValidationError(f"{label} {day:%d/%m/%Y} ở sau ngày hôm nay.")
    return day

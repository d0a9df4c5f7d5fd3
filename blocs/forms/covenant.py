"""The text of a covenant. Signing and issuing it are in `signing`."""

from dataclasses import replace

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from blocs.enums import Qualifier, TargetBasis
from blocs.services import ItemInput
from common.forms import CleanTextMixin, DateInput, form_helper

MOST_ITEMS = 100
# SQLite keeps decimals as floats: more digits would not come back as they were typed.
MOST_DIGITS = 15


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
    place = forms.CharField(
        label="Nơi ký",
        max_length=200,
        required=False,
        help_text="Ghi trong lời mở đầu, ví dụ: Hội trường Tỉnh ủy. Trước ngày tháng in tỉnh, thành phố của khối.",
    )
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


# The basis that most targets have is the empty choice, so that a row left alone stays empty.
_BASES = [("", TargetBasis.BLOC.label), *[choice for choice in TargetBasis.choices if choice[0] != TargetBasis.BLOC]]


class AmountField(forms.DecimalField):
    """A number as an office writes it, with as many digits as every database keeps exactly."""

    def __init__(self, **kwargs):
        super().__init__(max_digits=24, decimal_places=4, localize=True, **kwargs)

    def clean(self, value):
        number = super().clean(value)
        if number is not None and len(number.normalize().as_tuple().digits) > MOST_DIGITS:
            raise forms.ValidationError(f"Số có nhiều hơn {MOST_DIGITS} chữ số.")
        return number


class TemplateItemForm(CleanTextMixin, forms.Form):
    """One content of a template; its value may be left to the bloc."""

    heading = forms.CharField(label="Nhóm nội dung (Điều)", max_length=200, required=False)
    text = forms.CharField(label="Nội dung", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    qualifier = forms.ChoiceField(label="Mức", choices=Qualifier.choices, required=False)
    value = AmountField(label="Chỉ tiêu", required=False)
    unit_of_measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)
    basis = forms.ChoiceField(label="Cách tính kết quả", choices=_BASES, required=False)

    def item(self):
        data = {name: self.cleaned_data[name] for name in self.fields if name != "DELETE"}
        return ItemInput(**{**data, "basis": data["basis"] or TargetBasis.BLOC})


class ItemForm(TemplateItemForm):
    """One content of a covenant: a target has a value, and what is to be done may have a day and a unit."""

    due_on = forms.DateField(label="Thời hạn", widget=DateInput, required=False)
    responsible = forms.ChoiceField(label="Đơn vị phụ trách", required=False)

    def __init__(self, *args, units=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = units or {}
        self.fields["responsible"].choices = [("", "—"), *[(code, str(unit)) for code, unit in self.units.items()]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") is None and "value" not in self.errors:
            if cleaned.get("qualifier"):
                self.add_error("value", "Đã chọn mức thì phải ghi chỉ tiêu.")
            elif cleaned.get("unit_of_measure"):
                self.add_error("value", "Đã ghi đơn vị tính thì phải ghi chỉ tiêu.")
            elif cleaned.get("basis"):
                self.add_error("value", "Đã chọn cách tính kết quả thì phải ghi chỉ tiêu.")
        return cleaned

    def item(self):
        return replace(super().item(), responsible=self.units.get(self.cleaned_data["responsible"]))


def item_initial(item):
    """The first values of a row from an item of a covenant or of a template."""
    values = {name: getattr(item, name) for name in ("heading", "text", "qualifier", "unit_of_measure")}
    values["value"] = without_zeros(item.value)
    values["basis"] = "" if item.basis == TargetBasis.BLOC else item.basis
    responsible = getattr(item, "responsible", None)
    values["responsible"] = responsible.code if responsible else ""
    values["due_on"] = getattr(item, "due_on", None)
    return values


def without_zeros(value):
    """1234.5000 as the user typed it: 1234.5, and 100.0000 as 100."""
    if value is None:
        return None
    return value.quantize(1) if value == value.to_integral_value() else value.normalize()


class BaseItemFormSet(BaseFormSet):
    def items(self):
        """The contents in the order of the page, without rows left empty or taken out."""
        rows = [form for form in self.forms if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")]
        return [form.item() for form in rows]


_LIST = {"formset": BaseItemFormSet, "can_delete": True, "max_num": MOST_ITEMS, "absolute_max": MOST_ITEMS}
ItemFormSet = formset_factory(ItemForm, extra=0, **_LIST)
TemplateItemFormSet = formset_factory(TemplateItemForm, extra=1, **_LIST)


def not_in_future(day, label):
    if day and day > timezone.localdate():
        raise forms.ValidationError(f"{label} {day:%d/%m/%Y} ở sau ngày hôm nay.")
    return day

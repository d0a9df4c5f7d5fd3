"""The covenant: its text, its signatures, its papers."""

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from blocs.enums import Qualifier
from blocs.services import ItemInput
from common.forms import CleanTextMixin, DateInput, form_helper
from common.uploads import check_pdf

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


class SignedTogetherForm(CleanTextMixin, forms.Form):
    """What holds for every ticked unit whose own line leaves it empty."""

    same_date = forms.DateField(
        label="Ngày ký chung",
        widget=DateInput,
        required=False,
        help_text="Áp dụng cho các đơn vị được đánh dấu mà ô ngày ký để trống.",
    )
    same_title = forms.CharField(
        label="Chức vụ người ký chung",
        max_length=200,
        required=False,
        help_text="Ví dụ: Thủ trưởng đơn vị; áp dụng khi dòng của đơn vị không ghi người ký và chức vụ.",
    )

    helper = form_helper(Row(Column("same_date"), Column("same_title")))

    def clean_same_date(self):
        return not_in_future(self.cleaned_data["same_date"], "Ngày ký chung")


class SignatureForm(CleanTextMixin, forms.Form):
    """The line of one unit; only ticked lines are recorded."""

    is_signed = forms.BooleanField(label="Đã ký", required=False)
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    signer_title = forms.CharField(label="Chức vụ", max_length=200, required=False)
    signed_on = forms.DateField(label="Ngày ký", widget=DateInput, required=False)

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, prefix=f"ky-{signature.pk}", **kwargs)
        self.signature = signature
        for name, field in self.fields.items():
            css = "form-check-input" if name == "is_signed" else "form-control"
            field.widget.attrs.update({"class": css, "aria-label": f"{field.label}: {signature.unit}"})

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"], "Ngày ký")

    def complete_with(self, same_date, same_title):
        """The row for the service, or None with a sentence at the field that is missing."""
        data = self.cleaned_data
        title = data["signer_title"] or ("" if data["signer_name"] else same_title)
        day = data["signed_on"] or same_date
        if not (data["signer_name"] or title):
            self.add_error("signer_name", f"Xin ghi người ký hoặc chức vụ người ký của {self.signature.unit}.")
        if not day:
            self.add_error("signed_on", f"Xin ghi ngày ký của {self.signature.unit}.")
        return None if self.errors else (self.signature, data["signer_name"], title, day)


class RefusalForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(label="Lý do từ chối ký", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ScanForm(forms.Form):
    scan = forms.FileField(
        label="Bản quét giao ước đã ký (PDF)",
        validators=[check_pdf],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Một tệp PDF, tối đa 20 MB.",
    )

    helper = form_helper("scan")


class CovenantIssueForm(CleanTextMixin, forms.Form):
    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, required=False, help_text="Để trống nếu giao ước không mang số."
    )
    issued_on = forms.DateField(label="Ngày ghi trên giao ước", widget=DateInput)
    is_public = forms.BooleanField(label="Công khai trên trang của khối", required=False, initial=True)

    helper = form_helper(Row(Column("number"), Column("issued_on")), "is_public")

    def clean_issued_on(self):
        return not_in_future(self.cleaned_data["issued_on"], "Ngày ghi trên giao ước")


def not_in_future(day, label):
    if day and day > timezone.localdate():
        raise forms.ValidationError(f"{label} {day:%d/%m/%Y} ở sau ngày hôm nay.")
    return day

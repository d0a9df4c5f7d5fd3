"""Signing a covenant and issuing it."""

from crispy_forms.layout import Column, Row
from django import forms

from blocs.forms.covenant import not_in_future
from common.forms import CleanTextMixin, DateInput, form_helper
from common.uploads import check_pdf


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

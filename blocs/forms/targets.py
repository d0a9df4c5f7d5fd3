"""The results of one unit, or of the bloc as a whole: a few fields per target."""

from django import forms

from blocs.enums import Qualifier
from blocs.forms.covenant import AmountField, without_zeros
from blocs.services import ResultInput
from common.forms import CleanTextMixin, form_helper


class ResultForm(CleanTextMixin, forms.Form):
    """The result of one target at one stage; left empty where there is none yet."""

    qualifier = forms.ChoiceField(label="Mức", choices=Qualifier.choices, required=False)
    value = AmountField(label="Kết quả", required=False)
    note = forms.CharField(label="Ghi chú, nguồn số liệu", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, data, *, row, result, other=""):
        initial = {}
        if result is not None:
            initial = {
                "qualifier": result.qualifier,
                "value": without_zeros(result.value),
                "note": result.note,
                "version": result.version,
            }
        super().__init__(data, prefix=f"kq-{row.item.pk}", initial=initial)
        self.row, self.other = row, other
        if row.item.unit_of_measure:
            self.fields["value"].label = f"Kết quả ({row.item.unit_of_measure})"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") is None and "value" not in self.errors and (cleaned.get("qualifier") or cleaned.get("note")):
            self.add_error("value", "Đã chọn mức hoặc ghi chú thì phải ghi kết quả.")
        return cleaned

    def result(self):
        return ResultInput(self.row.item.pk, **self.cleaned_data)


class ResultsForm(forms.Form):
    """The page as a whole: what a rule of the work refuses stands above all rows."""

    helper = form_helper()


class ResultForms:
    """The rows of the page; to a form page they are what a formset is."""

    title = ""

    def __init__(self, forms):
        self.forms = forms

    @property
    def is_bound(self):
        return any(form.is_bound for form in self.forms)

    def is_valid(self):
        return all(form.is_valid() for form in self.forms)

    def is_multipart(self):
        return False

    def non_form_errors(self):
        return []

    def results(self):
        return [form.result() for form in self.forms]

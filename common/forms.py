"""Forms in the look of the house: crispy layouts, clean text, our words for faults."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms

from common.text import clean_text


def form_helper(*rows, submit=None):
    """A helper for `{% crispy form %}`: no form tag of its own (templates write it), rows as given, one submit button."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.html5_required = False
    layout = list(rows)
    if submit:
        layout.append(HTML(f'<button type="submit" class="btn btn-primary">{submit}</button>'))
    helper.layout = Layout(*layout) if layout else None
    return helper


class CleanTextMixin:
    """Every text typed into the form is NFC-normalised and trimmed; NUL bytes are refused by Django already."""

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = clean_text(value)
        return cleaned


class DateInput(forms.DateInput):
    """A text field for dd/mm/yyyy; a native date picker would show the order of the browser's language."""

    def __init__(self, attrs=None):
        super().__init__(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off", **(attrs or {})},
            format="%d/%m/%Y",
        )

"""Forms in the look of the house: crispy layouts, clean text, our words for faults."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

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
    """Every text typed into the form is NFC-normalised and trimmed, but a password is taken as it is typed.

    NUL bytes are refused by Django already.
    """

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, value in cleaned.items():
            if isinstance(value, str) and not isinstance(self.fields[name].widget, forms.PasswordInput):
                cleaned[name] = clean_text(value)
        return cleaned


class DateInput(forms.DateInput):
    """A text field for dd/mm/yyyy; a native date picker would show the order of the browser's language."""

    def __init__(self, attrs=None):
        super().__init__(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off", **(attrs or {})},
            format="%d/%m/%Y",
        )


class PickInput(forms.TextInput):
    """A text box for the name of something known; in crispy forms, formset rows and `{% field %}` alike.

    `options` are offered as the browser's own list; without them static/js/suggest.js asks `suggest_url`. When the typed
    name was not clear, the server offers `suggestions` (dicts of value, label, note) as radio buttons `<field>_chon`; the
    chosen one counts on the next submit, unless the text was changed after the question (`<field>_hoi` holds the text).
    """

    template_name = "ui/pick_input.html"

    def __init__(self, attrs=None, options=(), suggestions=(), suggest_url=""):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.options, self.suggestions, self.suggest_url = options, suggestions, suggest_url

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        chosen = data.get(f"{name}_chon")
        asked = data.get(f"{name}_hoi", typed)
        return chosen if chosen and (not typed or typed == asked) else typed

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_chon" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget.update(options=self.options, suggestions=self.suggestions)
        if self.options:
            widget["list_id"] = f"{widget['attrs'].get('id', name)}_ds"
            widget["attrs"]["list"] = widget["list_id"]
        elif self.suggest_url:
            widget["attrs"]["data-suggest"] = str(self.suggest_url)
        return context

    def _render(self, template_name, context, renderer=None):
        """By the project's templates; Django's form renderer knows only its own."""
        return mark_safe(render_to_string(template_name, context))

"""What an office types into a form of a meeting: a time, lines, an amount, a count."""

import re

from django import forms
from django.core.exceptions import ValidationError

from common.templatetags.vi import so
from common.text import clean_text
from meetings.amounts import NotAnAmount, parse_amount

LARGEST_ID = 2**31 - 1


class ClockField(forms.TimeField):
    """14:00, 14h, 14h30, 14 giờ, 14 giờ 30 phút."""

    def to_python(self, value):
        if isinstance(value, str):
            found = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:h|g|giờ|:)\s*([0-9]{1,2})?\s*(?:phút|p)?\s*", value.casefold())
            value = f"{found.group(1)}:{found.group(2) or '00'}" if found else value
        return super().to_python(value)


class LinesField(forms.CharField):
    """A list of texts typed one per line."""

    def __init__(self, **kwargs):
        rows = kwargs.pop("rows", 2)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = clean_text(super().clean(value) or "").split("\n")
        return tuple(line for line in lines if line)


class AmountField(forms.CharField):
    """Cleans to an Amount: the exact number and what was typed beside it."""

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else so(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text)
        except NotAnAmount as error:
            raise ValidationError(str(error), code="amount") from error


def count_field(label, most, **kwargs):
    messages = {
        "invalid": "Hãy ghi một số nguyên.",
        "min_value": "Số không được nhỏ hơn 0.",
        "max_value": f"Số không được lớn hơn {so(most)}.",
    }
    # A text box: arrow keys and the wheel change a number field without being noticed.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, widget=widget, error_messages=messages, **kwargs
    )

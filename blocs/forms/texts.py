"""Fields that several forms of the blocs share."""

from django import forms

from common.text import clean_text


class LinesField(forms.CharField):
    """One text per line; cleans to a list without empty lines. Nothing is split but at line ends (names hold commas)."""

    def __init__(self, *, rows=3, line_length=200, **kwargs):
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.line_length = line_length

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = [line for line in clean_text(super().clean(value) or "").split("\n") if line]
        for number, line in enumerate(lines, 1):
            if len(line) > self.line_length:
                raise forms.ValidationError(f"Dòng {number} dài {len(line)} ký tự, quá {self.line_length} ký tự.")
        return lines

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


def check_order(form, first, last, message="Ngày kết thúc không được trước ngày bắt đầu."):
    """Put the sentence at the later date when the two are the wrong way round."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, message)

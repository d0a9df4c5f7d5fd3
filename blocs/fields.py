"""A form field for one unit: typed by name, matched leniently, asked back when not sure (F2, S1)."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.matching import UnitMatcher
from blocs.models import Unit
from common.forms import PickInput
from common.text import clean_text

UnitPickWidget = PickInput


class UnitPickField(forms.CharField):
    """Cleans to a `Unit`, or None when it is not required and empty.

    `queryset` limits the choice; `offer=True` lists these units in the text box. Without it the script asks the server
    (`suggest=False` to leave it alone). An unknown or doubtful name is refused with what it may mean.
    """

    widget = UnitPickWidget

    def __init__(self, *, queryset=None, offer=False, suggest=True, **kwargs):
        kwargs.setdefault("max_length", 250)
        super().__init__(**kwargs)
        self._queryset = queryset
        self._matcher = None
        self.offer = offer
        self.suggest = suggest
        self._tell_widget()

    @property
    def queryset(self):
        return Unit.objects.all() if self._queryset is None else self._queryset

    @queryset.setter
    def queryset(self, queryset):
        """Set per form instance; for the rows of a formset give every row the same queryset and `share_matcher`."""
        self._queryset, self._matcher = queryset, None
        self._tell_widget()

    def _tell_widget(self):
        if self.offer and self._queryset is not None:
            self.widget.options = self._queryset
        elif self.suggest and not self.offer:
            self.widget.suggest_url = _SuggestAddress()

    def share_matcher(self, matcher):
        """One matcher for all rows of a formset, so that the units are read once."""
        self._matcher = matcher

    @property
    def matcher(self):
        if self._matcher is None:
            self._matcher = UnitMatcher(self.queryset)
        return self._matcher

    def prepare_value(self, value):
        if isinstance(value, Unit):
            return value.name
        if isinstance(value, int):
            known = self._matcher.by_pk.get(value) if self._matcher else None
            return self.prepare_value(known or Unit.objects.filter(pk=value).first())
        return value

    def clean(self, value):
        self.widget.suggestions = []
        text = clean_text(super().clean(value) or "")
        if not text:
            return None
        match = self.matcher.match(text)
        if match.unit:
            return match.unit
        self.widget.suggestions = [self._suggestion(unit) for unit in match.suggestions]
        if match.is_shared:
            message = f"Có {len(match.suggestions)} đơn vị cùng tên “{text}”. Xin chọn một trong các đơn vị được gợi ý."
            raise ValidationError(message, code="shared")
        if match.suggestions:
            names = "; ".join(self.matcher.label_of(unit) for unit in match.suggestions)
            raise ValidationError(f"Không có đơn vị tên “{text}”. Có phải ý bạn là: {names}?", code="doubtful")
        raise ValidationError(f"Không tìm thấy đơn vị tên “{text}”.", code="unknown")

    def _suggestion(self, unit):
        return {"value": self.matcher.label_of(unit), "label": unit.name, "note": note_of(unit)}

    def has_changed(self, initial, data):
        return super().has_changed(str(self.prepare_value(initial) or ""), data)


class _SuggestAddress:
    """The address of the suggestions, looked up when a page is made: fields are declared before addresses are known."""

    def __str__(self):
        return reverse("blocs:unit-suggest")


def note_of(unit):
    """What tells units of the same name apart."""
    return ", ".join(part for part in (unit.province, unit.code) if part)

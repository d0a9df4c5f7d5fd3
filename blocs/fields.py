"""A form field for one unit: typed by name, matched leniently, asked back when not sure (F2, S1)."""

from django import forms
from django.core.exceptions import ValidationError

from blocs.matching import UnitMatcher
from blocs.models import Unit
from common.text import clean_text


class UnitPickWidget(forms.TextInput):
    """A text box with the names offered; when the typed name is not sure, the server offers the units it may mean.

    `units` fills a `<datalist>` (members of a bloc); without it static/js/suggest.js asks `data-suggest-url`.
    """

    template_name = "ui/unit_pick.html"

    def __init__(self, attrs=None, units=()):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.units = units
        self.suggestions = []

    def format_value(self, value):
        if isinstance(value, int):
            return str(Unit.objects.filter(pk=value).first() or "")
        return super().format_value(value)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["units"] = self.units
        context["widget"]["suggestions"] = self.suggestions
        return context


class UnitPickField(forms.CharField):
    """Cleans to a `Unit`. `queryset` limits the choice; an unknown or doubtful name is refused with what it may mean."""

    widget = UnitPickWidget

    def __init__(self, *, queryset=None, offer=False, **kwargs):
        kwargs.setdefault("max_length", 250)
        super().__init__(**kwargs)
        self._queryset = queryset
        self._matcher = None
        self.offer = offer

    @property
    def queryset(self):
        return Unit.objects.all() if self._queryset is None else self._queryset

    @queryset.setter
    def queryset(self, queryset):
        """Set per form instance; `offer` lists these units in the text box."""
        self._queryset, self._matcher = queryset, None
        if self.offer:
            self.widget.units = queryset

    def share_matcher(self, matcher):
        """One matcher for all rows of a formset, so that the units are read once."""
        self._matcher = matcher

    def clean(self, value):
        text = clean_text(super().clean(value) or "")
        if not text:
            return None
        self._matcher = self._matcher or UnitMatcher(self.queryset)
        match = self._matcher.match(text)
        if match.unit:
            return match.unit
        self.widget.suggestions = match.suggestions
        if match.suggestions:
            names = "; ".join(str(unit) for unit in match.suggestions)
            raise ValidationError(f"Không có đơn vị tên “{text}”. Có phải ý bạn là: {names}?", code="doubtful")
        raise ValidationError(f"Không tìm thấy đơn vị tên “{text}”.", code="unknown")

    def has_changed(self, initial, data):
        if isinstance(initial, int):
            initial = str(Unit.objects.filter(pk=initial).first() or "")
        return super().has_changed(str(initial or ""), data)

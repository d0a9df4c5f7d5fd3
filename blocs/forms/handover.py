"""Ticking the list of a hand-over, and issuing its minutes."""

from crispy_forms.layout import Column, Row
from django import forms

from blocs.services import PackChange
from common.forms import CleanTextMixin
from documents.forms import IssueForm


class PackForm(CleanTextMixin, forms.Form):
    """Two boxes and a note per line; each field carries what was seen, so that only real changes are sent on.

    `can_give`, `can_receive`: the sides on which the user may tick; the other one is shown and cannot be changed.
    """

    def __init__(self, *args, groups, can_give=False, can_receive=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups, self.sides = groups, {"given": can_give, "received": can_receive}
        self.items = [item for _, items in groups for item in items]
        for item in self.items:
            for side, label in (("given", "Bên giao"), ("received", "Bên nhận")):
                if self.sides[side]:
                    self.fields[f"{side}-{item.pk}"] = forms.BooleanField(
                        label=f"{label} xác nhận: {item.label}",
                        required=False,
                        initial=getattr(item, f"{side}_at") is not None,
                        show_hidden_initial=True,
                        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                    )
            if can_give or can_receive:
                self.fields[f"note-{item.pk}"] = forms.CharField(
                    label=f"Ghi chú: {item.label}",
                    required=False,
                    max_length=500,
                    initial=item.note,
                    show_hidden_initial=True,
                    widget=forms.TextInput(attrs={"class": "form-control"}),
                )

    def rows(self):
        """(group, [(item, field of the giving side or None, of the receiving side, of the note)])."""
        return [(group, [(item, *self._fields_of(item)) for item in items]) for group, items in self.groups]

    def _fields_of(self, item):
        names = (f"given-{item.pk}", f"received-{item.pk}", f"note-{item.pk}")
        return [self[name] if name in self.fields else None for name in names]

    def changes(self, tick_all=""):
        """PackChanges; `tick_all` is the side whose every box counts as ticked."""
        changed, found = set(self.changed_data), []
        for item in self.items:
            values = {"item": item}
            for side, is_mine in self.sides.items():
                if is_mine and tick_all == side:
                    values[side] = True
                elif f"{side}-{item.pk}" in changed:
                    values[side] = self.cleaned_data[f"{side}-{item.pk}"]
            if f"note-{item.pk}" in changed:
                values |= {"note": self.cleaned_data[f"note-{item.pk}"], "note_before": self._seen(f"note-{item.pk}")}
            if len(values) > 1:
                found.append(PackChange(**values))
        return found

    def _seen(self, name):
        return self.data.get(self.add_initial_prefix(name), "")


class HandoverIssueForm(IssueForm):
    """Number and date of the minutes, and what minutes say of themselves (DOC-28)."""

    place = forms.CharField(label="Địa điểm bàn giao", max_length=200)
    starts_at = forms.TimeField(label="Bắt đầu lúc", widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:00"}))
    ends_at = forms.TimeField(label="Kết thúc lúc", widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "10:00"}))

    def more_rows(self):
        return ["place", Row(Column("starts_at"), Column("ends_at"))]

    def clean(self):
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at < starts_at:
            self.add_error("ends_at", "Giờ kết thúc phải sau giờ bắt đầu.")
        return cleaned

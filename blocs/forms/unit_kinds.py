"""The form of one kind of unit."""

from crispy_forms.layout import Column, Row
from django import forms

from blocs.models import UnitKind
from common.forms import CleanTextMixin, form_helper
from common.text import fold


class UnitKindForm(CleanTextMixin, forms.ModelForm):
    class Meta:
        model = UnitKind
        fields = ["name", "position"]

    helper = form_helper(Row(Column("name"), Column("position")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].help_text = "Loại có số nhỏ đứng trước trong danh sách chọn."

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name", "")
        others = UnitKind.objects.exclude(pk=self.instance.pk)
        same = next((kind for kind in others if fold(kind.name) == fold(name)), None)
        if name and same is not None and "name" not in self.errors:
            self.add_error("name", f"Đã có loại đơn vị “{same}”.")
        return cleaned

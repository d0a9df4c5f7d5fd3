"""The template of a covenant: for which blocs, its grounds and undertaking; its contents are a list of rows."""

from crispy_forms.layout import Column, Row
from django import forms

from blocs.models import CovenantTemplate
from common.forms import CleanTextMixin, form_helper


class CovenantTemplateForm(CleanTextMixin, forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    class Meta:
        model = CovenantTemplate
        fields = ["name", "bloc_kind", "grounds", "undertaking"]
        widgets = {"grounds": forms.Textarea(attrs={"rows": 4}), "undertaking": forms.Textarea(attrs={"rows": 4})}

    helper = form_helper("version", Row(Column("name"), Column("bloc_kind")), "grounds", "undertaking")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bloc_kind"].choices = [("", "mọi khối"), *list(self.fields["bloc_kind"].choices)[1:]]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
            self.initial["version"] = self.instance.version

    def values(self):
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

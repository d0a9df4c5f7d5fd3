"""What becomes of a bloc: another name, papers about it, groups, its end."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone

from blocs.enums import BlocAct
from blocs.forms.texts import LinesField
from common.forms import CleanTextMixin, DateInput, form_helper
from documents.models import Paper


class BlocRenameForm(CleanTextMixin, forms.Form):
    name = forms.CharField(label="Tên đầy đủ mới", max_length=250)
    short_name = forms.CharField(label="Tên ngắn mới", max_length=120, required=False)
    on = forms.DateField(label="Từ ngày", widget=DateInput, help_text="Ngày đầu tiên mang tên mới.")

    helper = form_helper("name", Row(Column("short_name"), Column("on")))


class BlocPaperForm(CleanTextMixin, forms.Form):
    paper = forms.ModelChoiceField(label="Văn bản", queryset=Paper.objects.none())
    act = forms.ChoiceField(label="Nội dung", choices=BlocAct.choices)
    effective_on = forms.DateField(
        label="Có hiệu lực từ ngày", widget=DateInput, required=False, help_text="Để trống: theo ngày của văn bản."
    )

    helper = form_helper("paper", Row(Column("act"), Column("effective_on")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = Paper.objects.unsealed().select_related("issuer")

    def clean(self):
        cleaned = super().clean()
        paper = cleaned.get("paper")
        if paper and "effective_on" in cleaned and not cleaned["effective_on"]:
            cleaned["effective_on"] = paper.effective_on or paper.issued_on
        return cleaned


class BlocGroupsForm(CleanTextMixin, forms.Form):
    """The names of the groups, and for each present member the group it belongs to."""

    groups = LinesField(
        label="Các nhóm",
        required=False,
        line_length=100,
        help_text="Mỗi dòng một nhóm, theo thứ tự. Để trống khi khối không chia nhóm. Lưu rồi chọn nhóm cho từng đơn vị.",
    )

    def __init__(self, *args, bloc, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [group.name for group in bloc.groups.all()]
        self.initial.setdefault("groups", groups)
        self.memberships = memberships
        self.has_groups = bool(groups)
        choices = [("", "Chưa xếp nhóm"), *((name, name) for name in groups)]
        for row in memberships if groups else []:
            self.fields[f"nhom-{row.pk}"] = forms.ChoiceField(
                label=f"Nhóm của {row.unit}",
                choices=choices,
                required=False,
                initial=row.group.name if row.group else "",
                widget=forms.Select(attrs={"class": "form-select", "aria-label": f"Nhóm của {row.unit}"}),
            )
        self.helper = form_helper("groups")

    @property
    def rows(self):
        """(membership, its field) for the table of the page."""
        return [(row, self[f"nhom-{row.pk}"]) for row in self.memberships if f"nhom-{row.pk}" in self.fields]

    def values(self):
        names = self.cleaned_data["groups"]
        chosen = {row: self.cleaned_data[field.name] for row, field in self.rows}
        # A group taken off the list takes nobody with it.
        return {"names": names, "members": {row: name if name in names else "" for row, name in chosen.items()}}


class BlocDissolveForm(CleanTextMixin, forms.Form):
    on = forms.DateField(label="Giải thể từ ngày", widget=DateInput, help_text="Ngày đầu tiên khối không còn.")
    paper = forms.ModelChoiceField(label="Theo văn bản", queryset=Paper.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = Paper.objects.unsealed().select_related("issuer")
        self.fields["on"].initial = timezone.localdate

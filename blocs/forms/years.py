"""Forms of the years: the province's dates, opening a new year for many blocs."""

from crispy_forms.layout import Column, Row
from django import forms
from django.forms import formset_factory

from blocs.enums import CovenantStage, DeadlineStage
from blocs.models import EmulationYear
from common.forms import CleanTextMixin, DateInput, form_helper


class DeadlineForm(CleanTextMixin, forms.Form):
    name = forms.CharField(label="Việc", max_length=200)
    due_on = forms.DateField(label="Hạn cuối", widget=DateInput)
    stage = forms.ChoiceField(label="Hội nghị phải họp trước hạn", choices=DeadlineStage.choices, required=False)


DeadlineFormSet = formset_factory(DeadlineForm, extra=1, can_delete=True, max_num=60, absolute_max=60)


class CovenantStageForm(forms.Form):
    """What the table of a year's covenants is filtered by."""

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *CovenantStage.choices])


class NewYearForm(forms.Form):
    """Step 1 of opening a year: from which year, for which blocs."""

    nguon = forms.ModelChoiceField(
        label="Lấy theo năm",
        queryset=EmulationYear.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="Không lấy theo năm nào",
        help_text="Cách luân phiên, số thành viên ghi trong văn bản và nội dung giao ước được lấy từ năm này.",
    )
    giao_uoc = forms.BooleanField(
        label="Lập bản thảo giao ước từ nội dung, chỉ tiêu của năm trước", required=False, initial=True
    )
    khoi = forms.MultipleChoiceField(
        label="Các khối, cụm",
        required=True,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Xin chọn ít nhất một khối, cụm."},
    )

    helper = form_helper(Row(Column("nguon"), Column("giao_uoc")))

    def __init__(self, *args, year, blocs, **kwargs):
        super().__init__(*args, **kwargs)
        self.blocs = blocs
        earlier = EmulationYear.objects.filter(starts_on__lt=year.starts_on).order_by("-starts_on")
        self.fields["nguon"].queryset = earlier
        self.fields["nguon"].initial = earlier.filter(kind=year.kind, bloc_years__isnull=False).first()
        self.fields["khoi"].choices = [(bloc.slug, str(bloc)) for bloc in blocs]

    @property
    def chosen(self):
        """Slugs that are ticked: what was typed, else every bloc that is not open yet."""
        if self.is_bound:
            return set(self.data.getlist("khoi")) if hasattr(self.data, "getlist") else set(self.data.get("khoi", []))
        return set(self.initial.get("khoi") or [bloc.slug for bloc in self.blocs if not bloc.is_opened])

    def values(self):
        """What `plan_new_year` takes."""
        wanted = set(self.cleaned_data["khoi"])
        return {
            "source": self.cleaned_data["nguon"],
            "blocs": [bloc for bloc in self.blocs if bloc.slug in wanted],
            "with_covenant": self.cleaned_data["giao_uoc"],
        }

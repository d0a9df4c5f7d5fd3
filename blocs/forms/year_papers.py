"""What is typed for the papers of a bloc-year."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.forms import BaseFormSet, formset_factory

from common.forms import CleanTextMixin
from documents.forms import DraftForm, GroundsField, RecipientsField, SignatureFields, text_area

OUTLINE_HELP = (
    "Mỗi dòng một đoạn. Dòng bắt đầu bằng “Chương I”, “Điều 1.”, “1.”, “a)” được trình bày theo đúng cấp của nó; "
    "tên chương ghi ở dòng dưới."
)


class RegulationForm(SignatureFields, DraftForm):
    """Quyết định ban hành quy chế, and the regulation as one text; `founder` is who founded the bloc, "" if not known."""

    issued_by = forms.ChoiceField(label="Cơ quan ban hành", choices=[("leader", "Đơn vị khối trưởng")])
    decider = forms.CharField(
        label="Thẩm quyền ban hành", max_length=200, help_text="In hoa ở đầu quyết định, ví dụ: Trưởng ban Tổ chức Tỉnh ủy."
    )
    grounds = GroundsField()
    effect = text_area("Điều 2. Hiệu lực, văn bản được thay thế", rows=2, max_length=2000)
    implementation = text_area("Điều 3. Trách nhiệm thi hành", rows=2, max_length=2000)
    regulation = text_area("Nội dung quy chế", rows=30, required=True, help_text=OUTLINE_HELP, max_length=60_000)
    recipients = RecipientsField()

    def __init__(self, *args, founder="", **kwargs):
        super().__init__(*args, **kwargs)
        if founder:
            self.fields["issued_by"].choices = [*self.fields["issued_by"].choices, ("founder", founder)]

    def rows(self):
        return [
            Fieldset("Quyết định", Row(Column("issued_by"), Column("decider")), "grounds", "effect", "implementation"),
            Fieldset("Quy chế kèm theo", "regulation"),
            self.signature_rows(),
            "recipients",
        ]


class PlanForm(SignatureFields, DraftForm):
    """Kế hoạch; its dates are the rows of `PlanRowFormSet`."""

    opening = text_area("Phần mở đầu", rows=3, max_length=4000)
    purpose = text_area("I. Mục đích, yêu cầu", rows=5, help_text="Dòng bắt đầu bằng “1.” hoặc “a)” là khoản, điểm.")
    theme = forms.CharField(label="Chủ đề thi đua", max_length=300, required=False)
    contents = text_area("II. Nội dung", rows=6)
    assignment = text_area("IV. Tổ chức thực hiện", rows=5)
    ending = forms.CharField(label="Câu kết", max_length=500, required=False)
    recipients = RecipientsField()
    is_wide = forms.BooleanField(label="In phụ lục tiến độ trên trang ngang", required=False)

    def rows(self):
        texts = ["opening", "purpose", "theme", "contents", "assignment", "ending"]
        return [Fieldset("Nội dung kế hoạch", *texts), self.signature_rows(), "recipients", "is_wide"]


class PlanRowForm(CleanTextMixin, forms.Form):
    when = forms.CharField(label="Thời gian", max_length=80)
    what = forms.CharField(label="Nội dung", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    who = forms.CharField(label="Đơn vị chủ trì", max_length=250, required=False)
    note = forms.CharField(label="Ghi chú", max_length=250, required=False)


class BaseRowFormSet(BaseFormSet):
    def values(self):
        """The rows in the order of the page, without those left empty or taken out."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]


PlanRowFormSet = formset_factory(
    PlanRowForm, formset=BaseRowFormSet, extra=1, can_delete=True, max_num=100, absolute_max=100
)

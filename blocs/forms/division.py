"""What is typed for the decision that divides the blocs."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.models import Bloc
from common.forms import DateInput
from documents.enums import PaperKind
from documents.forms import DraftForm, GroundsField, RecipientsField, SignatureFields, text_area
from documents.models import Issuer, Paper


class DivisionForm(SignatureFields, DraftForm):
    """Quyết định phân chia cụm, khối: the lists come from the register, as of a day."""

    issuer = forms.ModelChoiceField(
        label="Cơ quan, người ban hành",
        queryset=Issuer.objects.none(),
        empty_label="Chọn cơ quan ban hành",
        help_text="Văn bản lấy số, ký hiệu và thể thức theo cơ quan này.",
    )
    decider = forms.CharField(
        label="Thẩm quyền ban hành",
        max_length=200,
        help_text="In hoa ở đầu quyết định, ví dụ: Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ.",
    )
    as_of = forms.DateField(
        label="Danh sách lập theo ngày",
        widget=DateInput,
        help_text="Thành viên, tên đơn vị, trưởng khối, phó khối lấy theo danh mục vào ngày này.",
    )
    province = forms.ChoiceField(label="Tỉnh, thành phố", required=False)
    grounds = GroundsField()
    duties = text_area("Điều 2. Tổ chức hoạt động", rows=8, help_text="Mỗi dòng một khoản.")
    replaces = forms.ModelChoiceField(
        label="Thay thế quyết định",
        queryset=Paper.objects.none(),
        required=False,
        empty_label="Không thay thế văn bản nào",
        help_text="Quyết định trước phải có trong danh mục Văn bản.",
    )
    implementation = text_area("Điều 3. Trách nhiệm thi hành", rows=3, max_length=4000)
    recipients = RecipientsField()
    is_wide = forms.BooleanField(label="In hai phụ lục trên trang ngang", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = Issuer.objects.all()
        decisions = Paper.objects.unsealed().filter(kind=PaperKind.DECISION).select_related("issuer")
        self.fields["replaces"].queryset = decisions
        self.fields["replaces"].label_from_instance = lambda paper: f"{paper}: {paper.subject}"[:160]
        provinces = Bloc.objects.exclude(province="").order_by("province").values_list("province", flat=True).distinct()
        self.fields["province"].choices = [("", "Tất cả các khối trong danh mục"), *((name, name) for name in provinces)]

    def rows(self):
        return [
            Fieldset("Danh sách cụm, khối", Row(Column("as_of"), Column("province")), "is_wide"),
            Fieldset(
                "Quyết định",
                Row(Column("issuer"), Column("decider")),
                "grounds",
                "duties",
                "replaces",
                "implementation",
            ),
            self.signature_rows(),
            "recipients",
        ]

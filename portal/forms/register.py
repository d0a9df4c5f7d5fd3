"""The filter of the register of papers, and the signed version that comes back."""

from django import forms

from blocs.models import Bloc
from common.forms import form_helper
from common.text import fold_name
from common.uploads import check_pdf
from documents.models import Issuer
from portal.reports.register import ISSUED, KINDS, SCANNED, PaperQuery

_ANY = ("", "Tất cả")


class PaperFilter(forms.Form):
    """What the register is filtered by; a nonsense value filters nothing."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Số, ký hiệu hoặc trích yếu"}),
    )
    loai = forms.ChoiceField(
        label="Loại văn bản",
        required=False,
        choices=[_ANY, *[(value, label[:1].upper() + label[1:]) for value, label in KINDS]],
    )
    co_quan = forms.ModelChoiceField(
        label="Cơ quan ban hành", required=False, queryset=Issuer.objects.order_by("name"), empty_label="Tất cả"
    )
    nam = forms.IntegerField(
        label="Năm ban hành",
        required=False,
        min_value=1900,
        max_value=2999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"}),
    )
    khoi = forms.ModelChoiceField(
        label="Khối, cụm", required=False, queryset=Bloc.objects.none(), to_field_name="slug", empty_label="Tất cả"
    )
    hieu_luc = forms.ChoiceField(
        label="Hiệu lực", required=False, choices=[_ANY, ("con", "Còn hiệu lực"), ("da-thay", "Đã được thay thế")]
    )
    nguon = forms.ChoiceField(
        label="Nguồn", required=False, choices=[_ANY, (ISSUED, "Ban hành từ hệ thống"), (SCANNED, "Ban hành nơi khác")]
    )
    ban_ky = forms.ChoiceField(label="Bản đã ký", required=False, choices=[_ANY, ("co", "Đã có"), ("chua", "Chưa có")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["khoi"].queryset = Bloc.objects.in_order()
        self.fields["khoi"].label_from_instance = lambda bloc: bloc.label

    def query(self, sort=""):
        """The PaperQuery of what makes sense."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return PaperQuery(
            text=fold_name(given.get("q") or ""),
            kind=given.get("loai") or "",
            issuer=given.get("co_quan"),
            year=given.get("nam"),
            bloc=given.get("khoi"),
            standing=given.get("hieu_luc") or "",
            source=given.get("nguon") or "",
            signed=given.get("ban_ky") or "",
            sort=sort,
        )


class SignedFileForm(forms.Form):
    """Bản đã ký, đóng dấu: once, never overwritten."""

    upload = forms.FileField(
        label="Bản đã ký, đóng dấu (PDF)",
        validators=[check_pdf],
        help_text="Bản quét màu từ 200 dpi trở lên, hoặc tệp đã ký số.",
    )

    helper = form_helper("upload")

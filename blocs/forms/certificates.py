"""Registering and revoking the certificate of a unit."""

from django import forms

from blocs.fields import UnitPickField
from common.forms import CleanTextMixin, form_helper
from common.uploads import size_in_words
from documents.signing.certificates import MAX_CERTIFICATE


class CertificateForm(CleanTextMixin, forms.Form):
    unit = UnitPickField(label="Đơn vị")
    upload = forms.FileField(
        label="Tệp chứng thư số (.cer, .crt, .pem)",
        help_text="Chỉ phần công khai, không kèm khóa bí mật; tổ chức chứng thực cấp cùng thiết bị ký.",
    )

    helper = form_helper("unit", "upload")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_CERTIFICATE:
            raise forms.ValidationError(
                f"Tệp “{upload.name}” nặng {size_in_words(upload.size)}, quá lớn để là chứng thư số."
            )
        return upload


class CertificateSearchForm(forms.Form):
    """What the list is filtered by; nonsense filters nothing."""

    q = forms.CharField(label="Đơn vị", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("con", "Còn hiệu lực"), ("sap", "Sắp hết hạn"), ("het", "Hết hạn, thu hồi")],
    )


class RevokeForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(label="Lý do thu hồi", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

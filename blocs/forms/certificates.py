"""Registering and revoking the certificate of a unit."""

from django import forms
from django.conf import settings

from blocs.fields import UnitPickField
from common.forms import CleanTextMixin, form_helper
from common.uploads import size_in_words
from documents.signing import SignatureRefused, load_certificate
from documents.signing.certificates import MAX_CERTIFICATE


class CertificateForm(CleanTextMixin, forms.Form):
    unit = UnitPickField(label="Đơn vị")
    upload = forms.FileField(
        label="Tệp chứng thư số (.cer, .crt, .pem)",
        help_text="Chỉ phần công khai, không kèm khóa bí mật; tổ chức chứng thực cấp cùng thiết bị ký.",
    )

    helper = form_helper("unit", "upload")

    def clean_upload(self):
        """The bytes of a certificate; the fault of a file stands at the file, whatever else is missing."""
        upload = self.cleaned_data["upload"]
        limit = min(MAX_CERTIFICATE, settings.UPLOAD_LIMIT_PAPER)
        if upload.size > limit:
            raise forms.ValidationError(
                f"Tệp “{upload.name}” nặng {size_in_words(upload.size)}, vượt giới hạn {size_in_words(limit)}."
            )
        content = upload.read()
        try:
            load_certificate(content)
        except SignatureRefused as refusal:
            raise forms.ValidationError(f"“{upload.name}”: {refusal.message}") from refusal
        return content


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

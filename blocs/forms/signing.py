"""Signing a covenant and issuing it."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone

from blocs.enums import SigningOrder
from blocs.forms.covenant import not_in_future
from common.forms import CleanTextMixin, DateInput, form_helper
from common.uploads import check_key_file, check_pdf, check_pdf_head


class SendForm(CleanTextMixin, forms.Form):
    """How the covenant is to be signed; everything may be left as it stands."""

    sign_by = forms.DateField(
        label="Hạn ký",
        widget=DateInput,
        required=False,
        help_text="Có hạn thì đơn vị chưa ký được nhắc bằng thư điện tử.",
    )
    order = forms.ChoiceField(
        label="Thứ tự ký",
        choices=SigningOrder.choices,
        required=False,
        initial=SigningOrder.ANY,
        help_text="Ký lần lượt: đơn vị sau chỉ ký được khi các đơn vị trước đã ký.",
    )

    helper = form_helper(Row(Column("sign_by"), Column("order")))

    def clean_sign_by(self):
        day = self.cleaned_data["sign_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(f"Hạn ký {day:%d/%m/%Y} đã qua.")
        return day

    def clean_order(self):
        return self.cleaned_data["order"] or SigningOrder.ANY


class SignerForm(CleanTextMixin, forms.Form):
    """The line of one member: its place, and who is expected to sign."""

    position = forms.IntegerField(
        label="Thứ tự", required=False, min_value=1, max_value=999, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    name = forms.CharField(label="Người ký", max_length=120, required=False)
    title = forms.CharField(label="Chức vụ", max_length=200, required=False)

    def __init__(self, *args, unit, place, **kwargs):
        super().__init__(*args, prefix=f"dv-{unit.pk}", **kwargs)
        self.unit, self.place = unit, place
        for name, field in self.fields.items():
            css = {"position": " signing-place", "title": " signing-title"}.get(name, "")
            field.widget.attrs.update({"class": f"form-control{css}", "aria-label": f"{field.label}: {unit}"})

    def row(self):
        """The row for the service; who is given no place keeps that of the list."""
        data = self.cleaned_data
        return self.unit, data["position"] or self.place, data["name"], data["title"]


class SignedTogetherForm(CleanTextMixin, forms.Form):
    """What holds for every ticked unit whose own line leaves it empty."""

    same_date = forms.DateField(
        label="Ngày ký chung",
        widget=DateInput,
        required=False,
        help_text="Áp dụng cho các đơn vị được đánh dấu mà ô ngày ký để trống.",
    )
    same_title = forms.CharField(
        label="Chức vụ người ký chung",
        max_length=200,
        required=False,
        help_text="Ví dụ: Thủ trưởng đơn vị; áp dụng khi dòng của đơn vị không ghi người ký và chức vụ.",
    )

    scan = forms.FileField(
        label="Bản quét có chữ ký (PDF)",
        required=False,
        validators=[check_pdf],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Tờ ký đã quét, lưu kèm các đơn vị được đánh dấu; một tệp PDF, tối đa 20 MB.",
    )

    helper = form_helper(Row(Column("same_date"), Column("same_title")), "scan")

    def clean_same_date(self):
        return not_in_future(self.cleaned_data["same_date"], "Ngày ký chung")


class SignatureForm(CleanTextMixin, forms.Form):
    """The line of one unit; only ticked lines are recorded."""

    is_signed = forms.BooleanField(label="Đã ký", required=False)
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    signer_title = forms.CharField(label="Chức vụ", max_length=200, required=False)
    signed_on = forms.DateField(label="Ngày ký", widget=DateInput, required=False)

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, prefix=f"ky-{signature.pk}", **kwargs)
        self.signature = signature
        for name, field in self.fields.items():
            css = "form-check-input" if name == "is_signed" else "form-control"
            field.widget.attrs.update({"class": css, "aria-label": f"{field.label}: {signature.unit}"})

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"], "Ngày ký")

    def complete_with(self, same_date, same_title):
        """The row for the service, or None with a sentence at the field that is missing."""
        data = self.cleaned_data
        title = data["signer_title"] or ("" if data["signer_name"] else same_title)
        day = data["signed_on"] or same_date
        if not (data["signer_name"] or title):
            self.add_error("signer_name", f"Xin ghi người ký hoặc chức vụ người ký của {self.signature.unit}.")
        if not day:
            self.add_error("signed_on", f"Xin ghi ngày ký của {self.signature.unit}.")
        return None if self.errors else (self.signature, data["signer_name"], title, day)


class RefusalForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(label="Lý do từ chối ký", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ScanForm(forms.Form):
    scan = forms.FileField(
        label="Bản quét giao ước đã ký (PDF)",
        validators=[check_pdf],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Một tệp PDF, tối đa 20 MB.",
    )

    helper = form_helper("scan")


class CovenantIssueForm(CleanTextMixin, forms.Form):
    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, required=False, help_text="Để trống nếu giao ước không mang số."
    )
    issued_on = forms.DateField(label="Ngày ghi trên giao ước", widget=DateInput)
    is_public = forms.BooleanField(label="Công khai trên trang của khối", required=False, initial=True)

    use_scan = forms.BooleanField(
        label="Lấy bản quét đã ký làm bản chính",
        required=False,
        initial=True,
        help_text="Tệp do hệ thống tạo vẫn được giữ bên cạnh.",
    )
    signed_file = forms.FileField(
        label="Bản quét có chữ ký, con dấu (PDF)",
        required=False,
        validators=[check_pdf],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Có tệp này thì đây là bản chính; tệp do hệ thống tạo vẫn được giữ bên cạnh.",
    )

    def __init__(self, *args, takes_file=False, has_scan=False, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [Row(Column("number"), Column("issued_on")), "is_public"]
        kept = "use_scan" if has_scan else "signed_file"
        for name in ("use_scan", "signed_file"):
            if takes_file and name == kept:
                rows.append(name)
            else:
                del self.fields[name]
        self.helper = form_helper(*rows)

    def clean_issued_on(self):
        return not_in_future(self.cleaned_data["issued_on"], "Ngày ghi trên giao ước")


def secret(label, **attrs):
    """A field for a password or passphrase: never shown again, never kept (common.kept knows it by its name)."""
    return forms.CharField(label=label, max_length=200, strip=False, widget=forms.PasswordInput(attrs=attrs))


class OwnSignatureForm(CleanTextMixin, forms.Form):
    """What each of the three ways asks of the person who signs for the unit."""

    signer_name = forms.CharField(label="Họ và tên người ký", max_length=120)
    signer_title = forms.CharField(label="Chức vụ", max_length=200, required=False)


class ReadForm(OwnSignatureForm):
    has_read = forms.BooleanField(
        label="Tôi đã đọc toàn văn giao ước và được đơn vị giao ký",
        error_messages={"required": "Xin đọc giao ước và đánh dấu vào ô này trước khi ký."},
    )


class ClickForm(ReadForm):
    # The digest of the file that stands on the page: what is confirmed.
    seen_sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    password = secret("Mật khẩu tài khoản", autocomplete="current-password")

    helper = form_helper("seen_sha256", Row(Column("signer_name"), Column("signer_title")), "has_read", "password")


class CertificateForm(ReadForm):
    pkcs12 = forms.FileField(
        label="Tệp chứng thư số (.p12, .pfx)",
        validators=[check_key_file],
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        help_text="Tệp và mật khẩu của tệp chỉ dùng để ký lần này, không được lưu lại.",
    )
    passphrase = secret("Mật khẩu của tệp chứng thư số", autocomplete="off")
    password = secret("Mật khẩu tài khoản", autocomplete="current-password")

    helper = form_helper(
        Row(Column("signer_name"), Column("signer_title")),
        "has_read",
        Row(Column("pkcs12"), Column("passphrase")),
        "password",
    )


class SignedFileForm(OwnSignatureForm):
    upload = forms.FileField(
        label="Tệp giao ước đã ký (PDF)",
        validators=[check_pdf_head],
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Đúng tệp vừa tải về, thêm một chữ ký số của đơn vị và không thay đổi gì khác.",
    )

    helper = form_helper(Row(Column("signer_name"), Column("signer_title")), "upload")

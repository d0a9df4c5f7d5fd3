"""Forms that every printed form shares: issuing it, its draft, who signs it."""

import datetime

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from common.forms import CleanTextMixin, DateInput, form_helper
from common.uploads import check_pdf
from documents.authority import SigningAuthority

_NUMBER = RegexValidator(
    r"^[0-9]{1,6}[A-Za-z]?(?:[/-][\w./-]{1,40})?$", "Số văn bản bắt đầu bằng chữ số, ví dụ 05 hoặc 05/BC-KTĐ."
)


class IssueForm(CleanTextMixin, forms.Form):
    """Number and date from the clerk's register (DOC-23), and the version that was signed outside, where there is one.

    `numbers_itself`: the issuer has opted in to automatic numbers, so none is typed. `may_be_public`: as of the paper.
    """

    number = forms.CharField(
        label="Số văn bản",
        max_length=40,
        validators=[_NUMBER],
        help_text="Số do văn thư cấp trong sổ đăng ký văn bản đi, ví dụ 05; ký hiệu hệ thống tự ghi.",
        error_messages={"required": "Hãy ghi số văn bản do văn thư cấp."},
    )
    issued_on = forms.DateField(
        label="Ngày ban hành",
        widget=DateInput,
        error_messages={"required": "Hãy ghi ngày ban hành.", "invalid": "Ngày ban hành phải theo dạng dd/mm/yyyy."},
    )
    signed_file = forms.FileField(
        label="Bản đã ký, đóng dấu (PDF)",
        required=False,
        validators=[check_pdf],
        help_text="Nếu đã ký, đóng dấu bên ngoài thì tải lên tại đây: bản này là văn bản chính thức, bản do hệ thống "
        "tạo được giữ bên cạnh. Có thể nộp sau.",
    )
    is_public = forms.BooleanField(
        label="Công khai trên trang thông tin",
        required=False,
        help_text="Ai cũng đọc được tệp. Không chọn thì chỉ những đơn vị xem được hồ sơ này đọc được.",
    )

    def __init__(self, *args, numbers_itself=False, may_be_public=True, **kwargs):
        super().__init__(*args, **kwargs)
        last = ["signed_file", "is_public"]
        if not may_be_public:
            del self.fields["is_public"]
            last.remove("is_public")
        first = [Column("number"), Column("issued_on")]
        if numbers_itself:
            del self.fields["number"]
            first = [Column("issued_on")]
        self.helper = form_helper(Row(*first), *self.more_rows(), *last)

    def more_rows(self):
        """What a form's own fields add to the layout."""
        return []

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise ValidationError(f"Ngày ban hành {day:%d/%m/%Y} ở sau ngày hôm nay.")
        return day


class SignatureFields(forms.Form):
    """Who signs, and in whose name (DOC-19, DOC-20, DOC-22); `documents.authority.signature_of` reads the values."""

    sign_authority = forms.ChoiceField(label="Thẩm quyền ký", choices=SigningAuthority.choices, required=False)
    sign_for = forms.CharField(
        label="Ký thay mặt, thay cho",
        max_length=200,
        required=False,
        help_text="Ghi sau TM., KT., TL., TUQ. hoặc Q., ví dụ: Khối thi đua; Chủ tịch.",
    )
    sign_post = forms.CharField(label="Chức vụ người ký", max_length=200, required=False)
    sign_second_post = forms.CharField(
        label="Chức vụ tại cơ quan", max_length=200, required=False, help_text="In dưới chữ ký, trên họ tên."
    )
    sign_name = forms.CharField(
        label="Họ và tên người ký", max_length=120, required=False, help_text="Không ghi học hàm, học vị."
    )

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if cleaned.get("sign_authority") and not cleaned.get("sign_for"):
            self.add_error("sign_for", f"Đã chọn {cleaned['sign_authority']} thì phải ghi ký thay mặt, thay cho ai.")
        return cleaned

    @staticmethod
    def signature_rows():
        """The group for the layout of a form."""
        return Fieldset(
            "Người ký",
            Row(Column("sign_authority"), Column("sign_for")),
            Row(Column("sign_post"), Column("sign_second_post")),
            "sign_name",
        )


class SignedIssueForm(SignatureFields, IssueForm):
    """Issuing a paper whose signer comes from the records; another one may be written here."""

    def more_rows(self):
        return [self.signature_rows()]


class DraftForm(CleanTextMixin, forms.Form):
    """What a person types for a paper; `version` is that of the draft the page was opened with, 0 before the first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        # A draft holds plain data: days and hours are kept as text.
        for name, value in self.initial.items():
            if isinstance(value, str) and value and name in self.fields:
                self.initial[name] = _read(self.fields[name], value)
        self.helper = form_helper("version", *self.rows())

    def rows(self):
        """The layout, without the version."""
        return [name for name in self.fields if name != "version"]

    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def values(self):
        """What is kept: plain data."""
        return {name: _write(value) for name, value in self.cleaned_data.items() if name != "version"}


def _read(field, value):
    try:
        if isinstance(field, forms.DateField):
            return datetime.date.fromisoformat(value)
        if isinstance(field, forms.TimeField):
            return datetime.time.fromisoformat(value)
    except ValueError:
        return None
    return value


def _write(value):
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return getattr(value, "pk", value)


def text_area(label, *, rows, required=False, help_text="", max_length=20_000):
    """A field of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=max_length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class GroundsField(forms.CharField):
    """Căn cứ, one a line."""

    def __init__(self, **kwargs):
        defaults = {"label": "Căn cứ", "help_text": "Mỗi dòng một căn cứ.", "max_length": 6000, "required": False}
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **defaults | kwargs)


class RecipientsField(forms.CharField):
    """Nơi nhận, one a line (DOC-21)."""

    def __init__(self, **kwargs):
        defaults = {"label": "Nơi nhận", "help_text": "Mỗi dòng một nơi nhận.", "max_length": 3000, "required": False}
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **defaults | kwargs)


def lines_of(text):
    """What was typed one a line."""
    return [line for line in str(text or "").split("\n") if line.strip()]

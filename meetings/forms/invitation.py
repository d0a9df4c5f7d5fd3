"""What is typed for an invitation."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from documents.forms import DraftForm, RecipientsField, SignatureFields, text_area


class InvitationForm(SignatureFields, DraftForm):
    """Giấy mời: whom, to what, when and where; prepared from the meeting."""

    inviter = forms.CharField(label="Cơ quan mời", max_length=250)
    invitees = text_area("Kính mời", rows=10, required=True, help_text="Mỗi dòng một người hoặc một đơn vị.")
    purpose = forms.CharField(label="Tới dự", max_length=500)
    chair = forms.CharField(label="Chủ trì", max_length=400, required=False)
    when = forms.CharField(label="Thời gian", max_length=200)
    place = forms.CharField(label="Địa điểm", max_length=300, required=False)
    agenda = text_area("Nội dung, chương trình", rows=5, help_text="Mỗi dòng một nội dung.")
    preparation = text_area(
        "Đề nghị các đơn vị chuẩn bị", rows=3, help_text="Mỗi dòng một việc, ví dụ báo cáo, ý kiến tham luận, thời hạn gửi."
    )
    contact = forms.CharField(label="Liên hệ", max_length=300, required=False, help_text="Họ tên, điện thoại của đầu mối.")
    recipients = RecipientsField()

    def rows(self):
        return [
            Fieldset("Lời mời", "inviter", "invitees", "purpose", "chair", Row(Column("when"), Column("place"))),
            Fieldset("Nội dung họp", "agenda", "preparation", "contact"),
            self.signature_rows(),
            "recipients",
        ]

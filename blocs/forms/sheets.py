"""Uploading a sheet."""

from django import forms

from common.forms import form_helper
from common.workbooks import check_workbook, read_sheet


class SheetUploadForm(forms.Form):
    """Judges the file by its content; `rows` is how many rows it holds."""

    file = forms.FileField(
        label="Tệp Excel",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="Tệp .xlsx, tối đa 10 MB và 20.000 dòng. Xem trước rồi mới lưu.",
        error_messages={"required": "Hãy chọn tệp Excel.", "empty": "Tệp không có nội dung."},
    )

    helper = form_helper("file")

    def __init__(self, *args, title="", **kwargs):
        super().__init__(*args, **kwargs)
        self.title, self.rows = title, 0

    def clean_file(self):
        upload = self.cleaned_data["file"]
        check_workbook(upload)
        upload.seek(0)
        self.rows = len(read_sheet(upload.read(), self.title).rows)
        upload.seek(0)
        if not self.rows:
            raise forms.ValidationError("Tệp chỉ có dòng tiêu đề, chưa có dòng dữ liệu nào.")
        return upload

"""Forms of the newsroom."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.models import BlocYear
from common.forms import CleanTextMixin, DateInput, form_helper
from common.uploads import check_pdf, check_picture
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from news.enums import ArticleState
from news.models import Article, Category, Photo


class ArticleForm(CleanTextMixin, forms.ModelForm):
    """Soạn, sửa bài. A draft may be saved with nothing but a title; what it still lacks the desk says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Declared, because the scheme that Django assumes for a model's own field is about to change.
    source_url = forms.URLField(
        label="Địa chỉ nguồn",
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Article
        fields = [
            "title",
            "lead",
            "body",
            "category",
            "bloc_year",
            "meeting",
            "event_on",
            "author_line",
            "source",
            "source_url",
        ]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 18}),
            "event_on": DateInput(),
        }
        help_texts = {
            "title": "Viết thường, không viết in hoa toàn bộ.",
            "lead": "Một đến ba câu: việc gì, khi nào, ở đâu, ai.",
            "body": "Để một dòng trống giữa hai đoạn. Dòng bắt đầu bằng “- ” thành danh sách, bằng “## ” thành tiêu đề mục.",
            "event_on": "Ngày xảy ra sự việc, có thể khác ngày đăng.",
            "author_line": "Như sẽ in dưới bài, ví dụ: Nguyễn Thị Nhàn, Trường Chính trị tỉnh.",
            "source": "Chỉ ghi khi đăng lại từ nơi khác.",
        }

    def __init__(self, *args, user, bloc_years, **kwargs):
        super().__init__(*args, **kwargs)
        # A choice made by somebody with other rights stays choosable, else saving would silently drop it.
        kept = [pk for pk in (self.instance.bloc_year_id,) if pk]
        years = BlocYear.objects.filter(pk__in=[*bloc_years.values_list("pk", flat=True), *kept])
        self.fields["bloc_year"].queryset = years.for_work().order_by("bloc__sort_key", "-year__starts_on")
        self.fields["bloc_year"].empty_label = "Không gắn với khối nào"
        held = Meeting.objects.filter(bloc_year__in=years).exclude(status=MeetingStatus.ANNOUNCED)
        self.fields["meeting"].queryset = held.order_by("-starts_on")
        self.fields["meeting"].empty_label = "Không gắn với hội nghị nào"
        self.fields["meeting"].label_from_instance = lambda row: f"{row.title} ({row.starts_on:%d/%m/%Y})"
        self.fields["category"].queryset = Category.objects.all()
        self.fields["category"].empty_label = "Chọn chuyên mục"
        self.fields["version"].initial = self.instance.version
        self.helper = form_helper(
            "version",
            "title",
            "lead",
            "body",
            Row(Column("category"), Column("event_on")),
            Fieldset("Bài nói về", "bloc_year", "meeting"),
            Fieldset("Tác giả, nguồn", "author_line", Row(Column("source"), Column("source_url"))),
        )

    def clean_title(self):
        # A title is one line wherever it is shown.
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        cleaned = super().clean()
        meeting, bloc_year = cleaned.get("meeting"), cleaned.get("bloc_year")
        if meeting and bloc_year and meeting.bloc_year_id != bloc_year.pk:
            self.add_error("meeting", "Hội nghị này không thuộc khối và năm đã chọn.")
        elif meeting and not bloc_year:
            cleaned["bloc_year"] = meeting.bloc_year
        return cleaned


class PhotoForm(CleanTextMixin, forms.Form):
    """Thêm ảnh: the picture and the words that belong to it."""

    image = forms.FileField(
        label="Tệp ảnh", validators=[check_picture], help_text="JPEG, PNG hoặc WebP; ảnh được thu nhỏ và bỏ dữ liệu máy ảnh."
    )
    alt = forms.CharField(
        label="Mô tả ảnh cho người khiếm thị",
        max_length=300,
        help_text="Trong ảnh có gì, ví dụ: Các đại biểu đứng ký vào bản giao ước trên bàn dài.",
    )
    caption = forms.CharField(label="Chú thích dưới ảnh", max_length=300, required=False)
    credit = forms.CharField(label="Người chụp", max_length=120, required=False)

    helper = form_helper("image", "alt", "caption", "credit")


class PhotoWordsForm(CleanTextMixin, forms.ModelForm):
    """Sửa chú thích, mô tả và thứ tự của ảnh."""

    class Meta:
        model = Photo
        fields = ["alt", "caption", "credit", "position"]

    helper = form_helper("alt", "caption", Row(Column("credit"), Column("position")))


class AttachmentForm(CleanTextMixin, forms.Form):
    """Đính kèm một tệp PDF."""

    file = forms.FileField(label="Tệp PDF", validators=[check_pdf])
    title = forms.CharField(
        label="Tên tệp", max_length=200, help_text="Như người đọc sẽ thấy, ví dụ: Bản giao ước năm 2022."
    )

    helper = form_helper("file", "title")


class ReasonForm(CleanTextMixin, forms.Form):
    """Lý do trả lại, lý do gỡ bài."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, label="Lý do", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class CorrectionForm(CleanTextMixin, forms.Form):
    """Nội dung đính chính của bài đã từng đăng."""

    correction = forms.CharField(
        label="Nội dung đính chính",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Hiện công khai dưới bài, ví dụ: Bản đăng ngày 12/01/2022 ghi nhầm ngày họp; ngày đúng là 11/01/2022.",
    )


class DeskFilterForm(forms.Form):
    """Lọc danh sách bài ở tòa soạn."""

    q = forms.CharField(label="Tìm theo tiêu đề", required=False, max_length=200, widget=forms.SearchInput)
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả trạng thái"), *ArticleState.choices]
    )

"""/ui/ in development: every component with the data of a real office, long names and empty states included."""

from datetime import date, datetime
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from common.forms import CleanTextMixin, DateInput, form_helper
from common.formsets import add_row
from common.text import fold
from common.views import render_form

UNITS = (
    "Ban Tổ chức Tỉnh ủy",
    "Ban Tuyên giáo Tỉnh ủy",
    "Báo Phú Thọ",
    "Đảng ủy khối Doanh nghiệp tỉnh",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Hội Nông dân tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh phối hợp Văn phòng Điều phối nông thôn mới tỉnh",
)


class SampleMeetingForm(CleanTextMixin, forms.Form):
    title = forms.CharField(label="Tên cuộc họp", max_length=200, error_messages={"required": "Hãy nhập tên cuộc họp."})
    held_on = forms.DateField(
        label="Ngày họp", widget=DateInput(), error_messages={"invalid": "Ngày họp phải theo dạng dd/mm/yyyy."}
    )
    place = forms.CharField(label="Địa điểm", required=False, help_text="Ghi như trên giấy mời.")
    kind = forms.ChoiceField(label="Loại", choices=[("so-ket", "Sơ kết"), ("tong-ket", "Tổng kết")])
    online = forms.BooleanField(label="Có điểm cầu trực tuyến", required=False)
    summary = forms.CharField(label="Tóm tắt kết quả", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Bản chụp biên bản", required=False, help_text="PDF, không quá 20 MB.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class SampleItemForm(forms.Form):
    content = forms.CharField(label="Nội dung", error_messages={"required": "Hãy nhập nội dung."})
    presenter = forms.CharField(label="Người trình bày", required=False)
    minutes = forms.IntegerField(label="Số phút", required=False)


class SampleFilterForm(forms.Form):
    q = forms.CharField(label="Tên đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), ("cho-xet", "Chờ xét"), ("da-duyet", "Đã duyệt")],
    )


class SampleUnitForm(forms.Form):
    unit = forms.CharField(label="Đơn vị", error_messages={"required": "Hãy nhập tên đơn vị."})


class SampleReasonForm(forms.Form):
    reason = forms.CharField(label="Lý do trả lại", widget=forms.Textarea)


SampleItems = forms.formset_factory(SampleItemForm, extra=0, can_delete=True, max_num=20)


@login_not_required
def gallery(request):
    """All components on one page; the form answers like a real one, 422 with its faults."""
    initial = {"title": "Hội nghị tổng kết phong trào thi đua năm 2021", "held_on": date(2022, 1, 11)}
    items = [
        {"content": "Báo cáo tổng kết năm 2021", "presenter": "Lãnh đạo Hội Nông dân tỉnh", "minutes": 30},
        {"content": "Thảo luận, bình xét theo đăng ký và thành tích", "presenter": "", "minutes": 60},
    ]
    context = _samples(request)
    if longer := add_row(request, ["items"]):
        context |= {"form": SampleMeetingForm(longer), "items": SampleItems(longer, prefix="items")}
        return render(request, "portal/ui_gallery.html", {**context, "is_adding_row": True})
    if request.method == "POST":
        form, formset = SampleMeetingForm(request.POST, request.FILES), SampleItems(request.POST, prefix="items")
        form.is_valid()
        return render_form(request, "portal/ui_gallery.html", form, {**context, "items": formset}, [formset])
    form, formset = SampleMeetingForm(initial=initial), SampleItems(initial=items, prefix="items")
    return render_form(request, "portal/ui_gallery.html", form, {**context, "items": formset}, [formset])


@login_not_required
def gallery_suggest(request):
    """What suggest.js asks for while one types."""
    wanted = fold(request.GET.get("q", ""))
    found = [name for name in UNITS if wanted in fold(name)]
    return JsonResponse({"results": [{"value": name, "label": name, "note": "Khối số 1"} for name in found]})


def _samples(request):
    states = [
        ("Đang soạn", "neutral"),
        ("Chờ xét", "waiting"),
        ("Đã duyệt", "ok"),
        ("Sắp hết hạn", "warn"),
        ("Trả lại", "bad"),
        ("Đã ban hành", "done"),
    ]
    rows = [
        SimpleNamespace(unit=name, score=100 - number * 1.25, label=states[number % 6][0], tone=states[number % 6][1])
        for number, name in enumerate(UNITS)
    ]
    return {
        "states": states,
        "rows": rows,
        "page": Paginator(range(274), 20).get_page(request.GET.get("trang", 3)),
        "filter_form": SampleFilterForm(request.GET or None),
        "unit_form": SampleUnitForm({"unit": "Hội phụ nữ tỉnh"}),
        "unit_form_script": SampleUnitForm(prefix="go"),
        "unit_names": UNITS,
        "unit_suggestions": [
            {"value": "5", "label": "Hội Liên hiệp Phụ nữ tỉnh", "note": "Khối số 1"},
            {"value": "8", "label": "Hội Liên hiệp Phụ nữ thành phố Việt Trì", "note": "Cụm số 3"},
        ],
        "reason_form": SampleReasonForm(),
        "steps": [
            {"label": "Ký giao ước", "state": "done", "note": "15/15 đơn vị"},
            {"label": "Sơ kết", "state": "skipped", "note": "Không tổ chức"},
            {"label": "Tổng kết", "state": "done", "note": "11/01/2022"},
            {"label": "Trình khen thưởng", "state": "current", "note": "Trả lại dòng 4", "url": "#trinh"},
            {"label": "Bàn giao", "state": "todo"},
        ],
        "events": [
            {
                "at": datetime(2022, 1, 20, 15, 30, tzinfo=timezone.get_current_timezone()),
                "title": "Trả lại dòng 4 của tờ trình",
                "by": "Cơ quan thường trực Hội đồng Thi đua - Khen thưởng tỉnh",
                "text": "Tờ trình ghi 06 tập thể, danh sách kèm theo có 05.",
                "tone": "bad",
            },
            {"at": date(2022, 1, 14), "title": "Trình hồ sơ", "by": "Ban Tổ chức Tỉnh ủy", "tone": "waiting"},
            {"at": date(2022, 1, 11), "title": "Hội nghị tổng kết", "by": "15 đơn vị dự", "tone": "ok"},
        ],
        "missing": ["biên bản kiểm phiếu", "báo cáo thành tích của Báo Phú Thọ"],
        "years": [
            {"label": "Năm 2022", "url": "#nam-2022", "active": False},
            {"label": "Năm 2021", "url": "#nam-2021", "active": True},
        ],
        "consequences": ["Hồ sơ về lại đơn vị Khối trưởng để sửa.", "Sáu mục khác của tờ trình vẫn được thẩm định."],
        "menu": [
            {
                "label": "",
                "items": [{"label": "Bảng việc", "url": "/lam-viec/", "icon": "grid", "count": 4}],
            },
            {
                "label": "Khối số 1, năm 2021",
                "items": [
                    {"label": "Thành viên", "url": "/ui/", "icon": "people"},
                    {"label": "Giao ước thi đua", "url": "#giao-uoc", "icon": "pen"},
                    {"label": "Hội nghị, cuộc họp", "url": "#hop", "icon": "calendar-event"},
                    {"label": "Đề nghị khen thưởng", "url": "#khen", "icon": "award", "count": 1},
                    {"label": "Bàn giao Khối trưởng, Khối phó", "url": "#ban-giao", "icon": "arrow-left-right"},
                ],
            },
            {
                "label": "Thi đua, khen thưởng tỉnh",
                "items": [
                    {"label": "Sổ khen thưởng", "url": "#so", "icon": "journal-text"},
                    {"label": "Danh mục hình thức", "url": "#danh-muc", "icon": "list-ul"},
                ],
            },
        ],
        "current_unit": "Ban Tổ chức Tỉnh ủy Phú Thọ",
        "current_year": "2021",
        "year_choices": [
            {"label": "Năm 2022", "url": "#nam-2022", "active": False},
            {"label": "Năm 2021", "url": "#nam-2021", "active": True},
        ],
    }

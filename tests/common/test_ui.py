"""The components of `common/templatetags/ui.py`: each renders, escapes what it is given, refuses what it does not know."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from common.formsets import add_row
from common.templatetags import vi

EVIL = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


class NameForm(forms.Form):
    name = forms.CharField(label=EVIL, help_text="Ghi như trong quyết định.")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)


class RowForm(forms.Form):
    content = forms.CharField(label="Nội dung")


Rows = forms.formset_factory(RowForm, extra=0, can_delete=True)


def rows_data(count, **more):
    return {"rows-TOTAL_FORMS": str(count), "rows-INITIAL_FORMS": "0", **more}


def show(source, path="/khoi/?q=tinh&trang=2", **context):
    request = RequestFactory().get(path)
    return Template("{% load ui vi %}" + source).render(Context({"request": request, "csrf_token": "dau", **context}))


SIMPLE = {
    "badge": "{% badge evil 'ok' %}",
    "progress": "{% progress 9 15 evil %}",
    "file_link": "{% file_link evil evil kind='pdf' size=1482000 note=evil %}",
    "link_button": "{% link_button evil evil icon=evil %}",
    "action_button": "{% action_button evil evil missing=evils name=evil value=evil %}",
    "action_button ready": "{% action_button evil evil confirm=evil note=evil %}",
    "empty_state": "{% empty_state evil evil evil evil icon=evil %}",
    "notice": "{% notice evil title=evil %}",
    "notice_block": "{% notice_block title=evil %}{{ evil }}{% endnotice_block %}",
    "page_header": "{% page_header evil eyebrow=evil lead=evil badge_label=evil %}{{ evil }}{% endpage_header %}",
    "section": "{% section evil id=evil note=evil %}{{ evil }}{% endsection %}",
    "card": "{% card evil url=evil icon=evil footer=evil %}{{ evil }}{% endcard %}",
    "breadcrumbs": "{% breadcrumbs evil evil evil %}",
    "tabs": "{% tabs evil %}{% tab evil evil count=3 %}{% endtabs %}",
    "menu_item": "{% menu_item evil evil icon=evil count=3 %}",
    "choice_menu": "{% choice_menu evil evil_items caption=evil icon=evil %}",
    "stats": "{% stats %}{% stat evil evil url=evil note=evil icon=evil %}{% endstats %}",
    "facts": "{% facts label=evil %}{% fact evil evil url=evil note=evil %}{% endfacts %}",
    "fact_block": "{% fact_block evil %}{{ evil }}{% endfact_block %}",
    "stepper": "{% stepper evil_items label=evil %}",
    "timeline": "{% timeline evil_items %}",
    "timeline empty": "{% timeline nothing empty=evil %}",
    "table": "{% table evil 'STT|Tên' foot=evil %}<tr><td>1</td><td>{{ evil }}</td></tr>{% endtable %}",
    "filter_bar": "{% filter_bar form=form count=3 what=evil submit=evil %}{{ evil }}{% endfilter_bar %}",
    "form_page": "{% form_page form submit=evil back=evil %}{{ evil }}{% endform_page %}",
    "field": "{% field form.name %}",
    "error_summary": "{% error_summary form %}",
    "formset_rows": "{% formset_rows rows evil add_label=evil hint=evil %}",
    "unit_picker": "{% unit_picker form.name options=evils suggestions=evil_items %}",
    "confirm_box": "{% confirm_box evil evil evil consequences=evils form=form %}{{ evil }}{% endconfirm_box %}",
}


@pytest.mark.parametrize("source", SIMPLE.values(), ids=SIMPLE)
def test_component_escapes_what_it_is_given(source):
    html = show(
        source,
        evil=EVIL,
        evils=[EVIL],
        evil_items=[dict.fromkeys(("label", "note", "url", "title", "text", "by", "at", "value"), EVIL)],
        nothing=[],
        form=NameForm({"name": ""}),
        rows=Rows(rows_data(1, **{"rows-0-content": EVIL}), prefix="rows"),
    )
    assert "<script" not in html
    assert ESCAPED in html


@pytest.mark.parametrize(
    "source",
    [
        "{% badge 'Chờ xét' tone='green' %}",
        "{% badge 'Chờ xét' colour='ok' %}",
        "{% notice 'x' tone='ok' kind='y' %}",
        "{% notice 'x' tone='neutral' %}",
        "{% link_button 'In' '/in/' tone='red' %}",
        "{% link_button 'In' '/in/' size='xl' %}",
        "{% card 'x' tone='red' %}{% endcard %}",
        "{% breadcrumbs 'Khối' '/khoi/' %}",
        "{% table 'x' %}{% endtable %}",
        "{% stepper steps %}",
        "{% page_header 'x' leads='y' %}{% endpage_header %}",
    ],
)
def test_component_refuses_what_it_does_not_know(source):
    with pytest.raises((TemplateSyntaxError, TypeError)):
        show(source, steps=[{"label": "Ký giao ước", "state": "finished"}])


def test_action_button_says_what_is_missing():
    html = show("{% action_button 'Trình hồ sơ' '/trinh/' missing=missing %}", missing=["biên bản", "báo cáo"])
    button = re.search(r"<button[^>]*>", html).group()
    assert " disabled " in button
    described = re.search(r'aria-describedby="([^"]+)"', button).group(1)
    assert f'id="{described}"' in html
    assert "Còn thiếu: biên bản; báo cáo." in html


def test_action_button_with_nothing_missing_can_be_pressed():
    html = show("{% action_button 'Trình hồ sơ' '/trinh/' missing=missing %}", missing=[])
    assert "disabled" not in html
    assert 'name="csrfmiddlewaretoken" value="dau"' in html


def test_table_names_the_column_of_every_cell():
    body = "<tr><td>1</td><td class='x'>Báo Phú Thọ</td><td>9,5</td></tr><tr><td colspan='3'>Hết</td></tr>"
    html = show("{% table 'Thành viên' 'STT|Tên đơn vị@ten|Điểm#' %}" + body + "{% endtable %}")
    assert re.findall(r'<td[^>]*data-kind="(\w+)" data-label="([^"]+)"', html) == [
        ("order", "STT"),
        ("name", "Tên đơn vị"),
        ("number", "Điểm"),
    ]
    assert "<td colspan='3'>Hết</td>" in html


def test_table_sorts_by_an_address_that_keeps_the_filter():
    source = "{% table 'Thành viên' 'Tên đơn vị@ten' %}{% endtable %}"
    assert 'href="?q=tinh&amp;sap_xep=ten"' in show(source)
    again = show(source, path="/khoi/?q=tinh&sap_xep=ten&trang=3")
    assert 'href="?q=tinh&amp;sap_xep=-ten"' in again
    assert 'aria-sort="ascending"' in again


def test_two_tables_of_a_page_have_different_ids():
    html = show("{% table 'a' 'Tên' %}{% endtable %}{% table 'b' 'Tên' %}{% endtable %}")
    assert len(set(re.findall(r'<caption id="([^"]+)"', html))) == 2


def test_pager_keeps_the_other_arguments():
    html = show("{% pager page what='đơn vị' %}", page=Paginator(range(1234), 50).get_page(2))
    assert 'href="?q=tinh&amp;trang=3"' in html
    assert "51–100 trong 1.234 đơn vị" in html
    assert html.count("aria-current") == 1


def test_pager_of_one_page_shows_nothing():
    assert show("{% pager page %}", page=Paginator(range(3), 50).get_page(1)).strip() == ""


def test_form_page_leads_from_each_fault_to_its_field():
    html = show("{% form_page form back='/khoi/' %}{% endform_page %}", form=NameForm({"name": ""}))
    assert 'href="#id_name"' in html
    assert 'id="id_name"' in html
    assert 'role="alert"' in html


def test_form_page_tells_that_a_form_was_kept_and_files_were_not():
    html = show("{% form_page form %}{% endform_page %}", form=NameForm(), is_kept=True, lost_files=True)
    assert "nội dung đã nhập được giữ lại" in html
    assert "xin chọn lại tệp" in html


def test_form_page_of_an_upload_sends_files():
    class UploadForm(forms.Form):
        paper = forms.FileField(label="Tệp")

    assert 'enctype="multipart/form-data"' in show("{% form_page form %}{% endform_page %}", form=UploadForm())
    assert "multipart" not in show("{% form_page form %}{% endform_page %}", form=NameForm())


def test_form_page_shows_no_fault_while_a_row_is_added():
    source = "{% form_page form formsets=formsets %}{% formset_rows rows 'Chương trình' %}{% endform_page %}"
    data = rows_data(2, **{"rows-0-content": "", "rows-1-content": ""})

    def context():
        rows = Rows(data, prefix="rows")
        return {"form": NameForm({"name": ""}), "rows": rows, "formsets": [rows]}

    assert "invalid-feedback" in show(source, **context())
    adding = show(source, is_adding_row=True, **context())
    assert "invalid-feedback" not in adding
    assert "is-invalid" not in adding
    assert "error-summary" not in adding


def test_formset_row_can_be_added_and_taken_out_without_scripts():
    html = show("{% formset_rows rows 'Chương trình' %}", rows=Rows(rows_data(1), prefix="rows"))
    assert 'name="them_dong" value="rows"' in html
    assert 'name="rows-0-DELETE"' in html
    assert 'name="rows-__prefix__-content"' in html


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"them_dong": "rows", **rows_data(2)}, "3"),
        ({"them_dong": "rows", "rows-TOTAL_FORMS": "nhiều"}, "1"),
        ({"them_dong": "rows", "rows-TOTAL_FORMS": "99999999"}, "1001"),
    ],
)
def test_add_row_makes_the_form_one_row_longer(posted, expected):
    assert add_row(RequestFactory().post("/", posted), ["rows"])["rows-TOTAL_FORMS"] == expected


@pytest.mark.parametrize("posted", [rows_data(2), {"them_dong": "khac", **rows_data(2)}])
def test_add_row_leaves_other_submits_alone(posted):
    assert add_row(RequestFactory().post("/", posted), ["rows"]) is None


def test_menu_item_is_marked_below_its_address_only():
    def marked(path, url):
        return 'aria-current="page"' in show("{% menu_item 'Thành viên' url %}", path=path, url=url)

    assert marked("/lam-viec/khoi/so-1/", "/lam-viec/khoi/")
    assert marked("/lam-viec/", "/lam-viec/")
    assert not marked("/lam-viec/khoi/", "/lam-viec/")
    assert not marked("/khoi/", "/lam-viec/")


def test_fact_without_a_value_says_so_but_zero_is_a_value():
    assert "Chưa có" in show("{% fact 'Điểm' none %}", none=None)
    assert "<dd>0</dd>" in show("{% fact 'Điểm' 0 %}")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1234567.5, "1.234.567,5"),
        (Decimal("95.50"), "95,5"),
        (100, "100"),
        (Decimal("1E+3"), "1.000"),
        (0, "0"),
        (None, ""),
        (-5848, "-5.848"),
    ],
)
def test_so_writes_numbers_as_an_office_does(value, expected):
    assert vi.so(value) == expected


def test_so_with_fixed_places():
    assert vi.so(Decimal("95.5"), 2) == "95,50"


def test_dates_are_written_out():
    assert vi.ngay_dai(date(2022, 1, 11)) == "thứ Ba, ngày 11 tháng 01 năm 2022"
    assert vi.ngay_dai(date(2021, 3, 7)) == "Chủ nhật, ngày 07 tháng 3 năm 2021"
    assert vi.ngay_van_ban(date(2022, 12, 5)) == "ngày 05 tháng 12 năm 2022"
    assert vi.ngay_gio(datetime(2022, 1, 11, 2, 30, tzinfo=UTC)) == "09:30 ngày 11/01/2022"
    assert vi.luc(date(2022, 1, 11)) == "11/01/2022"


@pytest.mark.parametrize(
    ("size", "expected"), [(0, "0 byte"), (1023, "1.023 byte"), (1482000, "1,4 MB"), (5 * 1024**3, "5 GB"), (None, "")]
)
def test_file_sizes_in_words(size, expected):
    assert vi.dung_luong(size) == expected

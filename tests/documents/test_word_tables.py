"""Tables and charts in Word files, and how wide their columns are."""

import io
import re

import pytest
from docx.oxml.ns import qn
from PIL import Image

from documents.engine.fonts import find_static
from documents.engine.word import render_docx
from documents.engine.word.measures import column_widths, text_width
from documents.engine.word.model import Cell, Para, Run
from documents.engine.word.styles import STYLES
from tests.documents.word_files import (
    PAGE,
    body_of,
    faults_of,
    opened,
    parts_of,
    text_of_body,
    widths_agree,
)

HEADS = """<table class="data"><thead><tr><th rowspan="2">TT</th><th colspan="2">Đề nghị</th></tr>
<tr><th>Hình thức</th><th>Ghi chú</th></tr></thead><tbody>
<tr><td class="center">1</td><td>Cờ thi đua<br>của Chính phủ</td><td class="number-cell">1.486</td></tr>
<tr><td rowspan="2">2</td><td><p>Một</p><p>Hai</p></td><td></td></tr><tr><td>Ba</td></tr></tbody></table>"""


def test_a_table_repeats_its_head_and_splits_no_row():
    docx = render_docx(PAGE.format(HEADS), title="Thử")
    assert faults_of(docx) == []
    (table,) = body_of(docx).iter(qn("w:tbl"))
    rows = list(table.iter(qn("w:tr")))
    assert [row.find(".//" + qn("w:tblHeader")) is not None for row in rows] == [True, True, False, False, False]
    assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)
    assert widths_agree(table)
    merges = [[m.get(qn("w:val")) for m in row.iter(qn("w:vMerge"))] for row in rows]
    assert merges == [["restart"], ["continue"], [], ["restart"], ["continue"]]
    assert opened(docx).tables[0].cell(1, 0).text == "TT"
    assert opened(docx).tables[0].cell(2, 1).text == "Cờ thi đua\ncủa Chính phủ"
    assert opened(docx).tables[0].cell(3, 1).text == "Một\nHai"
    assert opened(docx).tables[0].cell(2, 2).paragraphs[0].style.name == "Ô bảng số"
    assert sum(int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))) == pytest.approx(9354, abs=3)


@pytest.mark.parametrize(
    "table",
    [
        "<table></table>",
        "<table><tr></tr></table>",
        '<table class="data"><tr><td></td></tr></table>',
        '<table class="data"><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>',
        '<table class="data"><tr><td colspan="0">a</td><td rowspan="x">b</td></tr></table>',
        '<table class="data"><tr><td colspan="999999">a</td></tr></table>',
        '<table class="data"><tr><td rowspan="5">a</td><td>b</td></tr><tr><td colspan="3">c</td></tr></table>',
        '<table class="data"><tfoot><tr><td>Cộng</td></tr></tfoot><tbody><tr><td>a</td></tr></tbody></table>',
        '<table class="data"><caption>Bảng 1</caption><tr><td>một <b>hai</b><p>ba</p>bốn</td></tr></table>',
        '<table class="data"><tr><td>a</td></tr></table><table class="data"><tr><td>b</td></tr></table>',
    ],
)
def test_odd_tables_are_still_files_that_word_accepts(table):
    docx = render_docx(PAGE.format(table), title="Thử")
    assert faults_of(docx) == []
    assert all(widths_agree(found) for found in body_of(docx).iter(qn("w:tbl")))


def test_text_around_paragraphs_of_a_cell_and_the_sum_below_are_kept_in_order():
    table = "<table class=data><caption>Bảng 1</caption><tr><td>một <b>hai</b><p>ba</p>bốn</td></tr></table>"
    assert text_of_body(table) == "Bảng 1|một hai|ba|bốn"
    table = "<table class=data><tfoot><tr><td>Cộng</td></tr></tfoot><tbody><tr><td>a</td></tr></tbody></table>"
    assert text_of_body(table) == "a|Cộng"


CHART = """<div class="figure"><svg class="chart" role="img" viewBox="0 0 310 60" width="100%" font-size="12">
<title>Kết quả</title><desc>Giải ngân: 97,5%.</desc><text x="0" y="12" fill="#221d1a">Giải ngân</text>
<line x1="100" x2="100" y1="15" y2="20" stroke="#5a514a" stroke-width="1.5"/>
<rect x="0" y="20" width="150" height="13" fill="#17603a"/>
<text x="310" y="31" fill="#17603a" font-weight="600" text-anchor="end">97,5%</text></svg></div>"""


def test_a_chart_is_drawn_and_described():
    docx = render_docx(PAGE.format(CHART), title="")
    assert faults_of(docx) == []
    (name,) = (name for name in parts_of(docx) if name.startswith("word/media/"))
    picture = Image.open(io.BytesIO(parts_of(docx)[name])).convert("RGB")
    assert picture.size == (1240, 240)
    # The bar, the ground beside it, something green where the number stands at the right edge.
    assert picture.getpixel((300, 100)) == (0x17, 0x60, 0x3A)
    assert picture.getpixel((700, 100)) == (255, 255, 255)
    assert (0x17, 0x60, 0x3A) in {picture.getpixel((x, y)) for x in range(1100, 1240) for y in range(80, 130)}
    (place,) = body_of(docx).iter(qn("wp:docPr"))
    assert place.get("descr") == "Kết quả Giải ngân: 97,5%."
    assert int(next(body_of(docx).iter(qn("wp:extent"))).get("cx")) == 95 * 36000


@pytest.mark.parametrize(
    "svg",
    [
        '<svg role="img" viewBox="0 0 9 9"><circle r="4"/></svg>',
        '<svg role="img"><rect width="4"/></svg>',
        '<svg role="img" viewBox="0 0 9 9"><rect width="breit"/></svg>',
        '<svg role="img" viewBox="0 0 9 9"><image href="file:///etc/passwd"/></svg>',
        '<svg role="img" viewBox="0 0 900000 900000"><rect width="4"/></svg>',
        '<svg role="img" viewBox="0 0 -9 0"><rect width="4"/></svg>',
    ],
)
def test_a_chart_that_cannot_be_drawn_is_left_out(svg):
    docx = render_docx(PAGE.format(f"<p>trước</p><div>{svg}</div><p>sau</p>"), title="")
    assert faults_of(docx) == []
    assert not any(name.startswith("word/media/") for name in parts_of(docx))


def test_text_is_as_wide_as_in_times_new_roman():
    # The advance widths of the font: H 1479, o 1024 of 2048.
    assert text_width("Ho", size=20) == pytest.approx((1479 + 1024) / 2048 * 20 * 25.4 / 72)
    assert text_width("Độc lập - Tự do - Hạnh phúc", size=14, bold=True) == pytest.approx(60.46, abs=0.01)


def test_columns_take_what_they_need_and_fill_the_width():
    def cells(*texts):
        return [(column, Cell([Para("OBang", [Run(text)])])) for column, text in enumerate(texts)]

    narrow, wide = column_widths(cells("1", "Hội Nông dân tỉnh"), 2, 165)
    assert narrow + wide == pytest.approx(165)
    assert narrow < wide
    first, second = column_widths(cells("x", "chữ " * 400), 2, 100)
    assert first + second == pytest.approx(100)
    assert first < 10
    squeezed = column_widths(cells("Ủ" * 200, "Ủ" * 100), 2, 100)
    assert sum(squeezed) == pytest.approx(100)
    spanned = column_widths([(0, Cell([Para("OBang", [Run("Ủ" * 20)])], span=2)), *cells("a", "a")], 2, 165)
    assert spanned[0] == pytest.approx(spanned[1])


def test_columns_with_a_share_in_the_style_sheet_keep_it():
    row = "<tr>" + "<td>a</td>" * 5 + "</tr>"
    table = next(body_of(render_docx(PAGE.format(f'<table class="data handed">{row}</table>'), title="")).iter(qn("w:tbl")))
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert widths[2] > widths[1] > widths[3] == widths[4] > widths[0]
    assert sum(widths) == pytest.approx(9354, abs=3)


@pytest.mark.parametrize(
    ("selector", "declaration"),
    [
        (".letterhead", "grid-template-columns: 39% 61%"),
        (".issuing::after", "width: 40%; margin: 3pt auto 0"),
        (".subject::after", "width: 38%; margin: 4pt auto 0"),
        (".number", f"margin-top: {STYLES['SoKyHieu'].before}pt"),
        (".place-date", f"margin-top: {STYLES['DiaDanhNgayThang'].before}pt"),
        (".about", f"margin: {STYLES['TrichYeuCongVan'].before}pt {STYLES['TrichYeuCongVan'].side}mm 0"),
        (".heading", "margin: 20pt 0 16pt"),
        (".addressee", "margin-bottom: 14pt"),
        (".annex-head", "margin-bottom: 12pt"),
        (
            ".text p",
            f"margin-top: {STYLES['ThanBai'].before}pt; text-align: justify; text-indent: {STYLES['ThanBai'].first}cm",
        ),
        (".text .covenant-date", f"margin-top: {STYLES['DiaDanhCuoiBai'].before}pt"),
        (".text .chapter", f"margin-top: {STYLES['Chuong'].before}pt"),
        (".text .article-head", f"margin-top: {STYLES['Dieu'].before}pt"),
        (".closing", "grid-template-columns: 50% 50%; margin-top: 18pt"),
        (".signing-room", "height: 26mm"),
        (".signature-row", "column-gap: 5mm; margin-top: 20pt"),
        (".foot-1, .foot-2, .foot-3", "padding-top: 24mm"),
        (".proof", "grid-template-columns: 18.2mm 1fr; column-gap: 2mm"),
        (".proof .qr", "width: 20mm"),
        (".proof-words", f"font-size: {STYLES['MaXacMinh'].size}pt"),
        (".figure", f"width: 9.5cm; margin: {STYLES['HinhVe'].before}pt auto 0"),
        ("table.data", f"font-size: {STYLES['OBang'].size}pt"),
        ("table.data th, table.data td", "padding: 3pt 4pt"),
        (".recipients", f"font-size: {STYLES['NoiNhanDong'].size}pt"),
        (".recipients-label", f"font-size: {STYLES['NoiNhan'].size}pt"),
    ],
)
def test_the_style_sheet_still_says_what_word_prints(selector, declaration):
    """Whoever changes one of these changes documents/engine/word as well."""
    rules = re.findall(rf"^{re.escape(selector)} \{{([^}}]*)\}}", find_static("css/paper.css").read_text(), re.MULTILINE)
    assert any(declaration in rule for rule in rules)


def test_styles_are_named_once_and_built_on_what_exists():
    names = [style.name for style in STYLES.values()]
    assert len(names) == len(set(names))
    # A comma would begin an alias.
    assert not any("," in name for name in names)
    assert all(re.fullmatch(r"[A-Za-z0-9]+", style) for style in STYLES)
    assert {style.based_on for style in STYLES.values()} - set(STYLES) == {""}

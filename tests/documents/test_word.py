"""Papers as Word files: valid for Word, styled, and the same words in the same places as the PDF."""

import io
import re
import zipfile
from collections import defaultdict
from itertools import chain, pairwise

import pytest
from django.urls import get_resolver
from docx import Document
from docx.oxml.ns import nsmap, qn
from lxml import etree
from lxml import html as lxml_html
from PIL import Image

from common.errors import DomainError
from documents.engine.fonts import find_static
from documents.engine.word import render_docx
from documents.engine.word.measures import column_widths, height_of, text_width
from documents.engine.word.model import Cell, Para, Run
from documents.engine.word.styles import STYLES
from documents.printed import PrintedForm
from tests.documents.all_forms import NUMBERED, PROOF, each_form
from tests.documents.sample_form import SampleCovenant, SampleLetter

PAGE = '<!DOCTYPE html><html lang="vi"><head><title>Thử</title></head><body><div class="text">{}</div></body></html>'
HOSTILE = 'Công ty <script>alert("x")</script> & "Con" ' + "Ủ" * 120
NO_BREAK = "\N{NO-BREAK SPACE}"
# The order in which the schema (ISO/IEC 29500-1, transitional) lets children stand. Word refuses a file for another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom defaultTabStop characterSpacingControl compat rsids mathPr themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "tblCellMar": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
}


def opened(docx):
    return Document(io.BytesIO(docx))


def body_of(docx):
    return opened(docx).element.body


def parts_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def name_of(element):
    return etree.QName(element).localname


def faults_of(docx):
    """What Word would complain about."""
    faults = []
    parts = parts_of(docx)
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(content)
        for element in root.iter(f"{{{nsmap['w']}}}*"):
            rank = {child: place for place, child in enumerate(ORDER.get(name_of(element), "").split())}
            if rank:
                children = [name_of(child) for child in element]
                faults += [f"{name}: {child} in {name_of(element)}" for child in children if child not in rank]
                places = [rank.get(child, 0) for child in children]
                faults += [
                    f"{name}: order in {name_of(element)} {children}" for pair in pairwise(places) if pair[0] > pair[1]
                ]
        for cell in root.iter(qn("w:tc")):
            if not len(cell) or name_of(cell[-1]) != "p":
                faults.append(f"{name}: a cell does not end with a paragraph")
        ids = [element.get("id") for element in root.iter(qn("wp:docPr"))]
        if len(ids) != len(set(ids)):
            faults.append(f"{name}: the same id twice")
    return faults + _broken_references(parts)


def _broken_references(parts):
    document = etree.fromstring(parts["word/document.xml"])
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {rel.get("Id"): f"word/{rel.get('Target')}" for rel in rels}
    used = {value for element in document.iter() for key, value in element.attrib.items() if "relationships" in key}
    faults = [f"no relationship {key}" for key in used - set(targets)]
    faults += [f"no part {target}" for target in targets.values() if target not in parts]
    known = {style.get(qn("w:styleId")) for style in etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style"))}
    named = {element.get(qn("w:val")) for tag in ("w:pStyle", "w:tblStyle") for element in document.iter(qn(tag))}
    return faults + [f"no style {style}" for style in named - known]


def widths_agree(table):
    """Every row covers every column of the grid once."""
    count = len(table.find(qn("w:tblGrid")))
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    return {sum(_span(cell) for cell in row) for row in rows} == {count}


def _span(cell):
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))


# --- every form ---


@pytest.mark.slow
@pytest.mark.django_db
def test_every_form_reads_in_libreoffice_as_in_the_pdf(tmp_path):
    from tests.documents.office import printed_words, to_pdf

    word, pdf, charts = {}, {}, defaultdict(list)
    for name, form in each_form():
        for state, values in (("draft", {}), ("issued", NUMBERED), ("proven", {**NUMBERED, "proof": PROOF})):
            word[name, state] = form.docx(**values)
            pdf[name, state] = form.pdf(**values)
            charts[name, state] = _charts(form.html(**values))
    for form in (_hostile_letter(), SampleCovenant(units=[HOSTILE] * 40)):
        word[form.code, "hostile"] = form.docx()
        pdf[form.code, "hostile"] = form.pdf()
    printed = to_pdf(word, tmp_path)
    for key in pdf:
        ours, theirs = printed_words(pdf[key], tmp_path), printed_words(printed[key], tmp_path)
        apart = [*_heads(word[key]), *charts[key]]
        ours_joined, theirs_joined = _without(ours, apart), _without(theirs, apart)
        if key[1] in ("proven", "hostile"):
            # A word longer than its line breaks where each of both programs likes.
            ours_joined, theirs_joined = "".join(ours_joined), "".join(theirs_joined)
        assert theirs_joined == ours_joined, key
        assert abs(len(theirs) - len(ours)) <= 1, key


def _hostile_letter():
    long_row = ("Đơn vị", "thi đua khen thưởng " * 700)
    return SampleLetter(lines=[(HOSTILE, HOSTILE), long_row], reasons=HOSTILE, issuing_name=HOSTILE)


def _heads(docx):
    """What the heads of its tables say."""
    heads = []
    for table in body_of(docx).iter(qn("w:tbl")):
        rows = [row for row in table.iter(qn("w:tr")) if row.find(".//" + qn("w:tblHeader")) is not None]
        if rows:
            heads.append(" ".join(" ".join(t.text for row in rows for t in row.iter(qn("w:t"))).split()))
    return heads


def _charts(html):
    """What is written in its charts: text in the PDF, a picture in Word."""
    charts = lxml_html.fromstring(html).iter("svg")
    return [" ".join(" ".join(text.text_content() for text in chart.iter("text")).split()) for chart in charts]


def _without(pages, parts):
    """The words without these parts. A head stands on every page its table reaches: where that is, is layout."""
    text = " ".join(chain(*pages))
    for part in parts:
        text = text.replace(part, " ") if part else text
    # A line may end after a hyphen.
    return text.replace("- ", "-").split()


@pytest.mark.django_db
def test_every_form_is_a_file_that_word_accepts():
    count = 0
    for name, form in each_form():
        for values in ({}, {**NUMBERED, "proof": PROOF}):
            docx = form.docx(**values)
            assert faults_of(docx) == [], name
            assert all(widths_agree(table) for table in body_of(docx).iter(qn("w:tbl"))), name
            assert opened(docx).core_properties.title == form.get_title()
            count += 1
    assert count >= 12


@pytest.mark.django_db
def test_no_form_is_forgotten():
    # Whatever an address prints is imported now.
    assert get_resolver().url_patterns
    tried = {type(form) for _, form in each_form()}
    written = [kind for kind in _kinds_of(PrintedForm) if kind.template_name and not kind.__module__.startswith("tests.")]
    assert [kind.__name__ for kind in written if kind not in tried] == []


def _kinds_of(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _kinds_of(child)


# --- the file ---


def test_equal_values_give_equal_bytes_and_a_small_file():
    first, second = (SampleLetter().docx(**NUMBERED) for _ in range(2))
    assert first == second
    assert len(first) < 20_000
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert sorted(package.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/header1.xml",
            "word/settings.xml",
            "word/styles.xml",
            "word/theme/theme1.xml",
        ]


def test_the_properties_name_the_paper_its_language_and_its_day():
    properties = opened(SampleLetter().docx(**NUMBERED)).core_properties
    assert properties.title == "Tờ trình Về việc đề nghị khen thưởng thành tích công tác năm 2021"
    assert properties.author.startswith("Khối thi đua các cơ quan Đảng")
    assert properties.language == "vi-VN"
    assert (properties.created.year, properties.created.month, properties.created.day) == (2022, 1, 14)
    assert opened(SampleLetter().docx()).core_properties.created.year == 2000
    parts = parts_of(SampleLetter().docx())
    assert b'<w:lang w:val="vi-VN"' in parts["word/styles.xml"]
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]


def test_the_page_has_the_margins_of_the_decree_and_its_number_on_top_but_not_on_the_first():
    document = opened(SampleLetter().docx())
    first, annex = document.sections
    for section, width, height in ((first, 210, 297), (annex, 297, 210)):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (width, height)
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(margin.mm) for margin in margins] == [20, 15, 20, 30]
        assert section.different_first_page_header_footer
    assert annex.header.is_linked_to_previous
    header = first.header._element
    assert " PAGE " in [code.text for code in header.iter(qn("w:instrText"))]
    assert [style.get(qn("w:val")) for style in header.iter(qn("w:pStyle"))] == ["SoTrang"]
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert starts[0] is None
    assert starts[1].get(qn("w:start")) == "1"


def test_every_element_has_its_style_and_headings_are_headings():
    styles = {para.text.replace(NO_BREAK, " "): para.style.name for para in _paragraphs(SampleLetter().docx(**NUMBERED))}
    assert styles["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == "Quốc hiệu"
    assert styles["Độc lập - Tự do - Hạnh phúc"] == "Tiêu ngữ"
    assert styles["ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ"] == "Cơ quan chủ quản"
    assert styles["Số: 05/TTr-KTĐ"] == "Số ký hiệu"
    assert styles["Phú Thọ, ngày 14 tháng 01 năm 2022"] == "Địa danh ngày tháng"
    assert styles["TỜ TRÌNH"] == "Tên loại"
    assert styles["Về việc đề nghị khen thưởng thành tích công tác năm 2021"] == "Trích yếu"
    assert styles["Căn cứ Luật Thi đua, khen thưởng;"] == "Căn cứ"
    assert styles["Nơi nhận:"] == "Nơi nhận"
    assert styles["TM. KHỐI THI ĐUA"] == "Quyền hạn và chức vụ"
    assert styles["Bùi Đình Thi"] == "Người ký"
    assert styles["Phụ lục"] == "Phụ lục"
    named = opened(SampleLetter().docx()).styles
    assert named["Tên loại"].base_style.name == "Heading 1"
    assert named["Điều"].base_style.name == "Heading 2"
    assert {style.font.name for style in named if style.type == 1} == {"Times New Roman"}


def _paragraphs(docx):
    from docx.text.paragraph import Paragraph

    document = opened(docx)
    return [Paragraph(element, document._body) for element in document.element.body.iter(qn("w:p"))]


# --- tables ---

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
    assert _text(table) == "Bảng 1|một hai|ba|bốn"
    table = "<table class=data><tfoot><tr><td>Cộng</td></tr></tfoot><tbody><tr><td>a</td></tr></tbody></table>"
    assert _text(table) == "a|Cộng"


def _text(body):
    return "|".join(para.text for para in _paragraphs(render_docx(PAGE.format(body), title="Thử")) if para.text)


# --- text ---


def test_a_draft_keeps_the_room_for_number_and_day():
    text = "|".join(para.text for para in _paragraphs(SampleLetter().docx()))
    blank = NO_BREAK * 6
    assert f"Số: {blank}/TTr-KTĐ" in text
    assert f"Phú Thọ, ngày{blank}tháng{blank}năm 2022" in text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>  một \n\t hai  </p>", "một hai"),
        ("<p>một<br>  hai</p>", "một\nhai"),
        ("<p><b>một </b> hai<i> ba</i></p>", "một hai ba"),
        ("chữ <b>trần</b><p>đoạn</p> sau", "chữ trần|đoạn|sau"),
        ("<div><section>một<div>hai</div></section></div>", "một|hai"),
        ("<ul><li>một</li><li>hai</li></ul>", "một|hai"),
        ("<p>trước<!-- không in -->sau</p>", "trướcsau"),
        ("<p>Ký</p><script>alert(1)</script><style>p{}</style><input value='x'><p>tên</p>", "Ký|tên"),
        ("<p>&lt;script&gt;alert('“1”')&lt;/script&gt; &amp; \"A\"</p>", "<script>alert('“1”')</script> & \"A\""),
        ("<p>a\x00b\x0bc\x1fd\ufffee\ud800f\N{GRINNING FACE}</p>", "abcdef\N{GRINNING FACE}"),
        ("<blink>lạ</blink><p></p>", "lạ"),
        ("<p><svg role='img'><title>Biểu đồ</title><text>9</text></svg></p><p>9</p>", "9"),
    ],
)
def test_text_is_what_the_page_shows(markup, text):
    assert _text(markup) == text


def test_bold_italic_and_underlined_words_stay_so():
    (para,) = (p for p in _paragraphs(render_docx(PAGE.format("<p>a <b>b <i>c</i></b> <u>d</u></p>"), title="")) if p.text)
    assert [(run.text, bool(run.bold), bool(run.italic), bool(run.underline)) for run in para.runs] == [
        ("a ", False, False, False),
        ("b ", True, False, False),
        ("c", True, True, False),
        (" ", False, False, False),
        ("d", False, False, True),
    ]


def test_words_that_stay_together_are_joined_by_no_break_spaces():
    assert _text('<p>Ủy ban <span class="keep">nhân dân</span></p>') == "Ủy ban nhân" + NO_BREAK + "dân"


def test_names_of_120_letters_and_with_markup_are_plain_text():
    name = HOSTILE
    covenant = SampleCovenant(units=[name] * 40)
    docx = covenant.docx()
    assert faults_of(docx) == []
    assert [para.text for para in _paragraphs(docx)].count(name.upper()) == 40
    letter = SampleLetter(lines=[(name, name)] * 3, reasons=name, issuing_name=name)
    assert faults_of(letter.docx()) == []
    assert sum(name in para.text for para in _paragraphs(letter.docx())) == 8


def test_a_paper_too_long_or_too_deep_is_refused_in_words():
    with pytest.raises(DomainError, match="quá dài"):
        render_docx(PAGE.format("<p>Khối</p>" * 100_000), title="Thử")
    with pytest.raises(DomainError, match="lồng quá nhiều cấp"):
        render_docx(PAGE.format("<div>" * 3000 + "</div>" * 3000), title="Thử")


def test_a_paper_without_text_is_a_page():
    docx = render_docx("<html><body></body></html>", title="")
    assert faults_of(docx) == []
    assert len(opened(docx).sections) == 1


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


# --- end of the paper ---


def test_signature_blocks_are_whole_and_stay_with_the_text_before():
    docx = SampleLetter().docx()
    paragraphs = _paragraphs(docx)
    last_of_body = next(para for para in paragraphs if para.text.endswith("./."))
    assert last_of_body.paragraph_format.keep_with_next
    closing = opened(docx).tables[1]
    assert len(closing.rows) == 1
    assert "Nơi nhận:" in closing.cell(0, 0).text
    assert closing.cell(0, 1).text.endswith("Bùi Đình Thi")


@pytest.mark.parametrize(("columns", "rows"), [(2, 8), (3, 5)])
def test_a_grid_of_signatures_is_a_table_whose_rows_are_not_split(columns, rows):
    table = opened(SampleCovenant(columns=columns).docx()).tables[-1]
    assert (len(table.columns), len(table.rows)) == (columns, rows)
    words = table.cell(0, 0).text.replace(NO_BREAK, " ")
    assert words == "BAN TỔ CHỨC TỈNH ỦY\nTHỦ TRƯỞNG ĐƠN VỊ\nNguyễn Văn An"


def test_names_of_a_row_stand_level_however_long_the_units_are():
    units = ["Sở Y tế", "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh", "Hội Liên hiệp Phụ nữ Tỉnh"]
    row = opened(SampleCovenant(units=units).docx()).tables[-1].rows[0]
    heights = []
    for cell in row.cells:
        unit, post, _ = (Para(para.style.style_id, [Run(para.text)]) for para in cell.paragraphs)
        room = cell.paragraphs[2].paragraph_format.space_before.pt
        heights.append(height_of(unit, 50) + height_of(post, 50) + room)
    assert len({round(height) for height in heights}) == 1
    assert heights[0] > 24 / 25.4 * 72


PROVEN = """<div class="closing"><div class="recipients"><p class="recipients-label">Nơi nhận:</p><p>- Lưu: VT.</p>
<div class="proof"><svg class="qr" role="img" viewBox="0 0 9 9" data-text="https://thidua.example.vn/xac-minh/A1/">
<title>Mã QR xác minh văn bản A1</title><desc>Địa chỉ xác minh</desc><path d="M0 0h9v9z"/></svg>
<div class="proof-words"><p>Mã xác minh: <b>A1</b></p><p>Kiểm tra văn bản tại: thidua.example.vn</p></div></div></div>
<div class="signature"><div class="role"><p>TM. KHỐI</p></div><div class="signing-room"></div>
<p class="name"></p></div></div>"""


def test_a_proven_paper_bears_its_code_as_a_picture_with_words():
    docx = render_docx(PAGE.format(f"<p>Hết./.</p>{PROVEN}"), title="Thử")
    assert faults_of(docx) == []
    assert docx == render_docx(PAGE.format(f"<p>Hết./.</p>{PROVEN}"), title="Thử")
    (picture,) = (name for name in parts_of(docx) if name.startswith("word/media/"))
    assert parts_of(docx)[picture].startswith(b"\x89PNG")
    (place,) = body_of(docx).iter(qn("wp:docPr"))
    assert place.get("descr") == "Mã QR xác minh văn bản A1"
    words = [para.text for para in _paragraphs(docx) if para.text]
    assert words == [
        "Hết./.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "Mã xác minh: A1",
        "Kiểm tra văn bản tại: thidua.example.vn",
        "TM. KHỐI",
    ]


def test_room_to_sign_stays_where_nobody_is_named_yet():
    name = next(para for para in _paragraphs(render_docx(PAGE.format(PROVEN), title="")) if para.style.name == "Người ký")
    assert name.text == ""
    assert name.paragraph_format.space_before.pt > 50


def test_a_proof_below_a_grid_stays_with_the_last_signers():
    grid = """<div class="signature-grid"><div class="signature-row columns-2">
    <div class="head-1"><p class="unit">A</p></div>
    <div class="field-1"><input class="sigf" type="checkbox" name="Ky_1" title="Chữ ký số của A"></div>
    <div class="foot-1"><p class="name">An</p></div></div></div>"""
    proof = PROVEN[PROVEN.index('<div class="proof">') : PROVEN.index("</div></div></div>")] + "</div></div>"
    docx = render_docx(f"<body>{grid}{proof}</body>", title="")
    assert faults_of(docx) == []
    kept = [para.text for para in _paragraphs(docx) if para.paragraph_format.keep_with_next]
    assert kept[:2] == ["A", "An"]
    assert [len(table.rows[0].cells) for table in opened(docx).tables] == [2, 2]


PARTY = """<body class="party"><div class="letterhead"><div class="bodies"><p class="superior">TỈNH ỦY PHÚ THỌ</p>
<p class="issuing">BAN TỔ CHỨC</p><p class="star">*</p></div><div class="nation"><p><span class="party-name">ĐẢNG CỘNG SẢN
VIỆT NAM</span></p></div><div><p class="number">Số 05-CV/BTC</p><p class="about">V/v trả hồ sơ</p></div>
<p class="place-date">Phú Thọ, ngày 14 tháng 01 năm 2022</p></div><div class="heading"></div>
<p class="addressee">Kính gửi: Văn phòng Tỉnh ủy.</p><div class="text"><h2 class="chapter">Chương I <br>QUY ĐỊNH CHUNG</h2>
<h3 class="article-head">Điều 1. Phạm vi</h3><p>Một.</p></div></body>"""


def test_a_party_paper_has_its_own_head_and_lines():
    docx = render_docx(PARTY, title="")
    assert faults_of(docx) == []
    styles = {para.text: para.style for para in _paragraphs(docx)}
    assert styles["ĐẢNG CỘNG SẢN VIỆT NAM"].font.size.pt == 15
    assert styles["*"].name == "Dấu sao"
    assert styles["V/v trả hồ sơ"].font.italic
    assert styles["Chương I\nQUY ĐỊNH CHUNG"].base_style.name == "Heading 2"
    assert styles["Điều 1. Phạm vi"].base_style.name == "Heading 3"
    assert styles["Một."].paragraph_format.line_spacing.pt == 19
    assert styles["Một."].paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    state = render_docx(PARTY.replace("party", "state", 1), title="")
    styles = {para.text: para.style for para in _paragraphs(state)}
    assert not styles["V/v trả hồ sơ"].font.italic
    assert styles["Một."].paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    rules = [sum(para.style.name == "Kẻ ngang" for para in _paragraphs(file)) for file in (docx, state)]
    # The State form draws one below the issuing body as well.
    assert rules == [1, 2]


def test_a_letter_without_name_of_its_type_keeps_the_room_of_it():
    texts = [para.text for para in _paragraphs(render_docx(PARTY, title=""))]
    assert texts[texts.index("Kính gửi: Văn phòng Tỉnh ủy.") - 1] == ""


# --- measures ---


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

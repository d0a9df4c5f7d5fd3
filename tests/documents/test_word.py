"""Papers as Word files: valid for Word, styled, and the same words in the same places as the PDF."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn

from common.errors import DomainError
from documents.engine.word import render_docx
from documents.engine.word.measures import height_of
from documents.engine.word.model import Para, Run
from tests.documents.all_forms import NUMBERED
from tests.documents.sample_form import SampleCovenant, SampleLetter
from tests.documents.word_files import (
    HOSTILE,
    NO_BREAK,
    PAGE,
    body_of,
    faults_of,
    opened,
    paragraphs_of,
    parts_of,
    text_of_body,
)

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
    assert properties.title == "Tờ trình về việc đề nghị khen thưởng thành tích công tác năm 2021"
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
    styles = {para.text.replace(NO_BREAK, " "): para.style.name for para in paragraphs_of(SampleLetter().docx(**NUMBERED))}
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


# --- text ---


def test_a_draft_keeps_the_room_for_number_and_day():
    text = "|".join(para.text for para in paragraphs_of(SampleLetter().docx()))
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
    assert text_of_body(markup) == text


def test_bold_italic_and_underlined_words_stay_so():
    (para,) = (p for p in paragraphs_of(render_docx(PAGE.format("<p>a <b>b <i>c</i></b> <u>d</u></p>"), title="")) if p.text)
    assert [(run.text, bool(run.bold), bool(run.italic), bool(run.underline)) for run in para.runs] == [
        ("a ", False, False, False),
        ("b ", True, False, False),
        ("c", True, True, False),
        (" ", False, False, False),
        ("d", False, False, True),
    ]


def test_words_that_stay_together_are_joined_by_no_break_spaces():
    assert text_of_body('<p>Ủy ban <span class="keep">nhân dân</span></p>') == "Ủy ban nhân" + NO_BREAK + "dân"


def test_names_of_120_letters_and_with_markup_are_plain_text():
    name = HOSTILE
    covenant = SampleCovenant(units=[name] * 40)
    docx = covenant.docx()
    assert faults_of(docx) == []
    assert [para.text for para in paragraphs_of(docx)].count(name.upper()) == 40
    letter = SampleLetter(lines=[(name, name)] * 3, reasons=name, issuing_name=name)
    assert faults_of(letter.docx()) == []
    assert sum(name in para.text for para in paragraphs_of(letter.docx())) == 8


def test_a_paper_too_long_or_too_deep_is_refused_in_words():
    with pytest.raises(DomainError, match="quá dài"):
        render_docx(PAGE.format("<p>Khối</p>" * 100_000), title="Thử")
    with pytest.raises(DomainError, match="lồng quá nhiều cấp"):
        render_docx(PAGE.format("<div>" * 3000 + "</div>" * 3000), title="Thử")


def test_a_paper_without_text_is_a_page():
    docx = render_docx("<html><body></body></html>", title="")
    assert faults_of(docx) == []
    assert len(opened(docx).sections) == 1


# --- end of the paper ---


def test_signature_blocks_are_whole_and_stay_with_the_text_before():
    docx = SampleLetter().docx()
    paragraphs = paragraphs_of(docx)
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
    words = [para.text for para in paragraphs_of(docx) if para.text]
    assert words == [
        "Hết./.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "Mã xác minh: A1",
        "Kiểm tra văn bản tại: thidua.example.vn",
        "TM. KHỐI",
    ]


def test_room_to_sign_stays_where_nobody_is_named_yet():
    name = next(para for para in paragraphs_of(render_docx(PAGE.format(PROVEN), title="")) if para.style.name == "Người ký")
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
    kept = [para.text for para in paragraphs_of(docx) if para.paragraph_format.keep_with_next]
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
    styles = {para.text: para.style for para in paragraphs_of(docx)}
    assert styles["ĐẢNG CỘNG SẢN VIỆT NAM"].font.size.pt == 15
    assert styles["*"].name == "Dấu sao"
    assert styles["V/v trả hồ sơ"].font.italic
    assert styles["Chương I\nQUY ĐỊNH CHUNG"].base_style.name == "Heading 2"
    assert styles["Điều 1. Phạm vi"].base_style.name == "Heading 3"
    assert styles["Một."].paragraph_format.line_spacing.pt == 19
    assert styles["Một."].paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    state = render_docx(PARTY.replace("party", "state", 1), title="")
    styles = {para.text: para.style for para in paragraphs_of(state)}
    assert not styles["V/v trả hồ sơ"].font.italic
    assert styles["Một."].paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    rules = [sum(para.style.name == "Kẻ ngang" for para in paragraphs_of(file)) for file in (docx, state)]
    # The State form draws one below the issuing body as well.
    assert rules == [1, 2]


def test_a_letter_without_name_of_its_type_keeps_the_room_of_it():
    texts = [para.text for para in paragraphs_of(render_docx(PARTY, title=""))]
    assert texts[texts.index("Kính gửi: Văn phòng Tỉnh ủy.") - 1] == ""

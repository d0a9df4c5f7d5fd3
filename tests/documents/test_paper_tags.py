import datetime
import re
import xml.etree.ElementTree as ET

import pytest
import segno
from django.template import Context, Template, TemplateSyntaxError

from documents.engine.qr import qr_svg
from documents.outline import parse_outline
from documents.templatetags import paper as tags

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("number", "printed"), [(0, "00"), (1, "01"), (9, "09"), (10, "10"), (1486, "1.486"), ("6", "06"), (None, "")]
)
def test_counts_under_ten_have_a_leading_zero(number, printed):
    assert tags.counted(number) == printed


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (datetime.date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (datetime.date(2022, 1, 11), "ngày 11 tháng 01 năm 2022"),
        ("2022-02-09", "ngày 09 tháng 02 năm 2022"),
        ("2022-12-31", "ngày 31 tháng 12 năm 2022"),
    ],
)
def test_only_days_under_ten_and_the_first_two_months_have_a_zero(day, printed):
    assert tags.long_date(day) == printed


def test_a_missing_date_is_blank_to_write_on():
    assert tags.long_date(None, 2022) == f"ngày{NBSP * 6}tháng{NBSP * 6}năm 2022"
    assert tags.long_date("").startswith(f"ngày{NBSP * 6}tháng{NBSP * 6}năm ")
    assert tags.short_date(None) == ""
    assert tags.short_date("2022-01-11") == "11/01/2022"


@pytest.mark.parametrize("text", ["Kính đề nghị", "Kính đề nghị.", "Kính đề nghị./.", "Kính đề nghị ; ", "Kính đề nghị/."])
def test_a_text_ends_with_exactly_one_end_mark(text):
    assert tags.with_end_mark(text) == "Kính đề nghị./."


def test_typed_lines_become_escaped_paragraphs():
    assert tags.paragraphs("Một & hai\n\n  <b>Ba</b>  ", end=True) == "<p>Một &amp; hai</p>\n<p>&lt;b&gt;Ba&lt;/b&gt;./.</p>"
    assert tags.paragraphs("") == ""
    assert tags.paragraphs(None, end=True) == ""


def test_grounds_end_with_semicolons_and_the_last_with_a_point():
    assert tags.grounds(["Căn cứ A;", "", "Căn cứ B"]) == (
        '<p class="ground">Căn cứ A;</p>\n<p class="ground">Căn cứ B.</p>'
    )


def test_several_addressees_stand_one_below_the_other():
    html = _render("{% addressee names %}", names=["Hội đồng <A>", "Sở Nội vụ"])
    assert "<p>- Hội đồng &lt;A&gt;;</p><p>- Sở Nội vụ.</p>" in html


def test_content_of_an_annex_and_an_article_is_escaped_once():
    html = _render("{% annex %}<p>{{ x }}</p>{% endannex %}{% article 1 x %}<p>{{ x }}</p>{% endarticle %}", x="A & <B>")
    assert html == (
        '<section class="annex annex-portrait"><p>A &amp; &lt;B&gt;</p></section>'
        '<section class="article"><h2>Điều 1. A &amp; &lt;B&gt;</h2><p>A &amp; &lt;B&gt;</p></section>'
    )


def test_the_last_two_words_of_a_name_stay_together():
    assert tags.keep_end("Ban Tuyên giáo Tỉnh ủy") == 'Ban Tuyên giáo <span class="keep">Tỉnh ủy</span>'
    assert tags.keep_end("Báo <b> & Đài") == 'Báo &lt;b&gt; <span class="keep">&amp; Đài</span>'
    assert tags.keep_end("Sở Nội") == "Sở Nội"
    assert tags.keep_end("Ủy ban nhân dân tỉnh Phú Thọ") == 'Ủy ban nhân dân <span class="keep">tỉnh Phú Thọ</span>'
    assert tags.keep_end("Liên đoàn Lao động tỉnh") == 'Liên đoàn <span class="keep">Lao động tỉnh</span>'
    assert tags.keep_end("Đoàn Thanh niên Hồ Chí Minh") == 'Đoàn Thanh niên <span class="keep">Hồ Chí Minh</span>'
    assert tags.keep_end("Ban thườngtrựcrấtdài khônggãyđược") == "Ban thườngtrựcrấtdài khônggãyđược"


def test_a_regulation_is_laid_out_in_chapters_articles_clauses_and_points():
    blocks = parse_outline(
        "Chương I\nQuy định chung\nĐiều 1. Phạm vi <A>\nMở đầu\n1. Khoản & một\nđ) Điểm đ\nChương II. Cơ cấu"
    )
    assert _render("{% outline blocks %}", blocks=blocks) == (
        '<h2 class="chapter">Chương I <br>QUY ĐỊNH CHUNG</h2>\n'
        '<h3 class="article-head">Điều 1. Phạm vi &lt;A&gt;</h3>\n'
        "<p>Mở đầu</p>\n"
        "<p>1. Khoản &amp; một</p>\n"
        "<p>đ) Điểm đ</p>\n"
        '<h2 class="chapter">Chương II <br>CƠ CẤU</h2>'
    )
    assert _render("{% outline blocks %}", blocks=[]) == ""


def test_without_chapters_an_article_is_of_the_second_level():
    blocks = parse_outline("Điều 1. Phạm vi")
    assert _render("{% outline blocks %}", blocks=blocks) == '<h2 class="article-head">Điều 1. Phạm vi</h2>'


@pytest.mark.parametrize("typed", ["Về việc trả hồ sơ", "V/v trả hồ sơ", "v/v: trả hồ sơ", "trả hồ sơ"])
def test_an_official_letter_says_what_it_is_about_in_one_way(typed):
    assert tags.about(typed) == "V/v trả hồ sơ"


def test_the_proof_is_printed_once_and_only_with_a_code():
    paper = {"proof": {"code": "abcd-efgh", "url": "https://example.vn/xac-minh/abcd-efgh/"}, "letterhead": None}
    source = "{% closing signature recipients %}{% proof %}"
    html = _render(source, paper=paper, signature={"name": "A"}, recipients=["Lưu: VT"], _printed=set())
    assert html.count("Mã xác minh: <b>abcd-efgh</b>") == 1
    assert html.index("Mã xác minh") < html.index('class="signature"')
    assert "<title>Mã QR xác minh văn bản abcd-efgh</title>" in html
    assert 'class="proof"' in _render("{% proof %}", paper=paper)
    assert "proof" not in _render(source, paper={"proof": None, "letterhead": None}, signature={}, recipients=[])


def test_the_qr_code_says_the_address():
    svg = qr_svg("https://example.vn/xac-minh/abcd-efgh/?a=1&b=2", title='Mã "A"', description="<b>")
    root = ET.fromstring(svg)
    ns = "{http://www.w3.org/2000/svg}"
    assert (root.get("role"), root.find(f"{ns}title").text, root.find(f"{ns}desc").text) == ("img", 'Mã "A"', "<b>")
    assert root.get("data-text") == "https://example.vn/xac-minh/abcd-efgh/?a=1&b=2"
    side = int(root.get("viewBox").split()[2])
    code = segno.make("https://example.vn/xac-minh/abcd-efgh/?a=1&b=2", error="m", micro=False, boost_error=False)
    black = [[0] * side for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", root.findall(f"{ns}path")[1].get("d")):
        for column in range(int(x), int(x) + int(length)):
            black[int(y)][column] = 1
    assert [bytes(row[4:-4]) for row in black[4:-4]] == [bytes(row) for row in code.matrix]
    # The quiet zone.
    assert sum(map(sum, black[:4] + black[-4:])) == 0


def test_a_grid_has_two_or_three_columns():
    with pytest.raises(TemplateSyntaxError):
        _render("{% signature_grid rows columns=4 %}", rows=[])


def _render(source, **context):
    return Template("{% load paper %}" + source).render(Context(context))

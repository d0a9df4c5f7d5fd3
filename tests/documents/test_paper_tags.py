import datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError

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
    assert tags.keep_end("Ban thườngtrựcrấtdài khônggãyđược") == "Ban thườngtrựcrấtdài khônggãyđược"


def test_a_grid_has_two_or_three_columns():
    with pytest.raises(TemplateSyntaxError):
        _render("{% signature_grid rows columns=4 %}", rows=[])


def _render(source, **context):
    return Template("{% load paper %}" + source).render(Context(context))

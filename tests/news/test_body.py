"""The plain text of an article becomes HTML, and nothing that was typed becomes code."""

import pytest

from news.templatetags.articles import article_body


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Một đoạn.", "<p>Một đoạn.</p>"),
        ("Một.\n\nHai.", "<p>Một.</p>\n<p>Hai.</p>"),
        ("Một.\nCùng đoạn.", "<p>Một.<br>Cùng đoạn.</p>"),
        ("## Kết quả\n\nTốt.", "<h2>Kết quả</h2>\n<p>Tốt.</p>"),
        ("- một\n- hai", "<ul><li>một</li><li>hai</li></ul>"),
        ("Gồm:\n- một\n- hai\nHết.", "<p>Gồm:</p>\n<ul><li>một</li><li>hai</li></ul>\n<p>Hết.</p>"),
        ("Một.\r\n\r\nHai.", "<p>Một.</p>\n<p>Hai.</p>"),
    ],
)
def test_text_becomes_paragraphs_lists_and_headings(text, html):
    assert article_body(text) == html


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "- <img src=x onerror=alert(1)>", "## <b>đậm</b>", '"><svg onload=alert(1)>']
)
def test_typed_markup_is_shown_as_text(text):
    html = article_body(text)
    for tag in ("<script", "<img", "<b>", "<svg"):
        assert tag not in html


def test_only_addresses_become_links():
    html = article_body("Xem https://phutho.gov.vn/tin và javascript:alert(1).")
    assert html == (
        '<p>Xem <a href="https://phutho.gov.vn/tin" rel="nofollow">https://phutho.gov.vn/tin</a> và javascript:alert(1).</p>'
    )

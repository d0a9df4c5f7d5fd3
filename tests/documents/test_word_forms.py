"""Every printed form as a Word file: one that Word accepts and that prints like the PDF."""

from collections import defaultdict
from itertools import chain

import pytest
from django.urls import get_resolver
from docx.oxml.ns import qn
from lxml import html as lxml_html

from documents.printed import PrintedForm
from tests.documents.all_forms import NUMBERED, PROOF, each_form
from tests.documents.sample_form import SampleCovenant, SampleLetter
from tests.documents.word_files import HOSTILE, body_of, faults_of, opened, widths_agree


@pytest.mark.slow
@pytest.mark.django_db
def test_every_form_reads_in_libreoffice_as_in_the_pdf(tmp_path):
    from tests.documents.office import printed_words, to_pdf

    word, pdf, charts = {}, {}, defaultdict(list)
    for name, form in each_form():
        for state, values in (("draft", {}), ("proven", {**NUMBERED, "proof": PROOF})):
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
def test_every_form_is_a_file_that_word_accepts_and_none_is_forgotten():
    tried = set()
    for name, form in each_form():
        tried.add(type(form))
        for values in ({}, {**NUMBERED, "proof": PROOF}):
            docx = form.docx(**values)
            assert faults_of(docx) == [], name
            assert all(widths_agree(table) for table in body_of(docx).iter(qn("w:tbl"))), name
            assert opened(docx).core_properties.title == form.get_title()
    # Whatever an address prints is imported now.
    assert get_resolver().url_patterns
    written = [kind for kind in _kinds_of(PrintedForm) if kind.template_name and not kind.__module__.startswith("tests.")]
    assert [kind.__name__ for kind in written if kind not in tried] == []


def _kinds_of(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _kinds_of(child)

import datetime
import subprocess

import pytest

from common.charts import bar_chart
from documents.engine.render import render_pdf
from documents.printed import paper_pdf
from tests.documents.sample_form import LINES, UNITS, SampleCovenant, SampleLetter
from tests.documents.test_letterheads import FRONT, PARTY, STATE, Letter, OfficialLetter
from tests.documents.test_reading_back import PROOF, Grid, Minutes, Regulation

pytestmark = pytest.mark.slow
DAY = datetime.date(2022, 1, 14)


def _issued(form):
    return form.pdf(number="5", issued_on=DAY, proof=PROOF)


def _to_be_signed(form):
    frozen = form.frozen(proof=PROOF)
    for number, signature in enumerate(frozen["values"]["signatures"], 1):
        signature["field"] = f"Ky_{number}"
    return paper_pdf(form.template_name, frozen, signature_fields=True)


def _with_a_chart():
    bars = [
        {"label": f"Chỉ tiêu thứ {number}", "value": number * 20, "text": f"{number * 20}%", "tone": ""}
        for number in range(1, 7)
    ]
    chart = bar_chart("Kết quả so với chỉ tiêu", bars, mark=100, mark_label="100% chỉ tiêu", font="VB Serif")
    page = '<!DOCTYPE html><html lang="vi"><title>Báo cáo</title><body><h1>BÁO CÁO</h1><div class="figure">{}</div>'
    return render_pdf(page.format(chart))


FORMS = {
    "chart": _with_a_chart,
    "letter": lambda: SampleLetter(lines=LINES * 4).pdf(number="5", issued_on=DAY),
    "draft": lambda: SampleLetter().pdf(),
    "covenant": lambda: SampleCovenant().pdf(),
    "covenant to be signed": lambda: _to_be_signed(SampleCovenant()),
    "covenant of forty to be signed": lambda: _to_be_signed(SampleCovenant(units=UNITS * 3)),
    "covenant without contents": lambda: Grid(rows=[]).pdf(),
    "issued letter": lambda: _issued(SampleLetter()),
    "letter of the Party": lambda: _issued(Letter(PARTY)),
    "letter of the Front": lambda: _issued(Letter(FRONT)),
    "official letter": lambda: _issued(OfficialLetter(STATE)),
    "official letter of the Party": lambda: _issued(OfficialLetter(PARTY)),
    "regulation": lambda: _issued(Regulation()),
    "minutes": lambda: _issued(Minutes()),
}


@pytest.mark.parametrize("form", FORMS)
def test_papers_keep_the_rules_of_pdf_a_and_pdf_ua(form, tmp_path):
    from tests.documents.verapdf import failures

    path = tmp_path / "paper.pdf"
    path.write_bytes(FORMS[form]())
    assert (failures(path, "2a"), failures(path, "ua1")) == ([], [])
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_poppler_finds_the_fields_that_wait_for_a_signature(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(_to_be_signed(SampleCovenant(units=UNITS[:3])))
    told = subprocess.run(["pdfsig", path], capture_output=True, text=True).stdout
    assert [f"Signature Field Name: Ky_{number}" in told for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_checker_sees_what_is_missing(tmp_path):
    from documents.engine.layout import HTML
    from tests.documents.verapdf import failures

    path = tmp_path / "plain.pdf"
    HTML(string="<p>Khối thi đua").write_pdf(path)
    assert failures(path, "ua1")
    assert failures(path, "2a")

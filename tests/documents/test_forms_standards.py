"""Every form of the site, with records behind it, keeps the rules of PDF/A-2a and PDF/UA-1 and the layout of papers."""

import os
import re
from pathlib import Path

import pytest

from documents.printed import PrintedForm
from tests.documents.all_forms import FORMS, NUMBERED, PROOF
from tests.documents.reading import Layout

# DOC-26.
ABBREVIATIONS = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL"
MM = 72 / 25.4


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_the_rules_of_pdf_a_and_pdf_ua_and_its_margins(name, tmp_path):
    from tests.documents.verapdf import failures

    form = FORMS[name]()
    pdf = form.pdf(**NUMBERED, proof=PROOF)
    folder = Path(os.environ.get("KEEP_PAPERS", tmp_path))
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf)
    assert (failures(path, "2a"), failures(path, "ua1")) == ([], [])
    assert pdf == form.pdf(**NUMBERED, proof=PROOF)
    page = Layout(pdf)
    assert min(line.left for line in page.lines) >= 30 * MM - 1
    assert min(line.top for line in page.lines if not re.fullmatch(r"\d+", line.text)) >= 20 * MM - 1
    assert page.find("Mã xác minh:").page == max(
        line.page for line in page.lines if line.text.startswith("Kiểm tra văn bản")
    )


def _forms(base=PrintedForm):
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def test_every_form_has_an_abbreviation_of_the_decree_and_a_code_of_its_own():
    forms = [form for form in _forms() if not form.__module__.startswith("tests.") and form.code]
    assert len(forms) >= 7
    assert {form.type_abbreviation for form in forms} - set(ABBREVIATIONS.split()) <= {""}
    # IssuedDocument.form keeps 40 letters.
    assert [form.code for form in forms if len(form.code) > 40 or not re.fullmatch(r"[a-z0-9-]+", form.code)] == []

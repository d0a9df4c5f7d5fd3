import datetime

import pytest

from documents.printed import paper_pdf
from tests.documents.sample_form import LINES, SampleCovenant, SampleLetter

pytestmark = pytest.mark.slow


def _to_be_signed():
    form = SampleCovenant()
    frozen = form.frozen()
    for number, signature in enumerate(frozen["values"]["signatures"], 1):
        signature["field"] = f"Ky_{number}"
    return paper_pdf(form.template_name, frozen, signature_fields=True)


FORMS = {
    "letter": lambda: SampleLetter(lines=LINES * 4).pdf(number="5", issued_on=datetime.date(2022, 1, 14)),
    "draft": lambda: SampleLetter().pdf(),
    "covenant": lambda: SampleCovenant().pdf(),
    "covenant to be signed": _to_be_signed,
}


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
@pytest.mark.parametrize("form", FORMS)
def test_papers_keep_the_rules_of_pdf_a_and_pdf_ua(form, flavour, tmp_path):
    from tests.documents.verapdf import failures

    path = tmp_path / f"{form}.pdf"
    path.write_bytes(FORMS[form]())
    assert failures(path, flavour) == []


def test_the_checker_sees_what_is_missing(tmp_path):
    from documents.engine.layout import HTML
    from tests.documents.verapdf import failures

    path = tmp_path / "plain.pdf"
    HTML(string="<p>Khối thi đua").write_pdf(path)
    assert failures(path, "ua1")
    assert failures(path, "2a")

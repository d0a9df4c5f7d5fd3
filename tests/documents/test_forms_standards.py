"""Every form of the site, with records behind it, keeps the rules of PDF/A-2a and PDF/UA-1 and the layout of papers."""

import os
import re
from pathlib import Path

import pytest

from tests.documents.all_forms import FORMS, NUMBERED, PROOF
from tests.documents.reading import Layout

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MM = 72 / 25.4


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

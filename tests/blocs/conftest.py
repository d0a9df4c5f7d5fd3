"""Files and people that several tests of the blocs need."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture
def make_pdf():
    """A real PDF of one page, as an upload."""

    def make(name="giao-uoc.pdf"):
        body = BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(body)
        return SimpleUploadedFile(name, body.getvalue(), content_type="application/pdf")

    return make

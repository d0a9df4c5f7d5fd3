"""A decision stays hidden until it is published, and its paper is locked afterwards (F81, F82)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from awards.models import Decision
from documents.enums import PaperCustody
from tests.common.test_uploads import pdf_bytes
from tests.factories.blocs import PaperFactory, UnitFactory, staff_of, standing_agency_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    paper = PaperFactory(custody=PaperCustody.SEALED, number="77/QĐ-UBND", file=ContentFile(pdf_bytes(), "quyet-dinh.pdf"))
    return Decision.objects.create(paper=paper, recorded_by=standing_agency_officer())


def status(client, user, url, **data):
    client.force_login(user)
    response = client.post(url, data) if data else client.get(url)
    response.close()
    return response.status_code


def test_a_sealed_paper_is_read_from_the_page_of_its_decision_alone(client, decision):
    paper, officer = reverse("documents:paper-file", args=[decision.paper_id]), decision.recorded_by
    own = reverse("awards:decision-file", args=[decision.pk])
    assert [status(client, officer, own), status(client, officer, paper)] == [200, 404]
    assert [status(client, staff_of(UnitFactory()), url) for url in (own, paper)] == [403, 404]


def test_a_sealed_paper_stands_in_no_list_and_cannot_be_edited(client, decision):
    client.force_login(decision.recorded_by)
    assert "77/QĐ-UBND" not in client.get(reverse("blocs:papers")).content.decode()
    assert client.get(reverse("blocs:paper-edit", args=[decision.paper_id])).status_code == 404


def test_a_published_paper_is_read_by_everybody_and_edited_by_nobody(client, decision):
    paper = decision.paper
    paper.custody, paper.is_public = PaperCustody.LOCKED, True
    paper.save()
    assert status(client, staff_of(UnitFactory()), reverse("documents:paper-file", args=[paper.pk])) == 200
    edit = reverse("blocs:paper-edit", args=[paper.pk])
    assert status(client, decision.recorded_by, edit, number="88/QĐ-UBND") == 403
    paper.refresh_from_db()
    assert paper.number == "77/QĐ-UBND"

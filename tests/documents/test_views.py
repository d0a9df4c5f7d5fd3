import datetime

import pytest
import rules
from django.core.files.base import ContentFile
from django.urls import reverse

from documents.services import issue_document
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import AdministratorFactory, IssuerFactory, PaperFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 1, 14)


@pytest.fixture
def document():
    return issue_document(
        form=SampleLetter(issuer=IssuerFactory(symbol="KTĐ")),
        subject=IssuerFactory(),
        number="5",
        issued_on=DAY,
        by=UserFactory(),
    )


@pytest.fixture
def reader_of_records():
    """A user whom the rules of the record's app let see every issuer, and the rule itself."""
    user = UserFactory()
    rules.add_perm("documents.view_issuer", rules.predicate(lambda someone, record: someone.pk == user.pk))
    yield user
    rules.remove_perm("documents.view_issuer")


@pytest.fixture
def paper():
    paper = PaperFactory(number="543/QĐ-UBND")
    paper.file.save("quyet-dinh.pdf", ContentFile(b"%PDF-1.7 ban quet"))
    return paper


def _get(client, address):
    """The answer, read and closed, with the file's content as `body`."""
    response = client.get(address)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return response


def test_addresses_of_papers_are_vietnamese_and_end_in_pdf(document, paper):
    assert reverse("documents:issued-file", args=[document.code]) == f"/van-ban/{document.code}.pdf"
    assert document.get_absolute_url() == f"/van-ban/{document.code}.pdf"
    assert reverse("documents:paper-file", args=[paper.pk]) == f"/van-ban-goc/{paper.pk}.pdf"


def test_an_issued_paper_is_served_as_stored(client, document, reader_of_records):
    client.force_login(reader_of_records)
    response = _get(client, document.get_absolute_url())
    assert response.status_code == 200
    with document.file.open() as stored:
        assert response.body == stored.read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="to-trinh-mau-05-ttr-ktd.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_issued_paper_is_hidden_from_who_may_not_see_its_record(client, document, reader_of_records):
    client.force_login(UserFactory())
    assert _get(client, document.get_absolute_url()).status_code == 404


def test_a_stranger_is_sent_to_sign_in_whether_the_paper_exists_or_not(client, document, paper):
    sign_in = reverse("account_login")
    for address in (
        document.get_absolute_url(),
        "/van-ban/khong-co.pdf",
        reverse("documents:paper-file", args=[paper.pk]),
        "/van-ban-goc/999999.pdf",
    ):
        response = _get(client, address)
        assert (response.status_code, response.url) == (302, f"{sign_in}?next={address}")


def test_a_public_paper_is_for_everybody(client, document, paper):
    type(document).objects.update(is_public=True)
    type(paper).objects.update(is_public=True)
    assert _get(client, document.get_absolute_url()).status_code == 200
    response = _get(client, reverse("documents:paper-file", args=[paper.pk]))
    assert response.body == b"%PDF-1.7 ban quet"


def test_a_scanned_paper_is_for_everybody_signed_in(client, paper):
    client.force_login(UserFactory())
    response = _get(client, reverse("documents:paper-file", args=[paper.pk]))
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'inline; filename="543-qd-ubnd-05-03-2021.pdf"'


def test_a_paper_without_scan_or_unknown_is_not_found(client):
    client.force_login(UserFactory())
    assert _get(client, reverse("documents:paper-file", args=[PaperFactory().pk])).status_code == 404
    assert _get(client, "/van-ban-goc/999999.pdf").status_code == 404
    assert _get(client, "/van-ban/khong-co.pdf").status_code == 404


def test_a_lost_file_is_not_found(client, paper):
    paper.file.storage.delete(paper.file.name)
    client.force_login(UserFactory())
    assert _get(client, reverse("documents:paper-file", args=[paper.pk])).status_code == 404


def test_files_are_read_only(client, document):
    client.force_login(AdministratorFactory())
    assert client.post(document.get_absolute_url()).status_code == 405


def test_the_admin_shows_an_issued_paper_and_changes_nothing(client, document):
    client.force_login(AdministratorFactory())
    page = _get(client, f"/quan-tri/documents/issueddocument/{document.pk}/change/")
    assert page.status_code == 200
    assert document.sha256 in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/quan-tri/documents/issueddocument/{document.pk}/change/", {"title": "Khác"}).status_code == 403
    assert client.post(f"/quan-tri/documents/issueddocument/{document.pk}/delete/", {"post": "yes"}).status_code == 403
    assert _get(client, "/quan-tri/documents/issueddocument/add/").status_code == 403
    assert _get(client, "/quan-tri/documents/issueddocument/").status_code == 200
    assert _get(client, "/quan-tri/documents/paper/").status_code == 200
    assert _get(client, "/quan-tri/documents/issuer/").status_code == 200

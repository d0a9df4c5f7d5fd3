import pytest
from django.contrib.auth.models import AnonymousUser

from common.permissions import may
from documents.models import IssuedDocument
from tests.factories.blocs import PaperFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("is_public", "signed_in", "allowed"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_a_paper_is_for_the_signed_in_and_a_public_one_for_everybody(is_public, signed_in, allowed):
    user = UserFactory() if signed_in else AnonymousUser()
    assert may(user, "documents.view_paper", PaperFactory(is_public=is_public)) is allowed


@pytest.mark.parametrize(
    ("is_public", "signed_in", "allowed"),
    # The record here is a Paper, which everybody signed in may view.
    [(True, False, True), (False, False, False), (False, True, True)],
)
def test_an_issued_paper_follows_its_record(is_public, signed_in, allowed):
    user = UserFactory() if signed_in else AnonymousUser()
    document = IssuedDocument(is_public=is_public, subject=PaperFactory())
    assert may(user, "documents.view_issueddocument", document) is allowed


def test_a_record_without_view_permission_of_its_own_is_hidden():
    document = IssuedDocument(subject=UserFactory())
    assert may(UserFactory(), "documents.view_issueddocument", document) is False


def test_without_a_paper_nothing_is_promised():
    assert may(UserFactory(), "documents.view_issueddocument") is False
    assert may(AnonymousUser(), "documents.view_paper") is False

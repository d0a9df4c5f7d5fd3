"""Two units sign at the same moment, on a database that lets both run: the chain of the file has no fork and no gap."""

import itertools

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection  # noqa: F401  the condition below reads it

from blocs.documents import CovenantPaper
from blocs.enums import CovenantState, SignatureState
from blocs.models import CovenantSignature, CovenantVersion
from blocs.reports import last_revision
from blocs.services import (
    ItemInput,
    save_covenant,
    send_covenant,
    sign_by_click,
    sign_with_certificate,
    take_signed_file,
)
from common.errors import DomainError
from documents.models import TrustRoot
from documents.signing import Refusal, SignatureRefused, load_certificate, sign_with_pkcs12
from tests.awards.test_security_races import at_once, refused
from tests.documents import pki
from tests.factories.blocs import BlocYearFactory, secretary_of, staff_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time"),
]
PASSWORD = "mat-khau-thu-nghiem-2026"


@pytest.fixture
def version():
    cache.clear()
    with time_machine.travel(pki.AT, tick=True):
        facts = load_certificate(pki.root().pem.encode())
        TrustRoot.objects.create(
            name="Gốc", pem=facts.pem, fingerprint=facts.fingerprint, expires_on=facts.valid_until.date()
        )
        bloc_year = BlocYearFactory(members=2)
        secretary = secretary_of(bloc_year)
        draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])
        yield send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft))


def signer(signature):
    user = staff_of(signature.unit)
    user.set_password(PASSWORD)
    user.save()
    return user


def fresh(signature):
    """As another request reads it."""
    return CovenantSignature.objects.select_related("version__covenant__bloc_year__year", "unit").get(pk=signature.pk)


def certificate_act(signature):
    by, party = signer(signature), pki.unit(signature.unit.name)
    return lambda: sign_with_certificate(
        signature=fresh(signature),
        by=by,
        signer_name="Trần Văn Độ",
        signer_title="",
        pkcs12=party.p12(),
        passphrase=pki.PASSPHRASE,
        password=PASSWORD,
    )


def click_act(signature):
    by, seen = signer(signature), last_revision(signature.version).sha256
    return lambda: sign_by_click(
        signature=fresh(signature),
        by=by,
        signer_name="Trần Văn Độ",
        signer_title="",
        seen_sha256=seen,
        password=PASSWORD,
    )


def upload_act(signature):
    by, party = signer(signature), pki.unit(signature.unit.name)
    revision = last_revision(signature.version)
    with revision.file.storage.open(revision.file.name) as stored:
        previous = stored.read()
    signed = sign_with_pkcs12(
        previous,
        field_name=signature.field_name,
        pkcs12=party.p12(),
        passphrase=pki.PASSPHRASE,
        unit=str(signature.unit),
        reason="Ký giao ước",
        roots=[pki.root().pem],
        signed_at=pki.AT,
        accept=lambda facts: "",
    )
    upload = SimpleUploadedFile("giao-uoc.pdf", signed)
    return lambda: take_signed_file(
        signature=fresh(signature), by=by, signer_name="Lê Thị Út", signer_title="", upload=upload
    )


def assert_one_chain(version):
    files = []
    for number, revision in enumerate(version.revisions.all()):
        assert revision.number == number
        with revision.file.storage.open(revision.file.name) as stored:
            files.append(stored.read())
    for earlier, later in itertools.pairwise(files):
        assert later.startswith(earlier)


def test_two_key_files_at_once_both_sign_one_upon_the_other(version):
    answers = at_once(*map(certificate_act, version.signatures.all()))
    assert refused(answers) == []
    assert version.revisions.count() == 3
    assert_one_chain(version)
    assert CovenantVersion.objects.get(pk=version.pk).state == CovenantState.SIGNED


def test_of_two_files_signed_outside_at_once_one_is_taken(version):
    answers = at_once(*map(upload_act, version.signatures.all()))
    (late,) = refused(answers)
    assert isinstance(late, SignatureRefused)
    assert late.code == Refusal.STALE
    assert version.revisions.count() == 2
    assert_one_chain(version)
    assert version.signatures.filter(state=SignatureState.SIGNED).count() == 1


def test_one_unit_that_signs_twice_at_once_signs_once(version):
    row = version.signatures.first()
    answers = at_once(click_act(row), certificate_act(row))
    assert len(refused(answers)) == 1
    assert isinstance(refused(answers)[0], DomainError)
    assert_one_chain(version)


def test_the_last_two_at_once_leave_the_covenant_signed(version):
    answers = at_once(*map(click_act, version.signatures.all()))
    assert refused(answers) == []
    assert CovenantVersion.objects.get(pk=version.pk).state == CovenantState.SIGNED

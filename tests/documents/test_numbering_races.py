"""Automatic numbers under many issuers at once: none twice, none left out, also when some of them fail (DOC-23)."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from common.errors import DomainError
from documents.enums import Numbering
from documents.models import IssuedDocument, NumberSeries
from documents.services import issue_document
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import IssuerFactory, UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time"),
]
DAY = date(2022, 1, 14)
THREADS, EACH = 8, 6


class Broken(Exception):
    pass


def in_threads(acts):
    """Run them at once; what broke in a way that nobody expected."""
    gate, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_numbers_are_gapless_and_unique_although_every_third_paper_is_given_up():
    issuer, by = IssuerFactory(symbol="KTĐ", numbering=Numbering.AUTOMATIC), UserFactory()

    def act():
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    issue_document(form=SampleLetter(issuer=issuer), subject=issuer, by=by, issued_on=DAY, made=b"%PDF-1.7")
                    if turn % 3 == 2:
                        raise Broken
            except Broken:
                continue

    assert in_threads([act] * THREADS) == []
    kept = THREADS * (EACH - EACH // 3)
    numbers = sorted(int(row) for row in IssuedDocument.objects.values_list("running", flat=True))
    assert numbers == list(range(1, kept + 1))
    assert NumberSeries.objects.get().last == kept


def test_a_typed_number_is_given_to_one_of_many():
    issuer, by = IssuerFactory(symbol="KTĐ"), UserFactory()
    taken = []

    def act():
        try:
            issue_document(
                form=SampleLetter(issuer=issuer), subject=issuer, by=by, number="5", issued_on=DAY, made=b"%PDF-1.7"
            )
        except DomainError as refusal:
            taken.append(refusal.message)

    assert in_threads([act] * THREADS) == []
    assert len(taken) == THREADS - 1
    assert all("đã dùng cho một văn bản khác" in sentence for sentence in taken)
    assert IssuedDocument.objects.count() == 1

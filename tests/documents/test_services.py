import datetime
import hashlib

import pytest
import rules
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from common.audit import events_of
from common.errors import NotReady, StaleState
from documents.errors import NumberTaken, WrongDate
from documents.models import IssuedDocument
from documents.reports import documents_of, is_intact
from documents.services import issue_document, issuing, proof_of
from tests.documents.reading import text_of
from tests.documents.sample_form import SampleCovenant, SampleLetter
from tests.factories.blocs import IssuerFactory, PaperFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 1, 14)


@pytest.fixture
def issuer():
    return IssuerFactory(name="Khối thi đua các cơ quan Đảng", symbol="KTĐ")


@pytest.fixture
def issue(issuer):
    """Issues the sample letter about one record; any argument may differ."""
    record, user = PaperFactory(), UserFactory()

    def issue(**changed):
        arguments = {
            "form": SampleLetter(issuer=issuer),
            "subject": record,
            "number": "5",
            "issued_on": DAY,
            "by": user,
            **changed,
        }
        return issue_document(**arguments)

    issue.record, issue.user = record, user
    return issue


def test_an_issued_paper_keeps_values_file_and_hash(issue, issuer):
    document = issue()
    document.refresh_from_db()
    with document.file.open() as stored:
        body = stored.read()
    assert hashlib.sha256(body).hexdigest() == document.sha256
    assert body == SampleLetter(issuer=issuer).pdf(number="5", issued_on=DAY, proof=proof_of(document.code))
    assert "Số: 05/TTr-KTĐ" in text_of(body)
    assert (document.form, document.number, document.issuer, document.issued_on, document.is_public) == (
        "to-trinh-mau",
        "05/TTr-KTĐ",
        issuer,
        DAY,
        False,
    )
    assert document.values["paper"]["number"] == "05/TTr-KTĐ"
    assert document.values["values"]["meeting_on"] == "2022-01-11"
    assert document.subject == issue.record
    assert document.created_by == issue.user
    assert list(documents_of(issue.record)) == [document]
    assert is_intact(document)


def test_issuing_is_written_to_the_log(issue):
    document = issue()
    event = events_of(document).get()
    assert event.action == "ban hành văn bản"
    assert event.after == {"number": "05/TTr-KTĐ", "issued_on": "2022-01-14", "sha256": document.sha256}


def test_a_changed_or_lost_file_is_noticed(issue):
    document = issue()
    path = document.file.path
    with open(path, "ab") as stored:
        stored.write(b" ")
    assert not is_intact(document)
    document.file.storage.delete(document.file.name)
    assert not is_intact(document)


def test_codes_differ_and_can_be_typed(issue):
    codes = {issue(number=str(number)).code for number in range(1, 4)}
    assert len(codes) == 3
    assert {len(code) for code in codes} == {19}
    assert set("".join(codes)) <= set("23456789abcdefghjkmnpqrstuvwxyz-")


@pytest.mark.parametrize("again", ["5", "05", "05/TTr-KTĐ"])
def test_a_number_is_used_once_by_an_issuer_in_a_year(issue, again):
    issue()
    with pytest.raises(NumberTaken) as refusal:
        issue(number=again)
    assert refusal.value.message == (
        "Số 05/TTr-KTĐ của Khối thi đua các cơ quan Đảng đã dùng cho một văn bản khác cùng loại trong năm 2022."
    )
    assert IssuedDocument.objects.count() == 1


def test_next_year_and_another_issuer_begin_anew(issue):
    issue()
    issue(issued_on=datetime.date(2023, 1, 14))
    issue(form=SampleLetter(issuer=IssuerFactory(symbol="KTĐ")))
    assert IssuedDocument.objects.filter(number="05/TTr-KTĐ").count() == 3


def test_of_two_who_issue_at_once_the_database_refuses_the_second(issue, monkeypatch, settings):
    issue()
    monkeypatch.setattr(issuing, "refuse_used_number", lambda *args: None)
    with pytest.raises(NumberTaken):
        issue()
    assert IssuedDocument.objects.count() == 1
    assert len(list((settings.MEDIA_ROOT / "issued").iterdir())) == 1


def test_the_database_itself_knows_one_number_per_year(issue):
    document = issue()
    twin = IssuedDocument.objects.get(pk=document.pk)
    twin.pk, twin.code = None, "khac"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_letter_without_number_and_date_is_not_ready(issue):
    with pytest.raises(NotReady) as refusal:
        issue(number=" ", issued_on=None)
    assert refusal.value.missing == ["số văn bản", "ngày ban hành"]


def test_what_the_form_misses_is_told_first(issue, issuer):
    class Unready(SampleLetter):
        missing_to_issue = ["người ký"]

    with pytest.raises(NotReady) as refusal:
        issue(form=Unready(issuer=issuer), number="")
    assert refusal.value.missing == ["người ký", "số văn bản"]


def test_a_covenant_is_issued_without_number(issue):
    first, second = issue(form=SampleCovenant(), number=""), issue(form=SampleCovenant(), number="")
    assert (first.number, first.issuer, first.title) == ("", None, "Giao ước thi đua Năm 2022")
    # Each bears the code by which it is proven.
    assert first.sha256 != second.sha256


@time_machine.travel("2022-01-14T02:00:00+07:00", tick=False)
def test_a_date_in_the_future_is_refused_and_today_is_not(issue):
    with pytest.raises(WrongDate) as refusal:
        issue(issued_on=datetime.date(2022, 1, 15))
    assert refusal.value.message == "Ngày ban hành 15/01/2022 ở sau ngày hôm nay."
    assert issue().issued_on == DAY


def test_the_permission_of_the_form_is_asked_for_on_the_record(issue, issuer):
    class Guarded(SampleLetter):
        issue_permission = "documents.issue_sample"

    asked = []
    rules.add_perm("documents.issue_sample", rules.predicate(lambda user, record: not asked.append(record) and user.pk < 0))
    try:
        with pytest.raises(PermissionDenied):
            issue(form=Guarded(issuer=issuer))
    finally:
        rules.remove_perm("documents.issue_sample")
    assert asked == [issue.record]
    assert IssuedDocument.objects.count() == 0


def test_a_closed_account_issues_nothing(issue):
    with pytest.raises(PermissionDenied):
        issue(by=UserFactory(is_active=False))


def test_a_correction_replaces_the_old_paper_once(issue):
    old = issue()
    new = issue(number="6", supersedes=old)
    old.refresh_from_db()
    assert old.superseded_by == new
    with pytest.raises(StaleState) as refusal:
        issue(number="7", supersedes=old)
    assert "đã được thay thế" in refusal.value.message
    assert IssuedDocument.objects.count() == 2
    assert is_intact(old)

"""A dossier as one ZIP: what lies in it, what its index says, who gets what."""

import hashlib
import io
import re
import tracemalloc
import zipfile
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from blocs.enums import CovenantState, SignatureState, SignatureWay
from blocs.models import Covenant, CovenantRevision, CovenantSignature, CovenantVersion
from documents.enums import PaperCustody
from documents.models import IssuedDocument
from portal.dossier import INDEX, SUMS, DossierIndex, Packed, pack
from portal.reports.dossier import Entry
from tests.documents.reading import text_of
from tests.factories.awards import ProposalFactory, ProposalItemFactory, small_pdf
from tests.factories.blocs import (
    BlocYearFactory,
    MembershipFactory,
    PaperFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def issued(subject, body=b"%PDF-1.7 bao cao", **values):
    values = {"form": "bao-cao", "title": "Báo cáo tổng kết", "number": "07/BC-KTĐ", "type": "BC", **values}
    digest = hashlib.sha256(body).hexdigest()
    return IssuedDocument.objects.create(
        issued_on=date(2022, 1, 14),
        file=ContentFile(body, "van-ban.pdf"),
        sha256=digest,
        code=f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}",
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        created_by=UserFactory(),
        **values,
    )


def opened(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def year_zip(client, bloc_year):
    return opened(client.get(f"/lam-viec/khoi/{bloc_year.bloc.slug}/{bloc_year.year.slug}/ho-so.zip"))


def names(book):
    return [re.sub(r"/\d{3}-", "/", name) for name in book.namelist()]


@pytest.fixture
def bloc_year():
    bloc_year = BlocYearFactory(members=2)
    bloc_year.bloc.founding_paper = PaperFactory(number="543/QĐ-UBND", file=small_pdf())
    bloc_year.bloc.save()
    return bloc_year


@pytest.fixture
def meeting(bloc_year):
    return MeetingFactory(bloc_year=bloc_year)


@pytest.fixture
def secretary(client, bloc_year):
    user = secretary_of(bloc_year)
    client.force_login(user)
    return user


def test_papers_of_the_year_lie_in_folders_with_index_and_digests(client, secretary, bloc_year, meeting):
    issued(meeting)
    book = year_zip(client, bloc_year)
    assert book.testzip() is None
    assert names(book) == [
        "2-hoi-nghi/bao-cao-tong-ket-07-bc-ktd.pdf",
        "5-van-ban-lien-quan/quyet-dinh-thanh-lap-cac-cum-khoi-thi-dua-tinh-543-qd-ubnd.pdf",
        INDEX,
        SUMS,
    ]
    sums = dict(line.split("  ")[::-1] for line in book.read(SUMS).decode().splitlines())
    assert {name: hashlib.sha256(book.read(name)).hexdigest() for name in book.namelist() if name != SUMS} == sums


def test_the_index_names_every_paper_with_number_day_and_the_begin_of_its_digest(client, secretary, bloc_year, meeting):
    document = issued(meeting)
    text = " ".join(text_of(year_zip(client, bloc_year).read(INDEX)).split())
    for part in ("MỤC LỤC HỒ SƠ", "Báo cáo tổng kết", "14/01/2022", str(secretary), "Hồ sơ gồm 02 tệp"):
        assert part in text
    # Long words break in narrow columns.
    for part in ("07/BC-KTĐ", document.sha256[:16]):
        assert part in text.replace(" ", "")


def test_replaced_papers_lie_apart_and_signed_versions_beside(client, secretary, bloc_year, meeting):
    newer = issued(meeting, body=b"%PDF-1.7 moi", number="08/BC-KTĐ")
    old = issued(meeting)
    old.superseded_by = newer
    old.save()
    newer.signed_file.save("ky.pdf", ContentFile(b"%PDF-1.7 ky"), save=False)
    newer.signed_sha256 = hashlib.sha256(b"%PDF-1.7 ky").hexdigest()
    newer.signed_at, newer.signed_by = newer.created_at, secretary
    newer.save()
    book = year_zip(client, bloc_year)
    found = [name for name in names(book) if name.startswith("2-")]
    assert found == [
        "2-hoi-nghi/bao-cao-tong-ket-08-bc-ktd.pdf",
        "2-hoi-nghi/bao-cao-tong-ket-08-bc-ktd.pdf",
        "2-hoi-nghi/da-thay-the/bao-cao-tong-ket-07-bc-ktd.pdf",
    ]
    assert len(set(book.namelist())) == len(book.namelist())
    assert {book.read(name) for name in book.namelist() if "08-bc" in name} == {b"%PDF-1.7 ky", b"%PDF-1.7 moi"}


def test_the_covenant_is_its_last_revision_once_with_its_scans(client, secretary, bloc_year):
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    version = CovenantVersion.objects.create(covenant=covenant, state=CovenantState.SIGNING, scan=small_pdf())
    for number in range(2):
        body = b"%%PDF-1.7 giao uoc %d" % number
        CovenantRevision.objects.create(
            version=version,
            number=number,
            file=ContentFile(body, "g.pdf"),
            sha256=hashlib.sha256(body).hexdigest(),
            created_by=secretary,
        )
    stored = ""
    for position, row in enumerate(bloc_year.bloc.memberships.all(), 1):
        signature = CovenantSignature(version=version, unit=row.unit, position=position, way=SignatureWay.PAPER)
        signature.state = SignatureState.SIGNED
        signature.scan = stored or small_pdf("ky.pdf")
        signature.save()
        stored = signature.scan.name
    issued(covenant, body=b"%PDF-1.7 giao uoc 1", form="giao-uoc", title="Giao ước", number="")
    book = year_zip(client, bloc_year)
    mine = [name for name in book.namelist() if name.startswith("1-giao-uoc")]
    assert len(mine) == 3
    bodies = [book.read(name) for name in mine]
    assert bodies.count(b"%PDF-1.7 giao uoc 1") == 1
    assert b"%PDF-1.7 giao uoc 0" not in bodies


def test_a_lost_file_is_named_in_the_index_and_stops_nothing(client, secretary, bloc_year, meeting):
    document = issued(meeting)
    document.file.storage.delete(document.file.name)
    book = year_zip(client, bloc_year)
    assert not [name for name in book.namelist() if name.startswith("2-")]
    text = " ".join(text_of(book.read(INDEX)).split())
    assert "tệp không còn trên hệ thống" in text
    assert "Có 01 mục chưa có tệp" in text


def test_a_file_that_changed_on_disk_is_named(client, secretary, bloc_year, meeting):
    IssuedDocument.objects.filter(pk=issued(meeting).pk).update(sha256="0" * 64)
    assert "sai lệch" in " ".join(text_of(year_zip(client, bloc_year).read(INDEX)).split())


def test_the_decision_that_divides_the_blocs_lies_in_every_years_dossier(client, secretary, bloc_year):
    issued(bloc_year.year, title="Quyết định phân chia cụm, khối", number="543/QĐ-UBND", type="QĐ")
    found = [name for name in names(year_zip(client, bloc_year)) if "phan-chia" in name]
    assert found == ["5-van-ban-lien-quan/quyet-dinh-phan-chia-cum-khoi-543-qd-ubnd.pdf"]


def test_a_draft_letter_and_a_sealed_decision_stay_out(client, bloc_year):
    secretary_of(bloc_year)
    issued(ProposalFactory(bloc_year=bloc_year), title="Tờ trình nháp")
    PaperFactory(number="1/QĐ-UBND", custody=PaperCustody.SEALED)
    client.force_login(staff_of(MembershipFactory(bloc=bloc_year.bloc).unit))
    book = year_zip(client, bloc_year)
    text = " ".join(text_of(book.read(INDEX)).split())
    assert "Tờ trình nháp" not in text
    assert "1/QĐ-UBND" not in text
    assert not [name for name in book.namelist() if name.startswith("3-")]


def test_another_blocs_year_is_not_found(client, bloc_year):
    client.force_login(staff_of(BlocYearFactory(members=1).bloc.memberships.get().unit))
    answer = client.get(f"/lam-viec/khoi/{bloc_year.bloc.slug}/{bloc_year.year.slug}/ho-so.zip")
    assert answer.status_code == 404


def test_an_empty_year_gives_an_index_that_says_so(client):
    bloc_year = BlocYearFactory(members=1)
    client.force_login(secretary_of(bloc_year))
    book = year_zip(client, bloc_year)
    assert book.namelist() == [INDEX, SUMS]
    assert "Chưa có văn bản nào" in " ".join(text_of(book.read(INDEX)).split())


@pytest.mark.parametrize("title", ["../../etc/passwd", "C:\\tệp", '"<script>alert(1)</script>"', "a/b\0c", "…", "ă" * 500])
def test_names_in_the_archive_are_plain_whatever_the_title(title):
    entry = Entry("1-giao-uoc", title, make=lambda: b"x")
    with pack([entry], subject="Khối", by=UserFactory()) as archive, zipfile.ZipFile(archive) as book:
        assert re.fullmatch(r"1-giao-uoc/001-[a-z0-9-]{1,101}\.pdf", book.namelist()[0])


def test_a_large_dossier_takes_no_memory():
    folder = ContentFile(b"0" * 40_000_000, "lon.pdf")
    paper = PaperFactory(file=folder)
    del folder
    DossierIndex("Khối", [], by="x", at=timezone.localtime()).pdf()
    tracemalloc.start()
    archive = pack([Entry("5", "Lớn", stored=paper.file)] * 3, subject="Khối", by=UserFactory())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert archive.seek(0, 2) > 120_000_000
    assert peak < 30_000_000
    archive.close()


def test_the_values_of_the_index_are_plain():
    row = Packed(Entry("1", "Tên", number="05", on=date(2022, 1, 4), note="Bản quét"), "1/001-ten.pdf", "a" * 64)
    assert row.as_values()["sha256"] == "a" * 16
    assert Packed(row.entry, row.path, problem="mất").as_values()["note"] == "Bản quét; mất"
    assert Packed(row.entry, row.path).as_values()["path"] == ""


# A letter


def letter_zip(client, letter):
    return opened(client.get(f"/lam-viec/de-nghi/{letter.pk}/ho-so.zip"))


def test_a_letter_with_draft_word_list_and_the_missing_minutes(client, secretary, bloc_year, meeting):
    letter = ProposalFactory(bloc_year=bloc_year, meeting=meeting)
    ProposalItemFactory(line__proposal=letter)
    book = letter_zip(client, letter)
    assert [name.rsplit(".")[-1] for name in book.namelist()] == ["pdf", "docx", "xlsx", "pdf", "txt"]
    text = " ".join(text_of(book.read(INDEX)).split())
    assert "Dự thảo, chưa ban hành" in text
    assert "Chưa ban hành" in text


def test_an_issued_letter_with_the_report_of_its_meeting(client, bloc_year, meeting):
    letter = ProposalFactory(bloc_year=bloc_year, meeting=meeting, sent=True)
    ProposalItemFactory(line__proposal=letter)
    issued(letter, form="to-trinh-khen-thuong", title="Tờ trình", number="05/TTr-KTĐ", body=b"%PDF-1.7 to trinh")
    issued(meeting)
    client.force_login(standing_agency_officer())
    book = letter_zip(client, letter)
    found = names(book)
    assert found[0] == "1-to-trinh/to-trinh-05-ttr-ktd.pdf"
    assert "2-hoi-nghi/bao-cao-tong-ket-07-bc-ktd.pdf" in found
    assert "Dự thảo" not in " ".join(text_of(book.read(INDEX)).split()).replace("Tệp Word, dự thảo", "")


def test_a_foreign_letter_is_not_found(client, bloc_year):
    letter = ProposalFactory(bloc_year=bloc_year, sent=True)
    client.force_login(UserFactory())
    assert client.get(f"/lam-viec/de-nghi/{letter.pk}/ho-so.zip").status_code == 404

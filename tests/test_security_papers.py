"""Attacks on covenants, signatures and issued papers that once worked."""

import datetime
import time

import pytest
from asn1crypto import pkcs12 as asn1_pkcs12
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.documents import SubmissionLetter
from blocs import changes
from blocs.certificates import why_not_of
from blocs.documents import CovenantPaper
from blocs.documents_division import DivisionDecision
from blocs.enums import SigningOrder, YearState
from blocs.errors import NotYourTurn
from blocs.models import CovenantItem, CovenantRevision, CovenantVersion, UnitAlias, UnitCertificate
from blocs.services import ItemInput, record_signatures, revise_covenant, save_covenant, send_covenant, take_signed_file
from blocs.services.covenants import digest_of
from blocs.views import covenant_files
from blocs.year_covenants import covenants_of_year, papers_of_lines
from common.errors import NotReady
from common.permissions import may
from documents.errors import NumberTaken
from documents.models import IssuedDocument
from documents.services import add_signed_file, issue_document
from documents.signing import Refusal, SignatureRefused, load_certificate, sign
from documents.signing.facts import SignatureFacts
from documents.signing.reading import fields_of, open_pdf
from tests.common.test_security_uploads import pdf_that_unpacks_to
from tests.common.test_uploads import pdf_bytes
from tests.documents import pki
from tests.documents.sample_form import SampleLetter
from tests.factories.awards import ProposalItemFactory
from tests.factories.blocs import (
    BlocYearFactory,
    EmulationYearFactory,
    IssuerFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 10)
ITEMS = [ItemInput("Thực hiện văn hóa công sở.")]


def facts_named(name):
    return load_certificate(pki.unit(name).pem.encode())


def register(unit, facts):
    UnitCertificate.objects.create(
        unit=unit,
        subject=facts.subject,
        issuer_name=facts.issuer,
        serial=facts.serial,
        fingerprint=facts.fingerprint,
        starts_on=facts.valid_from.date(),
        ends_on=facts.valid_until.date(),
    )


def signed_on_paper(bloc_year, secretary):
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS)
    version = send_covenant(version=draft, by=secretary)
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", DAY) for row in version.signatures.all()]
    return record_signatures(version=version, rows=rows, by=secretary)


def revision(version, number, by):
    CovenantRevision.objects.create(
        version=version, number=number, file=ContentFile(b"%PDF-1.7", "x.pdf"), sha256="0" * 64, created_by=by
    )


def issue_covenant(version, by, **values):
    return issue_document(
        form=CovenantPaper(version),
        subject=version.covenant,
        by=by,
        issued_on=DAY,
        made=b"%PDF-1.7 da ky so",
        code=version.code,
        **values,
    )


def scan():
    return SimpleUploadedFile("ban-quet.pdf", pdf_bytes())


# The covenant


def test_what_is_sent_is_the_text_as_it_stands_not_as_it_was_read():
    bloc_year = BlocYearFactory(members=1)
    secretary = secretary_of(bloc_year)
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS, theme="Chủ đề cũ", undertaking="Cam kết cũ.")
    read_before = CovenantVersion.objects.select_related("covenant__bloc_year").get(pk=draft.pk)
    save_covenant(
        bloc_year=bloc_year, by=secretary, items=ITEMS, theme="Chủ đề mới", undertaking="Cam kết mới.", version=draft.version
    )
    paper = CovenantPaper(read_before)
    sent = send_covenant(version=read_before, by=secretary)
    assert sent.digest == digest_of(CovenantVersion.objects.get(pk=draft.pk))
    assert (paper.get_values()["theme"], paper.get_values()["undertaking"]) == ("Chủ đề mới", "Cam kết mới.")


def test_who_signs_before_its_turn_leaves_no_file_behind(monkeypatch):
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=ITEMS)
    version = send_covenant(version=draft, by=secretary, order=SigningOrder.IN_TURN)
    revision(version, 0, secretary)
    folder = CovenantRevision._meta.get_field("file").storage
    kept = sorted(folder.listdir("covenants")[1])
    monkeypatch.setattr("blocs.services.signing.check_revision", lambda *args, **how: SignatureFacts("Ky_2", signer="Út"))
    second = version.signatures.last()
    with pytest.raises(NotYourTurn):
        take_signed_file(signature=second, by=staff_of(second.unit), signer_name="Út", signer_title="", upload=scan())
    assert sorted(folder.listdir("covenants")[1]) == kept
    assert version.revisions.count() == 1


def test_a_foreign_file_of_many_megabytes_is_not_even_read(monkeypatch):
    previous = pki.blank()
    monkeypatch.setattr("documents.signing.revisions.open_pdf", lambda content: pytest.fail("read"))
    with pytest.raises(SignatureRefused) as caught:
        pki.check(previous, b"%PDF-1.7\n" + b"0 " * 1_000_000)
    assert caught.value.code == Refusal.ANOTHER_FILE


def test_what_a_signing_program_packs_away_does_not_unpack_without_end():
    packed = pdf_that_unpacks_to(3_000_000, holds=b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%b]>>>>")
    started = time.monotonic()
    with pytest.raises(SignatureRefused) as caught:
        fields_of(open_pdf(packed).root)
    assert caught.value.code == Refusal.BROKEN
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("later", [True, False], ids=["nop sau", "khi ban hanh"])
def test_no_other_file_takes_the_place_of_a_covenant_that_bears_signatures(later):
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    version = signed_on_paper(bloc_year, secretary)
    for number in (0, 1):
        revision(version, number, secretary)
    if later:
        document = issue_covenant(version, secretary)
        assert not may(secretary, "documents.add_signed_file", document)
        with pytest.raises(PermissionDenied):
            add_signed_file(document=document, upload=scan(), by=secretary)
        document.refresh_from_db()
        assert document.official_file == document.file
    else:
        with pytest.raises(PermissionDenied):
            issue_covenant(version, secretary, signed_file=scan())
        assert not IssuedDocument.objects.exists()


def test_a_version_that_was_replaced_meanwhile_is_not_issued():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    version = signed_on_paper(bloc_year, secretary)
    read_before = CovenantVersion.objects.select_related("covenant__bloc_year").get(pk=version.pk)
    newer = revise_covenant(covenant=version.covenant, by=secretary, change_note="Bổ sung chỉ tiêu.")
    send_covenant(version=newer, by=secretary)
    with pytest.raises(NotReady):
        covenant_files._issue(version=read_before, revision=None, by=secretary, issued_on=DAY)
    assert not IssuedDocument.objects.exists()


def test_the_scan_of_a_covenant_that_was_signed_on_paper_comes_back():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    version = signed_on_paper(bloc_year, secretary)
    revision(version, 0, secretary)
    document = add_signed_file(document=issue_covenant(version, secretary), upload=scan(), by=secretary)
    assert document.official_file == document.signed_file


def test_the_zip_of_a_year_holds_no_draft_that_a_bloc_writes_itself():
    bloc_year = BlocYearFactory(members=2)
    agency = standing_agency_officer()
    draft = save_covenant(bloc_year=bloc_year, by=agency, items=ITEMS)
    lines = covenants_of_year(bloc_year.year, agency)
    assert len(papers_of_lines(lines, agency)) == 1
    secretary = secretary_of(bloc_year)
    assert papers_of_lines(covenants_of_year(bloc_year.year, agency), agency) == []
    send_covenant(version=draft, by=secretary)
    assert len(papers_of_lines(covenants_of_year(bloc_year.year, agency), agency)) == 1


def test_comparing_versions_of_few_words_takes_no_minutes():
    def items(text):
        return [CovenantItem(pk=number, text=f"{number} {text}") for number in range(40)]

    started = time.monotonic()
    pairs = changes._pairs(items("a b " * 400), items("b a c " * 330))
    assert [before.pk for before, _ in pairs] == [after.pk for _, after in pairs]
    assert time.monotonic() - started < 20


# Letters


def test_a_letter_is_never_public_whatever_is_sent(client):
    proposal = ProposalItemFactory().line.proposal
    secretary = secretary_of(proposal.bloc_year)
    client.force_login(secretary)
    address = reverse("awards:letter-issue", args=[proposal.pk])
    assert "is_public" not in client.get(address).context["form"].fields
    document = issue_document(
        form=SubmissionLetter(proposal),
        subject=proposal,
        by=secretary,
        number="05",
        issued_on=DAY,
        is_public=True,
        made=b"%PDF-1.7",
    )
    assert not document.is_public
    client.logout()
    assert client.get(document.get_absolute_url()).status_code == 302


def test_a_closed_year_is_divided_no_more():
    year = EmulationYearFactory(slug="2019", state=YearState.CLOSED)
    assert "việc mở lại năm 2019 (đang ở trạng thái “Đã đóng”)" in DivisionDecision(year).missing_to_issue
    year.state = YearState.OPEN
    assert not [one for one in DivisionDecision(year).missing_to_issue if "mở lại" in one]


# Certificates


def test_the_registered_certificate_of_one_unit_does_not_sign_for_another():
    owner = UnitFactory(name="Văn phòng Tỉnh ủy")
    other = UnitFactory(name="Hội Cựu chiến binh tỉnh")
    UnitAlias.objects.create(unit=other, text="Văn phòng Tỉnh ủy Phú Thọ")
    facts = facts_named("Văn phòng Tỉnh ủy Phú Thọ")
    register(owner, facts)
    assert f"đã đăng ký cho {owner}" in why_not_of(other, facts)
    assert why_not_of(owner, facts) == ""


def test_a_name_that_two_units_bear_says_of_neither_whose_certificate_it_is():
    own, namesake = UnitFactory(name="Sở Y tế", province="Phú Thọ"), UnitFactory(name="Sở Y tế", province="Vĩnh Phúc")
    facts = facts_named("Sở Y tế")
    assert "cũng là tên của đơn vị khác" in why_not_of(own, facts)
    assert why_not_of(own, facts_named("Sở Y tế tỉnh Phú Thọ")) == ""
    assert "không phải" in why_not_of(namesake, facts_named("Sở Y tế tỉnh Phú Thọ"))
    register(own, facts)
    assert why_not_of(own, facts) == ""


def test_an_alias_that_is_anothers_name_does_not_take_its_certificate():
    own = UnitFactory(name="Hội Nông dân tỉnh")
    UnitFactory(name="Báo Phú Thọ")
    UnitAlias.objects.create(unit=own, text="Báo Phú Thọ")
    assert "cũng là tên của đơn vị khác" in why_not_of(own, facts_named("Báo Phú Thọ"))


def test_a_key_file_of_many_parts_is_refused_before_it_is_computed(monkeypatch):
    monkeypatch.setattr(sign, "_MAX_ROUNDS", 2048)
    plain = pki.unit("Sở Nội vụ").p12()
    sign._check_key_file(plain)
    archive = asn1_pkcs12.Pfx.load(plain)
    parts = asn1_pkcs12.AuthenticatedSafe([part for part in archive.authenticated_safe for _ in range(5)])
    archive["auth_safe"]["content"] = parts.dump()
    with pytest.raises(SignatureRefused) as caught:
        sign._check_key_file(archive.dump(force=True))
    assert caught.value.code == Refusal.NOT_PKCS12
    assert "quá nhiều vòng" in caught.value.message


# Numbers


@pytest.mark.parametrize(
    ("first", "second"), [("05", "5"), ("05", "005"), ("05", " 5 /TTr-XX"), ("05", "５"), ("05a", "5A"), ("05a", "05 a")]
)
def test_one_number_is_one_number_however_it_is_written(first, second):
    values = {"form": SampleLetter(issuer=IssuerFactory(symbol="KTĐ")), "by": UserFactory(), "issued_on": DAY}
    values |= {"subject": values["form"].get_issuer(), "made": b"%PDF-1.7"}
    issue_document(number=first, **values)
    with pytest.raises(NumberTaken):
        issue_document(number=second, **values)

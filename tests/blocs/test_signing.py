"""A covenant signed in three ways that end alike: on paper, by click, by certificate."""

import datetime
import io
import itertools

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from accounts.passwords import WrongPassword
from blocs.certificates import why_not_of
from blocs.documents import CovenantPaper
from blocs.enums import CovenantState, SignatureState, SignatureWay, SigningOrder
from blocs.errors import Invalid, NotOpenForSigning, NotYourTurn, ReplacedVersion, WrongDate
from blocs.models import UnitCertificate
from blocs.reports import last_revision, waiting_before
from blocs.services import (
    ItemInput,
    freeze_file,
    record_signatures,
    refuse_signature,
    revise_covenant,
    save_covenant,
    send_covenant,
    sign_by_click,
    sign_with_certificate,
    take_signed_file,
)
from common.audit import events_of
from common.errors import IllegalStep, NotReady, StaleState
from documents.models import TrustRoot
from documents.signing import Refusal, SignatureRefused, load_certificate, sign_with_pkcs12
from tests.documents import pki
from tests.documents.reading import text_of
from tests.factories.blocs import BlocYearFactory, UnitFactory, UserFactory, secretary_of, staff_of, standing_agency_officer

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem-2026"
DAY = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def clock():
    """The certificates of the tests are valid around this moment."""
    cache.clear()
    with time_machine.travel(pki.AT, tick=True):
        yield


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def root():
    facts = load_certificate(pki.root().pem.encode())
    return TrustRoot.objects.create(
        name=facts.common_name, pem=facts.pem, fingerprint=facts.fingerprint, expires_on=facts.valid_until.date()
    )


@pytest.fixture
def draft(bloc_year, secretary):
    return save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])


@pytest.fixture
def send(draft, secretary):
    def send(**options):
        return send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft), **options)

    return send


def signer(signature):
    """Staff of that unit, with a password to be asked again."""
    user = staff_of(signature.unit)
    user.set_password(PASSWORD)
    user.save()
    return user


def click(signature, by=None, **changed):
    values = {
        "signer_name": "Nguyễn Thị Thu Hương",
        "signer_title": "Giám đốc",
        "seen_sha256": getattr(last_revision(signature.version), "sha256", ""),
        "password": PASSWORD,
    }
    return sign_by_click(signature=signature, by=by or signer(signature), **{**values, **changed})


def with_certificate(signature, party=None, **changed):
    party = party or pki.unit(signature.unit.name)
    values = {
        "signer_name": "Trần Văn Độ",
        "signer_title": "Trưởng ban",
        "pkcs12": party.p12(),
        "passphrase": pki.PASSPHRASE,
        "password": PASSWORD,
    }
    return sign_with_certificate(signature=signature, by=signer(signature), **{**values, **changed})


def signed_outside(signature, previous, party=None):
    party = party or pki.unit(signature.unit.name)
    return sign_with_pkcs12(
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


def bring(signature, content, by=None):
    upload = SimpleUploadedFile("giao-uoc-da-ky.pdf", content, content_type="application/pdf")
    return take_signed_file(
        signature=signature, by=by or signer(signature), signer_name="Lê Thị Út", signer_title="", upload=upload
    )


def bytes_of(revision):
    with revision.file.storage.open(revision.file.name) as stored:
        return stored.read()


def paper_rows(*signatures):
    return [(row, "Bùi Đình Thi", "Trưởng ban", DAY) for row in signatures]


def test_sending_freezes_the_file_with_a_field_for_each_unit(send):
    version = send(sign_by=datetime.date(2026, 3, 31))
    revision = last_revision(version)
    assert (revision.number, version.revisions.count()) == (0, 1)
    assert version.code in text_of(bytes_of(revision))
    fields = PdfReader(io.BytesIO(bytes_of(revision))).get_fields()
    assert list(fields) == [row.field_name for row in version.signatures.all()]
    assert [field["/FT"] for field in fields.values()] == ["/Sig"] * 3


def test_sending_takes_the_order_and_the_signers_asked_for(send, bloc_year):
    units = [row.unit for row in bloc_year.memberships]
    version = send(order=SigningOrder.IN_TURN, signers=[(units[2], 1, "Đỗ Văn Ước", "Giám đốc")])
    rows = list(version.signatures.all())
    assert [row.unit for row in rows] == [units[2], units[0], units[1]]
    assert (rows[0].signer_name, rows[0].signer_title, rows[1].signer_name) == ("Đỗ Văn Ước", "Giám đốc", "")


def test_a_deadline_that_has_passed_is_refused(send):
    with pytest.raises(WrongDate, match="Hạn ký 01/03/2026 đã qua"):
        send(sign_by=datetime.date(2026, 3, 1))


def test_three_ways_end_in_the_same_state(send, secretary, root, make_pdf):
    version = send()
    first, second, third = version.signatures.all()
    record_signatures(version=version, rows=paper_rows(first), by=secretary, scan=make_pdf())
    click(second)
    version.refresh_from_db()
    assert version.state == CovenantState.SIGNING
    with_certificate(third)
    version.refresh_from_db()
    assert version.state == CovenantState.SIGNED
    rows = list(version.signatures.all())
    assert {row.state for row in rows} == {SignatureState.SIGNED}
    assert [row.way for row in rows] == [SignatureWay.PAPER, SignatureWay.CLICK, SignatureWay.CERTIFICATE]
    assert rows[0].scan
    assert rows[0].recorded_by == secretary
    assert rows[1].seen_sha256 == version.revisions.get(number=0).sha256
    assert rows[2].revision == last_revision(version)
    assert rows[2].certificate["fingerprint"]


def test_a_scan_is_the_paper_only_where_all_signed_on_paper(send, secretary):
    version = send()
    first, second, _ = version.signatures.all()
    record_signatures(version=version, rows=paper_rows(first), by=secretary)
    assert CovenantPaper(version).takes_signed_file
    click(second)
    assert not CovenantPaper(version).takes_signed_file


def test_certificate_signatures_are_one_chain_and_every_revision_stays(send, root):
    version = send()
    for row in version.signatures.all():
        with_certificate(row)
    files = [bytes_of(revision) for revision in version.revisions.all()]
    assert len(files) == 4
    for earlier, later in itertools.pairwise(files):
        assert later.startswith(earlier)
    assert len(set(version.revisions.values_list("sha256", flat=True))) == 4


def test_a_click_needs_the_password_and_five_wrong_ones_close_the_door(send):
    row = send().signatures.first()
    by = signer(row)
    for _ in range(5):
        with pytest.raises(WrongPassword, match="không đúng"):
            click(row, by, password="sai")
    with pytest.raises(WrongPassword, match="thử lại sau 15 phút"):
        click(row, by)
    row.refresh_from_db()
    assert row.state == SignatureState.WAITING
    assert not events_of(row).exists()


def test_a_click_is_for_the_text_that_was_seen(send):
    row = send().signatures.first()
    with pytest.raises(StaleState, match="xem lại rồi ký"):
        click(row, seen_sha256="0" * 64)


def test_a_click_names_the_person(send):
    with pytest.raises(NotReady, match="họ và tên người ký"):
        click(send().signatures.first(), signer_name=" ")


def test_only_the_unit_itself_signs(send, secretary):
    version = send()
    own, other = version.signatures.all()[1:]
    root = UserFactory(is_superuser=True)
    for user in (secretary, signer(other), standing_agency_officer(), root):
        user.set_password(PASSWORD)
        user.save()
        with pytest.raises(PermissionDenied):
            click(own, user)


def test_in_turn_the_second_waits_for_the_first(send, secretary):
    version = send(order=SigningOrder.IN_TURN)
    first, second, third = version.signatures.all()
    assert waiting_before(third) == [first, second]
    with pytest.raises(NotYourTurn, match="chưa đến lượt"):
        click(second)
    with pytest.raises(NotYourTurn):
        record_signatures(version=version, rows=paper_rows(third, first), by=secretary)
    first.refresh_from_db()
    assert first.state == SignatureState.WAITING
    record_signatures(version=version, rows=paper_rows(second, first), by=secretary)
    click(third)
    version.refresh_from_db()
    assert version.state == CovenantState.SIGNED


def test_a_refusal_holds_up_those_who_come_after(send):
    version = send(order=SigningOrder.IN_TURN)
    first, second, _ = version.signatures.all()
    refuse_signature(signature=first, reason="Chưa thống nhất chỉ tiêu số 2.", by=signer(first))
    with pytest.raises(NotYourTurn):
        click(second)
    assert events_of(first).get().on_behalf is False


def test_a_replaced_version_is_not_signed_any_more(send, secretary, root):
    version = send()
    row = version.signatures.first()
    newer = revise_covenant(covenant=version.covenant, by=secretary, change_note="Bổ sung chỉ tiêu.")
    send_covenant(version=newer, by=secretary, paper=CovenantPaper(newer))
    previous = bytes_of(last_revision(version))
    for sign in (click, with_certificate, lambda row: bring(row, signed_outside(row, previous))):
        with pytest.raises(ReplacedVersion, match="Bản số 1 đã được thay bằng bản mới"):
            sign(row)
    with pytest.raises(ReplacedVersion):
        record_signatures(version=version, rows=paper_rows(row), by=secretary)


def test_a_unit_signs_once(send):
    row = send().signatures.first()
    click(row)
    with pytest.raises(IllegalStep):
        click(row)
    stale = type(row).objects.get(pk=row.pk)
    stale.state = SignatureState.WAITING
    with pytest.raises(StaleState):
        click(stale)


def test_a_file_signed_outside_comes_back(send, root):
    version = send()
    row = version.signatures.first()
    bring(row, signed_outside(row, bytes_of(last_revision(version))))
    row.refresh_from_db()
    assert (row.way, row.revision.number, row.signer_name) == (SignatureWay.CERTIFICATE, 1, "Lê Thị Út")


def test_a_file_built_on_an_older_revision_is_refused_and_nothing_is_kept(send, root):
    version = send()
    first, second, _ = version.signatures.all()
    oldest = bytes_of(last_revision(version))
    with_certificate(first)
    with pytest.raises(SignatureRefused) as caught:
        bring(second, signed_outside(second, oldest))
    assert caught.value.code == Refusal.STALE
    second.refresh_from_db()
    assert (second.state, version.revisions.count()) == (SignatureState.WAITING, 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"GIF89a", Refusal.NOT_PDF), (b"", Refusal.NOT_PDF)],
    ids=["picture", "nothing"],
)
def test_what_is_no_signed_file_is_refused(send, root, content, code):
    with pytest.raises(SignatureRefused) as caught:
        bring(send().signatures.first(), content)
    assert caught.value.code == code


def test_the_certificate_must_be_the_units(send, root):
    version = send()
    first, second, _ = version.signatures.all()
    with pytest.raises(SignatureRefused, match="không phải") as caught:
        with_certificate(first, pki.unit(second.unit.name))
    assert caught.value.code == Refusal.WRONG_UNIT


@pytest.mark.parametrize(
    ("common_name", "organisation", "departments", "counts"),
    [
        ("Hội Nông dân tỉnh", "", (), True),
        ("HỘI NÔNG DÂN TỈNH PHÚ THỌ", "Ủy ban Mặt trận Tổ quốc tỉnh", (), True),
        ("Nguyễn Văn Ước", "Tỉnh ủy Phú Thọ", ("Hội Nông dân tỉnh",), True),
        ("Nguyễn Văn Ước", "Hội Nông dân tỉnh", (), True),
        ("Nguyễn Văn Ước", "Hội Nông dân tỉnh", ("Phòng Tổng hợp",), False),
        ("Báo Phú Thọ", "Hội Nông dân tỉnh", (), False),
        ("Hội Nông dân tỉnh Hà Giang", "", (), False),
        ("", "", (), False),
    ],
)
def test_which_names_of_a_certificate_are_the_units(common_name, organisation, departments, counts):
    unit = UnitFactory(name="Hội Nông dân tỉnh", province="Phú Thọ")
    UnitFactory(name="Báo Phú Thọ", province="Phú Thọ")
    party = pki.issue(pki.name(common_name, organisation, departments), by=pki.issuing())
    reason = why_not_of(unit, load_certificate(party.pem.encode()))
    assert (reason == "") is counts


def test_where_certificates_are_registered_only_those_count(send, root):
    version = send()
    row = version.signatures.first()
    named, registered = pki.unit(row.unit.name), pki.unit("Văn thư cơ quan")
    facts = load_certificate(registered.pem.encode())
    known = UnitCertificate.objects.create(
        unit=row.unit,
        subject=facts.subject,
        issuer_name=facts.issuer,
        serial=facts.serial,
        fingerprint=facts.fingerprint,
        starts_on=facts.valid_from.date(),
        ends_on=facts.valid_until.date(),
    )
    with pytest.raises(SignatureRefused, match="không nằm trong danh sách đã đăng ký"):
        with_certificate(row, named)
    known.is_revoked = True
    known.save()
    with pytest.raises(SignatureRefused, match="đã bị thu hồi"):
        with_certificate(row, registered)
    known.is_revoked = False
    known.save()
    with_certificate(row, registered)
    row.refresh_from_db()
    assert row.state == SignatureState.SIGNED


def test_without_a_trusted_root_no_certificate_counts(send):
    with pytest.raises(SignatureRefused) as caught:
        with_certificate(send().signatures.first())
    assert caught.value.code == Refusal.NO_ROOTS


def test_a_wrong_passphrase_is_said_and_stays_out_of_the_log(send, root):
    row = send().signatures.first()
    with pytest.raises(SignatureRefused) as caught:
        with_certificate(row, passphrase="khong-phai-mat-khau")
    assert caught.value.code == Refusal.WRONG_PASSPHRASE
    assert "khong-phai-mat-khau" not in str(caught.value)
    with_certificate(row)
    log = str([(event.before, event.after, event.note) for event in events_of(row)])
    assert pki.PASSPHRASE not in log
    assert PASSWORD not in log


def test_a_covenant_sent_without_a_file_gets_it_once(draft, secretary):
    version = send_covenant(version=draft, by=secretary)
    with pytest.raises(StaleState):
        click(version.signatures.first(), seen_sha256="0" * 64)
    made = freeze_file(version=version, paper=CovenantPaper(version), by=secretary)
    assert freeze_file(version=version, paper=CovenantPaper(version), by=secretary) == made
    assert click(version.signatures.first()).state == SignatureState.SIGNED


def test_a_draft_has_no_file_to_freeze(draft, secretary):
    with pytest.raises(NotOpenForSigning):
        freeze_file(version=draft, paper=CovenantPaper(draft), by=secretary)
    with pytest.raises(PermissionDenied):
        freeze_file(version=draft, paper=CovenantPaper(draft), by=UserFactory())


def test_a_scan_that_is_no_pdf_is_refused_with_the_signatures(send, secretary):
    version = send()
    scan = SimpleUploadedFile("anh.pdf", io.BytesIO(b"GIF89a").read())
    with pytest.raises(Invalid, match="không phải là PDF"):
        record_signatures(version=version, rows=paper_rows(version.signatures.first()), by=secretary, scan=scan)
    assert not version.signatures.filter(state=SignatureState.SIGNED).exists()

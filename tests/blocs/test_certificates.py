"""Certificates of units in the registry, and the trusted roots in the administration."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.errors import Invalid
from blocs.models import UnitCertificate
from blocs.services.certificates import register_certificate, revoke_certificate
from common.audit import events_of
from common.errors import StaleState
from common.models import AuditEvent
from documents.models import TrustRoot
from documents.signing import SignatureRefused
from tests.documents import pki
from tests.factories.blocs import AdministratorFactory, UnitFactory, UserFactory, standing_agency_officer

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/danh-muc/chung-thu-so/"
ADD_ROOT = "/quan-tri/documents/trustroot/add/"


@pytest.fixture(autouse=True)
def _at_that_time():
    with time_machine.travel(pki.AT, tick=False):
        yield


@pytest.fixture(scope="module")
def root():
    return pki.issue(pki.name("Cơ quan chứng thực gốc"), authority=True)


@pytest.fixture
def unit():
    return UnitFactory(name="Báo Phú Thọ")


@pytest.fixture
def agency(client):
    user = standing_agency_officer()
    client.force_login(user)
    return user


def of_unit(root, **values):
    return pki.issue(pki.name("Báo Phú Thọ", "Tỉnh ủy Phú Thọ"), by=root, **values)


def sent(client, unit, body, name="bao.cer"):
    return client.post(f"{LIST}them/", {"unit": unit.name, "upload": SimpleUploadedFile(name, body)})


# Registering


@pytest.mark.parametrize("kind", ["pem", "der"])
def test_a_certificate_is_registered_from_its_file(client, agency, unit, root, kind):
    party = of_unit(root)
    body = party.pem.encode() if kind == "pem" else party.der
    assert sent(client, unit, body).url == LIST
    row = UnitCertificate.objects.get()
    assert (row.unit, row.issuer_name, row.ends_on) == (unit, "Cơ quan chứng thực gốc", date(2027, 3, 12))
    text = client.get(LIST).content.decode()
    assert "Báo Phú Thọ" in text
    assert "Còn hiệu lực" in text
    assert events_of(row).get().actor_id == agency.pk


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda root: root.pem.encode(), "là của tổ chức chứng thực"),
        (lambda root: of_unit(root, begins=pki.AT - 2 * pki.YEAR, ends=pki.AT - pki.YEAR).der, "đã hết hạn ngày"),
        (lambda root: b"khong phai chung thu", "không phải là chứng thư số"),
        (lambda root: of_unit(root).pem.encode() * 2, "có 2 chứng thư số"),
        (lambda root: b"-----BEGIN PRIVATE KEY-----", "khóa bí mật"),
        (lambda root: b"0" * 100_000, "vượt giới hạn 0,1 MB"),
    ],
)
def test_what_is_no_certificate_of_a_unit_comes_back_with_its_sentence(client, agency, unit, root, make, sentence):
    answer = sent(client, unit, make(root))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not UnitCertificate.objects.exists()


def test_the_same_certificate_twice_is_refused(client, agency, unit, root):
    party = of_unit(root)
    sent(client, unit, party.der)
    assert "đã đăng ký cho" in sent(client, unit, party.der).content.decode()
    assert UnitCertificate.objects.count() == 1


def test_only_the_standing_agency_registers_and_revokes(unit, root, agency):
    row = register_certificate(unit=unit, content=of_unit(root).der, by=agency)
    with pytest.raises(PermissionDenied):
        register_certificate(unit=unit, content=of_unit(root).der, by=UserFactory())
    with pytest.raises(PermissionDenied):
        revoke_certificate(certificate=row, reason="Mất thiết bị", by=UserFactory())
    with pytest.raises(SignatureRefused):
        register_certificate(unit=unit, content=b"", by=agency)


# Revoking


def test_a_lost_certificate_is_revoked_once_with_a_reason(client, agency, unit, root):
    row = register_certificate(unit=unit, content=of_unit(root).der, by=agency)
    assert client.post(f"{LIST}{row.pk}/thu-hoi/", {"reason": " "}).status_code == 422
    assert client.post(f"{LIST}{row.pk}/thu-hoi/", {"reason": "Mất thiết bị"}).url == LIST
    assert AuditEvent.objects.filter(action__startswith="thu hồi").get().note == "Mất thiết bị"
    assert "Đã thu hồi" in client.get(LIST).content.decode()
    with pytest.raises(StaleState):
        revoke_certificate(certificate=row, reason="Lần nữa", by=agency)
    with pytest.raises(Invalid):
        revoke_certificate(certificate=row, reason="", by=agency)


# The list


def stored(unit, days, **values):
    return UnitCertificate.objects.create(
        unit=unit,
        subject="CN",
        issuer_name="CA",
        serial=f"{days}",
        fingerprint=f"{days:064d}",
        starts_on=date(2020, 1, 1),
        ends_on=pki.AT.date() + timedelta(days),
        **values,
    )


def test_what_ends_soon_is_told_and_filtered(client, agency, unit):
    for days in (-5, 10, 300):
        stored(unit, days)
    stored(unit, 400, is_revoked=True)
    text = client.get(LIST).content.decode()
    assert "Có 01 chứng thư hết hạn trong 45 ngày tới" in text
    found = {
        choice: [row.serial for row in client.get(f"{LIST}?tinh_trang={choice}").context["page"]]
        for choice in ("con", "sap", "het", "la", "")
    }
    assert found["con"] == ["10", "300"]
    assert found["sap"] == ["10"]
    assert found["het"] == ["-5", "400"]
    assert found["la"] == found[""] == ["-5", "10", "300", "400"]
    assert client.get(f"{LIST}?q=bao+phu+tho").context["page"].paginator.count == 4
    assert client.get(f"{LIST}?q=khac").context["page"].paginator.count == 0


def test_the_list_costs_the_same_for_one_and_for_three(client, agency, unit):
    stored(unit, 1)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for days in (2, 3):
        stored(UnitFactory(), days)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    assert len(one) == len(three)


def test_without_a_root_the_page_says_that_nobody_can_sign(client, agency):
    assert "Chưa có chứng thư gốc nào" in client.get(LIST).content.decode()
    TrustRoot.objects.create(name="Gốc", pem="", fingerprint="1" * 64, expires_on=date(2030, 1, 1))
    text = client.get(LIST).content.decode()
    assert "Chưa nhận chữ ký số" not in text
    assert "1" * 64 in text


# Roots in the administration


@pytest.fixture
def administrator(client):
    user = AdministratorFactory()
    client.force_login(user)
    return user


def add_root(client, body, **values):
    data = {"name": "Cơ quan chứng thực gốc", "is_active": "on", "upload": SimpleUploadedFile("goc.cer", body), **values}
    return client.post(ADD_ROOT, data)


def test_an_administrator_trusts_a_root_from_its_file(client, administrator, root):
    assert add_root(client, root.der).status_code == 302
    row = TrustRoot.objects.get()
    assert row.pem == root.pem or row.pem.split() == root.pem.split()
    assert row.expires_on == date(2027, 3, 12)
    assert AuditEvent.objects.filter(action="thêm chứng thư số gốc").count() == 1
    page = client.get(f"/quan-tri/documents/trustroot/{row.pk}/change/").content.decode()
    assert row.fingerprint in page
    client.post(f"/quan-tri/documents/trustroot/{row.pk}/change/", {"name": row.name, "pem": "khac"})
    row.refresh_from_db()
    assert (row.is_active, "khac" in row.pem) == (False, False)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda root: of_unit(root).der, "không phải của tổ chức chứng thực"),
        (lambda root: pki.issue(pki.name("CA cấp dưới"), by=root, authority=True).der, "không phải chứng thư gốc"),
        (
            lambda root: (
                pki.issue(pki.name("Gốc cũ"), authority=True, begins=pki.AT - 2 * pki.YEAR, ends=pki.AT - pki.YEAR).der
            ),
            "đã hết hạn",
        ),
        (lambda root: b"rac", "không phải là chứng thư số"),
    ],
)
def test_what_is_no_root_is_refused(client, administrator, root, make, sentence):
    answer = add_root(client, make(root))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not TrustRoot.objects.exists()


def test_a_root_stands_once(client, administrator, root):
    add_root(client, root.der)
    assert "đã có trong danh sách" in add_root(client, root.pem.encode()).content.decode()
    assert TrustRoot.objects.count() == 1

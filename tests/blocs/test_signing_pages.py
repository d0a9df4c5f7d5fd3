"""The pages of signing: sending, the board, the three ways of a unit, files and scans; and who is kept from them."""

import hashlib
import sys
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter
from pypdf import PdfReader

from blocs.confirmation import confirmation_of
from blocs.documents import CovenantPaper
from blocs.enums import CovenantState, SignatureState, SignatureWay, SigningOrder
from blocs.models import CovenantReminder, CovenantVersion
from blocs.reports import last_revision
from blocs.services import (
    ItemInput,
    record_signatures,
    revise_covenant,
    save_covenant,
    send_covenant,
)
from documents.models import IssuedDocument, TrustRoot
from documents.signing import load_certificate, sign_with_pkcs12
from tests.documents import pki
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    MembershipFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db
# The blanks belong to it.
PASSWORD = " mật khẩu 2026 của tôi "


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def draft(bloc_year, secretary):
    return save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])


@pytest.fixture
def send(draft, secretary):
    return lambda **how: send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft), **how)


@pytest.fixture
def at(bloc_year):
    """The address of a page of the bloc-year."""
    return lambda name, *args: reverse(f"blocs:covenant{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, *args])


@pytest.fixture
def root():
    facts = load_certificate(pki.root().pem.encode())
    return TrustRoot.objects.create(
        name=facts.common_name, pem=facts.pem, fingerprint=facts.fingerprint, expires_on=facts.valid_until.date()
    )


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def signer_of(signature):
    """A browser in which somebody of that unit is signed in, with a password to be asked again."""
    user = staff_of(signature.unit)
    user.set_password(PASSWORD)
    user.save()
    return browser_of(user)


def click_data(version, **changes):
    revision = last_revision(version)
    values = {"signer_name": "Lò Thị Thuỷ", "signer_title": "Chủ tịch", "has_read": "on", "password": PASSWORD}
    return {**values, "seen_sha256": revision.sha256 if revision else "", **changes}


def refused(response, *sentences, status=422):
    """The page stands there with these sentences; returns its text."""
    page = response.content.decode()
    assert response.status_code == status, page[-2000:]
    for sentence in sentences:
        assert sentence in page, sentence
    return page


def body_of(response):
    """The bytes of a file that was sent."""
    body = b"".join(response.streaming_content)
    response.close()
    return body


def lines(version):
    return list(version.signatures.select_related("unit", "version__covenant").order_by("position"))


# Sending


def test_the_page_of_sending_asks_for_deadline_order_and_signers(bloc_year, secretary, draft, at):
    client = browser_of(secretary)
    first, second, third = [row.unit for row in bloc_year.memberships]
    page = client.get(at("-send")).content.decode()
    assert "Nội dung và tệp giao ước được khóa" in page
    day = timezone.localdate() + timedelta(days=10)
    data = {"sign_by": f"{day:%d/%m/%Y}", "order": "in_turn", f"dv-{third.pk}-position": "1"}
    data |= {f"dv-{first.pk}-position": "2", f"dv-{second.pk}-position": "3"}
    data |= {f"dv-{third.pk}-name": "Bùi Đình Thi", f"dv-{third.pk}-title": "Trưởng ban"}
    assert client.post(at("-send"), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.order, draft.sign_by) == (CovenantState.SIGNING, SigningOrder.IN_TURN, day)
    assert [row.unit for row in lines(draft)] == [third, first, second]
    revision = draft.revisions.get()
    with revision.file.storage.open(revision.file.name) as stored:
        body = stored.read()
    assert hashlib.sha256(body).hexdigest() == revision.sha256
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    assert "Bùi Đình Thi" in text
    page = client.get(at("")).content.decode()
    for part in ("0/3", "Ký lần lượt theo thứ tự", f"{day:%d/%m/%Y}", "Còn 10 ngày", "Đến lượt ký", "Chưa đến lượt"):
        assert part in page, part


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"sign_by": "01/01/2020"}, "Hạn ký 01/01/2020 đã qua."),
        ({"sign_by": "31/02/2030"}, "Hạn ký"),
        ({"order": "random"}, "Thứ tự ký"),
        ({"position": "0"}, "Thứ tự"),
        ({"name": "Đ" * 121}, "120"),
    ],
)
def test_a_bad_way_of_sending_comes_back_and_nothing_is_sent(bloc_year, secretary, draft, at, data, sentence):
    unit = next(iter(bloc_year.memberships)).unit
    data = {name if name in ("sign_by", "order") else f"dv-{unit.pk}-{name}": value for name, value in data.items()}
    refused(browser_of(secretary).post(at("-send"), data), sentence)
    draft.refresh_from_db()
    assert draft.state == CovenantState.DRAFT


def test_two_units_at_the_same_place_are_asked_about(bloc_year, secretary, draft, at):
    first, second, _ = [row.unit for row in bloc_year.memberships]
    data = {f"dv-{first.pk}-position": "2", f"dv-{second.pk}-position": "2"}
    refused(browser_of(secretary).post(at("-send"), data), f"{second}: thứ tự 2 đã ghi cho {first}.")


def test_the_preview_prints_the_signers_typed_and_sends_nothing(bloc_year, secretary, draft, at):
    unit = next(iter(bloc_year.memberships)).unit
    response = browser_of(secretary).post(at("-send"), {f"dv-{unit.pk}-name": "Bùi Đình Thi", "xem_truoc": "1"})
    assert response["Content-Type"] == "application/pdf"
    assert "Bùi Đình Thi" in " ".join(page.extract_text() for page in PdfReader(BytesIO(response.getvalue())).pages)
    draft.refresh_from_db()
    assert (draft.state, draft.revisions.count()) == (CovenantState.DRAFT, 0)


def test_a_new_version_offers_the_signers_of_the_last(secretary, send, at):
    version = send()
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in lines(version)]
    record_signatures(version=version, rows=rows, by=secretary)
    revise_covenant(covenant=version.covenant, by=secretary, change_note="Sửa chỉ tiêu")
    page = browser_of(secretary).get(at("-send")).content.decode()
    assert page.count('value="Bùi Đình Thi"') == 3
    assert "Bản số 1 đang có hiệu lực được thay bằng bản này." in page


# A unit signs by click


def test_a_unit_reads_and_signs_by_click(send, at):
    version = send()
    line = lines(version)[2]
    client = signer_of(line)
    page = client.get(at("")).content.decode()
    assert at("-sign-own", line.pk) in page
    page = client.get(at("-sign-own", line.pk)).content.decode()
    for part in ("Thực hiện văn hóa công sở.", last_revision(version).sha256, "không phải chữ ký số", "Điều 5 Nghị định 30"):
        assert part in page, part
    page = client.get(at("-sign-click", line.pk)).content.decode()
    assert "Thực hiện văn hóa công sở." in page
    assert client.post(at("-sign-click", line.pk), click_data(version)).status_code == 302
    line.refresh_from_db()
    assert (line.state, line.way, line.signer_name) == (SignatureState.SIGNED, SignatureWay.CLICK, "Lò Thị Thuỷ")
    assert (line.seen_sha256, line.address) == (last_revision(version).sha256, "127.0.0.1")
    page = client.get(at("")).content.decode()
    assert "1/3" in page
    assert "Xác nhận trên hệ thống" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"has_read": ""}, "Xin đọc giao ước và đánh dấu vào ô này trước khi ký."),
        ({"signer_name": " "}, "Họ và tên người ký"),
        ({"password": "sai mật khẩu"}, "Mật khẩu tài khoản không đúng."),
        ({"password": PASSWORD.strip()}, "Mật khẩu tài khoản không đúng."),
        ({"seen_sha256": "f" * 64}, "đã có thay đổi kể từ khi bạn mở trang"),
    ],
)
def test_a_click_that_lacks_something_signs_nothing_and_keeps_what_was_typed(send, at, changes, sentence):
    version = send()
    line = lines(version)[2]
    response = signer_of(line).post(at("-sign-click", line.pk), click_data(version, signer_title="Phó Chủ tịch", **changes))
    page = refused(response, sentence, 'value="Phó Chủ tịch"')
    assert PASSWORD not in page
    assert last_revision(version).sha256 in page.split('name="seen_sha256"')[1][:100]
    line.refresh_from_db()
    assert line.state == SignatureState.WAITING


def test_after_five_wrong_passwords_the_right_one_waits_as_well(send, at):
    version = send()
    line = lines(version)[2]
    client = signer_of(line)
    for _ in range(5):
        refused(client.post(at("-sign-click", line.pk), click_data(version, password="sai")), "không đúng")
    refused(client.post(at("-sign-click", line.pk), click_data(version)), "xin thử lại sau 15 phút")
    line.refresh_from_db()
    assert line.state == SignatureState.WAITING


def test_a_second_press_is_told_and_changes_nothing(send, at):
    version = send()
    line = lines(version)[2]
    client = signer_of(line)
    assert client.post(at("-sign-click", line.pk), click_data(version)).status_code == 302
    line.refresh_from_db()
    before = line.signed_at
    again = client.post(at("-sign-click", line.pk), click_data(version, signer_name="Người khác"), follow=True)
    assert "không cần ký lại" in again.content.decode()
    line.refresh_from_db()
    assert (line.signed_at, line.signer_name) == (before, "Lò Thị Thuỷ")


def test_nobody_signs_for_another_unit(send, secretary, bloc_year, at):
    version = send()
    line = lines(version)[2]
    others = [
        (secretary, 403),
        (staff_of(lines(version)[1].unit), 403),
        (standing_agency_officer(), 403),
        (staff_of(MembershipFactory().unit), 404),
        (AdministratorFactory(), 404),
    ]
    for user, status in others:
        user.set_password(PASSWORD)
        user.save()
        for way in ("click", "certificate", "token", "own"):
            client = browser_of(user)
            assert client.get(at(f"-sign-{way}", line.pk)).status_code == status
            answer = client.post(at(f"-sign-{way}", line.pk), click_data(version))
            assert answer.status_code == (405 if way == "own" else status)
    line.refresh_from_db()
    assert line.state == SignatureState.WAITING


def test_a_line_of_another_bloc_is_not_found_at_this_address(send, at, bloc_year):
    version = send()
    foreign = BlocYearFactory(members=1)
    secretary_of(foreign)
    user = staff_of(lines(version)[2].unit)
    MembershipFactory(bloc=foreign.bloc, unit=lines(version)[2].unit, position=7)
    url = reverse("blocs:covenant-sign-click", args=[foreign.bloc.slug, foreign.year.slug, lines(version)[2].pk])
    assert browser_of(user).get(url).status_code == 404


def test_a_replaced_version_is_not_signed_from_an_old_tab(secretary, send, at):
    version = send()
    line = lines(version)[2]
    client, data = signer_of(line), click_data(version)
    draft = revise_covenant(covenant=version.covenant, by=secretary, change_note="Sửa chỉ tiêu")
    # While the new version is only a draft, the old one may still be signed.
    assert client.get(at("-sign-click", line.pk)).status_code == 200
    send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft))
    refused(client.post(at("-sign-click", line.pk), data), "đã được thay bằng bản mới", status=409)
    line.refresh_from_db()
    assert line.state == SignatureState.WAITING


def test_a_unit_waits_for_its_turn(send, at):
    version = send(order=SigningOrder.IN_TURN)
    first, second, _ = lines(version)
    client = signer_of(second)
    page = client.get(at("-sign-click", second.pk)).content.decode()
    assert "Chưa đến lượt đơn vị" in page
    assert 'name="password"' not in page
    refused(client.post(at("-sign-click", second.pk), click_data(version)), f"chưa đến lượt {second.unit}")
    assert signer_of(first).post(at("-sign-click", first.pk), click_data(version)).status_code == 302
    assert client.post(at("-sign-click", second.pk), click_data(version)).status_code == 302


def test_a_closed_year_is_not_signed_any_more(send, bloc_year, at):
    version = send()
    client = signer_of(lines(version)[2])
    bloc_year.year.state = "closed"
    bloc_year.year.save()
    assert client.get(at("-sign-own", lines(version)[2].pk)).status_code == 403


def test_without_a_file_nothing_is_signed_until_the_secretariat_has_frozen_it(draft, secretary, at):
    version = send_covenant(version=draft, by=secretary)
    line = lines(version)[2]
    client, own = browser_of(secretary), signer_of(line)
    assert "chưa khóa tệp giao ước" in own.get(at("-sign-click", line.pk)).content.decode()
    assert own.get(at("-sign-file", line.pk)).status_code == 404
    assert own.post(at("-sign-click", line.pk), click_data(version)).status_code == 422
    assert own.post(at("-freeze")).status_code == 403
    assert client.get(at("-freeze")).status_code == 405
    assert client.post(at("-freeze")).status_code == 302
    assert client.post(at("-freeze")).status_code == 302
    assert version.revisions.count() == 1
    assert own.post(at("-sign-click", line.pk), click_data(version)).status_code == 302


# A unit signs with its certificate


def key_file(unit):
    return SimpleUploadedFile("don-vi.p12", pki.unit(unit.name).p12(), content_type="application/x-pkcs12")


def test_a_unit_signs_with_its_key_file_and_the_chain_of_files_stays(send, root, at):
    with time_machine.travel(pki.AT, tick=True):
        version = send()
        line = lines(version)[2]
        client = signer_of(line)
        data = click_data(version, passphrase=pki.PASSPHRASE, pkcs12=key_file(line.unit))
        assert client.post(at("-sign-certificate", line.pk), data).status_code == 302
        line.refresh_from_db()
        assert (line.way, line.revision.number) == (SignatureWay.CERTIFICATE, 1)
        page = client.get(at("")).content.decode()
        for part in ("Tệp lần 01", "Tệp gửi ký", line.revision.sha256, line.certificate["serial"]):
            assert part in page, part
        assert body_of(client.get(at("-revision", 0))) != body_of(client.get(at("-revision", 1)))
        assert client.get(at("-revision", 2)).status_code == 404
        assert hashlib.sha256(body_of(client.get(at("-pdf")))).hexdigest() == line.revision.sha256


def test_a_wrong_passphrase_stands_at_its_field_and_no_secret_comes_back(send, root, at, caplog):
    with time_machine.travel(pki.AT, tick=True):
        version = send()
        line = lines(version)[2]
        data = click_data(version, passphrase="khong-phai-mat-khau", pkcs12=key_file(line.unit))
        page = refused(signer_of(line).post(at("-sign-certificate", line.pk), data), 'value="Lò Thị Thuỷ"')
    assert 'aria-invalid="true"' in page.split('name="passphrase"')[1].split(">")[0]
    assert "khong-phai-mat-khau" not in page + caplog.text
    assert PASSWORD not in page + caplog.text
    assert version.revisions.count() == 1


def test_an_error_report_holds_no_secret(send, at, monkeypatch):
    version = send()
    line = lines(version)[2]
    client = signer_of(line)
    client.raise_request_exception = False
    monkeypatch.setattr("blocs.services.signing.confirm_password", lambda user, password: 1 // 0)
    reports = []

    def keep(request, **kwargs):
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(keep)
    try:
        for way in ("click", "certificate"):
            data = click_data(version, passphrase="khong-cho-ai-biet", pkcs12=key_file(line.unit))
            assert client.post(at(f"-sign-{way}", line.pk), data).status_code == 500
    finally:
        got_request_exception.disconnect(keep)
    assert len(reports) == 2
    for report in reports:
        assert "ZeroDivisionError" in report
        assert "khong-cho-ai-biet" not in report
        assert PASSWORD.strip() not in report


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("khoa.p12", b"khong phai", "“khoa.p12” không phải là tệp chứng thư số"),
        ("rong.p12", b"", "Tệp gửi lên không có nội dung."),
    ],
)
def test_what_is_no_key_file_is_refused_by_its_form(send, at, name, body, sentence):
    version = send()
    line = lines(version)[2]
    data = click_data(version, passphrase="x", pkcs12=SimpleUploadedFile(name, body))
    refused(signer_of(line).post(at("-sign-certificate", line.pk), data), sentence)


def test_a_unit_downloads_signs_outside_and_brings_the_file_back(send, root, at):
    with time_machine.travel(pki.AT, tick=True):
        version = send()
        line = lines(version)[2]
        client = signer_of(line)
        answer = client.get(at("-sign-file", line.pk))
        assert "attachment" in answer["Content-Disposition"]
        assert "lan-00-hoi-nong-dan-tinh" in answer["Content-Disposition"]
        previous = body_of(answer)
        values = {"signer_name": "Lò Thị Thuỷ", "signer_title": "Chủ tịch"}
        back = SimpleUploadedFile("da-ky.pdf", previous, content_type="application/pdf")
        page = refused(client.post(at("-sign-token", line.pk), {**values, "upload": back}))
        assert 'aria-invalid="true"' in page.split('name="upload"')[1].split(">")[0]
        signed = sign_with_pkcs12(
            previous,
            field_name=line.field_name,
            pkcs12=pki.unit(line.unit.name).p12(),
            passphrase=pki.PASSPHRASE,
            unit=str(line.unit),
            reason="Ký giao ước",
            roots=[root.pem],
            signed_at=pki.AT,
            accept=lambda facts: "",
        )
        upload = SimpleUploadedFile("da-ky.pdf", signed, content_type="application/pdf")
        assert client.post(at("-sign-token", line.pk), {**values, "upload": upload}).status_code == 302
    line.refresh_from_db()
    assert (line.way, line.revision.sha256) == (SignatureWay.CERTIFICATE, hashlib.sha256(signed).hexdigest())


# Paper, scans, refusal


def test_paper_signatures_bring_one_scan_for_the_ticked_units(secretary, send, at, make_pdf):
    version = send()
    first, second, third = lines(version)
    client = browser_of(secretary)
    data = {f"ky-{row.pk}-is_signed": "on" for row in (first, second)}
    data |= {"same_date": "11/01/2022", "same_title": "Thủ trưởng đơn vị", "scan": make_pdf("to-ky.pdf")}
    assert client.post(at("-sign"), data).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.scan.name == second.scan.name != ""
    member = browser_of(staff_of(third.unit))
    assert body_of(member.get(at("-signature-scan", first.pk))).startswith(b"%PDF")
    assert member.get(at("-signature-scan", third.pk)).status_code == 404
    stranger = browser_of(staff_of(MembershipFactory().unit))
    for name, args in (("-signature-scan", [first.pk]), ("-revision", [0]), ("-pdf", [])):
        assert stranger.get(at(name, *args)).status_code == 404


def test_a_unit_refuses_and_the_leading_unit_is_told(secretary, send, at):
    secretary.email = "thuky@phutho.gov.vn"
    secretary.save()
    version = send()
    line = lines(version)[2]
    client = signer_of(line)
    refused(client.post(at("-refuse", line.pk), {"reason": " "}), "Lý do từ chối ký")
    answer = client.post(at("-refuse", line.pk), {"reason": "Chờ ý kiến Ban Thường vụ."}, follow=True)
    assert "Đã báo đơn vị khối trưởng." in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["thuky@phutho.gov.vn"]
    assert letter.subject == f"{line.unit} từ chối ký giao ước thi đua năm 2021"
    assert "Lý do: Chờ ý kiến Ban Thường vụ." in letter.body
    page = client.get(at("")).content.decode()
    assert "Chờ ý kiến Ban Thường vụ." in page
    assert at("-sign-own", line.pk) in page
    assert client.post(at("-sign-click", line.pk), click_data(version)).status_code == 302


def test_a_refusal_stands_although_its_letter_could_not_be_sent(secretary, send, at, monkeypatch):
    secretary.email = "thuky@phutho.gov.vn"
    secretary.save()
    line = lines(send())[2]

    def broken(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", broken)
    answer = signer_of(line).post(at("-refuse", line.pk), {"reason": "Chờ ý kiến."}, follow=True)
    assert "Đã báo" not in answer.content.decode()
    line.refresh_from_db()
    assert line.state == SignatureState.REFUSED


# The last signature, and what comes after it


def test_the_last_signature_brings_the_confirmation_and_the_file_is_issued_as_it_is(secretary, send, at):
    version = send()
    first, second, third = lines(version)
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in (first, second)]
    record_signatures(version=version, rows=rows, by=secretary)
    client = browser_of(secretary)
    refused(client.post(at("-confirm")), "chữ ký của đủ các đơn vị")
    assert signer_of(third).post(at("-sign-click", third.pk), click_data(version)).status_code == 302
    version.refresh_from_db()
    assert version.state == CovenantState.SIGNED
    assert confirmation_of(version).get_absolute_url() in client.get(at("")).content.decode()
    assert client.get(at("-confirm")).status_code == 405
    assert client.post(at("-confirm")).status_code == 302
    assert IssuedDocument.objects.count() == 1
    assert client.post(at("-issue"), {"issued_on": "12/01/2022", "is_public": "on"}).status_code == 302
    issued = IssuedDocument.objects.get(form=CovenantPaper.code)
    assert (issued.sha256, issued.code) == (last_revision(version).sha256, version.code)
    assert client.post(at("-issue"), {"issued_on": "13/01/2022"}).status_code == 302
    again = IssuedDocument.objects.get(form=CovenantPaper.code, superseded_by=None)
    issued.refresh_from_db()
    assert (issued.superseded_by, again.sha256) == (again, issued.sha256)
    assert again.code != issued.code


def test_a_covenant_signed_on_paper_may_bring_its_scan_as_the_paper(secretary, send, at, make_pdf):
    version = send()
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in lines(version)]
    record_signatures(version=version, rows=rows, by=secretary)
    client = browser_of(secretary)
    assert 'name="signed_file"' in client.get(at("-issue")).content.decode()
    assert client.post(at("-scan"), {"scan": make_pdf()}).status_code == 302
    assert client.post(at("-issue"), {"issued_on": "12/01/2022", "use_scan": "on"}).status_code == 302
    issued = IssuedDocument.objects.get(form=CovenantPaper.code)
    assert issued.sha256 == last_revision(version).sha256
    assert issued.signed_sha256 not in ("", issued.sha256)


# The board


def test_the_secretariat_reminds_once_a_day(secretary, send, at):
    version = send(sign_by=timezone.localdate() + timedelta(days=2))
    unit = lines(version)[1].unit
    unit.email = "hoi@phutho.gov.vn"
    unit.save()
    client = browser_of(secretary)
    assert client.get(at("-remind")).status_code == 405
    assert browser_of(staff_of(unit)).post(at("-remind")).status_code == 403
    page = client.post(at("-remind"), follow=True).content.decode()
    assert "Đã gửi thư nhắc 01 đơn vị." in page
    assert "chưa có địa chỉ thư điện tử của:" in page
    assert f"Đã nhắc ngày {timezone.localdate():%d/%m/%Y}" in page
    client.post(at("-remind"))
    assert (len(mail.outbox), CovenantReminder.objects.count()) == (1, 1)


@pytest.mark.parametrize("members", [1, 3])
def test_the_board_takes_constant_queries(django_assert_max_num_queries, members):
    bloc_year = BlocYearFactory(members=members)
    secretary = secretary_of(bloc_year)
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])
    send_covenant(version=draft, by=secretary)
    client = browser_of(secretary)
    url = reverse("blocs:covenant", args=[bloc_year.bloc.slug, bloc_year.year.slug])
    client.get(url)
    with django_assert_max_num_queries(30):
        assert client.get(url).status_code == 200


def test_forty_units_with_long_names_stand_on_the_board_and_in_the_file():
    bloc_year = BlocYearFactory()
    name = "Đảng ủy Khối “A & B” <script>alert(1)</script> " + "các cơ quan và doanh nghiệp tỉnh " * 4
    for position in range(1, 41):
        MembershipFactory(bloc=bloc_year.bloc, position=position, unit__name=f"{name[:150]} số {position}")
    secretary = secretary_of(bloc_year)
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])
    client = browser_of(secretary)
    args = [bloc_year.bloc.slug, bloc_year.year.slug]
    assert client.post(reverse("blocs:covenant-send", args=args)).status_code == 302
    page = client.get(reverse("blocs:covenant", args=args)).content.decode()
    assert "0/40" in page
    assert "<script>alert" not in page
    version = CovenantVersion.objects.get(pk=draft.pk)
    with version.revisions.get().file.open() as stored:
        assert len(PdfReader(BytesIO(stored.read())).get_fields()) == 40

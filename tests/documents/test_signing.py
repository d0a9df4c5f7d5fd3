"""Signing with a key file and taking signed files back: what goes well, and what the file, key or certificate lacks."""

import asyncio
import datetime
import io
import json
import logging
import sys
import traceback

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from documents.signing import (
    Refusal,
    SignatureRefused,
    certificate_names,
    load_certificate,
    read_signatures,
    why_not_a_root,
)
from documents.signing import sign as sign_module
from documents.signing.certificates import facts_of, read_certificate
from tests.documents import pki
from tests.documents.pki import AT, YEAR, blank, check, sign, signed


def refusal(call, *args, **kwargs):
    """The code and the sentence; every sentence is one to show as it is."""
    with pytest.raises(SignatureRefused) as caught:
        call(*args, **kwargs)
    assert caught.value.status == 422
    assert caught.value.message.endswith((".", ")"))
    return caught.value.code, caught.value.message


def test_a_signature_adds_one_revision_and_tells_who_signed_what_when():
    new = sign(blank())

    facts = check(blank(), new)

    assert new.startswith(blank())
    assert (facts.field_name, facts.title) == ("Ky_1", "Chữ ký số của Sở Nội vụ")
    assert (facts.signer, facts.organisation) == ("Sở Nội vụ", "Ủy ban nhân dân tỉnh Phú Thọ")
    assert (facts.issuer, facts.signed_at, facts.covers_whole_file) == ("Cơ quan chứng thực thử nghiệm", AT, True)
    assert facts.fingerprint == pki.unit("Sở Nội vụ").certificate.fingerprint(hashes.SHA256()).hex()
    assert facts.problem == ""


def test_the_facts_of_a_signature_are_plain_json():
    values = check(blank(), signed(1)).as_values()

    assert json.loads(json.dumps(values)) == values
    assert values["signed_at"] == "2026-03-12T07:05:09+00:00"
    assert values["names"] == ["Sở Nội vụ", "Ủy ban nhân dân tỉnh Phú Thọ"]


def test_units_sign_one_after_the_other_on_the_last_revision():
    assert check(signed(1), signed(2), 2, done=1).signer == "Văn phòng Tỉnh ủy"
    assert [(s.field_name, s.covers_whole_file, s.problem) for s in read_signatures(signed(2), roots=[pki.root().pem])] == [
        ("Ky_1", False, ""),
        ("Ky_2", True, ""),
    ]


def test_an_rsa_key_signs_as_well():
    party = pki.unit("Sở Nội vụ", "rsa")

    assert check(blank(), sign(blank(), party=party)).fingerprint == facts_of(read_certificate(party.der)).fingerprint


def test_signing_works_where_the_thread_already_runs_an_event_loop():
    """As in a browser test."""

    async def sign_and_check():
        return check(blank(), sign(blank()))

    assert asyncio.run(sign_and_check()).signer == "Sở Nội vụ"


def test_reading_an_unsigned_file_finds_no_signature():
    assert read_signatures(blank(), roots=[pki.root().pem]) == []


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\nbroken"])
def test_reading_a_broken_file_says_so_instead_of_failing(content):
    (facts,) = read_signatures(content, roots=[])

    assert facts.field_name == ""
    assert facts.problem.endswith(".")


def test_reading_names_what_became_of_each_signature():
    spoilt = bytearray(signed(2))
    spoilt[len(signed(1)) + 400] ^= 1

    first, second = read_signatures(bytes(spoilt), roots=[pki.root().pem])

    assert second.problem == "Nội dung tệp đã bị sửa sau khi ký, hoặc chữ ký bị hỏng."
    assert first.signer == "Sở Nội vụ"


def test_reading_a_file_of_a_foreign_authority_names_it():
    (facts,) = read_signatures(signed(1), roots=[foreign_root().pem])

    assert facts.problem.startswith("Chứng thư “Sở Nội vụ” do “Cơ quan chứng thực thử nghiệm” cấp không dẫn tới")


def test_a_signature_holds_years_later_when_judged_at_its_own_time():
    late = AT + 3 * YEAR

    assert read_signatures(signed(1), roots=[pki.root().pem])[0].problem == ""
    assert "đã hết hạn ngày 12/03/2027" in read_signatures(signed(1), roots=[pki.root().pem], at=late)[0].problem


# The key file.


def test_a_wrong_passphrase_is_named_and_kept_out_of_every_trace():
    secret = "Bí mật " + "của tôi"
    with pytest.raises(SignatureRefused) as caught:
        sign(blank(), passphrase=secret)

    assert caught.value.code == Refusal.WRONG_PASSPHRASE
    assert caught.value.message.startswith("Mật khẩu của tệp chứng thư số (PKCS#12) không đúng")
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_an_error_report_hides_key_file_and_passphrase(rf, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr(sign_module, "_check_key_file", fail)
    try:
        sign(blank(), passphrase="Bí mật " + "của tôi")
    except RuntimeError:
        report = SafeExceptionReporterFilter()
        frames = ExceptionReporter(rf.get("/"), *sys.exc_info()).get_traceback_frames()
        ours = [frame for frame in frames if frame["filename"].endswith("signing/sign.py")]
        shown = [dict(report.get_traceback_frame_variables(rf.get("/"), frame["tb"].tb_frame)) for frame in ours]

    assert [variables["passphrase"] for variables in shown] == ["********************"] * 2
    assert shown[0]["pkcs12"] == shown[1]["content"] == "********************"


def test_nothing_of_the_key_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SignatureRefused):
        sign(blank(), passphrase="Bí mật của tôi")
    sign(blank())

    assert "Bí mật" not in caplog.text
    assert pki.PASSPHRASE not in caplog.text
    assert "PRIVATE" not in caplog.text


@pytest.mark.parametrize("content", [b"", b"not a key file", b"\x30\x82\xff\xff", b"%PDF-1.7"])
def test_what_is_no_key_file_is_refused(content):
    assert refusal(sign, blank(), pkcs12=content)[0] == Refusal.NOT_PKCS12


def test_a_certificate_alone_is_no_key_file():
    assert refusal(sign, blank(), pkcs12=pki.unit().der)[0] == Refusal.NOT_PKCS12


def test_a_key_file_that_is_too_large_is_refused():
    assert refusal(sign, blank(), pkcs12=bytes(300_000))[0] == Refusal.TOO_LARGE


def quick_encryption(rounds=1000):
    return (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(pki.PASSPHRASE.encode())
    )


def test_a_key_file_without_a_key_is_refused():
    content = pkcs12.serialize_key_and_certificates(b"x", None, pki.unit().certificate, None, quick_encryption())

    assert refusal(sign, blank(), pkcs12=content)[0] == Refusal.NO_KEY


def test_a_key_file_without_its_certificate_is_refused():
    content = pkcs12.serialize_key_and_certificates(b"x", pki.unit().key, None, None, quick_encryption())

    assert refusal(sign, blank(), pkcs12=content)[0] == Refusal.NO_CERTIFICATE


def test_a_key_file_that_asks_for_millions_of_rounds_is_refused_before_they_are_done(monkeypatch):
    """The number of rounds is read from the file before the passphrase is tried, so nobody can keep the server busy."""
    content = pki.unit().p12()
    rounds = (1000).to_bytes(2, "big")
    assert content.count(b"\x02\x02" + rounds) == 2
    many = content.replace(b"\x02\x02" + rounds, b"\x02\x02\x7f\xff")

    assert refusal(sign, blank(), pkcs12=many)[0] == Refusal.WRONG_PASSPHRASE

    monkeypatch.setattr(sign_module, "_MAX_ROUNDS", 20_000)
    code, message = refusal(sign, blank(), pkcs12=many)
    assert code == Refusal.NOT_PKCS12
    assert "vòng" in message


# The certificate.


def foreign_root():
    return pki.issue(pki.name("Gốc xa lạ"), authority=True)


def certificate_refusal(party, **changes):
    return refusal(sign, blank(), party=party, **changes)


def test_the_certificate_of_another_unit_is_refused_with_the_reason_of_the_caller():
    assert certificate_refusal(pki.unit("Báo Phú Thọ")) == (
        Refusal.WRONG_UNIT,
        "Chứng thư số mang tên “Báo Phú Thọ”, không phải của Sở Nội vụ.",
    )


def test_an_expired_certificate_is_refused_with_its_date():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), ends=AT - datetime.timedelta(days=3))

    assert certificate_refusal(party) == (
        Refusal.EXPIRED,
        "Chứng thư số “Sở Nội vụ” đã hết hạn ngày 09/03/2026; hãy gia hạn hoặc dùng chứng thư số còn hiệu lực.",
    )


def test_a_certificate_not_yet_valid_is_refused_with_its_date():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), begins=AT + datetime.timedelta(days=3))

    assert certificate_refusal(party) == (
        Refusal.NOT_YET_VALID,
        "Chứng thư số “Sở Nội vụ” chỉ có hiệu lực từ ngày 15/03/2026; hãy ký từ ngày đó.",
    )


def test_a_certificate_of_a_foreign_authority_is_refused():
    party = pki.issue(pki.name("Sở Nội vụ"), by=foreign_root())
    code, message = certificate_refusal(party)

    assert code == Refusal.FOREIGN_ROOT
    assert message.startswith(
        "Chứng thư “Sở Nội vụ” do “Gốc xa lạ” cấp không dẫn tới chứng thư gốc nào được hệ thống tin cậy (Gốc thử nghiệm)."
    )


def test_a_certificate_that_only_bears_the_name_of_our_authority_is_refused():
    impostor = pki.issue(pki.issuing().certificate.subject, authority=True)

    assert certificate_refusal(pki.issue(pki.name("Sở Nội vụ"), by=impostor))[0] == Refusal.FOREIGN_ROOT


def test_a_certificate_whose_chain_is_left_out_is_refused():
    party = pki.unit("Sở Nội vụ")

    assert refusal(sign, blank(), pkcs12=party.p12(with_chain=False))[0] == Refusal.FOREIGN_ROOT


def test_the_chain_may_end_at_an_issuing_authority_that_is_registered_itself():
    assert check(blank(), sign(blank(), roots=[pki.issuing().pem]), roots=[pki.issuing().pem]).signer == "Sở Nội vụ"


def test_a_unit_may_not_issue_certificates():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.unit("Báo Phú Thọ"))

    assert certificate_refusal(party)[0] == Refusal.FOREIGN_ROOT


def test_a_self_signed_certificate_is_refused():
    assert certificate_refusal(pki.issue(pki.name("Sở Nội vụ")))[0] == Refusal.SELF_SIGNED


def test_an_authority_does_not_sign_papers():
    assert refusal(sign, blank(), party=pki.root(), accept=lambda certificate: "")[0] == Refusal.NOT_FOR_SIGNING


def test_a_certificate_for_encryption_is_refused():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), usage="encrypt")

    assert certificate_refusal(party)[0] == Refusal.NOT_FOR_SIGNING


def test_a_certificate_that_names_no_purpose_is_taken():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), usage=None)

    assert check(blank(), sign(blank(), party=party)).signer == "Sở Nội vụ"


def test_a_short_key_is_refused():
    party = pki.issue(pki.name("Sở Nội vụ"), by=pki.issuing(), kind="rsa1024")

    assert certificate_refusal(party)[0] == Refusal.WEAK_KEY


def test_a_chain_that_is_no_longer_safe_is_refused():
    weak = pki.issue(pki.name("Cơ quan cũ"), by=pki.root(), authority=True, kind="rsa1024")

    assert certificate_refusal(pki.issue(pki.name("Sở Nội vụ"), by=weak))[0] == Refusal.WEAK_DIGEST


def test_a_key_file_with_a_heap_of_certificates_is_refused():
    party = pki.unit("Sở Nội vụ")
    heap = pki.Party(
        party.key, party.certificate, [*party.chain, *[pki.issue(pki.name(f"X{n}")).certificate for n in range(20)]]
    )

    assert "22 chứng thư" in certificate_refusal(heap)[1]


def test_without_registered_roots_nothing_is_taken():
    assert certificate_refusal(pki.unit("Sở Nội vụ"), roots=[])[0] == Refusal.NO_ROOTS


@pytest.mark.parametrize("which", ["root", "issuing"])
def test_an_authority_out_of_date_is_named(which):
    ends = AT - datetime.timedelta(days=30)
    begins = AT - 5 * YEAR
    root = pki.issue(pki.name("Gốc cũ"), authority=True, begins=begins, ends=ends if which == "root" else AT + YEAR)
    issuing = pki.issue(
        pki.name("Cơ quan cũ"), by=root, authority=True, begins=begins, ends=ends if which == "issuing" else AT + YEAR
    )
    code, message = certificate_refusal(pki.issue(pki.name("Sở Nội vụ"), by=issuing), roots=[root.pem])

    assert code == Refusal.AUTHORITY_EXPIRED
    assert f"“{'Gốc cũ' if which == 'root' else 'Cơ quan cũ'}” đã hết hạn ngày 10/02/2026" in message


def test_an_old_root_does_not_hide_its_successor():
    old = pki.issue(pki.root().certificate.subject, authority=True, begins=AT - 5 * YEAR, ends=AT - YEAR)

    assert check(blank(), signed(1), roots=[old.pem, pki.root().pem]).signer == "Sở Nội vụ"


# Registering certificates.


@pytest.mark.parametrize("form", ["pem", "der"])
def test_a_certificate_is_loaded_from_pem_and_der(form):
    facts = load_certificate(getattr(pki.unit("Sở Nội vụ"), form))

    assert certificate_names(facts) == ["Sở Nội vụ", "Ủy ban nhân dân tỉnh Phú Thọ"]
    assert facts.issuer == "Cơ quan chứng thực thử nghiệm"
    assert facts.valid_until == AT + YEAR
    assert load_certificate(facts.pem) == facts
    assert json.loads(json.dumps(facts.as_values())) == facts.as_values()


@pytest.mark.parametrize("content", [b"", b"abc", b"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused(content):
    assert refusal(load_certificate, content)[0] == Refusal.NOT_CERTIFICATE


def test_a_file_with_a_private_key_is_sent_back():
    key = pki.unit().key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    code, message = refusal(load_certificate, key + pki.unit().pem.encode())

    assert code == Refusal.NOT_CERTIFICATE
    assert "khóa bí mật" in message


def test_a_certificate_file_that_is_too_large_is_sent_back():
    assert refusal(load_certificate, bytes(70_000))[0] == Refusal.TOO_LARGE


def test_two_certificates_in_one_file_are_sent_back():
    assert "2 chứng thư" in refusal(load_certificate, pki.unit().pem + pki.root().pem)[1]


def test_only_an_authority_in_date_becomes_a_root():
    root = load_certificate(pki.root().pem)

    assert why_not_a_root(root, at=AT) == ""
    assert "đã hết hạn ngày" in why_not_a_root(root, at=AT + 6 * YEAR)
    assert "không phải của tổ chức chứng thực" in why_not_a_root(load_certificate(pki.unit().pem), at=AT)


def test_names_in_a_certificate_are_shown_without_control_characters():
    facts = load_certificate(pki.issue(pki.name("Sở\u202e Nội\x07 vụ <script>" + "x" * 400)).pem)

    assert facts.common_name.startswith("Sở Nội vụ <script>xxx")
    assert len(facts.common_name) == 300


# The field.


def test_a_field_that_the_paper_has_not_is_refused():
    assert refusal(sign, blank(), field_name="Ky_9")[0] == Refusal.NO_SUCH_FIELD


def test_a_field_is_signed_once():
    assert refusal(sign, signed(1)) == (
        Refusal.ALREADY_SIGNED,
        "Ô “Chữ ký số của Sở Nội vụ” đã có chữ ký số từ trước; không cần và không thể ký lần nữa.",
    )
    assert refusal(check, signed(1), signed(2), 1, done=1)[0] == Refusal.ALREADY_SIGNED


def test_a_name_with_quotes_markup_and_signs_that_mean_something_to_a_library_is_only_a_name():
    wanted = 'Hội "Đất Tổ" <script>alert(1)</script> 100% %(ts)s ☑'
    party = pki.issue(pki.name(wanted), by=pki.issuing())
    new = sign(blank(), party=party, unit=wanted, accept=pki.accepts(wanted))

    assert check(blank(), new, accept=pki.accepts(wanted)).signer == wanted


def test_a_certificate_with_letters_that_names_may_not_have_is_refused():
    party = pki.issue(pki.name("Sở Nội vụ 🙂"), by=pki.issuing())

    assert refusal(sign, blank(), party=party, accept=lambda certificate: "")[0] == Refusal.NOT_CERTIFICATE


def test_the_stamp_says_who_for_which_unit_and_when():
    with pikepdf.open(io.BytesIO(signed(1))) as pdf:
        stream = pdf.Root.AcroForm.Fields[0].AP.N.read_bytes()
        spoken = [
            str(operands[1].ActualText)
            for operands, operator in pikepdf.parse_content_stream(pdf.Root.AcroForm.Fields[0].AP.N)
            if str(operator) == "BDC"
        ]

    assert b"rg" in stream
    assert " ".join(spoken) == "Ký bởi: Sở Nội vụ Cơ quan: Sở Nội vụ Thời gian ký: 12/03/2026 14:05:09 +07:00"

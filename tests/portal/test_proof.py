"""The public proof of a paper: by its code, by the file; what a stranger learns and what nobody learns."""

import hashlib
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blocs.enums import CovenantState, SignatureState
from blocs.models import Covenant, CovenantRevision, CovenantSignature, CovenantVersion
from documents.models import IssuedDocument
from portal.reports.proof import canonical
from portal.views import proof as proof_views
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import BlocYearFactory, IssuerFactory, UserFactory, secretary_of

pytestmark = pytest.mark.django_db
BODY = b"%PDF-1.7 ban hanh"
CODE = "abcd-efgh-jkmn-pqrs"


def digest(body):
    return hashlib.sha256(body).hexdigest()


def issued(subject, code=CODE, body=BODY, **values):
    values = {"form": "to-trinh", "title": "Tờ trình về việc đề nghị khen thưởng", "number": "05/TTr-KTĐ", **values}
    return IssuedDocument.objects.create(
        issued_on=date(2022, 1, 14),
        issuer=IssuerFactory(),
        file=ContentFile(body, "van-ban.pdf"),
        sha256=digest(body),
        code=code,
        values={"paper": {"type_name": "Tờ trình"}},
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        created_by=UserFactory(),
        **values,
    )


@pytest.fixture
def letter():
    return ProposalFactory(sent=True)


@pytest.fixture
def document(letter):
    return issued(letter)


def page(client, path=f"/xac-minh/{CODE}/"):
    return client.get(path)


def compared(client, body, path=f"/xac-minh/{CODE}/", name="tep.pdf"):
    return client.post(path, {"tep": SimpleUploadedFile(name, body)})


def test_a_stranger_with_the_code_learns_what_the_head_of_the_paper_says(client, document):
    text = page(client).content.decode()
    for part in (
        document.title,
        "05/TTr-KTĐ",
        "14/01/2022",
        document.issuer.name,
        document.sha256,
        "Còn hiệu lực",
        "Tờ trình",
    ):
        assert part in text
    assert "Tệp lưu còn nguyên vẹn" in text


def test_the_file_is_linked_only_for_who_may_read_it(client, document, letter):
    assert document.get_absolute_url() not in page(client).content.decode()
    client.force_login(secretary_of(letter.bloc_year))
    assert document.get_absolute_url() in page(client).content.decode()


def test_a_public_paper_is_linked_for_everybody(client, document):
    IssuedDocument.objects.update(is_public=True)
    assert document.get_absolute_url() in page(client).content.decode()


def test_a_replaced_paper_leads_to_the_one_that_replaces_it_and_back(client, document, letter):
    newer = issued(letter, code="zzzz-yyyy-xxxx-wwww", body=b"%PDF-1.7 ban moi", number="06/TTr-KTĐ")
    IssuedDocument.objects.filter(pk=document.pk).update(superseded_by=newer)
    old = page(client).content.decode()
    assert "Đã được thay thế" in old
    assert 'href="/xac-minh/zzzz-yyyy-xxxx-wwww/"' in old
    assert f'href="/xac-minh/{CODE}/"' in page(client, "/xac-minh/zzzz-yyyy-xxxx-wwww/").content.decode()


def test_a_stored_file_that_changed_is_told(client, document):
    document.file.storage.delete(document.file.name)
    assert "Tệp lưu trữ có sai lệch" in page(client).content.decode()


@pytest.mark.parametrize("wrong", ["khong-co", "ABCD", "aaaa-bbbb-cccc-dddd", "a" * 300, "%20", "a%00b", "ký"])
def test_a_wrong_code_is_not_found_and_offers_to_type_it_again(client, document, wrong):
    answer = page(client, f"/xac-minh/{wrong}/")
    assert answer.status_code == 404
    assert 'name="ma"' in answer.content.decode()


def test_a_code_may_be_typed_in_capitals_with_blanks_or_as_the_whole_address(client, document):
    for typed in ("ABCD EFGH JKMN PQRS", "abcdefghjkmnpqrs", f"https://thidua.example/xac-minh/{CODE}/"):
        assert canonical(typed) == CODE
        assert client.get("/xac-minh/", {"ma": typed}).url == f"/xac-minh/{CODE}/"
    assert page(client, "/xac-minh/ABCDEFGHJKMNPQRS/").url == f"/xac-minh/{CODE}/"


def test_an_empty_code_is_a_fault_of_the_form(client):
    assert client.get("/xac-minh/", {"ma": " - "}).status_code == 422
    assert client.get("/xac-minh/", {"ma": ""}).status_code == 422


def test_who_guesses_codes_is_stopped_right_or_wrong_and_only_there(client, document, monkeypatch):
    monkeypatch.setattr(proof_views, "_MISSES", 3)
    for number in range(3):
        assert page(client, f"/xac-minh/sai-{number}/").status_code == 404
    assert page(client).status_code == 429
    assert page(client, "/xac-minh/").status_code == 429
    assert client.get(f"/xac-minh/{CODE}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_right_codes_are_never_counted(client, document, monkeypatch):
    monkeypatch.setattr(proof_views, "_MISSES", 2)
    assert [page(client).status_code for _ in range(5)] == [200] * 5


def test_comparing_is_limited_per_address(client, document, monkeypatch):
    monkeypatch.setattr(proof_views, "_COMPARISONS", 2)
    assert [compared(client, BODY).status_code for _ in range(3)] == [200, 200, 429]


# A file beside the paper


def test_the_issued_file_is_recognised_bit_for_bit(client, document):
    text = compared(client, BODY).content.decode()
    assert "Đúng văn bản này" in text
    assert "bản ban hành" in text


def test_one_bit_makes_another_file(client, document):
    changed = bytes([BODY[0], *BODY[1:-1], BODY[-1] ^ 1])
    text = compared(client, changed).content.decode()
    assert "Không trùng khớp" in text
    assert "Đúng văn bản này" not in text


def test_a_file_that_is_no_pdf_differs_and_is_told_so(client, document):
    text = compared(client, b"PK\x03\x04 word", name="van-ban.docx").content.decode()
    assert "Tệp này không phải là PDF" in text


def test_the_signed_version_and_the_one_made_here_are_told_apart(client, document):
    signed = b"%PDF-1.7 da ky"
    document.signed_file.save("ky.pdf", ContentFile(signed), save=False)
    document.signed_sha256, document.signed_at, document.signed_by = digest(signed), document.created_at, document.created_by
    document.save()
    assert "bản đã ký, đóng dấu" in compared(client, signed).content.decode()
    assert "bản do hệ thống lập, chưa ký" in compared(client, BODY).content.decode()


def test_the_file_of_another_paper_is_named_with_its_page(client, document, letter):
    issued(letter, code="zzzz-yyyy-xxxx-wwww", body=b"%PDF-1.7 khac", title="Báo cáo tổng kết", number="07/BC-KTĐ")
    text = compared(client, b"%PDF-1.7 khac").content.decode()
    assert "Không phải văn bản này" in text
    assert 'href="/xac-minh/zzzz-yyyy-xxxx-wwww/"' in text


def test_a_file_without_a_code_finds_its_paper(client, document):
    assert f'href="/xac-minh/{CODE}/"' in compared(client, BODY, "/xac-minh/").content.decode()
    assert "Không trùng khớp" in compared(client, b"%PDF-1.4 la", "/xac-minh/").content.decode()


def test_the_browser_may_send_the_digest_alone(client, document):
    answer = client.post(f"/xac-minh/{CODE}/", {"sha256": digest(BODY).upper(), "la_pdf": "1"})
    assert "Đúng văn bản này" in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"sha256": "abc"}, {"sha256": "g" * 64}, {"sha256": "a" * 65}])
def test_without_a_file_nothing_is_compared(client, document, data):
    answer = client.post(f"/xac-minh/{CODE}/", data)
    assert answer.status_code == 422
    assert "Chưa đối chiếu được" in answer.content.decode()


def test_a_file_beyond_the_limit_is_refused_with_both_sizes(client, document, settings):
    settings.UPLOAD_LIMIT_PAPER = 1024 * 1024
    answer = compared(client, b"%PDF-" + b"0" * (2 * 1024 * 1024))
    assert answer.status_code == 422
    assert "nặng 2,0 MB, vượt giới hạn 1,0 MB" in answer.content.decode()


def test_nothing_of_a_compared_file_is_written(client, document, settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("written to disk")

    upload = SimpleUploadedFile("tep.pdf", b"%PDF-" + b"1" * 4_000_000)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.__init__", refuse)
    assert "Không trùng khớp" in client.post(f"/xac-minh/{CODE}/", {"tep": upload}).content.decode()


def test_the_token_of_the_form_is_still_asked_for(document):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/xac-minh/{CODE}/", {"sha256": document.sha256}).status_code == 403
    strict.get(f"/xac-minh/{CODE}/")
    token = strict.cookies["csrftoken"].value
    answer = strict.post(f"/xac-minh/{CODE}/", {"csrfmiddlewaretoken": token, "tep": SimpleUploadedFile("tep.pdf", BODY)})
    assert "Đúng văn bản này" in answer.content.decode()


def test_search_engines_make_no_list_of_it(client, document):
    answer = page(client)
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"


# A covenant has its code before it is issued


@pytest.fixture
def version():
    bloc_year = BlocYearFactory(members=3)
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    version = CovenantVersion.objects.create(covenant=covenant, state=CovenantState.SIGNING, code=CODE)
    by = UserFactory()
    for position, row in enumerate(bloc_year.bloc.memberships.all(), 1):
        state = SignatureState.SIGNED if position <= 2 else SignatureState.WAITING
        CovenantSignature.objects.create(version=version, unit=row.unit, position=position, state=state)
    for number in range(3):
        body = b"%%PDF-1.7 giao uoc %d" % number
        CovenantRevision.objects.create(
            version=version, number=number, file=ContentFile(body, "g.pdf"), sha256=digest(body), created_by=by
        )
    return version


def test_a_covenant_that_is_being_signed_says_how_far_it_is(client, version):
    text = page(client).content.decode()
    assert "Đang lấy chữ ký" in text
    assert "02/03 đơn vị đã ký" in text
    assert "Bản có chữ ký số của 02 đơn vị" in text
    assert "Bản mới nhất" in text
    assert "Bản chính thức" not in text
    assert "Chưa ban hành" in text
    assert str(version.signatures.first().unit) not in text


def test_an_earlier_revision_of_a_covenant_is_known_as_such(client, version):
    last = compared(client, b"%PDF-1.7 giao uoc 2").content.decode()
    assert "bản có chữ ký số của 02 đơn vị" in last
    assert "nhưng là bản trước" not in last
    earlier = compared(client, b"%PDF-1.7 giao uoc 1").content.decode()
    assert "nhưng là bản trước" in earlier
    assert "bản có chữ ký số của 01 đơn vị" in earlier
    assert "bản gửi các đơn vị ký" in compared(client, b"%PDF-1.7 giao uoc 0").content.decode()


def test_a_replaced_covenant_leads_to_the_new_version(client, version):
    CovenantVersion.objects.filter(pk=version.pk).update(state=CovenantState.REPLACED)
    CovenantVersion.objects.create(
        covenant=version.covenant, number=2, state=CovenantState.SIGNING, code="zzzz-yyyy-xxxx-wwww"
    )
    assert 'href="/xac-minh/zzzz-yyyy-xxxx-wwww/"' in page(client).content.decode()
    assert f'href="/xac-minh/{CODE}/"' in page(client, "/xac-minh/zzzz-yyyy-xxxx-wwww/").content.decode()


def test_an_issued_covenant_shows_its_revisions_and_its_confirmation_each_once(client, version):
    issued(version.covenant, body=b"%PDF-1.7 giao uoc 2", title="Giao ước thi đua năm 2021", number="")
    values = {"form": "xac-nhan-ky", "title": "Giấy xác nhận", "number": ""}
    issued(version.covenant, code="zzzz-yyyy-xxxx-wwww", body=b"%PDF-1.7 xac nhan", **values)
    text = page(client).content.decode()
    assert text.count(digest(b"%PDF-1.7 giao uoc 2")) == 1
    assert "02/03 đơn vị đã ký" in text
    assert 'href="/xac-minh/zzzz-yyyy-xxxx-wwww/"' in text
    assert f'href="/xac-minh/{CODE}/"' in page(client, "/xac-minh/zzzz-yyyy-xxxx-wwww/").content.decode()


def test_where_a_scan_came_back_signed_no_revision_is_official(client, version):
    document = issued(version.covenant, body=b"%PDF-1.7 giao uoc 2", title="Giao ước thi đua năm 2021", number="")
    document.signed_file.save("quet.pdf", ContentFile(b"%PDF-1.7 quet"), save=False)
    document.signed_sha256 = digest(b"%PDF-1.7 quet")
    document.signed_at, document.signed_by = document.created_at, document.created_by
    document.save()
    assert page(client).content.decode().count("Bản chính thức") == 1
    assert "bản đã ký, đóng dấu" in compared(client, b"%PDF-1.7 quet").content.decode()


def test_a_covenant_without_a_code_is_not_found_by_an_empty_one(client, version):
    CovenantVersion.objects.update(code="")
    assert page(client).status_code == 404
    assert client.get("/xac-minh/-/").status_code == 404

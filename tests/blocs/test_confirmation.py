"""The confirmation of a covenant: issued once, when the last unit has signed, with every signer and every act."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from blocs.confirmation import CovenantConfirmation, confirmation_of
from blocs.documents import CovenantPaper
from blocs.enums import CovenantState
from blocs.models import CovenantVersion
from blocs.services import (
    ItemInput,
    record_signatures,
    refuse_signature,
    revise_covenant,
    save_covenant,
    send_covenant,
    sign_by_click,
)
from blocs.tasks import begin_confirmation, confirm_covenant
from common.audit import record
from common.errors import NotReady
from documents.models import IssuedDocument
from documents.services import issue_document
from tests.factories.blocs import BlocYearFactory, secretary_of, staff_of

pytestmark = pytest.mark.django_db
PASSWORD = "mot mat khau dai 2021"


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def sent(bloc_year, secretary):
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Hoàn thành nhiệm vụ chính trị.")])
    return send_covenant(version=draft, by=secretary, paper=CovenantPaper(draft))


def click(signature, name="Lò Thị Thuỷ"):
    user = staff_of(signature.unit)
    user.set_password(PASSWORD)
    user.save()
    seen = signature.version.revisions.get().sha256
    sign_by_click(
        signature=signature, by=user, signer_name=name, signer_title="Chủ tịch", seen_sha256=seen, password=PASSWORD
    )
    return user


def sign_all(version, secretary):
    """The first unit by click, the others on paper; returns who clicked."""
    first, *others = version.signatures.select_related("version", "unit")
    user = click(first)
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in others]
    record_signatures(version=version, rows=rows, by=secretary)
    return user


def text_of(document):
    with document.file.storage.open(document.file.name) as stored:
        pages = PdfReader(BytesIO(stored.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_lists_signers_ways_times_digests_and_every_act(bloc_year, secretary, sent):
    user = sign_all(sent, secretary)
    begin_confirmation(sent, secretary)
    document = confirmation_of(sent)
    text = text_of(document)
    units = [str(row.unit) for row in sent.signatures.all()]
    parts = ["XÁC NHẬN KÝ KẾT GIAO ƯỚC THI ĐUA", *units, "Lò Thị Thuỷ", "Bùi Đình Thi", "11/01/2022"]
    parts += ["01 đơn vị xác nhận trên hệ thống", "02 đơn vị ký trên giấy", f"Tài khoản {user}", f"{secretary} ghi nhận lúc"]
    parts += ["Ghi nhận ký giao ước", "Đang ký → Đã ký đủ", "đây không phải là chữ ký số", sent.code]
    for part in parts:
        assert part in text, part
    packed = text.replace(" ", "")
    assert sent.digest in packed
    assert sent.revisions.get().sha256 in packed
    assert (document.subject, document.is_public, document.permission) == (sent.covenant, False, "")


def test_it_is_issued_once_and_not_before_the_last_has_signed(secretary, sent):
    begin_confirmation(sent, secretary)
    assert not IssuedDocument.objects.exists()
    sign_all(sent, secretary)
    begin_confirmation(sent, secretary)
    begin_confirmation(sent, secretary)
    confirm_covenant.call(sent.pk, secretary.pk)
    assert IssuedDocument.objects.count() == 1


def test_a_covenant_that_lacks_signatures_is_not_confirmed(secretary, sent):
    with pytest.raises(NotReady):
        issue_document(form=CovenantConfirmation(sent), subject=sent.covenant, by=secretary, issued_on=date(2022, 1, 11))


def test_each_version_has_its_own_and_the_new_one_replaces_the_former(bloc_year, secretary, sent):
    sign_all(sent, secretary)
    begin_confirmation(sent, secretary)
    draft = revise_covenant(covenant=sent.covenant, by=secretary, change_note="Thêm một chỉ tiêu")
    send_covenant(version=draft, by=secretary)
    sign_rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 2, 1)) for row in draft.signatures.all()]
    record_signatures(version=draft, rows=sign_rows, by=secretary)
    begin_confirmation(draft, secretary)
    first, second = IssuedDocument.objects.order_by("pk")
    assert first.superseded_by == second
    text = text_of(second)
    assert "bản số 02" in text
    assert "Thay đổi so với bản trước: Thêm một chỉ tiêu" in text
    assert "không có tệp điện tử" in text


def test_a_refusal_that_was_taken_back_stays_in_the_log(secretary, sent):
    first = sent.signatures.select_related("version").first()
    refuse_signature(signature=first, reason="Chờ ý kiến.", by=secretary)
    sent.refresh_from_db()
    sign_all(CovenantVersion.objects.get(pk=sent.pk), secretary)
    record("nhắc ký giao ước", first, by=secretary)
    begin_confirmation(sent, secretary)
    text = text_of(confirmation_of(sent))
    assert "Chờ ký → Từ chối ký" in text
    assert "Từ chối ký → Đã ký" in text


def test_a_confirmation_that_cannot_be_drawn_undoes_no_signature(secretary, sent, monkeypatch):
    monkeypatch.setattr(CovenantConfirmation, "template_name", "blocs/paper/khong-co.html")
    sign_all(sent, secretary)
    begin_confirmation(sent, secretary)
    sent.refresh_from_db()
    assert sent.state == CovenantState.SIGNED
    assert confirmation_of(sent) is None

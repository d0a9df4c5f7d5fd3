"""The letter as a paper: counts of the list, State letterhead, issued once."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from awards import services
from awards.documents import SubmissionLetter
from awards.enums import RewardKind
from blocs.models import OfficeHolder
from documents.models import IssuedDocument, Issuer, Paper
from documents.reports import documents_of
from tests.factories.awards import GrantFactory
from tests.factories.blocs import PaperFactory, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def founded(bloc_year):
    issuer = Issuer.objects.create(name="Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ")
    bloc = bloc_year.bloc
    bloc.founding_paper = Paper.objects.create(
        number="543/QĐ-UBND", issuer=issuer, issued_on=date(2021, 3, 5), subject="Thành lập các cụm, khối thi đua"
    )
    bloc.save()
    unit = bloc_year.offices.get().unit
    unit.issuer = Issuer.objects.create(name="Ban Tổ chức Tỉnh ủy Phú Thọ", profile="party", symbol="BTC", place="Phú Thọ")
    unit.save()
    titles = ["Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng Ban Tổ chức Tỉnh ủy"]
    OfficeHolder.objects.create(
        office=bloc_year.offices.get(), person_name="Bùi Đình Thi", titles=titles, starts_on=date(2021, 1, 1)
    )
    return bloc_year


def text_of(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_the_letter_prints_the_list_and_its_counts(founded, draft, fresh, items_of):
    text = text_of(SubmissionLetter(fresh(draft)).pdf(number="5", issued_on=date(2022, 1, 14)))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ",
        "Số: 05/TTr-KTĐ",
        "Phú Thọ, ngày 14 tháng 01 năm 2022",
        "TỜ TRÌNH",
        "Kính gửi: Hội đồng Thi đua - Khen thưởng tỉnh.",
        "cho 11 trường hợp (có danh sách kèm theo)",
        "05 tập thể",
        "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        "TM. KHỐI THI ĐUA",
        "Bùi Đình Thi",
    ):
        assert part in text
    for item in items_of(draft):
        assert str(item) in text
    assert "Lưu ý của bản thảo" not in text
    assert "06" not in text.replace("26", "")


def test_the_draft_leaves_blanks_and_notes_the_difference(founded, draft, fresh):
    text = text_of(SubmissionLetter(fresh(draft)).pdf())
    assert "Số ghi trong biên bản là 06, danh sách có 05." in text
    assert "/TTr-KTĐ" in text
    assert "05/TTr-KTĐ" not in text


def test_the_annex_lies_across(founded, draft, fresh):
    last = PdfReader(BytesIO(SubmissionLetter(fresh(draft)).pdf())).pages[-1]
    assert last.mediabox.width > last.mediabox.height


def test_a_party_body_leads_but_the_letterhead_is_the_states(founded, draft, fresh):
    letter = SubmissionLetter(fresh(draft))
    head = letter.get_letterhead()
    assert (head.profile, head.issuing_name) == ("state", founded.bloc.name)
    assert letter.get_issuer().name == "Ban Tổ chức Tỉnh ủy Phú Thọ"


def issue_url(draft):
    return reverse("awards:letter-issue", args=[draft.pk])


def test_the_page_warns_before_issuing_and_the_paper_is_frozen(client, founded, draft, thuky):
    client.force_login(thuky)
    assert "danh sách có 05" in client.get(issue_url(draft)).content.decode()
    assert client.post(issue_url(draft), {"number": "5", "issued_on": "14/01/2022"}).status_code == 302
    document = IssuedDocument.objects.get()
    assert (document.number, document.values["values"]["count"]) == ("05/TTr-KTĐ", 11)
    assert document.get_absolute_url() in client.get(draft.get_absolute_url()).content.decode()
    client.post(issue_url(draft), {"number": "6", "issued_on": "15/01/2022"})
    document.refresh_from_db()
    assert document.superseded_by.number == "06/TTr-KTĐ"


@pytest.mark.parametrize(
    "data",
    [
        {"number": "", "issued_on": "14/01/2022"},
        {"number": "5", "issued_on": "31/02/2022"},
        {"number": "5", "issued_on": "01/01/2099"},
        {"number": "x" * 21, "issued_on": "14/01/2022"},
    ],
)
def test_bad_number_or_date_comes_back(client, founded, draft, thuky, data):
    client.force_login(thuky)
    response = client.post(issue_url(draft), data)
    assert (response.status_code, IssuedDocument.objects.count()) == (422, 0)
    assert response.context["form"]["number"].value() == data["number"]


def test_a_number_used_by_another_paper_is_refused(client, founded, draft, thuky):
    client.force_login(thuky)
    client.post(issue_url(draft), {"number": "5", "issued_on": "14/01/2022"})
    response = client.post(issue_url(draft), {"number": "05", "issued_on": "15/01/2022"})
    assert response.status_code == 409
    assert "đã dùng cho một văn bản khác" in response.context["form"].non_field_errors()[0]


def test_the_board_reads_the_draft_print_but_issues_nothing(client, founded, received, hoidong):
    client.force_login(hoidong)
    assert client.get(reverse("awards:letter-pdf", args=[received.pk])).status_code == 200
    assert client.get(issue_url(received)).status_code == 403


def test_withdrawn_items_are_not_printed(founded, received, thuky, fresh, items_of):
    services.withdraw_items(items=items_of(received, 1)[:1], by=thuky, reason="Đơn vị xin rút")
    values = SubmissionLetter(fresh(received)).get_values()
    assert (values["count"], len(values["nominees"])) == (10, 10)


def test_a_stranger_gets_no_paper(client, founded, received):
    client.force_login(staff_of(founded.offices.get().unit, ends_on=date(2020, 12, 31)))
    assert client.get(reverse("awards:letter-pdf", args=[received.pk])).status_code == 404


def test_a_deputy_may_sign_for_the_leader(client, founded, draft, thuky):
    client.force_login(thuky)
    page = client.get(issue_url(draft)).content.decode()
    assert "Bùi Đình Thi" in page
    signer = {"sign_authority": "KT.", "sign_for": "Trưởng khối", "sign_post": "Phó khối", "sign_name": "Trần Văn An"}
    assert client.post(issue_url(draft), {"number": "5", "issued_on": "14/01/2022", **signer}).status_code == 302
    signature = documents_of(draft).get().values["values"]["signature"]
    assert signature == {"authority": "KT. Trưởng khối", "post": "Phó khối", "second_post": "", "name": "Trần Văn An"}


def test_the_list_names_address_and_past_awards_with_their_decisions(founded, draft, fresh, items_of):
    item = next(item for item in items_of(draft) if item.unit_id)
    item.unit.address = "Phố Gia Cẩm, Việt Trì"
    item.unit.save()
    paper = PaperFactory(number="321/QĐ-UBND", issued_on=date(2020, 3, 9))
    past = {"unit": item.unit, "period": "năm 2019", "decision__paper": paper}
    kept = GrantFactory(**past)
    GrantFactory(unit=item.unit, reward_kind=RewardKind.SUDDEN, decision__paper__issued_on=date(2020, 5, 1))
    GrantFactory(unit=item.unit, decision__paper__issued_on=date(2010, 5, 1))
    GrantFactory(unit=item.unit, decision__paper__issued_on=date(2020, 6, 1), revoked_on=date(2020, 9, 1))
    nominees = SubmissionLetter(fresh(draft)).get_values()["nominees"]
    row = next(row for row in nominees if row["name"] == str(item))
    assert row["address"] == "Phố Gia Cẩm, Việt Trì"
    assert row["past"] == [f"{kept.award.name} năm 2019 (số 321/QĐ-UBND ngày 09/03/2020)"]

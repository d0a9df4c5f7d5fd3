"""Sổ văn bản: who sees which paper, filters, order, export, one paper with its history, the signed version."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from blocs.enums import BlocAct
from blocs.models import BlocPaper, Covenant
from common.permissions import may
from documents.enums import PaperCustody, PaperKind
from documents.models import IssuedDocument, Paper
from portal.reports.register import PaperQuery, register_keys, register_rows, visible_issued, visible_papers
from tests.common.test_uploads import pdf_bytes
from tests.factories.awards import CouncilMemberFactory, ProposalFactory, small_pdf
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    IssuerFactory,
    PaperFactory,
    UserFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
_CODES = iter(f"{number:04d}-bbbb-cccc-dddd" for number in range(10_000))


def issued(subject, body=b"%PDF-1.7 ban hanh", **values):
    values = {"form": "bao-cao", "title": "Báo cáo tổng kết", "number": "07/BC-KTĐ", "type": "BC", **values}
    return IssuedDocument.objects.create(
        **{"issued_on": date(2022, 1, 14), "code": next(_CODES), **values},
        file=ContentFile(body, "van-ban.pdf"),
        sha256=hashlib.sha256(body).hexdigest(),
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        created_by=UserFactory(),
    )


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=2)


@pytest.fixture
def meeting(bloc_year):
    return MeetingFactory(bloc_year=bloc_year)


@pytest.fixture
def agency(client):
    user = standing_agency_officer()
    client.force_login(user)
    return user


def found(user, **query):
    return [row.number for row in register_rows(list(register_keys(user, PaperQuery(**query))))]


# Who sees what: sets and single rows agree


def test_the_list_shows_exactly_what_the_rules_allow_row_by_row():
    users, records = {}, []
    for name in ("now", "foreign"):
        bloc_year = BlocYearFactory(members=2)
        covenant = Covenant.objects.create(bloc_year=bloc_year)
        letters = [ProposalFactory(bloc_year=bloc_year), ProposalFactory(bloc_year=bloc_year, sent=True)]
        records += [bloc_year, bloc_year.year, covenant, MeetingFactory(bloc_year=bloc_year), *letters]
        users[f"{name} secretary"] = secretary_of(bloc_year)
        users[f"{name} member"] = staff_of(bloc_year.bloc.memberships.last().unit)
    documents = [issued(record, is_public=public) for record in records for public in (False, True)]
    papers = [PaperFactory(is_public=public, custody=custody) for public in (False, True) for custody in PaperCustody]
    users |= {
        "agency": standing_agency_officer(),
        "council": CouncilMemberFactory().user,
        "editor": editor(),
        "administrator": AdministratorFactory(),
        "nobody": UserFactory(),
        "disabled": UserFactory(is_active=False),
    }
    for name, user in users.items():
        allowed = {row.pk for row in documents if may(user, "documents.view_issueddocument", row)}
        assert (name, set(visible_issued(user).values_list("pk", flat=True))) == (name, allowed)
        allowed = {row.pk for row in papers if may(user, "documents.view_paper", row)}
        assert (name, set(visible_papers(user).values_list("pk", flat=True))) == (name, allowed)


def test_a_sealed_paper_is_in_nobodys_register(agency):
    PaperFactory(number="1/QĐ-UBND", custody=PaperCustody.SEALED)
    assert found(agency) == []


# Filters and order


def test_both_sources_stand_in_one_list_newest_first(agency, meeting):
    issued(meeting, issued_on=date(2022, 1, 14))
    PaperFactory(number="9/QĐ-UBND", issued_on=date(2023, 5, 1))
    PaperFactory(number="8/QĐ-UBND", issued_on=date(2021, 5, 1))
    assert found(agency) == ["9/QĐ-UBND", "07/BC-KTĐ", "8/QĐ-UBND"]
    assert found(agency, sort="ngay") == ["8/QĐ-UBND", "07/BC-KTĐ", "9/QĐ-UBND"]


def test_issuers_are_sorted_by_the_vietnamese_alphabet(agency):
    for name in ("Ủy ban", "Đảng ủy", "Ban Tổ chức", "Ăn uống"):
        PaperFactory(number=name, issuer=IssuerFactory(name=name))
    assert found(agency, sort="co-quan") == ["Ăn uống", "Ban Tổ chức", "Đảng ủy", "Ủy ban"]
    assert found(agency, sort="-co-quan") == ["Ủy ban", "Đảng ủy", "Ban Tổ chức", "Ăn uống"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"text": "tong ket"}, ["BC"]),
        ({"text": "07 bc ktd"}, ["BC"]),
        ({"kind": PaperKind.REPORT}, ["BC"]),
        ({"kind": PaperKind.DECISION}, ["QĐ", "quy chế"]),
        ({"kind": PaperKind.COVENANT}, ["giao ước"]),
        ({"kind": "invitation"}, ["GM"]),
        ({"kind": PaperKind.OTHER}, ["khác"]),
        ({"kind": PaperKind.REGULATION}, ["quy chế"]),
        ({"year": 2021}, ["QĐ"]),
        ({"source": "scanned"}, ["QĐ"]),
        ({"source": "issued"}, ["BC", "GM", "giao ước", "khác", "quy chế"]),
        ({"signed": "co"}, ["QĐ", "GM"]),
        ({"standing": "da-thay"}, ["GM"]),
        ({"standing": "con"}, ["BC", "QĐ", "giao ước", "khác", "quy chế"]),
    ],
)
def test_each_filter_narrows_the_list(agency, meeting, query, numbers):
    report = issued(meeting, number="07/BC-KTĐ")
    invitation = issued(meeting, number="GM", type="GM", title="Giấy mời", form="giay-moi")
    invitation.signed_file, invitation.superseded_by = small_pdf(), report
    invitation.save()
    issued(meeting, number="giao ước", type="", title="Giao ước", form="giao-uoc")
    issued(meeting, number="khác", type="", title="Xác nhận", form="xac-nhan")
    issued(meeting, number="quy chế", type="QĐ", title="Quyết định ban hành Quy chế", form="quy-che")
    PaperFactory(number="QĐ", issued_on=date(2021, 3, 5), file=small_pdf())
    short = {"07/BC-KTĐ": "BC"}
    assert {short.get(number, number) for number in found(agency, **query)} == set(numbers)


def test_by_issuer_and_by_bloc(agency, bloc_year, meeting):
    issuer = IssuerFactory(name="Ban Tổ chức Tỉnh ủy")
    issued(meeting, issuer=issuer)
    founding = PaperFactory(number="1/QĐ-UBND")
    BlocPaper.objects.create(bloc=bloc_year.bloc, paper=founding, act=BlocAct.FOUND, effective_on=date(2021, 3, 5))
    PaperFactory(number="2/QĐ-UBND")
    issued(MeetingFactory(), number="99/BC-KTĐ")
    assert found(agency, issuer=issuer) == ["07/BC-KTĐ"]
    assert set(found(agency, bloc=bloc_year.bloc)) == {"07/BC-KTĐ", "1/QĐ-UBND"}


def test_a_replaced_scan_names_the_newer_one(agency, client):
    old = PaperFactory(number="543/QĐ-UBND")
    PaperFactory(number="600/QĐ-UBND", replaces=old, file=small_pdf())
    assert found(agency, standing="da-thay") == ["543/QĐ-UBND"]
    assert "Quyết định số 600/QĐ-UBND" in client.get("/lam-viec/van-ban/?hieu_luc=da-thay").content.decode()


def test_a_sealed_successor_stays_hidden(agency, client):
    old = PaperFactory(number="543/QĐ-UBND")
    PaperFactory(number="600/QĐ-UBND", replaces=old, custody=PaperCustody.SEALED)
    assert "600/QĐ-UBND" not in client.get("/lam-viec/van-ban/").content.decode()
    assert found(agency, standing="con") == ["543/QĐ-UBND"]


@pytest.mark.parametrize(
    "query", ["?nam=abc&loai=x&co_quan=9&khoi=khong&sap_xep=la&trang=zzz", "?q=%00&nam=99999999999", "?nam=-1&khoi=%00"]
)
def test_nonsense_in_the_address_filters_nothing(client, agency, query):
    PaperFactory(number="543/QĐ-UBND")
    answer = client.get(f"/lam-viec/van-ban/{query}")
    assert answer.status_code == 200
    assert "543/QĐ-UBND" in answer.content.decode()


def _cost(client, django_assert_max_num_queries, count):
    with django_assert_max_num_queries(200) as captured:
        client.get("/lam-viec/van-ban/?sap_xep=co-quan")
    return len(captured.captured_queries)


def test_the_list_costs_the_same_for_one_and_for_three(client, agency, meeting, django_assert_max_num_queries):
    def one_more():
        issued(meeting, issuer=IssuerFactory())
        PaperFactory(replaces=PaperFactory())

    one_more()
    client.get("/lam-viec/van-ban/")
    first = _cost(client, django_assert_max_num_queries, 1)
    one_more()
    one_more()
    assert _cost(client, django_assert_max_num_queries, 3) == first


def test_the_sheet_holds_the_filtered_list_typed(client, agency, meeting):
    issued(meeting, title="=1+1")
    PaperFactory(number="543/QĐ-UBND")
    answer = client.get("/lam-viec/van-ban/so-van-ban.xlsx?nguon=issued")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("STT", "Số, ký hiệu", "Loại văn bản", "Ngày ban hành")
    assert len(rows) == 2
    assert (rows[1][1], rows[1][3].date(), rows[1][4]) == ("07/BC-KTĐ", date(2022, 1, 14), "=1+1")
    assert sheet["E2"].data_type == "s"


# One paper


@pytest.fixture
def document(meeting):
    return issued(meeting, values={"paper": {"type_name": "Báo cáo"}})


def page(client, document, more=""):
    return client.get(f"/lam-viec/van-ban/{document.code}/{more}")


def test_one_paper_with_its_facts_its_record_and_its_proof(client, agency, document, meeting):
    text = page(client, document).content.decode()
    for part in ("07/BC-KTĐ", "14/01/2022", document.sha256, f"/xac-minh/{document.code}/", meeting.get_absolute_url()):
        assert part in text
    assert "Chưa có bản ký, đóng dấu" in text


def test_the_chain_of_replacements_in_its_order(client, agency, document, meeting):
    newer = issued(meeting, number="08/BC-KTĐ", body=b"%PDF-1.7 hai")
    newest = issued(meeting, number="09/BC-KTĐ", body=b"%PDF-1.7 ba")
    for old, new in ((document, newer), (newer, newest)):
        IssuedDocument.objects.filter(pk=old.pk).update(superseded_by=new)
    for row in (document, newer, newest):
        chain = page(client, row).context["chain"]
        assert [one.number for one in chain] == ["07/BC-KTĐ", "08/BC-KTĐ", "09/BC-KTĐ"]


def test_a_paper_of_another_bloc_is_not_found(client, document):
    client.force_login(staff_of(BlocYearFactory(members=1).bloc.memberships.get().unit))
    assert page(client, document).status_code == 404
    assert page(client, document, "ban-ky/").status_code == 404
    assert client.get("/lam-viec/van-ban/khong-co/").status_code == 404


def test_a_lost_file_is_told_on_its_page(client, agency, document):
    document.file.storage.delete(document.file.name)
    assert "Tệp lưu trữ có sai lệch" in page(client, document).content.decode()


# The signed version


def signed_pdf(name="ban-ky.pdf"):
    return SimpleUploadedFile(name, small_pdf().read())


@pytest.fixture
def secretary(client, bloc_year, document):
    IssuedDocument.objects.filter(pk=document.pk).update(permission="meetings.issue_report")
    user = secretary_of(bloc_year)
    client.force_login(user)
    return user


def test_the_signed_version_comes_back_and_counts_from_then_on(client, secretary, document):
    assert "Nộp bản đã ký" in page(client, document).content.decode()
    answer = client.post(f"/lam-viec/van-ban/{document.code}/ban-ky/", {"upload": signed_pdf()})
    assert answer.url == f"/lam-viec/van-ban/{document.code}/"
    text = page(client, document).content.decode()
    assert "Bản do hệ thống lập, chưa ký" in text
    official = b"".join(client.get(f"/van-ban/{document.code}.pdf").streaming_content)
    assert official == small_pdf().read()
    assert b"".join(client.get(f"/van-ban/{document.code}/ban-lap.pdf").streaming_content) == b"%PDF-1.7 ban hanh"


def test_a_second_signed_version_is_refused_with_the_reason(client, secretary, document):
    for status in (302, 409):
        answer = client.post(f"/lam-viec/van-ban/{document.code}/ban-ky/", {"upload": signed_pdf()})
        assert answer.status_code == status
    assert "đã có bản ký, đóng dấu" in answer.content.decode()


def test_a_version_of_500_pages_comes_back_with_both_numbers(client, secretary, document):
    many = SimpleUploadedFile("dai.pdf", pdf_bytes(pages=500))
    answer = client.post(f"/lam-viec/van-ban/{document.code}/ban-ky/", {"upload": many})
    assert answer.status_code == 422
    assert "có 500 trang, vượt giới hạn 300 trang" in answer.content.decode()


@pytest.mark.parametrize("upload", [None, SimpleUploadedFile("a.pdf", b"khong phai pdf"), SimpleUploadedFile("a.pdf", b"")])
def test_what_is_no_pdf_comes_back_with_a_sentence(client, secretary, document, upload):
    answer = client.post(f"/lam-viec/van-ban/{document.code}/ban-ky/", {"upload": upload} if upload else {})
    assert answer.status_code == 422
    assert not IssuedDocument.objects.get(pk=document.pk).signed_file


def test_who_may_not_issue_it_may_not_bring_it_back(client, agency, document):
    assert page(client, document, "ban-ky/").status_code == 403
    answer = client.post(f"/lam-viec/van-ban/{document.code}/ban-ky/", {"upload": signed_pdf()})
    assert answer.status_code == 403


def test_a_register_without_any_paper_says_what_to_do(client):
    client.force_login(UserFactory())
    assert "Sổ chưa có văn bản nào" in client.get("/lam-viec/van-ban/").content.decode()
    assert Paper.objects.count() == 0


def test_search_leads_to_the_page_of_the_paper_in_the_workplace_and_a_reader_to_the_file(client, document):
    IssuedDocument.objects.update(is_public=True)
    assert f'href="/van-ban/{document.code}.pdf"' in client.get("/tim-kiem/?q=bao+cao+tong+ket").content.decode()
    client.force_login(standing_agency_officer())
    assert f'href="/lam-viec/van-ban/{document.code}/"' in client.get("/tim-kiem/?q=bao+cao+tong+ket").content.decode()


def test_the_papers_of_a_year_lead_to_the_page_of_each(client, agency, document, bloc_year):
    text = client.get(f"/lam-viec/khoi/{bloc_year.bloc.slug}/{bloc_year.year.slug}/van-ban/").content.decode()
    assert f'href="/lam-viec/van-ban/{document.code}/"' in text
    assert "ho-so.zip" in text


def test_the_public_page_of_a_year_leads_to_the_proof_of_its_papers(client, meeting, bloc_year):
    document = issued(Covenant.objects.create(bloc_year=bloc_year), is_public=True)
    text = client.get(f"/khoi/{bloc_year.bloc.slug}/{bloc_year.year.slug}/").content.decode()
    assert f'href="/xac-minh/{document.code}/"' in text

"""The decision that divides the blocs: its lists are those of the register on a day, its counts those of the lists."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.documents_division import DivisionDecision
from blocs.enums import BlocKind, OfficeRole
from blocs.models import BlocGroup
from documents.models import IssuedDocument, PaperDraft
from tests.factories.awards import small_pdf
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    IssuerFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return IssuerFactory(name="Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ", symbol="UBND")


@pytest.fixture
def founding(issuer):
    return PaperFactory(number="543/QĐ-UBND", issuer=issuer)


@pytest.fixture
def bloc_year(founding):
    """Three members, a leader, a deputy."""
    found = BlocYearFactory(bloc=BlocFactory(name="Khối thi đua số 1", founding_paper=founding), members=3)
    units = [row.unit for row in found.memberships]
    BlocOfficeFactory(bloc_year=found, unit=units[0])
    BlocOfficeFactory(bloc_year=found, unit=units[1], role=OfficeRole.DEPUTY)
    return found


@pytest.fixture
def work(client):
    client.force_login(standing_agency_officer())
    return client


def at(name, year):
    return reverse(f"blocs:{name}", args=[year.slug])


def typed(bloc_year, **changes):
    values = DivisionDecision(bloc_year.year).defaults
    days = {"as_of": date.fromisoformat(values["as_of"]).strftime("%d/%m/%Y")}
    kept = {name: value for name, value in {**values, **days, "version": 0, **changes}.items() if value not in (None, False)}
    return kept


def test_the_lists_are_those_of_the_register(bloc_year):
    values = DivisionDecision(bloc_year.year).get_values()
    names = [str(row.unit) for row in bloc_year.memberships]
    assert values["count"] == 3
    assert values["blocs"][0]["leader"] == names[0]
    assert [unit["name"] for unit in values["blocs"][0]["groups"][0]["units"]] == names
    assert [unit["office"] for unit in values["blocs"][0]["groups"][0]["units"]] == ["Khối trưởng", "Khối phó", ""]
    assert "Phân chia 03 cơ quan, đơn vị thành 01 cụm, khối" in values["articles"][0][0]


def test_a_member_that_left_before_the_day_is_not_listed(bloc_year):
    bloc_year.bloc.memberships.filter(position=3).update(ends_on=date(2021, 6, 30))
    assert DivisionDecision(bloc_year.year).get_values()["count"] == 2
    PaperDraft.objects.create(form="phan-chia-khoi", subject=bloc_year.year, values={"as_of": "2021-06-30"})
    assert DivisionDecision(bloc_year.year).get_values()["count"] == 3


def test_blocs_of_a_sector_or_run_by_others_are_left_out(bloc_year):
    BlocYearFactory(bloc=BlocFactory(kind=BlocKind.SECTOR), members=2)
    BlocYearFactory(bloc=BlocFactory(run_by=UnitFactory()), members=2)
    assert len(DivisionDecision(bloc_year.year).get_values()["blocs"]) == 1


def test_blocs_stand_by_their_numbers(bloc_year):
    for number in (10, 2):
        BlocYearFactory(bloc=BlocFactory(name=f"Khối thi đua số {number}"), members=1)
    names = [row["name"] for row in DivisionDecision(bloc_year.year).get_values()["blocs"]]
    assert names == ["Khối thi đua số 1", "Khối thi đua số 2", "Khối thi đua số 10"]


def test_groups_stand_in_their_order(bloc_year):
    group = BlocGroup.objects.create(bloc=bloc_year.bloc, name="Nhóm 1")
    bloc_year.bloc.memberships.filter(position=1).update(group=group)
    groups = DivisionDecision(bloc_year.year).get_values()["blocs"][0]["groups"]
    assert [(row["name"], len(row["units"])) for row in groups] == [("", 2), ("Nhóm 1", 1)]


def test_what_does_not_fit_is_told_and_does_not_stop(bloc_year):
    unit = bloc_year.memberships[0].unit
    other = BlocFactory(name="Khối thi đua số 2")
    MembershipFactory(bloc=other, unit=unit)
    BlocFactory(name="Khối thi đua số 3")
    warnings = DivisionDecision(bloc_year.year).warnings
    assert f"{unit} đứng trong 02 khối: Khối thi đua số 1; Khối thi đua số 2." in warnings
    assert "Khối thi đua số 3 không có đơn vị thành viên vào ngày lập danh sách nên không in." in warnings
    assert "Chưa ghi trưởng khối cho 01 khối; danh sách in “Hội nghị khối bầu”." in warnings


def test_the_committee_stands_in_the_letterhead_and_the_chair_decides(bloc_year):
    decision = DivisionDecision(bloc_year.year)
    assert decision.get_letterhead().issuing_name == "Ủy ban nhân dân tỉnh Phú Thọ"
    assert decision.get_values()["decider"] == "Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ"
    assert decision.frozen("7", date(2021, 3, 5))["paper"]["number"] == "07/QĐ-UBND"


def test_a_replaced_decision_is_cited(bloc_year, founding):
    PaperDraft.objects.create(form="phan-chia-khoi", subject=bloc_year.year, values={"replaces": founding.pk})
    effect = DivisionDecision(bloc_year.year).get_values()["articles"][2][0]
    assert "thay thế Quyết định số 543/QĐ-UBND ngày 05 tháng 3 năm 2021 của Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ" in effect


def test_the_draft_is_kept_and_stands_there_again(work, bloc_year):
    url = at("division", bloc_year.year)
    response = work.post(url, typed(bloc_year, sign_name="Bùi Văn Quang", duties="1. Nhiệm vụ thứ nhất"))
    assert response.status_code == 302
    page = work.get(url).content.decode()
    assert "Bùi Văn Quang" in page
    assert "Nhiệm vụ thứ nhất" in page
    assert "lưu lần cuối" in page


def test_the_second_of_two_who_write_is_told(work, bloc_year):
    url = at("division", bloc_year.year)
    work.post(url, typed(bloc_year, sign_name="Người thứ nhất"))
    response = work.post(url, typed(bloc_year, sign_name="Người thứ hai"))
    assert response.status_code == 409
    assert "đã lưu bản mới hơn" in response.content.decode()
    assert "Người thứ hai" in response.content.decode()
    assert PaperDraft.objects.get().values["sign_name"] == "Người thứ nhất"
    # "Lưu" once more overwrites, after the user has been told.
    assert work.post(url, typed(bloc_year, sign_name="Người thứ hai", version=1)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"issuer": ""}, "Cơ quan, người ban hành"),
        ({"issuer": "99999"}, "Cơ quan, người ban hành"),
        ({"as_of": "31/02/2021"}, "Danh sách lập theo ngày"),
        ({"decider": "x" * 201}, "Thẩm quyền ban hành"),
        ({"sign_authority": "KT.", "sign_for": ""}, "Đã chọn KT. thì phải ghi ký thay mặt, thay cho ai."),
        ({"province": "Sao Hỏa"}, "Tỉnh, thành phố"),
        ({"replaces": "abc"}, "Thay thế quyết định"),
    ],
)
def test_a_fault_brings_the_form_back(work, bloc_year, changes, fault):
    response = work.post(at("division", bloc_year.year), typed(bloc_year, **changes))
    assert response.status_code == 422
    assert fault in response.content.decode()


def test_hostile_text_is_printed_as_text(work, bloc_year):
    evil = "<script>alert(1)</script> & “ngoặc”"
    work.post(at("division", bloc_year.year), typed(bloc_year, sign_name=evil, duties=evil))
    html = DivisionDecision(bloc_year.year).html()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in work.get(at("division", bloc_year.year)).content.decode()


def test_a_signed_decision_is_issued_with_its_scan(work, bloc_year):
    work.post(at("division", bloc_year.year), typed(bloc_year, sign_name="Bùi Văn Quang"))
    url = at("division-issue", bloc_year.year)
    assert work.post(url, {"number": "", "issued_on": ""}).status_code == 422
    values = {"number": "543", "issued_on": "05/03/2021", "is_public": "on", "signed_file": small_pdf("qd.pdf")}
    assert work.post(url, values).status_code == 302
    document = IssuedDocument.objects.get()
    assert (document.number, document.is_public) == ("543/QĐ-UBND", True)
    assert document.official_file == document.signed_file
    assert "Đã có bản ký" in work.get(at("division", bloc_year.year)).content.decode()


def test_a_number_already_used_is_refused(work, bloc_year):
    work.post(at("division", bloc_year.year), typed(bloc_year, sign_name="Bùi Văn Quang"))
    url = at("division-issue", bloc_year.year)
    work.post(url, {"number": "543", "issued_on": "05/03/2021"})
    response = work.post(url, {"number": "543", "issued_on": "06/03/2021"})
    assert response.status_code == 409
    assert "đã dùng cho một văn bản khác cùng loại" in response.content.decode()
    assert IssuedDocument.objects.count() == 1


def test_without_a_signer_it_is_not_issued(work, bloc_year):
    response = work.post(at("division-issue", bloc_year.year), {"number": "1", "issued_on": "05/03/2021"})
    assert response.status_code == 422
    assert "họ và tên người ký" in response.content.decode()


def test_an_empty_register_still_gives_a_draft(work, bloc_year):
    bloc_year.bloc.memberships.all().delete()
    assert "cụm, khối thi đua có đơn vị thành viên" in " ".join(DivisionDecision(bloc_year.year).missing_to_issue)
    assert work.get(at("division-pdf", bloc_year.year)).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_blocs(bloc_year, django_assert_max_num_queries):
    for _ in range(3):
        BlocYearFactory(members=2)
    with django_assert_max_num_queries(16):
        DivisionDecision(bloc_year.year).frozen()

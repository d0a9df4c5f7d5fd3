"""Plan and regulation of a bloc-year, and the list of every form that the year prints."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.documents_year import RegulationDecision
from blocs.enums import OfficeRole
from blocs.models import BlocYear, OfficeHolder, YearDeadline
from documents.models import IssuedDocument, PaperDraft
from meetings.documents_year import YearPlan
from meetings.enums import MeetingKind, MeetingStatus
from portal.reports.workplace import papers_of
from portal.reports.year_forms import year_forms
from tests.factories.awards import ProposalFactory, small_pdf
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    IssuerFactory,
    PaperFactory,
    UserFactory,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    """Founded by the chair, led by a Party body that issues in its own name."""
    chair = IssuerFactory(name="Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ", symbol="UBND")
    founding = PaperFactory(number="543/QĐ-UBND", issuer=chair)
    made = BlocYearFactory(bloc=BlocFactory(name="Khối thi đua số 1", founding_paper=founding), members=3)
    unit = made.memberships[0].unit
    unit.issuer = IssuerFactory(name="Ban Tổ chức Tỉnh ủy", symbol="BTC", superior_name="Tỉnh ủy Phú Thọ")
    unit.save()
    office = BlocOfficeFactory(bloc_year=made, unit=unit)
    OfficeHolder.objects.create(
        office=office,
        person_name="Bùi Đình Thi",
        titles=["Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng ban Tổ chức Tỉnh ủy"],
        starts_on=office.starts_on,
    )
    return BlocYear.objects.for_work().get(pk=made.pk)


@pytest.fixture
def secretary(bloc_year):
    return staff_of(bloc_year.offices.get(role=OfficeRole.LEADER).unit)


@pytest.fixture
def work(client, secretary):
    client.force_login(secretary)
    return client


def at(name, bloc_year, paper):
    return reverse(f"portal:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, paper])


def typed(paper, **changes):
    """The form as it stands there, with its rows."""
    values = {name: value for name, value in paper.defaults.items() if name != "rows" and value is not False}
    rows = paper.defaults.get("rows", [])
    if "rows" in paper.defaults:
        values |= {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0}
        values |= {f"rows-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return {**values, "version": 0, **changes}


# The plan


def test_the_plan_lists_meetings_and_dates_of_the_province_in_order(bloc_year):
    MeetingFactory(bloc_year=bloc_year, kinds=[MeetingKind.MID_YEAR], starts_on=date(2021, 7, 2), title="Hội nghị sơ kết")
    YearDeadline.objects.create(year=bloc_year.year, name="Gửi hồ sơ khen thưởng", due_on=date(2021, 12, 10))
    rows = YearPlan(bloc_year).get_values()["rows"]
    assert [(row["when"], row["what"]) for row in rows] == [
        ("Tháng 3/2021", "Hội nghị ký kết giao ước thi đua, triển khai nhiệm vụ"),
        ("Ngày 02/07/2021", "Hội nghị sơ kết"),
        ("Tháng 11/2021", "Hội nghị tổng kết, chấm điểm, bình xét thi đua"),
        ("Trước ngày 10/12/2021", "Gửi hồ sơ khen thưởng"),
    ]


def test_the_plan_stands_in_the_own_form_of_the_leading_unit(bloc_year):
    issuer = bloc_year.memberships[0].unit.issuer
    issuer.profile = "party"
    issuer.save()
    html = YearPlan(bloc_year).html("5", date(2021, 3, 9))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in html
    assert "05-KH/BTC" in html
    assert "T/M KHỐI THI ĐUA" in html
    assert "TRƯỞNG BAN TỔ CHỨC TỈNH ỦY" in html


def test_rows_are_added_changed_and_taken_out(work, bloc_year):
    url = at("year-paper", bloc_year, "ke-hoach")
    values = typed(YearPlan(bloc_year))
    longer = work.post(url, {**values, "them_dong": "rows"})
    assert longer.status_code == 200
    assert f'name="rows-{values["rows-TOTAL_FORMS"]}-what"' in longer.content.decode()
    assert not PaperDraft.objects.exists()
    response = work.post(url, {**values, "rows-0-what": "Ký giao ước tại Việt Trì", "rows-1-DELETE": "on"})
    assert response.status_code == 302
    rows = YearPlan(bloc_year).get_values()["rows"]
    assert rows[0]["what"] == "Ký giao ước tại Việt Trì"
    assert len(rows) == values["rows-TOTAL_FORMS"] - 1
    assert "Ký giao ước tại Việt Trì" in work.get(url).content.decode()


def test_a_faulty_row_brings_everything_back(work, bloc_year):
    url = at("year-paper", bloc_year, "ke-hoach")
    response = work.post(url, typed(YearPlan(bloc_year), **{"rows-0-when": "", "theme": "Chủ đề mới"}))
    assert response.status_code == 422
    assert "Chủ đề mới" in response.content.decode()
    assert not PaperDraft.objects.exists()


def test_a_plan_without_rows_is_not_issued(work, bloc_year):
    values = typed(YearPlan(bloc_year))
    deleted = {f"rows-{n}-DELETE": "on" for n in range(values["rows-TOTAL_FORMS"])}
    work.post(at("year-paper", bloc_year, "ke-hoach"), {**values, **deleted})
    response = work.post(at("year-paper-issue", bloc_year, "ke-hoach"), {"number": "1", "issued_on": "09/03/2021"})
    assert response.status_code == 422
    assert "dòng tiến độ thực hiện" in response.content.decode()


def test_the_plan_is_issued_with_its_number_and_stays_as_it_was(work, bloc_year):
    url = at("year-paper-issue", bloc_year, "ke-hoach")
    assert work.post(url, {"number": "5", "issued_on": "09/03/2021", "signed_file": small_pdf()}).status_code == 302
    document = IssuedDocument.objects.get()
    assert document.number == "05/KH-BTC"
    assert document.subject == bloc_year
    assert document.signed_file
    assert document in [row.issued for row in year_forms(bloc_year, UserFactory())]
    assert [row.number for row in papers_of(bloc_year, UserFactory()) if row.number.endswith("BTC")] == ["05/KH-BTC"]


def test_an_issuer_that_numbers_itself_asks_for_no_number(work, bloc_year):
    issuer = bloc_year.memberships[0].unit.issuer
    issuer.numbering = "automatic"
    issuer.save()
    url = at("year-paper-issue", bloc_year, "ke-hoach")
    page = work.get(url).content.decode()
    assert 'name="number"' not in page
    assert "hệ thống cấp số" in page
    work.post(url, {"issued_on": "09/03/2021"})
    assert IssuedDocument.objects.get().number == "01/KH-BTC"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"number": "", "issued_on": "09/03/2021"}, "Hãy ghi số văn bản do văn thư cấp."),
        ({"number": "năm", "issued_on": "09/03/2021"}, "Số văn bản bắt đầu bằng chữ số"),
        ({"number": "5", "issued_on": "31/02/2021"}, "Ngày ban hành phải theo dạng dd/mm/yyyy."),
        ({"number": "5", "issued_on": "01/01/2999"}, "ở sau ngày hôm nay"),
        ({"number": "5" * 41, "issued_on": "09/03/2021"}, "Số văn bản"),
    ],
)
def test_a_faulty_issue_comes_back(work, bloc_year, values, fault):
    response = work.post(at("year-paper-issue", bloc_year, "ke-hoach"), values)
    assert response.status_code == 422
    assert fault in response.content.decode()
    assert not IssuedDocument.objects.exists()


def test_a_file_that_is_no_pdf_is_refused(work, bloc_year):
    file = small_pdf("ban-ky.pdf")
    file.file.seek(0)
    fake = type(file)(b"MZ not a pdf", name="ban-ky.pdf")
    values = {"number": "5", "issued_on": "09/03/2021", "signed_file": fake}
    response = work.post(at("year-paper-issue", bloc_year, "ke-hoach"), values)
    assert response.status_code == 422
    assert "không phải là PDF" in response.content.decode()
    assert not IssuedDocument.objects.exists()


# The regulation


def test_the_regulation_begins_with_seven_chapters_in_order(bloc_year):
    paper = RegulationDecision(bloc_year)
    chapters = [block for block in paper.get_values()["regulation"] if block["kind"] == "chapter"]
    assert [block["number"] for block in chapters] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert paper.warnings == []
    assert "{" not in paper.html()


def test_numbers_out_of_order_warn_and_are_printed_as_typed(work, bloc_year):
    url = at("year-paper", bloc_year, "quy-che")
    text = "Chương I\nQuy định chung\nĐiều 2. Phạm vi"
    assert work.post(url, typed(RegulationDecision(bloc_year), regulation=text)).status_code == 302
    assert "Điều 2 không đúng thứ tự, lẽ ra là Điều 1." in work.get(url).content.decode()
    assert "Điều 2. Phạm vi" in RegulationDecision(bloc_year).html()


def test_an_empty_regulation_is_refused(work, bloc_year):
    response = work.post(at("year-paper", bloc_year, "quy-che"), typed(RegulationDecision(bloc_year), regulation=" "))
    assert response.status_code == 422


def test_a_decision_of_the_founder_is_numbered_by_the_standing_agency(client, work, bloc_year):
    work.post(at("year-paper", bloc_year, "quy-che"), typed(RegulationDecision(bloc_year), issued_by="founder"))
    paper = RegulationDecision(bloc_year)
    assert paper.get_letterhead().issuing_name == "Ủy ban nhân dân tỉnh Phú Thọ"
    url = at("year-paper-issue", bloc_year, "quy-che")
    values = {"number": "9", "issued_on": "09/03/2021"}
    assert work.post(url, values).status_code == 403
    client.force_login(standing_agency_officer())
    assert client.post(url, values).status_code == 302
    assert IssuedDocument.objects.get().number == "09/QĐ-UBND"


def test_without_a_leader_the_draft_says_what_is_missing(bloc_year):
    empty = BlocYear.objects.for_work().get(pk=BlocYearFactory(members=2).pk)
    for form in (RegulationDecision(empty), YearPlan(empty)):
        assert "đơn vị khối trưởng của năm" in form.missing_to_issue
        assert form.html()


def test_hostile_text_is_printed_as_text(work, bloc_year):
    evil = '<script>alert("1")</script>'
    work.post(at("year-paper", bloc_year, "quy-che"), typed(RegulationDecision(bloc_year), regulation=f"Điều 1. {evil}"))
    html = RegulationDecision(bloc_year).html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_there_is_no_other_kind_of_paper(work, bloc_year):
    assert work.get(at("year-paper", bloc_year, "sao-hoa")).status_code == 404


# The list of forms


def test_each_form_says_how_far_it_is(work, bloc_year, secretary):
    meeting = MeetingFactory(bloc_year=bloc_year)
    MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, starts_on=date(2021, 7, 1))
    work.post(at("year-paper", bloc_year, "quy-che"), typed(RegulationDecision(bloc_year)))
    work.post(at("year-paper-issue", bloc_year, "ke-hoach"), {"number": "5", "issued_on": "09/03/2021"})
    found = [(row.label, row.note, row.state) for row in year_forms(bloc_year, secretary)]
    assert found == [
        ("Quy chế hoạt động", "", "Bản thảo"),
        ("Kế hoạch hoạt động", "", "Đã ban hành"),
        ("Giao ước thi đua", "", "Chưa soạn"),
        ("Giấy mời", meeting.title, "Chưa soạn"),
        ("Giấy mời", meeting.title, "Chưa soạn"),
        ("Báo cáo tổng kết", meeting.title, "Bản thảo"),
        ("Biên bản bàn giao", "", "Chưa soạn"),
    ]
    page = work.get(reverse("portal:bloc-year-papers", args=[bloc_year.bloc.slug, bloc_year.year.slug]))
    assert "05/KH-BTC" in page.content.decode()


def test_a_member_is_offered_nothing_to_write_or_issue(bloc_year):
    MeetingFactory(bloc_year=bloc_year)
    rows = year_forms(bloc_year, staff_of(bloc_year.memberships[2].unit))
    assert [row.links.issue for row in rows if row.links.issue] == []
    assert [row.label for row in rows] == ["Báo cáo tổng kết", "Biên bản bàn giao"]


def test_every_address_of_the_list_opens(work, bloc_year, secretary):
    MeetingFactory(bloc_year=bloc_year, attending=True)
    ProposalFactory(bloc_year=bloc_year)
    for row in year_forms(bloc_year, secretary):
        for url in filter(None, (row.links.edit, row.links.pdf, row.links.docx, row.links.issue)):
            response = work.get(url)
            assert response.status_code == 200, url
            response.close()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(count, work, bloc_year, django_assert_max_num_queries):
    for number in range(count):
        MeetingFactory(bloc_year=bloc_year, starts_on=date(2021, 7, number + 1))
        ProposalFactory(bloc_year=bloc_year)
    with django_assert_max_num_queries(42):
        work.get(reverse("portal:bloc-year-papers", args=[bloc_year.bloc.slug, bloc_year.year.slug]))

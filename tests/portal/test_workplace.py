"""The overview of a bloc-year: how far it has come, what comes next, and its papers."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.enums import ItemState
from blocs.enums import CovenantState, OfficeRole, SignatureState
from blocs.models import Covenant, CovenantSignature, CovenantVersion, Handover
from documents.models import IssuedDocument
from meetings.enums import MeetingKind, MeetingStatus
from portal.reports.workplace import overview, papers_of
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
    small_pdf,
)
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def bloc_year_with(members=3):
    bloc_year = BlocYearFactory(members=members)
    return bloc_year, secretary_of(bloc_year)


def covenant_of(bloc_year, state, signed=0):
    version = CovenantVersion.objects.create(covenant=Covenant.objects.create(bloc_year=bloc_year), state=state)
    for number, member in enumerate(bloc_year.memberships):
        done = SignatureState.SIGNED if number < signed else SignatureState.WAITING
        CovenantSignature.objects.create(version=version, unit=member.unit, state=done, position=number)
    return version


def states(bloc_year, user):
    return {step.label: (step.state, step.note) for step in overview(bloc_year, user).steps}


def issued(subject, by, **values):
    return IssuedDocument.objects.create(
        form="bao-cao",
        title="Báo cáo tổng kết năm 2021",
        issued_on=date(2022, 1, 12),
        file=small_pdf("bao-cao.pdf"),
        sha256="0" * 64,
        code=f"abcd-{IssuedDocument.objects.count()}",
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        created_by=by,
        **values,
    )


# How far it has come


def test_a_year_just_opened_waits_for_its_covenant():
    bloc_year, secretary = bloc_year_with()
    assert states(bloc_year, secretary) == {
        "Mở năm": ("done", "3 đơn vị thành viên"),
        "Ký giao ước": ("current", "Chưa soạn"),
        "Sơ kết": ("todo", "Chưa họp"),
        "Tổng kết": ("todo", "Chưa họp"),
        "Trình khen thưởng": ("todo", "Chưa lập"),
        "Thẩm định": ("todo", "Chưa đến"),
        "Bàn giao": ("todo", "Chưa bàn giao"),
    }


def test_a_year_whose_letter_is_appraised_says_what_lies_there():
    bloc_year, secretary = bloc_year_with()
    covenant_of(bloc_year, CovenantState.SIGNED, signed=3)
    MeetingFactory(bloc_year=bloc_year)
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year, received=True))
    ProposalItemFactory(line=line)
    ProposalItemFactory(line=line, state=ItemState.RETURNED)
    ProposalItemFactory(line=line, state=ItemState.GRANTED)
    found = states(bloc_year, secretary)
    assert found["Ký giao ước"] == ("done", "Đã ký 3/3")
    # Nobody recorded a mid-year review; at the end of the year it will not come any more.
    assert found["Sơ kết"] == ("skipped", "Không ghi nhận")
    assert found["Tổng kết"] == ("done", "11/01/2022")
    assert found["Trình khen thưởng"][0] == "done"
    assert found["Trình khen thưởng"][1].startswith("3 đề nghị, ")
    assert found["Thẩm định"] == ("current", "1 chờ xét, 1 trả lại")
    assert found["Bàn giao"] == ("todo", "Chưa bàn giao")


def test_a_year_handed_over_with_all_items_decided_is_done():
    bloc_year, secretary = bloc_year_with()
    covenant_of(bloc_year, CovenantState.SIGNED, signed=3)
    MeetingFactory(bloc_year=bloc_year, kinds=[MeetingKind.YEAR_END, MeetingKind.MID_YEAR])
    ProposalItemFactory(state=ItemState.GRANTED, line__proposal=ProposalFactory(bloc_year=bloc_year, closed=True))
    unit = bloc_year.offices.get().unit
    Handover.objects.create(bloc_year=bloc_year, handed_over_on=date(2022, 2, 1), from_unit=unit, recorded_by=UserFactory())
    assert {state for state, _ in states(bloc_year, secretary).values()} == {"done"}


# What comes next


def next_titles(bloc_year, user):
    return [step.title for step in overview(bloc_year, user).next_steps]


def test_returned_items_come_first():
    bloc_year, secretary = bloc_year_with()
    proposal = ProposalFactory(bloc_year=bloc_year, received=True)
    ProposalItemFactory(line__proposal=proposal, state=ItemState.RETURNED)
    found = overview(bloc_year, secretary)
    assert (found.primary.title, found.primary.url) == ("Sửa 01 đề nghị bị trả lại", proposal.get_absolute_url())


def test_the_secretariat_is_led_from_the_covenant_to_the_hand_over():
    bloc_year, secretary = bloc_year_with()
    assert next_titles(bloc_year, secretary) == ["Soạn giao ước thi đua", "Thêm hội nghị của khối"]
    version = covenant_of(bloc_year, CovenantState.SIGNING, signed=1)
    assert next_titles(bloc_year, secretary)[0] == "Ghi nhận chữ ký giao ước: đã có 1/3"
    CovenantVersion.objects.filter(pk=version.pk).update(state=CovenantState.SIGNED)
    meeting = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, starts_on=date(2022, 1, 11))
    assert next_titles(bloc_year, secretary) == ["Nhập kết quả hội nghị"]
    meeting.status = MeetingStatus.CLOSED
    meeting.save()
    assert next_titles(bloc_year, secretary) == ["Lập tờ trình đề nghị khen thưởng", "Viết tin về hội nghị"]
    ProposalFactory(bloc_year=bloc_year, sent=True)
    assert next_titles(bloc_year, secretary) == [
        "Viết tin về hội nghị",
        "Ghi nhận bàn giao cho Khối trưởng năm sau",
    ]


def test_a_year_without_leader_first_asks_for_one():
    bloc_year = BlocYearFactory(members=2)
    assert next_titles(bloc_year, standing_agency_officer())[0] == "Ghi nhận đơn vị Khối trưởng, Khối phó"


def test_the_standing_agency_receives_appraises_and_records():
    bloc_year, _ = bloc_year_with()
    officer = standing_agency_officer()
    ProposalFactory(bloc_year=bloc_year)
    assert next_titles(bloc_year, officer) == []
    ProposalFactory(bloc_year=bloc_year, sent=True)
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year, received=True))
    ProposalItemFactory(line=line)
    ProposalItemFactory(line=line, state=ItemState.ACCEPTED)
    assert next_titles(bloc_year, officer) == [
        "Tiếp nhận tờ trình",
        "Xét 01 đề nghị",
        "Ghi nhận quyết định cho 01 đề nghị đủ điều kiện",
    ]


def test_a_member_is_told_whom_the_year_waits_for():
    bloc_year, _ = bloc_year_with()
    staff = staff_of(bloc_year.bloc.memberships.exclude(unit__offices__bloc_year=bloc_year).first().unit)
    ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True))
    found = overview(bloc_year, staff)
    assert found.next_steps == []
    assert found.waiting_for == "Cơ quan thường trực đang xem xét các đề nghị khen thưởng."


# What is shown


def shown(bloc_year, user, url=""):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    response = client.get(url or bloc_year.get_absolute_url())
    assert response.status_code == 200
    return response


def test_a_draft_letter_is_on_the_page_of_its_writers_only():
    bloc_year, secretary = bloc_year_with()
    draft = ProposalFactory(bloc_year=bloc_year)
    assert draft.get_absolute_url() in shown(bloc_year, secretary).content.decode()
    assert draft.get_absolute_url() not in shown(bloc_year, standing_agency_officer()).content.decode()


def test_the_difference_of_declared_and_named_is_shown():
    bloc_year, secretary = bloc_year_with()
    bloc_year.declared_members = 5
    bloc_year.save()
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year), declared_count=6, wording="Bằng khen")
    for _ in range(5):
        ProposalItemFactory(line=line)
    page = shown(bloc_year, secretary).content.decode()
    assert "Bằng khen: Số ghi trong biên bản là 06, danh sách có 05." in page
    assert "Văn bản ghi 05 đơn vị, danh sách có 03 đơn vị." in page


def test_an_empty_year_shows_no_empty_table_and_no_none():
    bloc_year = BlocYearFactory()
    page = shown(bloc_year, standing_agency_officer()).content.decode()
    for text in ("None", "<table", "null"):
        assert text not in page
    assert "Chưa có tờ trình nào." in page


def test_entering_on_behalf_is_said_on_top():
    bloc_year = BlocYearFactory(members=2)
    officer = standing_agency_officer()
    assert "Bạn đang nhập thay cho khối" in shown(bloc_year, officer).content.decode()
    secretary_of(bloc_year)
    assert "Bạn đang nhập thay cho khối" not in shown(bloc_year, officer).content.decode()


def test_the_years_of_a_bloc_lead_to_the_same_page_of_the_other_year():
    bloc_year, secretary = bloc_year_with()
    other = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    papers = shown(bloc_year, secretary, f"{bloc_year.get_absolute_url()}van-ban/")
    assert [(row["label"], row["url"], row["active"]) for row in papers.context["year_choices"]] == [
        ("2022", f"{other.get_absolute_url()}van-ban/", False),
        ("2021", f"{bloc_year.get_absolute_url()}van-ban/", True),
    ]


# Papers


def test_papers_of_the_year_are_those_its_reader_may_see_newest_first():
    bloc_year, secretary = bloc_year_with()
    bloc_year.bloc.founding_paper = PaperFactory(subject="Thành lập khối", is_public=True)
    bloc_year.bloc.save()
    report = issued(MeetingFactory(bloc_year=bloc_year), secretary, number="01/BC-KTĐ")
    letter = ProposalFactory(bloc_year=bloc_year)
    issued(letter, secretary, number="02/TTr-KTĐ")
    decision = DecisionFactory(
        items=[ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True))]
    )
    PaperFactory(subject="Văn bản của khối khác")
    staff = staff_of(bloc_year.bloc.memberships.exclude(unit__offices__bloc_year=bloc_year).first().unit)
    founding = bloc_year.bloc.founding_paper.number
    assert [row.number for row in papers_of(bloc_year, secretary)] == ["02/TTr-KTĐ", "01/BC-KTĐ", founding]
    assert [(row.number, row.is_public) for row in papers_of(bloc_year, staff)] == [
        (report.number, False),
        (founding, True),
    ]
    assert decision.paper.number in [row.number for row in papers_of(bloc_year, standing_agency_officer())]


# Queries


def full_year(count):
    bloc_year, secretary = bloc_year_with(members=count + 2)
    BlocOfficeFactory(bloc_year=bloc_year, unit=MembershipFactory(bloc=bloc_year.bloc).unit, role=OfficeRole.DEPUTY)
    covenant_of(bloc_year, CovenantState.SIGNING, signed=1)
    for _ in range(count):
        issued(MeetingFactory(bloc_year=bloc_year), secretary)
        line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year, received=True), declared_count=9)
        for _ in range(count):
            ProposalItemFactory(line=line, unit=UnitFactory())
        DecisionFactory(items=line.items.all())
    return bloc_year, secretary


@pytest.mark.parametrize("page", ["", "van-ban/"])
def test_a_page_of_the_year_asks_as_often_for_three_rows_as_for_one(page):
    def count(number):
        bloc_year, secretary = full_year(number)
        client = Client()
        client.force_login(secretary, "django.contrib.auth.backends.ModelBackend")
        url = bloc_year.get_absolute_url() + page
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    assert count(1) == count(3)

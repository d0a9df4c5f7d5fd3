"""What waits for me: each role sees its own work and nobody else's."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.enums import ItemState
from blocs.enums import CovenantState, OfficeRole, SignatureState, SigningOrder, YearState
from blocs.models import Covenant, CovenantSignature, CovenantVersion
from meetings.enums import MeetingStatus
from news.enums import ArticleState
from news.models import Article, Category
from portal.reports.tasks import dashboard_of
from tests.factories.awards import (
    CouncilMemberFactory,
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
)
from tests.factories.blocs import (
    AdministratorFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/"


def titles(user, year=None):
    return [task.title for task in dashboard_of(user, year).tasks]


def shown(user, url=HOME):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    response = client.get(url)
    assert response.status_code == 200
    return response


def draft_covenant(bloc_year, state=CovenantState.SIGNED):
    covenant = Covenant.objects.create(bloc_year=bloc_year)
    return CovenantVersion.objects.create(covenant=covenant, state=state)


def returned_line(bloc_year, count=2):
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year, received=True), wording="Bằng khen")
    for _ in range(count):
        ProposalItemFactory(line=line, state=ItemState.RETURNED, return_reason="Khai 06, danh sách có 05.")
    return line


def article(bloc_year, by, state=ArticleState.DRAFT, **values):
    category, _ = Category.objects.get_or_create(slug="tin", defaults={"name": "Tin hoạt động"})
    number = Article.objects.count() + 1
    return Article.objects.create(
        title=f"Hội nghị số {number}",
        slug=f"bai-{number}",
        category=category,
        bloc_year=bloc_year,
        created_by=by,
        state=state,
        **values,
    )


# The secretariat


def test_the_secretariat_reads_why_items_came_back_before_anything_else():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    returned_line(bloc_year)
    ProposalFactory(bloc_year=bloc_year)
    draft_covenant(bloc_year)
    first, *others = dashboard_of(secretary).tasks
    assert first.title == "Sửa 02 đề nghị bị trả lại: Bằng khen"
    assert first.text == "Lý do trả lại: Khai 06, danh sách có 05."
    assert [task.title for task in others] == ["Hoàn thiện và trình tờ trình khen thưởng"]
    page = shown(secretary).content.decode()
    assert "Khai 06, danh sách có 05." in page


def test_the_covenant_asks_for_its_next_step():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    assert titles(secretary) == ["Soạn giao ước thi đua"]
    version = draft_covenant(bloc_year, CovenantState.DRAFT)
    assert titles(secretary) == ["Gửi ký giao ước thi đua"]
    CovenantVersion.objects.filter(pk=version.pk).update(state=CovenantState.SIGNING)
    for member in bloc_year.memberships:
        CovenantSignature.objects.create(version=version, unit=member.unit)
    # The leading unit signs as well.
    assert titles(secretary) == ["Ghi nhận chữ ký giao ước: đã có 0/2", "Ký giao ước thi đua của khối"]
    CovenantVersion.objects.filter(pk=version.pk).update(state=CovenantState.SIGNED)
    assert titles(secretary) == []


def test_a_meeting_whose_day_has_come_waits_for_its_results_and_a_coming_one_is_announced():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    draft_covenant(bloc_year)
    MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, starts_on=date(2022, 1, 11))
    coming = MeetingFactory(
        bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, starts_on=timezone.localdate() + timezone.timedelta(days=9)
    )
    board = dashboard_of(secretary)
    assert [task.title for task in board.tasks] == ["Nhập kết quả hội nghị"]
    assert [row.next_meeting for row in board.meetings] == [coming]


def test_a_year_end_meeting_without_a_letter_asks_for_one():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    draft_covenant(bloc_year)
    MeetingFactory(bloc_year=bloc_year)
    assert titles(secretary) == ["Lập tờ trình đề nghị khen thưởng", "Khóa biên bản hội nghị"]


def test_after_the_hand_over_and_in_a_closed_year_nothing_is_asked():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    returned_line(bloc_year)
    bloc_year.year.state = YearState.CLOSED
    bloc_year.year.save()
    assert titles(secretary) == []
    bloc_year.year.state = YearState.OPEN
    bloc_year.year.save()
    bloc_year.offices.update(handed_over_on=date(2022, 2, 1))
    assert titles(secretary) == []


def test_a_returned_article_shows_its_reason_to_its_writer():
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    draft_covenant(bloc_year)
    article(bloc_year, secretary, return_reason="Bổ sung ảnh hội nghị")
    (task,) = dashboard_of(secretary).tasks
    assert (task.title, task.tone) == ("Sửa bài bị trả lại", "bad")
    assert task.text == "Hội nghị số 1. Lý do: Bổ sung ảnh hội nghị"


# Other roles


def test_a_member_is_asked_to_sign_and_sees_its_own_nomination():
    bloc_year = BlocYearFactory(members=2)
    secretary_of(bloc_year)
    unit = bloc_year.bloc.memberships.exclude(unit__offices__bloc_year=bloc_year).first().unit
    staff = staff_of(unit)
    version = draft_covenant(bloc_year, CovenantState.SIGNING)
    CovenantSignature.objects.create(version=version, unit=unit)
    item = ProposalItemFactory(unit=unit, line__proposal=ProposalFactory(bloc_year=bloc_year, sent=True))
    hidden = ProposalItemFactory(unit=unit, line__proposal=ProposalFactory(bloc_year=bloc_year))
    board = dashboard_of(staff)
    assert [task.title for task in board.tasks] == ["Ký giao ước thi đua của khối"]
    assert board.nominations == [item]
    assert hidden not in board.nominations
    assert (board.led, [row.bloc_year for row in board.joined]) == ([], [bloc_year])


def test_who_signs_in_turn_is_asked_when_it_is_its_turn_and_the_leader_hears_of_a_refusal():
    bloc_year = BlocYearFactory(members=3)
    secretary = secretary_of(bloc_year)
    units = [row.unit for row in bloc_year.memberships]
    version = draft_covenant(bloc_year, CovenantState.SIGNING)
    yesterday = timezone.localdate() - timedelta(days=1)
    CovenantVersion.objects.filter(pk=version.pk).update(order=SigningOrder.IN_TURN, sign_by=yesterday)
    lines = [
        CovenantSignature.objects.create(version=version, unit=unit, position=place) for place, unit in enumerate(units, 1)
    ]
    second, third = staff_of(units[1]), staff_of(units[2])
    assert (titles(second), titles(third)) == ([], [])
    CovenantSignature.objects.filter(pk=lines[0].pk).update(state=SignatureState.SIGNED)
    (task,) = dashboard_of(second).tasks
    assert (task.title, task.tone) == ("Ký giao ước thi đua của khối", "bad")
    assert task.text.endswith("quá hạn 01 ngày.")
    assert titles(third) == []
    CovenantSignature.objects.filter(pk=lines[1].pk).update(
        state=SignatureState.REFUSED, refusal_reason="Chờ ý kiến cấp trên."
    )
    found = {task.title: task for task in dashboard_of(secretary).tasks}
    refusal = found[f"{units[1]} từ chối ký giao ước"]
    assert (refusal.text, refusal.tone) == ("Lý do: Chờ ý kiến cấp trên.", "bad")
    assert found["Ghi nhận chữ ký giao ước: đã có 1/3"].tone == "bad"


def test_the_standing_agency_sees_what_arrived_and_counters_that_open_lists():
    officer = standing_agency_officer()
    bloc_year = BlocYearFactory(members=2)
    ProposalFactory(bloc_year=bloc_year)
    ProposalFactory(bloc_year=bloc_year, sent=True)
    received = ProposalFactory(bloc_year=bloc_year, received=True)
    line = ProposalLineFactory(proposal=received)
    ProposalItemFactory(line=line)
    ProposalItemFactory(line=line, unit=None, nameless_count=4)
    ProposalItemFactory(line=line, state=ItemState.ACCEPTED)
    DecisionFactory()
    board = dashboard_of(officer)
    assert {task.title for task in board.tasks} == {
        "Tiếp nhận tờ trình đề nghị khen thưởng",
        "Xét 05 đề nghị khen thưởng",
        "Ghi nhận quyết định cho 01 đề nghị đủ điều kiện",
        "Công bố quyết định khen thưởng",
    }
    assert [(counter.label, counter.value) for counter in board.counters] == [
        ("Tờ trình mới đến", 1),
        ("Đề nghị chờ xét", 5),
        ("Trả lại, chờ khối sửa", 0),
        ("Đủ điều kiện, chờ quyết định", 1),
        ("Quyết định chờ công bố", 1),
    ]
    client = Client()
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    assert {client.get(counter.url).status_code for counter in board.counters} == {200}
    assert [row.bloc_year for row in board.followed] == [bloc_year]


def test_an_agency_sees_only_the_blocs_of_its_organiser():
    theirs = BlocYearFactory(bloc__organiser=UnitFactory(is_standing_agency=True))
    ProposalFactory(bloc_year=theirs, sent=True)
    board = dashboard_of(standing_agency_officer())
    assert (board.tasks, board.followed) == ([], [])


def test_the_council_reads_received_letters_only():
    member = CouncilMemberFactory().user
    ProposalFactory(sent=True)
    received = ProposalFactory(received=True)
    assert [task.url for task in dashboard_of(member).tasks] == [received.get_absolute_url()]


def test_an_editor_reviews_what_others_wrote():
    reviewer = editor()
    bloc_year = BlocYearFactory()
    article(bloc_year, reviewer, ArticleState.IN_REVIEW)
    waiting = article(bloc_year, UserFactory(), ArticleState.IN_REVIEW)
    assert [task.text for task in dashboard_of(reviewer).tasks] == [waiting.title]


def test_an_administrator_manages_accounts_and_has_no_work():
    ProposalFactory(sent=True)
    administrator = AdministratorFactory()
    board = dashboard_of(administrator)
    assert (board.roles, board.tasks) == (["Quản trị hệ thống"], [])
    page = shown(administrator).content.decode()
    assert reverse("admin:accounts_user_changelist") in page
    assert "Việc chờ bạn" not in page


def test_a_person_without_an_assignment_is_told_what_to_do():
    page = shown(UserFactory()).content.decode()
    assert "Tài khoản của bạn chưa được phân công." in page


# The year


def test_changing_the_year_changes_every_list():
    bloc_year = BlocYearFactory(members=2)
    next_year = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    secretary = secretary_of(bloc_year)
    unit = bloc_year.offices.get().unit
    BlocOfficeFactory(bloc_year=next_year, unit=unit)
    returned_line(bloc_year)
    response = shown(secretary, f"{HOME}?nam=2022")
    assert [row.bloc_year for row in response.context["board"].led] == [next_year]
    assert [task.title for task in response.context["board"].tasks] == ["Soạn giao ước thi đua"]
    choices = [(choice["label"], choice["active"]) for choice in response.context["year_choices"]]
    assert choices == [("đang mở", False), ("2022", True), ("2021", False)]
    assert [row.bloc_year for row in shown(secretary).context["board"].led] == [next_year, bloc_year]
    assert str(shown(secretary, f"{HOME}?nam=khong-co").context["current_year"]) == "đang mở"


@pytest.mark.parametrize("year", ["%00", "2021%00", "' OR 1=1", "9" * 300, "năm"])
def test_a_nonsense_year_gives_a_page_and_no_error(year):
    assert shown(standing_agency_officer(), f"{HOME}?nam={year}").status_code == 200


# Queries


def secretary_with(count):
    unit = UnitFactory()
    for _ in range(count):
        bloc_year = BlocYearFactory(members=2)
        MembershipFactory(bloc=bloc_year.bloc, unit=unit)
        BlocOfficeFactory(bloc_year=bloc_year, unit=unit)
        BlocOfficeFactory(bloc_year=bloc_year, unit=bloc_year.bloc.memberships.first().unit, role=OfficeRole.DEPUTY)
        MeetingFactory(bloc_year=bloc_year)
        returned_line(bloc_year, count)
        ProposalFactory(bloc_year=bloc_year)
        draft_covenant(bloc_year, CovenantState.SIGNING)
    user = staff_of(unit)
    for _ in range(count):
        article(bloc_year, user)
    return user


def member_with(count):
    unit = UnitFactory()
    for _ in range(count):
        bloc_year = BlocYearFactory(members=2)
        MembershipFactory(bloc=bloc_year.bloc, unit=unit)
        BlocOfficeFactory(bloc_year=bloc_year, unit=bloc_year.bloc.memberships.first().unit)
        CovenantSignature.objects.create(version=draft_covenant(bloc_year, CovenantState.SIGNING), unit=unit)
        ProposalItemFactory(unit=unit, line__proposal=ProposalFactory(bloc_year=bloc_year, sent=True))
    return staff_of(unit)


def agency_with(count):
    for _ in range(count):
        bloc_year = BlocYearFactory(members=2)
        BlocOfficeFactory(bloc_year=bloc_year, unit=bloc_year.bloc.memberships.first().unit)
        MeetingFactory(bloc_year=bloc_year)
        draft_covenant(bloc_year, CovenantState.SIGNING)
        ProposalFactory(bloc_year=bloc_year, sent=True)
        ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year, received=True))
        DecisionFactory()
    return standing_agency_officer()


def council_with(count):
    for _ in range(count):
        ProposalFactory(received=True)
    return CouncilMemberFactory().user


def editor_with(count):
    for _ in range(count):
        article(BlocYearFactory(), UserFactory(), ArticleState.IN_REVIEW)
    return editor()


@pytest.mark.parametrize("make", [secretary_with, member_with, agency_with, council_with, editor_with])
def test_the_dashboard_asks_as_often_for_three_rows_as_for_one(make):
    def count(number):
        client = Client()
        client.force_login(make(number), "django.contrib.auth.backends.ModelBackend")
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            client.get(HOME)
        return len(captured)

    assert count(1) == count(3)

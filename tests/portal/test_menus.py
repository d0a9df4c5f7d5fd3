"""The menu on the left: lines for what the user may do, and what waits beside them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.awards import CouncilMemberFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    EmulationYearFactory,
    UserFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


def menu(user, url="/lam-viec/"):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    response = client.get(url)
    return [(group["label"], [line["label"] for line in group["items"]]) for group in response.context["menu"]]


OWN = ("Chung", ["Sổ văn bản", "Tài khoản của tôi", "Trang công khai"])


def test_somebody_without_work_has_the_common_lines_only():
    assert menu(UserFactory()) == [("", ["Bảng việc"]), OWN]


def test_a_secretary_and_a_member_find_their_open_years():
    bloc_year = BlocYearFactory(members=2, bloc__short_name="Khối số 1")
    BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2020", state="closed"))
    secretary = secretary_of(bloc_year)
    places = ("Khối của tôi", ["Năm 2021: Khối số 1"])
    assert menu(secretary) == [("", ["Bảng việc"]), places, ("Cổng thông tin", ["Tin bài"]), OWN]
    member = bloc_year.bloc.memberships.exclude(unit__offices__bloc_year=bloc_year).first().unit
    assert menu(staff_of(member)) == [("", ["Bảng việc"]), places, OWN]


def test_the_standing_agency_has_board_newsroom_and_registry():
    groups = menu(standing_agency_officer())
    assert [label for label, _ in groups] == ["", "Thẩm định, khen thưởng", "Cổng thông tin", "Danh mục", "Chung"]


def test_council_member_editor_and_administrator_have_their_own_line():
    assert menu(CouncilMemberFactory().user)[1] == ("Thẩm định, khen thưởng", ["Tờ trình, thẩm định"])
    assert menu(editor())[1] == ("Cổng thông tin", ["Tin bài"])
    assert menu(AdministratorFactory())[-1][1] == [
        "Sổ văn bản",
        "Tài khoản của tôi",
        "Quản trị hệ thống",
        "Nhập tài khoản từ Excel",
        "Trang công khai",
    ]


def test_every_line_of_the_menu_can_be_opened():
    bloc_year = BlocYearFactory(members=2)
    for user in (secretary_of(bloc_year), standing_agency_officer(), CouncilMemberFactory().user, editor()):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        groups = client.get("/lam-viec/").context["menu"]
        answers = {line["url"]: client.get(line["url"]).status_code for group in groups for line in group["items"]}
        assert set(answers.values()) == {200}, answers


def test_letters_that_wait_are_counted_once_and_the_line_of_the_page_is_marked():
    officer = standing_agency_officer()
    ProposalFactory(sent=True)
    received = ProposalFactory(received=True)
    for _ in range(2):
        ProposalItemFactory(line__proposal=received)
    ProposalFactory(received=True)
    client = Client()
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    lines = {line["label"]: line for group in client.get(reverse("awards:board")).context["menu"] for line in group["items"]}
    assert lines["Tờ trình, thẩm định"]["count"] == 2
    assert [label for label, line in lines.items() if line["active"]] == ["Tờ trình, thẩm định"]


def test_the_unit_stands_on_top_and_public_pages_do_not_read_the_menu():
    client = Client()
    client.force_login(standing_agency_officer(), "django.contrib.auth.backends.ModelBackend")
    assert str(client.get("/lam-viec/").context["current_unit"]) == "Phòng Thi đua - Khen thưởng, Sở Nội vụ"
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("news:articles"))
    assert [query["sql"] for query in captured if "blocs_assignment" in query["sql"]] == []

"""A pasted list: a line is divided only where every part is a known unit, and only as far as the user lets it."""

from datetime import date

import pytest
from django.urls import reverse

from blocs.matching import UnitMatcher
from blocs.models import UnitAlias
from tests.factories.blocs import BlocFactory, MembershipFactory, UnitFactory, standing_agency_officer

pytestmark = pytest.mark.django_db
CULTURE = "Sở Văn hóa, Thể thao và Du lịch"


@pytest.fixture
def units():
    made = {name: UnitFactory(name=name) for name in (CULTURE, "Sở Y tế", "Hội Nhà báo", "Đoàn Luật sư")}
    UnitAlias.objects.create(unit=made["Đoàn Luật sư"], text="Đoàn LS")
    return made


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (CULTURE, []),
        (f"{CULTURE}; Sở Y tế", [CULTURE, "Sở Y tế"]),
        (f"Sở Y tế, {CULTURE}, Hội Nhà báo", ["Sở Y tế", CULTURE, "Hội Nhà báo"]),
        ("sở y tế; doan ls;", ["Sở Y tế", "Đoàn Luật sư"]),
        ("Sở Y tế; Hội Chưa Ai Biết", []),
        ("Sở Y tế, Thể thao và Du lịch", []),
        ("Trung đoàn 3, Sư đoàn 9 (Quân đoàn 34)", []),
        ("Sở Y tế", []),
        (";;,", []),
        ("Sở Y tế, " * 100, []),
    ],
)
def test_a_line_has_parts_only_where_each_is_known(units, line, parts):
    assert [unit.name for unit in UnitMatcher().parts(line)] == parts


def paste(client, bloc, names, **answers):
    url = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    return client.post(url, {"names": names, "starts_on": "05/03/2021", **answers})


def test_a_line_of_known_units_is_offered_divided_and_saved_so(client, units):
    client.force_login(standing_agency_officer())
    bloc = BlocFactory()
    names = f"{CULTURE}\nSở Y tế; Hội Nhà báo\nHội A; Hội B"
    lines = paste(client, bloc, names).context["lines"]
    assert [line.kind for line in lines] == ["known", "list", "new"]
    assert lines[1].options[0] == ("tach", "Tách thành 02 đơn vị: Sở Y tế; Hội Nhà báo")
    assert paste(client, bloc, names, luu="1").status_code == 302
    members = [row.unit.name for row in bloc.memberships.in_order().select_related("unit")]
    assert members == [CULTURE, "Sở Y tế", "Hội Nhà báo", "Hội A; Hội B"]


def test_the_user_may_keep_the_line_as_one_name(client, units):
    client.force_login(standing_agency_officer())
    bloc = BlocFactory()
    assert paste(client, bloc, "Sở Y tế; Hội Nhà báo", luu="1", **{"dong-1": "moi"}).status_code == 302
    assert bloc.memberships.get().unit.name == "Sở Y tế; Hội Nhà báo"


def test_members_and_units_of_other_lines_are_left_out_of_the_division(client, units):
    client.force_login(standing_agency_officer())
    bloc = BlocFactory()
    MembershipFactory(bloc=bloc, unit=units["Sở Y tế"], starts_on=date(2021, 3, 5))
    lines = paste(client, bloc, "Hội Nhà báo\nSở Y tế; Hội Nhà báo; Đoàn Luật sư").context["lines"]
    assert [unit.name for unit in lines[1].choice] == ["Đoàn Luật sư"]
    assert paste(client, bloc, "Hội Nhà báo\nSở Y tế; Hội Nhà báo; Đoàn Luật sư", luu="1").status_code == 302
    assert bloc.memberships.count() == 3

"""The public pages of blocs, years and units: true for their day, nothing pending, constant in their queries."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from blocs.enums import BlocKind, BlocWord, CovenantState, OfficeRole, SignatureState
from blocs.models import (
    BlocAlias,
    Covenant,
    CovenantItem,
    CovenantSignature,
    CovenantVersion,
    Movement,
    OfficeHolder,
    UnitName,
)
from documents.models import IssuedDocument
from meetings.enums import MeetingStatus, Presence
from tests.factories.awards import (
    DecisionFactory,
    GrantFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
)
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def year_url(bloc_year):
    return bloc_year.get_public_url()


def covenant(bloc_year, signed, total, state=CovenantState.SIGNED):
    version = CovenantVersion.objects.create(
        covenant=Covenant.objects.create(bloc_year=bloc_year), state=state, signed_on=date(2021, 3, 20)
    )
    CovenantItem.objects.create(version=version, text="Hoàn thành 100% chỉ tiêu được giao.")
    for number in range(total):
        CovenantSignature.objects.create(
            version=version,
            unit=UnitFactory(),
            state=SignatureState.SIGNED if number < signed else SignatureState.WAITING,
        )
    return version


@pytest.mark.parametrize("name", ["portal:home", "portal:bloc-list", "news:articles"])
def test_an_empty_site_says_so_kindly(client, name):
    html = read(client, reverse(name))
    assert "Chưa có" in html
    assert "None" not in html


def test_home_leads_with_the_newest_story_and_its_picture(client):
    old = ArticleFactory(published=True, published_at=timezone.now() - timedelta(days=3))
    new = ArticleFactory(published=True)
    photo = PhotoFactory(article=new)
    ArticleFactory(title="Bài chưa đăng")
    response = client.get(reverse("portal:home"))
    assert (response.context["lead_story"], response.context["news"]) == (new, [old])
    html = response.content.decode()
    assert photo.get_absolute_url() in html
    assert "Bài chưa đăng" not in html


def test_home_counts_from_the_records_of_the_day(client):
    bloc_year = BlocYearFactory(members=3)
    BlocYearFactory(bloc__word=BlocWord.CLUSTER)
    MembershipFactory(bloc=bloc_year.bloc, starts_on=date(2021, 3, 5), ends_on=date(2021, 12, 31))
    covenant(bloc_year, 2, 2)
    GrantFactory(bloc_year=bloc_year)
    facts = client.get(reverse("portal:home")).context["facts"]
    assert (facts.blocs, facts.clusters, facts.units, facts.signed, facts.open_years, facts.grants) == (1, 1, 3, 1, 2, 1)


def test_home_shows_published_decisions_alone(client):
    shown = GrantFactory(decision=DecisionFactory(published=True)).decision
    hidden = DecisionFactory()
    html = read(client, reverse("portal:home"))
    assert shown.paper.number in html
    assert hidden.paper.number not in html


def test_blocs_stand_in_vietnamese_order(client):
    names = ["Khối đoàn thể", "Khối Đảng", "Khối doanh nghiệp", "Cụm huyện"]
    for name in names:
        BlocFactory(name=name)
    cards = client.get(reverse("portal:bloc-list")).context["cards"]
    assert [card.bloc.name for card in cards] == ["Cụm huyện", "Khối doanh nghiệp", "Khối Đảng", "Khối đoàn thể"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "tham muu"}, ["Khối tham mưu"]),
        ({"q": "khoi thi dua tong hop"}, ["Khối tham mưu"]),
        ({"q": "so tai chinh"}, ["Khối tham mưu"]),
        ({"loai": BlocKind.ENTERPRISE}, ["Khối doanh nghiệp"]),
        ({"ten_goi": BlocWord.CLUSTER}, ["Cụm huyện"]),
        ({"q": "khong co"}, []),
        ({"loai": "sai"}, ["Cụm huyện", "Khối doanh nghiệp", "Khối tham mưu"]),
        ({"q": "\0"}, ["Cụm huyện", "Khối doanh nghiệp", "Khối tham mưu"]),
    ],
)
def test_blocs_are_found_by_name_alias_member_kind_and_word(client, query, found):
    bloc = BlocFactory(name="Khối tham mưu")
    BlocAlias.objects.create(bloc=bloc, text="Khối thi đua Tổng hợp")
    MembershipFactory(bloc=bloc, unit=UnitFactory(name="Sở Tài chính"))
    BlocFactory(name="Khối doanh nghiệp", kind=BlocKind.ENTERPRISE)
    BlocFactory(name="Cụm huyện", word=BlocWord.CLUSTER)
    BlocFactory(name="Khối tham mưu cũ", dissolved_on=date(2021, 6, 1))
    response = client.get(reverse("portal:bloc-list"), query)
    assert [card.bloc.name for card in response.context["cards"]] == found


def test_the_time_line_runs_from_the_newest_year_to_the_founding(client):
    paper = PaperFactory(number="543/QĐ-UBND", is_public=True)
    bloc = BlocFactory(founding_paper=paper)
    first = BlocYearFactory(bloc=bloc)
    second = BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug="2022"))
    office = BlocOfficeFactory(bloc_year=first, unit=UnitFactory(name="Ban Tổ chức Tỉnh ủy"))
    OfficeHolder.objects.create(office=office, person_name="Bùi Đình Thi", titles=["Trưởng ban"], starts_on=date(2021, 1, 1))
    covenant(first, 15, 15)
    news = ArticleFactory(published=True, bloc_year=first)
    ArticleFactory(bloc_year=first, title="Bài chưa đăng")
    response = client.get(bloc.get_absolute_url())
    html = response.content.decode()
    eras = response.context["page"].eras
    assert [era.bloc_year for era in eras] == [second, first]
    assert (eras[1].covenant.signed, eras[1].covenant.total, eras[0].covenant) == (15, 15, None)
    assert eras[1].articles == [news]
    for text in ("Ban Tổ chức Tỉnh ủy", "Bùi Đình Thi, Trưởng ban", "15/15", "543/QĐ-UBND", "05/03/2021"):
        assert text in html
    assert "Bài chưa đăng" not in html


def test_members_of_a_year_are_those_of_its_last_day_under_their_names_of_then(client):
    bloc_year = BlocYearFactory()
    unit = UnitFactory(name="Ban Tuyên giáo và Dân vận")
    unit.names.update(starts_on=date(2025, 2, 1))
    UnitName.objects.create(unit=unit, name="Ban Tuyên giáo", starts_on=date(2000, 1, 1), ends_on=date(2025, 1, 31))
    second = MembershipFactory(bloc=bloc_year.bloc, position=2, unit=unit)
    first = MembershipFactory(bloc=bloc_year.bloc, position=1)
    MembershipFactory(bloc=bloc_year.bloc, position=3, ends_on=date(2021, 6, 30))
    MembershipFactory(bloc=bloc_year.bloc, position=4, starts_on=date(2022, 1, 1))
    BlocOfficeFactory(bloc_year=bloc_year, unit=unit, role=OfficeRole.DEPUTY)
    page = client.get(year_url(bloc_year)).context["page"]
    assert [member.unit for member in page.members] == [first.unit, second.unit]
    assert str(page.members[1].unit) == "Ban Tuyên giáo"
    assert [line.title for line in page.members[1].offices] == ["Khối phó"]
    assert page.leaders[0].unit_name == "Ban Tuyên giáo"
    today = client.get(bloc_year.bloc.get_absolute_url()).context["page"].members
    assert "Ban Tuyên giáo và Dân vận" in [str(member.unit) for member in today]


def test_movements_stand_by_unit_then_of_the_whole_bloc(client):
    bloc_year = BlocYearFactory()
    units = [UnitFactory(name=f"Đơn vị {letter}") for letter in "ABCDEF"]
    for position, name in enumerate(["một", "hai", "ba", "bốn"]):
        Movement.objects.create(bloc_year=bloc_year, name=name, position=position)
    for position, unit in enumerate([*units, units[0]], 10):
        Movement.objects.create(bloc_year=bloc_year, name=f"phong trào {position}", unit=unit, position=position)
    groups = client.get(year_url(bloc_year)).context["page"].movements
    assert [(group.unit_name, len(group.movements)) for group in groups] == [
        ("Đơn vị A", 2),
        *[(f"Đơn vị {letter}", 1) for letter in "BCDEF"],
        ("", 4),
    ]


def test_held_meetings_are_facts_and_announced_ones_are_not_shown(client):
    bloc_year = BlocYearFactory(members=3)
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    meeting.attendances.filter(position=3).update(presence=Presence.ABSENT)
    MeetingFactory(bloc_year=bloc_year, title="Hội nghị sắp họp", status=MeetingStatus.ANNOUNCED)
    response = client.get(year_url(bloc_year))
    assert [(row.meeting, row.present, row.listed) for row in response.context["page"].meetings] == [(meeting, 2, 3)]
    assert "Hội nghị sắp họp" not in response.content.decode()


@pytest.mark.parametrize(
    ("state", "shown", "text_shown"),
    [
        (CovenantState.DRAFT, False, False),
        (CovenantState.SIGNING, True, False),
        (CovenantState.SIGNED, True, True),
    ],
)
def test_a_covenant_is_counted_once_sent_and_read_once_signed(client, state, shown, text_shown):
    bloc_year = BlocYearFactory()
    covenant(bloc_year, 3 if text_shown else 2, 3, state)
    for url in (year_url(bloc_year), bloc_year.bloc.get_absolute_url()):
        assert ("/3</strong>" in read(client, url)) == shown
    assert ("Hoàn thành 100% chỉ tiêu" in read(client, year_url(bloc_year))) == text_shown


def test_nothing_pending_refused_revoked_or_undecided_is_shown_anywhere(client):
    bloc_year = BlocYearFactory(members=1)
    unit = bloc_year.bloc.memberships.get().unit
    line = ProposalLineFactory(proposal=ProposalFactory(bloc_year=bloc_year), award__name="Huân chương chờ xét")
    ProposalItemFactory(line=line, unit=unit)
    GrantFactory(decision=DecisionFactory(), award__name="Bằng khen chưa công bố", bloc_year=bloc_year, unit=unit)
    GrantFactory(award__name="Bằng khen đã thu hồi", bloc_year=bloc_year, unit=unit, revoked_on=date(2022, 9, 1))
    granted = GrantFactory(award__name="Cờ thi đua đã công bố", bloc_year=bloc_year, unit=unit)
    for url in (year_url(bloc_year), bloc_year.bloc.get_absolute_url(), unit.get_absolute_url()):
        html = read(client, url)
        assert granted.award.name in html
        for text in ("chờ xét", "chưa công bố", "thu hồi"):
            assert text not in html


def test_papers_are_shown_when_public_and_a_letter_never(client):
    public = PaperFactory(number="1/QĐ-UBND", is_public=True, issued_on=date(2021, 3, 5))
    hidden = PaperFactory(number="2/QĐ-UBND", issued_on=date(2021, 3, 5))
    bloc_year = BlocYearFactory()
    BlocOfficeFactory(bloc_year=bloc_year, paper=public)
    MembershipFactory(bloc=bloc_year.bloc, paper=hidden)
    by = UserFactory()
    records = [
        (Covenant.objects.create(bloc_year=bloc_year), "Giao ước đã in", True),
        (MeetingFactory(bloc_year=bloc_year), "Báo cáo nội bộ", False),
        (ProposalFactory(bloc_year=bloc_year), "Tờ trình nêu tên", True),
    ]
    for number, (record, title, is_public) in enumerate(records):
        IssuedDocument.objects.create(
            form="x",
            title=title,
            issued_on=date(2021, 4, 1),
            file=ContentFile(b"%PDF-", name="x.pdf"),
            sha256="0",
            code=f"ma-{number}",
            is_public=is_public,
            subject_type=ContentType.objects.get_for_model(record),
            subject_id=record.pk,
            created_by=by,
        )
    papers = client.get(year_url(bloc_year)).context["page"].papers
    assert [paper.title for paper in papers] == ["Giao ước đã in", str(public)]


def test_a_unit_shows_names_blocs_offices_and_awards(client):
    bloc_year = BlocYearFactory()
    unit = UnitFactory(name="Hội Nông dân tỉnh")
    UnitName.objects.create(unit=unit, name="Nông hội tỉnh", starts_on=date(1980, 1, 1), ends_on=date(1999, 12, 31))
    MembershipFactory(bloc=bloc_year.bloc, unit=unit)
    BlocOfficeFactory(bloc_year=bloc_year, unit=unit)
    grant = GrantFactory(unit=unit, bloc_year=bloc_year)
    html = read(client, unit.get_absolute_url())
    for text in ("Nông hội tỉnh", bloc_year.bloc.name, "Khối trưởng", "năm 2021", grant.award.name):
        assert text in html


def test_an_almost_empty_year_has_no_empty_heading(client):
    html = read(client, year_url(BlocYearFactory()))
    assert "Năm này chưa có hoạt động nào được công bố." in html
    for text in ("Phong trào thi đua</h2>", "Hội nghị</h2>", "Văn bản công khai", "None", "Giao ước thi đua</h2>"):
        assert text not in html


@pytest.mark.parametrize(
    ("name", "args"),
    [("portal:bloc", ["khong-co"]), ("portal:bloc-year", ["khong-co", "2021"]), ("portal:unit", ["khong-co"])],
)
def test_what_does_not_exist_is_not_found(client, name, args):
    assert client.get(reverse(name, args=args)).status_code == 404


def full_bloc(count):
    """A bloc with `count` rows of everything."""
    bloc = BlocFactory(founding_paper=PaperFactory(is_public=True))
    for number in range(count):
        bloc_year = BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug=str(2021 + number)))
        MembershipFactory(bloc=bloc, position=number)
    bloc_year = bloc.years.order_by("year__starts_on").first()
    covenant(bloc_year, count, count)
    for number in range(count):
        office = BlocOfficeFactory(
            bloc_year=bloc_year,
            unit=bloc.memberships.get(position=number).unit,
            role=OfficeRole.DEPUTY,
            order=number + 1,
            paper=PaperFactory(is_public=True),
        )
        OfficeHolder.objects.create(office=office, person_name="Bùi Đình Thi", starts_on=date(2021, 1, 1))
        GrantFactory(bloc_year=bloc_year, unit=office.unit)
        MeetingFactory(bloc_year=bloc_year, attending=True)
        Movement.objects.create(bloc_year=bloc_year, name="phong trào", unit=office.unit)
        PhotoFactory(article=ArticleFactory(published=True, bloc_year=bloc_year))
    return bloc_year


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (lambda bloc_year: reverse("portal:home"), 15),
        (lambda bloc_year: reverse("portal:bloc-list"), 10),
        (lambda bloc_year: bloc_year.bloc.get_absolute_url(), 23),
        (lambda bloc_year: bloc_year.get_public_url(), 24),
        (lambda bloc_year: bloc_year.offices.first().unit.get_absolute_url(), 10),
    ],
)
def test_pages_take_a_constant_number_of_queries(client, django_assert_max_num_queries, address, queries, count):
    ContentType.objects.clear_cache()
    url = address(full_bloc(count))
    with django_assert_max_num_queries(queries):
        assert client.get(url).status_code == 200


def test_an_unchanged_page_is_not_sent_twice(client):
    first = client.get(reverse("portal:bloc-list"))
    again = client.get(reverse("portal:bloc-list"), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    BlocFactory()
    assert client.get(reverse("portal:bloc-list"), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_machines_find_what_they_ask_for(client, monkeypatch):
    bloc_year = BlocYearFactory()
    article = ArticleFactory(published=True)
    draft = ArticleFactory()
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /lam-viec/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    sitemap = client.get("/sitemap.xml").content.decode()
    for url in (bloc_year.bloc.get_absolute_url(), bloc_year.get_public_url(), article.get_public_url()):
        assert f"<loc>http://testserver{url}</loc>" in sitemap
    assert draft.slug not in sitemap
    assert client.get("/healthz").content == b"ok\n"


def test_health_says_when_the_database_is_away(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr("portal.views.public.connection.cursor", broken)
    assert client.get("/healthz").status_code == 503

"""The demo province stands at the moment that design §6 describes, and only in an empty database."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from awards.enums import ItemState, ProposalState
from awards.models import AwardKind, Proposal, ProposalItem
from awards.reports import totals
from awards.services import (
    NomineeInput,
    accept_items,
    close_proposal,
    correct_line,
    publish_decision,
    record_decision,
)
from blocs.certificates import trusted_roots
from blocs.enums import CovenantState, SignatureState, SignatureWay, YearState
from blocs.models import BlocYear, CovenantSignature, CovenantVersion, EmulationYear, Handover, TargetResult
from blocs.services import record_handover
from common.models import AuditEvent
from common.permissions import may
from documents.models import IssuedDocument, Issuer, Paper
from documents.signing import read_signatures
from meetings.enums import Capacity, MeetingStatus
from meetings.models import Meeting
from news.enums import ArticleState
from news.models import Article
from news.services import publish_article
from portal.context_processors import DEMO_ACCOUNTS
from portal.demo import facts
from portal.demo.pki import key_file
from portal.demo.seeds_00_03 import (
    FRONT_AND_UNIONS_2019,
    PARTY_BODIES_2021,
    PROVINCIAL_PARTY_2020,
    SEEDS,
    STAFF_OFFICES_2023,
)
from portal.reports.tasks import dashboard_of
from portal.reports.workplace import overview
from tests.factories.awards import small_pdf

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Built once for the tests that only look at it, in a transaction around theirs."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("create_demo", verbosity=0)
            yield {user.username: user for user in User.objects.all()}
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_reference_data_are_no_obstacle_and_may_be_added_again(demo):
    kinds = AwardKind.objects.count()
    call_command("seed_reference", verbosity=0)
    assert AwardKind.objects.count() == kinds > 0


def test_the_demo_refuses_a_database_that_holds_anything_else(demo):
    with pytest.raises(CommandError, match="Cơ sở dữ liệu đã có tài khoản, đơn vị, khối thi đua, văn bản"):
        call_command("create_demo", verbosity=0)


def test_the_demo_stands_at_the_living_moment(demo):
    assert set(demo) == {name for name, _ in DEMO_ACCOUNTS}
    assert all(user.check_password("demo") and not user.must_change_password for user in demo.values())
    year = BlocYear.objects.get(bloc__slug=facts.BLOC["slug"], year__slug="2021")
    following = BlocYear.objects.get(bloc__slug=facts.BLOC["slug"], year__slug="2022")
    assert [row.unit.name for row in year.memberships] == [name for name, *_ in facts.MEMBERS]
    offices = {
        row.year.slug: [(office.role, office.unit.name) for office in row.offices.in_order().select_related("unit")]
        for row in (year, following)
    }
    assert offices == {
        "2021": [("leader", "Ban Tổ chức Tỉnh ủy"), ("deputy", "Hội Nông dân tỉnh")],
        "2022": [("leader", "Hội Nông dân tỉnh"), ("deputy", "Đảng ủy khối các cơ quan tỉnh")],
    }
    assert not Handover.objects.filter(bloc_year__bloc=year.bloc).exists()
    _check_covenants()
    _check_meetings(year, following)
    _check_letter()
    _check_news()


def _check_covenants():
    versions = CovenantVersion.objects.filter(covenant__bloc_year__bloc__slug=facts.BLOC["slug"])
    assert [version.state for version in versions] == [CovenantState.SIGNED, CovenantState.SIGNING]
    assert [version.signatures.filter(state=SignatureState.SIGNED).count() for version in versions] == [15, 12]
    assert [version.revisions.count() for version in versions] == [1, 2]
    _check_issued(versions[0])
    _check_signing(versions[1])
    results = TargetResult.objects.filter(item__version=versions[0])
    assert sorted({(row.stage, str(row.value.normalize())) for row in results.filter(item__value=10)}) == [
        ("mid_year", "5"),
        ("year_end", "13"),
    ]


def _check_issued(version):
    """The paper for the public is the file that was signed, with the code printed in it; beside it its confirmation."""
    papers = {document.form: document for document in IssuedDocument.objects.all()}
    assert {form: paper.is_public for form, paper in papers.items()} == {"giao-uoc": True, "xac-nhan-giao-uoc": False}
    covenant = papers["giao-uoc"]
    assert (covenant.sha256, covenant.code) == (version.revisions.get().sha256, version.code)


def _check_signing(version):
    """All three ways, ten days left, and a key file with which `donvi` can sign as well."""
    ways = dict(version.signatures.filter(state=SignatureState.SIGNED).values_list("way").annotate(Count("pk")))
    assert ways == {SignatureWay.CERTIFICATE: 1, SignatureWay.CLICK: 1, SignatureWay.PAPER: 10}
    waiting = version.signatures.filter(state=SignatureState.WAITING).select_related("unit")
    assert {row.unit.name for row in waiting} == {facts.SIGNS_NEXT, *facts.STILL_WAITING}
    assert (version.sign_by - timezone.localdate()).days in (9, 10)
    with version.revisions.last().file.open("rb") as stored:
        signed = read_signatures(stored.read(), roots=trusted_roots())
    assert [row.signer for row in signed] == ["Ban Tổ chức Tỉnh ủy"]
    assert key_file(facts.SIGNS_NEXT).stat().st_mode & 0o077 == 0


def _check_meetings(year, following):
    held = Meeting.objects.get(bloc_year=year)
    assert (held.status, f"{held.starts_on:%d/%m/%Y}") == (MeetingStatus.CLOSED, "11/01/2022")
    assert not held.entered_on_behalf
    assert held.attendances.count() == 15
    guest = held.participants.get(capacity=Capacity.GUEST)
    assert (guest.person_name, len(guest.titles)) == ("Hồ Thị Phương Thủy", 3)
    assert held.participants.exclude(capacity=Capacity.GUEST).count() == 2
    assert [str(figure.value.normalize()) for figure in held.figures.all()][-2:] == ["13", "5848"]
    assert Meeting.objects.get(bloc_year=following).status == MeetingStatus.ANNOUNCED


def _check_letter():
    letter = Proposal.objects.get()
    found = totals(letter)
    assert (letter.state, found.lines, found.listed, found.declared) == (ProposalState.RECEIVED, 4, 11, 12)
    fourth = letter.lines.last()
    assert {item.state for item in fourth.items.all()} == {ItemState.RETURNED}
    assert ProposalItem.objects.filter(state=ItemState.PROPOSED).count() == 6


def _check_news():
    articles = Article.objects.order_by("pk")
    assert [article.state for article in articles] == [ArticleState.PUBLISHED, ArticleState.IN_REVIEW]
    assert [article.created_by.username for article in articles] == ["thuky", "thuky"]
    assert all(article.photos.exists() for article in articles)


def test_only_the_demo_tells_where_its_key_files_lie(demo, settings):
    line = CovenantSignature.objects.get(unit__name=facts.SIGNS_NEXT, state=SignatureState.WAITING)
    client = Client()
    client.force_login(demo["donvi"], "django.contrib.auth.backends.ModelBackend")
    address = reverse("blocs:covenant-sign-certificate", args=[facts.BLOC["slug"], "2022", line.pk])
    assert "bao-phu-tho.p12" not in client.get(address).content.decode()
    settings.DEMO = True
    page = client.get(address).content.decode()
    assert "bao-phu-tho.p12" in page
    assert "ban-to-chuc-tinh-uy.p12" not in page


def test_everybody_of_the_demo_has_something_to_do(demo):
    first = {name: [task.title for task in dashboard_of(user).tasks][:1] for name, user in demo.items()}
    assert first == {
        "thuky": ["Sửa 05 đề nghị bị trả lại: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"],
        "phokhoi": ["Sửa 05 đề nghị bị trả lại: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"],
        "hoidong": ["Xét 06 đề nghị khen thưởng"],
        "uyvien": ["Đọc hồ sơ đề nghị khen thưởng"],
        "bientap": ["Duyệt bài"],
        "donvi": ["Ký giao ước thi đua của khối"],
        "quantri": [],
    }


def test_no_pending_nomination_of_the_demo_is_public(demo):
    """Forms of award stand on public pages only where something was granted."""
    client = Client()
    for url in ("/", "/tin-tuc/", "/khoi/", f"/khoi/{facts.BLOC['slug']}/", f"/khoi/{facts.BLOC['slug']}/2021/"):
        page = client.get(url)
        assert page.status_code == 200
        assert "Bằng khen của Thủ tướng" not in page.content.decode()


def test_the_story_of_the_demo_can_be_carried_to_its_end(demo):
    """Correct, accept, decide, publish, hand over: what a visitor of the demo tries one after the other."""
    letter = Proposal.objects.get()
    fourth = letter.lines.last()
    nominees = [NomineeInput(unit=item.unit) for item in fourth.items.all()]
    correct_line(line=fourth, declared_count=5, nominees=nominees, by=demo["thuky"])
    items = list(ProposalItem.objects.filter(line__proposal=letter).select_related("line__proposal", "unit"))
    accept_items(items=items, by=demo["hoidong"])
    paper = Paper(
        number="215/QĐ-UBND",
        issuer=Issuer.objects.get(name=facts.PROVINCE_ISSUER["name"]),
        issued_on=date(2022, 2, 10),
        subject="Khen thưởng thành tích năm 2021",
        file=small_pdf(),
    )
    items = list(ProposalItem.objects.filter(line__proposal=letter).for_work())
    decision = record_decision(by=demo["hoidong"], paper=paper, items=items)
    assert publish_decision(decision=decision, by=demo["hoidong"]) == 11
    close_proposal(proposal=Proposal.objects.get(), by=demo["hoidong"])
    publish_article(article=Article.objects.get(state=ArticleState.IN_REVIEW), by=demo["bientap"])
    year = BlocYear.objects.for_work().get(bloc__slug=facts.BLOC["slug"], year__slug="2021")
    record_handover(bloc_year=year, handed_over_on=date(2022, 2, 15), by=demo["thuky"])
    assert {step.state for step in overview(year, demo["thuky"]).steps} == {"done", "skipped"}
    assert not may(demo["thuky"], "blocs.work_on_blocyear", year)
    assert may(demo["phokhoi"], "blocs.work_on_blocyear", BlocYear.objects.for_work().get(year__slug="2022"))
    public = Client().get(year.get_public_url()).content.decode()
    assert "215/QĐ-UBND" in public


# The four blocs of other years (seeds 00 to 03)


def year_of(seed, label):
    return BlocYear.objects.for_work().get(bloc__slug=seed.slug, year__slug=label)


def read_year(seed, label):
    response = Client().get(year_of(seed, label).get_public_url())
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def test_the_nine_bodies_of_ha_giang_are_members_as_listed(demo):
    page, text = read_year(PARTY_BODIES_2021, "2021")
    assert [row.unit.name for row in page.members] == [row.name for row in PARTY_BODIES_2021.units]
    assert len(page.members) == 9
    assert page.bloc_year.declared_members is None
    assert [(line.title, line.unit_name, line.holder_name) for line in page.leaders] == [
        ("Khối trưởng", "Ban Dân vận Tỉnh ủy", "Lù Thị Hà")
    ]
    assert [len(group.movements) for group in page.movements] == [3]
    assert (page.covenant.signed, page.covenant.total) == (9, 9)
    assert "Ký kết ngày" not in text
    assert "Khối phó" not in text


def test_movements_stand_by_unit_and_nobody_is_deputy_in_2020(demo):
    page, _ = read_year(FRONT_AND_UNIONS_2019, "2019")
    counts = [(group.unit_name, len(group.movements)) for group in page.movements]
    assert counts == [
        ("Liên đoàn Lao động tỉnh", 2),
        ("Hội Nông dân tỉnh", 1),
        ("Hội Liên hiệp Phụ nữ tỉnh", 1),
        ("Tỉnh đoàn Thanh niên", 1),
        ("Ủy ban Mặt trận Tổ quốc tỉnh", 1),
        ("Hội Cựu chiến binh tỉnh", 1),
        ("", 4),
    ]
    assert [line.unit_name for line in page.leaders] == ["Ủy ban Mặt trận Tổ quốc tỉnh"]
    handover = Handover.objects.get()
    assert (handover.bloc_year, str(handover.to_unit)) == (page.bloc_year, "Hội Liên hiệp Phụ nữ tỉnh")
    assert f"{handover.handed_over_on:%d/%m/%Y}" == "26/11/2019"
    after, text = read_year(FRONT_AND_UNIONS_2019, "2020")
    assert [(line.title, line.unit_name) for line in after.leaders] == [("Khối trưởng", "Hội Liên hiệp Phụ nữ tỉnh")]
    assert (after.movements, after.covenant) == ([], None)
    assert "Khối phó" not in text


def test_the_offices_of_an_unknown_province_chose_leader_and_deputy(demo):
    page, text = read_year(STAFF_OFFICES_2023, "2024")
    assert [(line.title, line.unit_name) for line in page.leaders] == [
        ("Khối trưởng", "Sở Tài chính"),
        ("Khối phó", "Văn phòng UBND tỉnh"),
    ]
    assert (page.covenant.signed, page.covenant.total) == (4, 4)
    assert "Ký kết ngày 22/01/2024, tại trụ sở Đoàn ĐBQH và HĐND tỉnh" in text
    before, _ = read_year(STAFF_OFFICES_2023, "2023")
    assert [(line.unit_name, line.holder_name) for line in before.leaders] == [
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Vũ Thị Liễu")
    ]
    assert [row.launched_by for row in before.movements[0].movements] == [
        "Thủ tướng Chính phủ",
        "các Bộ ngành Trung ương",
        "UBND tỉnh",
        "Khối",
    ]


def test_a_bloc_of_which_almost_nothing_is_known_has_no_empty_headings(demo):
    page, text = read_year(PROVINCIAL_PARTY_2020, "2020")
    assert (page.members, page.leaders, page.covenant) == ([], [], None)
    assert sum(len(group.movements) for group in page.movements) == 2
    for heading in ("Giao ước thi đua</h2>", "Hội nghị</h2>", "Khen thưởng đã công bố</h2>", "None"):
        assert heading not in text


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.slug)
def test_a_province_that_nobody_named_is_said_to_be_unknown(demo, seed):
    text = Client().get(year_of(seed, seed.years[0].label).bloc.get_absolute_url()).content.decode()
    assert f"Tỉnh, thành phố: <strong>{seed.province or 'chưa rõ'}</strong>" in text
    assert all(alias in text for alias in seed.aliases)


def test_history_is_entered_on_behalf_of_the_blocs_and_closed_behind_them(demo):
    versions = CovenantVersion.objects.exclude(covenant__bloc_year__bloc__slug=facts.BLOC["slug"])
    assert versions.count() == 4
    keys = [str(version.pk) for version in versions]
    events = AuditEvent.objects.filter(object_type="blocs.covenantversion", object_id__in=keys)
    assert {(event.actor_label, event.on_behalf) for event in events} == {("Trần Quốc Bình", True)}
    states = EmulationYear.objects.order_by("slug").values_list("slug", "state")
    assert dict(states) == {
        "2019": YearState.CLOSED,
        "2020": YearState.CLOSED,
        "2021": YearState.OPEN,
        "2022": YearState.OPEN,
        "2023": YearState.CLOSED,
        "2024": YearState.CLOSED,
    }


def test_the_home_page_speaks_of_the_year_that_is_lived_in(demo):
    facts_shown = Client().get("/").context["facts"]
    assert (facts_shown.year.slug, facts_shown.signed, facts_shown.open_years, facts_shown.blocs) == ("2022", 0, 1, 5)

"""axe finds nothing on any public page and on the main pages of the workplace; none is wider than a phone."""

import pytest
from django.urls import reverse

from accounts.models import User
from awards.models import AwardKind, Decision, Proposal
from blocs.enums import SignatureState
from blocs.models import CovenantRevision, CovenantSignature, Unit
from documents.models import Issuer, Paper
from meetings.models import Meeting
from news.enums import ArticleState
from news.models import Article, Category
from portal.demo import facts
from tests.factories.documents import finished_batch, waiting_batch

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (360, 1280)
BLOC = facts.BLOC["slug"]


def _faults(page, axe, addresses):
    """Every address at both widths: what axe finds, and what reaches beyond the edge of the page."""
    faults = []
    for address in addresses:
        response = page.goto(address)
        if response.status != 200:
            faults.append(f"{address}: {response.status}")
            continue
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = axe(page)
            reach = page.evaluate("document.documentElement.scrollWidth")
            if reach > width:
                found.append(f"reaches to {reach}")
            faults += [f"{address} at {width}: {fault}" for fault in found]
    return faults


def _of_year(name, year="2021", *more):
    return reverse(name, args=[BLOC, year, *more])


def test_public_pages(demo_world, people, axe):
    published = Article.objects.filter(state=ArticleState.PUBLISHED).first()
    addresses = [
        "/",
        reverse("account_login"),
        reverse("news:articles"),
        reverse("news:category", args=[Category.objects.first().slug]),
        reverse("news:article", args=[published.slug]),
        reverse("news:article-print", args=[published.slug]),
        reverse("awards:grants"),
        reverse("portal:bloc-list"),
        reverse("portal:bloc", args=[BLOC]),
        _of_year("portal:bloc-year"),
        _of_year("portal:bloc-year", "2022"),
        reverse("portal:unit", args=[Unit.objects.get(name="Hội Nông dân tỉnh", province="Phú Thọ").code]),
    ]
    assert _faults(people(), axe, addresses) == []


def test_pages_of_the_secretariat(demo_world, people, axe):
    meeting = Meeting.objects.get(title=facts.MEETING_TITLE)
    letter = Proposal.objects.get()
    returned = letter.lines.last()
    article = Article.objects.exclude(state=ArticleState.PUBLISHED).get()
    addresses = [
        reverse("portal:dashboard"),
        *(
            _of_year(f"{name}")
            for name in (
                "portal:bloc-year-work",
                "portal:bloc-year-papers",
                "blocs:members",
                "blocs:covenant",
                "blocs:targets",
                "blocs:target-bloc-results",
                "blocs:office-appoint",
                "blocs:movement-edit",
                "blocs:handover",
                "meetings:meetings",
                "meetings:meeting-create",
                "awards:proposals",
                "awards:proposal-create",
            )
        ),
        _of_year("meetings:meeting", "2021", meeting.pk),
        _of_year("meetings:invitation", "2021", meeting.pk),
        _of_year("meetings:meeting-report-issue", "2021", meeting.pk),
        *(_of_year("portal:year-paper", "2021", paper) for paper in ("quy-che", "ke-hoach")),
        _of_year("portal:year-paper-issue", "2021", "ke-hoach"),
        reverse("awards:proposal", args=[letter.pk]),
        reverse("awards:line-correct", args=[letter.pk, returned.pk]),
        reverse("news:desk"),
        reverse("news:desk-article", args=[article.pk]),
        reverse("news:article-create"),
    ]
    assert _faults(people("thuky"), axe, addresses) == []


def test_pages_of_the_next_leader_and_of_a_member(demo_world, people, axe):
    coming = Meeting.objects.get(title=facts.COMING_MEETING["title"])
    leader = [reverse("portal:dashboard"), _of_year("meetings:meeting-edit", "2022", coming.pk)]
    line = CovenantSignature.objects.get(unit__name=facts.SIGNS_NEXT, state=SignatureState.WAITING)
    member = [
        reverse("portal:dashboard"),
        _of_year("portal:bloc-year-work"),
        _of_year("blocs:covenant", "2022"),
        *(_of_year(f"blocs:covenant-sign-{way}", "2022", line.pk) for way in ("own", "click", "certificate", "token")),
    ]
    assert _faults(people("phokhoi"), axe, leader) == []
    assert _faults(people("donvi"), axe, member) == []


def test_pages_of_the_covenants_of_a_year_and_of_what_is_made_behind_the_page(demo_world, people, axe):
    officer = User.objects.get(username="hoidong")
    revision = CovenantRevision.objects.first()
    batches = [waiting_batch(officer, 3), finished_batch(officer, revision.file)]
    addresses = [
        reverse("blocs:year-covenants", args=["2022"]),
        reverse("blocs:division", args=["2021"]),
        reverse("blocs:division-issue", args=["2021"]),
        reverse("documents:batches"),
        *(batch.get_absolute_url() for batch in batches),
    ]
    assert _faults(people("hoidong"), axe, addresses) == []


def test_pages_of_the_standing_agency(demo_world, people, axe):
    unit = Unit.objects.get(name="Báo Phú Thọ", province="Phú Thọ")
    addresses = [
        reverse("portal:dashboard"),
        reverse("awards:board"),
        reverse("awards:proposal", args=[Proposal.objects.get().pk]),
        reverse("awards:decisions"),
        reverse("awards:decision-create"),
        *(reverse("awards:decision", args=[decision.pk]) for decision in Decision.objects.all()[:1]),
        reverse("awards:grant-register"),
        reverse("awards:catalogue"),
        reverse("awards:award-kind-create"),
        reverse("awards:award-kind-edit", args=[AwardKind.objects.first().pk]),
        *(
            reverse(f"blocs:{name}")
            for name in (
                "registry",
                "units",
                "unit-create",
                "blocs",
                "bloc-create",
                "years",
                "year-create",
                "papers",
                "paper-create",
                "issuers",
                "issuer-create",
                "covenant-templates",
                "covenant-template-create",
            )
        ),
        *(reverse(f"blocs:{name}", args=[unit.code]) for name in ("unit-edit", "unit-rename")),
        *(
            reverse(f"blocs:{name}", args=[BLOC])
            for name in ("bloc-edit", "bloc-year-create", "bloc-members", "bloc-members-paste")
        ),
        reverse("blocs:year-edit", args=["2021"]),
        reverse("blocs:paper-edit", args=[Paper.objects.first().pk]),
        reverse("blocs:issuer-edit", args=[Issuer.objects.first().pk]),
    ]
    assert _faults(people("hoidong"), axe, addresses) == []


def test_pages_of_the_newsroom_and_the_council(demo_world, people, axe):
    waiting = Article.objects.filter(state=ArticleState.IN_REVIEW).get()
    editor = [
        reverse("portal:dashboard"),
        reverse("news:desk"),
        reverse("news:desk-article", args=[waiting.pk]),
        reverse("news:article-edit", args=[waiting.pk]),
        reverse("news:article-preview", args=[waiting.pk]),
        reverse("news:article-return", args=[waiting.pk]),
        reverse("news:photo-create", args=[waiting.pk]),
        reverse("news:attachment-create", args=[waiting.pk]),
    ]
    assert _faults(people("bientap"), axe, editor) == []
    member = [
        reverse("portal:dashboard"),
        reverse("awards:board"),
        reverse("awards:proposal", args=[Proposal.objects.get().pk]),
    ]
    assert _faults(people("uyvien"), axe, member) == []


def test_pages_of_the_administrator(demo_world, people, axe):
    addresses = [reverse("portal:dashboard"), reverse("account_own"), reverse("account_change_password")]
    assert _faults(people("quantri"), axe, addresses) == []

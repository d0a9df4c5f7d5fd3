"""The large province: the same from the same seed, alone in its database, and no page asks more of it than of one bloc."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from awards.enums import ItemState, ProposalState
from awards.models import Decision, Grant, Proposal, ProposalItem
from blocs.enums import CovenantState, SuccessionKind, YearState
from blocs.models import (
    Bloc,
    BlocOffice,
    BlocYear,
    CovenantSignature,
    CovenantVersion,
    EmulationYear,
    Handover,
    Membership,
    Unit,
    UnitName,
    UnitSuccession,
)
from common.models import AuditEvent
from documents.models import IssuedDocument
from meetings.enums import MeetingStatus
from meetings.models import Attendance, Figure, Meeting
from news.enums import ArticleState
from news.models import Article
from portal.demo.large import LAST_YEAR

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def fill(blocs=2, units=10, years=2, seed=1, **options):
    call_command("create_demo_data", blocs=blocs, units=units, years=years, seed=seed, **{"verbosity": 0, **options})


@pytest.fixture
def in_turn():
    """Run something on a filled database and leave it empty again."""

    def run(act, **size):
        with transaction.atomic():
            fill(**size)
            found = act()
            transaction.set_rollback(True)
        return found

    return run


def everything():
    """What people entered, in the order of entry; no moments, no keys, no names of files."""
    return [
        list(rows)
        for rows in (
            User.objects.values_list("username", "full_name").order_by("pk"),
            UnitName.objects.values_list("unit__code", "name", "starts_on", "ends_on").order_by("pk"),
            Bloc.objects.values_list("slug", "name", "kind").order_by("pk"),
            Membership.objects.values_list("bloc__slug", "unit__code", "position", "starts_on", "ends_on").order_by("pk"),
            BlocOffice.objects.values_list("unit__code", "role", "starts_on", "holders__person_name").order_by("pk"),
            CovenantSignature.objects.values_list("unit__code", "signer_name", "signed_on").order_by("pk"),
            Meeting.objects.values_list("title", "starts_on", "headcount").order_by("pk"),
            Attendance.objects.values_list("unit__code", "presence").order_by("pk"),
            Figure.objects.values_list("indicator", "value", "qualifier").order_by("pk"),
            ProposalItem.objects.values_list("unit__code", "nominee_name", "state").order_by("pk"),
            Grant.objects.values_list("recipient_name", "award__code").order_by("pk"),
            Article.objects.values_list("title", "body").order_by("pk"),
        )
    ]


def test_the_same_seed_makes_the_same_province(in_turn):
    first = in_turn(everything)
    assert all(first)
    assert in_turn(everything) == first
    assert in_turn(everything, seed=2) != first


def test_it_refuses_a_database_that_holds_anything_else(django_user_model):
    django_user_model.objects.create(username="ai-do")
    with pytest.raises(CommandError, match="Cơ sở dữ liệu đã có tài khoản"):
        fill()
    assert not Unit.objects.exists()


@pytest.mark.parametrize("size", [{"blocs": 0}, {"years": 0}, {"units": 5}, {"units": 401}])
def test_it_refuses_sizes_that_make_no_province(size):
    with pytest.raises(CommandError, match="Cần ít nhất 01 khối"):
        fill(**size)


def test_it_tells_in_one_line_how_far_it_is():
    out = StringIO()
    fill(verbosity=1, stdout=out)
    assert out.getvalue().splitlines()[1:] == [" " + "#" * 40, "Đã nhập 2 cụm, khối, 10 đơn vị, 2 năm."]


def test_nobody_signs_in_with_a_password_that_all_know(client, settings):
    settings.DEMO = False
    fill()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_year_is_lived_through_by_those_whose_work_it_is():
    fill(blocs=3, units=24, years=2)
    first_day = f"{LAST_YEAR - 1}-01-01"
    assert [bloc.memberships.on(first_day).count() for bloc in Bloc.objects.order_by("pk")] == [10, 7, 7]
    years = list(EmulationYear.objects.order_by("starts_on").values_list("slug", "state"))
    assert years == [
        (str(LAST_YEAR - 1), YearState.CLOSED),
        (str(LAST_YEAR), YearState.OPEN),
        (str(LAST_YEAR + 1), YearState.OPEN),
    ]
    kinds = set(UnitSuccession.objects.values_list("kind", flat=True))
    assert kinds == {SuccessionKind.RENAME, SuccessionKind.MERGE}
    assert Meeting.objects.filter(status=MeetingStatus.CLOSED).count() == Meeting.objects.count() == 3 * 2 * 3
    assert {version.state for version in CovenantVersion.objects.all()} == {CovenantState.SIGNED}
    assert {letter.state for letter in Proposal.objects.all()} == {ProposalState.CLOSED}
    assert set(ProposalItem.objects.values_list("state", flat=True)) <= {ItemState.GRANTED, ItemState.REFUSED}
    assert Decision.objects.filter(paper__is_public=True).count() == Decision.objects.count() >= 2
    assert Article.objects.filter(state=ArticleState.PUBLISHED).count() == 6
    assert Handover.objects.count() == 3
    assert not IssuedDocument.objects.exists()
    # The last year elected the leaders of the next: two offices in each of three years of each bloc.
    assert BlocOffice.objects.count() == 3 * 3 * 2
    _check_who_did_it()


def _check_who_did_it():
    assert not Meeting.objects.filter(entered_on_behalf=True).exists()
    assert not Proposal.objects.filter(entered_on_behalf=True).exists()
    done = AuditEvent.objects.filter(object_type="meetings.meeting").values_list("actor_label", flat=True)
    heads = User.objects.filter(username__startswith="donvi").values_list("full_name", flat=True)
    assert set(done) <= set(heads)


def test_pages_ask_no_more_of_a_large_province_than_of_one_bloc(in_turn):
    one = in_turn(_queries_of_pages, blocs=1, units=4, years=2)
    assert in_turn(_queries_of_pages, blocs=5, units=30, years=3) == one


def _queries_of_pages():
    agency = User.objects.get(username="hoidong")
    year = BlocYear.objects.for_work().filter(year__slug=str(LAST_YEAR)).order_by("pk").first()
    slug, day = year.bloc.slug, f"31/12/{LAST_YEAR}"
    pages = {
        None: [reverse("portal:bloc-list"), f"{reverse('portal:bloc-list')}?ngay={day}", year.get_public_url()],
        agency: [
            reverse("blocs:blocs"),
            f"{reverse('blocs:blocs')}?ngay={day}",
            reverse("blocs:members", args=[slug, str(LAST_YEAR)]),
            f"{reverse('blocs:bloc-members', args=[slug])}?ngay={day}",
            reverse("portal:bloc-year-work", args=[slug, str(LAST_YEAR)]),
        ],
    }
    return {
        address.replace(slug, "khoi"): _queries(user, address) for user, addresses in pages.items() for address in addresses
    }


def _queries(user, address):
    client = Client()
    if user:
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)

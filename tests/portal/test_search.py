"""Search: without marks, by alias and former name, and never what the reader's pages do not show."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.enums import ItemState
from blocs.models import BlocAlias, BlocName, Unit, UnitAlias, UnitName
from common.trigrams import create_trigram_indexes
from documents.enums import PaperCustody
from documents.models import IssuedDocument
from meetings.enums import MeetingStatus
from news.enums import ArticleState
from portal.search import KINDS, folded, search_all
from tests.factories.awards import (
    CouncilMemberFactory,
    DecisionFactory,
    GrantFactory,
    ProposalFactory,
    ProposalItemFactory,
    small_pdf,
)
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    BlocYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    editor,
    secretary_of,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory

pytestmark = pytest.mark.django_db
URL = "/tim-kiem/"


def found(client, q, **more):
    """dict from the slug of each kind to the titles found."""
    response = client.get(URL, {"q": q, **more})
    assert response.status_code == 200
    return {group.kind.slug: [hit.title for hit in group.hits] for group in response.context.get("groups", [])}


@pytest.mark.parametrize(
    "typed",
    [
        "Văn hóa",
        "văn hoá",
        "van hoa",
        "VĂN HÓA THỂ THAO",
        "van hoa, the thao",
        "thông tin truyền thông",
        "so van hoa",
        "SVHTTDL",
        "du lịch",
    ],
)
def test_a_unit_is_found_however_it_is_typed(client, typed):
    unit = UnitFactory(name="Sở Văn hóa, Thể thao và Du lịch")
    UnitAlias.objects.create(unit=unit, text="SVHTTDL")
    UnitName.objects.create(
        unit=unit, name="Sở Văn hóa Thông tin, Truyền thông", starts_on=date(1990, 1, 1), ends_on=date(2007, 12, 31)
    )
    UnitFactory(name="Sở Tài chính")
    assert found(client, typed) == {"don-vi": ["Sở Văn hóa, Thể thao và Du lịch"]}


def test_the_other_name_by_which_it_was_found_is_told(client):
    unit = UnitFactory(name="Sở Nội vụ")
    UnitName.objects.create(unit=unit, name="Ban Tổ chức chính quyền", starts_on=date(1990, 1, 1), ends_on=date(2003, 1, 1))
    bloc = BlocFactory(name="Khối thi đua số 1")
    BlocAlias.objects.create(bloc=bloc, text="Khối tổ chức tham mưu")
    BlocName.objects.create(bloc=bloc, name="Khối cũ", starts_on=date(2010, 1, 1), ends_on=date(2012, 1, 1))
    html = client.get(URL, {"q": "to chuc"}).content.decode()
    assert "tên cũ: Ban Tổ chức chính quyền" in html
    assert "tên gọi khác: Khối tổ chức tham mưu" in html
    assert found(client, "khoi cu") == {"khoi": ["Khối thi đua số 1"]}


def test_names_that_begin_with_the_words_come_first_then_the_dictionary(client):
    for name in ("Văn phòng Hội đồng", "Hội Nông dân", "Hội Chữ thập đỏ", "Báo Hội viên"):
        UnitFactory(name=name)
    assert found(client, "hội")["don-vi"] == ["Hội Chữ thập đỏ", "Hội Nông dân", "Báo Hội viên", "Văn phòng Hội đồng"]


@pytest.mark.parametrize(("typed", "said"), [("", "Hãy gõ điều cần tìm."), ("a", "Hãy gõ ít nhất 02 chữ.")])
def test_too_little_is_answered_kindly(client, typed, said):
    UnitFactory(name="Ban A")
    html = client.get(URL, {"q": typed}).content.decode()
    assert said in html
    assert "Ban A" not in html


@pytest.mark.parametrize(
    "typed", ["x" * 201, "\0", "%", "___", "'; DROP", "(((", "<script>alert(1)</script>", "khong co gi"]
)
def test_nonsense_is_no_fault_of_the_server(client, typed):
    response = client.get(URL, {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_wildcard_is_a_letter_like_others(client):
    UnitFactory(name="Báo Phú Thọ")
    assert found(client, "b_o") == {}
    assert found(client, "bao") != {}


def test_one_kind_has_all_its_pages_and_keeps_the_words(client):
    for number in range(60):
        UnitFactory(name=f"Xã Đồng Tâm {number:02d}")
    everything = client.get(URL, {"q": "đồng tâm"})
    assert (len(everything.context["groups"][0].hits), everything.context["total"]) == (5, 60)
    assert "?q=%C4%91%E1%BB%93ng%20t%C3%A2m&amp;loai=don-vi" in everything.content.decode()
    second = client.get(URL, {"q": "đồng tâm", "loai": "don-vi", "trang": "2"})
    assert len(second.context["hits"]) == 10
    assert "Đồng Tâm 59" in second.content.decode()
    assert client.get(URL, {"q": "đồng tâm", "loai": "khoi"}).context["hits"] == []
    assert "groups" in client.get(URL, {"q": "đồng tâm", "loai": "la-gi"}).context


def test_the_search_line_of_every_page_leads_here(client):
    assert f'action="{reverse("portal:search")}"' in client.get("/").content.decode()
    assert f'action="{URL}"' in client.get("/khoi/").content.decode()
    client.force_login(staff_of(UnitFactory()))
    assert f'action="{URL}"' in client.get("/lam-viec/").content.decode()
    assert "work-menu" in client.get(URL, {"q": "sở"}).content.decode()


# Who finds what

ROLES = ("reader", "foreign", "staff", "secretary", "agency", "council", "editor", "admin")
WORD = "Zyxwon"
# Per record the roles that find it; everything bears the same strange word.
TABLE = """
unit             reader foreign staff secretary agency council editor admin
bloc             reader foreign staff secretary agency council editor admin
held             reader foreign staff secretary agency council editor admin
announced                       staff secretary agency
article          reader foreign staff secretary agency council editor admin
article_draft                         secretary
article_review                        secretary                editor
decision         reader foreign staff secretary agency council editor admin
decision_draft
paper_public     reader foreign staff secretary agency council editor admin
paper                   foreign staff secretary agency council editor admin
paper_sealed
letter_draft                          secretary
letter_sent                     staff secretary agency council
nominee_pending                 staff secretary agency council
nominee_draft                         secretary
issued_public    reader foreign staff secretary agency council editor admin
issued                          staff secretary agency
issued_letter                   staff secretary agency council
"""


@pytest.fixture
def people_and_records():
    """One record of every kind and state with the strange word, and one person of every role."""
    bloc_year = BlocYearFactory(members=2, bloc__name=f"Khối bloc {WORD}")
    second = bloc_year.memberships[1].unit
    secretary = secretary_of(bloc_year)
    UnitFactory(name=f"Đơn vị unit {WORD}")
    other_year = BlocYearFactory(members=1)
    writer = secretary_of(other_year)
    meetings = {
        "held": MeetingFactory(bloc_year=bloc_year, title=f"Họp held {WORD}"),
        "announced": MeetingFactory(bloc_year=bloc_year, title=f"Họp announced {WORD}", status=MeetingStatus.ANNOUNCED),
    }
    ArticleFactory(title=f"Bài article {WORD}", published=True, created_by=writer)
    ArticleFactory(title=f"Bài article_draft {WORD}", bloc_year=bloc_year, created_by=secretary)
    ArticleFactory(
        title=f"Bài article_review {WORD}", bloc_year=bloc_year, created_by=secretary, state=ArticleState.IN_REVIEW
    )
    DecisionFactory(published=True, paper=PaperFactory(subject=f"decision {WORD}"))
    sealed = PaperFactory(subject=f"decision_draft {WORD}", custody=PaperCustody.SEALED, is_public=True)
    DecisionFactory(paper=sealed)
    PaperFactory(subject=f"paper_public {WORD}", is_public=True)
    PaperFactory(subject=f"paper {WORD}")
    PaperFactory(subject=f"paper_sealed {WORD}", is_public=True, custody=PaperCustody.SEALED)
    letters = {
        "letter_draft": ProposalFactory(bloc_year=bloc_year),
        "letter_sent": ProposalFactory(bloc_year=bloc_year, received=True),
        "nominee_draft": ProposalFactory(bloc_year=bloc_year),
        "nominee_pending": ProposalFactory(bloc_year=bloc_year, received=True),
    }
    for name in ("nominee_draft", "nominee_pending"):
        ProposalItemFactory(
            line__proposal=letters[name], unit=None, nominee_name=f"{name} {WORD}", is_person=True, state=ItemState.PROPOSED
        )
    for name, subject, is_public in (
        ("issued_public", meetings["held"], True),
        ("issued", meetings["held"], False),
        # Ticked as public by mistake: letters name nominees.
        ("issued_letter", letters["letter_sent"], True),
    ):
        IssuedDocument.objects.create(
            form="x",
            title=f"{name} {WORD}",
            issued_on=date(2022, 1, 12),
            file=small_pdf(),
            sha256="0" * 64,
            code=f"{name}-code",
            is_public=is_public,
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            created_by=secretary,
        )
    people = {
        "reader": AnonymousUser(),
        "foreign": staff_of(other_year.memberships[0].unit),
        "staff": staff_of(second),
        "secretary": secretary,
        "agency": standing_agency_officer(),
        "council": CouncilMemberFactory().user,
        "editor": editor(),
        "admin": AdministratorFactory(),
    }
    return people, letters


def names_found(user, text, letters):
    """The names in the table of what a user finds under a text, on the page of all kinds and on the page of each."""
    by_pk = {letter.get_absolute_url(): name for name, letter in letters.items()}
    names = set()
    for group in search_all(user, folded(text)):
        kind = group.kind
        everything = list(kind.rows(user, folded(text)))
        assert len(everything) == group.count
        for hit in kind.hits(user, folded(text), everything):
            words = " ".join([hit.title, *hit.notes]).split()
            known = {row.split()[0] for row in TABLE.strip().splitlines()}
            names |= {by_pk[hit.url]} if hit.url in by_pk else set(words) & known
    return names


def test_each_role_finds_what_the_table_says(people_and_records):
    people, letters = people_and_records
    rows = {line.split()[0]: set(line.split()[1:]) for line in TABLE.strip().splitlines()}
    by_word = {role: names_found(user, WORD, letters) for role, user in people.items()}
    for name, roles in rows.items():
        if name.startswith(("nominee", "letter")):
            continue
        assert {role for role in ROLES if name in by_word[role]} == roles, name
    # Letters are found by their bloc as well; by the nominee's name only the letter that names it.
    for name in ("nominee_draft", "nominee_pending"):
        assert {role for role in ROLES if name in names_found(people[role], f"{name} {WORD}", letters)} == rows[name], name
    for name in ("letter_draft", "letter_sent"):
        assert {role for role in ROLES if name in by_word[role]} == rows[name], name


def test_a_reader_learns_nothing_of_letters_not_even_their_count(client, people_and_records):
    response = client.get(URL, {"q": WORD})
    assert "de-nghi" not in {kind.slug for kind, _ in response.context["counts"]}
    html = client.get(URL, {"q": WORD, "loai": "de-nghi"}).content.decode()
    assert "Tờ trình" not in html


def test_what_is_found_can_be_opened_by_who_found_it(client, people_and_records):
    people, _ = people_and_records
    for role, user in people.items():
        if role != "reader":
            client.force_login(user)
        for group in search_all(user, folded(WORD)):
            for hit in group.hits:
                if hit.url:
                    response = client.get(hit.url)
                    response.close()
                    assert response.status_code == 200, (role, hit)


@pytest.mark.parametrize("role", ["reader", "secretary", "agency"])
def test_queries_do_not_grow_with_what_is_found(client, people_and_records, role):
    people, _ = people_and_records
    if role != "reader":
        client.force_login(people[role])
    client.get(URL, {"q": WORD})
    with CaptureQueriesContext(connection) as few:
        client.get(URL, {"q": WORD})
    for number in range(3):
        unit = UnitFactory(name=f"Đơn vị {WORD} {number}")
        UnitAlias.objects.create(unit=unit, text=f"{WORD} {number} khác")
        year = BlocYearFactory(bloc__name=f"Khối {WORD} {number}")
        MeetingFactory(bloc_year=year, title=f"Họp {WORD} {number}")
        ArticleFactory(title=f"Bài {WORD} {number}", published=True)
        PaperFactory(subject=f"{WORD} {number}", is_public=True)
        GrantFactory(
            recipient_name=f"{WORD} {number}",
            decision=DecisionFactory(published=True, paper=PaperFactory(subject=f"{WORD} {number}")),
        )
        ProposalFactory(bloc_year=year, received=True)
    with CaptureQueriesContext(connection) as many:
        client.get(URL, {"q": WORD})
    assert len(many) == len(few)


def test_recipients_are_found_when_their_decision_is_published(client):
    shown = GrantFactory(decision=DecisionFactory(published=True), recipient_name="Trần Thị Mười Hai")
    GrantFactory(decision=DecisionFactory(), recipient_name="Trần Thị Mười Ba")
    revoked = GrantFactory(decision=DecisionFactory(published=True), recipient_name="Trần Thị Mười Bốn")
    revoked.revoked_on = timezone.localdate()
    revoked.save()
    assert found(client, "tran thi muoi") == {"quyet-dinh": [str(shown.decision)]}


def test_every_kind_has_its_own_slug_and_words():
    assert len({kind.slug for kind in KINDS}) == len({kind.label for kind in KINDS}) == len(KINDS)


def test_a_member_finds_the_announced_meeting_of_its_bloc_and_comes_to_the_workplace(client):
    membership = MembershipFactory(starts_on=date(2020, 1, 1))
    meeting = MeetingFactory(
        bloc_year=BlocYearFactory(bloc=membership.bloc), title="Hội nghị giao ban", status=MeetingStatus.ANNOUNCED
    )
    assert found(client, "giao ban") == {}
    client.force_login(staff_of(membership.unit))
    response = client.get(URL, {"q": "giao ban"})
    assert [hit.url for hit in response.context["groups"][0].hits] == [meeting.get_absolute_url()]


# The indexes


def test_where_the_database_has_no_such_index_nothing_is_made(capsys):
    call_command("create_search_indexes")
    expected = "Nothing was indexed." if connection.vendor == "sqlite" else "columns are indexed."
    assert expected in capsys.readouterr().out
    if connection.vendor == "sqlite":
        assert create_trigram_indexes(connection, [Unit]) == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no index for a part of a word")
def test_words_of_three_letters_are_found_by_the_index_on_postgresql():
    Unit.objects.bulk_create(
        [Unit(code=f"dv-{number}", name=f"Ủy ban nhân dân xã Đồng {number:05d}") for number in range(5000)]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE blocs_unit; ANALYZE blocs_unitname; ANALYZE blocs_unitalias")
        # Three of the tables are all but empty here; on a full register the planner needs no such word.
        cursor.execute("SET LOCAL enable_seqscan = off")
    for text in ("04711", "dong 04711", "so 047"):
        plan = Unit.objects.matching(text).explain()
        assert "blocs_unit_search_trgm" in plan
        assert "Seq Scan" not in plan
        assert [unit.code for unit in Unit.objects.matching("dong 04711")] == ["dv-4711"]

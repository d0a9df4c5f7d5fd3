"""Nobody whose award is pending or refused is named in public (WEB-7)."""

import pytest

from awards.enums import ItemState
from news.nominees import hidden_names_in
from tests.factories.awards import (
    AwardKindFactory,
    DecisionFactory,
    GrantFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
)
from tests.factories.blocs import BlocYearFactory, UnitFactory
from tests.factories.meetings import MeetingFactory, ParticipantFactory
from tests.factories.news import ArticleFactory

pytestmark = pytest.mark.django_db

PERSON = {"unit": None, "nominee_name": "Lê Văn Tám", "is_person": True}


@pytest.fixture
def line():
    proposal = ProposalFactory(bloc_year=BlocYearFactory())
    return ProposalLineFactory(proposal=proposal, award=AwardKindFactory(name="Cờ thi đua của Chính phủ"))


def article_about(line, **kwargs):
    return ArticleFactory(bloc_year=line.proposal.bloc_year, **kwargs)


@pytest.mark.parametrize("state", [state for state in ItemState if state != ItemState.GRANTED])
def test_a_person_without_a_published_award_is_hidden(line, state):
    ProposalItemFactory(line=line, state=state, **PERSON)
    article = article_about(line, body="Hội nghị biểu dương đồng chí LE VAN TAM.")
    assert [row.name for row in hidden_names_in(article)] == ["Lê Văn Tám"]
    assert article.missing_to_publish == ["việc bỏ tên “Lê Văn Tám” khỏi bài (khen thưởng chưa được công bố)"]


def test_a_published_award_may_be_told(line):
    item = ProposalItemFactory(line=line, state=ItemState.GRANTED, **PERSON)
    GrantFactory(decision=DecisionFactory(published=True), item=item)
    assert hidden_names_in(article_about(line, body="Đồng chí Lê Văn Tám nhận Cờ thi đua của Chính phủ.")) == []


def test_only_whole_names_are_found(line):
    ProposalItemFactory(line=line, **PERSON)
    assert hidden_names_in(article_about(line, body="Phố Lê Văn Tám2 và ông Lê Văn.")) == []


def test_an_official_of_the_meeting_may_be_named(line):
    ProposalItemFactory(line=line, **PERSON)
    meeting = MeetingFactory(bloc_year=line.proposal.bloc_year)
    ParticipantFactory(meeting=meeting, person_name="Lê Văn Tám")
    assert hidden_names_in(article_about(line, meeting=meeting, body="Đồng chí Lê Văn Tám chủ trì.")) == []


def test_a_unit_may_be_named_but_not_beside_its_award(line):
    ProposalItemFactory(line=line, unit=UnitFactory(name="Hội Nông dân tỉnh"))
    free = article_about(line, body="Hội Nông dân tỉnh báo cáo. Hội nghị đề nghị 02 Cờ thi đua của Chính phủ.")
    assert hidden_names_in(free) == []
    told = article_about(line, body="Hội nghị đề nghị tặng Cờ thi đua của Chính phủ cho Hội Nông dân tỉnh.")
    assert [row.name for row in hidden_names_in(told)] == ["Hội Nông dân tỉnh"]


def test_title_and_captions_are_read_too(line):
    ProposalItemFactory(line=line, **PERSON)
    article = article_about(line)
    article.photos.create(image="x.jpg", alt="Ông Lê Văn Tám", caption="")
    assert len(hidden_names_in(article)) == 1


def test_an_article_about_another_bloc_knows_nothing_of_these_names(line):
    ProposalItemFactory(line=line, **PERSON)
    assert hidden_names_in(ArticleFactory(bloc_year=BlocYearFactory(), body="Lê Văn Tám")) == []
    assert len(hidden_names_in(ArticleFactory(bloc_year=None, body="Lê Văn Tám"))) == 1


def test_the_name_of_a_file_is_read_by_everybody_too(line):
    ProposalItemFactory(line=line, **PERSON)
    article = article_about(line)
    article.attachments.create(title="Thành tích của Lê Văn Tám", file="a.pdf")
    assert [row.name for row in hidden_names_in(article)] == ["Lê Văn Tám"]


def test_a_correction_is_read_before_it_is_sent(line):
    ProposalItemFactory(line=line, **PERSON)
    article = article_about(line)
    found = hidden_names_in(article, "Bản trước ghi nhầm tên đồng chí Lê Văn Tám.")
    assert [row.name for row in found] == ["Lê Văn Tám"]

"""Who sees which article at the desk; the list side and the rule agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from blocs.models import BlocYear
from common.permissions import may
from news.models import Article
from news.scope import writable_bloc_years
from tests.factories.blocs import (
    AdministratorFactory,
    BlocYearFactory,
    UserFactory,
    editor,
    secretary_of,
    standing_agency_officer,
)
from tests.factories.news import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    mine, other = BlocYearFactory(members=1), BlocYearFactory(members=1)
    for bloc_year in (mine, other, None):
        for state in ({}, {"in_review": True}, {"published": True}, {"withdrawn": True}):
            ArticleFactory(bloc_year=bloc_year, **state)
    return list(Article.objects.all())


def everybody(articles):
    mine = articles[-1].bloc_year or BlocYear.objects.first()
    return [
        AnonymousUser(),
        UserFactory(),
        secretary_of(mine),
        standing_agency_officer(),
        editor(),
        AdministratorFactory(),
        articles[0].created_by,
    ]


def test_visible_to_agrees_with_view_permission(articles):
    for user in everybody(articles):
        allowed = {article.pk for article in articles if may(user, "news.view_article", article)}
        assert set(Article.objects.visible_to(user).values_list("pk", flat=True)) == allowed


def test_an_editor_does_not_see_the_drafts_of_others(articles):
    states = set(Article.objects.visible_to(editor()).values_list("state", flat=True))
    assert states == {"in_review", "published", "withdrawn"}


def test_writable_bloc_years_agrees_with_write_about(articles):
    for user in everybody(articles):
        allowed = {row.pk for row in BlocYear.objects.for_work() if may(user, "news.write_about", row)}
        assert set(writable_bloc_years(user).values_list("pk", flat=True)) == allowed

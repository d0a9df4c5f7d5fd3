"""Who may write, review and publish; nobody publishes what they wrote alone (design §4)."""

import rules

from blocs.rules import works_on_bloc_year
from blocs.scope import scope_of
from news.enums import ArticleState


@rules.predicate
def is_editor(user, article=None):
    return scope_of(user).is_editor


@rules.predicate
def is_secretariat_somewhere(user, article=None):
    scope = scope_of(user)
    return bool(scope.led_ids) or scope.is_standing_agency


@rules.predicate
def is_author(user, article=None):
    return article is not None and user.is_authenticated and article.created_by_id == user.pk


@rules.predicate
def is_colleague(user, article=None):
    """Works in the secretariat of the bloc-year that the article is about."""
    return article is not None and article.bloc_year_id is not None and article.bloc_year_id in scope_of(user).led_ids


@rules.predicate
def is_still_theirs(user, article=None):
    """What one wrote about a bloc's year is one's own until the hand-over; then it can be read, not changed."""
    if article is None or article.bloc_year_id is None or scope_of(user).is_editor:
        return True
    return works_on_bloc_year(user, article.bloc_year)


@rules.predicate
def is_draft(user, article=None):
    return article is not None and article.state == ArticleState.DRAFT


@rules.predicate
def is_in_review(user, article=None):
    return article is not None and article.state == ArticleState.IN_REVIEW


is_writer = is_colleague | (is_author & is_still_theirs)

# A draft is seen by those who write it; an editor sees it from the moment it is sent for review.
rules.add_perm("news.add_article", is_editor | is_secretariat_somewhere)
rules.add_perm("news.view_article", is_author | is_colleague | (is_editor & ~is_draft))
rules.add_perm("news.change_article", (is_writer & is_draft) | (is_editor & is_in_review))
rules.add_perm("news.submit_article", is_writer)
rules.add_perm("news.return_article", is_editor & ~is_author)
rules.add_perm("news.publish_article", is_editor & ~is_author)
rules.add_perm("news.withdraw_article", is_editor)
# What was taken from the site goes back to those who write.
rules.add_perm("news.reopen_article", is_writer)
# A record of a meeting becomes news where the bloc-year's work is done.
rules.add_perm("news.draft_article", works_on_bloc_year)
# Asked about a bloc-year: an article is put under a year only by who may go on working with it.
rules.add_perm("news.write_about", is_editor | works_on_bloc_year)
rules.add_perm("news.view_desk", is_editor | is_secretariat_somewhere)

"""A paper that was too large for its page, kept for an hour until its reader lets it be made behind the page."""

import secrets

from django.core.cache import cache

SECONDS = 3600


def keep(user, paper):
    """A key by which this user alone finds the paper again."""
    token = secrets.token_hex(16)
    cache.set(_key(user, token), paper, SECONDS)
    return token


def find(user, token):
    """The paper, or None: too late, never kept, or somebody else's."""
    return cache.get(_key(user, token))


def _key(user, token):
    return f"paper-{user.pk}-{token}"

"""How often one address may try something: counted in the cache, before it is judged."""

from django.core.cache import cache


def spend(what, who, *, most, seconds):
    """Count one try of `who`; False when it was one too many within the time."""
    key = f"rate:{what}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two lines.
        cache.add(key, 1, seconds)
        return True


def is_spent(what, who, *, most):
    """Whether nothing is left, without counting this question."""
    return cache.get(f"rate:{what}:{who}", 0) >= most

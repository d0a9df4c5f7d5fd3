"""How often one address or account may try something: counted in the cache, before it is judged.

Every try takes a place of its own with `add`, which the database decides for many at once. `incr` does not do here: on a
cache table it reads and writes in two steps, and puts off the end of the time to five minutes.
"""

from django.core.cache import cache


def spend(what, who, *, most, seconds):
    """Count one try of `who`; False when `most` were made within the time already."""
    keys = _keys(what, who, most)
    taken = cache.get_many(keys)
    return any(cache.add(key, 1, seconds) for key in keys if key not in taken)


def is_spent(what, who, *, most):
    """Whether nothing is left, without counting this question."""
    return len(cache.get_many(_keys(what, who, most))) >= most


def give_back(what, who, *, most):
    """Forget all tries of `who`."""
    cache.delete_many(_keys(what, who, most))


def _keys(what, who, most):
    return [f"rate:{what}:{who}:{place}" for place in range(most)]

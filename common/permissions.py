"""The one door by which services ask "who may do this?"."""

import rules
from django.core.exceptions import PermissionDenied


def require(by, perm, obj=None):
    """Raise PermissionDenied (403) unless `by` has the permission; an administrator's superpower does not count.

    Django gives a superuser every permission, but an administrator may not touch the state of the work (design §4),
    so the question is put to the rules alone.
    """
    if not may(by, perm, obj):
        raise PermissionDenied("Tài khoản của bạn không có quyền thực hiện việc này.")


def may(user, perm, obj=None):
    """Whether the rules allow it; False for an inactive or anonymous user unless the rule says otherwise."""
    return bool(rules.has_perm(perm, user, obj))

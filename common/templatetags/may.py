"""`{% may "awards.submit_proposal" proposal as can_submit %}`: the same question the services ask."""

from django import template

from common.permissions import may

register = template.Library()


@register.simple_tag(takes_context=True, name="may")
def may_tag(context, perm, obj=None):
    """Whether the signed-in user may do it by the rules; an administrator's superpower does not count."""
    return may(context["request"].user, perm, obj)

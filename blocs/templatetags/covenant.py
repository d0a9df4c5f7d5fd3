"""What the page of a covenant says about its text: targets in words, and what changed since the version before."""

from django import template

from blocs import changes, target_words

register = template.Library()


@register.filter
def item_words(item):
    """ "ít nhất 02 nhà; thời hạn 30/9/2022; đơn vị phụ trách: Sở Y tế"."""
    return target_words.item_words(item)


@register.simple_tag
def changes_of(version):
    """The changes since the version before; nothing for the first one."""
    return changes.changes_of(version) if version.number > 1 else []

"""`{% bar_chart "Kết quả so với chỉ tiêu" bars mark=100 mark_label="mức chỉ tiêu" %}`; see common/charts.py."""

from django import template

from common import charts

register = template.Library()


@register.simple_tag
def bar_chart(title, bars, mark=None, mark_label="", longest=None, font=""):
    """A small bar chart; nothing without bars. It never stands without a table of the same values."""
    return charts.bar_chart(title, bars, mark=mark, mark_label=mark_label, longest=longest, font=font)

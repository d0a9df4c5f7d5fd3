"""Database constraints that several models need, each with its Vietnamese sentence."""

from django.db.models import CheckConstraint, F, Q


def both_or_neither(first, second, *, name):
    """`<verb>_at` and `<verb>_by` come in pairs."""
    condition = Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )
    return CheckConstraint(condition=condition, name=name, violation_error_message="Thiếu người hoặc thời điểm thực hiện.")


def dates_in_order(*, name, start="starts_on", end="ends_on"):
    """An end is empty (open) or not before its start; both days are inclusive."""
    return CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
        violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
    )


def state_known(choices, *, name, field="state"):
    """A stray `update()` to a state nobody knows is refused by the database."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=name, violation_error_message="Trạng thái không hợp lệ."
    )

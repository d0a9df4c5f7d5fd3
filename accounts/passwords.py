"""The password asked once more before an act that binds: signing, above all."""

from django.views.decorators.debug import sensitive_variables

from common.errors import DomainError
from common.rates import give_back, spend

_TRIES, _SECONDS = 5, 900


class WrongPassword(DomainError):
    """The password is not that of the account, or too many were wrong just now."""

    status = 422


@sensitive_variables("password")
def confirm_password(user, password):
    """Raise WrongPassword unless `password` is the user's; five wrong ones close the door for a quarter of an hour.

    Every try counts before it is judged, so that many at once do not slip through. Call it outside a transaction:
    the count must stay when the act is undone.
    """
    if not spend("confirm-password", user.pk, most=_TRIES, seconds=_SECONDS):
        raise WrongPassword("Mật khẩu đã nhập sai nhiều lần; xin thử lại sau 15 phút.")
    if not user.check_password(password or ""):
        raise WrongPassword("Mật khẩu tài khoản không đúng.")
    give_back("confirm-password", user.pk, most=_TRIES)

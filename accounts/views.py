"""Signing in, changing the password, one's own account; allauth does the work."""

from allauth.account.views import LoginView, PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.shortcuts import render


class _FaultsAre422:
    """A form with faults comes back as 422, as everywhere here."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # allauth's `site` would hide ours (portal.context_processors).
        context.pop("site", None)
        return context


class SignInView(_FaultsAre422, LoginView):
    pass


class OwnPasswordView(_FaultsAre422, PasswordChangeView):
    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_usable_password():
            raise PermissionDenied("Tài khoản này không đăng nhập bằng mật khẩu.")
        return super().dispatch(request, *args, **kwargs)


def own_account(request):
    """Tài khoản của tôi: name, telephone, what the account may be used for."""
    return render(request, "account/own_account.html")

"""How allauth behaves here: nobody registers, and it speaks Vietnamese."""

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import resolve_url


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã bị khóa. Hãy liên hệ quản trị hệ thống.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "rate_limited": "Bạn gửi quá nhiều lần trong thời gian ngắn. Hãy chờ ít phút rồi thử lại.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu hiện tại.",
        "too_many_login_attempts": "Đã nhập sai quá nhiều lần. Tài khoản tạm khóa 15 phút; hãy thử lại sau.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
    }

    def is_open_for_signup(self, request):
        """Accounts are issued by the administrator."""
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords are counted for the name alone: with the host, each made-up port would begin a new count."""
        return credentials.get("username", "").lower()

    def get_password_change_redirect_url(self, request):
        return resolve_url("account_own")

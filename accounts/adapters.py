"""How allauth behaves here: nobody registers, and a session starts only at our sign-in page."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are issued by the administrator."""
        return False

"""The first sign-in asks for a new password before anything else."""

from django.shortcuts import redirect
from django.urls import reverse


class MustChangePassword:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.must_change_password:
            open_to_all = {reverse("account_change_password"), reverse("account_logout")}
            if request.path not in open_to_all and not request.path.startswith("/static/"):
                return redirect("account_change_password")
        return self.get_response(request)

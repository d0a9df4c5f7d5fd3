"""A session that ends in the middle of a form loses nothing (design §8): one mechanism for all forms.

When a form is sent and the session has ended, the text fields are put into a fresh anonymous session, the user signs in,
comes back to the same address, and the form stands there as typed. Files cannot be kept; the page says so. Passwords and
passphrases are never kept: a field that takes one has `password` or `passphrase` in its name (tests/common/test_kept.py).

Every view that shows a form binds it with `form_data(request)`:

    form = MeetingForm(form_data(request), request.FILES or None, instance=meeting)
    if request.method == "POST" and form.is_valid(): …
"""

import re

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import QueryDict

_SESSION_KEY = "kept_form"
_OWNER_COOKIE = "nguoi_dung"
# Far above the longest minutes, far below what could fill a disk.
_LIMIT = 512 * 1024
SECRET_NAME = re.compile(r"password|passphrase", re.IGNORECASE)


def form_data(request):
    """The data to bind a form with: what was posted, else what was kept for this address and this user, else None."""
    if request.method == "POST":
        return request.POST
    return getattr(request, "kept_form", None)


class LoginRequiredKeepingForms(LoginRequiredMiddleware):
    """Sends the anonymous to the sign-in page and keeps what they had typed; gives it back after signing in."""

    def __call__(self, request):
        request.kept_form = None
        request.kept_form_lost_files = False
        if request.user.is_authenticated and request.method == "GET":
            self._give_back(request)
        response = super().__call__(request)
        if request.user.is_authenticated:
            self._remember_owner(request, response)
        return response

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and not request.htmx:
            self._keep(request)
        return super().handle_no_permission(request, view_func)

    def _keep(self, request):
        body = request.POST.copy()
        for name in [name for name in body if name == "csrfmiddlewaretoken" or SECRET_NAME.search(name)]:
            del body[name]
        encoded = body.urlencode()
        owner = request.get_signed_cookie(_OWNER_COOKIE, default=None)
        # Without knowing whose text it is it could be shown to the next person at a shared computer.
        if not body or owner is None or len(encoded) > _LIMIT:
            return
        request.session[_SESSION_KEY] = {
            "path": request.path,
            "body": encoded,
            "owner": owner,
            "files": bool(request.FILES),
        }

    def _give_back(self, request):
        kept = request.session.get(_SESSION_KEY)
        if kept is None or kept["path"] != request.path:
            return
        del request.session[_SESSION_KEY]
        if kept["owner"] == str(request.user.pk):
            request.kept_form = QueryDict(kept["body"])
            request.kept_form_lost_files = kept["files"]

    def _remember_owner(self, request, response):
        if request.get_signed_cookie(_OWNER_COOKIE, default=None) != str(request.user.pk):
            response.set_signed_cookie(
                _OWNER_COOKIE,
                str(request.user.pk),
                max_age=30 * 86400,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )

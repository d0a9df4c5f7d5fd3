"""Error pages in Vietnamese; none of them needs the database."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    return render(request, "errors/500.html", status=500)


@login_not_required
def csrf_failure(request, reason=""):
    """The session changed under an open form (signed out or in elsewhere): nothing was saved, the page says what to do."""
    return render(request, "errors/csrf.html", status=403)

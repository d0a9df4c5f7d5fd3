"""What stands between every request and every view of ours."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render

from common.actor import begin_request, end_request
from common.errors import DomainError


class ActorMiddleware:
    """Tells the audit log from which address a request comes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        tokens = begin_request(request.META.get("REMOTE_ADDR") or None)
        try:
            return self.get_response(request)
        finally:
            end_request(tokens)


class DomainErrorMiddleware:
    """Turns a DomainError that no view caught into a sentence for the user, with its 4xx status.

    After a button (POST) the user sees the sentence on a page of its own with a way back to the record; htmx asks for
    the record's page anew, where the message stands.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, DomainError):
            return None
        subject = exception.subject
        back = subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else None
        if request.htmx and back:
            messages.error(request, exception.message)
            response = HttpResponseRedirect(back)
            response.headers["HX-Redirect"] = back
            response.status_code = 200
            return response
        context = {"error": exception, "back": back or request.META.get("HTTP_REFERER") or "/"}
        return render(request, "errors/refused.html", context, status=exception.status)

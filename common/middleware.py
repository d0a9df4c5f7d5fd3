"""What stands between every request and every view of ours."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from common.actor import begin_request, end_request
from common.errors import DomainError


class PlainRequestMiddleware:
    """Takes NUL out of `?…=`, which PostgreSQL cannot be asked about, and refuses bodies that only fill the disk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Files are written to disk before anybody is asked who sends them. What is a little too large gets its sentence.
        size = request.META.get("CONTENT_LENGTH") or "0"
        files = 4 * max(settings.UPLOAD_LIMIT_PAPER, settings.UPLOAD_LIMIT_PICTURE)
        if not size.isdecimal() or int(size) > files + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The body is larger than any upload may be.")
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\0", "")
        return self.get_response(request)


class ActorMiddleware:
    """Tells the audit log from which address a request comes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        tokens = begin_request(address_of(request))
        try:
            return self.get_response(request)
        finally:
            end_request(tokens)


def address_of(request):
    """Where the request comes from: as the trusted proxies say, else who is connected; None where it is no address."""
    text = request.META.get("REMOTE_ADDR") or ""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if count and forwarded[0] and len(forwarded) >= count:
        text = forwarded[-count]
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def page_before(request):
    """The page of ours on which the user was; a link there from another site does not become our “Quay lại”."""
    before = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours else "/"


class PrivatePagesMiddleware:
    """What a signed-in person saw is not kept: nobody pages back to it after signing out, no proxy hands it on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Public pictures and files say themselves what may be kept.
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


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
        context = {"error": exception, "back": back or page_before(request)}
        return render(request, "errors/refused.html", context, status=exception.status)

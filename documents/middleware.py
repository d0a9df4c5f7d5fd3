"""A paper that a page cannot make in time is offered to be made behind the page, whichever view asked for it."""

from django.shortcuts import render

from common.middleware import page_before
from documents import kept_papers
from documents.engine.render import TooLarge


class TooLargeMiddleware:
    """Answers TooLarge of a draft with its sentence and a button; the view has asked for the right to read it.

    Only for a page that is read: what is issued or sent gets its number and its code within one step, never later.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, TooLarge) or exception.paper is None:
            return None
        if request.method != "GET" or not request.user.is_authenticated:
            return None
        subject = exception.subject
        context = {
            "error": exception,
            "title": exception.paper["values"]["paper"]["title"],
            "token": kept_papers.keep(request.user, exception.paper),
            "back": subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else page_before(request),
        }
        return render(request, "documents/too_large.html", context, status=exception.status)

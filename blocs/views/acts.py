"""How a page with a form calls a service."""

from django.contrib import messages
from django.shortcuts import redirect

from common.errors import DomainError


def attempt(form, service, /, **kwargs):
    """What the service returns, or None when a rule of the work says no: then its sentence stands on the form.

    On a form page the user keeps everything typed, so the sentence goes there and not to a page of its own.
    """
    try:
        return service(**kwargs)
    except DomainError as error:
        form.add_error(None, error.message)
        return None


def done(request, text, where, *args):
    """Leave a message and go on."""
    messages.success(request, text)
    return redirect(where, *args)


def search_text(request, form_class):
    """The words of `?q=` as typed; empty when they make no sense."""
    form = form_class(request.GET)
    return form, form.cleaned_data["q"] if form.is_valid() else ""

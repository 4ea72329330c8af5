"""CSRF protection without a cookie for visitors.

Where nobody is signed in there is nothing that a forged request could use, and reading a page must not set a cookie: a
good Origin header is enough, also if a session began after the page with the form was made. A request of somebody who is
signed in gets Django's full check.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.middleware.csrf import CsrfViewMiddleware

from . import errors


def has_session(request):
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_signed_in(request):
    return has_session(request) and SESSION_KEY in request.session


def origin_suffices(view):
    """For a view whose reader may have signed in after the page with its form was made: a good Origin header is enough."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    marked.origin_suffices = True
    return marked


class CsrfMiddleware(CsrfViewMiddleware):
    def process_view(self, request, callback, callback_args, callback_kwargs):
        if self._comes_from_here(request):
            try:
                by_origin = getattr(callback, "origin_suffices", False) or not _is_signed_in(request)
            except OperationalError:
                # Who is signed in is asked of the database; what a middleware raises becomes no page of ours.
                return errors.unavailable(request)
            if by_origin:
                return self._accept(request)
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _comes_from_here(self, request):
        return "HTTP_ORIGIN" in request.META and self._origin_verified(request)

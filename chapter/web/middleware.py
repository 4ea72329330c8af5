"""What happens to every answer: headers that never vary, and kind pages when the database or a limit says no."""

from django.db import DataError, OperationalError

from ..fields import CONTROLS
from . import errors
from .csrf import has_session
from .ratelimits import TooManyRequests

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def constant_headers(get_response):
    """Constant headers on every answer; pages of people who may be signed in are kept in no cache.

    The cookie alone decides: the database may be what is away.
    """

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if has_session(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def drop_unstorable_cookies(get_response):
    """Passes over cookies with control characters in them: no browser has such a one from us, no column can hold it."""

    def middleware(request):
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if not CONTROLS.search(value)}
        return get_response(request)

    return middleware


class FriendlyErrors:
    """429 for a limit, 503 with Retry-After when the database is away or a lock was not to be had, 400 for a number
    or character that no column can hold."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, TooManyRequests):
            return errors.too_many(request, error.retry_after)
        if isinstance(error, OperationalError):
            return errors.unavailable(request)
        if isinstance(error, DataError):
            return errors.bad_request(request)
        return None

"""Middleware: constant headers, and friendly pages for database errors, limits and requests that never came whole."""

from django.db import DataError, OperationalError
from django.http import UnreadablePostError

from .. import server_log
from ..fields import CONTROLS
from ..prepared import reading
from . import errors
from .csrf import has_session
from .ratelimits import TooManyRequests

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def name_request(get_response):
    """Whatever is logged while a page is made says which request it was for."""

    def middleware(request):
        with server_log.named(request.META.get("HTTP_X_REQUEST_ID", "")):
            return get_response(request)

    return middleware


def constant_headers(get_response):
    """Set headers that never vary; forbid caching for requests with a session cookie.

    Others may keep a page, and ask each time whether it still holds: unasked, some networks in front of sites keep for a day
    whatever says nothing of it.
    """

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # The cookie decides, not request.user: the database may be away.
        response.headers.setdefault("Cache-Control", "no-store, private" if has_session(request) else "no-cache")
        return response

    return middleware


# Control characters: no cookie of ours has them, and PostgreSQL stores no NUL.
def drop_unstorable_cookies(get_response):
    def middleware(request):
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if not CONTROLS.search(value)}
        return get_response(request)

    return middleware


# What collects a request before Django sees it (otg_site/front/) says under this key which error page it deserves.
REFUSAL = "site.refusal"


def refuse_what_is_not_whole(get_response):
    def middleware(request):
        kind = request.META.get(REFUSAL)
        return errors.page(kind, request) if kind else get_response(request)

    return middleware


# Of them alone it is known that they change nothing.
SAFE = {"GET", "HEAD"}


def ask_once_a_page(get_response):
    def middleware(request):
        if request.method not in SAFE:
            return get_response(request)
        with reading():
            return get_response(request)

    return middleware


class FriendlyErrors:
    """429 for a limit; 503 with Retry-After for a lost database or lock timeout; 400 for values no column can hold
    and for a form that breaks off."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, TooManyRequests):
            return errors.page(error.page, request, retry_after=error.retry_after)
        if isinstance(error, OperationalError):
            return errors.unavailable(request)
        if isinstance(error, DataError | UnreadablePostError):
            return errors.bad_request(request)
        return None

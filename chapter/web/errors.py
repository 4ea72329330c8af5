"""Error pages, in the language of the address. They make no query."""

from functools import partial

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..languages import CODES, current

RETRY_SECONDS = 10
TOO_MANY_RETRY_SECONDS = 60
# Each error: its status, its heading, and a sentence on what to do next.
PAGES = {
    "bad_request": (
        400,
        _("We couldn’t read that"),
        _("The address or the form contains something we can’t read. Go back, check it and try again."),
    ),
    "broke_off": (
        400,
        _("The form didn’t arrive in full"),
        _("We received only part of it, so nothing was saved. Go back and send it again."),
    ),
    "too_much": (
        400,
        _("Your upload is too large"),
        _("You can send at most 32 MB and 100 files at a time. Nothing was saved. Go back and send less."),
    ),
    "forbidden": (
        403,
        _("This page is for organisers"),
        _("Your account can’t open this page. Ask an organiser if you think it should."),
    ),
    "csrf_failure": (
        403,
        _("The form has expired"),
        _(
            "To keep you safe, we didn’t save it. Go back, reload the page and send it again. What you wrote is usually still there."
        ),
    ),
    "not_found": (
        404,
        _("Page not found"),
        _("The page may have moved, or the link may be wrong. You can start again from the events."),
    ),
    "too_many": (
        429,
        _("Too many attempts"),
        _("You can only try a few times in a short while. Wait a little, then try again. Nothing was saved."),
    ),
    "mailbox_full": (
        429,
        _("Too many emails to this address"),
        _(
            "Several emails have been sent to this address within the last hour. Look for them: their links still work. Or sign in: you then don’t need an email to confirm, and a sign-in code is always sent."
        ),
    ),
    "server_error": (
        500,
        _("Something went wrong on our side"),
        _("It’s not your fault. Try again in a moment. If it keeps happening, write to the organisers."),
    ),
    "unavailable": (
        503,
        _("Just a moment"),
        _("The site is busy or under maintenance. Nothing was saved. Try again in a few seconds."),
    ),
}


def page(kind, request, exception=None, *, reason="", retry_after=None):
    """An error page; `exception` and `reason` are what Django passes to its handlers."""
    status, title, text = PAGES[kind]
    prefix = request.path_info.strip("/").split("/")[0]
    language = prefix if prefix in CODES else current()
    context = {"status": status, "kind": kind, "title": title, "text": text, "error_language": language}
    with override(language):
        # Without the request no context processor runs, and none asks the database.
        response = render(None, "errors/page.html", {**context, "path": request.get_full_path()}, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request, exception=None):
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return page("too_much" if is_too_much else "bad_request", request)


def too_many(request, retry_after=TOO_MANY_RETRY_SECONDS):
    """Also handler429, for allauth's limits, which do not say how long they last."""
    return page("too_many", request, retry_after=retry_after)


forbidden = partial(page, "forbidden")
csrf_failure = partial(page, "csrf_failure")
not_found = partial(page, "not_found")
server_error = partial(page, "server_error")
unavailable = partial(page, "unavailable", retry_after=RETRY_SECONDS)

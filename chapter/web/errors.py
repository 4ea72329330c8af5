"""Error pages, in the language of the address; none of them asks the database for anything."""

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..languages import CODES, current

RETRY_SECONDS = 10


def _language_of(request):
    prefix = request.path_info.strip("/").split("/")[0]
    return prefix if prefix in CODES else current()


def page(request, status, *, title, text, retry_after=None):
    """An error page with a heading, a sentence on what to do next and, for 429 and 503, Retry-After."""
    context = {"status": status, "title": title, "text": text, "error_language": _language_of(request)}
    response = render(None, "errors/page.html", {**context, "path": request.get_full_path()}, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_much(request)
    with override(_language_of(request)):
        return page(
            request,
            400,
            title=_("We could not read that"),
            text=_(
                "Something in the address or the form made no sense to us. Go back, look it over, and try once more."
            ),
        )


def too_much(request):
    with override(_language_of(request)):
        return page(
            request,
            400,
            title=_("That was too much at once"),
            text=_("A form can bring 32 MB and 100 files at a time. Nothing was saved: go back and send less."),
        )


def forbidden(request, exception=None):
    with override(_language_of(request)):
        return page(
            request,
            403,
            title=_("This door is for organisers"),
            text=_("Your account cannot open this page. Ask an organiser if you think it should."),
        )


def csrf_failure(request, reason=""):
    with override(_language_of(request)):
        return page(
            request,
            403,
            title=_("The form was too old"),
            text=_(
                "For your safety we did not save it. Go back, reload the page, and send it again. What you wrote is usually still there."
            ),
        )


def not_found(request, exception=None):
    with override(_language_of(request)):
        return page(
            request,
            404,
            title=_("There is nothing here"),
            text=_("The page may have moved, or the link may be wrong. The events are a good place to start again."),
        )


def too_many(request, retry_after):
    with override(_language_of(request)):
        return page(
            request,
            429,
            retry_after=retry_after,
            title=_("That was a lot at once"),
            text=_("We let only so many through in a short time. Wait a little, then try again. Nothing was saved."),
        )


def server_error(request):
    with override(_language_of(request)):
        return page(
            request,
            500,
            title=_("Something broke on our side"),
            text=_("It is not your fault. Try again in a moment. If it goes on, write to the organisers."),
        )


def unavailable(request):
    with override(_language_of(request)):
        return page(
            request,
            503,
            retry_after=RETRY_SECONDS,
            title=_("Just a moment"),
            text=_("The site is busy or being looked after. Nothing was saved. Try again in a few seconds."),
        )

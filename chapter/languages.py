"""The site's three languages: how a reader's wish is heard and what is shown when a text is missing."""

import re

from django.conf import settings
from django.db.models import Case, IntegerField, Value, When
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.utils import translation

CODES = tuple(code for code, _ in settings.LANGUAGES)
FALLBACK = {"nb": ("nb", "sv", "en"), "sv": ("sv", "nb", "en"), "en": ("en", "nb", "sv")}
# Browsers in Norway also send `no` and `nn`; without this Django would answer them in English.
OTHER_NORWEGIAN = re.compile(r"\b(?:no|nn)(?:-[a-z]{2})?\b", re.IGNORECASE)
REMEMBERED_SECONDS = 365 * 24 * 60 * 60


def current():
    """The language of the page being made, one of CODES."""
    code = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in CODES else settings.LANGUAGE_CODE


def preference(language, *, field="language"):
    """An SQL expression that sorts rows by how well their language serves a reader of `language`."""
    order = FALLBACK.get(language, FALLBACK["nb"])
    whens = [When(**{field: code}, then=Value(place)) for place, code in enumerate(order)]
    return Case(*whens, default=Value(len(order)), output_field=IntegerField())


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Django's, which also understands `Accept-Language: no` and `nn`."""

    def process_request(self, request):
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500]
        if accepted:
            request.META["HTTP_ACCEPT_LANGUAGE"] = OTHER_NORWEGIAN.sub("nb", accepted)
        super().process_request(request)


def with_default(alternates):
    """(code, address) pairs and, where there is a choice, `x-default`: what readers of every other language get."""
    found = dict(alternates)
    if len(found) < 2:
        return list(alternates)
    best = next(code for code in FALLBACK[settings.LANGUAGE_CODE] if code in found)
    # Home alone has an address without a language, which asks the browser.
    is_home = found[best] == f"{settings.SITE_URL}/{best}/"
    return [*alternates, ("x-default", f"{settings.SITE_URL}/" if is_home else found[best])]


def address_in(address, language):
    """A local address in another language, of which only the prefix differs; any other address as it is."""
    parts = address.split("/", 2)
    if len(parts) == 3 and not parts[0] and parts[1] in CODES:
        return f"/{language}/{parts[2]}"
    return address


def remember(response, language):
    """Keep a member's language in the cookie, so that `/` and links without a language lead there."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=REMEMBERED_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )

"""The site's three languages: what a reader asks for, and the order of fallbacks for missing texts."""

import re
from functools import lru_cache

from django.conf import settings
from django.db.models import Case, IntegerField, Value, When
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.urls import translate_url
from django.utils import translation

CODES = tuple(code for code, _ in settings.LANGUAGES)
FALLBACK = {"nb": ("nb", "sv", "en"), "sv": ("sv", "nb", "en"), "en": ("en", "nb", "sv")}
# Browsers in Norway also send `no` and `nn`; without this Django would answer them in English.
OTHER_NORWEGIAN = re.compile(r"\b(?:no|nn)(?:-[a-z]{2})?\b", re.IGNORECASE)
REMEMBERED_SECONDS = 365 * 24 * 60 * 60


def current() -> str:
    return _ours(translation.get_language())


@lru_cache
def _ours(spoken):
    code = (spoken or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in CODES else settings.LANGUAGE_CODE


def name_of(code) -> str:
    """A language's name in the page's own, as it stands in a sentence: "norsk" on a Norwegian page."""
    name = str(settings.LANGUAGE_NAMES.get(code, code))
    return name if current() == "en" else name.lower()


def preference(language, *, field="language") -> Case:
    """An SQL expression that sorts rows by how well their language serves a reader of `language`."""
    order = FALLBACK.get(language, FALLBACK["nb"])
    whens = [When(**{field: code}, then=Value(place)) for place, code in enumerate(order)]
    return Case(*whens, default=Value(len(order)), output_field=IntegerField())


class LocaleMiddleware(DjangoLocaleMiddleware):
    def process_request(self, request):
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500]
        if accepted:
            request.META["HTTP_ACCEPT_LANGUAGE"] = OTHER_NORWEGIAN.sub("nb", accepted)
        super().process_request(request)


def with_default(alternates):
    """(code, address) pairs, and `x-default` for all other readers if there is a choice."""
    found = dict(alternates)
    if len(found) < 2:
        return list(alternates)
    best = next(code for code in FALLBACK[settings.LANGUAGE_CODE] if code in found)
    # Only the home page has an address without a language, `/`, which redirects by browser.
    is_home = found[best] == f"{settings.SITE_URL}/{best}/"
    return [*alternates, ("x-default", f"{settings.SITE_URL}/" if is_home else found[best])]


def address_in(address: str, language: str) -> str:
    # Only local addresses with a language prefix change.
    parts = address.split("/", 2)
    if len(parts) == 3 and not parts[0] and parts[1] in CODES:
        return f"/{language}/{parts[2]}"
    return address


def translated(url: str, language: str) -> str:
    """`translate_url`, which looks the path up among all addresses, remembered by the path."""
    path, mark, query = url.partition("?")
    return _translated_path(path, language, translation.get_language()) + mark + query


@lru_cache(maxsize=4096)
def _translated_path(path, language, _spoken):
    # The part of the address that names a language is matched with the language that is spoken.
    return translate_url(path, language)


def remember(response, language):
    """Keep the member's language in the cookie that `/` and links without a language follow."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=REMEMBERED_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )

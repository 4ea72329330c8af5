"""The addresses of the site whose parts are secret: whoever has the link may act for a person."""

import re
import sys
from functools import cache

from django.conf import settings
from django.urls import get_resolver, register_converter
from django.urls.converters import SlugConverter

GAP = "…"
PARAMETER = re.compile(r"<(?:(?P<type>\w+):)?\w+>")


class TokenConverter(SlugConverter):
    """`<token:…>` in an address: as a slug, and cut from the log."""


register_converter(TokenConverter, "token")


def cut_tokens(text: str) -> str:
    # Until the last name of that module is known it is still being imported, and no link has been made or asked for.
    is_loaded = settings.configured and hasattr(sys.modules.get(settings.ROOT_URLCONF), "handler500")
    return _secret_parts().sub(rf"\1{GAP}", text) if is_loaded else text


@cache
def _secret_parts():
    """What comes before a secret part, and the part; also within an encoded address."""
    # The longer of two that begin alike comes first.
    starts = "|".join(sorted({_as_regex(start) for start in secret_starts()}, reverse=True))
    return re.compile(rf"((?:{starts or '(?!)'}))[^/\s?#&\"'<>]+", re.IGNORECASE)


def secret_starts() -> list[str]:
    """The start of each route up to a secret part, without the language: "events/rsvp/"."""
    return list(_starts(get_resolver().url_patterns, ""))


def _starts(patterns, before):
    for pattern in patterns:
        # A prefix of a language is the reader's, and a route that is a regular expression has no types.
        route = before + getattr(pattern.pattern, "_route", "")
        if hasattr(pattern, "url_patterns"):
            yield from _starts(pattern.url_patterns, route)
        else:
            yield from (route[: found.start()] for found in PARAMETER.finditer(route) if found["type"] == "token")


def _as_regex(start):
    literals = (re.escape(literal).replace("/", "(?:/|%(?:25)*2F)") for literal in PARAMETER.split(start)[::2])
    return r"[^/\s]+".join(literals)

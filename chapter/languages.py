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

"""The context of every page."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .. import languages
from ..models import Chapter
from .csrf import has_session


def site_context(request):
    return {
        "chapter": SimpleLazyObject(Chapter.load),
        "site_url": settings.SITE_URL,
        "site_host": settings.SITE_HOST,
        "page_language": languages.current(),
        "has_session": has_session(request),
        "demo": settings.DEMO,
    }

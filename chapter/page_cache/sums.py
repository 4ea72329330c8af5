"""What takes long to add up, and is looked at page by page."""

from django.conf import settings
from django.core.cache import caches

from .middleware import POSTED

MINUTE = 60


def once_a_minute(request, name: str, add_up):
    """What `add_up()` returns, kept under this name, without spaces, for a minute in this process.

    Whoever has posted something in the last minute, and a site that keeps no pages, has it added up anew. It must not
    depend on who asks, and may be pickled.
    """
    if not settings.PAGE_CACHE or POSTED in request.COOKIES:
        return add_up()
    return caches["process"].get_or_set(name, add_up, MINUTE)

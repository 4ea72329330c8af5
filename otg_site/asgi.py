"""The ASGI application for live boards; in the demo, for everything."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
_pages = get_wsgi_application()

from facilitation.live import streams  # noqa: E402 (its models need Django to be set up)

from . import metrics  # noqa: E402
from .front import Pages  # noqa: E402

_pages = Pages(_pages)


# Streams of boards bypass Django, whose middleware is synchronous.
async def application(scope, receive, send):
    if not streams.serves(scope):
        return await _pages(scope, receive, send)
    with metrics.open_stream():
        await streams.application(scope, receive, send)

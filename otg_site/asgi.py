"""The ASGI application for live boards; in the demo, for everything."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
_pages = get_wsgi_application()

from facilitation.live import streams  # noqa: E402 (its models need Django to be set up)

from .front import Pages  # noqa: E402

_pages = Pages(_pages)


# Streams of boards bypass Django, whose middleware is synchronous.
async def application(scope, receive, send):
    await (streams.application if streams.serves(scope) else _pages)(scope, receive, send)

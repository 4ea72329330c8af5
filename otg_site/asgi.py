"""The ASGI application for live boards; in the demo, for everything."""

import os
import warnings

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
# Under ASGI Django runs each request in a new thread, so a persistent connection would leak.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
# WhiteNoise streams files, which Django reads whole under ASGI; fine for small files.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_django = get_asgi_application()

from facilitation.live import streams  # noqa: E402 (its models need Django to be set up)


# Streams of boards bypass Django, whose middleware is synchronous.
async def application(scope, receive, send):
    await (streams.application if streams.serves(scope) else _django)(scope, receive, send)

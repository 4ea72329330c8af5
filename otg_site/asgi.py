"""The door for gunicorn's asgi worker, which serves live boards; in the demo, everything."""

import os
import warnings

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
# Django runs each request in a thread of its own here: a connection that is kept would be kept by nobody.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
# WhiteNoise reads files in pieces, Django in one go under asgi. Right for small files, so not worth a line for each.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_django = get_asgi_application()

from facilitation.live import streams  # noqa: E402 (its models need Django to be set up)


async def application(scope, receive, send):
    """Streams of boards go their own way, past Django's middleware."""
    await (streams.application if streams.serves(scope) else _django)(scope, receive, send)

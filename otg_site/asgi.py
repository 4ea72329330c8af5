"""The door for gunicorn's asgi worker, which serves live boards."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
application = get_asgi_application()

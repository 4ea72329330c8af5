"""The WSGI application for gunicorn's gthread workers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
application = get_wsgi_application()

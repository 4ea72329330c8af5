"""The WSGI application. gunicorn serves it with `otg_site.front.worker`, any other WSGI server as it is."""

import os

from django.core.wsgi import get_wsgi_application

from .front import OnlyWhole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
application = OnlyWhole(get_wsgi_application())

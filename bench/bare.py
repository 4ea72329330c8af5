"""The least that Django can do: one view that says hello, without a database, middleware or templates.

Also the settings of its gunicorn: those of the site, which loads its pages and counts besides.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

from otg_site.gunicorn import *  # noqa: F403
from otg_site.gunicorn import freeze
from otg_site.start import addresses


def on_starting(_server):
    pass


def child_exit(_server, _worker):
    pass


def post_worker_init(_worker):
    freeze()


def hello(request):
    return HttpResponse("Hello")


urlpatterns = [re_path("", hello)]
# The server looks at the database when it starts; the view does not.
database = {"default": addresses.database("DATABASE_URL", os.environ["DATABASE_URL"])}
settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], USE_I18N=False, DATABASES=database
)
application = get_wsgi_application()

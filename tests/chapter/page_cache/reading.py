"""A site that keeps pages, in this process, and readers of it."""

import time
from secrets import token_hex

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from chapter.page_cache import tables
from chapter.page_cache.middleware import PageCache

PATIENCE_SECONDS = 30


class KeepingSite:
    """One store and one listener, which must be stopped; `reader()` makes a browser without cookies."""

    def __init__(self):
        with override_settings(PAGE_CACHE=True):
            client = Client()
            client.handler.load_middleware()
        self.handler = client.handler
        self.cache = _found(client.handler)

    def reader(self):
        client = Client(headers={"host": settings.SITE_HOST})
        client.handler = self.handler
        return client

    def wait_until_alive(self):
        until(self.cache.listener.is_alive)

    def catch_up(self):
        """Wait until all that was committed has been heard: notices arrive in the order of their commits."""
        self.wait_until_alive()
        word = token_hex(8)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [tables.CHANNEL, word])
        until(lambda: word in self.cache.store._told)


def _found(handler):
    """The instance of the middleware in front: Django wraps each of them in a function."""
    return next(cell.cell_contents for cell in handler._middleware_chain.__closure__ if _is_cache(cell.cell_contents))


def _is_cache(value):
    return isinstance(value, PageCache)


def queries(ask):
    """The response of `ask()`, and how many queries it took."""
    with CaptureQueriesContext(connection) as made:
        return ask(), len(made)


def until(holds):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.005)

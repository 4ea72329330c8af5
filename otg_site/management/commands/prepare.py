"""Prepare the database for this release."""

from contextlib import contextmanager, suppress

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from chapter.models import Chapter
from chapter.page_cache import tables
from chapter.pages import texts as pages
from chapter.privacy import gone
from otg_site.start import limits, refusals
from principles import wordings

# One at a time in a database; any number will do that nobody else uses.
LOCK = 20_211_206


@contextmanager
def _alone():
    """Wait until nobody else prepares this database. The lock belongs to a transaction of a connection of its own: a
    pooler would hand a session, with its locks, to others."""
    params = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        params.pop(name, None)
    with psycopg.connect(**params) as other:
        other.execute("SET LOCAL lock_timeout = 0")
        other.execute("SET LOCAL statement_timeout = 0")
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
        # It may have begun before the limits were stored, and a pooler would hand it on.
        with suppress(psycopg.OperationalError):
            other.execute("SELECT pg_terminate_backend(pg_backend_pid())")


class Command(BaseCommand):
    help = "Migrate, make the cache table and the triggers of the page cache and of what is deleted, store the limits of the database, the chapter’s row and the shipped texts, render outdated texts again. Repeatable; run it at every release."

    def handle(self, *args, verbosity, **options):
        with refusals.explained(), _alone():
            limits.store()
            with limits.lifted():
                self._prepare(verbosity)

    def _prepare(self, verbosity):
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        tables.install()
        gone.install()
        Chapter.load()
        pages.load_shipped()
        wordings.load_shipped()
        call_command("rerender", verbosity=verbosity)

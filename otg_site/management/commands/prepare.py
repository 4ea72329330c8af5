"""Prepare the database for this release."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from chapter.models import Chapter
from chapter.pages import texts as pages
from principles import wordings


def _lift_statement_timeout():
    # A page's query ends after 15 s; building an index on a large table may take longer.
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")


class Command(BaseCommand):
    help = "Migrate, make the cache table, store the chapter’s row and the shipped texts, render outdated texts again. Repeatable; run it at every release."

    def handle(self, *args, verbosity, **options):
        _lift_statement_timeout()
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        Chapter.load()
        pages.load_shipped()
        wordings.load_shipped()
        call_command("rerender", verbosity=verbosity)

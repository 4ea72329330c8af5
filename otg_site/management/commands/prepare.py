"""Make the database ready for this release."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from chapter import pages
from chapter.models import Chapter
from principles import wordings


class Command(BaseCommand):
    help = "Migrate, make the cache table, store the chapter’s row and the shipped texts. Repeatable; run it at every release."

    def handle(self, *args, verbosity, **options):
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        Chapter.load()
        pages.load_shipped()
        wordings.load_shipped()

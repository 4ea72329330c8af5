"""Fill an empty site with an invented chapter."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...demo import chapter as demo_chapter


class Command(BaseCommand):
    help = "Load the demo chapter: people, events, microactions and posts, dated from today. Once; then it changes nothing."

    def handle(self, *args, verbosity, **options):
        if settings.SITE_MODE == "production":
            raise CommandError(
                "The demo chapter is not for production: its people are invented, and anyone may sign in as them. "
                "Set SITE_MODE=demo, on a database of its own."
            )
        try:
            loaded = demo_chapter.load()
        except demo_chapter.NotPrepared:
            raise CommandError("The database is not ready: run manage.py prepare first.") from None
        if verbosity:
            self.stdout.write("The demo chapter is open." if loaded else "The demo chapter is there already.")

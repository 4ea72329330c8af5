"""Run the nightly deletion now, or as a dry run."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ...privacy import retention
from ...text import dates

COLUMNS = "{:<28} {:>8}  {:<17} {}"


class Command(BaseCommand):
    help = "Delete what has been kept long enough, as the nightly job does, and print a table of it. Exit code 1 if something could not be deleted."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only count: everything is rolled back.")

    def handle(self, *, dry_run, **options):
        with translation.override("en"):
            done = retention.run(dry_run=dry_run)
            self._print(done, "would go" if dry_run else "deleted")
        if failed := [each for each in done if each.error]:
            raise CommandError(f"{len(failed)} could not be deleted; everything else was. See the table.")
        if dry_run:
            self.stdout.write("Dry run: nothing was deleted.")

    def _print(self, done, verb):
        self.stdout.write(COLUMNS.format("What", verb, "oldest that stays", "kept for how long"))
        for each in done:
            oldest = dates.short_date(each.oldest) if each.oldest else "-"
            count = "FAILED" if each.error else each.count
            self.stdout.write(COLUMNS.format(str(each.entry.label), count, oldest, each.entry.kept))
            if each.error:
                self.stderr.write(f"  {type(each.error).__name__}: {each.error}")

"""Import a folder that export_site wrote."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from chapter.transfer.importing import conclude

from ... import exporting


class Command(BaseCommand):
    help = (
        "Read a folder that export_site wrote into an empty site (migrated and prepared). With --merge into any: it gets "
        "what it does not have, and nothing that it has is changed. All or nothing, but for rows that are refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--merge", action="store_true", help="the site is not empty")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and store nothing")

    def handle(self, *, folder, merge, dry_run, **options):
        try:
            report = exporting.restore(Path(folder), merge=merge, dry_run=dry_run)
        except exporting.NoExport as error:
            raise CommandError(str(error)) from error
        except KeyError as error:
            raise CommandError(f"{folder} cannot be read: there is no column {error}. Nothing was stored.") from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{folder} cannot be read: {error}. Nothing was stored.") from error
        conclude(self, report, dry_run=dry_run)

"""Write the posts for another system."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...transfer import for_others


class Command(BaseCommand):
    help = (
        "Write the published posts to a new folder, for Hugo, for Jekyll, or as an export (WXR) that WordPress imports. "
        "Posts keep their addresses, dates, authors' names and pictures; comments stay here."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", help="a new folder, or an empty one")
        parser.add_argument("--for", dest="system", choices=for_others.SYSTEMS, required=True)
        parser.add_argument("--drafts", action="store_true", help="take drafts along, marked as such")

    def handle(self, *, folder, system, drafts, **options):
        folder = Path(folder).resolve()
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise CommandError(f"{folder} is not empty. Name a new folder, or an empty one.")
            report = for_others.write(folder, system=system, drafts=drafts)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written to: {error}.") from error
        for note in report.notes:
            self.stdout.write(note)
        self.stdout.write(f"{report.counts['made']} posts for {system} are in {folder}.")

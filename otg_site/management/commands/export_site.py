"""Export the site to a folder."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ... import exporting


class Command(BaseCommand):
    help = (
        "Write what the chapter has published to a new or empty folder: events, posts, wordings, microactions, photos. "
        "No members, addresses or RSVPs. README.txt in the folder explains the files; import_site reads it back."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--drafts", action="store_true", help="also what is not published yet")

    def handle(self, *, folder, drafts, **options):
        folder = Path(folder)
        try:
            missing = exporting.export(folder, drafts=drafts)
        except exporting.CannotExport as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        for name in missing:
            self.stdout.write(f"left out: {name} (its file is not there, or not one of ours)")
        files = exporting.files_in(folder)
        size = sum(path.stat().st_size for path in files)
        self.stdout.write(f"{len(files)} files, {size:,} bytes, in {folder}")

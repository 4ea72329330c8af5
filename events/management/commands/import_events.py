"""Take in events from a calendar (ICS) or a table (CSV)."""

from argparse import RawDescriptionHelpFormatter
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, DjangoHelpFormatter

from chapter import languages
from chapter.models import Chapter
from chapter.transfer import foreign_tables, importing

from ... import reading
from ...tables import days
from ...transfer import files

HELP = """Take in events from a calendar file (ICS), its address, or a table (CSV). Run it again as often as you like.

What is over is published, what is to come becomes a draft (--publish announces it). Nobody is mailed and no RSVP is
touched. An event that was changed here by hand since, deleted here, or that people have signed up for and would move,
is left alone. The report names each event that is new, changed, kept or refused; exit code 1 if a row was refused.

Tables: a line names the columns, in any order, in English, Norwegian or Swedish or as Google Calendar, Outlook, Meetup
and Eventbrite do; "," ";" "|" or tab between. A title above that line is passed over.
  title, start       needed; start as 2026-12-31 11:30 or 31.12.2026 11.30, or a column date and start as 11:30
  end                a time, or date and time; otherwise an hour after the start
  time_zone, venue, address, city, description, kind, state, capacity, online, language
  id                 names the row for the next time; without it title and start do
  url                the event's page elsewhere, kept as the source of its text
  going              is not taken in: sign-ups are counted from people
  private, draft     or its like: a row that says yes is left out; so is one that says no under published or public
A table that export_site wrote comes back as it was.

Calendars: repeating events are written out within --months-back and --months; at most 500 events and 1 MB; calendars
that repeat hourly or more often are refused. Only addresses on the public internet are fetched.
"""


class AsWritten(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's help, with the lines of HELP where they were broken."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args, **kwargs):
        return super().create_parser(*args, **{"formatter_class": AsWritten, **kwargs})

    def add_arguments(self, parser):
        parser.add_argument("file_or_url", help="a file, or an address that begins with https://")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and store nothing")
        parser.add_argument("--publish", action="store_true", help="announce what is to come, too")
        parser.add_argument("--language", choices=languages.CODES, help="of the texts (default: the chapter's)")
        parser.add_argument("--time-zone", help="for times that name none (default: the chapter's)")
        parser.add_argument("--source", default="", help="whose ids these are, where two files use the same ones")
        parser.add_argument(
            "--dates",
            choices=(days.DAY_FIRST, days.MONTH_FIRST),
            default="",
            help="what 10/05/2026 means in a table (default: as its other days tell)",
        )
        parser.add_argument("--months", type=int, default=12, help="how far ahead repeating events go (default 12)")
        parser.add_argument("--months-back", type=int, default=24, help="how far back (default 24)")

    def handle(self, *, file_or_url, dry_run, **options):
        content = importing.read(file_or_url, max_bytes=foreign_tables.MAX_BYTES)
        report = importing.Report()
        try:
            with importing.dry_run_transaction(dry_run=dry_run):
                files.import_file(content, report=report, **wanted(**options))
        except (reading.Unreadable, foreign_tables.Unreadable) as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        importing.conclude(self, report, dry_run=dry_run)


def wanted(*, language, time_zone, months, months_back, source, publish, dates, **options):
    """The options of an import, where nothing is said those of the chapter; CommandError for a zone that is none."""
    chapter = Chapter.load()
    zone = time_zone or chapter.time_zone
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError) as error:
        raise CommandError(f"{zone} is no time zone; write one like Europe/Oslo.") from error
    if not (0 <= months <= 60 and 0 <= months_back <= 240):
        raise CommandError("--months is from 0 to 60, --months-back from 0 to 240.")
    span = {"months": months, "months_back": months_back}
    return {
        "language": language or chapter.default_language,
        "time_zone": zone,
        "source": source,
        "publish": publish,
        "dates": dates,
        **span,
    }

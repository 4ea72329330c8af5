"""Invite the members of a group elsewhere, such as Meetup, to follow here."""

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import translation

from chapter import languages
from chapter.mail import page_url
from chapter.models import Chapter
from chapter.transfer import foreign_tables, importing

from ...inviting import actions, member_list

HELP = (
    "Reads a list of members (CSV), as Meetup gives it to organisers. Nobody becomes a follower by it: without --mail it "
    "counts, and prints a text to paste into Meetup's own message; with --mail everybody who has an address is asked "
    "once, in portions of MAIL_PER_MINUTE, and never again. Use --mail only where your members have agreed to hear from "
    "you. A report follows; exit code 1 if a row was refused."
)


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser):
        parser.add_argument("file", help="the list of members, a CSV file")
        parser.add_argument("--mail", action="store_true", help="mail one invitation to each address")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and store nothing")
        parser.add_argument("--language", choices=languages.CODES, help="of the invitation (default: the chapter's)")

    def handle(self, *, file, dry_run, language, **options):
        language = language or Chapter.load().default_language
        try:
            people = member_list.people(importing.read(file, max_bytes=foreign_tables.MAX_BYTES))
        except foreign_tables.Unreadable as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        if not options["mail"]:
            return self._count(people, language)
        report = importing.Report()
        with importing.dry_run_transaction(dry_run=dry_run):
            actions.invite_all(people, language=language, report=report)
        return importing.conclude(self, report, dry_run=dry_run)

    def _count(self, people, language):
        with_address = sum(bool(person.address) for person in people)
        self.stdout.write(f"{len(people)} members, {with_address} of them with an address. Nobody was mailed.")
        self.stdout.write("Paste this into a message to your members there:\n\n")
        with translation.override(language):
            context = {"chapter": Chapter.load(), "page": page_url("follow", language=language)}
            self.stdout.write(render_to_string("followers/inviting/to_paste.txt", context))

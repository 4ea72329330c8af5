"""Make somebody an organiser."""

import sys

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ... import addresses
from ...accounts import organisers
from ...fields import clean_line
from ...languages import CODES
from ...models import Chapter, Member


class Command(BaseCommand):
    help = (
        "Make the member with this email address an organiser; creates the account where there is none. Repeatable."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="The name others see; leave it out to keep the present one.")
        parser.add_argument(
            "--language",
            choices=CODES,
            help="Of the pages and mails for them; a new organiser is asked, or gets the chapter's.",
        )

    def handle(self, *args, email, name, language, **options):
        member = self._find_or_create(email, language)
        if name:
            member.name = clean_line(name)[:80]
            member.save(update_fields=["name"])
        organisers.appoint(member)
        self.stdout.write(f"{member.email} is an organiser.")
        self.stdout.write(f"Sign in at {settings.SITE_URL}/{member.language}/accounts/login/ with a code by email.")
        if settings.ORGANISERS_NEED_SECOND_FACTOR:
            self.stdout.write("Add a passkey after signing in; the organisers' pages open then.")

    def _find_or_create(self, email, language):
        try:
            email = addresses.checked(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an email address we can write to: {error.message}") from error
        member = Member.objects.filter(email=email).first()
        if member is None:
            member = Member.objects.create_user(email, language=language or self._asked())
        elif language:
            member.language = language
            member.save(update_fields=["language"])
        # With this row the first mailed code confirms the address too; without it a second code would be needed.
        EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"primary": True})
        return member

    def _asked(self):
        own = Chapter.load().default_language
        if not sys.stdin.isatty():
            return own
        said = input(f"Language of the pages and mails for them: {', '.join(CODES)} [{own}]: ").strip().lower()
        return said if said in CODES else own

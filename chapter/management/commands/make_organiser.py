"""Make somebody an organiser."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ... import addresses
from ...accounts import organisers
from ...fields import clean_line
from ...models import Member


class Command(BaseCommand):
    help = (
        "Make the member with this email address an organiser; creates the account where there is none. Repeatable."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="The name others see; leave it out to keep the present one.")

    def handle(self, *args, email, name, **options):
        member = self._find_or_create(email)
        if name:
            member.name = clean_line(name)[:80]
            member.save(update_fields=["name"])
        organisers.appoint(member)
        self.stdout.write(f"{member.email} is an organiser.")
        self.stdout.write(f"Sign in at {settings.SITE_URL}/{member.language}/accounts/login/ with a code by email.")
        if settings.ORGANISERS_NEED_SECOND_FACTOR:
            self.stdout.write("Add a passkey after signing in; the organisers' pages open then.")

    def _find_or_create(self, email):
        try:
            email = addresses.checked(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an email address we can write to: {error.message}") from error
        member = Member.objects.filter(email=email).first() or Member.objects.create_user(email)
        # With this row the first mailed code confirms the address too; without it a second code would be needed.
        EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"primary": True})
        return member

"""Look at what usually goes wrong, and say the remedy."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from otg_site.health import doctor


class Command(BaseCommand):
    help = "Look at migrations, worker, mail, the DNS of MAIL_FROM, backup, clock, disk and second factors, and say what to do. Ends with an error if there is anything. With --mail it also sends a mail, at once and past the queue."

    def add_arguments(self, parser):
        parser.add_argument("--mail", metavar="ADDRESS", help="send a trial mail there")

    def handle(self, *args, mail, **options):
        try:
            found = list(doctor.findings())
        except Error as error:
            raise CommandError(f"The database does not answer: {str(error).splitlines()[0]}") from error
        if mail:
            found.append(doctor.Finding("trial mail", self._send(mail)))
        for finding in found:
            word = "look" if finding.remedy else "hint" if finding.hint else "ok"
            self.stdout.write(f"{word:5} {finding.about}  {finding.remedy or finding.hint}".rstrip())
        if any(finding.remedy for finding in found):
            raise CommandError("There is something to do.")

    def _send(self, address):
        try:
            send_mail(f"A trial from {settings.SITE_HOST}", "The mail server takes our mails.", None, [address])
        except (SMTPException, OSError) as error:
            return f"{type(error).__name__}: look at EMAIL_URL and MAIL_FROM. Port 25 is closed at many hosts; use 587 or 465."
        return ""

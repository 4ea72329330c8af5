"""Bring a restored database up to what is known; `deploy/restore` does."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from otg_site import keeping


class Command(BaseCommand):
    help = "After a backup was restored and before the site is started: delete again what was deleted since, and send no mail twice. Reads the list beside the backup from standard input; empty if there is none."

    def handle(self, *args, **options):
        text = sys.stdin.read().strip()
        try:
            since = keeping.Since.read(json.loads(text)) if text else keeping.Since()
        except (ValueError, KeyError, TypeError, keeping.TooOld) as error:
            raise CommandError(f"The list beside the backup cannot be used: {error}") from error
        for what, number in keeping.come_back(since).items():
            self.stdout.write(f"{number} {what}")
        if not since.is_known:
            self.stderr.write("There was no list: whoever left after the backup was made is back.")

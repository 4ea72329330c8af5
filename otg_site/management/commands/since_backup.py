"""Print what stands beside the backups; `deploy/backup` keeps it."""

import json

from django.core.management.base import BaseCommand

from otg_site import keeping


class Command(BaseCommand):
    help = "Print, as JSON, what a backup that is restored must be told: what was deleted, and which mails were sent. It names nobody."

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(keeping.written()))

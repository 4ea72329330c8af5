"""Store the pictures of a backup; `deploy/restore` does."""

import sys

from django.core.management.base import BaseCommand

from otg_site import keeping


class Command(BaseCommand):
    help = "Store the pictures of a tar file from standard input, in the folder or the bucket that the settings name."

    def handle(self, *args, **options):
        self.stdout.write(f"{keeping.unpack(sys.stdin.buffer)} pictures")

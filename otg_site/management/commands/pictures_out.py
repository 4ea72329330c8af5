"""Print all pictures as a tar file; `deploy/backup` keeps it."""

import sys

from django.core.management.base import BaseCommand

from otg_site import keeping


class Command(BaseCommand):
    help = "Print all pictures as a tar file, whether they are kept in a folder or in a bucket."

    def handle(self, *args, **options):
        keeping.pack(sys.stdout.buffer)

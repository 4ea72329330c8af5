"""Say that a backup was made; `deploy/backup` does."""

from django.core.management.base import BaseCommand

from chapter.models import Backup


class Command(BaseCommand):
    help = "Note that a backup of the database and the pictures was made, so that the desk and /readyz?full know its age."

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, default=0, help="in bytes")

    def handle(self, *args, size, **options):
        Backup.objects.create(size=max(size, 0))

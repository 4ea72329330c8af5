"""Takes a mail that came back, from a mail server's pipe."""

import sys

from django.core.management.base import BaseCommand

from followers.bounces import actions, reading
from followers.bounces.verp import follower_of


class Command(BaseCommand):
    help = (
        "Reads one returned mail from standard input, and stops writing to a follower whose mailbox is gone. In Postfix: "
        '`bounces: "|manage.py take_bounce"`. Without --to the address is read from the headers.'
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", default="", help="the address that the mail came back to")

    def handle(self, **options):
        message = reading.parse(sys.stdin.buffer.read(reading.MAX_BYTES))
        self.stdout.write(self._take(message, [options["to"], *reading.addresses_in(message)]))

    def _take(self, message, addresses):
        follower = next(filter(None, map(follower_of, addresses)), None)
        failed = reading.is_for_good(message)
        # Exit code 0 in any case: a server that hears of an error sends it back again.
        if follower is None or failed is None:
            return "Not a returned mail to a follower: nothing was changed."
        paused = actions.note(follower, is_for_good=failed).paused_at
        return "Paused." if paused else "Counted."

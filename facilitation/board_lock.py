"""The lock under which a board changes; each change raises its version and notifies every process that shows it."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .models import Board

CHANNEL = "board"
# For what a page beside the board shows alone: no new version, and nothing to do for all the others.
PAGES_CHANNEL = "board_pages"


class Closed(Refused):
    sentence = _("The board is closed, so nothing more can be written on it.")


class TooLate(Refused):
    """The request belongs to a phase, round or leader that has changed since its page was drawn."""

    sentence = _("The board has already moved on, so your change wasn’t saved. This is where it is now.")


@contextmanager
def changing(board, *, even_closed=False):
    """Yield the board, read again with its row locked; a block that ends well stores it one version higher.

    Every verb of this app runs inside. It is atomic, and listeners on CHANNEL get "<id>:<version>" when the transaction
    commits. Raises Closed for a closed board. A verb with nothing to do calls `unchanged()` on the board it got: no
    version, no notice.
    """
    with transaction.atomic():
        locked = Board.objects.select_for_update().get(pk=board.pk)
        if locked.is_closed and not even_closed:
            raise Closed
        before = locked.version
        yield locked
        if not getattr(locked, "is_unchanged", False):
            locked.version = before + 1
            locked.save()
            with connection.cursor() as cursor:
                # PostgreSQL sends it at the commit, and not at all after a rollback.
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{locked.pk}:{locked.version}"])


def tell_pages(board_id) -> None:
    """Notify, at the commit, those who show pages of single sessions of this board."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [PAGES_CHANNEL, str(board_id)])


def unchanged(board) -> None:
    board.is_unchanged = True

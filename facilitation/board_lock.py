"""How a board changes: one locked row, one version higher, one notice to every process that shows it."""

from contextlib import contextmanager

from django.db import connection, transaction

from .models import Board

CHANNEL = "board"


class Closed(Exception):
    """The board is closed: nothing can be written on it."""


class TooLate(Exception):
    """What was asked for belongs to a moment that is over: the phase, round or leader has changed meanwhile."""


@contextmanager
def changing(board, *, even_closed=False):
    """The same board, read anew with its row locked; when the block ends well it is one version higher.

    Every verb of this app runs inside: it is atomic, and those who listen on CHANNEL get "<id>:<version>" when the
    transaction commits. Raises Closed for a closed board. A verb that finds nothing to do calls `unchanged()`
    on the board it got: no version, no notice.
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
            _notify(locked)


def unchanged(board):
    """Say inside `changing` that nothing was changed."""
    board.is_unchanged = True


def _notify(board):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{board.pk}:{board.version}"])

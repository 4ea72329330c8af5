"""How a board changes: one locked row, one version higher, one notice to every process that shows it."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .models import Board

CHANNEL = "board"


class Closed(Refused):
    sentence = _("The board is closed. Nothing more can be written on it.")


class TooLate(Refused):
    """The request belongs to a phase, round or leader that has changed since its page was drawn."""

    sentence = _("That moment is over: the board has moved on. Nothing was changed. This is how it is now.")


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

"""Boards: opening one for an event, and how it is set."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import audit, planning
from events.models import Event

from ..board_lock import changing
from ..models import Board, Dot
from .leading import check_leads

audit.describe("board_opened", gettext_lazy("opened a board for the event"))

SETTINGS = ("show_at_once", "dots_each", "pace", "one_device", "room_returning", "room_new", "role_locked")


@transaction.atomic
def open_board(event, *, by=None) -> Board:
    """The event's board, or a new one in the event's language. Locks the event, so that two presses open one board."""
    Event.objects.select_for_update().get(pk=event.pk)
    board = Board.objects.filter(at_event=event).first()
    if board:
        return board
    audit.record("board_opened", event, by=by)
    return Board.objects.create(at_event=event, language=planning.language_of(event))


def change_settings(board, *, by, **settings) -> Board:
    """Store the settings given, by name. Raises NotLeading, and ValidationError for fewer dots once some are placed."""
    with changing(board) as board:
        check_leads(board, by)
        # Fewer would leave somebody with more dots than they may have.
        if settings.get("dots_each", board.dots_each) < board.dots_each and _has_dots(board):
            raise ValidationError(
                {"dots_each": _("Dots have already been placed, so you can only increase the number.")}
            )
        for name in SETTINGS:
            setattr(board, name, settings.get(name, getattr(board, name)))
    return board


def _has_dots(board):
    return Dot.objects.filter(topic__board=board).exists() or board.topics.filter(room_dots__gt=0).exists()

"""Steps that the verbs of this room share. They need the board's lock."""

from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from ..board_lock import TooLate
from ..models import Topic


# The limits are far above what an evening needs; they stop a script.
class Full(Refused):
    sentence = _("The board is full: there is no room for more notes.")


def check_not_full(rows, most) -> None:
    if rows.count() >= most:
        raise Full


def check_phase(board, phase) -> None:
    if board.phase != phase:
        raise TooLate


def check_sits_here(board, by) -> None:
    """Raise TooLate for a participant who was removed from the board, or left it, meanwhile."""
    if not board.participants.filter(pk=by.pk).exists():
        raise TooLate


def standing_topic(board, topic) -> Topic:
    """The topic, read again. Raises TooLate if it was withdrawn, or merged into another, meanwhile."""
    standing = board.topics.standing().filter(pk=topic.pk).first()
    if standing is None:
        raise TooLate
    return standing


def talking_topic(board) -> Topic | None:
    return board.topics.filter(state="talking").first()

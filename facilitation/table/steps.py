"""The steps that verbs share. Only they call these, and always under the board's lock."""

from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from ..board_lock import TooLate


# The limits are far above what an evening needs; they stop a script.
class Full(Refused):
    sentence = _("This board is full: it cannot hold more notes.")


def check_room(rows, most):
    """Raise Full where there are as many of these as there may be."""
    if rows.count() >= most:
        raise Full


def check_phase(board, phase):
    """Raise TooLate where the board is in another phase than the one that this belongs to."""
    if board.phase != phase:
        raise TooLate


def check_sits_here(board, by):
    """Raise TooLate for somebody who was removed from the board a moment ago."""
    if not board.participants.filter(pk=by.pk).exists():
        raise TooLate


def standing_topic(board, topic):
    """The topic, read anew. Raises TooLate if it was withdrawn, or merged into another, meanwhile."""
    standing = board.topics.standing().filter(pk=topic.pk).first()
    if standing is None:
        raise TooLate
    return standing


def talking_topic(board):
    """The topic that is talked about now, or None."""
    return board.topics.filter(state="talking").first()

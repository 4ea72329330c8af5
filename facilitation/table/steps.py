"""The steps that verbs share. Only they call these, and always under the board's lock."""

from ..board_lock import TooLate


class Full(Exception):
    """The board holds as many rows of this kind as it may: more than any evening needs, fewer than a script can send."""


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

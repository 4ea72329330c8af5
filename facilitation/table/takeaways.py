"""Takeaways: the sentences that are written down under a topic, by anybody, any time until the board is closed."""

from ..board_lock import TooLate, changing, unchanged
from ..models import Takeaway
from .leading import NotLeading, check_leads
from .steps import check_room, check_sits_here, standing_topic

MAX_TAKEAWAYS = 2000


def note(topic, *, by, client_id, text, for_room=False):
    """Write down a sentence under the topic, or under the one that it was merged into; the same `client_id` once.

    With `for_room` it is nobody's: only whoever leads may (NotLeading). Raises TooLate if the topic is withdrawn, Full, Closed.
    """
    with changing(topic.board) as board:
        _check_may_write(board, by, for_room=for_room)
        rows = Takeaway.objects.filter(topic__board=board)
        stored = rows.filter(client_id=client_id).first()
        if stored:
            unchanged(board)
            return stored
        check_room(rows, MAX_TAKEAWAYS)
        author = None if for_room else by
        return _where(board, topic).takeaways.create(author=author, client_id=client_id, text=text)


def edit(takeaway, *, by, text):
    """Its author, or whoever leads, writes it anew. Raises NotLeading for others, TooLate if it is gone, Closed."""
    with changing(takeaway.topic.board) as board:
        takeaway = _read_anew(board, takeaway)
        if takeaway.author_id != by.pk:
            check_leads(board, by)
        takeaway.text = text
        takeaway.save(update_fields=["text"])
        return takeaway


def hide(takeaway, *, by):
    """Whoever leads takes it off every page; its row stays. Raises NotLeading, TooLate if it is gone, Closed."""
    with changing(takeaway.topic.board) as board:
        check_leads(board, by)
        takeaway = _read_anew(board, takeaway)
        if takeaway.is_hidden:
            unchanged(board)
        takeaway.is_hidden = True
        takeaway.save(update_fields=["is_hidden"])
        return takeaway


def remove(takeaway, *, by):
    """Its author deletes it; twice is once. Raises NotLeading for others, who may `hide` it if they lead; Closed."""
    with changing(takeaway.topic.board) as board:
        if takeaway.author_id != by.pk:
            raise NotLeading
        deleted, _ = Takeaway.objects.filter(pk=takeaway.pk).delete()
        if not deleted:
            unchanged(board)


# Steps, under the lock


def _check_may_write(board, by, *, for_room):
    if for_room:
        check_leads(board, by)
    check_sits_here(board, by)


def _where(board, topic):
    topic = board.topics.select_related("merged_into").get(pk=topic.pk)
    return standing_topic(board, topic.merged_into or topic)


def _read_anew(board, takeaway):
    takeaway = Takeaway.objects.filter(topic__board=board, pk=takeaway.pk).first()
    if takeaway is None:
        raise TooLate
    return takeaway

"""Takeaways: sentences that anybody writes down under a topic, until the board is closed."""

from ..board_lock import TooLate, changing, unchanged
from ..models import Takeaway
from .leading import NotLeading, check_leads, check_may_write
from .steps import check_not_full, standing_topic

MAX_TAKEAWAYS = 2000


def note(topic, *, by, client_id, text, for_room=False) -> Takeaway:
    """Store a sentence under the topic, or the one that it was merged into; the same `client_id` once.

    `for_room`: the leader (else NotLeading) writes it, and it has no author. Raises TooLate for a withdrawn topic, Full,
    Closed.
    """
    with changing(topic.board) as board:
        check_may_write(board, by, for_room=for_room)
        rows = Takeaway.objects.filter(topic__board=board)
        stored = rows.filter(client_id=client_id).first()
        if stored:
            unchanged(board)
            return stored
        check_not_full(rows, MAX_TAKEAWAYS)
        author = None if for_room else by
        topic = board.topics.select_related("merged_into").get(pk=topic.pk)
        topic = standing_topic(board, topic.merged_into or topic)
        return topic.takeaways.create(author=author, client_id=client_id, text=text)


def edit(takeaway, *, by, text) -> Takeaway:
    """Change the text; for its author and the leader. Raises NotLeading for others, TooLate if it is deleted, Closed."""
    with changing(takeaway.topic.board) as board:
        takeaway = _read_again(board, takeaway)
        if takeaway.author_id != by.pk:
            check_leads(board, by)
        takeaway.text = text
        takeaway.save(update_fields=["text"])
        return takeaway


def hide(takeaway, *, by) -> Takeaway:
    """Take it off every page and keep the row; for the leader. Raises NotLeading, TooLate if it is deleted, Closed."""
    with changing(takeaway.topic.board) as board:
        check_leads(board, by)
        takeaway = _read_again(board, takeaway)
        if takeaway.is_hidden:
            unchanged(board)
        takeaway.is_hidden = True
        takeaway.save(update_fields=["is_hidden"])
        return takeaway


def remove(takeaway, *, by) -> None:
    """Delete it; for its author. Raises NotLeading for others, who may `hide` it if they lead; Closed."""
    with changing(takeaway.topic.board) as board:
        if takeaway.author_id != by.pk:
            raise NotLeading
        deleted, _ = Takeaway.objects.filter(pk=takeaway.pk).delete()
        if not deleted:
            unchanged(board)


def _read_again(board, takeaway):
    takeaway = Takeaway.objects.filter(topic__board=board, pk=takeaway.pk).first()
    if takeaway is None:
        raise TooLate
    return takeaway

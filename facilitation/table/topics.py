"""Notes on the board: writing, editing, pitching one by one, merging and unmerging variants."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from ..board_lock import TooLate, changing, unchanged
from ..models import Dot, Topic
from .leading import NotLeading, check_leads, check_may_write
from .steps import Full

State = Topic.State
MAX_TOPICS = 1000


class Unmergeable(Refused):
    sentence = _(
        "These two can’t be merged. One of them is gone, has already been merged with another note, or has already been discussed."
    )


def write(board, *, by, client_id, text, detail="", show_nickname=False, for_room=False) -> Topic:
    """Store a note, the same `client_id` only once. Locks the board.

    `for_room`: the leader (else NotLeading) writes what somebody without a phone said, and it has no author. Raises
    Closed, Full, and TooLate for a removed participant.
    """
    with changing(board) as board:
        check_may_write(board, by, for_room=for_room)
        made = board.topics.filter(client_id=client_id).first()
        if made:
            unchanged(board)
            return made
        position = (board.topics.aggregate(last=Max("position"))["last"] or 0) + 1
        if position > MAX_TOPICS:
            raise Full
        words = {"text": text, "detail": detail, "show_nickname": show_nickname and not for_room}
        author = None if for_room else by
        return board.topics.create(author=author, client_id=client_id, position=position, **words)


def edit(topic, *, by, text, detail="", show_nickname=False) -> Topic:
    """Change a note, also one that was merged meanwhile; for its author and the leader (else NotLeading).

    Only the author decides about the nickname. Raises TooLate for a withdrawn note.
    """
    with changing(topic.board) as board:
        topic = _mine_or_lead(board, topic, by)
        if topic.state == State.WITHDRAWN:
            raise TooLate
        topic.text, topic.detail = text, detail
        if topic.author_id == by.pk:
            topic.show_nickname = show_nickname
        topic.save(update_fields=["text", "detail", "show_nickname"])
    return topic


def withdraw(topic, *, by) -> None:
    """Take a note off the board; its variants are unmerged and its dots given back.

    For its author and the leader (else NotLeading). Raises TooLate once it has been talked about.
    """
    with changing(topic.board) as board:
        topic = _mine_or_lead(board, topic, by)
        if topic.state == State.WITHDRAWN:
            return unchanged(board)
        if topic.is_talking or topic.rounds.exists():
            raise TooLate
        topic.variants.update(merged_into=None)
        Dot.objects.filter(topic=topic).delete()
        topic.state, topic.merged_into, topic.room_dots, topic.sealed_dots = State.WITHDRAWN, None, 0, 0
        topic.save(update_fields=["state", "merged_into", "room_dots", "sealed_dots"])
        if board.pitching_id == topic.pk:
            board.pitching = None


def pitch(board, *, by, topic, seen) -> None:
    """Set the note that is pitched, or None. Does nothing unless `seen` is the key of the present one, so that two
    presses step once. Raises NotLeading."""
    with changing(board) as board:
        check_leads(board, by)
        if board.pitching_id != seen:
            return unchanged(board)
        board.pitching = board.topics.standing().filter(pk=topic.pk).first() if topic else None


def next_to_pitch(board) -> Topic | None:
    rows = board.topics.standing().in_pitch_order()
    if board.pitching is not None:
        rows = rows.filter(position__gt=board.pitching.position)
    return rows.first()


def merge(topic, *, by, into) -> None:
    """Make `topic`, with its variants, a variant of `into`. Raises NotLeading, Unmergeable."""
    with changing(topic.board) as board:
        check_leads(board, by)
        topic, into = _read(board, topic), _read(board, into)
        if topic.merged_into_id == into.pk:
            return unchanged(board)
        # What has been talked about can take variants in, and cannot become one.
        if topic.pk == into.pk or not (_is_free(topic) and _is_own(into)):
            raise Unmergeable
        topic.variants.update(merged_into=into)
        topic.merged_into = into
        topic.save(update_fields=["merged_into"])
        if board.pitching_id == topic.pk:
            board.pitching = into


def unmerge(topic, *, by) -> None:
    with changing(topic.board) as board:
        check_leads(board, by)
        if not board.topics.filter(pk=topic.pk).exclude(merged_into=None).update(merged_into=None):
            unchanged(board)


def _mine_or_lead(board, topic, by):
    topic = _read(board, topic)
    if topic.author_id != by.pk and board.leader_id != by.pk:
        raise NotLeading
    return topic


def _read(board, topic):
    return board.topics.get(pk=topic.pk)


def _is_own(topic):
    return not topic.is_merged and topic.state != State.WITHDRAWN


def _is_free(topic):
    return _is_own(topic) and topic.is_waiting and not topic.rounds.exists()

"""The talk: one topic at a time, in rounds; what ends a round is a person, never the clock.

The clock is a time at which the round ends. When it has come, nothing moves: thumbs are asked for, and whoever leads
counts them. Every verb locks the board and belongs to the talk phase: in another one, or for a round or topic that is
over, it raises TooLate. But for `thumb` all raise NotLeading. Repeating one that has been done changes nothing.
"""

import math
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from chapter.refusals import Refused

from ..board_lock import TooLate, changing, unchanged
from ..models import Board, Round, Thumb, Topic
from .leading import check_leads
from .steps import check_phase, check_sits_here, standing_topic, talking_topic

State, Result = Topic.State, Round.Result


class AnotherStarted(Refused):
    """Another topic is talked about than the one, or none, on the page that asked; `topic` says which."""

    def __init__(self, topic):
        super().__init__()
        self.topic = topic

    @property
    def sentence(self):
        return _("“%(topic)s” was started just before you.") % {"topic": self.topic.text}


# Topics


def start(topic, *, by, seen_talking):
    """Talk about this topic: a new round, or the one it was parked in with the time it had left.

    `seen_talking` is the id of the topic that the page showed as talked about, or None; that one is parked. Raises
    AnotherStarted if by now it is a third.
    """
    with changing(topic.board) as board:
        _check_may(board, by)
        topic, talking = standing_topic(board, topic), talking_topic(board)
        if talking == topic:
            unchanged(board)
            return topic
        if talking:
            _make_way(talking, seen_talking)
        _set_state(topic, State.TALKING)
        open_round = _open_round_of(topic)
        _run(open_round) if open_round else _begin_round(board, topic)
        return topic


def park(topic, *, by):
    """Leave the topic for later; the seconds that its round had left are kept."""
    with changing(topic.board) as board:
        _check_may(board, by)
        topic = standing_topic(board, topic)
        if topic.is_done:
            raise TooLate
        if topic.is_parked:
            unchanged(board)
        _put_aside(topic)
        return topic


def finish(topic, *, by):
    """Whoever leads decides that this topic, talked about or parked, is done; recorded so in its round."""
    with changing(topic.board) as board:
        _check_may(board, by)
        topic = standing_topic(board, topic)
        if topic.is_waiting:
            raise TooLate
        if topic.is_done:
            unchanged(board)
        if open_round := _open_round_of(topic):
            _settle(board, open_round, decision=Result.MOVE_ON)
        _set_state(topic, State.DONE)
        return topic


def reorder_tie(topic, *, by, sooner):
    """Change places with the neighbour in the queue, if it waits with as many dots; else nothing changes."""
    with changing(topic.board) as board:
        _check_may(board, by)
        tied = _tied_with(board, standing_topic(board, topic))
        here = tied.index(topic) if tied else 0
        there = here + (-1 if sooner else 1)
        if there not in range(len(tied)):
            return unchanged(board)
        tied[here], tied[there] = tied[there], tied[here]
        for rank, one in enumerate(tied):
            one.tie_rank = rank
        Topic.objects.bulk_update(tied, ["tie_rank"])


# The clock


def pause(round, *, by):
    """Stop the clock; the seconds left are kept, rounded up."""
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if round.is_voting:
            raise TooLate
        if round.is_paused:
            unchanged(board)
        else:
            _stop(round)
        return round


def resume(round, *, by):
    """The clock goes on with the seconds that were left."""
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if not round.is_paused:
            unchanged(board)
        else:
            _run(round)
        return round


def ask_now(round, *, by):
    """The time is over now, also when the clock was paused: thumbs."""
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if round.is_voting:
            unchanged(board)
        else:
            round.ends_at, round.paused_seconds = timezone.now(), None
            round.save(update_fields=["ends_at", "paused_seconds"])
        return round


# The thumbs


def thumb(round, *, by, way):
    """The participant's thumb in this round, in place of the one before. TooLate unless thumbs are asked for now."""
    with changing(round.topic.board) as board:
        check_phase(board, Board.Phase.TALK)
        check_sits_here(board, by)
        round = _open_round_now(board, round)
        if not round.is_voting:
            raise TooLate
        if Thumb.objects.filter(round=round, participant=by, way=way).exists():
            unchanged(board)
        else:
            Thumb.objects.update_or_create(round=round, participant=by, defaults={"way": way})


def count(round, *, by, room=(0, 0, 0), decision=None):
    """Sum up the thumbs, and those that the `room` raised (up, sideways, down); returns the round, settled.

    More up than down: the next round begins at once. Else the topic is done. A `decision` of "continue" or "move_on"
    counts instead, at any time, and is recorded where it overrules the thumbs or did not wait for them. Who raised
    which thumb is deleted. On a settled round nothing happens, whatever is asked. Raises TooLate before the time is
    over if there is no decision; ValidationError for more thumbs than there are people without a phone.
    """
    with changing(round.topic.board) as board:
        _check_may(board, by)
        round = _read_anew(board, round)
        if round.is_settled:
            unchanged(board)
            return round
        _check_countable(board, round, room, decision)
        _settle(board, round, room=room, decision=decision)
        if round.result == Result.CONTINUE:
            _begin_round(board, round.topic)
        else:
            _set_state(round.topic, State.DONE)
        return round


# Steps on topics, under the lock


def _check_may(board, by):
    check_leads(board, by)
    check_phase(board, Board.Phase.TALK)


def _set_state(topic, state):
    topic.state = state
    topic.save(update_fields=["state"])


def _make_way(talking, seen_talking):
    if talking.pk != seen_talking:
        raise AnotherStarted(talking)
    _put_aside(talking)


def _put_aside(topic):
    open_round = _open_round_of(topic)
    if open_round and not open_round.is_paused:
        _stop(open_round)
    _set_state(topic, State.PARKED)


def _tied_with(board, topic):
    """Those that wait with as many dots as this one, and it, in the order of the queue; none if it does not wait."""
    waiting = board.topics.standing().filter(state=State.WAITING).in_queue_order()
    dots = {one.pk: one.dots for one in waiting}
    return [one for one in waiting if one.dots == dots.get(topic.pk)]


# Steps on rounds, under the lock


def _read_anew(board, round):
    """The round with its topic, if that is still the one talked about or this round is settled."""
    rounds = Round.objects.filter(topic__board=board).select_related("topic")
    round = rounds.filter(pk=round.pk).first()
    if round is None or not (round.is_settled or round.topic.is_talking):
        raise TooLate
    return round


def _open_round_now(board, round):
    round = _read_anew(board, round)
    if round.is_settled:
        raise TooLate
    return round


def _round_now(board, round, by):
    _check_may(board, by)
    return _open_round_now(board, round)


def _open_round_of(topic):
    return topic.rounds.filter(result=Result.NONE).first()


def _begin_round(board, topic):
    last = topic.rounds.order_by("-number").first()
    number, now = (last.number + 1 if last else 1), timezone.now()
    ends_at = now + timedelta(minutes=board.minutes_of_round(number))
    return topic.rounds.create(number=number, started_at=now, ends_at=ends_at)


def _stop(round):
    left = (round.ends_at - timezone.now()).total_seconds()
    round.paused_seconds = max(0, math.ceil(left))
    round.save(update_fields=["paused_seconds"])


def _run(round):
    round.ends_at = timezone.now() + timedelta(seconds=round.paused_seconds or 0)
    round.paused_seconds = None
    round.save(update_fields=["ends_at", "paused_seconds"])


def _check_countable(board, round, room, decision):
    if not (round.is_voting or decision):
        raise TooLate
    if min(room) < 0 or sum(room) > board.room_people:
        raise ValidationError(
            _(
                "There are more thumbs than people without a phone. Count again, or change their number under Settings."
            ),
            code="room",
        )


def _settle(board, round, *, room=(0, 0, 0), decision=None):
    raised = Thumb.objects.filter(round=round).order_by()
    ways = dict(raised.values_list("way").annotate(number=Count("pk")))
    order = (Thumb.Way.UP, Thumb.Way.SIDE, Thumb.Way.DOWN)
    round.up, round.side, round.down = (ways.get(way, 0) + more for way, more in zip(order, room, strict=True))
    said = Result.CONTINUE if round.up > round.down else Result.MOVE_ON
    round.overruled = bool(decision) and (decision != said or not round.is_voting)
    round.result = decision or said
    round.save()
    raised.delete()

"""The talk: one topic at a time, in rounds that a person ends, never the clock.

`Round.ends_at` is only the time from which thumbs are asked for; nothing moves until the leader counts them. Every verb
locks the board and belongs to the talk phase: in another one, or for a round or topic that is over, it raises TooLate.
All but `thumb` raise NotLeading. Repeating a verb changes nothing.
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


def start(topic, *, by, seen_talking) -> Topic:
    """Begin a round of this topic, or resume the one it was parked in.

    `seen_talking` is the id of the topic that the page showed as talked about, or None; that one is parked. Raises
    AnotherStarted if another is talked about by now.
    """
    with changing(topic.board) as board:
        _check_may(board, by)
        topic, talking = standing_topic(board, topic), talking_topic(board)
        if talking == topic:
            unchanged(board)
            return topic
        if talking:
            if talking.pk != seen_talking:
                raise AnotherStarted(talking)
            _put_aside(talking)
        _set_state(topic, State.TALKING)
        open_round = _open_round_of(topic)
        _run(open_round) if open_round else _begin_round(board, topic)
        return topic


def park(topic, *, by) -> Topic:
    with changing(topic.board) as board:
        _check_may(board, by)
        topic = standing_topic(board, topic)
        if topic.is_done:
            raise TooLate
        if topic.is_parked:
            unchanged(board)
        _put_aside(topic)
        return topic


def finish(topic, *, by) -> Topic:
    """End a topic that is talked about or parked; its open round is recorded as the leader's decision."""
    with changing(topic.board) as board:
        _check_may(board, by)
        topic = standing_topic(board, topic)
        if topic.is_waiting:
            raise TooLate
        if topic.is_done:
            unchanged(board)
        if open_round := _open_round_of(topic):
            _settle(open_round, by=by, decision=Result.MOVE_ON)
        _set_state(topic, State.DONE)
        return topic


def reorder_tie(topic, *, by, sooner) -> None:
    """Change places with the topic before or after it in the queue if that has as many dots; else do nothing."""
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


def pause(round, *, by) -> Round:
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if round.is_voting:
            raise TooLate
        if round.is_paused:
            unchanged(board)
        else:
            _stop(round)
        return round


def resume(round, *, by) -> Round:
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if not round.is_paused:
            unchanged(board)
        else:
            _run(round)
        return round


def ask_now(round, *, by) -> Round:
    with changing(round.topic.board) as board:
        round = _round_now(board, round, by)
        if round.is_voting:
            unchanged(board)
        else:
            round.ends_at, round.paused_seconds = timezone.now(), None
            round.save(update_fields=["ends_at", "paused_seconds"])
        return round


# The thumbs


def thumb(round, *, by, way) -> None:
    """Set the participant's thumb in this round. Raises TooLate unless thumbs are asked for now."""
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


def count(round, *, by, room=(0, 0, 0), decision=None) -> Round:
    """Settle the round by its thumbs and those that the `room` raised: (up, sideways, down).

    More up than down begins the next round, else the topic is done. A `decision` of "continue" or "move_on" counts
    instead, at any time, and is recorded as overruled where it differs from the thumbs or did not wait for them. The
    rows that say who raised which thumb are deleted. Nothing happens to a settled round. Raises TooLate before the time
    is over without a decision, ValidationError for more room thumbs than there are people without a phone.
    """
    with changing(round.topic.board) as board:
        _check_may(board, by)
        round = _read_again(board, round)
        if round.is_settled:
            unchanged(board)
            return round
        _check_countable(board, round, room, decision)
        _settle(round, by=by, room=room, decision=decision)
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


def _put_aside(topic):
    open_round = _open_round_of(topic)
    if open_round and not open_round.is_paused:
        _stop(open_round)
    _set_state(topic, State.PARKED)


def _tied_with(board, topic):
    # With the topic itself, in the order of the queue; empty if it does not wait.
    waiting = board.topics.standing().filter(state=State.WAITING).in_queue_order()
    dots = {one.pk: one.dots for one in waiting}
    return [one for one in waiting if one.dots == dots.get(topic.pk)]


# Steps on rounds, under the lock


def _read_again(board, round):
    """The round with its topic. Raises TooLate for an open round whose topic is not talked about."""
    rounds = Round.objects.filter(topic__board=board).select_related("topic")
    round = rounds.filter(pk=round.pk).first()
    if round is None or not (round.is_settled or round.topic.is_talking):
        raise TooLate
    return round


def _open_round_now(board, round):
    round = _read_again(board, round)
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
    # Rounded up, so that a pause never costs a second.
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
                "There are more thumbs than people without a phone. Count again, or change the number of people under Settings."
            ),
            code="room",
        )


def _settle(round, *, by, room=(0, 0, 0), decision=None):
    raised = Thumb.objects.filter(round=round).order_by()
    ways = dict(raised.values_list("way").annotate(number=Count("pk")))
    order = (Thumb.Way.UP, Thumb.Way.SIDE, Thumb.Way.DOWN)
    round.up, round.side, round.down = (ways.get(way, 0) + more for way, more in zip(order, room, strict=True))
    said = Result.CONTINUE if round.up > round.down else Result.MOVE_ON
    round.overruled = bool(decision) and (decision != said or not round.is_voting)
    round.decided_by = by if round.overruled else None
    round.result, round.settled_at = decision or said, timezone.now()
    round.save()
    raised.delete()

"""Dots: how the participants choose what to talk about.

A page sends how many dots there should be, never "one more", so that a request sent twice changes nothing. The verbs
count under the board's lock; constraints hold the limit as well (see `Dot`). Dots on a topic's variants count for it.
"""

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from chapter.refusals import Refused

from ..board_lock import TooLate, changing, unchanged
from ..models import Board, Dot, Topic
from .leading import check_leads
from .steps import check_phase, check_sits_here, standing_topic


class OverLimit(Refused):
    """More dots than there are; `left` says how many are not placed on anything yet."""

    def __init__(self, left):
        super().__init__()
        self.left = left

    @property
    def sentence(self):
        if not self.left:
            return gettext("You have used all your dots. Remove one somewhere else first.")
        text = ngettext(
            "Only %(left)s dot is left, so nothing was changed.",
            "Only %(left)s dots are left, so nothing was changed.",
            self.left,
        )
        return text % {"left": self.left}


def place(topic, *, by, count) -> None:
    """Set the participant's dots on this topic to `count`; less than 0 is 0. Locks the board.

    Raises OverLimit; TooLate outside the dots phase, once the dots are sealed, and for a withdrawn note; Closed.
    """
    with changing(topic.board) as board:
        topic = _open_for_dots(board, topic, by)
        placed = list(_dots_of(by).select_related("topic"))
        here = [dot for dot in placed if topic.pk in (dot.topic_id, dot.topic.merged_into_id)]
        count = max(count, 0)
        if count == len(here):
            unchanged(board)
        elif count - len(here) > (left := board.dots_each - len(placed)):
            raise OverLimit(left)
        Dot.objects.filter(pk__in=[dot.pk for dot in here[count:]]).delete()
        _add(topic, by, count - len(here), taken={dot.slot for dot in placed})


def place_for_room(topic, *, by, count) -> None:
    """Set the dots of those without a phone on this topic to `count`; less than 0 is 0. Locks the board.

    Together they have `room_people` times `dots_each`. Raises NotLeading, OverLimit, TooLate and Closed as `place`.
    """
    with changing(topic.board) as board:
        check_leads(board, by)
        topic = _open_for_dots(board, topic, by)
        here = _sum(Topic.objects.filter(Q(pk=topic.pk) | Q(merged_into=topic)), "room_dots")
        count = max(count, 0)
        if count == here:
            unchanged(board)
        else:
            left = max(board.room_people * board.dots_each - _sum(board.topics, "room_dots"), 0)
            if count - here > left:
                raise OverLimit(left)
        _set_room_dots(topic, count)


def mine(participant) -> dict[int, int]:
    """{topic id: number} of this participant's own dots; dots on a variant count for the topic it was merged into."""
    on = Coalesce("topic__merged_into_id", "topic_id")
    rows = _dots_of(participant).order_by().values(on=on).annotate(number=Count("pk"))
    return {row["on"]: row["number"] for row in rows}


def keep_sums(board, placed) -> None:
    """Add these dots to the sums of their topics and delete the rows that say who placed them. Needs the board's lock."""
    here = placed.filter(topic=OuterRef("pk")).order_by().values("topic")
    number = here.annotate(number=Count("pk")).values("number")
    board.topics.update(sealed_dots=F("sealed_dots") + Coalesce(Subquery(number), 0))
    placed.delete()


# Steps, under the lock


def _open_for_dots(board, topic, by):
    check_phase(board, Board.Phase.DOTS)
    if board.is_sealed:
        raise TooLate
    check_sits_here(board, by)
    return standing_topic(board, topic)


def _dots_of(participant):
    return Dot.objects.filter(participant=participant).order_by("slot")


def _add(topic, participant, number, *, taken):
    # The lowest free slots; the caller has checked that there are enough.
    free = (slot for slot in range(1, 100) if slot not in taken)
    slots = [next(free) for _ in range(number)]
    Dot.objects.bulk_create(Dot(participant=participant, topic=topic, slot=slot) for slot in slots)


def _sum(topics, column):
    return topics.aggregate(number=Coalesce(Sum(column), 0))["number"]


def _set_room_dots(topic, count):
    # Dots on the variants stay there, so that they go along when a variant is unmerged.
    variants = Topic.objects.filter(merged_into=topic)
    if _sum(variants, "room_dots") > count:
        variants.update(room_dots=0)
    topic.room_dots = count - _sum(variants, "room_dots")
    topic.save(update_fields=["room_dots"])

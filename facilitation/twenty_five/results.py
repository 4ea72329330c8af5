"""What hosts do with cards beside the rounds: type them in from the wall, put those about the same together, use them."""

from uuid import UUID

from django.utils.text import Truncator

from .. import activities
from ..board_lock import TooLate
from ..models import MAX_TOPIC, Card, Topic
from ..table import steps, topics
from .actions import MAX_CARDS
from .steps import RESULT, WALL


def add_from_wall(activity, *, by, client_id, text, total) -> None:
    """Store a card of paper and its sum, the same `client_id` only once. Raises NotLeading, Full, TooLate, Closed."""
    with activities.going_on(activity, by=by, step=WALL) as (_board, activity):
        if not activity.cards.filter(client_id=client_id).exists():
            steps.check_not_full(activity.cards, MAX_CARDS)
            activity.cards.create(client_id=client_id, text=text, paper_total=total)


def take_out(card, *, by) -> None:
    """Delete a card of paper that was typed wrong. Raises NotLeading, TooLate, Closed."""
    with activities.going_on(card.activity, by=by, step=WALL) as (_board, activity):
        activity.cards.filter(pk=card.pk).exclude(paper_total=None).delete()


def group(card, *, by, into) -> None:
    """Put a card, with those that were put together with it, together with another. Raises NotLeading, TooLate, Closed."""
    with activities.going_on(card.activity, by=by, step=RESULT) as (_board, activity):
        both = set(activity.cards.standing().filter(pk__in=[card.pk, into.pk]))
        if both != {card, into} or card == into:
            raise TooLate
        card.variants.update(merged_into=into)
        activity.cards.filter(pk=card.pk).update(merged_into=into)


def group_all(activity, *, by, cards, into=None) -> Card:
    """Put these cards together: under `into`, else under the first of them in the order of the result.

    Raises TooLate if one of them has been put under another meanwhile, NotLeading, Closed.
    """
    with activities.going_on(activity, by=by, step=RESULT) as (_board, activity):
        standing = list(activity.cards.standing().filter(pk__in=[card.pk for card in cards]).in_result_order())
        head = activity.cards.standing().filter(pk=into.pk).first() if into else next(iter(standing), None)
        if head is None or len(standing) != len(cards):
            raise TooLate
        others = [card.pk for card in standing if card != head]
        activity.cards.filter(merged_into__in=others).update(merged_into=head)
        activity.cards.filter(pk__in=others).update(merged_into=head)
    return head


def ungroup(card, *, by) -> None:
    with activities.going_on(card.activity, by=by, step=RESULT) as (_board, activity):
        activity.cards.filter(pk=card.pk).update(merged_into=None)


def make_topic(card, *, by) -> Topic:
    """Put the card on the Lean Coffee as a topic, once; what is too long is told in full beside it. Raises NotLeading, Full, Closed."""
    short = Truncator(card.text).chars(MAX_TOPIC)
    detail = card.text if short != card.text else ""
    return topics.write(
        card.activity.board, by=by, client_id=UUID(int=card.pk), text=short, detail=detail, for_room=True
    )


def places(cards) -> list[Card]:
    """Give each card, in the order of the result, the place that it shares with those of as many points; None without."""
    before = None
    for number, card in enumerate(cards, 1):
        shares = before is not None and before.points == card.points
        card.place = None if card.points is None else before.place if shares else number
        before = card
    return cards

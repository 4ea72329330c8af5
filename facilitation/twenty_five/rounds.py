"""The steps of 25/10: giving the cards out, ending a round, counting, revealing. All of it under the board's lock."""

import secrets
from collections import defaultdict

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .. import activities
from ..board_lock import TooLate
from ..models import Card, Deal
from . import dealing
from .steps import RESULT, REVEAL, ROUND, WALL, WRITE

# Counted down one by one. More than ten where several share the tenth place, as long as it does not take all evening.
TOP, MOST_REVEALED = 10, 15


class NothingToGiveOut(Refused):
    sentence = _("There is no card to give out yet. Someone has to write one, and someone else has to be here.")


def go(activity, *, by, step, number, to) -> None:
    """The leader goes on from `step` (and `number`), or back. Raises NotLeading, NothingToGiveOut, TooLate, Closed."""
    with activities.going_on(activity, by=by, step=step, number=number) as (board, activity):
        if (step, to) not in _WAYS:
            raise TooLate
        _WAYS[step, to](board, activity)


def time_is_up(board, activity) -> None:
    if activity.step == ROUND:
        _end_round(board, activity)


def close(board, activity) -> None:
    """Keep the sums; from here on nobody can tell who scored or wrote which card."""
    if activity.step == ROUND:
        _keep_sums(activity)
    activity.cards.update(author=None)


def table(board, activity) -> tuple[list[dealing.Dealt], list[dealing.Rater]]:
    """What giving out depends on, in three queries: the cards, and the people who have joined."""
    had_by, scores, last, had = defaultdict(set), defaultdict(int), {}, defaultdict(int)
    rows = activity.deals.order_by("round").values_list("card_id", "rater_id", "score")
    for card, rater, score in rows:
        had_by[card].add(rater)
        scores[card] += score is not None
        last[rater] = score is not None
        had[rater] += 1
    cards = activity.cards.filter(paper_total=None).values_list("pk", "author_id")
    cards = [dealing.Dealt(pk, author, frozenset(had_by[pk]), scores[pk]) for pk, author in cards]
    people = board.participants.values_list("pk", flat=True)
    return cards, [dealing.Rater(pk, last.get(pk), had[pk]) for pk in people]


# Steps, under the lock


def _begin(board, activity):
    if not _give_out(board, activity, is_used=True):
        raise NothingToGiveOut


def _end_round(board, activity):
    is_used = activity.deals.filter(round=activity.number).exclude(score=None).exists()
    if not _give_out(board, activity, is_used=is_used):
        _count(board, activity)


def _give_out(board, activity, *, is_used):
    """Begin the next round; False when the scoring is over."""
    before = activity.number
    pairs = dealing.next_round(*table(board, activity), number=before, is_used=is_used, seed=secrets.randbits(64))
    Deal.objects.bulk_create(
        [Deal(activity=activity, card_id=card, rater_id=rater, round=before + 1) for card, rater in pairs]
    )
    if pairs:
        activities.actions.go(activity, ROUND, number=before + 1, timed=True)
    return bool(pairs)


def _count(board, activity):
    _keep_sums(activity)
    _count_down(board, activity)


def _count_down(board, activity):
    has_points = activity.cards.with_points().exclude(points=None).exists()
    activities.actions.go(activity, REVEAL if has_points else RESULT)


def _keep_sums(activity):
    given = activity.deals.filter(card=OuterRef("pk")).exclude(score=None).order_by().values("card")
    activity.cards.filter(paper_total=None).update(
        score_sum=Coalesce(Subquery(given.annotate(n=Sum("score")).values("n")), 0),
        score_count=Coalesce(Subquery(given.annotate(n=Count("pk")).values("n")), 0),
    )
    activity.deals.all().delete()


def _reveal_next(board, activity):
    if activity.number < len(top(activity)):
        activities.actions.go(activity, REVEAL, number=activity.number + 1)
    else:
        activities.actions.go(activity, RESULT)


def top(activity) -> list[Card]:
    """The cards that are counted down, the best one first."""
    best = list(activity.cards.standing().in_result_order().exclude(points=None)[:MOST_REVEALED])
    return [card for card in best if card.points >= best[:TOP][-1].points]


def _step(step):
    return lambda board, activity: activities.actions.go(activity, step)


def _back_to_writing(board, activity):
    # What has been scored on phones is not written again.
    if activity.cards.filter(score_count__gt=0).exists():
        raise TooLate
    activities.actions.go(activity, WRITE)


_WAYS = {
    (WRITE, ROUND): _begin,
    (ROUND, ROUND): _end_round,
    (ROUND, REVEAL): _count,
    (REVEAL, REVEAL): _reveal_next,
    (REVEAL, RESULT): _step(RESULT),
    # The paper way
    (WRITE, WALL): _step(WALL),
    (WALL, WRITE): _back_to_writing,
    (WALL, REVEAL): _count_down,
    (RESULT, WALL): _step(WALL),
}

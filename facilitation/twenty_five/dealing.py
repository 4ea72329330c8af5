"""Giving out cards: who scores which in one round. Pure functions, in well under a second for 2,000 people."""

from collections import defaultdict
from random import Random
from typing import NamedTuple

from ..models import SCORES_EACH


class Dealt(NamedTuple):
    """A card to be given out: its author, if known, who has had it, and how many scores it has."""

    card: object
    author: object = None
    had_by: frozenset = frozenset()
    scores: int = 0

    def suits(self, rater):
        return rater != self.author and rater not in self.had_by


class Rater(NamedTuple):
    """Somebody who is there. `is_awake`: whether they scored their last card; None: they have had none yet.

    Those who let it lie may be away. `had` counts their cards.
    """

    rater: object
    is_awake: bool | None = None
    had: int = 0


def next_round(cards, raters, *, number, is_used, seed) -> list[tuple[object, object]]:
    """What is given out after round `number`, of which somebody made use or nobody; nothing when the scoring is over.

    It goes on until each card has its scores, or all who could still give one let their last card lie.
    """
    is_extra = number >= rounds(cards, raters)
    pairs = deal(cards, raters, seed=seed, is_extra=is_extra)
    asleep = {one.rater for one in raters if one.is_awake is False}
    is_over = is_extra and not is_used and asleep.issuperset(rater for _, rater in pairs)
    return [] if is_over else pairs


def deal(cards, raters, *, seed, is_extra=False) -> list[tuple[object, object]]:
    """(card, rater) pairs: none their own or one that they have had, nobody two cards, no card two raters.

    As many cards as possible are given to those who may be awake, those with the fewest scores first; only what is left
    goes to the others. In an extra round it is first of all for those who are known to be awake. Cards with SCORES_EACH
    scores are done.
    """
    random = Random(seed)  # noqa: S311
    # The shuffle breaks the ties: sorting is stable.
    cards = [card for card in _shuffled(cards, random) if card.scores < SCORES_EACH]
    cards.sort(key=lambda card: card.scores)
    raters = sorted(_shuffled(raters, random), key=lambda rater: rater.had)
    table = _Table()
    for tier in ((True,), (None,), (False,)) if is_extra else ((True, None), (False,)):
        table.seat(rater.rater for rater in raters if rater.is_awake in tier)
        cards = [card for card in cards if not table.give(card)]
    return [(card.card, rater) for rater, card in table.held.items()]


def rounds(cards, raters) -> int:
    """How many rounds it takes while all stay: five, or fewer where a card has fewer people beside its author."""
    others = [sum(one.rater != card.author for one in raters) for card in _one_of_each_kind(cards, raters)]
    return min(SCORES_EACH, max(others, default=0))


def _one_of_each_kind(cards, raters):
    # Whether its author is there is all that matters: a card of each kind says what 2,000 would.
    present = {one.rater for one in raters}
    return {card.author in present: card for card in cards}.values()


def _shuffled(rows, random):
    # Sorted first, so that the same seed deals the same however the rows came.
    rows = sorted(rows, key=lambda row: str(row[0]))
    random.shuffle(rows)
    return rows


class _Table:
    """Raters at a table, and the card that each holds: a matching that grows by augmenting paths."""

    def __init__(self):
        self.held = {}
        self.raters, self.free, self.hopeless = [], [], set()

    def seat(self, raters):
        """Let more raters take part."""
        new = list(raters)
        self.raters += new
        # Taken from the end.
        self.free = new[::-1] + self.free
        self.hopeless.clear()

    def give(self, card) -> bool:
        """Give the card to somebody, if need be by moving others' cards on; nobody who has one loses it."""
        if not self.free:
            return False
        for place in range(len(self.free) - 1, -1, -1):
            if card.suits(self.free[place]):
                self.held[self.free.pop(place)] = card
                return True
        return self._move_on(card)

    def _move_on(self, card):
        # Breadth first from the card: to each rater whom it suits, on from the card that they hold.
        free, came_by = set(self.free), {}
        unseen = [rater for rater in self.raters if rater not in self.hopeless]
        waiting = [card]
        for card in waiting:
            suited, unseen = _split(unseen, card.suits)
            for rater in suited:
                came_by[rater] = card
                if rater in free:
                    self._shift(rater, came_by)
                    return True
                waiting.append(self.held[rater])
            if not unseen:
                break
        # No path leads from any of these to a free rater, and none will: later ones lead through those already tried.
        self.hopeless.update(came_by)
        return False

    def _shift(self, rater, came_by):
        self.free.remove(rater)
        holder = {id(card): holder for holder, card in self.held.items()}
        while True:
            card = came_by[rater]
            before = holder.get(id(card))
            self.held[rater] = card
            if before is None:
                return
            rater = before


def _split(rows, suits):
    groups = defaultdict(list)
    for row in rows:
        groups[suits(row)].append(row)
    return groups[True], groups[False]

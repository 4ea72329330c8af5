"""Giving out cards: fair for any number of people, who come and leave in any order."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitation.models import SCORES_EACH
from facilitation.twenty_five.dealing import Dealt, Rater, can_go_on, deal, rounds

seeds = st.integers(0, 2**32)


class Hall:
    """People who write a card each, come and leave, and score what they are dealt unless they have left."""

    def __init__(self, authors, others=0):
        # A person is a number; so is a card, of the person with the same one.
        self.here = list(range(authors + others))
        self.away, self.cards = set(), list(range(authors))
        self.dealt = []

    @property
    def table(self):
        last = {rater: is_scored for _, rater, is_scored in self.dealt}
        had = [rater for _, rater, _ in self.dealt]
        raters = [Rater(one, last.get(one, True), had.count(one)) for one in self.here]
        return [Dealt(card, card, frozenset(self.had_by(card)), self.scores(card)) for card in self.cards], raters

    def had_by(self, card):
        return [rater for one, rater, _ in self.dealt if one == card]

    def scores(self, card):
        return sum(one == card and is_scored for one, _, is_scored in self.dealt)

    def round(self, seed):
        pairs = deal(*self.table, seed=seed)
        self.dealt += [(card, rater, rater not in self.away) for card, rater in pairs]
        return pairs

    def play(self, seed):
        """Rounds until nobody can score what is left, or nobody does; how many."""
        number = 0
        while True:
            pairs = self.round(seed + number)
            if not pairs or (number >= SCORES_EACH and self.away.issuperset(rater for _, rater in pairs)):
                return number
            number += 1


def is_fair(pairs, hall):
    """Never one's own card or one already had, and one a person and a card."""
    cards, raters = [card for card, _ in pairs], [rater for _, rater in pairs]
    before = {(card, rater) for card, rater, _ in hall.dealt}
    return (
        len(set(cards)) == len(cards)
        and len(set(raters)) == len(raters)
        and all(card != rater for card, rater in pairs)
        and not before & set(pairs)
    )


@given(number=st.integers(6, 60), seed=seeds)
def test_five_rounds_give_each_card_five_scores_of_five_others(number, seed):
    hall = Hall(number)
    for round_number in range(SCORES_EACH):
        pairs = deal(*hall.table, seed=seed + round_number)
        assert is_fair(pairs, hall) and len(pairs) == number
        hall.dealt += [(card, rater, True) for card, rater in pairs]
    assert [hall.scores(card) for card in hall.cards] == [SCORES_EACH] * number


@given(number=st.integers(2, 5), seed=seeds)
def test_fewer_than_six_people_have_as_many_rounds_as_there_are_other_cards(number, seed):
    hall = Hall(number)
    assert rounds(*hall.table) == number - 1
    assert hall.play(seed) == number - 1
    assert {hall.scores(card) for card in hall.cards} == {number - 1}


@given(
    authors=st.integers(0, 30),
    others=st.integers(0, 30),
    seed=seeds,
    moves=st.lists(st.tuples(st.sampled_from(["come", "leave", "sleep", "wake"]), st.integers(0, 200)), max_size=40),
)
def test_whoever_comes_and_leaves_each_round_is_fair_and_as_large_as_it_can_be(authors, others, seed, moves):
    hall, late = Hall(authors, others), 1000
    for number in range(8):
        for what, who in moves[number * 5 : number * 5 + 5]:
            late += 1
            one = hall.here[who % len(hall.here)] if hall.here else None
            if what == "come":
                hall.here.append(late)
            elif what == "leave" and hall.here:
                hall.here.remove(one)
            elif what == "sleep":
                hall.away.add(one)
            else:
                hall.away.discard(one)
        table = hall.table
        pairs = deal(*table, seed=seed + number)
        assert is_fair(pairs, hall)
        assert len(pairs) == most_pairs(*table)
        assert {rater for _, rater in pairs} <= set(hall.here)
        hall.dealt += [(card, rater, rater not in hall.away) for card, rater in pairs]


def most_pairs(cards, raters):
    """The size of a largest matching, the slow way."""
    held = {}

    def give(card, seen):
        for one in raters:
            if card.suits(one.rater) and one.rater not in seen:
                seen.add(one.rater)
                if one.rater not in held or give(held[one.rater], seen):
                    held[one.rater] = card
                    return True
        return False

    return sum(give(card, set()) for card in cards if card.scores < SCORES_EACH)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(authors=st.integers(1, 25), others=st.integers(0, 10), gone=st.sets(st.integers(0, 34)), seed=seeds)
def test_rounds_go_on_until_each_card_has_five_scores_or_nobody_is_left(authors, others, gone, seed):
    hall = Hall(authors, others)
    hall.round(seed)
    hall.away |= gone
    hall.play(seed + 1)
    awake = [one for one in hall.here if one not in hall.away]
    for card in hall.cards:
        could = [one for one in awake if one != card and one not in hall.had_by(card)]
        assert hall.scores(card) == SCORES_EACH or not could


def test_a_card_with_fewer_scores_comes_first():
    cards = [Dealt("behind", scores=1), *(Dealt(f"card {n}", scores=2) for n in range(20))]
    assert deal(cards, [Rater("Kari")], seed=1) == [("behind", "Kari")]


def test_whoever_let_a_card_lie_gets_one_last():
    raters = [Rater(f"away {n}", is_awake=False) for n in range(20)] + [Rater("awake")]
    assert deal([Dealt("card")], raters, seed=1) == [("card", "awake")]


def test_whoever_has_had_fewer_cards_comes_first():
    raters = [Rater(f"often {n}", had=3) for n in range(20)] + [Rater("seldom", had=2)]
    assert deal([Dealt("card")], raters, seed=1) == [("card", "seldom")]


def test_the_same_seed_deals_the_same_however_the_rows_came():
    cards, raters = [Dealt(n, n) for n in range(30)], [Rater(n) for n in range(30)]
    assert sorted(deal(cards, raters, seed=7)) == sorted(deal(cards[::-1], raters[::-1], seed=7))
    assert sorted(deal(cards, raters, seed=7)) != sorted(deal(cards, raters, seed=8))


def test_nobody_is_dealt_anything_where_all_is_scored():
    assert deal([Dealt("card", scores=SCORES_EACH)], [Rater("Kari")], seed=1) == []
    assert not can_go_on([Dealt("card", scores=SCORES_EACH)], [Rater("Kari")])


@pytest.mark.parametrize("others", [0, 10])
def test_two_thousand_people_play_it_through(others):
    number, before, scores = 2000, {}, {}
    for round_number in range(SCORES_EACH):
        cards = [Dealt(n, n, frozenset(before.get(n, ())), scores.get(n, 0)) for n in range(number)]
        pairs = deal(cards, [Rater(n) for n in range(number + others)], seed=round_number)
        assert len(pairs) == number
        for card, rater in pairs:
            before.setdefault(card, set()).add(rater)
            scores[card] = scores.get(card, 0) + 1
    assert all(len(raters) == SCORES_EACH and card not in raters for card, raters in before.items())


if __name__ == "__main__":
    began = perf_counter()
    test_two_thousand_people_play_it_through(0)
    print(f"five rounds of 2,000: {perf_counter() - began:.2f} s")

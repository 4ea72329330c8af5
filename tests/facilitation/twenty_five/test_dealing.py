"""Giving out cards: fair for any number of people, who come and leave in any order."""

from collections import Counter, defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitation.models import SCORES_EACH
from facilitation.twenty_five.dealing import Dealt, Rater, deal, next_round, rounds

seeds = st.integers(0, 2**32)


class Hall:
    """People who write a card each, come and leave, and score what they are dealt unless they are away."""

    def __init__(self, authors, others=0):
        # A person is a number; so is a card, of the person with the same one.
        self.here, self.cards, self.away = list(range(authors + others)), list(range(authors)), set()
        self.had_by, self.scores, self.last, self.had = defaultdict(set), Counter(), {}, Counter()

    @property
    def table(self):
        raters = [Rater(one, self.last.get(one), self.had[one]) for one in self.here]
        return [Dealt(one, one, frozenset(self.had_by[one]), self.scores[one]) for one in self.cards], raters

    def give(self, pairs):
        for card, rater in pairs:
            self.last[rater] = rater not in self.away
            self.had_by[card].add(rater)
            self.scores[card] += self.last[rater]
            self.had[rater] += 1
        return any(self.last[rater] for _, rater in pairs)

    def play(self, seed, *, leave_after_the_first=frozenset()):
        """Rounds until the scoring is over; how many."""
        number, is_used = 0, True
        while pairs := next_round(*self.table, number=number, is_used=is_used, seed=seed + number):
            assert is_fair(pairs, self)
            is_used = self.give(pairs)
            self.away |= leave_after_the_first
            number += 1
        return number


def is_fair(pairs, hall):
    """Never one's own card or one already had, and one a person and a card."""
    cards, raters = [card for card, _ in pairs], [rater for _, rater in pairs]
    return (
        len(set(cards)) == len(cards)
        and len(set(raters)) == len(raters)
        and all(card != rater and rater not in hall.had_by[card] for card, rater in pairs)
    )


@given(number=st.integers(6, 60), seed=seeds)
def test_five_rounds_give_each_card_five_scores_of_five_others(number, seed):
    hall = Hall(number)
    for round_number in range(SCORES_EACH):
        pairs = deal(*hall.table, seed=seed + round_number)
        assert is_fair(pairs, hall) and len(pairs) == number
        hall.give(pairs)
    assert [hall.scores[card] for card in hall.cards] == [SCORES_EACH] * number


@given(number=st.integers(2, 5), seed=seeds)
def test_fewer_than_six_people_have_as_many_rounds_as_there_are_other_cards(number, seed):
    hall = Hall(number)
    assert rounds(*hall.table) == number - 1
    assert hall.play(seed) == number - 1
    assert {hall.scores[card] for card in hall.cards} == {number - 1}


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
        hall.give(pairs)


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
    hall.play(seed, leave_after_the_first=gone)
    awake = [one for one in hall.here if one not in hall.away]
    for card in hall.cards:
        could = [one for one in awake if one != card and one not in hall.had_by[card]]
        assert hall.scores[card] == SCORES_EACH or not could


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


def test_in_an_extra_round_those_come_first_who_are_known_to_be_awake():
    raters = [Rater(f"new {n}") for n in range(20)] + [Rater("awake", is_awake=True, had=5)]
    assert deal([Dealt("card")], raters, seed=1, is_extra=True) == [("card", "awake")]
    assert deal([Dealt("card")], raters, seed=1) != [("card", "awake")]


def test_nobody_is_dealt_anything_where_all_is_scored():
    assert deal([Dealt("card", scores=SCORES_EACH)], [Rater("Kari")], seed=1) == []


@settings(max_examples=8, deadline=None)
@given(number=st.integers(6, 2000), gone=st.sets(st.integers(0, 1999), max_size=600), seed=seeds)
def test_halls_of_any_size_lose_no_card(number, gone, seed):
    hall = Hall(number)
    hall.play(seed, leave_after_the_first=gone)
    awake = {one for one in hall.here if one not in hall.away}
    for card in hall.cards:
        assert hall.scores[card] == SCORES_EACH or not awake - hall.had_by[card] - {card}


def test_two_thousand_people_play_it_through():
    hall = Hall(2000)
    assert hall.play(seed=1) == SCORES_EACH
    assert set(hall.scores.values()) == {SCORES_EACH}

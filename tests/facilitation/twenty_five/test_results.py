"""The result: counting down, places, paper, cards about the same, and what may come of a card."""

from uuid import uuid4

import pytest

from facilitation import activities
from facilitation.board_lock import TooLate
from facilitation.models import Topic
from facilitation.table.leading import NotLeading
from facilitation.twenty_five import results, rounds
from tests.facilitation.twenty_five.hall import Hall

pytestmark = pytest.mark.django_db


def wall(totals, **fields):
    """A hall whose cards of paper have these sums."""
    hall = Hall(people=2, writers=0, **fields).go("wall")
    for number, total in enumerate(totals):
        results.add_from_wall(hall.activity, by=hall.leader, client_id=uuid4(), text=f"Card {number}", total=total)
    return hall


def card(hall, text):
    return hall.activity.cards.select_related("activity__board").get(text=text)


def places(hall):
    cards = results.places(list(hall.activity.cards.standing().in_result_order()))
    return [(one.place, one.points) for one in cards]


def test_cards_from_the_wall_stand_by_their_sums_and_ties_share_a_place():
    assert places(wall([23, 25, 11, 23])) == [(1, 25), (2, 23), (2, 23), (4, 11)]


def test_the_same_words_twice_on_the_wall_are_two_cards():
    hall = wall([])
    for _ in range(2):
        results.add_from_wall(hall.activity, by=hall.leader, client_id=uuid4(), text="Same", total=9)
    assert places(hall) == [(1, 9), (1, 9)]


def test_a_card_that_is_sent_twice_from_the_wall_is_stored_once():
    hall, name = wall([]), uuid4()
    for _ in range(2):
        results.add_from_wall(hall.activity, by=hall.leader, client_id=name, text="Same", total=9)
    assert places(hall) == [(1, 9)]


def test_a_card_that_was_typed_wrong_is_taken_out():
    hall = wall([23, 25])
    results.take_out(card(hall, "Card 0"), by=hall.leader)
    assert places(hall) == [(1, 25)]


def test_fewer_than_five_scores_count_as_their_mean_times_five():
    hall = Hall(people=8).go("round").score_all(5)
    hall.go("round").score_all(2).go("reveal")
    assert set(hall.sums.values()) == {17.5}
    assert all(one.is_partly_scored for one in hall.activity.cards.all())


def test_a_card_without_a_score_has_no_place():
    hall = Hall(people=3).go("round")
    hall.score(hall.leader, 4)
    hall.go("reveal")
    assert places(hall) == [(1, 20), (None, None), (None, None)]


def test_the_ten_best_are_counted_down_one_by_one():
    hall = wall(range(8, 20)).go("reveal")
    assert [one.points for one in rounds.top(hall.activity)] == list(range(19, 9, -1))
    for number in range(1, 11):
        assert hall.go("reveal").where == ("reveal", number)
    assert hall.go("reveal").where == ("result", 0)


def test_those_that_share_the_tenth_place_are_counted_down_too():
    hall = wall([25] * 8 + [20] * 4).go("reveal")
    assert len(rounds.top(hall.activity)) == 12


def test_the_countdown_can_be_skipped_and_more_typed_in_afterwards():
    hall = wall([23]).go("reveal").go("result").go("wall")
    results.add_from_wall(hall.activity, by=hall.leader, client_id=uuid4(), text="Found later", total=24)
    assert places(hall.go("reveal")) == [(1, 24), (2, 23)]


def test_what_was_scored_on_phones_is_not_written_again():
    hall = Hall().play().go("result").go("wall")
    with pytest.raises(TooLate):
        hall.go("write")


def test_going_back_to_the_wall_keeps_what_was_scored_on_phones():
    hall = Hall().play(4).go("result").go("wall").go("reveal")
    assert set(hall.sums.values()) == {20}


def test_cards_about_the_same_stand_under_one_and_can_be_separated():
    hall = wall([25, 23, 11]).go("reveal").go("result")
    results.group(card(hall, "Card 2"), by=hall.leader, into=card(hall, "Card 1"))
    results.group(card(hall, "Card 1"), by=hall.leader, into=card(hall, "Card 0"))
    assert places(hall) == [(1, 25)]
    assert card(hall, "Card 0").variants.count() == 2
    results.ungroup(card(hall, "Card 1"), by=hall.leader)
    assert places(hall) == [(1, 25), (2, 23)]


def test_two_cards_are_not_put_under_each_other():
    hall = wall([25, 23]).go("reveal").go("result")
    first, second = card(hall, "Card 0"), card(hall, "Card 1")
    results.group(first, by=hall.leader, into=second)
    for one, into in [(second, first), (second, second)]:
        with pytest.raises(TooLate):
            results.group(one, by=hall.leader, into=into)


@pytest.mark.parametrize("verb", [results.make_topic, results.take_out, results.ungroup])
def test_what_becomes_of_cards_is_for_the_leader(verb):
    hall = wall([25])
    with pytest.raises(NotLeading):
        verb(card(hall, "Card 0"), by=hall.people[1])


def test_a_card_becomes_a_topic_once():
    hall = wall([25]).go("reveal").go("result")
    for _ in range(2):
        results.make_topic(card(hall, "Card 0"), by=hall.leader)
    assert list(Topic.objects.values_list("text", "detail", "author")) == [("Card 0", "", None)]


def test_a_card_too_long_for_a_topic_is_told_in_full_beside_it():
    hall = wall([])
    results.add_from_wall(hall.activity, by=hall.leader, client_id=uuid4(), text="long " * 40, total=9)
    made = results.make_topic(hall.activity.cards.select_related("activity__board").get(), by=hall.leader)
    assert len(made.text) <= 140 and made.text.endswith("…") and made.detail == "long " * 40


def test_a_closed_one_keeps_its_result_and_says_no_more_who_wrote():
    hall = Hall().play().go("result")
    activities.actions.close(hall.activity, by=hall.leader)
    assert places(hall)[0] == (1, 15) and not hall.activity.cards.exclude(author=None).exists()

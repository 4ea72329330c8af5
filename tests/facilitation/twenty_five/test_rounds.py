"""Rounds: each card is scored by five others; whoever leaves or comes late, none is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilitation import activities
from facilitation.board_lock import TooLate
from facilitation.models import Activity, Deal
from facilitation.table import joining
from facilitation.table.leading import NotLeading
from facilitation.twenty_five import actions, rounds
from tests.facilitation.twenty_five.hall import Hall
from tests.factories import make_participant
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_five_rounds_give_each_card_its_sum():
    hall = Hall(people=7).play(4)
    assert hall.where == ("reveal", 0)
    assert hall.sums == {f"Card {number}": 20 for number in range(7)}


def test_each_card_is_scored_by_five_others():
    hall = Hall(people=7).go("round")
    for _ in range(4):
        hall.score_all().go("round")
    hall.score_all()
    for card in hall.activity.cards.all():
        raters = list(card.deals.values_list("rater", flat=True))
        assert len(set(raters) - {card.author_id}) == len(raters) == 5


def test_four_people_have_three_rounds_and_sums_of_twenty_five():
    hall = Hall(people=4).go("round")
    for _ in range(3):
        hall.score_all(5).go("round")
    assert hall.where == ("reveal", 0)
    assert set(hall.sums.values()) == {25} and not hall.activity.cards.exclude(score_count=3).exists()


def test_a_card_that_missed_a_round_is_given_out_again_at_the_end():
    hall = Hall(people=8).go("round")
    hall.score_all(people=hall.people[1:]).go("round")
    for _ in range(4):
        hall.score_all().go("round")
    assert hall.where == ("round", 6) and hall.activity.deals.filter(round=6).count() == 1
    hall.score_all().go("round")
    assert hall.where == ("reveal", 0) and set(hall.sums.values()) == {15}


def test_extra_rounds_end_when_all_who_could_score_have_let_a_card_lie():
    hall = Hall(people=9).go("round")
    for _ in range(5):
        hall.score_all(2, people=hall.people[1:]).go("round")
    assert hall.where == ("round", 6)
    while hall.where[0] == "round":
        hall.go("round")
        assert hall.activity.number < 10
    assert hall.where == ("reveal", 0) and set(hall.sums.values()) == {10}


def test_the_score_of_somebody_who_leaves_counts():
    hall = Hall(people=3).go("round").score_all(5)
    joining.leave(hall.board, by=hall.people[2])
    hall.go("reveal")
    assert set(hall.sums.values()) == {25}


def test_whoever_comes_late_scores_without_a_card_of_their_own():
    hall = Hall(people=2).go("round").score_all()
    late = make_participant(board=hall.board)
    hall.go("round")
    assert hall.held(late).card in hall.activity.cards.all()


def test_a_score_is_changed_until_the_round_ends():
    hall = Hall(people=2).go("round")
    hall.score(hall.leader, 1)
    hall.score(hall.leader, 5)
    hall.score(hall.leader, 5)
    assert hall.held(hall.leader).score == 5


def test_a_score_after_the_round_is_refused_with_a_sentence():
    hall = Hall(people=3).go("round")
    late = hall.held(hall.leader)
    hall.go("round")
    with pytest.raises(actions.RoundOver):
        actions.score(late, by=hall.leader, score=5)
    assert not hall.activity.deals.exclude(score=None).exists()


def test_nobody_scores_the_card_that_another_holds():
    hall = Hall(people=3).go("round")
    with pytest.raises(actions.RoundOver):
        actions.score(hall.held(hall.people[1]), by=hall.leader, score=5)
    assert not hall.activity.deals.exclude(score=None).exists()


def test_a_score_makes_no_new_version():
    hall = Hall(people=2).go("round")
    before = hall.read.version
    hall.score_all()
    assert hall.read.version == before


def test_one_card_alone_is_not_given_out():
    hall = Hall(people=1)
    with pytest.raises(rounds.NothingToGiveOut):
        hall.go("round")
    assert hall.where == ("write", 0)


def test_of_two_presses_the_second_skips_nothing():
    hall = Hall().go("round")
    now = hall.activity
    rounds.go(now, by=hall.leader, step="round", number=1, to="round")
    with pytest.raises(TooLate):
        rounds.go(now, by=hall.leader, step="round", number=1, to="round")
    assert hall.where == ("round", 2)


def test_only_the_leader_ends_a_round():
    hall = Hall().go("round")
    with pytest.raises(NotLeading):
        hall.go("round", by=hall.people[1])


@pytest.mark.parametrize(("step", "to"), [("write", "result"), ("write", "reveal"), ("write", "write")])
def test_no_step_is_skipped(step, to):
    with pytest.raises(TooLate):
        Hall().go(to)


def test_the_clock_ends_the_round():
    hall = Hall().go("round")
    Activity.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert activities.clock.keep(hall.read)
    assert hall.where == ("round", 2) and hall.activity.ends_at > timezone.now()


def test_all_rounds_end_by_themselves_though_nobody_scores():
    hall = Hall().go("round")
    for _ in range(6):
        Activity.objects.exclude(ends_at=None).update(ends_at=timezone.now())
        activities.clock.keep(hall.read)
    assert hall.where == ("result", 0) and set(hall.sums.values()) == {None}


def test_who_scored_what_is_deleted_when_the_scoring_ends():
    hall = Hall().play()
    assert (Deal.objects.count(), hall.activity.cards.filter(score_count=5).count()) == (0, 6)


def test_closing_in_a_round_keeps_the_sums_and_nobody():
    hall = Hall().go("round").score_all(4)
    activities.actions.close(hall.activity, by=hall.leader)
    assert (Deal.objects.count(), hall.activity.cards.exclude(author=None).count()) == (0, 0)
    assert set(hall.sums.values()) == {20}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"score": 6}, "deal_score"),
        ({"score": 0}, "deal_score"),
    ],
)
def test_the_database_refuses_other_scores(change, name):
    hall = Hall().go("round")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        hall.activity.deals.filter(rater=hall.leader).update(**change)


def test_the_database_gives_nobody_their_own_card():
    hall = Hall(people=2).go("round")
    own = hall.activity.cards.get(author=hall.leader)
    with pytest.raises(IntegrityError, match="deal_not_own"), transaction.atomic():
        Deal.objects.create(activity=hall.activity, card=own, rater=hall.leader, round=2)


def test_the_database_gives_nobody_a_card_again_or_two_at_a_time():
    hall = Hall(people=3).go("round")
    held = hall.held(hall.leader)
    other = hall.activity.cards.exclude(pk=held.card_id).exclude(author=hall.leader).get()
    for card, number, name in [(held.card, 2, "deal_never_again"), (other, 1, "deal_one")]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Deal.objects.create(activity=hall.activity, card=card, rater=hall.leader, round=number)


@pytest.mark.django_db(transaction=True)
def test_scores_and_the_end_of_their_round_at_the_same_time_lose_none():
    hall = Hall(people=6).go("round")
    held = [hall.held(one) for one in hall.people]
    press = [
        lambda deal=deal, one=one: actions.score(deal, by=one, score=5)
        for deal, one in zip(held, hall.people, strict=True)
    ]
    *answers, _ = at_once(lambda do: do(), *press, lambda: hall.go("round"))
    taken = sum(isinstance(answer, Deal) for answer in answers)
    assert hall.activity.deals.filter(round=1, score=5).count() == taken
    assert all(isinstance(answer, Deal | actions.RoundOver) for answer in answers)
    assert hall.where == ("round", 2)


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_many_look_at_ends_one_round():
    hall = Hall(people=6).go("round")
    Activity.objects.update(ends_at=timezone.now())
    at_once(lambda _: activities.clock.keep(hall.read), *range(4))
    assert hall.where == ("round", 2) and hall.activity.deals.filter(round=2).count() == 6

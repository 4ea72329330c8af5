"""Rounds: the clock that moves nothing, and the thumbs that decide."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from facilitation.board_lock import TooLate
from facilitation.models import Board, Round, Thumb, Topic
from facilitation.table import talk
from facilitation.table.leading import NotLeading
from tests.factories import make_board, make_leader, make_participant, make_round, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db
OVER = timedelta(0)


@pytest.fixture
def board():
    return make_board(phase="talk")


@pytest.fixture
def leader(board):
    return make_leader(board=board)


@pytest.fixture
def topic(board):
    return make_topic(board=board)


@pytest.fixture
def voting(topic):
    return make_round(topic=topic, ends_in=OVER)


def raise_thumbs(round, *ways):
    for way in ways:
        talk.thumb(round, by=make_participant(board=round.topic.board), way=way)


def minutes_of(round):
    return (round.ends_at - round.started_at) / timedelta(minutes=1)


# The clock


def test_pause_keeps_the_seconds_left_and_resume_gives_a_new_end(topic, leader):
    round = make_round(topic=topic, ends_in=timedelta(seconds=90))
    paused = talk.pause(round, by=leader)
    assert (paused.is_paused, paused.paused_seconds) == (True, 90)
    Round.objects.update(ends_at=timezone.now() - timedelta(hours=1))  # a long pause
    resumed = talk.resume(round, by=leader)
    left = resumed.ends_at - timezone.now()
    assert timedelta(seconds=85) < left <= timedelta(seconds=90)


def test_pausing_and_resuming_twice_is_once(topic, leader):
    round = make_round(topic=topic)
    talk.pause(round, by=leader)
    Round.objects.update(paused_seconds=17)
    assert talk.pause(round, by=leader).paused_seconds == 17
    ends_at = talk.resume(round, by=leader).ends_at
    assert talk.resume(round, by=leader).ends_at == ends_at


def test_end_of_time_moves_nothing_and_opens_the_thumbs(board, topic, voting):
    topic.refresh_from_db()
    assert (topic.is_talking, voting.is_voting, voting.is_settled) == (True, True, False)
    assert Board.objects.get().version == board.version


def test_time_that_is_over_cannot_be_paused(voting, leader):
    with pytest.raises(TooLate):
        talk.pause(voting, by=leader)


@pytest.mark.parametrize("paused", [None, 60])
def test_thumbs_can_be_asked_for_before_the_time_is_over(topic, leader, paused):
    round = make_round(topic=topic, paused_seconds=paused)
    assert talk.ask_now(round, by=leader).is_voting


@pytest.mark.parametrize("verb", [talk.pause, talk.resume, talk.ask_now])
def test_clock_of_a_round_that_was_counted_stands_still(verb, voting, leader):
    raise_thumbs(voting, "up")
    talk.count(voting, by=leader)
    with pytest.raises(TooLate):
        verb(voting, by=leader)


@pytest.mark.parametrize(("pace", "minutes"), [("usual", [8, 4, 2, 2]), ("lunch", [5, 3, 2, 2])])
def test_each_round_is_shorter(board, topic, leader, pace, minutes):
    Board.objects.update(pace=pace)
    talk.start(topic, by=leader, seen_talking=None)
    for _ in range(3):
        talk.count(topic.rounds.get(result=""), by=leader, decision="continue")
    assert [minutes_of(round) for round in topic.rounds.order_by("number")] == minutes


@pytest.mark.parametrize("verb", [talk.pause, talk.resume, talk.ask_now, talk.count])
def test_only_whoever_leads_moves_the_clock_and_counts(verb, voting, board):
    with pytest.raises(NotLeading):
        verb(voting, by=make_participant(board=board))


@pytest.mark.parametrize("verb", [talk.pause, talk.resume, talk.ask_now, partial(talk.count, decision="continue")])
def test_clock_and_counting_belong_to_the_talk(verb, topic, leader):
    round = make_round(topic=topic)
    Board.objects.update(phase="retro")
    with pytest.raises(TooLate):
        verb(round, by=leader)


# Thumbs


def test_last_thumb_of_a_person_is_the_one_that_counts(voting, board):
    ada = make_participant(board=board)
    talk.thumb(voting, by=ada, way="up")
    talk.thumb(voting, by=ada, way="down")
    assert [thumb.way for thumb in Thumb.objects.all()] == ["down"]


def test_thumb_before_the_time_is_over_is_refused(topic, board):
    with pytest.raises(TooLate):
        raise_thumbs(make_round(topic=topic), "up")
    assert Thumb.objects.count() == 0


def test_thumb_after_the_count_is_refused(voting, leader):
    raise_thumbs(voting, "down")
    counted = talk.count(voting, by=leader)
    with pytest.raises(TooLate):
        raise_thumbs(voting, "up")
    assert (Thumb.objects.count(), counted.down) == (0, 1)


def test_thumb_after_the_phase_is_refused(voting):
    Board.objects.update(phase="microaction")
    with pytest.raises(TooLate):
        raise_thumbs(voting, "up")
    assert Thumb.objects.count() == 0


def test_thumb_of_somebody_who_was_removed_is_refused(voting, board):
    ada = make_participant(board=board)
    type(ada).objects.filter(pk=ada.pk).delete()
    with pytest.raises(TooLate):
        talk.thumb(voting, by=ada, way="up")


# Counting


def test_more_up_than_down_begins_the_next_round_at_once(topic, voting, leader):
    raise_thumbs(voting, "up", "up", "side", "side", "side", "down")
    counted = talk.count(voting, by=leader)
    topic.refresh_from_db()
    assert (counted.up, counted.side, counted.down, counted.result) == (2, 3, 1, "continue")
    assert (topic.is_talking, topic.current_round.number, minutes_of(topic.current_round)) == (True, 2, 4)
    assert not counted.overruled


def test_current_round_is_the_last_by_number_whatever_row_was_written_last(topic):
    first = make_round(topic=topic, number=1, result="continue")
    second = make_round(topic=topic, number=2)
    first.save()  # Now it lies last, and PostgreSQL, which is free to, reads the rows as they lie.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
    assert Topic.objects.get(pk=topic.pk).current_round == second


@pytest.mark.parametrize("ways", [["up", "down"], ["side", "side"], ["up", "down", "down"], []])
def test_tie_or_no_thumbs_or_more_down_moves_on(ways, topic, voting, leader):
    raise_thumbs(voting, *ways)
    counted = talk.count(voting, by=leader)
    topic.refresh_from_db()
    assert (counted.result, counted.overruled, topic.state) == ("move_on", False, "done")
    assert topic.rounds.count() == 1


@pytest.mark.parametrize(
    ("ways", "decision", "overruled"),
    [
        (["up", "down"], "continue", True),
        (["up"], "move_on", True),
        (["up"], "continue", False),
        (["down"], "move_on", False),
    ],
)
def test_overruling_is_recorded(voting, leader, ways, decision, overruled):
    raise_thumbs(voting, *ways)
    counted = talk.count(voting, by=leader, decision=decision)
    assert (counted.result, counted.overruled) == (decision, overruled)


def test_counting_twice_is_once(topic, voting, leader):
    raise_thumbs(voting, "up")
    talk.count(voting, by=leader)
    version = Board.objects.get().version
    again = talk.count(voting, by=leader, decision="move_on")
    assert (again.result, topic.rounds.count(), Board.objects.get().version) == ("continue", 2, version)


@pytest.mark.django_db(transaction=True)
def test_counting_at_once_is_one_more_round(topic, voting, leader):
    raise_thumbs(voting, "up")
    results = at_once(partial(talk.count, by=leader), *[voting] * 8)
    assert {result.pk for result in results} == {voting.pk}
    assert [round.number for round in topic.rounds.order_by("number")] == [1, 2]


def test_nothing_is_counted_before_the_time_is_over_but_whoever_leads_may_decide(topic, leader):
    round = make_round(topic=topic)
    with pytest.raises(TooLate):
        talk.count(round, by=leader)
    counted = talk.count(round, by=leader, decision="move_on")
    assert (counted.result, counted.overruled) == ("move_on", True)


def test_thumbs_of_the_room_count_with_the_others(voting, leader):
    Board.objects.update(one_device=True, room_new=3)
    raise_thumbs(voting, "down", "up")
    counted = talk.count(voting, by=leader, room=(2, 1, 0))
    assert (counted.up, counted.side, counted.down, counted.result) == (3, 1, 1, "continue")


@pytest.mark.parametrize(("one_device", "room"), [(True, (2, 2, 0)), (True, (-1, 0, 2)), (False, (1, 0, 0))])
def test_room_has_no_more_thumbs_than_people(voting, leader, one_device, room):
    Board.objects.update(one_device=one_device, room_new=3)
    with pytest.raises(ValidationError):
        talk.count(voting, by=leader, room=room)
    assert not Round.objects.get().is_settled


def test_who_raised_which_thumb_is_gone_once_it_is_counted(voting, leader):
    raise_thumbs(voting, "up", "down")
    talk.count(voting, by=leader)
    assert Thumb.objects.count() == 0


# What the verdict tells


@pytest.mark.parametrize(("decision", "told"), [("continue", True), (None, False)])
def test_who_decided_is_kept_only_where_the_thumbs_did_not(voting, leader, decision, told):
    before = timezone.now()
    counted = talk.count(voting, by=leader, decision=decision)
    assert (counted.decided_by == leader) == told
    assert before <= counted.settled_at <= timezone.now()


def test_whoever_ends_a_topic_has_decided(topic, leader):
    make_round(topic=topic)
    talk.finish(topic, by=leader)
    assert Round.objects.get().decided_by == leader


def test_who_decided_is_forgotten_with_the_participant(voting, leader):
    counted = talk.count(voting, by=leader, decision="continue")
    type(leader).objects.filter(pk=leader.pk).delete()
    assert Round.objects.get(pk=counted.pk).decided_by is None

"""The talk: one topic at a time, in the order of the queue."""

from functools import partial

import pytest
from django.db import IntegrityError

from facilitation.board_lock import Closed, TooLate
from facilitation.models import Board, Topic
from facilitation.table import talk, topics
from facilitation.table.leading import NotLeading
from tests.factories import make_board, make_dots, make_leader, make_participant, make_round, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db
TALK = Board.Phase.TALK


@pytest.fixture
def board():
    return make_board(phase=TALK)


@pytest.fixture
def leader(board):
    return make_leader(board=board)


@pytest.fixture
def topic(board):
    return make_topic(board=board)


def state(topic):
    return Topic.objects.get(pk=topic.pk).state


def queue(board):
    return [topic.text for topic in board.topics.standing().filter(state="waiting").in_queue_order()]


# Starting


def test_start_begins_the_first_round(topic, leader):
    started = talk.start(topic, by=leader, seen_talking=None)
    assert (state(topic), started.current_round.number) == ("talking", 1)
    assert started.current_round.is_running


def test_starting_twice_is_one_round(topic, leader):
    talk.start(topic, by=leader, seen_talking=None)
    talk.start(topic, by=leader, seen_talking=None)
    assert topic.rounds.count() == 1


def test_second_to_start_is_told_what_was_started(board, topic, leader):
    other = make_topic(board=board)
    talk.start(topic, by=leader, seen_talking=None)
    with pytest.raises(talk.AnotherStarted) as told:
        talk.start(other, by=leader, seen_talking=None)
    assert (told.value.topic, state(other)) == (topic, "waiting")


@pytest.mark.django_db(transaction=True)
def test_two_start_different_topics_at_once(board, leader):
    pair = [make_topic(board=board), make_topic(board=board)]
    results = at_once(partial(talk.start, by=leader, seen_talking=None), *pair)
    [lost] = [result for result in results if isinstance(result, talk.AnotherStarted)]
    [won] = board.topics.filter(state="talking")
    assert (lost.topic, results.count(won)) == (won, 1)


def test_database_refuses_two_topics_at_a_time(board, topic):
    make_topic(board=board, state="talking")
    with pytest.raises(IntegrityError, match="topic_one_at_a_time"):
        Topic.objects.filter(pk=topic.pk).update(state="talking")


def test_knowingly_starting_another_parks_the_one_before(board, topic, leader):
    other = make_topic(board=board)
    talk.start(topic, by=leader, seen_talking=None)
    talk.start(other, by=leader, seen_talking=topic.pk)
    assert (state(topic), state(other)) == ("parked", "talking")
    assert topic.current_round.is_paused


@pytest.mark.parametrize("phase", ["gather", "pitch", "dots", "microaction", "retro"])
def test_nothing_is_started_in_another_phase(phase, topic, leader):
    Board.objects.update(phase=phase)
    with pytest.raises(TooLate):
        talk.start(topic, by=leader, seen_talking=None)
    assert state(topic) == "waiting"


def test_nothing_is_started_on_a_closed_board():
    board = make_board(phase="closed")
    with pytest.raises(Closed):
        talk.start(make_topic(board=board), by=make_leader(board=board), seen_talking=None)


def test_withdrawn_and_merged_notes_are_not_started(board, topic, leader):
    gone, variant = make_topic(board=board), make_topic(board=board)
    topics.withdraw(gone, by=leader)
    topics.merge(variant, by=leader, into=topic)
    for note in (gone, variant):
        with pytest.raises(TooLate):
            talk.start(note, by=leader, seen_talking=None)


@pytest.mark.parametrize(
    "verb",
    [
        partial(talk.start, seen_talking=None),
        talk.park,
        talk.finish,
        partial(talk.reorder_tie, sooner=True),
    ],
)
def test_only_whoever_leads_moves_topics(verb, board, topic, leader):
    with pytest.raises(NotLeading):
        verb(topic, by=make_participant(board=board))
    assert state(topic) == "waiting"


# Parking and finishing


def test_parked_topic_goes_on_with_the_seconds_it_had(topic, leader):
    round = make_round(topic=topic)
    talk.park(topic, by=leader)
    round.refresh_from_db()
    assert (state(topic), round.paused_seconds) == ("parked", 480)
    talk.start(topic, by=leader, seen_talking=None)
    round.refresh_from_db()
    assert (topic.rounds.count(), round.is_running) == (1, True)


def test_waiting_topic_can_be_parked_but_not_one_that_is_done(board, topic, leader):
    assert talk.park(topic, by=leader).is_parked
    with pytest.raises(TooLate):
        talk.park(make_topic(board=board, state="done"), by=leader)


def test_clock_of_a_parked_topic_is_nobodys_to_move(topic, leader):
    round = make_round(topic=topic)
    talk.park(topic, by=leader)
    for verb in (talk.resume, talk.pause, talk.ask_now):
        with pytest.raises(TooLate):
            verb(round, by=leader)


def test_finishing_before_the_time_is_recorded_as_the_facilitators(topic, leader):
    round = make_round(topic=topic)
    talk.finish(topic, by=leader)
    round.refresh_from_db()
    assert (state(topic), round.result, round.overruled) == ("done", "move_on", True)


def test_finishing_twice_is_once(topic, leader, board):
    make_round(topic=topic)
    talk.finish(topic, by=leader)
    version = Board.objects.get().version
    talk.finish(topic, by=leader)
    assert Board.objects.get().version == version


def test_waiting_topic_is_not_finished(topic, leader):
    with pytest.raises(TooLate):
        talk.finish(topic, by=leader)
    assert state(topic) == "waiting"


def test_topic_that_is_done_can_be_taken_up_again_in_a_next_round(topic, leader):
    make_round(topic=topic)
    talk.finish(topic, by=leader)
    again = talk.start(topic, by=leader, seen_talking=None)
    assert [round.number for round in again.rounds.order_by("number")] == [1, 2]


# The queue


def test_queue_has_most_dots_first_and_of_equals_the_first_pitched(board):
    for text, number in [("a", 1), ("b", 2), ("c", 1), ("d", 3)]:
        make_topic(board=board, text=text, dots=number)
    assert queue(board) == ["d", "b", "a", "c"]


def test_queue_counts_dots_of_persons_of_the_room_and_of_variants(board, leader):
    make_topic(board=board, text="room", dots=3)
    persons = make_topic(board=board, text="persons", dots=1)
    variant = make_topic(board=board, merged_into=persons, dots=1)
    make_dots(variant, leader, 1)
    make_dots(persons, leader, 1)
    make_topic(board=board, text="before the closing", sealed_dots=2)
    assert queue(board) == ["persons", "room", "before the closing"]


def test_ties_can_be_reordered_one_step_at_a_time(board, leader):
    make_topic(board=board, text="first", dots=2)
    a, _b, c = [make_topic(board=board, text=text, dots=1) for text in "abc"]
    talk.reorder_tie(c, by=leader, sooner=True)
    assert queue(board) == ["first", "a", "c", "b"]
    talk.reorder_tie(a, by=leader, sooner=False)
    assert queue(board) == ["first", "c", "a", "b"]


@pytest.mark.parametrize(("index", "sooner"), [(0, True), (0, False), (1, True), (2, False)])
def test_nothing_is_moved_past_other_dots_or_the_ends(board, leader, index, sooner):
    rows = [make_topic(board=board, text=text, dots=n) for text, n in [("a", 2), ("b", 1), ("c", 1)]]
    talk.reorder_tie(rows[index], by=leader, sooner=sooner)
    assert (queue(board), Board.objects.get().version) == (["a", "b", "c"], board.version)


def test_topic_that_does_not_wait_is_not_reordered(board, leader):
    make_topic(board=board, text="waiting")
    parked = make_topic(board=board, state="parked")
    talk.reorder_tie(parked, by=leader, sooner=True)
    assert Board.objects.get().version == board.version

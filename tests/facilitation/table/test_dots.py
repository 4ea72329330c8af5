"""Dots: absolute counts, never more than each has, and nothing after the phase."""

import pytest

from facilitation.board_lock import Closed, TooLate
from facilitation.drawing import shared
from facilitation.models import Board, Topic
from facilitation.table import dots, phases, topics
from facilitation.table.leading import NotLeading
from tests.factories import make_board, make_dots, make_leader, make_participant, make_topic

pytestmark = pytest.mark.django_db
DOTS, TALK = Board.Phase.DOTS, Board.Phase.TALK


@pytest.fixture
def board():
    return make_board(phase=DOTS)


@pytest.fixture
def ada(board):
    return make_participant(board=board)


@pytest.fixture
def topic(board):
    return make_topic(board=board)


def total(topic):
    return Topic.objects.with_dots().get(pk=topic.pk).dots


def test_count_is_absolute(topic, ada):
    dots.place(topic, by=ada, count=2)
    dots.place(topic, by=ada, count=2)
    assert dots.mine(ada) == {topic.pk: 2}


def test_dots_can_be_taken_back_and_placed_elsewhere(topic, ada, board):
    other = make_topic(board=board)
    dots.place(topic, by=ada, count=3)
    dots.place(topic, by=ada, count=1)
    dots.place(other, by=ada, count=2)
    assert dots.mine(ada) == {topic.pk: 1, other.pk: 2}
    dots.place(topic, by=ada, count=0)
    assert dots.mine(ada) == {other.pk: 2}


def test_one_dot_too_many_is_refused_and_says_how_many_are_left(topic, ada, board):
    dots.place(make_topic(board=board), by=ada, count=2)
    with pytest.raises(dots.OverLimit) as refused:
        dots.place(topic, by=ada, count=2)
    assert refused.value.left == 1
    assert total(topic) == 0


def test_below_zero_is_zero(topic, ada):
    dots.place(topic, by=ada, count=3)
    dots.place(topic, by=ada, count=-2)
    assert dots.mine(ada) == {}


def test_the_same_count_again_tells_nobody(topic, ada, board):
    dots.place(topic, by=ada, count=1)
    board.refresh_from_db()
    dots.place(topic, by=ada, count=1)
    assert Board.objects.get().version == board.version


@pytest.mark.parametrize("phase", [phase for phase in phases.ORDER if phase not in ("dots", "closed")])
def test_dot_outside_the_phase_is_refused_and_not_counted(phase, board, topic, ada):
    Board.objects.update(phase=phase)
    with pytest.raises(TooLate):
        dots.place(topic, by=ada, count=1)
    assert (total(topic), Board.objects.get().version) == (0, board.version)


def test_dot_that_arrives_after_the_phase_was_ended_is_refused(board, topic, ada):
    leader = make_leader(board=board)
    dots.place(topic, by=ada, count=1)
    phases.go(board, by=leader, from_phase=DOTS, to_phase=TALK, version=board.version)
    with pytest.raises(TooLate):
        dots.place(topic, by=ada, count=3)
    assert total(topic) == 1


def test_closed_board_takes_no_dots(topic, ada):
    board = topic.board
    leader = make_leader(board=board)
    phases.go(board, by=leader, from_phase=DOTS, to_phase="closed", version=board.version)
    with pytest.raises(Closed):
        dots.place(topic, by=ada, count=1)


def test_sealed_board_that_was_reopened_keeps_the_sums_and_takes_no_dots(board, topic, ada):
    leader = make_leader(board=board)
    make_dots(topic, ada, 2)
    phases.go(board, by=leader, from_phase=DOTS, to_phase="closed", version=board.version)
    phases.go(board, by=leader, from_phase="closed", to_phase=DOTS, version=Board.objects.get().version)
    with pytest.raises(TooLate):
        dots.place(topic, by=ada, count=3)
    assert (total(topic), dots.mine(ada)) == (2, {})


def test_withdrawn_note_takes_no_dots(topic, ada):
    topics.withdraw(topic, by=make_leader(board=topic.board))
    with pytest.raises(TooLate):
        dots.place(topic, by=ada, count=1)


def test_dots_on_a_variant_are_dots_on_what_it_was_merged_into(board, topic, ada):
    variant = make_topic(board=board)
    dots.place(variant, by=ada, count=2)
    topics.merge(variant, by=make_leader(board=board), into=topic)
    assert dots.mine(ada) == {topic.pk: 2}
    dots.place(topic, by=ada, count=3)
    assert (dots.mine(ada), total(topic)) == ({topic.pk: 3}, 3)
    dots.place(topic, by=ada, count=0)
    assert (dots.mine(ada), total(topic)) == ({}, 0)


def test_variant_itself_takes_no_dots(board, topic, ada):
    variant = make_topic(board=board, merged_into=topic)
    with pytest.raises(TooLate):
        dots.place(variant, by=ada, count=1)


def test_somebody_who_was_removed_places_nothing(topic, ada):
    ada.delete(keep_parents=True)
    ada.pk = 987654
    with pytest.raises(TooLate):
        dots.place(topic, by=ada, count=1)


def test_used_and_all_count_persons_and_the_room(board, topic, ada):
    Board.objects.update(one_device=True, room_returning=1, room_new=3)
    board = Board.objects.get()
    make_topic(board=board, dots=4)
    make_dots(topic, ada, 2)
    now = shared.snapshot(board)
    assert (now.dots_used, now.dots_all) == (6, 15)


# The room, on one device


@pytest.fixture
def room():
    return make_board(phase=DOTS, one_device=True, room_new=2, dots_each=2)


def test_room_has_as_many_dots_as_its_people_together(room):
    leader, topic, other = make_leader(board=room), make_topic(board=room), make_topic(board=room)
    dots.place_for_room(topic, by=leader, count=3)
    with pytest.raises(dots.OverLimit) as refused:
        dots.place_for_room(other, by=leader, count=2)
    assert refused.value.left == 1
    dots.place_for_room(other, by=leader, count=1)
    assert (total(topic), total(other)) == (3, 1)


def test_room_takes_dots_back_also_when_fewer_people_are_there_than_thought(room):
    leader, topic = make_leader(board=room), make_topic(board=room, dots=4)
    Board.objects.update(room_new=1)
    dots.place_for_room(topic, by=leader, count=3)
    assert total(topic) == 3


def test_room_without_one_device_has_no_dots(room):
    leader, topic = make_leader(board=room), make_topic(board=room)
    Board.objects.update(one_device=False)
    with pytest.raises(dots.OverLimit):
        dots.place_for_room(topic, by=leader, count=1)


def test_only_whoever_leads_places_for_the_room(room):
    make_leader(board=room)
    topic, guest = make_topic(board=room), make_participant(board=room)
    with pytest.raises(NotLeading):
        dots.place_for_room(topic, by=guest, count=1)
    assert total(topic) == 0


def test_dots_of_the_room_after_the_phase_are_refused(room):
    leader, topic = make_leader(board=room), make_topic(board=room)
    Board.objects.update(phase=TALK)
    with pytest.raises(TooLate):
        dots.place_for_room(topic, by=leader, count=1)


@pytest.mark.parametrize(("count", "kept"), [(3, 2), (1, 0)])
def test_room_dots_of_a_variant_stay_with_it_while_there_are_enough(room, count, kept):
    leader, topic = make_leader(board=room), make_topic(board=room, dots=0)
    variant = make_topic(board=room, dots=2, merged_into=topic)
    dots.place_for_room(topic, by=leader, count=count)
    variant.refresh_from_db()
    assert (total(topic), variant.room_dots) == (count, kept)

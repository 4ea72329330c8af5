"""Notes: sent once, changed, pitched one by one, merged and taken apart again."""

from uuid import uuid4

import pytest

from facilitation.board_lock import TooLate
from facilitation.models import Board, Topic
from facilitation.table import dots, joining, topics
from facilitation.table.leading import NotLeading
from facilitation.table.steps import Full
from tests.factories import make_board, make_led_board, make_participant, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_note_sent_twice_is_stored_once():
    board, key = make_led_board(), uuid4()
    first, second = (topics.write(board, by=board.leader, client_id=key, text="A note") for _ in range(2))
    assert (first, Topic.objects.count()) == (second, 1)


@pytest.mark.django_db(transaction=True)
def test_note_sent_at_once_many_times_is_stored_once():
    board, key = make_led_board(), uuid4()
    at_once(lambda _: topics.write(board, by=board.leader, client_id=key, text="A note"), *range(10))
    assert Topic.objects.count() == 1


def test_note_for_the_room_is_nobodys_and_only_who_leads_writes_it():
    board = make_led_board()
    note = topics.write(board, by=board.leader, client_id=uuid4(), text="On paper", for_room=True)
    assert note.author is None
    with pytest.raises(NotLeading):
        topics.write(board, by=make_participant(board=board), client_id=uuid4(), text="Mine", for_room=True)


def test_board_holds_a_thousand_notes_at_most():
    board = make_led_board()
    make_topic(board=board, position=topics.MAX_TOPICS)
    with pytest.raises(Full):
        topics.write(board, by=board.leader, client_id=uuid4(), text="One more")


def test_author_and_who_leads_may_edit_a_note_and_nobody_else():
    board = make_led_board()
    author, other = make_participant(board=board), make_participant(board=board)
    note = make_topic(board=board, author=author)
    topics.edit(note, by=author, text="Clearer", show_nickname=True)
    edited = topics.edit(note, by=board.leader, text="Clearest")
    with pytest.raises(NotLeading):
        topics.edit(note, by=other, text="Mine now")
    assert (edited.text, edited.show_nickname) == ("Clearest", True)


def test_note_edited_while_it_is_merged_keeps_the_new_words():
    board = make_led_board()
    author = make_participant(board=board)
    note, target = make_topic(board=board, author=author), make_topic(board=board)
    topics.merge(note, by=board.leader, into=target)
    topics.edit(note, by=author, text="New words")
    assert [variant.text for variant in target.variants.all()] == ["New words"]


def test_three_variants_become_one_and_stand_alone_again():
    board = make_led_board()
    target, *variants = (make_topic(board=board) for _ in range(3))
    for variant in variants:
        topics.merge(variant, by=board.leader, into=target)
    assert (list(board.topics.standing()), target.variants.count()) == ([target], 2)
    for variant in variants:
        topics.unmerge(variant, by=board.leader)
    assert board.topics.standing().count() == 3


def test_variants_go_along_when_their_note_is_merged():
    board = make_led_board()
    target, middle, leaf = (make_topic(board=board) for _ in range(3))
    topics.merge(leaf, by=board.leader, into=middle)
    topics.merge(middle, by=board.leader, into=target)
    assert set(target.variants.all()) == {middle, leaf}


def test_merged_into_each_other_the_second_is_refused():
    board = make_led_board()
    one, two = make_topic(board=board), make_topic(board=board)
    topics.merge(one, by=board.leader, into=two)
    with pytest.raises(topics.Unmergeable):
        topics.merge(two, by=board.leader, into=one)
    assert list(board.topics.standing()) == [two]


@pytest.mark.django_db(transaction=True)
def test_merged_into_each_other_at_once_one_stands():
    board = make_led_board()
    one, two = make_topic(board=board), make_topic(board=board)
    pairs = [(one, two), (two, one)]
    told = at_once(lambda pair: topics.merge(pair[0], by=board.leader, into=pair[1]), *pairs)
    assert sorted(type(result).__name__ for result in told) == ["NoneType", "Unmergeable"]
    assert board.topics.standing().count() == 1


def test_note_is_not_merged_into_itself_nor_with_another_boards():
    board = make_led_board()
    note, strange = make_topic(board=board), make_topic(board=make_board())
    with pytest.raises(topics.Unmergeable):
        topics.merge(note, by=board.leader, into=note)
    with pytest.raises(Topic.DoesNotExist):
        topics.merge(note, by=board.leader, into=strange)


@pytest.mark.parametrize("state", ["talking", "done", "withdrawn"])
def test_what_is_talked_about_done_or_gone_cannot_be_merged_away(state):
    board = make_led_board()
    with pytest.raises(topics.Unmergeable):
        topics.merge(make_topic(board=board, state=state), by=board.leader, into=make_topic(board=board))


def test_withdrawn_note_lets_its_variants_stand_alone():
    board = make_led_board()
    target, variant = make_topic(board=board), make_topic(board=board)
    topics.merge(variant, by=board.leader, into=target)
    topics.withdraw(target, by=board.leader)
    assert list(board.topics.standing()) == [variant]
    with pytest.raises(TooLate):
        topics.edit(target, by=board.leader, text="Back")


def test_pitching_goes_one_by_one_and_two_presses_are_one_step():
    board = make_led_board()
    first, second = make_topic(board=board), make_topic(board=board)
    for _ in range(2):
        topics.pitch(board, by=board.leader, topic=first, seen=None)
    board = Board.objects.get(pk=board.pk)
    assert (board.pitching, topics.next_to_pitch(board)) == (first, second)


def test_dots_on_a_withdrawn_note_can_be_placed_anew():
    board = make_led_board(phase=Board.Phase.DOTS)
    note, guest = make_topic(board=board, dots=2), make_participant(board=board)
    dots.place(note, by=guest, count=3)
    topics.withdraw(note, by=board.leader)
    note.refresh_from_db()
    assert (dots.mine(guest), note.room_dots) == ({}, 0)


def test_somebody_who_was_removed_a_moment_ago_writes_nothing():
    board = make_led_board()
    gone = make_participant(board=board)
    joining.remove(board, by=board.leader, participant=gone)
    with pytest.raises(TooLate):
        topics.write(board, by=gone, client_id=uuid4(), text="Still here")

"""Sentences under a topic, and plus and delta: written by anybody, stored once."""

from functools import partial
from uuid import uuid4

import pytest

from facilitation.board_lock import Closed, TooLate
from facilitation.models import Board, RetroItem, Takeaway, Topic
from facilitation.table import retro, takeaways, topics
from facilitation.table.leading import NotLeading
from tests.factories import make_board, make_leader, make_participant, make_retro_item, make_takeaway, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def ada(board):
    return make_participant(board=board)


@pytest.fixture
def leader(board):
    return make_leader(board=board)


@pytest.fixture
def topic(board):
    return make_topic(board=board)


def shown(topic):
    return [takeaway.text for takeaway in topic.takeaways.shown()]


def note(topic, *, by, text="Ask them", **fields):
    return takeaways.note(topic, by=by, text=text, **{"client_id": uuid4(), **fields})


# Takeaways


@pytest.mark.parametrize("phase", ["gather", "pitch", "dots", "talk", "microaction", "retro"])
def test_anybody_writes_in_any_phase(phase, topic, ada):
    Board.objects.update(phase=phase)
    note(topic, by=ada, text="One")
    note(topic, by=ada, text="Two")
    assert shown(topic) == ["One", "Two"]


def test_sent_twice_is_one_row_and_one_notice(topic, ada):
    first = note(topic, by=ada)
    version = Board.objects.get().version
    again = note(topic, by=ada, client_id=first.client_id, text="Something else")
    assert (again, shown(topic), Board.objects.get().version) == (first, ["Ask them"], version)


@pytest.mark.django_db(transaction=True)
def test_sent_many_times_at_once_is_one_row(topic, ada):
    results = at_once(lambda client_id: note(topic, by=ada, client_id=client_id), *[uuid4()] * 8)
    assert set(results) == {Takeaway.objects.get()}


def test_sentence_under_a_note_that_was_merged_meanwhile_stands_under_the_other(board, topic, ada, leader):
    variant = make_topic(board=board)
    topics.merge(variant, by=leader, into=topic)
    note(variant, by=ada, text="Kept")
    assert shown(topic) == ["Kept"]


def test_nothing_is_written_under_a_withdrawn_note(topic, ada, leader):
    topics.withdraw(topic, by=leader)
    with pytest.raises(TooLate):
        note(topic, by=ada)


def test_closed_board_takes_no_sentence():
    board = make_board(phase="closed")
    with pytest.raises(Closed):
        note(make_topic(board=board), by=make_participant(board=board))


def test_whoever_leads_writes_for_the_room_and_it_is_nobodys(topic, ada, leader):
    assert note(topic, by=leader, for_room=True).author is None
    with pytest.raises(NotLeading):
        note(topic, by=ada, for_room=True)


def test_author_and_whoever_leads_may_edit_others_not(board, topic, ada, leader):
    takeaway = make_takeaway(topic=topic, author=ada)
    takeaways.edit(takeaway, by=ada, text="Mine")
    takeaways.edit(takeaway, by=leader, text="Clearer")
    with pytest.raises(NotLeading):
        takeaways.edit(takeaway, by=make_participant(board=board), text="Theirs")
    assert shown(topic) == ["Clearer"]


def test_whoever_leads_hides_and_the_row_stays(topic, ada, leader):
    takeaway = make_takeaway(topic=topic, author=ada)
    with pytest.raises(NotLeading):
        takeaways.hide(takeaway, by=ada)
    takeaways.hide(takeaway, by=leader)
    assert (shown(topic), Takeaway.objects.count()) == ([], 1)


def test_only_the_author_deletes(topic, ada, leader):
    takeaway = make_takeaway(topic=topic, author=ada)
    with pytest.raises(NotLeading):
        takeaways.remove(takeaway, by=leader)
    takeaways.remove(takeaway, by=ada)
    with pytest.raises(TooLate):
        takeaways.edit(takeaway, by=ada, text="Too late")
    assert Takeaway.objects.count() == 0


# Plus and delta


def test_plus_and_delta_are_stored_without_anybody(board):
    retro.add(board, kind="plus", client_id=uuid4(), text="Coffee")
    retro.add(board, kind="delta", client_id=uuid4(), text="More time")
    assert list(RetroItem.objects.values_list("kind", "text")) == [("plus", "Coffee"), ("delta", "More time")]
    related = [field.related_model for field in RetroItem._meta.get_fields() if field.is_relation]
    assert related == [Board]


def test_plus_sent_twice_is_one_row_and_one_notice(board):
    first = make_retro_item(board=board, text="Coffee")
    again = retro.add(board, kind="plus", client_id=first.client_id, text="Tea")
    assert (again, again.text, Board.objects.get().version) == (first, "Coffee", board.version)


@pytest.mark.django_db(transaction=True)
def test_plus_sent_many_times_at_once_is_one_row(board):
    add = partial(retro.add, board, kind="plus", text="Coffee")
    results = at_once(lambda client_id: add(client_id=client_id), *[uuid4()] * 8)
    assert set(results) == {RetroItem.objects.get()}


def test_closed_board_takes_no_plus():
    with pytest.raises(Closed):
        retro.add(make_board(phase="closed"), kind="plus", client_id=uuid4(), text="Late")


def test_only_whoever_leads_removes_a_plus(board, ada, leader):
    item = make_retro_item(board=board)
    with pytest.raises(NotLeading):
        retro.remove(item, by=ada)
    retro.remove(item, by=leader)
    retro.remove(item, by=leader)
    assert (RetroItem.objects.count(), Board.objects.get().version) == (0, board.version + 1)


# Notes, as far as threads are concerned


@pytest.mark.django_db(transaction=True)
def test_note_sent_many_times_at_once_is_one_row(board, ada):
    write = partial(topics.write, board, by=ada, text="How do we begin?")
    results = at_once(lambda client_id: write(client_id=client_id), *[uuid4()] * 8)
    assert set(results) == {Topic.objects.get()}

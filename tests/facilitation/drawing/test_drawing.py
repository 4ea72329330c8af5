"""What everybody sees: hidden until it is time, the same for all, in a constant number of queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from facilitation.drawing import leader, shared
from facilitation.models import Board, Dot, Participant, Topic
from facilitation.table import topics
from facilitation.table.boards import open_board
from facilitation.table.joining import join
from tests.factories import make_board, make_event, make_round, make_topic

pytestmark = pytest.mark.django_db


def make_table(*, show_at_once=False, phase="gather"):
    """A board with whoever leads and one more person."""
    board = open_board(make_event(title="Kaffe"))
    ola = join(board, nickname="Ola", is_organiser=True)
    kari = join(board, nickname="Kari")
    Board.objects.filter(pk=board.pk).update(show_at_once=show_at_once, phase=phase)
    return Board.objects.get(pk=board.pk), ola, kari


def write(board, by, text, **fields):
    return topics.write(board, by=by, client_id=uuid4(), text=text, **fields)


def html_of(board, *, language="nb", view="table"):
    return shared.part(board.pk, language=language, view=view).html


@pytest.mark.parametrize("view", ["table", "screen"])
def test_hidden_notes_are_counted_only(view):
    board, _, kari = make_table()
    write(board, kari, "Purple cows", detail="Green pigs")
    assert shared.snapshot(Board.objects.get(pk=board.pk)).note_count == 1
    assert not any(word in html_of(board, view=view) for word in ("Purple", "Green"))


def test_a_note_shows_its_nickname_by_choice_alone():
    board, _, kari = make_table(show_at_once=True)
    write(board, kari, "Signed by nobody")
    assert "Signed by nobody" in html_of(board) and "Kari" not in html_of(board)
    write(board, kari, "Signed", show_nickname=True)
    assert "Kari" in html_of(board)


def test_sums_of_dots_are_kept_back_while_they_are_placed():
    board, _, kari = make_table(phase="dots")
    Dot.objects.create(participant=kari, topic=write(board, kari, "Later"), slot=1)
    now = shared.snapshot(board)
    assert (now.dots_used, now.dots_all) == (1, 6)
    assert not hasattr(now.topics[0], "dots")


def test_the_queue_begins_with_most_dots():
    board, _, kari = make_table(phase="talk")
    write(board, kari, "Few")
    Dot.objects.create(participant=kari, topic=write(board, kari, "Many"), slot=1)
    assert [(topic.text, topic.dots) for topic in shared.snapshot(board).queue] == [("Many", 1), ("Few", 0)]


def test_a_topic_that_was_left_behind_is_on_no_table_and_asks_for_no_thumbs():
    board = make_board(phase="microaction")
    make_round(topic=make_topic(board=board), ends_in=timedelta(0))
    now = shared.snapshot(board)
    assert (now.talking, now.round, now.is_voting, now.ends_at) == (None, None, False, None)


@pytest.mark.parametrize("phase", [phase for phase in Board.Phase.values if phase != "closed"])
@pytest.mark.parametrize("view", ["table", "screen"])
def test_queries_do_not_grow_with_the_board(phase, view):
    board, _, kari = make_table(show_at_once=True, phase=phase)
    counts = []
    for size in (1, 3):
        for n in range(size):
            write(board, kari, f"Note {size} {n}", show_nickname=True)
        with CaptureQueriesContext(connection) as count:
            html_of(board, view=view)
        counts.append(len(count))
    assert counts[0] == counts[1] <= 18


def test_others_notes_do_not_make_phones_ask_while_gathering():
    board, _, kari = make_table(show_at_once=True)
    stamp = shared.part(board.pk, language="nb", view="table").stamp
    write(board, kari, "One more")
    assert shared.part(board.pk, language="nb", view="table").stamp == stamp


@pytest.mark.parametrize("phase", ["pitch", "dots", "talk", "microaction", "retro"])
def test_a_new_topic_makes_phones_ask_later_on(phase):
    board, _, kari = make_table(phase=phase)
    stamp = shared.part(board.pk, language="nb", view="table").stamp
    write(board, kari, "One more")
    assert shared.part(board.pk, language="nb", view="table").stamp != stamp


def test_a_change_of_leader_makes_phones_ask():
    board, ola, kari = make_table()
    stamp = shared.snapshot(board).stamp
    Board.objects.filter(pk=board.pk).update(leader=kari, led_before=ola, version=F("version") + 1)
    assert shared.snapshot(Board.objects.get(pk=board.pk)).stamp != stamp


def test_a_withdrawn_note_is_on_no_page():
    board, _, kari = make_table(show_at_once=True)
    topic = write(board, kari, "Never mind")
    Topic.objects.filter(pk=topic.pk).update(state="withdrawn")
    assert "Never mind" not in html_of(board)


@pytest.mark.parametrize(
    ("state", "result", "is_told"), [("talking", "continue", True), ("parked", "continue", False)]
)
def test_that_a_topic_goes_on_is_told_only_while_it_does(state, result, is_told):
    board = make_board(phase="talk")
    topic = make_topic(board=board, state=state)
    make_round(topic=topic, result=result)
    assert bool(shared.snapshot(board).verdict) == is_told


def test_the_leader_of_a_hall_is_not_sent_everybody():
    board, ola, _kari = make_table()
    Participant.objects.bulk_create(
        Participant(board=board, number=number, nickname=f"Person {number}") for number in range(3, 203)
    )
    now = shared.snapshot(Board.objects.get(pk=board.pk))
    context = leader.context(now, ola, lambda *args, **fields: None)
    assert (len(context["people"]), context["people"][-1].number, now.people) == (leader.MOST_PEOPLE, 202, 202)

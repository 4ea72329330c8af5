"""The big screen: what is written, by its phase; and never more than the phones may show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from facilitation.drawing import shared, sizes
from facilitation.models import Board
from tests.factories import (
    make_board,
    make_board_pledge,
    make_leader,
    make_retro_item,
    make_round,
    make_topic,
)

pytestmark = pytest.mark.django_db


def screen(board):
    return shared.part(board.pk, language="en", view="screen").html


def with_notes(*texts, **fields):
    board = make_board(**fields)
    for number, text in enumerate(texts):
        make_topic(board=board, text=text, dots=number)
    return board


@pytest.mark.parametrize("phase", ["pitch", "dots", "talk", "closed"])
def test_notes_are_shown_once_they_are_turned_over(phase):
    html = screen(with_notes("Purple cows", "Green pigs", phase=phase))
    assert "Purple cows" in html and "Green pigs" in html


def test_hidden_notes_are_backs_alone():
    html = screen(with_notes("Purple cows", "Green pigs"))
    assert html.count('class="face-down"') == 2 and "Purple" not in html


def test_dots_are_placed_on_notes_that_tell_no_sums():
    html = screen(with_notes("Purple cows", "Green pigs", phase="dots"))
    assert html.index("Purple cows") < html.index("Green pigs")
    assert "rank" not in html


def test_topics_stand_by_their_dots_with_a_bar_each():
    html = screen(with_notes("Purple cows", "Green pigs", phase="talk"))
    assert html.index("Green pigs") < html.index("Purple cows")
    assert 'viewBox="0 0 1 1"' in html and 'width="1" height="1"' in html and 'width="0" height="1"' in html


def test_beside_the_note_that_is_pitched_those_to_come_are_first():
    board = with_notes("One", "Two", "Three", phase="pitch")
    Board.objects.update(pitching=board.topics.get(text="Two"))
    now = shared.snapshot(Board.objects.get())
    assert [topic.text for topic in now.beside_pitched] == ["Three", "One"]


def test_notes_beyond_the_last_that_can_be_read_are_counted():
    html = screen(with_notes(*[f"Note {n}" for n in range(sizes.MOST + 3)], phase="dots"))
    assert html.count('class="pinned__place"') == sizes.MOST and "and 3 more" in html


def test_microactions_are_those_that_were_shared():
    board = make_board(phase="microaction")
    make_board_pledge(board=board, what="Told to all here", visibility="event", name="Kari")
    make_board_pledge(board=board, what="Only mine", visibility="me")
    html = screen(board)
    assert "Told to all here" in html and "Kari" in html and "Only mine" not in html


def test_plus_and_delta_stand_side_by_side_the_latest_first():
    board = make_board(phase="retro")
    make_retro_item(board=board, text="Good coffee")
    make_retro_item(board=board, text="Good talk", created_at=timezone.now() + timedelta(seconds=1))
    make_retro_item(board=board, kind="delta", text="More time")
    html = screen(board)
    assert html.index("Good talk") < html.index("Good coffee") < html.index("More time")


# The verdict


def counted(**fields):
    board = make_board(phase="talk")
    round = make_round(topic=make_topic(board=board, state="done"), settled_at=timezone.now(), down=2, **fields)
    return board, round


def test_verdict_is_shown_for_eight_seconds(time_machine):
    board, round = counted(result="move_on")
    assert "On to the next topic" in screen(board) and "The thumbs say" in screen(board)
    time_machine.move_to(round.settled_at + timedelta(seconds=9))
    assert "On to the next topic" not in screen(board)


@pytest.mark.parametrize(("nickname", "told"), [("Ola", "Ola decided"), ("", "The person leading decided")])
def test_verdict_says_who_decided(nickname, told):
    board, round = counted(result="move_on", overruled=True)
    round.decided_by = make_leader(board=board, nickname=nickname)
    round.save()
    assert told in screen(board)


# One drawing serves all, for as long as nothing changes


@pytest.mark.parametrize("view", ["table", "screen"])
def test_running_clock_needs_no_new_drawing(view, time_machine):
    board = make_board(phase="talk")
    round = make_round(topic=make_topic(board=board))
    drawn = shared.part(board.pk, language="en", view=view)
    time_machine.move_to(round.started_at + timedelta(minutes=3))
    assert shared.part(board.pk, language="en", view=view) == drawn


# Sizes


def test_more_words_are_smaller():
    guesses = [sizes.guess(["A note of usual length"] * number, "whole") for number in (1, 4, 12, 30)]
    assert guesses == sorted(guesses) and len(set(guesses)) == 4


def test_size_is_never_above_the_largest_nor_below_the_smallest():
    assert sizes.guess(["Hi"], "whole", largest=4) == 4
    assert sizes.guess(["x" * 140] * 40, "side") == len(sizes.SIZES)

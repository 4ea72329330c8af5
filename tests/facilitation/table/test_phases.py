"""Phases: compare-and-set, closing, and what closing deletes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from facilitation import privacy
from facilitation.board_lock import Closed, TooLate
from facilitation.models import Board, Dot, Participant, Round, Thumb, Topic
from facilitation.table import dots, phases, topics
from facilitation.table.leading import NotLeading
from tests.factories import make_event, make_led_board, make_participant, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Phase = Board.Phase


def _go(board, to_phase, *, from_phase=None, by=None, version=None):
    board.refresh_from_db()
    version = board.version if version is None else version
    return phases.go(
        board, by=by or board.leader, from_phase=from_phase or board.phase, to_phase=to_phase, version=version
    )


def _phase(board):
    return Board.objects.get(pk=board.pk).phase


def test_phases_go_forward_back_and_anywhere():
    board = make_led_board()
    for phase in (Phase.PITCH, Phase.DOTS, Phase.PITCH, Phase.RETRO, Phase.GATHER):
        _go(board, phase)
        assert _phase(board) == phase
    assert (phases.after("gather"), phases.before("gather"), phases.after("closed")) == ("pitch", None, None)


def test_second_of_two_presses_is_no_skip():
    board = make_led_board()
    version = board.version
    for _ in range(2):
        phases.go(board, by=board.leader, from_phase="gather", to_phase="pitch", version=version)
    assert (_phase(board), Board.objects.get(pk=board.pk).version) == (Phase.PITCH, version + 1)


def test_press_on_a_page_from_an_earlier_visit_of_the_same_phase_does_nothing():
    board = make_led_board()
    old = board.version
    _go(board, Phase.PITCH)
    _go(board, Phase.GATHER)
    phases.go(board, by=board.leader, from_phase="gather", to_phase="dots", version=old)
    assert _phase(board) == Phase.GATHER


def test_notes_written_since_the_page_was_drawn_do_not_make_a_press_too_late():
    board = make_led_board()
    seen = board.version
    topics.write(board, by=board.leader, client_id=uuid4(), text="A note")
    _go(board, Phase.PITCH, version=seen)
    assert _phase(board) == Phase.PITCH


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_are_one_step():
    board = make_led_board()
    at_once(lambda _: _go(board, Phase.PITCH, from_phase="gather", version=1), *range(8))
    assert (_phase(board), Board.objects.get(pk=board.pk).version) == (Phase.PITCH, 2)


def test_only_who_leads_changes_the_phase():
    board = make_led_board()
    with pytest.raises(NotLeading):
        _go(board, Phase.PITCH, by=make_participant(board=board))


def test_a_new_phase_begins_with_nobody_ready():
    board = make_led_board()
    make_participant(board=board, is_ready=True)
    _go(board, Phase.PITCH)
    assert not Participant.objects.filter(is_ready=True).exists()


def test_closing_keeps_the_sums_and_deletes_who_placed_what():
    board = make_led_board(phase=Phase.DOTS)
    topic, guest = make_topic(board=board), make_participant(board=board)
    dots.place(topic, by=guest, count=2)
    now = timezone.now()
    round = Round.objects.create(topic=topic, number=1, started_at=now, ends_at=now)
    Thumb.objects.create(round=round, participant=guest, way="up")
    _go(board, Phase.CLOSED)
    stored = Topic.objects.with_dots().get(pk=topic.pk)
    assert (stored.dots, Dot.objects.count(), Thumb.objects.count()) == (2, 0, 0)


def test_closing_ends_the_topic_that_is_talked_about():
    board = make_led_board(phase=Phase.TALK)
    topic = make_topic(board=board, state="talking")
    now = timezone.now()
    Round.objects.create(topic=topic, number=1, started_at=now, ends_at=now + timedelta(minutes=8))
    _go(board, Phase.CLOSED)
    topic.refresh_from_db()
    assert (topic.state, topic.rounds.get().result, topic.rounds.get().overruled) == ("done", "move_on", True)


def test_closed_board_takes_no_note_and_opens_again_for_a_day():
    board = make_led_board()
    _go(board, Phase.CLOSED)
    with pytest.raises(Closed):
        topics.write(board, by=board.leader, client_id=uuid4(), text="Too late")
    _go(board, Phase.RETRO)
    assert (_phase(board), Board.objects.get(pk=board.pk).is_sealed) == (Phase.RETRO, True)


def test_closed_board_stays_closed_after_a_day():
    board = make_led_board()
    _go(board, Phase.CLOSED)
    Board.objects.update(closed_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(TooLate):
        _go(board, Phase.RETRO)
    assert _phase(board) == Phase.CLOSED


def test_sums_survive_a_second_closing():
    board = make_led_board(phase=Phase.DOTS)
    topic = make_topic(board=board)
    dots.place(topic, by=board.leader, count=3)
    for phase in (Phase.CLOSED, Phase.RETRO, Phase.CLOSED):
        _go(board, phase)
    assert Topic.objects.with_dots().get(pk=topic.pk).dots == 3


def test_board_that_nobody_closed_is_closed_by_night_and_its_people_forgotten_after_a_month():
    event = make_event(starts_in=timedelta(days=-4))
    board = make_led_board(event=event, opened_at=event.starts_at)
    topic = make_topic(board=board, author=make_participant(board=board, nickname="Kari"))
    assert (privacy.forget_participants(), _phase(board)) == (0, Phase.CLOSED)
    Board.objects.update(closed_at=timezone.now() - timedelta(days=31))
    assert privacy.forget_participants() == 2
    topic.refresh_from_db()
    assert (topic.author, Participant.objects.count()) == (None, 0)


def test_board_of_an_event_that_is_not_over_stays_open_at_night():
    board = make_led_board(opened_at=timezone.now() - timedelta(days=10))
    privacy.forget_participants()
    assert _phase(board) == Phase.GATHER

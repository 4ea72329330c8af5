"""Pitching, dots, the grid and notes: what each verb does, and what it refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilitation import activities, privacy
from facilitation.board_lock import TooLate
from facilitation.models import Board, Session, SessionDot, SessionNote, SessionStar
from facilitation.sessions import grid, interest, notes, pitching
from facilitation.table import joining, phases
from facilitation.table.leading import NotLeading
from facilitation.table.steps import Full
from tests.factories import (
    make_member,
    make_participant,
    make_session,
    make_session_room,
    make_session_slot,
    make_sessions,
)

pytestmark = pytest.mark.django_db


def at(step, **fields):
    """Sessions at this step, who leads, and somebody else."""
    activity = make_sessions(step=step, **fields)
    return activity, activity.board.leader, make_participant(board=activity.board)


def laid(activity):
    return make_session_room(activity), make_session_slot(activity)


def place(session, leader, room, slot, version=0):
    return grid.place(session, by=leader, member=None, room=room, slot=slot, version=version)


def go(activity, leader, to):
    activity.refresh_from_db()
    grid.go(activity, by=leader, step=activity.step, number=activity.number, to=to)


# Pitching


@pytest.mark.parametrize("step", ["pitch", "dots", "plan", "day"])
def test_anybody_pitches_at_any_step_and_every_phone_is_told(step):
    activity, _leader, kari = at(step)
    before = Board.objects.get().version
    made = pitching.pitch(activity, by=kari, client_id=uuid4(), title="Plain language")
    assert (made.pitcher, Board.objects.get().version) == (kari, before + 1)


def test_a_session_that_is_sent_twice_is_one():
    activity, _leader, kari = at("pitch")
    key = uuid4()
    first, second = (pitching.pitch(activity, by=kari, client_id=key, title="Once") for _ in range(2))
    assert (first, Session.objects.count()) == (second, 1)


def test_nobody_pitches_at_sessions_that_are_closed_or_full(monkeypatch):
    activity, _leader, kari = at("closed")
    with pytest.raises(TooLate):
        pitching.pitch(activity, by=kari, client_id=uuid4(), title="Late")
    monkeypatch.setattr(pitching, "MAX_SESSIONS", 0)
    activity, _leader, kari = at("pitch")
    with pytest.raises(Full):
        pitching.pitch(activity, by=kari, client_id=uuid4(), title="One too many")


def test_only_whoever_pitched_it_and_the_hosts_change_a_session():
    activity, leader, kari = at("pitch")
    session = make_session(activity=activity, pitcher=kari)
    other = make_participant(board=activity.board)
    with pytest.raises(NotLeading):
        pitching.edit(session, by=other, member=None, title="Mine now")
    for by in (kari, leader, other):
        host = make_member(is_organiser=True) if by == other else None
        pitching.edit(session, by=by, member=host, title=f"By {by.number}")
        assert Session.objects.get().title == f"By {by.number}"


def test_withdrawing_frees_the_cell_and_gives_the_dots_back():
    activity, _leader, kari = at("dots")
    room, slot = laid(activity)
    session = make_session(activity=activity, pitcher=kari, room=room, slot=slot)
    interest.set_dot(session, by=kari, on=True)
    pitching.withdraw(session, by=kari, member=None)
    session.refresh_from_db()
    assert (session.is_withdrawn, session.room, session.slot, SessionDot.objects.count()) == (True, None, None, 0)


def test_a_host_brings_a_withdrawn_session_back():
    activity, leader, _kari = at("plan")
    session = make_session(activity=activity, is_withdrawn=True)
    pitching.bring_back(session, by=leader, member=None)
    assert not Session.objects.get().is_withdrawn


# Dots and stars


def test_a_dot_is_placed_once_and_taken_back():
    activity, _leader, kari = at("dots")
    session = make_session(activity=activity)
    for on, number in [(True, 1), (True, 1), (False, 0), (False, 0)]:
        interest.set_dot(session, by=kari, on=on)
        assert SessionDot.objects.count() == number


def test_nobody_has_more_than_five_dots():
    activity, _leader, kari = at("dots")
    for _number in range(5):
        interest.set_dot(make_session(activity=activity), by=kari, on=True)
    one_more = make_session(activity=activity)
    with pytest.raises(interest.NoDotsLeft):
        interest.set_dot(one_more, by=kari, on=True)


def test_the_database_refuses_a_sixth_dot_and_a_second_on_one_session():
    activity, _leader, kari = at("dots")
    session, other = make_session(activity=activity), make_session(activity=activity)
    SessionDot.objects.create(activity=activity, session=session, participant=kari, number=1)
    for wrong in [
        {"session": session, "number": 2},
        {"session": other, "number": 1},
        {"session": other, "number": 6},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            SessionDot.objects.create(activity=activity, participant=kari, **wrong)


@pytest.mark.parametrize("step", ["pitch", "plan", "day", "closed"])
def test_dots_are_placed_in_their_step_alone(step):
    activity, _leader, kari = at(step)
    with pytest.raises(TooLate):
        interest.set_dot(make_session(activity=activity), by=kari, on=True)


def test_dots_and_stars_raise_no_version():
    activity, _leader, kari = at("dots")
    session, before = make_session(activity=activity), Board.objects.get().version
    interest.set_dot(session, by=kari, on=True)
    interest.set_star(session, by=kari, on=True)
    assert Board.objects.get().version == before


def test_a_participant_who_was_removed_places_nothing():
    activity, leader, kari = at("dots")
    session = make_session(activity=activity)
    joining.remove(activity.board, by=leader, participant=kari)
    for verb in (interest.set_dot, interest.set_star):
        with pytest.raises(TooLate):
            verb(session, by=kari, on=True)


# The grid


def test_a_session_is_put_into_a_cell_moved_and_taken_off():
    activity, leader, _kari = at("plan")
    room, slot = laid(activity)
    session = make_session(activity=activity)
    assert place(session, leader, room, slot).is_placed
    assert not place(session, leader, None, None, version=1).is_placed
    assert Session.objects.get().sequence == 2


def test_a_cell_that_is_taken_is_refused_with_what_is_there():
    activity, leader, _kari = at("plan")
    room, slot = laid(activity)
    make_session(activity=activity, title="First", room=room, slot=slot)
    with pytest.raises(ValidationError) as refusal:
        place(make_session(activity=activity), leader, room, slot)
    assert "First" in refusal.value.message_dict["slot"][0]


def test_a_page_that_is_older_than_the_last_move_moves_nothing():
    activity, leader, _kari = at("plan")
    room, slot = laid(activity)
    other = make_session_slot(activity, timedelta(hours=1))
    session = make_session(activity=activity)
    place(session, leader, room, slot)
    with pytest.raises(ValidationError):
        place(session, leader, room, other, version=0)
    assert Session.objects.get().slot == slot


def test_pressing_twice_moves_once():
    activity, leader, _kari = at("plan")
    room, slot = laid(activity)
    session = make_session(activity=activity)
    for _press in range(2):
        place(session, leader, room, slot)
    assert Session.objects.get().sequence == 1


def test_guests_lay_no_grid():
    activity, _leader, kari = at("plan")
    room, slot = laid(activity)
    with pytest.raises(NotLeading):
        place(make_session(activity=activity), kari, room, slot)
    with pytest.raises(NotLeading):
        grid.add_rooms(activity, by=kari, member=None, names=["Loftet"])


def test_who_runs_the_event_lays_the_grid_without_leading():
    activity, _leader, kari = at("plan")
    host = make_member()
    activity.board.event.hosts.add(host)
    grid.add_rooms(activity, by=kari, member=host, names=["Kjelleren", "Salen", "kjelleren"])
    assert [room.name for room in activity.rooms.all()] == ["Kjelleren", "Salen"]


@pytest.mark.parametrize("what", ["room", "slot"])
def test_a_room_or_time_that_is_removed_loses_no_session(what):
    activity, leader, _kari = at("plan")
    room, slot = laid(activity)
    session = make_session(activity=activity, room=room, slot=slot)
    if what == "room":
        grid.remove_room(room, by=leader, member=None)
    else:
        grid.remove_slot(slot, by=leader, member=None)
    session.refresh_from_db()
    assert (session.room, session.slot, session.is_withdrawn, session.sequence) == (None, None, False, 1)


def test_times_that_overlap_are_refused():
    activity, leader, _kari = at("plan")
    slot = make_session_slot(activity)
    with pytest.raises(ValidationError):
        grid.add_slot(
            activity, by=leader, member=None, starts_at=slot.ends_at - timedelta(minutes=1), ends_at=slot.ends_at
        )


def test_a_time_that_moves_is_news_for_calendars():
    activity, leader, _kari = at("day")
    room, slot = laid(activity)
    session = make_session(activity=activity, room=room, slot=slot)
    later = slot.ends_at + timedelta(hours=1)
    grid.move_slot(slot, by=leader, member=None, starts_at=slot.starts_at, ends_at=later)
    session.refresh_from_db()
    assert (session.slot.ends_at, session.sequence) == (later, 1)


# Steps, and what nobody can tell afterwards


def test_two_presses_on_the_same_step_go_on_once():
    activity, leader, _kari = at("pitch")
    grid.go(activity, by=leader, step="pitch", number=0, to="dots")
    with pytest.raises(TooLate):
        grid.go(activity, by=leader, step="pitch", number=0, to="dots")


def test_from_the_day_on_dots_are_sums():
    activity, leader, kari = at("dots")
    session = make_session(activity=activity)
    interest.set_dot(session, by=kari, on=True)
    interest.set_room_dots(activity, by=leader, member=None, numbers={session: 3})
    go(activity, leader, "plan")
    go(activity, leader, "day")
    assert (SessionDot.objects.count(), Session.objects.with_dots().get().dots) == (0, 4)
    with pytest.raises(TooLate):
        go(activity, leader, "dots")


def test_leaving_once_the_sums_were_shown_does_not_tell_what_one_wanted():
    activity, leader, kari = at("dots")
    session = make_session(activity=activity)
    interest.set_dot(session, by=kari, on=True)
    go(activity, leader, "plan")
    joining.leave(activity.board, by=kari)
    assert (SessionDot.objects.count(), Session.objects.with_dots().get().dots) == (0, 1)


def test_who_leaves_before_takes_the_dots_along():
    activity, _leader, kari = at("dots")
    session = make_session(activity=activity)
    interest.set_dot(session, by=kari, on=True)
    joining.leave(activity.board, by=kari)
    assert Session.objects.with_dots().get().dots == 0


def test_closing_deletes_who_wanted_starred_pitched_and_wrote_and_keeps_the_rest():
    activity, leader, kari = at("dots")
    session = make_session(activity=activity, pitcher=kari, host_name="Kari")
    interest.set_dot(session, by=kari, on=True)
    interest.set_star(session, by=kari, on=True)
    notes.note(session, by=kari, client_id=uuid4(), text="Ask those it is for.")
    activities.actions.close(activity, by=leader)
    session = Session.objects.with_dots().get()
    assert (session.pitcher, session.host_name, session.dots) == (None, "Kari", 1)
    assert (SessionDot.objects.count(), SessionStar.objects.count()) == (0, 0)
    assert SessionNote.objects.get().author is None


# What came of it


def test_notes_are_written_hidden_by_hosts_and_removed_by_their_author():
    activity, leader, kari = at("day")
    session = make_session(activity=activity)
    first, second = (notes.note(session, by=kari, client_id=uuid4(), text=text) for text in ("One", "Two"))
    with pytest.raises(NotLeading):
        notes.hide(first, by=kari, member=None)
    notes.hide(first, by=leader, member=None)
    with pytest.raises(NotLeading):
        notes.remove(second, by=leader)
    notes.remove(second, by=kari)
    assert list(SessionNote.objects.values_list("text", "is_hidden")) == [("One", True)]


def test_what_was_agreed_is_not_overwritten_by_who_has_not_read_it():
    activity, leader, kari = at("day")
    session = make_session(activity=activity)
    notes.agree(session, by=kari, agreed="We meet in May.", version=0)
    with pytest.raises(ValidationError):
        notes.agree(session, by=leader, agreed="We meet in June.", version=0)
    notes.agree(session, by=leader, agreed="We meet in May and June.", version=1)
    assert Session.objects.get().agreed == "We meet in May and June."


def test_nothing_is_written_at_closed_sessions():
    activity, _leader, kari = at("closed")
    session = make_session(activity=activity)
    with pytest.raises(TooLate):
        notes.note(session, by=kari, client_id=uuid4(), text="Late")
    with pytest.raises(TooLate):
        notes.agree(session, by=kari, agreed="Late", version=0)


def test_a_month_after_the_board_closed_no_name_is_left():
    activity, _leader, _kari = at("closed")
    make_session(activity=activity, host_name="Kari")
    long_ago = timezone.now() - timedelta(days=31)
    Board.objects.update(phase="closed", closed_at=long_ago, sealed_at=long_ago)
    privacy.forget_participants()
    assert Session.objects.get().host_name == ""


def test_a_board_that_closes_closes_its_sessions():
    activity, leader, kari = at("dots")
    interest.set_dot(make_session(activity=activity), by=kari, on=True)
    board = Board.objects.get()
    phases.go(board, by=leader, from_phase=board.phase, to_phase="closed", version=board.version)
    assert SessionDot.objects.count() == 0
    assert Session.objects.with_dots().get().dots == 1

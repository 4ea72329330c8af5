"""Several at once: two sessions into one cell, a dot pressed twice, words of two about what was agreed."""

import pytest
from django.core.exceptions import ValidationError

from facilitation.models import Session, SessionDot
from facilitation.sessions import grid, interest, notes
from tests.factories import make_participant, make_session, make_session_room, make_session_slot, make_sessions
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hosts_put_two_sessions_into_one_cell_and_one_is_told():
    activity = make_sessions(step="plan")
    room, slot = make_session_room(activity), make_session_slot(activity)
    both = [make_session(activity=activity, title=title) for title in ("One", "Other")]

    def place(session):
        grid.place(session, by=activity.board.leader, member=None, room=room, slot=slot, version=0)

    answers = at_once(place, *both)
    assert sorted(type(answer) for answer in answers if answer) == [ValidationError]
    assert Session.objects.placed().count() == 1


def test_one_person_who_places_six_dots_at_once_has_five():
    activity = make_sessions(step="dots")
    kari = make_participant(board=activity.board)
    sessions = [make_session(activity=activity) for _number in range(6)]
    answers = at_once(lambda session: interest.set_dot(session, by=kari, on=True), *sessions)
    assert [type(answer) for answer in answers if answer] == [interest.NoDotsLeft]
    assert SessionDot.objects.count() == 5


def test_a_dot_that_is_pressed_twice_is_one():
    activity = make_sessions(step="dots")
    session, kari = make_session(activity=activity), make_participant(board=activity.board)
    answers = at_once(lambda _press: interest.set_dot(session, by=kari, on=True), 1, 2, 3)
    assert (answers, SessionDot.objects.count()) == ([None] * 3, 1)


def test_dots_that_arrive_while_they_are_counted_are_counted_or_refused():
    activity = make_sessions(step="plan", number=1)
    type(activity).objects.update(step="dots")
    activity.refresh_from_db()
    session = make_session(activity=activity)
    people = [make_participant(board=activity.board) for _number in range(4)]

    def press(person):
        if person is None:
            return grid.go(activity, by=activity.board.leader, step="dots", number=1, to="day")
        interest.set_dot(session, by=person, on=True)

    answers = at_once(press, *people, None)
    taken = answers[:4].count(None)
    assert (SessionDot.objects.count(), Session.objects.with_dots().get().dots) == (0, taken)


def test_of_two_who_write_what_was_agreed_at_once_one_reads_the_other_first():
    activity = make_sessions(step="day")
    session = make_session(activity=activity)
    people = [make_participant(board=activity.board) for _number in range(2)]
    answers = at_once(
        lambda person: notes.agree(session, by=person, agreed=f"By {person.number}", version=0) and None, *people
    )
    assert sorted(type(answer) for answer in answers if answer) == [ValidationError]
    assert Session.objects.get().agreed_version == 1

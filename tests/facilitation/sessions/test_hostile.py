"""Every verb of sessions with hostile forms, and what a page costs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facilitation.drawing import shared
from facilitation.live import hub, streams
from facilitation.models import Board, Participant, SessionStar
from facilitation.sessions.kind import ACTS
from tests.everywhere.hostile import VALUES, spoilt
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import FORM, trouble_with
from tests.facilitation.table.table import organiser_and_guest
from tests.factories import make_session, make_session_room, make_session_slot, make_sessions

pytestmark = pytest.mark.django_db


def _filled(activity):
    """One of everything, and a form that names it all."""
    room, slot = make_session_room(activity), make_session_slot(activity)
    session = make_session(activity=activity)
    note = session.notes.create(text="Kaffe", client_id=uuid4())
    rows = {"activity": activity.pk, "session": session.pk, "room": room.pk, "slot": slot.pk, "note": note.pk}
    words = {
        "title": "Kaffe",
        "what_for": "Mer",
        "host_name": "Kari",
        "name": "Salen",
        "names": "Salen",
        "text": "Te",
    }
    times = {"day": "", "starts": "15:00", "ends": "15:45"}
    more = {"version": 0, "step": activity.step, "number": 0, "to": "day", "on": "1", "client_id": uuid4()}
    return rows | words | times | more | {f"dots_{session.pk}": 2, "for_room": "on"}


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_hostile_forms_at_sessions(verb):
    leader, guest = organiser_and_guest(one_device=True)
    leader.board.refresh_from_db()
    activity = make_sessions(board=leader.board, step="dots" if "dot" in verb else "plan")
    filled, found = _filled(activity), []
    names = set(ACTS[verb].form(board=leader.board).fields)
    fields = {name: value for name, value in filled.items() if name in names}
    for number, body in enumerate(spoilt(fields)):
        at = f"?at={VALUES[number % len(VALUES)]}"
        with trial() as outcome:
            answer = (leader, guest)[number % 2].client.post(leader.address("do", verb) + at, body, content_type=FORM)
        if trouble_with(answer) or answer.status_code == 403 or outcome.has_controls:
            found.append((body[:200], answer.status_code))
    assert found == []


@pytest.mark.parametrize("at", ["sessions-", "sessions-0", "sessions-x", "sessions-٣", f"sessions-{'9' * 30}", "x-1"])
def test_a_view_that_is_none_shows_what_the_room_does(at, client):
    leader, _guest = organiser_and_guest()
    leader.board.refresh_from_db()
    make_sessions(board=leader.board)
    assert leader.client.get(leader.address("mine"), {"at": at}).status_code == 200
    assert client.get(leader.address("shared"), {"view": at}).status_code in (200, 404)


def test_only_pages_that_there_are_have_a_stream_and_under_one_name_each():
    session = make_session()
    there = f"sessions-{session.pk}"
    names = ["table", "sessions", there, f"sessions-0{session.pk}", f"sessions-{session.pk + 1}", "sessions-x"]
    found = [hub._find(session.activity.board.code, name)[1] for name in names]
    assert found == ["table", "sessions", there, "table", "table", "table"]


def test_a_view_of_no_kind_has_no_stream():
    assert [streams.is_streamed(view) for view in ("screen", "sessions", "25-10", "x")] == [True, True, False, False]


@pytest.mark.parametrize("step", ["pitch", "dots", "plan", "day"])
@pytest.mark.parametrize("who", ["leader", "guest"])
def test_a_page_costs_the_same_for_two_sessions_and_for_thirty(step, who):
    leader, guest = organiser_and_guest()
    leader.board.refresh_from_db()
    activity = make_sessions(board=leader.board, step=step)
    kari = Participant.objects.get(nickname="Kari")
    person, counts = (leader if who == "leader" else guest), []
    for size in (2, 28):
        slot = make_session_slot(activity, timedelta(hours=size))
        for number in range(size):
            room = make_session_room(activity, f"Rom {size} {number}")
            session = make_session(activity=activity, room=room, slot=slot, pitcher=kari)
            SessionStar.objects.create(session=session, participant=kari)
        person.page("sessions")
        with CaptureQueriesContext(connection) as queries:
            person.page("sessions")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_the_shared_part_of_a_whole_day_is_small():
    leader, _guest = organiser_and_guest()
    leader.board.refresh_from_db()
    activity = make_sessions(board=leader.board, step="day")
    rooms = [make_session_room(activity, f"Rom {number}") for number in range(10)]
    slots = [make_session_slot(activity, timedelta(hours=hour)) for hour in range(5)]
    for number in range(75):
        place = {"room": rooms[number % 10], "slot": slots[number // 10]} if number < 50 else {}
        make_session(activity=activity, title=f"En økt med et vanlig langt navn, nummer {number}", **place)
    part = shared.part(Board.objects.get().pk, language="nb", view="sessions")
    assert len(part.html.encode()) < 40_000

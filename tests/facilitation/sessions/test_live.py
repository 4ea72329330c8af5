"""The grid is pushed to whoever looks at it, also while the room does something else. Under the real server."""

from uuid import uuid4

import pytest

from facilitation.live import hub
from facilitation.models import Board
from facilitation.sessions import grid, notes
from tests.facilitation.live.stream import Stream
from tests.factories import make_participant, make_session, make_session_room, make_session_slot, make_sessions
from tests.live_server_process import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), LiveServer() as server:
        yield server


def test_a_move_is_pushed_to_those_who_look_at_the_grid(server):
    activity = make_sessions(step="day")
    room, slot = make_session_room(activity, "Kjelleren"), make_session_slot(activity)
    session, board = make_session(activity=activity), activity.board
    Board.objects.update(activity=None)
    with Stream(server, board, view="sessions") as beside, Stream(server, board) as table:
        assert "Kjelleren" not in beside.next()["html"]
        table.next()
        grid.place(session, by=board.leader, member=None, room=room, slot=slot, version=0)
        part = beside.until("Kjelleren")
        assert "Kjelleren" not in table.next()["html"]
    assert (part["version"], beside.connects) == (Board.objects.get().version, 1)


def test_a_note_is_no_news_for_the_whole_hall(server):
    activity = make_sessions(step="day")
    session, kari = make_session(activity=activity), make_participant(board=activity.board)
    with Stream(server, activity.board, view="sessions") as stream:
        first = stream.next()
        notes.note(session, by=kari, client_id="00000000-0000-0000-0000-000000000001", text="En linje")
        grid.add_rooms(activity, by=activity.board.leader, member=None, names=["Salen"])
        second = stream.next()
    assert (second["version"], second["stamp"]) == (first["version"] + 1, first["stamp"])


def line(session, by, text):
    return notes.note(session, by=by, client_id=uuid4(), text=text)


def test_a_line_reaches_whoever_has_the_session_open_and_nobody_else(server):
    activity = make_sessions(step="day")
    session, other = make_session(activity=activity), make_session(activity=activity, title="Den andre")
    kari, board = make_participant(board=activity.board), activity.board
    views = [f"sessions-{one.pk}" for one in (session, other)]
    with Stream(server, board, view=views[0]) as here, Stream(server, board, view=views[1]) as there:
        first, other_first = here.next(), there.next()
        line(session, kari, "Begynn med svaret")
        second = here.until("Begynn med svaret")
        line(other, kari, "Så det neste")
        assert "Så det neste" in there.next()["html"]
    assert (second["version"], second["stamp"], here.connects) == (first["version"], first["stamp"], 1)
    assert second["marks"] != first["marks"] and other_first["html"] not in second["html"]


def test_what_was_agreed_and_a_new_room_reach_the_page_of_the_session(server):
    activity = make_sessions(step="day")
    session, kari = make_session(activity=activity), make_participant(board=activity.board)
    room, slot = make_session_room(activity, "Kjelleren"), make_session_slot(activity)
    with Stream(server, activity.board, view=f"sessions-{session.pk}") as page:
        page.next()
        notes.agree(session, by=kari, agreed="Vi møtes i mai", version=0)
        page.until("Vi møtes i mai")
        grid.place(session, by=activity.board.leader, member=None, room=room, slot=slot, version=0)
        page.until("Kjelleren")
    assert page.connects == 1


def test_a_page_that_has_not_changed_is_not_drawn_for_the_changes_of_the_board():
    activity = make_sessions(step="day")
    readers = [("nb", f"sessions-{make_session(activity=activity).pk}"), ("nb", "table")]
    first, marks = hub._parts(activity.board_id, readers, {})
    grid.add_rooms(activity, by=activity.board.leader, member=None, names=["Salen"])
    second, _marks = hub._parts(activity.board_id, readers, marks)
    assert (list(first), list(second)) == (readers, readers[1:])

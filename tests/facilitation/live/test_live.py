"""A change reaches everybody who watches, whatever happens on the way. Under the real server, on the test database."""

import http.client
import socket
import urllib.request
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from chapter.wordings import adopt_wording
from facilitation.board_lock import changing
from facilitation.models import Round
from facilitation.table import phases, topics
from microactions import pledges
from tests.facilitation.live.stream import PATIENCE_SECONDS, Stream
from tests.factories import make_board, make_board_pledge, make_event, make_participant
from tests.live_server_process import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), LiveServer() as server:
        yield server


@pytest.fixture
def board():
    return make_board(show_at_once=True)


@pytest.fixture
def kari(board):
    return make_participant(board=board, nickname="Kari")


def write(board, by, text, **fields):
    return topics.write(board, by=by, client_id=uuid4(), text=text, **fields)


def test_a_change_is_pushed_over_the_open_stream(server, board, kari):
    with Stream(server, board) as stream:
        first = stream.next()
        write(board, kari, "Møter uten mål")
        # What is drawn while it is written may have the note already, under the version before.
        while (part := stream.next())["version"] == first["version"]:
            pass
    assert "Møter uten mål" in part["html"]
    assert (part["version"], stream.connects) == (first["version"] + 1, 1)


def test_each_reader_has_their_own_language_and_view(server):
    event = make_event(title="Kaffe og lapper", language="nb")
    adopt_wording(event, language="sv", title="Fika och lappar")
    board = make_board(event=event, show_at_once=True)
    with Stream(server, board, view="screen") as wall, Stream(server, board, language="sv", view="screen") as swede:
        assert "Kaffe og lapper" in wall.next()["html"]
        assert "Fika och lappar" in swede.next()["html"]
        with Stream(server, board) as table:
            assert 'data-part="lists"' in table.next()["html"]


def test_whoever_comes_later_gets_everything_that_was(server, board, kari):
    with Stream(server, board) as early:
        early.next()
        write(board, kari, "Before you came")
        early.until("Before you came")
        with Stream(server, board) as late:
            assert "Before you came" in late.next()["html"]


def test_what_happens_while_nobody_watches_is_there_on_return(server, board, kari):
    with Stream(server, board) as stream:
        stream.next()
    write(board, kari, "While you were away")
    with Stream(server, board) as stream:
        assert "While you were away" in stream.next()["html"]


def test_the_end_of_time_is_told_without_anybody_doing_anything(server, board, kari):
    topic = talking_for(board, kari, seconds=1.5)
    with Stream(server, board) as stream:
        before, after = stream.next(), stream.next()
    assert before["ends_at"] and not after["ends_at"]
    assert before["version"] == after["version"] and before["stamp"] != after["stamp"]
    assert topic.text in after["html"]


def talking_for(board, by, *, seconds):
    """A topic on the table whose time ends in so many seconds."""
    topic, now = write(board, by, "On the table"), timezone.now()
    with changing(board) as board:
        board.phase = "talk"
        board.topics.update(state="talking")
        Round.objects.create(topic=topic, number=1, started_at=now, ends_at=now + timedelta(seconds=seconds))
    return topic


def test_a_lost_listening_connection_is_made_anew(server, board, kari):
    with Stream(server, board) as stream:
        stream.next()
        assert end_listeners() == 1
        write(board, kari, "Said into the gap")
        stream.until("Said into the gap")
        write(board, kari, "And after it")
        stream.until("And after it")
    assert stream.connects == 1


def end_listeners():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
        )
        return cursor.fetchone()[0]


def test_all_connections_may_be_lost_as_when_the_database_restarts(server, board, kari):
    with Stream(server, board) as stream:
        stream.next()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        write(board, kari, "After the restart")
        stream.until("After the restart")


def test_a_killed_server_loses_nothing_that_was_acknowledged(board, kari):
    with LiveServer() as server, Stream(server, board) as stream:
        write(board, kari, "Before the fall")
        stream.until("Before the fall")
        server.kill()
        write(board, kari, "During the fall")
        server.start()
        part = stream.until("During the fall")
        assert "Before the fall" in part["html"]
        write(board, kari, "After the fall")
        stream.until("After the fall")
    assert stream.connects == 2


def test_hidden_notes_are_in_no_stream(server, kari):
    board = make_board(event=make_event(title="Another"))
    author = make_participant(board=board)
    with Stream(server, board) as table, Stream(server, board, view="screen") as wall:
        write(board, author, "Purple cows", detail="Green pigs")
        for stream in (table, wall):
            while stream.next()["version"] < 2:
                pass
        told = str(table.seen + wall.seen)
        assert not any(word in told for word in ("Purple", "Green"))
        phases.go(board, by=lead(board), from_phase="gather", to_phase="pitch", version=2)
        table.until("Purple cows")


def lead(board):
    leader = make_participant(board=board)
    type(board).objects.filter(pk=board.pk).update(leader=leader)
    return leader


def test_a_microaction_that_is_taken_back_is_soon_on_no_wall(server):
    board = make_board(phase="microaction")
    shared = make_board_pledge(board=board, what="Purple cows", visibility="event").microaction
    with Stream(server, board) as stream:
        stream.next()
        write(board, make_participant(board=board), "So that it surely listens")
        assert "Purple cows" in stream.next()["html"]
        pledges.change_visibility(shared, visibility="me")
        assert "Purple cows" not in stream.next()["html"]


def test_a_board_that_is_deleted_ends_its_streams(server, board):
    with Stream(server, board) as stream:
        stream.next()
        board.delete()
        stream.thread.join(PATIENCE_SECONDS)
        assert not stream.is_open


@pytest.mark.parametrize("code", ["nothing", "%00", "a%2Fb", "%F0%9F%92%A9", "a" * 2000, ""])
def test_an_unknown_board_ends_the_stream_for_good(server, code):
    with urllib.request.urlopen(f"{server.url}/live/boards/{code}/") as answer:
        assert (answer.status, answer.read()) == (204, b"")


def test_a_stream_is_neither_stored_nor_compressed(server, board):
    request = urllib.request.Request(
        f"{server.url}/live/boards/{board.code}/", headers={"Accept-Encoding": "gzip, br"}
    )
    with urllib.request.urlopen(request) as answer:
        headers = answer.headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert headers["Cache-Control"] == "no-store, no-transform"
    assert (headers["X-Accel-Buffering"], headers["Content-Encoding"]) == ("no", None)


def test_another_host_name_gets_no_stream(server, board):
    request = urllib.request.Request(f"{server.url}/live/boards/{board.code}/", headers={"Host": "evil.example.org"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request)


@pytest.mark.parametrize(
    "path",
    ["/live/boards/abcdef/", "/live/nothing/", "//live/nothing/", "/LIVE/boards/abcdef/", "/nb/../live/./nothing"],
)
@pytest.mark.parametrize("promise", ["Content-Length: 3000000", "Transfer-Encoding: chunked"])
def test_no_body_is_waited_for(server, path, promise):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{promise}\r\n\r\n".encode())
        assert line.recv(65536).split()[1] == b"405"


@pytest.mark.parametrize("promise", ["Content-Length: 3000000", "Transfer-Encoding: chunked"])
def test_no_stream_for_who_sends_a_body_with_the_question(server, board, promise):
    """An open stream would read it for as long as it comes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(f"GET /live/boards/{board.code}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{promise}\r\n\r\n".encode())
        assert line.recv(65536).split()[1] == b"400"


@pytest.mark.parametrize("path", ["/live/", "/live/nothing/", "//live//nothing/", "/LIVE/boards/abcdef/"])
def test_nothing_else_is_there(server, path):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
        line.request("GET", path)
        assert line.getresponse().status == 404


def test_open_streams_hold_no_threads(server, board):
    streams = [Stream(server, board) for _ in range(30)]
    try:
        for stream in streams:
            stream.__enter__().next()
        assert max(threads_of_workers(server)) < 10
    finally:
        for stream in streams:
            stream.__exit__()


def threads_of_workers(server):
    with open(f"/proc/{server.process.pid}/task/{server.process.pid}/children") as children:
        workers = children.read().split()
    for worker in workers:
        with open(f"/proc/{worker}/status") as status:
            yield next(int(line.split()[1]) for line in status if line.startswith("Threads:"))

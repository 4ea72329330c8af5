"""The server that people use, asked for what HTTP has besides a plain GET."""

import http.client
import socket
import tempfile
from contextlib import closing, suppress

import pytest

from tests.live_server_process import LiveServer
from tests.raw_requests import EDGE

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    environment = {"WEB_WORKERS": "1"}
    server = LiveServer(config="otg_site.gunicorn", application="otg_site.wsgi", environment=environment)
    with django_db_blocker.unblock(), tempfile.TemporaryFile() as server.log, server:
        yield server


@pytest.fixture
def line(server):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
        yield line


def ask(line, method, path, body=None, **headers):
    line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    return answer, answer.read()


def test_head_is_the_page_without_its_body(line):
    page, body = ask(line, "GET", "/nb/about/")
    head, nothing = ask(line, "HEAD", "/nb/about/")
    assert (head.status, nothing, head.headers["Content-Length"]) == (200, b"", str(len(body)))
    assert head.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


def test_a_connection_serves_one_request_after_another(line):
    ask(line, "GET", "/nb/")
    first = line.sock
    statuses = [ask(line, "GET", path)[0].status for path in ("/nb/about/", "/nb/nothing/", "/healthz")]
    assert (statuses, line.sock) == ([200, 404, 200], first)


def test_a_refused_form_does_not_end_the_connection(line):
    statuses = [ask(line, "POST", "/nb/accounts/login/", b"login=x")[0].status for _ in range(2)]
    assert statuses == [403, 403]


def test_what_is_asked_in_one_go_is_answered_in_order(server):
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as line:
        line.sendall(
            b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /xx/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        answers = b"".join(iter(lambda: line.recv(65536), b""))
    assert [part.split()[0] for part in answers.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404"]


def test_a_client_that_waits_for_100_continue_is_told_to_go_on(server):
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as line:
        line.sendall(
            b"POST /nb/accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n"
        )
        assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"login=x")
        assert line.recv(65536).startswith(b"HTTP/1.1 403 ")


def test_an_address_comes_as_it_was_sent(line):
    assert ask(line, "GET", "/%ff%fe")[0].status == 404
    assert ask(line, "GET", "/nb/search/?q=bl%C3%A5b%C3%A6r")[1].decode().count("blåbær") >= 1
    assert ask(line, "GET", "/NB/")[0].status == 404


def test_a_page_that_is_known_is_not_sent_again(line):
    known, _ = ask(line, "GET", "/nb/events/feed.ics")
    again, body = ask(line, "GET", "/nb/events/feed.ics", If_None_Match=known.headers["ETag"])
    assert (again.status, body) == (304, b"")


def test_a_form_of_thirty_megabytes_arrives(line):
    part = f'--{EDGE}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'.encode()
    body = part + bytes(30 * MEGABYTE) + f"\r\n--{EDGE}--\r\n".encode()
    kind = f"multipart/form-data; boundary={EDGE}"
    answer, _ = ask(
        line, "POST", "/nb/accounts/login/", body, Content_Type=kind, Origin=f"http://127.0.0.1:{line.port}"
    )
    assert answer.status == 200


def test_a_form_that_is_too_large_gets_its_page_and_is_not_kept(line):
    answer, page = ask(line, "POST", "/nb/accounts/login/", bytes(40 * MEGABYTE))
    assert (answer.status, b"32 MB" in page) == (400, True)


# Slow on purpose


@pytest.fixture(scope="module")
def impatient(django_db_setup, django_db_blocker):
    server = LiveServer(
        config="otg_site.gunicorn",
        application="tests.otg_site.front.impatient",
        environment={"WEB_WORKERS": "1"},
    )
    with django_db_blocker.unblock(), server:
        yield server


@pytest.mark.parametrize("beginning", [b"", b"GET /nb/", b"GET /nb/ HTTP/1.1\r\nHost: localhost\r\n"])
def test_a_head_that_does_not_come_ends_the_connection(impatient, beginning):
    with closing(socket.create_connection(("127.0.0.1", impatient.port), timeout=30)) as line:
        line.sendall(beginning)
        with suppress(ConnectionResetError):
            assert line.recv(100) == b""


def test_a_body_that_does_not_come_is_refused_with_a_page(impatient):
    with closing(socket.create_connection(("127.0.0.1", impatient.port), timeout=30)) as line:
        line.sendall(b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\na")
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert (answer.split()[1], "We received only part of it" in answer) == ("400", True)


def test_slow_people_keep_nobody_waiting(server):
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(60)]
    for number, line in enumerate(lines):
        line.sendall(
            [b"", b"GET /nb/ HTTP/1.1\r\n", b"POST /nb/ HTTP/1.1\r\nContent-Length: 9000\r\n\r\na"][number % 3]
        )
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
            assert [ask(line, "GET", path)[0].status for path in ("/nb/", "/healthz", "/nb/about/")] == [
                200,
                200,
                200,
            ]
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    "head",
    [
        b"GET /nb/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        b"GET /live/boards/abcdef/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /nb/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /nb/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /nb/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET http://evil.example.org/nb/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /nb/?\xff\xfe HTTP/1.1\r\nHost: localhost\r\nCookie: a=\xff\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET //nb//%2e%2e/ HTTP/1.0\r\n\r\n",
    ],
)
def test_strange_requests_are_no_fault_of_ours(server, head):
    before = server.log.seek(0, 2)
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as line:
        line.sendall(head)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer == b"" or int(answer.split()[1]) < 500 or answer.split()[1] in {b"501", b"505"}, answer
    server.log.seek(before)
    assert "Traceback" not in server.log.read().decode()

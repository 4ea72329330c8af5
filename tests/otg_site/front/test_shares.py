"""Whoever fills the room for bodies keeps nobody else's form out."""

import socket
import tempfile
from contextlib import ExitStack, closing

import pytest

from tests.live_server_process import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
BUSY, TAKEN = 503, 403  # the form that is taken has no token
SHARE = 500_000


@pytest.fixture(
    scope="module", params=[(), ("--worker-class", "gthread", "--threads", "12")], ids=["ours", "threads"]
)
def server(request, django_db_setup, django_db_blocker):
    server = LiveServer(
        config="otg_site.gunicorn",
        application="tests.otg_site.front.crowded",
        options=["--workers", "1", *request.param],
        environment={"WEB_WORKERS": "1", "PROXY_COUNT": "1"},
    )
    with django_db_blocker.unblock(), tempfile.TemporaryFile() as server.log, server:
        yield server


def begin(server, address, *, size, sent):
    line = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    line.sendall(
        f"POST /nb/accounts/login/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.99, {address}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n".encode()
        + b"x" * sent
    )
    return line


def post(server, address, *, size):
    with closing(begin(server, address, size=size, sent=size)) as line:
        return int(line.recv(65536).split()[1])


def fill(server, held, addresses, *, trying):
    """Each holds as much as one may, until there is no room for `trying`."""
    for address in addresses:
        held.enter_context(closing(begin(server, address, size=SHARE - 1000, sent=SHARE - 2000)))
        # What was sent arrives in its own time, and this one may push it out.
        if post(server, trying, size=200_000) == BUSY:
            return
    pytest.fail("there was always room")


def test_small_form_comes_through_while_all_is_full(server):
    with ExitStack() as held:
        fill(server, held, (f"192.0.2.{number}" for number in range(10, 30)), trying="192.0.2.4")
        assert [post(server, address, size=60_000) for address in ("192.0.2.10", "192.0.2.5")] == [TAKEN, TAKEN]


def test_one_client_holds_no_more_than_a_share(server):
    with ExitStack() as held:
        fill(server, held, (f"2001:db8:0:1::{number}" for number in range(10, 30)), trying="2001:db8:0:1:ffff::2")
        others = ["2001:db8:0:2::1", "192.0.2.5"]
        assert [post(server, address, size=SHARE - 1000) for address in others] == [TAKEN, TAKEN]

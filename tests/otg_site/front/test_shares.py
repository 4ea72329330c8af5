"""Whoever fills the room for bodies keeps nobody else's form out."""

import socket
import tempfile
import time
from contextlib import ExitStack, closing
from urllib.request import urlopen

import pytest

from tests.live_server_process import PATIENCE_SECONDS, LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
HELD_BYTES, SHARE_BYTES = 1_500_000, 500_000  # as in crowded.py
BUSY, TAKEN = 503, 403  # the form that is taken has no token
# Threads read in pieces: the last one is held when it is whole.
PART, LAST_PIECE = SHARE_BYTES - 2000, 64 * 1024


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


def fill(server, held, addresses):
    """Each of them holds nearly as much as one may. What was sent arrives in its own time, which the server tells."""
    until_it_holds(server, 0, 0)
    for number, address in enumerate(addresses, start=1):
        held.enter_context(closing(begin(server, address, size=SHARE_BYTES - 1000, sent=PART)))
        until_it_holds(server, number * (PART - LAST_PIECE), number * PART)


def until_it_holds(server, least, most):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not least <= (holds := int(urlopen(f"{server.url}/held").read())) <= most:
        assert time.monotonic() < deadline, f"it held {holds}"
        time.sleep(0.01)


def test_small_form_comes_through_while_all_is_full(server):
    with ExitStack() as held:
        fill(server, held, (f"192.0.2.{number}" for number in range(10, 10 + HELD_BYTES // SHARE_BYTES)))
        assert post(server, "192.0.2.4", size=300_000) == BUSY
        assert [post(server, address, size=60_000) for address in ("192.0.2.10", "192.0.2.5")] == [TAKEN, TAKEN]


def test_one_client_holds_no_more_than_a_share(server):
    with ExitStack() as held:
        fill(server, held, ["2001:db8:0:1::10"])
        assert post(server, "2001:db8:0:1:ffff::2", size=300_000) == BUSY
        others = ["2001:db8:0:2::1", "192.0.2.5"]
        assert [post(server, address, size=SHARE_BYTES - 1000) for address in others] == [TAKEN, TAKEN]

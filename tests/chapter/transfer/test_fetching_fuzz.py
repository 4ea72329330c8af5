"""Whatever stands in an address, and whatever a server answers: a page, or a FetchError that says what was wrong."""

import socket
import threading
from contextlib import closing, suppress

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from chapter.transfer import fetching
from tests.factories import make_organiser

PIECES = (
    *("http", "https", "webcal", "gopher", "ftp", "file", "javascript", "mailto", "://", "//", ":", "/", "?", "#", "@"),
    *("example.org", "blåbær.no", "xn--", "127.0.0.1", "[::1]", "[fe80::1%25eth0]", "[", "]", "a" * 64, "kari:word", ".."),
    *(":0", ":70", ":80", ":443", ":99999", ":-1", ":x", " ", "\t", "\r\n", "\x00", "\x7f", "\u202e", "\udc80", "%", "%zz", "%0d%0a"),
)  # fmt: skip
ADDRESSES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
STATUS = st.sampled_from((b"200 OK", b"301 Moved", b"302 Found", b"304 Not Modified", b"999 x", b"-1", b"", b"200"))
HEADERS = st.sampled_from(
    (b"Content-Length: ", b"Transfer-Encoding: ", b"Content-Encoding: ", b"ETag: ", b"Location: ", b": ")
)
VALUES = st.one_of(
    st.binary(max_size=20), st.sampled_from((b"5", b"-1", b"9" * 30, b"chunked", b"gzip", b"x" * 70_000))
)
# Both ends are here, so only a machine that is busy elsewhere takes long.
PATIENCE_SECONDS = 30
few = limits(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


class Says:
    """A server on 127.0.0.1 that answers everything with `answer`, whatever it is asked."""

    def __init__(self):
        self.answer, self._socket = b"", socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                with closing(self._socket.accept()[0]) as peer, suppress(OSError):
                    peer.settimeout(PATIENCE_SECONDS)
                    peer.recv(10_000)
                    peer.sendall(self.answer)

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture(scope="module")
def server():
    server = Says()
    with override_settings(FETCH_LOCAL=True):
        yield server
    server.close()


def fetched(url):
    """Whether it came; a FetchError is an answer too, and anything else fails the test."""
    with suppress(fetching.FetchError):
        return fetching.fetch(url, max_bytes=1000, timeout=PATIENCE_SECONDS)
    return None


@few
@given(ADDRESSES)
@example("gopher://example.org:70/")
@example("ftp://example.org:21/feed.ics")
def test_any_address_is_asked_for_or_refused(url):
    with suppress(fetching.FetchError):
        fetching._target(url)


@few
@given(ADDRESSES)
@example("gopher://example.org:70/")
@example("//example.org:0")
@example("https://[")
def test_a_redirect_to_anywhere_is_followed_or_refused(server, where):
    if "example.org" in where or "blåbær" in where:
        # Nobody outside is asked: what would be asked for is looked at alone.
        where = f"x{where}"
    server.answer = b"HTTP/1.1 302 Found\r\nLocation: " + where.encode("utf-8", "surrogatepass") + b"\r\n\r\n"
    fetched(server.url)


@few
@given(STATUS, st.lists(st.tuples(HEADERS, VALUES), max_size=4), st.binary(max_size=50))
def test_any_answer_is_taken_or_refused(server, status, headers, body):
    lines = b"".join(name + value + b"\r\n" for name, value in headers)
    server.answer = b"HTTP/1.1 " + status + b"\r\n" + lines.replace(b"Location: h", b"Location: x") + b"\r\n" + body
    fetched(server.url)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", ["gopher://127.0.0.1:70/", "ftp://127.0.0.1:21/", "file:///etc/passwd", "//[", "https://a:b@127.0.0.1/"]
)
def test_a_calendar_that_leads_away_is_a_message_beside_the_field(server, where):
    server.answer = f"HTTP/1.1 302 Found\r\nLocation: {where}\r\n\r\n".encode()
    client = Client()
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    fields = {"name": "Eksempelriket", "home_url": "", "feed_url": server.url}
    form = client.post("/nb/events/elsewhere/chapters/new/", fields).context["form"]
    assert list(form.errors) == ["feed_url"]

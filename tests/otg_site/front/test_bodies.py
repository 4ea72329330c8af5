"""How a body is collected and an answer sent: never too much at once, and nothing kept of what is refused."""

import asyncio
import threading
from io import BytesIO

import pytest

from otg_site.front import Pages, bodies
from otg_site.front.environ import asker_of, environ_of, promised_length
from otg_site.front.line import Line
from otg_site.front.running import PIECE_BYTES


def collect(store, *messages, promised=None, asker=""):
    async def receive():
        return arriving.pop(0) if arriving else await asyncio.Event().wait()

    arriving = list(messages)
    return asyncio.run(store.collect(receive, promised=promised, line=Line(), asker=asker))


def piece(body, *, more=True):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_whole_body_is_read_from_its_beginning():
    body = collect(bodies.Store(), piece(b"ab"), piece(b"c", more=False), promised=3)
    assert (body.file.read(), body.length) == (b"abc", 3)
    body.close()


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ([{"type": "http.disconnect"}], bodies.BROKE_OFF),
        ([], bodies.BROKE_OFF),
        ([piece(b"c", more=False)], bodies.BROKE_OFF),
        ([piece(b"x" * 2000)], bodies.TOO_MUCH),
    ],
    ids=["hung-up", "silent", "too-short", "too-long"],
)
def test_what_is_refused_is_not_kept(monkeypatch, last, why):
    monkeypatch.setattr(bodies, "MAX_BYTES", 1000)
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.05)
    store = bodies.Store()
    with pytest.raises(bodies.Refused) as refused:
        collect(store, piece(b"ab"), *last, promised=900)
    assert (refused.value.why, store.held) == (why, 0)


def test_who_has_sent_much_at_once_may_not_rest_on_it(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(bodies, "BYTES_A_SECOND", 1)
    arriving = [piece(b"x" * 500)]

    async def receive():
        return arriving.pop(0) if arriving else await asyncio.Event().wait()

    async def collect_or_give_up():
        await asyncio.wait_for(bodies.Store().collect(receive, promised=900, line=Line()), timeout=10)

    with pytest.raises(bodies.Refused):
        asyncio.run(collect_or_give_up())


def test_more_than_was_allowed_is_not_even_read():
    with pytest.raises(bodies.Refused) as refused:
        collect(bodies.Store(), promised=bodies.MAX_BYTES + 1)
    assert refused.value.why == bodies.TOO_MUCH


def whole(store, size, *, asker=""):
    return collect(store, piece(b"x" * size, more=False), asker=asker)


@pytest.fixture
def narrow(monkeypatch):
    """A small form has up to 10 bytes."""
    for name, number in {"SMALL_BYTES": 10, "HELD_SMALL_BYTES": 40, "SMALL_SHARE_BYTES": 20}.items():
        monkeypatch.setattr(bodies, name, number)
    monkeypatch.setattr(bodies, "HELD_BYTES", 1000)
    monkeypatch.setattr(bodies, "SHARE_BYTES", 500)
    return bodies.Store()


@pytest.mark.parametrize(
    ("held", "more"),
    [
        ([("a", 400), ("b", 400)], ("c", 300)),
        ([("a", 400)], ("a", 101)),
        ([("", 400), ("", 400)], ("", 300)),
        ([("a", 10), ("a", 8)], ("a", 3)),
        ([("a", 10), ("a", 10), ("b", 10), ("c", 10)], ("d", 1)),
    ],
    ids=["all", "one-asker", "nobody-knows-who", "small-of-one-asker", "all-small"],
)
def test_who_comes_on_top_is_asked_to_try_again(narrow, held, more):
    kept = [whole(narrow, size, asker=asker) for asker, size in held]
    with pytest.raises(bodies.Refused) as refused:
        whole(narrow, more[1], asker=more[0])
    for body in kept:
        body.close()
    assert (refused.value.why, narrow.held) == (bodies.BUSY, 0)
    whole(narrow, more[1], asker=more[0]).close()


@pytest.mark.parametrize(
    ("held", "more"),
    [
        ([("a", 500), ("b", 500)], ("c", 10)),
        ([("a", 500)], ("a", 10)),
        ([("a", 500)], ("b", 500)),
        ([("", 600)], ("", 400)),
        # What has grown counts among the large ones alone.
        ([("a", 20), ("a", 20), ("b", 20), ("c", 20)], ("d", 10)),
    ],
    ids=["small-while-all-is-full", "small-of-who-is-full", "other-asker", "nobody-knows-who", "grown"],
)
def test_others_are_let_through(narrow, held, more):
    kept = [whole(narrow, size, asker=asker) for asker, size in held]
    kept.append(whole(narrow, more[1], asker=more[0]))
    assert narrow.held == sum(body.length for body in kept)
    for body in kept:
        body.close()


def test_body_that_grows_leaves_nothing_behind(narrow):
    first = whole(narrow, 480, asker="a")
    with pytest.raises(bodies.Refused):
        collect(narrow, piece(b"x" * 9), piece(b"x" * 9), piece(b"x" * 9, more=False), asker="a")
    assert narrow.held == 480
    first.close()


def scope(*headers, **more):
    return {
        "headers": list(headers),
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        **more,
    }


@pytest.mark.parametrize(
    ("headers", "length"),
    [([], 0), ([(b"content-length", b"12")], 12), ([(b"transfer-encoding", b"chunked")], None)],
)
def test_what_was_promised_is_in_the_head(headers, length):
    assert promised_length(scope(*headers)) == length


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"12"), (b"content-length", b"13")],
        [(b"content-length", b"12"), (b"transfer-encoding", b"chunked")],
        [(b"content-length", b"-1")],
        [(b"content-length", b"1, 1")],
        [(b"content-length", b"")],
    ],
)
def test_two_promises_are_none(headers):
    with pytest.raises(bodies.Refused):
        promised_length(scope(*headers))
    assert (
        served(
            Pages(lambda environ, start: start("200 OK", []) or [environ[bodies.REFUSAL].encode()]), headers=headers
        )[1]["body"]
        == b"bad_request"
    )


@pytest.mark.parametrize(
    ("forwarded", "proxies", "asker"),
    [
        ("192.0.2.1, 192.0.2.2", 1, "192.0.2.2"),
        ("192.0.2.1, 2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::"),
        ("192.0.2.1", 0, "192.0.2.9"),
        ("", 1, "192.0.2.9"),
    ],
)
def test_asker_is_who_the_trusted_proxy_saw(settings, forwarded, proxies, asker):
    settings.PROXY_COUNT = proxies
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert asker_of(scope(*headers, client=("192.0.2.9", 4000))) == asker


def test_headers_become_what_a_wsgi_application_reads():
    sent = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-a", b"1"), (b"x-a", b"2"), (b"x_forwarded_for", b"3")]
    environ = environ_of(scope(*sent, (b"content-length", b"9"), raw_path=b"/bl%C3%A5"), None, length=4)
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_A"], environ["CONTENT_LENGTH"]) == ("a=1; b=2", "1,2", "4")
    assert ("HTTP_X_FORWARDED_FOR" in environ, environ["PATH_INFO"].encode("latin-1").decode()) == (False, "/blå")


# Pages


def served(pages, *, receive=None, **more):
    """What an application behind Pages sends for one request."""

    async def send(message):
        sent.append(message)

    async def nothing_comes():
        await asyncio.Event().wait()

    sent = []
    headers = more.pop("headers", ())
    asyncio.run(pages(scope(*headers, raw_path=b"/", **more), receive or nothing_comes, send))
    return sent


def test_who_is_refused_does_not_stand_in_the_line_for_pages(monkeypatch):
    monkeypatch.setattr("otg_site.front.pages.LISTEN_SECONDS", 0.1)

    def application(environ, start_response):
        if not environ[bodies.REFUSAL]:
            goes_on.wait(30)
        start_response("200 OK", [])
        return [str(environ[bodies.REFUSAL]).encode()]

    goes_on = threading.Event()
    pages = Pages(application, threads=1)
    waiting = threading.Thread(target=served, args=[pages])
    waiting.start()
    refused = served(pages, headers=[(b"content-length", b"99000000")])
    goes_on.set()
    waiting.join()
    assert refused[1]["body"] == b"too_much"


@pytest.mark.parametrize("size", [0, 10, PIECE_BYTES, PIECE_BYTES + 1, 20 * PIECE_BYTES])
@pytest.mark.parametrize("as_file", [True, False])
def test_an_answer_of_any_size_arrives_and_is_closed(size, as_file):
    class Body:
        def __init__(self):
            file = BytesIO(bytes(size))
            self.read, self.close = file.read, lambda: closed.append(True)

        def __iter__(self):
            return iter([self.read()])

    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", str(size))])
        return environ["wsgi.file_wrapper"](Body(), 8192) if as_file else Body()

    closed, pages = [], Pages(application)
    start, *pieces = served(pages)
    pages._readers.shutdown()
    assert (start["status"], b"".join(piece["body"] for piece in pieces)) == (200, bytes(size))
    assert ([piece["more_body"] for piece in pieces][-1], closed) == (False, [True])


def test_a_body_that_nobody_asked_for_is_not_sent():
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "3")])
        return [b"abc"]

    _start, end = served(Pages(application), method="HEAD")
    assert end["body"] == b""

"""How a body is collected: never too much at once, and nothing kept of what is refused."""

import asyncio

import pytest

from otg_site.front import bodies
from otg_site.front.environ import environ_of, promised_length
from otg_site.front.line import Line


def collect(store, *messages, promised=None):
    async def receive():
        return arriving.pop(0) if arriving else await asyncio.Event().wait()

    arriving = list(messages)
    return asyncio.run(store.collect(receive, promised=promised, line=Line()))


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


def test_more_than_was_allowed_is_not_even_read():
    with pytest.raises(bodies.Refused) as refused:
        collect(bodies.Store(), promised=bodies.MAX_BYTES + 1)
    assert refused.value.why == bodies.TOO_MUCH


def test_all_bodies_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(bodies, "HELD_BYTES", 1000)
    store = bodies.Store()
    first = collect(store, piece(b"x" * 900, more=False))
    with pytest.raises(bodies.Refused) as refused:
        collect(store, piece(b"x" * 200, more=False))
    first.close()
    assert (refused.value.why, store.held) == (bodies.BUSY, 0)


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


def test_headers_become_what_a_wsgi_application_reads():
    sent = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-a", b"1"), (b"x-a", b"2"), (b"x_forwarded_for", b"3")]
    environ = environ_of(scope(*sent, (b"content-length", b"9"), raw_path=b"/bl%C3%A5"), None, length=4)
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_A"], environ["CONTENT_LENGTH"]) == ("a=1; b=2", "1,2", "4")
    assert ("HTTP_X_FORWARDED_FOR" in environ, environ["PATH_INFO"].encode("latin-1").decode()) == (False, "/blå")

"""People who are slow on purpose, and forms whose connection breaks: nobody else notices, and nothing is half stored."""

import random
from types import SimpleNamespace

import pytest

from tests import raw_requests
from tests.faults.slow import BEGINNINGS, SlowPeople, Visitors

PAGES = ["/healthz", "/nb/", "/nb/events/", "/en/about/"]


@pytest.fixture(params=["web", "live"])
def server(request, site):
    """The server for pages, and the one that serves everything in the demo."""
    if request.param == "live" and site.live_port is None:
        site.open_live()
    return SimpleNamespace(name=request.param, port=site.port if request.param == "web" else site.live_port)


def test_pages_come_while_others_are_slow(server, is_full):
    number, seconds = (500, 15) if is_full else (12, 0.5)
    print(f"\n{server.name}, nobody slow: {Visitors(server.port, PAGES, seconds=seconds)}")
    for kind in BEGINNINGS if is_full else ["heads", "bodies"]:
        with SlowPeople(server.port, kind=kind, number=number) as slow:
            # What they have asked for at once is answered first.
            Visitors(server.port, PAGES[:1], seconds=0.1, threads=1)
            visitors = Visitors(server.port, PAGES, seconds=seconds)
        print(f"{server.name}, {number} slow {kind}: {visitors}; {slow.thrown_out} thrown out")
        assert (visitors.failed, len(visitors.times) > 0) == ([], True)


@pytest.fixture(scope="module")
def seeded(site):
    return site.seed(people=0, capacity=1)


def test_forms_that_break_off_change_nothing(site, server, seeded, is_full):
    before = _stored(site)
    chance, told = random.Random(7), []
    for _ in range(50 if is_full else 3):
        for request in _forms(server, seeded):
            told.append(request.send(chance.randrange(len(request.body)))[0])
            request.hang_up(chance.randrange(len(request.body)))
    assert (set(told), _stored(site)) == ({400}, before)
    assert [request.send()[0] for request in _forms(server, seeded)] == [302, 302, 302, 302]
    assert _stored(site) != before
    logs = [(site.folder / f"{name}.log").read_text() for name in ("web", server.name)]
    print(f"{server.name}: {len(told)} forms broke off and {len(told)} hung up, none was stored")
    assert "Traceback" not in "".join(logs)


def _forms(server, seeded):
    session, about = seeded["organiser"], "/nb/organise/pages/about/nb/"
    text = {
        "title": "Om oss",
        "body": f"En hel side, sendt til {server.name}. " * 150,
        "source_name": "",
        "source_url": "",
    }
    photos = [("photos", _picture(server.port % 1000 + number)) for number in range(40, 43)]
    return [
        raw_requests.form(server, about, text, session=session),
        raw_requests.multipart(server, about, text, session=session),
        raw_requests.chunked(raw_requests.form(server, about, text, session=session)),
        raw_requests.multipart(
            server, f"/nb/events/{seeded['slug']}/photos/add/", {"credit": ""}, files=photos, session=session
        ),
    ]


def _picture(side):
    from tests.pictures import encoded, plain

    return encoded(plain(size=(side, 30)))


def _stored(site):
    counts = site.rows("SELECT (SELECT count(*) FROM events_photo), (SELECT count(*) FROM chapter_pagewording)")
    return counts, sorted(path.name for path in site.media.rglob("*"))

"""Whoever has just posted reads it in the next page, whichever process answers; everybody else a moment later."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

from tests.environment import EVERYTHING
from tests.factories import make_microaction
from tests.live_server_process import LiveServer

from .reading import until

TIMES = 1_000 if EVERYTHING else 100
CHEERS = re.compile(rb"<span>Cheer</span> <span>(\d+)</span>")


class Person:
    """Somebody whose browser keeps the cookie of who has just posted, and no other."""

    def __init__(self, servers):
        self.servers, self.cookie = servers, ""

    def ask(self, turn, method, path, fields=None):
        server = self.servers[turn % len(self.servers)]
        line = HTTPConnection("127.0.0.1", server.port)
        headers = {"Host": f"127.0.0.1:{server.port}", "Origin": server.url, "Cookie": self.cookie}
        # A limit counts each person.
        headers["X-Forwarded-For"] = f"198.51.100.{turn % 250}"
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body=urlencode(fields) if fields else None, headers=headers)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        found = SimpleCookie(answer.getheader("Set-Cookie", ""))
        self.cookie = "posted=1" if "posted" in found else self.cookie
        return answer.status, content


@pytest.fixture
def processes():
    servers = [LiveServer(config="otg_site.gunicorn", application="otg_site.wsgi") for _ in range(2)]
    for server in servers:
        server.environment = {"PAGE_CACHE": "1", "SITE_URL": server.url, "WEB_WORKERS": "1", "PROXY_COUNT": "1"}
    with servers[0], servers[1]:
        yield servers


@pytest.mark.django_db(transaction=True)
def test_whoever_posts_reads_it_in_the_next_page_of_any_process(processes):
    path = f"/en/microactions/{make_microaction(status='done', result='It worked.').pk}/"
    poster, others = Person(processes), Person(processes)

    def cheers(person, turn):
        found = CHEERS.search(person.ask(turn, "GET", path)[1])
        return int(found[1]) if found else 0

    for turn in range(TIMES):
        # Both have the page of before.
        cheers(others, turn), cheers(others, turn + 1)
        assert poster.ask(turn, "POST", f"{path}cheer/", {"cheer": "yes", "next": path})[0] == 302
        assert [cheers(poster, turn + 1), cheers(poster, turn)] == [turn + 1, turn + 1]
    for turn in range(2):
        until(lambda turn=turn: cheers(others, turn) == TIMES)

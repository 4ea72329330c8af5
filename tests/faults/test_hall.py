"""A hall plays 25/10 while web, live and worker are killed twice: what was acknowledged is there, and streams come back."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from random import Random
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from tests.facilitation.live.stream import Stream
from tests.faults.site import ROOT

DEALT = re.compile(r'name="deal" value="(\d+)"')
CARD_SCORES = 5
KILLED_IN = (2, 4)
AT_ONCE, STREAMS = 6, 4
BACK_SECONDS = 90
chance = Random(25)


class Hall:
    """The people at a board, and what each was told to be stored."""

    def __init__(self, site, seeded):
        self.site, self.code, self.activity = site, seeded["code"], seeded["activity"]
        self.people, self.lines = seeded["people"], seeded["lines"]
        self.cards, self.scores, self.hearts = {}, {}, set()
        self.again, self._lock = 0, threading.Lock()

    def ask(self, person, method, path, **fields):
        """The answer's body, asked for again as phones do until there is one."""
        deadline = time.monotonic() + BACK_SECONDS
        while True:
            try:
                status, body = self._ask(person, method, path, urlencode(fields))
                if status < 500:
                    assert status == 200, (path, status, body[:300])
                    return body
            except (OSError, http.client.HTTPException):
                pass
            with self._lock:
                self.again += 1
            assert time.monotonic() < deadline, f"no answer from {path}"
            time.sleep(0.2)

    def _ask(self, person, method, path, body):
        headers = {"Cookie": f"board_{self.code}={person['cookie']}", "Origin": self.site.url, "X-Board": "1"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)) as connection:
            connection.request(method, f"/nb/board/{self.code}/{path}", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def everybody(self, do, *, pressed=None):
        """Each does it, a few at a time; `pressed()` is called when half of them are through."""
        people = chance.sample(self.people, len(self.people))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            first = [pool.submit(do, one) for one in people[: len(people) // 2]]
            rest = [pool.submit(do, one) for one in people[len(people) // 2 :]]
            for done in first:
                done.result()
            if pressed:
                pressed()
            for done in rest:
                done.result()

    def write(self, person):
        key, text = str(uuid4()), f"Card of {person['id']}"
        self.ask(person, "POST", "do/card/", activity=self.activity, client_id=key, text=text)
        self.cards[text] = person["id"]

    def score(self, person):
        found = DEALT.search(self.ask(person, "GET", "mine/"))
        if found:
            deal, score = int(found[1]), person["id"] % 5 + 1
            self.ask(person, "POST", "do/score/", deal=deal, score=score)
            self.scores[deal] = score
        line = self.lines[person["id"] % len(self.lines)]
        self.ask(person, "POST", "do/heart/", line=line, liked="1")
        self.hearts.add((person["id"], line))

    def go(self, step, number, to="round"):
        fields = {"activity": self.activity, "step": step, "number": number, "to": to}
        self.ask(self.people[0], "POST", "do/cards-go/", **fields)


def seeded_hall(site, people):
    command = [sys.executable, "-m", "tests.faults.seed_hall", str(people)]
    made = subprocess.run(
        command, cwd=ROOT, env=site.environment, check=True, timeout=180, stdout=subprocess.PIPE, text=True
    )
    return Hall(site, json.loads(made.stdout.splitlines()[-1]))


def test_killing_everything_twice_loses_nothing_that_was_acknowledged(site, is_full):
    site.open_live()
    hall = seeded_hall(site, 120 if is_full else 12)
    hall.everybody(hall.write)
    live, board = SimpleNamespace(port=site.live_port), SimpleNamespace(code=hall.code)
    with ExitStack() as stack:
        streams = [stack.enter_context(Stream(live, board)) for _ in range(STREAMS)]
        for number in range(1, CARD_SCORES + 1):
            hall.go(*(("write", 0) if number == 1 else ("round", number - 1)))
            hall.everybody(hall.score, pressed=(lambda: _kill_all(site)) if number in KILLED_IN else None)
            for stream in streams:
                stream.until(f'data-moment="{hall.activity} round {number}"')
        _check_rounds(site, hall)
        hall.go("round", CARD_SCORES)
        for stream in streams:
            stream.until(f'data-moment="{hall.activity} reveal')
    _check_sums(site, hall)
    connects = [stream.connects for stream in streams]
    print(
        f"{len(hall.people)} people, {len(hall.scores)} scores and {len(hall.hearts)} hearts acknowledged, none lost; "
        f"{hall.again} times asked again; streams connected {connects} times"
    )
    assert min(connects) > len(KILLED_IN)


def _kill_all(site):
    for name in ("web", "live", "worker"):
        site.kill(name)
    site.wait_until(site.answers, "the site to be back")


def _check_rounds(site, hall):
    """Every acknowledged card, score and heart is there; every card was scored by five others, each once."""
    cards = site.rows("SELECT id, text, author_id FROM facilitation_card WHERE activity_id = %s", hall.activity)
    assert {text: author for _id, text, author in cards} == hall.cards
    deals = site.rows(
        "SELECT id, card_id, rater_id, score FROM facilitation_deal WHERE activity_id = %s", hall.activity
    )
    assert {deal: score for deal, _card, _rater, score in deals} == hall.scores
    authors = {card: author for card, _text, author in cards}
    for card, author in authors.items():
        raters = [rater for _deal, of, rater, _score in deals if of == card]
        assert (len(raters), len({*raters} - {author})) == (CARD_SCORES, CARD_SCORES)
    hearts = site.rows("SELECT participant_id, line_id FROM facilitation_heart WHERE line_id = ANY(%s)", hall.lines)
    assert sorted(hearts) == sorted(hall.hearts)


def _check_sums(site, hall):
    rows = site.rows(
        "SELECT sum(score_sum), sum(score_count) FROM facilitation_card WHERE activity_id = %s", hall.activity
    )
    assert rows == [(sum(hall.scores.values()), CARD_SCORES * len(hall.people))]

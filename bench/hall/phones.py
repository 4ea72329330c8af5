"""The phones of a hall, for `bench.hall`: each joins, writes a card, reads its stream, and scores what it is dealt.

`python -m bench.hall.phones '{"web": PORT, "live": PORT, "code": …, "people": …, "late": …, "leave": …, "seconds": …}'`
prints "ready" once everybody who comes in time has handed in a card. A line on stdin ends it: it prints one line of JSON
with what the phones were told and what was answered to them.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

chance = Random()  # noqa: S311
LARGEST_EVENT = 4 * 1024 * 1024
AT_ONCE = 12
LANGUAGES = ["nb"] * 7 + ["sv"] * 2 + ["en"]
STAMP = re.compile(rb'"stamp": "(\w+)"')
SPREAD = re.compile(rb'"spread": (\d+)')
MOMENT = re.compile(rb'data-moment=\\"\d+ (\w+) (\d+)\\"')
ACTIVITY = re.compile(r'name="activity" value="(\d+)"')
DEALT = re.compile(r'bench-card-(\d+)(?:.|\n)*?name="deal" value="(\d+)"')
PATIENCE_SECONDS = 15
# One in so many people thinks again.
SECOND_THOUGHTS = 20


class Refused(Exception):
    """An answer that is no yes."""


class Hall:
    """What all phones share, and what they found."""

    def __init__(self, options):
        self.__dict__.update(options)
        self.scores, self.unanswered, self.refused = {}, [], []
        self.took, self.fetched = [], []
        self.arrivals = defaultdict(dict)
        self.own, self.again, self.trouble = [], [], defaultdict(int)


class Phone:
    def __init__(self, hall, number):
        self.hall, self.number = hall, number
        self.language = LANGUAGES[number % len(LANGUAGES)]
        self.address = f"/{self.language}/board/{hall.code}/"
        self.cookie, self.stamp, self.held = "", None, {}
        self.tasks, self.is_gone = set(), False
        self.round, self.came_at = 0, None

    # Requests

    async def ask(self, method, path, fields=None):
        """(status, text). Raises OSError, TimeoutError, and EOFError where the connection broke off."""
        body = urlencode(fields or {}).encode()
        origin = f"127.0.0.1:{self.hall.web}"
        head = f"{method} {path} HTTP/1.1\r\nHost: {origin}\r\nOrigin: http://{origin}\r\nConnection: close\r\nX-Board: 1\r\n"
        head += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.hall.web)
            try:
                writer.write(f"{head}\r\n".encode() + body)
                answer = await reader.read()
            finally:
                writer.close()
        head, _, text = answer.decode("utf-8", "replace").partition("\r\n\r\n")
        self.head = head
        if not head:
            raise EOFError
        for found in re.finditer(r"(?im)^set-cookie:\s*(board_[^;]+)", head):
            self.cookie = found[1]
        return int(head.split()[1]), text

    async def sure(self, method, path, fields=None):
        """As a person who presses again: until there is an answer. Server errors count as trouble."""
        while not self.is_gone:
            try:
                status, text = await self.ask(method, path, fields)
                if status < 500:
                    return status, text
                self.hall.trouble[str(status)] += 1
            except (OSError, TimeoutError, EOFError) as error:
                self.hall.trouble[type(error).__name__] += 1
            await asyncio.sleep(chance.uniform(0.5, 1.5))
        raise asyncio.CancelledError

    # Coming

    async def join(self):
        status, _ = await self.sure("POST", f"{self.address}join/", {"nickname": f"Person {self.number}"})
        if not self.cookie:
            raise Refused(f"joining was answered with {status}")

    async def write(self):
        _, text = await self.sure("GET", f"{self.address}mine/")
        fields = {"activity": ACTIVITY.search(text)[1], "client_id": uuid4(), "text": f"bench-card-{self.number}"}
        status, _ = await self.sure("POST", f"{self.address}do/card/", fields)
        if status != 200:
            raise Refused(status)

    async def watch(self):
        """Read the stream, again whenever it breaks, until this person leaves."""
        while not self.is_gone:
            try:
                await self._read_stream()
            except (OSError, EOFError, asyncio.LimitOverrunError):
                self.hall.trouble["stream broke"] += 1
            await asyncio.sleep(chance.uniform(1, 3))

    async def _read_stream(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.hall.live, limit=LARGEST_EVENT)
        try:
            path = f"/live/boards/{self.hall.code}/?lang={self.language}&view=table"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.hall.live}\r\n\r\n".encode())
            while True:
                event = await reader.readuntil(b"\n\n")
                self.heard(event, time.time())
        finally:
            writer.close()

    def leave(self):
        self.is_gone = True
        for task in self.tasks:
            task.cancel()

    # Taking part

    def heard(self, event, now):
        stamp = STAMP.search(event)
        if stamp is None:
            return
        self.came_at = self.came_at or now
        if moment := MOMENT.search(event):
            step, number = moment[1].decode(), int(moment[2])
            self.round = number if step == "round" else 0
            self.hall.arrivals[f"{step} {number}"].setdefault(self.number, now)
        if stamp[1] != self.stamp:
            is_first, self.stamp = self.stamp is None, stamp[1]
            spread = 0 if is_first else int(SPREAD.search(event)[1]) / 1000
            self.do(self.look(chance.uniform(0, spread)))

    def do(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def look(self, pause):
        """Fetch one's own part and score the card in it, after reading it."""
        await asyncio.sleep(pause)
        if not self.round:
            return
        began, in_round = time.monotonic(), self.round
        _, text = await self.sure("GET", f"{self.address}mine/")
        self.hall.fetched.append(time.monotonic() - began)
        found = DEALT.search(text)
        if not found or found[2] in self.held:
            return
        card, deal = int(found[1]), found[2]
        if card == self.number:
            self.hall.own.append(card)
        if card in self.held.values():
            self.hall.again.append((self.number, card))
        self.held[deal] = card
        seconds = self.hall.seconds
        await asyncio.sleep(chance.uniform(0.05, 0.6) * seconds)
        await self.score(card, deal, in_round)
        if chance.randrange(SECOND_THOUGHTS) == 0:
            await asyncio.sleep(0.1 * seconds)
            await self.score(card, deal, in_round)

    async def score(self, card, deal, in_round):
        """Press until there is an answer, as the page asks one to; what was never answered may be stored or not."""
        number = chance.randint(1, 5)
        while not self.is_gone and self.round == in_round:
            began = time.monotonic()
            self.hall.unanswered.append(card)
            try:
                status, _ = await self.ask("POST", f"{self.address}do/score/", {"deal": deal, "score": number})
            except (OSError, TimeoutError, EOFError) as error:
                self.hall.trouble[type(error).__name__] += 1
                status = None
            else:
                self.hall.unanswered.remove(card)
                self.hall.took.append(time.monotonic() - began)
            if status == 200:
                self.hall.scores[card, self.number, in_round] = number
                return
            if status == 409:
                self.hall.refused.append(card)
                return
            self.hall.trouble[str(status)] += 1
            await asyncio.sleep(chance.uniform(0.5, 1.5))


async def main(options):
    hall = Hall(options)
    late = round(hall.people * hall.late)
    phones = [Phone(hall, number) for number in range(hall.people)]
    in_time, latecomers = phones[: hall.people - late], phones[hall.people - late :]
    gate = asyncio.Semaphore(AT_ONCE)

    async def come(phone):
        async with gate:
            await phone.join()
            await phone.write()
            phone.do(phone.watch())

    await asyncio.gather(*map(come, in_time))
    while len(hall.arrivals["write 0"]) < len(in_time):
        await asyncio.sleep(0.1)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    day = [asyncio.create_task(_come_late(phone)) for phone in latecomers]
    leavers = chance.sample(in_time, round(hall.people * hall.leave))
    day += [asyncio.create_task(_leave_early(phone)) for phone in leavers]
    await asyncio.to_thread(sys.stdin.readline)
    for task in day:
        task.cancel()
    print(json.dumps(_found(hall, phones, leavers)), flush=True)
    for phone in phones:
        phone.leave()


async def _come_late(phone):
    await asyncio.sleep(chance.uniform(0, 4) * phone.hall.seconds)
    await phone.join()
    phone.do(phone.watch())


async def _leave_early(phone):
    await asyncio.sleep(chance.uniform(0, 5) * phone.hall.seconds)
    phone.leave()


def _found(hall, phones, leavers):
    # When each step came to each phone, beside when that phone came itself; without those that left.
    gone = {phone.number for phone in leavers}
    arrivals = {
        step: [[phones[one].came_at, at] for one, at in came.items() if one not in gone]
        for step, came in hall.arrivals.items()
    }
    return {
        "scores": [[*key, score] for key, score in hall.scores.items()],
        "unanswered": hall.unanswered,
        "refused": hall.refused,
        "took": hall.took,
        "fetched": hall.fetched,
        "arrivals": arrivals,
        "own": hall.own,
        "again": hall.again,
        "trouble": hall.trouble,
    }


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))

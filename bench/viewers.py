"""Five hundred viewers of one board, for `bench.board`: each reads its stream and looks for every new note.

`python -m bench.viewers PORT CODE COUNT` prints "ready" once everybody has the board. A line on stdin ends it: it prints
one line of JSON, {note: [monotonic time at which each viewer had it, …]}.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict

NOTE = re.compile(r"bench-\d+-[0-9a-f]{8}")
LARGEST_EVENT = 4 * 1024 * 1024
AT_ONCE = 50
LANGUAGES = ["nb"] * 7 + ["sv"] * 2 + ["en"]


class Viewer:
    """One open stream. Events are parsed when none has come for a while: 500 phones would not share one processor."""

    def __init__(self, number):
        self.language = LANGUAGES[number % len(LANGUAGES)]
        self.events, self.notes, self.has_board = [], {}, asyncio.Event()

    async def watch(self, port, code):
        reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=LARGEST_EVENT)
        path = f"/live/boards/{code}/?lang={self.language}&view=table"
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        while True:
            event = await reader.readuntil(b"\n\n")
            self.events.append((time.monotonic(), event))
            self.has_board.set()

    def parse(self):
        events, self.events = self.events, []
        for received_at, event in events:
            data = event.partition(b"\ndata: {")[2]
            html = json.loads(b"{" + data)["html"] if data else ""
            for note in NOTE.findall(html):
                self.notes.setdefault(note, received_at)


async def main(port, code, count):
    viewers = [Viewer(number) for number in range(count)]
    watching = []
    # In groups: the server's backlog of new connections is shorter than `count`.
    for start in range(0, count, AT_ONCE):
        some = viewers[start : start + AT_ONCE]
        watching += [asyncio.create_task(viewer.watch(port, code)) for viewer in some]
        await asyncio.gather(*[viewer.has_board.wait() for viewer in some])
    print("ready", flush=True)
    parsing = asyncio.create_task(_parse_now_and_then(viewers))
    await asyncio.to_thread(sys.stdin.readline)
    parsing.cancel()
    print(json.dumps(_seen(viewers)), flush=True)
    for task in watching:
        task.cancel()


async def _parse_now_and_then(viewers):
    # One viewer at a time, so that reading is not held up.
    while True:
        for viewer in viewers:
            if viewer.events and time.monotonic() - viewer.events[-1][0] > 0.3:
                viewer.parse()
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)


def _seen(viewers):
    seen = defaultdict(list)
    for viewer in viewers:
        viewer.parse()
        for note, received_at in viewer.notes.items():
            seen[note].append(received_at)
    return seen


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))

"""How fast a board is: `make bench-board`. Everything runs on this machine, with a temporary database.

500 viewers are connected to one live process; one note a second is posted to the web process, for a minute. Measured
for each note: the time from its request until the last viewer has it. Prints a table; the exit code is 1 where a goal is
missed. `--viewers` and `--seconds` make it smaller.
"""

import argparse
import json
import secrets
import statistics
import subprocess
import sys
import threading
import time
from uuid import uuid4

from .server import PATIENCE_SECONDS, ROOT, Browser, Gunicorn, free_port, percentile, temporary_site

GOAL_MS, GOAL_MB = 250, 200
WRITERS = 10


def main():
    options = _arguments()
    web, live = free_port(), free_port()
    temporary_site(SITE_URL=f"http://127.0.0.1:{web}")
    board = _board(people=options.viewers)
    with (
        Gunicorn("otg_site.gunicorn", "otg_site.wsgi", web),
        Gunicorn("otg_site.gunicorn_live", "otg_site.asgi", live) as server,
    ):
        found = _measure(options, board, web=web, live=live, server=server)
    return _report(found)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--viewers", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=60)
    return parser.parse_args()


def _board(*, people):
    # Of the demo chapter's next event; it shows each note at once.
    from events.models import Event
    from facilitation.table import boards, joining

    board = boards.open_board(Event.objects.upcoming().first())
    leader = joining.join(board, nickname="Ola", is_organiser=True)
    for number in range(people - WRITERS - 1):
        joining.join(board, nickname=f"Person {number}")
    return boards.change_settings(board, by=leader, show_at_once=True)


def _measure(options, board, *, web, live, server):
    address = f"/nb/board/{board.code}/"
    writers = [Browser(web) for _ in range(WRITERS)]
    for number, writer in enumerate(writers):
        writer.post(f"{address}join/", nickname=f"Writer {number}")
    print(f"Connecting {options.viewers} viewers …", flush=True)
    command = [sys.executable, "-m", "bench.viewers", str(live), board.code, str(options.viewers)]
    viewers = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        # "ready"
        viewers.stdout.readline()
        print(f"Writing one note a second for {options.seconds} s …", flush=True)
        pages = Pages(web, ["/nb/", f"/nb/events/{board.event.slug}/"])
        sent, memory = _write(options.seconds, writers, address, server)
        pages.stop()
        # For the last note to reach the last viewer.
        time.sleep(2)
        seen = json.loads(viewers.communicate("stop\n", timeout=PATIENCE_SECONDS)[0].splitlines()[-1])
    finally:
        viewers.kill()
        viewers.wait()
    return {"viewers": options.viewers, "sent": sent, "seen": seen, "memory": memory, "pages": pages.took}


def _write(seconds, writers, address, server):
    """Send a note each second; ({note: monotonic time of sending}, the highest memory of the live process in MB)."""
    sent, memory, begin = {}, [], time.monotonic()
    for number in range(seconds):
        time.sleep(max(0, begin + number - time.monotonic()))
        note = f"bench-{number}-{secrets.token_hex(4)}"
        sent[note] = time.monotonic()
        writers[number % len(writers)].post(f"{address}do/note/", client_id=uuid4(), text=note)
        memory.append(server.megabytes())
    return sent, max(memory)


class Pages:
    """Opens ordinary pages once a second meanwhile; `took` has the seconds for each."""

    def __init__(self, port, paths):
        self.took = {path: [] for path in paths}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read, args=[Browser(port)], daemon=True)
        self._thread.start()

    def stop(self):
        self._over.set()
        self._thread.join()

    def _read(self, browser):
        while not self._over.wait(0.9):
            for path, took in self.took.items():
                start = time.monotonic()
                browser.get(path)
                took.append(time.monotonic() - start)


def _report(found):
    waits = [
        (max(found["seen"][note]) - moment) * 1000 for note, moment in found["sent"].items() if note in found["seen"]
    ]
    expected = len(found["sent"]) * found["viewers"]
    lost = expected - sum(len(moments) for note, moments in found["seen"].items() if note in found["sent"])
    # A note is delivered when its slowest viewer has it.
    p95 = percentile(waits, 95) if waits else float("inf")
    print(f"\n{found['viewers']} viewers, {len(found['sent'])} notes, {expected - lost} of {expected} deliveries\n")
    rows = [
        ("request sent → last viewer has it, p95", f"{p95:.0f} ms", f"≤ {GOAL_MS} ms", p95 <= GOAL_MS),
        ("lost", lost, "0", lost == 0),
        ("memory of the live process", f"{found['memory']:.0f} MB", f"< {GOAL_MB} MB", found["memory"] < GOAL_MB),
    ]
    for what, is_, goal, good in rows:
        print(f"  {what:42}{is_!s:>10}   goal {goal:10}{'met' if good else 'MISSED'}")
    if waits:
        print(f"  {'… p50, and the slowest of all':42}{statistics.median(waits):>7.0f} ms   {max(waits):.0f} ms")
    for path, took in found["pages"].items():
        milliseconds = [seconds * 1000 for seconds in took] or [0]
        print(f"  {path[:40]:42}{percentile(milliseconds, 50):>7.0f} ms   p95 {percentile(milliseconds, 95):.0f} ms")
    return 0 if all(row[3] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How fast a board is: viewers are connected to one live process; one note a second is posted to the web process.

Measured for each note: the time from its request until the last viewer has it.
"""

import json
import secrets
import subprocess
import sys
import threading
import time
from uuid import uuid4

from .server import PATIENCE_SECONDS, ROOT, Browser, Gunicorn, free_port, percentile

GOAL_MS, GOAL_MB = 250, 200
WRITERS = 10


def measure(port, *, viewers=500, seconds=60):
    """Rows of the report."""
    live = free_port()
    board = _board(people=viewers)
    with (
        Gunicorn("otg_site.gunicorn", "otg_site.wsgi", port),
        Gunicorn("otg_site.gunicorn_live", "otg_site.asgi", live) as server,
    ):
        found = _measure(viewers, seconds, board, web=port, live=live, server=server)
    return _rows(found)


def _board(*, people):
    # Of the demo chapter's next event; it shows each note at once.
    from events.models import Event
    from facilitation.table import boards, joining

    board = boards.open_board(Event.objects.upcoming().first())
    leader = joining.join(board, nickname="Ola", is_organiser=True)
    for number in range(people - WRITERS - 1):
        joining.join(board, nickname=f"Person {number}")
    return boards.change_settings(board, by=leader, show_at_once=True)


def _measure(viewers, seconds, board, *, web, live, server):
    address = f"/nb/board/{board.code}/"
    writers = [Browser(web) for _ in range(WRITERS)]
    for number, writer in enumerate(writers):
        writer.post(f"{address}join/", nickname=f"Writer {number}")
    command = [sys.executable, "-m", "bench.viewers", str(live), board.code, str(viewers)]
    watching = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        # "ready"
        watching.stdout.readline()
        pages = Pages(web, ["/nb/", f"/nb/events/{board.event.slug}/"])
        sent, memory = _write(seconds, writers, address, server)
        pages.stop()
        # For the last note to reach the last viewer.
        time.sleep(2)
        seen = json.loads(watching.communicate("stop\n", timeout=PATIENCE_SECONDS)[0].splitlines()[-1])
    finally:
        watching.kill()
        watching.wait()
    return {"viewers": viewers, "sent": sent, "seen": seen, "memory": memory, "pages": pages.took}


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


def _rows(found):
    waits = [
        (max(found["seen"][note]) - moment) * 1000 for note, moment in found["sent"].items() if note in found["seen"]
    ]
    seen = sum(len(moments) for note, moments in found["seen"].items() if note in found["sent"])
    lost = len(found["sent"]) * found["viewers"] - seen
    # A note is delivered when its slowest viewer has it.
    p95 = percentile(waits, 95) if waits else float("inf")
    yield {
        "what": f"a note on a board until the last of {found['viewers']} viewers has it", "p95 ms": p95,
        "slowest ms": max(waits, default=p95), "failed": lost, "goal": f"p95 ≤ {GOAL_MS} ms", "met": p95 <= GOAL_MS and not lost,
    }  # fmt: skip
    yield {
        "what": f"… memory of the live process: {found['memory']:.0f} MB",
        "goal": f"< {GOAL_MB} MB", "met": found["memory"] < GOAL_MB,
    }  # fmt: skip
    for path, took in found["pages"].items():
        milliseconds = [seconds * 1000 for seconds in took] or [0]
        yield {
            "what": f"… {path} meanwhile",
            "ms": percentile(milliseconds, 50),
            "p95 ms": percentile(milliseconds, 95),
        }

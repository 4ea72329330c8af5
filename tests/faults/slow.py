"""People who are slow on purpose, and the pages that everybody else asks for meanwhile."""

import selectors
import socket
import threading
import time
import urllib.request
from contextlib import suppress

HEAD = "POST /nb/accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
# What each kind of slow person sends at once; then comes a byte every `EVERY_SECONDS`.
BEGINNINGS = {
    "heads": b"GET /nb/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "bodies": f"{HEAD}Content-Length: 100000\r\n\r\nemail=".encode(),
    "chunks": f"{HEAD}Transfer-Encoding: chunked\r\n\r\n186a0\r\n".encode(),
    "silent": b"",
    # Ask for more than a socket takes at once, and read hardly any of it.
    "readers": b"GET /static/img/screenshot.webp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2,
}
EVERY_SECONDS = 3


class SlowPeople:
    """`with SlowPeople(port, kind="bodies", number=500):`. Who is thrown out comes back at once."""

    def __init__(self, port, *, kind, number):
        self.port, self.kind, self.number = port, kind, number
        self.thrown_out, self._goes_on = 0, True
        self._lines = selectors.DefaultSelector()
        self._thread = threading.Thread(target=self._be_slow, daemon=True)

    def __enter__(self):
        for _ in range(self.number):
            self._come()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._goes_on = False
        self._thread.join()
        for key in list(self._lines.get_map().values()):
            key.fileobj.close()

    def _come(self):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.settimeout(10)
        with suppress(OSError):
            line.connect(("127.0.0.1", self.port))
            line.sendall(BEGINNINGS[self.kind])
        line.setblocking(False)
        self._lines.register(line, selectors.EVENT_READ)

    def _be_slow(self):
        then = time.monotonic() + EVERY_SECONDS
        while self._goes_on:
            for key, _ in self._lines.select(0.2) if self.kind != "readers" else [time.sleep(0.2)][:0]:
                self._leave_if_thrown_out(key.fileobj)
            if time.monotonic() > then:
                then += EVERY_SECONDS
                self._send_a_byte()

    def _leave_if_thrown_out(self, line):
        with suppress(BlockingIOError, OSError):
            if line.recv(4096):
                return
        self._lines.unregister(line)
        line.close()
        self.thrown_out += 1
        self._come()

    def _send_a_byte(self):
        for key in list(self._lines.get_map().values()):
            with suppress(OSError):
                if self.kind == "readers":
                    key.fileobj.recv(1)
                elif self.kind != "silent":
                    key.fileobj.send(b"a")


class Visitors:
    """Ask for pages for some seconds, two at a time; `times` has the seconds that each took, sorted."""

    def __init__(self, port, paths, *, seconds, threads=2):
        self.port, self.paths, self.times, self.failed = port, paths, [], []
        self._end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.times.sort()

    def __str__(self):
        p50, p99, most = (1000 * self.at(share) for share in (0.5, 0.99, 1))
        return f"{len(self.times)} pages, p50 {p50:.0f} ms, p99 {p99:.0f} ms, most {most:.0f} ms, {len(self.failed)} failed"

    def at(self, share):
        """The time within which this share of the pages came."""
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))] if self.times else float("nan")

    def _ask(self):
        turn = 0
        while time.monotonic() < self._end:
            begin = time.monotonic()
            path = self.paths[turn % len(self.paths)]
            turn += 1
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                    answer.read()
            except OSError as error:
                self.failed.append((path, error))
            self.times.append(time.monotonic() - begin)
            time.sleep(0.02)

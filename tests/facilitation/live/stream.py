"""A viewer of a board, as a browser is one: it reads the stream, comes back when it breaks, and stops at a 204."""

import http.client
import json
import queue
import socket
import threading
import time
from contextlib import closing, suppress

PATIENCE_SECONDS = 30


class Stream:
    def __init__(self, server, board, *, language="nb", view="table"):
        self.address = ("127.0.0.1", server.port)
        self.path = f"/live/boards/{board.code}/?lang={language}&view={view}"
        self.parts, self.seen, self.is_open = queue.Queue(), [], True
        # How often it had to connect: what came over one connection was pushed.
        self.connects, self.socket = 0, None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_open = False
        if self.socket:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(PATIENCE_SECONDS)

    def next(self):
        self.seen.append(self.parts.get(timeout=PATIENCE_SECONDS))
        return self.seen[-1]

    def until(self, text):
        """The first part from now on that has `text` in it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in (part := self.next())["html"]:
            assert time.monotonic() < deadline, f"{text!r} never came"
        return part

    def _run(self):
        while self.is_open:
            try:
                self._read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)

    def _read(self):
        with closing(http.client.HTTPConnection(*self.address, timeout=2 * PATIENCE_SECONDS)) as connection:
            connection.connect()
            self.socket = connection.sock
            connection.request("GET", self.path)
            with connection.getresponse() as answer:
                self.is_open = self.is_open and answer.status == 200
                self.connects += 1
                self._listen(answer)

    def _listen(self, answer):
        while line := answer.readline():
            if line.startswith(b"data: {"):
                self.parts.put(json.loads(line[6:]))

"""The body of a request, collected in a file of its own until it is whole."""

import asyncio
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Lock

# The key of `environ` under which a request says why it may not be served: one of `chapter.web.errors.PAGES`, or None.
# `chapter.web.middleware` answers with that page.
REFUSAL = "site.refusal"
BROKE_OFF, TOO_MUCH, BUSY = "broke_off", "too_much", "unavailable"

# A little more than a form may bring (chapter/web/uploads.py), which has a say of its own.
MAX_BYTES = 33 * 1024 * 1024
IN_MEMORY_BYTES = 32 * 1024
# A body may fall this far behind its pace: 32 MB may come over a poor mobile connection, but not a byte every three
# seconds.
GRACE_SECONDS = 20
BYTES_A_SECOND = 10_000
# Of all bodies in a process; who comes on top is asked to try again.
HELD_BYTES = 256 * 1024 * 1024


class Refused(Exception):
    def __init__(self, why):
        self.why = why


class Body:
    """What has arrived. `file` is read by the application."""

    def __init__(self, store):
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (closed with the body)
        self.length, self._store = 0, store

    def add(self, piece):
        if self.length + len(piece) > MAX_BYTES:
            raise Refused(TOO_MUCH)
        self._store.hold(len(piece))
        self.length += len(piece)
        self.file.write(piece)

    def close(self):
        self._store.hold(-self.length)
        self.file.close()


class NoBody:
    length = 0

    def __init__(self):
        self.file = BytesIO()

    def close(self):
        pass


class Store:
    """All bodies of this process."""

    def __init__(self):
        self.held = 0
        self._lock = Lock()

    def hold(self, number):
        with self._lock:
            if number > 0 and self.held + number > HELD_BYTES:
                raise Refused(BUSY)
            self.held += number

    async def collect(self, receive, *, promised, line):
        """The whole body, which must be closed. Raises Refused.

        `promised` is its length in bytes, or None where only its end will tell.
        """
        if promised == 0:
            return NoBody()
        if promised is not None and promised > MAX_BYTES:
            raise Refused(TOO_MUCH)
        body = Body(self)
        try:
            await _fill(body, receive, line)
            if promised is not None and body.length != promised:
                raise Refused(BROKE_OFF)
        except BaseException:
            body.close()
            raise
        body.file.seek(0)
        return body


async def _fill(body, receive, line):
    clock = asyncio.get_running_loop().time
    deadline = clock() + GRACE_SECONDS
    while True:
        message = await line.hear(receive, deadline=deadline)
        if message is None or message["type"] == "http.disconnect":
            raise Refused(BROKE_OFF)
        piece = message.get("body", b"")
        body.add(piece)
        # Whoever sent much at once may not rest on it: eight such people would hold all that a process may keep.
        deadline = min(deadline + len(piece) / BYTES_A_SECOND, clock() + GRACE_SECONDS)
        if not message.get("more_body"):
            return

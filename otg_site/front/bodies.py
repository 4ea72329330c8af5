"""The body of a request, collected in a file of its own until it is whole."""

import asyncio
from collections import Counter
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Lock

from django.utils.http import parse_header_parameters

# The key of `environ` under which a request says why it may not be served: one of `chapter.web.errors.PAGES`, or None.
# `chapter.web.middleware` answers with that page.
REFUSAL = "site.refusal"
BROKE_OFF, TOO_MUCH, BUSY, UNCLEAR = "broke_off", "too_much", "unavailable", "bad_request"

# A little more than a form may bring (chapter/web/uploads.py), which has a say of its own.
MAX_BYTES = 33 * 1024 * 1024
IN_MEMORY_BYTES = 32 * 1024
# A body may fall this far behind its pace: 32 MB may come over a poor mobile connection, but not a byte every three
# seconds.
GRACE_SECONDS = 20
BYTES_A_SECOND = 10_000
# Of all bodies in a process, and of those from one client address; who comes on top is asked to try again.
HELD_BYTES, SHARE_BYTES = 256 * 1024 * 1024, 64 * 1024 * 1024
# A form without files counts apart, so that those who send pictures keep nobody else waiting.
SMALL_BYTES = 64 * 1024
HELD_SMALL_BYTES, SMALL_SHARE_BYTES = 64 * 1024 * 1024, 8 * 1024 * 1024


# What may follow the last line of a form in several parts.
AFTER_THE_END = b"\r\n\t "


class Refused(Exception):
    def __init__(self, why):
        self.why = why


class Body:
    """What has arrived. `file` is read by the application."""

    def __init__(self, store, asker):
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (closed with the body)
        self.length, self._store, self._asker = 0, store, asker

    def add(self, piece):
        length = self.length + len(piece)
        if length > MAX_BYTES:
            raise Refused(TOO_MUCH)
        self._store.hold(length, instead_of=self.length, asker=self._asker)
        self.length = length
        self.file.write(piece)

    def finish(self, *, content_type):
        """All has arrived, and is read from its beginning. Raises Refused for a form in parts whose last line is missing.

        Its length may be right all the same, where it was cut before it was sent on.
        """
        if (end := _end_of(content_type)) and self.length:
            self.file.seek(max(0, self.length - len(end) - 64))
            if not self.file.read().rstrip(AFTER_THE_END).endswith(end):
                raise Refused(BROKE_OFF)
        self.file.seek(0)

    def close(self):
        self._store.hold(0, instead_of=self.length, asker=self._asker)
        self.file.close()


def _end_of(content_type):
    kind, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "")
    # Without one that can be read, Django refuses the form.
    is_in_parts = kind == "multipart/form-data" and boundary and boundary.isascii()
    return f"--{boundary}--".encode() if is_in_parts else b""


class NoBody:
    length = 0

    def __init__(self):
        self.file = BytesIO()

    def close(self):
        pass


class Pot:
    """So many bytes, and of those so many for each asker. Nobody knows who "" is, so that one has no share."""

    def __init__(self):
        self.held, self._shares = 0, Counter()

    def add(self, number, asker, *, most, share):
        is_too_much = self.held + number > most or (asker and self._shares[asker] + number > share)
        if number > 0 and is_too_much:
            raise Refused(BUSY)
        self.held += number
        self._shares[asker] += number
        if not self._shares[asker]:
            del self._shares[asker]


class Store:
    """All bodies of this process. An asker is a client address."""

    def __init__(self):
        self._small, self._large = Pot(), Pot()
        self._lock = Lock()

    @property
    def held(self):
        return self._small.held + self._large.held

    def hold(self, length, *, instead_of=0, asker=""):
        """Count a body of this length, which had the length `instead_of` before. Raises Refused, and counts as before."""
        with self._lock:
            self._count(-instead_of, asker, length=instead_of)
            try:
                self._count(length, asker, length=length)
            except Refused:
                self._count(instead_of, asker, length=instead_of)
                raise

    def _count(self, number, asker, *, length):
        if length <= SMALL_BYTES:
            self._small.add(number, asker, most=HELD_SMALL_BYTES, share=SMALL_SHARE_BYTES)
        else:
            self._large.add(number, asker, most=HELD_BYTES, share=SHARE_BYTES)

    async def collect(self, receive, *, promised, line, asker="", content_type=""):
        """The whole body, which must be closed. Raises Refused.

        `promised` is its length in bytes, or None where only its end will tell.
        """
        if promised == 0:
            return NoBody()
        if promised is not None and promised > MAX_BYTES:
            raise Refused(TOO_MUCH)
        body = Body(self, asker)
        try:
            await _fill(body, receive, line)
            if promised is not None and body.length != promised:
                raise Refused(BROKE_OFF)
            body.finish(content_type=content_type)
        except BaseException:
            body.close()
            raise
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

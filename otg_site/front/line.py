"""The connection on which a request came, as far as the server lets us see it."""

import asyncio
from contextvars import ContextVar

_line = ContextVar("line")


class Line:
    """What is known of one connection. Under a server other than ours nothing is, and the methods still work."""

    def __init__(self, transport=None):
        self.transport = transport
        self.has_asked = self.is_answering = self.has_ended = False
        self._patience = None

    async def hear(self, receive, *, deadline):
        """The next message, or None if the deadline (of the loop's clock) passes or the client ends its side before."""
        try:
            async with asyncio.timeout_at(0 if self.has_ended else deadline) as self._patience:
                return await receive()
        except TimeoutError:
            return None
        finally:
            self._patience = None

    def end(self):
        """The client sends nothing more, and may still read."""
        self.has_ended = True
        if self._patience:
            self._patience.reschedule(0)

    def cut(self):
        """Close at once, without waiting for a client that does not read."""
        if self.transport:
            self.transport.abort()


def open_line(transport):
    """A Line that `current_line` finds in every task of this connection: to be called before the server makes them."""
    line = Line(transport)
    _line.set(line)
    return line


def current_line():
    return _line.get(None) or Line()

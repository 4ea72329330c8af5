"""gunicorn's worker class for pages and streams: `worker_class = "otg_site.front.worker.Worker"`.

It takes a WSGI application (`otg_site.wsgi`), which it puts behind Pages, or an ASGI application as it is.
"""

import inspect
import resource

from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers import gasgi

from .line import current_line, open_line
from .pages import Pages

# A connection that has sent no whole head of a request by then is closed.
HEAD_SECONDS = 20
# What was asked last before the client ended its side has been begun by then.
ANSWER_SECONDS = 1


class Connection(ASGIProtocol):
    """A connection with a Line, and a deadline for the first request's head. (gunicorn has one for those that follow.)"""

    def connection_made(self, transport):
        self.line = open_line(transport)
        self._deadline = self.worker.loop.call_later(HEAD_SECONDS, self._close_if_nothing_was_asked)
        super().connection_made(transport)

    def connection_lost(self, error):
        self._deadline.cancel()
        super().connection_lost(error)

    def eof_received(self):
        """The client has sent all that it will. True keeps the way back to it open, for a page that is still to come."""
        self.line.end()
        if self.line.has_asked and not self.line.is_answering:
            return False
        self.worker.loop.call_later(ANSWER_SECONDS, self._close_if_nothing_is_answered)
        return True

    def _close_if_nothing_was_asked(self):
        if not self.line.has_asked:
            self.transport.abort()

    def _close_if_nothing_is_answered(self):
        if not self.line.is_answering:
            self.transport.abort()


class Worker(gasgi.ASGIWorker):
    @classmethod
    def check_config(cls, cfg, log):
        """Unlike its parent, it knows what to do with `threads`."""

    def init_process(self):
        # Slow people cost a file descriptor each.
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        # The class of the connections is no setting of gunicorn's.
        gasgi.ASGIProtocol = Connection
        super().init_process()

    def load_wsgi(self):
        super().load_wsgi()
        self.asgi = _counted(self.asgi if _speaks_asgi(self.asgi) else Pages(self.asgi, threads=self.cfg.threads))


def _counted(application):
    """The application, for requests alone; nothing here speaks over a WebSocket."""

    async def counted(scope, receive, send):
        current_line().has_asked = True
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close"})
        return await application(scope, receive, send)

    return counted


def _speaks_asgi(application):
    return isinstance(application, Pages) or inspect.iscoroutinefunction(application)

"""A WSGI application behind an ASGI server: the event loop waits for slow people, and threads only ever work.

Django's own ASGI handler gives each request a new thread, and so a new connection to the database. Here a few threads
stay and keep theirs. See docs/decisions/0019-whole-requests-only.md.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from . import bodies
from .environ import asker_of, content_type_of, environ_of, promised_length
from .line import current_line
from .running import run

THREADS = 4
# Who does not take a piece of an answer within a minute is gone, or means to be in the way.
PIECE_SECONDS = 60
# A connection that is closed while a form that is not taken still arrives takes the page with it that says so.
LISTEN_SECONDS = 10


class Pages:
    """An ASGI application with the pages of a WSGI application."""

    def __init__(self, application, *, threads=THREADS):
        self.application = application
        self.store = bodies.Store()
        self._makers = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        # Five hundred who are refused in the same second stand in a line of their own.
        self._refusers = ThreadPoolExecutor(1, thread_name_prefix="refusals")
        # Whoever reads waits for no page that is being made.
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="answers")

    async def __call__(self, scope, receive, send):
        line = current_line()
        line.is_answering = True
        try:
            refusal = await self._serve(scope, receive, send, line)
            if refusal in (bodies.TOO_MUCH, bodies.BUSY):
                await _listen_on(receive, line)
        finally:
            line.is_answering = False

    async def _serve(self, scope, receive, send, line):
        """Why the request was refused, or None."""
        refusal = None
        try:
            promised = promised_length(scope)
            # Most requests have no body.
            who = {"asker": asker_of(scope), "content_type": content_type_of(scope)} if promised != 0 else {}
            body = await self.store.collect(receive, promised=promised, line=line, **who)
        except bodies.Refused as refused:
            body, refusal = bodies.NoBody(), refused.why
        environ = environ_of(scope, body.file, length=body.length, refusal=refusal)
        answer = await _in(self._refusers if refusal else self._makers, self._make, environ, body)
        try:
            await self._send(answer, send, line, is_head=scope["method"] == "HEAD")
        finally:
            self._readers.submit(answer.close)
        return refusal

    def _make(self, environ, body):
        # Closed here: a task that waits for a thread may be cancelled, and the thread goes on.
        try:
            return run(self.application, environ)
        finally:
            body.close()

    async def _send(self, answer, send, line, *, is_head):
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        piece = b"" if is_head else answer.first
        while answer.goes_on(after=piece):
            if not await _is_taken(send, piece, more_body=True):
                return line.cut()
            piece = await _in(self._readers, answer.next_piece)
        if not await _is_taken(send, piece, more_body=False):
            line.cut()


async def _in(threads, work, *args):
    return await asyncio.get_running_loop().run_in_executor(threads, work, *args)


async def _is_taken(send, piece, *, more_body):
    try:
        async with asyncio.timeout(PIECE_SECONDS):
            await send({"type": "http.response.body", "body": piece, "more_body": more_body})
    except TimeoutError:
        return False
    return True


async def _listen_on(receive, line):
    deadline = asyncio.get_running_loop().time() + LISTEN_SECONDS
    while (message := await line.hear(receive, deadline=deadline)) and message.get("more_body"):
        pass

"""Who watches which board in this process, and how a change reaches them.

One hub per process: one connection listens for `changes.CHANNEL`; each change is drawn once per language and view in
a thread, and put into every viewer's queue of one, where the latest wins. All but the drawing happens on the event loop.
"""

import asyncio
import json
import logging
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import Error, InterfaceError, OperationalError, connection
from psycopg import sql

from ..board_lock import CHANNEL
from ..drawing import shared as drawing
from ..models import Board

log = logging.getLogger(__name__)

# Seconds between attempts at a database that is away: the first, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5
# A peer that has vanished without a word is noticed after 10 + 3 × 5 seconds.
KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
# The least time between two drawings of a board: seven a second are seen as at once.
GAP_SECONDS = 0.15
# So often a board that is watched is looked at without any notice: what is told of its microactions, and whether it is
# there at all, changes without one, and so does what could not be drawn.
LOOK_AGAIN_SECONDS = 30
# After the end of time, so that `Round.is_voting` is surely true when it is drawn.
GRACE_SECONDS = 0.05


class Viewer:
    """One open stream. `next()` waits for what is to be shown; None means that the board is gone."""

    def __init__(self, board_id, language, view):
        self.board_id, self.key = board_id, (language, view)
        self._queue = asyncio.Queue(maxsize=1)

    def show(self, frame):
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(frame)

    async def next(self):
        return await self._queue.get()


class Frame:
    """A drawn Part as bytes, made once for all who get it; only the clock is written at sending."""

    def __init__(self, part):
        self.part = part
        self._head = f'event: part\nid: {part.version}\ndata: {{"now": '.encode()
        self._tail = (", " + json.dumps(part.data(), ensure_ascii=False)[1:] + "\n\n").encode()

    def as_event(self):
        return self._head + str(drawing.server_now()).encode() + self._tail


class Show:
    """One board that somebody watches here."""

    def __init__(self, hub, board_id):
        self.hub, self.board_id = hub, board_id
        self.viewers = defaultdict(set)
        self.frames = {}
        self._is_stale, self._drawing, self._alarm = False, None, None
        self._drawn_at = -GAP_SECONDS

    def enter(self, viewer):
        self.viewers[viewer.key].add(viewer)
        if viewer.key in self.frames:
            viewer.show(self.frames[viewer.key])
        else:
            self.redraw()

    def leave(self, viewer):
        self.viewers[viewer.key].discard(viewer)
        if not self.viewers[viewer.key]:
            del self.viewers[viewer.key]
            self.frames.pop(viewer.key, None)

    def heard(self, version):
        """Draw anew, unless what is shown has this version already."""
        if any(key not in self.frames or self.frames[key].part.version < version for key in self.viewers):
            self.redraw()

    def redraw(self):
        """Soon, and once, however often it is asked for meanwhile."""
        self._is_stale = True
        if self._drawing is None or self._drawing.done():
            self._drawing = asyncio.create_task(self._draw())

    def close(self):
        """Whoever is drawn for has gone."""
        if self._alarm:
            self._alarm.cancel()

    async def _draw(self):
        pause = FIRST_PAUSE
        while self._is_stale and self.viewers:
            await self._breathe()
            self._is_stale = False
            self._look_again_after(LOOK_AGAIN_SECONDS)
            try:
                await self._draw_all()
            except Board.DoesNotExist:
                return self._end()
            except Error:
                log.warning("Board %s could not be drawn; again in %s s", self.board_id, pause)
                self._is_stale = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:
                # Nobody awaits this task: without this line a mistake in a template would be silence.
                log.exception("Board %s could not be drawn", self.board_id)

    async def _breathe(self):
        """When hundreds press at once, what they did is shown together."""
        await asyncio.sleep(max(0, self._drawn_at + GAP_SECONDS - self.hub.loop.time()))
        self._drawn_at = self.hub.loop.time()

    async def _draw_all(self):
        parts = await self.hub.in_thread(drawing.shared_with, self.board_id, list(self.viewers))
        for key, part in parts.items():
            self._show(key, part)
        # Of all: the end of time may lie between the drawings of two languages.
        if ends := [part.ends_at for part in parts.values() if part.ends_at is not None]:
            self._look_again_after(min(LOOK_AGAIN_SECONDS, min(ends) / 1000 - time.time() + GRACE_SECONDS))

    def _show(self, key, part):
        before = self.frames.get(key)
        if key not in self.viewers or (before and before.part == part):
            return
        self.frames[key] = frame = Frame(part)
        for viewer in self.viewers[key]:
            viewer.show(frame)

    def _look_again_after(self, seconds):
        self.close()
        if self.viewers:
            self._alarm = self.hub.loop.call_later(max(0, seconds), self.redraw)

    def _end(self):
        for viewer in [viewer for viewers in self.viewers.values() for viewer in viewers]:
            viewer.show(None)


class Hub:
    """Everything that this process shows live."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.shows = {}
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="boards")
        self._listening = None

    async def enter(self, code, *, language, view):
        """A Viewer of the board with this code, or None where there is none. Whoever enters must leave."""
        board_id = await self.in_thread(_board_id, code)
        if board_id is None:
            return None
        self._listen()
        show = self.shows.setdefault(board_id, Show(self, board_id))
        viewer = Viewer(board_id, language, view)
        show.enter(viewer)
        return viewer

    def leave(self, viewer):
        show = self.shows[viewer.board_id]
        show.leave(viewer)
        if not show.viewers:
            show.close()
            del self.shows[viewer.board_id]

    async def in_thread(self, work, *args, **kwargs):
        return await self.loop.run_in_executor(self._threads, lambda: _with_database(work, *args, **kwargs))

    def _listen(self):
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._keep_listening())

    async def _keep_listening(self):
        pause = FIRST_PAUSE
        while True:
            try:
                async with await _connect() as listener:
                    await listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    pause = FIRST_PAUSE
                    self._catch_up()
                    async for notice in listener.notifies():
                        self._heard(notice.payload)
            except (psycopg.Error, OSError, ValueError) as error:
                log.warning("Not listening for changes (%s); again in %s s", str(error).split("\n")[0], pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _catch_up(self):
        """What was said while nobody listened is not said again."""
        for show in self.shows.values():
            show.redraw()

    def _heard(self, payload):
        board_id, version = map(int, payload.split(":"))
        if board_id in self.shows:
            self.shows[board_id].heard(version)


_hub = None


def hub():
    """The hub of the running event loop; a process that serves has one."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


async def _connect():
    params = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        params.pop(name, None)
    return await psycopg.AsyncConnection.connect(autocommit=True, **{**params, **KEEPALIVE})


def _board_id(code):
    return Board.objects.filter(code=code).values_list("pk", flat=True).first()


def _with_database(work, *args, **kwargs):
    """The thread's connection is kept; where the server has closed it meanwhile, a new one is opened and tried once."""
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connection.close()
        return work(*args, **kwargs)

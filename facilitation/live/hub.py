"""Who watches which board in this process, and how a change reaches them.

One hub per process: one connection listens for `board_lock.CHANNEL`; each change is drawn once per language and view in
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

from ..activities import clock
from ..board_lock import CHANNEL, PAGES_CHANNEL
from ..drawing import pages, shared
from ..models import Board
from . import listening

logger = logging.getLogger(__name__)

# Seconds between attempts to reach the database: the first pause, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5
# The least time between two drawings of a board; seven a second look immediate. A hall gets fewer: each of its viewers
# costs a sending.
GAP_SECONDS = 0.15
GAP_SECONDS_A_VIEWER = 0.0005
FEW_VIEWERS = 500
# A watched board is also drawn without a notice: who may read its microactions, and its deletion, send none, and a
# drawing may have failed.
LOOK_AGAIN_SECONDS = 30
# Added to the end of a round, so that `Round.is_voting` is true when it is drawn.
GRACE_SECONDS = 0.05


class Viewer:
    """One open stream. `next()` waits for a Frame; None means that the board was deleted."""

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
    """A drawn Part as bytes, encoded once for all viewers; only the clock is added at sending."""

    def __init__(self, part):
        self.part = part
        self._head = f'event: part\nid: {part.version}\ndata: {{"now": '.encode()
        self._tail = (", " + json.dumps(part.data(), ensure_ascii=False)[1:] + "\n\n").encode()

    def as_event(self):
        return self._head + str(shared.server_now()).encode() + self._tail


class Show:
    """One board that somebody watches here."""

    def __init__(self, hub, board_id):
        self.hub, self.board_id = hub, board_id
        self.viewers = defaultdict(set)
        self.frames = {}
        # Of pages of single sessions: the mark at which each was drawn.
        self._marks = {}
        self._is_stale, self._pages_are_stale = False, False
        self._drawing, self._alarm = None, None
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
            self._marks.pop(viewer.key, None)

    def heard(self, version):
        # A notice for a version that is on every screen already costs nothing. A page keeps the version of its last change.
        if any(
            key not in self.frames or self.frames[key].part.version < version
            for key in self.viewers
            if not _is_page(key)
        ):
            self.redraw()
        else:
            self.redraw_pages()

    def redraw(self):
        """Draw soon, once for all calls until then."""
        self._is_stale = True
        self._begin()

    def redraw_pages(self):
        """The same, of pages of single sessions alone."""
        if any(map(_is_page, self.viewers)):
            self._pages_are_stale = True
            self._begin()

    def _begin(self):
        if self._drawing is None or self._drawing.done():
            self._drawing = asyncio.create_task(self._draw())

    def close(self):
        if self._alarm:
            self._alarm.cancel()

    @property
    def _gap(self):
        many = sum(map(len, self.viewers.values())) - FEW_VIEWERS
        return GAP_SECONDS + GAP_SECONDS_A_VIEWER * max(0, many)

    async def _draw(self):
        pause = FIRST_PAUSE
        while (self._is_stale or self._pages_are_stale) and self.viewers:
            # When hundreds press at once, the pause collects their changes into one drawing.
            await asyncio.sleep(max(0, self._drawn_at + self._gap - self.hub.loop.time()))
            self._drawn_at = self.hub.loop.time()
            is_whole, self._is_stale, self._pages_are_stale = self._is_stale, False, False
            try:
                await (self._draw_all() if is_whole else self._draw_pages())
            except Board.DoesNotExist:
                for viewer in [viewer for viewers in self.viewers.values() for viewer in viewers]:
                    viewer.show(None)
                return
            except Error:
                logger.warning("Board %s could not be drawn; again in %s s", self.board_id, pause)
                self._is_stale = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:
                # Nobody awaits this task: without this line an error in a template would be silent.
                logger.exception("Board %s could not be drawn", self.board_id)

    async def _draw_pages(self):
        await self._show([key for key in self.viewers if _is_page(key)])

    async def _draw_all(self):
        self._look_again_after(LOOK_AGAIN_SECONDS)
        parts = await self._show(list(self.viewers))
        # Of all parts: a round may end between the drawings of two languages.
        ends = [
            part.ends_at / 1000 - time.time() + GRACE_SECONDS for part in parts.values() if part.ends_at is not None
        ]
        again = [part.look_again for part in parts.values() if part.look_again is not None]
        self._look_again_after(min([LOOK_AGAIN_SECONDS, *ends, *again]))

    async def _show(self, keys):
        """Draw these, of pages those that have changed, and show what differs."""
        parts, marks = await self.hub.in_thread(_parts, self.board_id, keys, dict(self._marks))
        self._marks |= {key: mark for key, mark in marks.items() if key in self.viewers}
        for key, part in parts.items():
            before = self.frames.get(key)
            # Its viewers may have left while it was drawn.
            if key not in self.viewers or (before and before.part == part):
                continue
            self.frames[key] = frame = Frame(part)
            for viewer in self.viewers[key]:
                viewer.show(frame)
        return parts

    def _look_again_after(self, seconds):
        self.close()
        if self.viewers:
            self._alarm = self.hub.loop.call_later(max(0, seconds), self.redraw)


class Hub:
    """Everything that this process shows live."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.shows = {}
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="boards")
        self._listening = None

    async def enter(self, code, *, language, view):
        """A Viewer of the board with this code, for which `leave` must be called; None for an unknown code."""
        board_id, view = await self.in_thread(_find, code, view)
        if board_id is None:
            return None
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._keep_listening())
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
        """Database work outside the event loop. A connection that the server has closed is opened again, once."""
        return await self.loop.run_in_executor(self._threads, lambda: _with_database(work, *args, **kwargs))

    async def _keep_listening(self):
        pause = FIRST_PAUSE
        while True:
            try:
                async with await listening.connect(CHANNEL, PAGES_CHANNEL) as listener:
                    pause = FIRST_PAUSE
                    # NOTIFY messages sent while disconnected are lost, so redraw every board.
                    for show in self.shows.values():
                        show.redraw()
                    async for notice in listener.notifies():
                        board_id, *version = map(int, notice.payload.split(":"))
                        show = self.shows.get(board_id)
                        if show and notice.channel == PAGES_CHANNEL:
                            show.redraw_pages()
                        elif show:
                            show.heard(*version)
            # ValueError and TypeError: a payload that is not ours.
            except (psycopg.Error, OSError, ValueError, TypeError) as error:
                logger.warning("Not listening for changes (%s); again in %s s", str(error).split("\n")[0], pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


_hub = None


def hub() -> Hub:
    """The hub of the running event loop; a process that serves has one."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


def _find(code, view):
    """(board, view); the table for a page that there is not, else anybody could have any number of them drawn."""
    board_id = Board.objects.filter(code=code).values_list("pk", flat=True).first()
    is_there = board_id is None or not pages.is_page(view) or view in pages.marks(board_id, [view])
    return board_id, view if is_there else shared.TABLE


def _parts(board_id, readers, drawn):
    """{reader: Part} and {reader: mark} of pages; without the pages that are as they were `drawn`."""
    clock.keep_by_id(board_id)
    # Before the drawing, so that what changes meanwhile is drawn again.
    now = pages.marks(board_id, [view for _, view in readers])
    marks = {reader: now[reader[1]] for reader in readers if reader[1] in now}
    changed = [reader for reader in readers if reader not in marks or marks[reader] != drawn.get(reader)]
    return shared.parts(board_id, changed), marks


def _is_page(key):
    return pages.is_page(key[1])


def _with_database(work, *args, **kwargs):
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connection.close()
        return work(*args, **kwargs)

"""The thread that hears from PostgreSQL what was written, and drops what was drawn from it."""

import logging
import select
import threading
import time
from secrets import token_hex

import psycopg
from django.db import Error, connection
from psycopg import sql

from .. import notices
from . import tables

logger = logging.getLogger(__name__)

NEVER = float("-inf")
BEAT_SECONDS = 1
# Nothing is served from the store once the last beat is older.
ALIVE_SECONDS = 3
# So long all readers together wait for a beat that is due: drawn anew for each, pages would keep a busy machine from it.
PATIENCE_SECONDS = 0.3
TRIAL_SECONDS = 5


class Listener:
    """Started at the first request of a process, and never in one that forks."""

    def __init__(self, store):
        self._store = store
        self._beat, self._patient_until = NEVER, NEVER
        self._beaten = threading.Condition()
        self._start, self._stopping = threading.Lock(), threading.Event()
        self._thread = self._seen = self._said = None

    def is_alive(self) -> bool:
        """Whether everything that was committed until a moment ago has been heard. Waits for a beat that is just due."""
        if self._thread is None:
            self._begin()
        return self._is_fresh() or self._comes_to_be_fresh()

    def _is_fresh(self):
        return time.monotonic() - self._beat < ALIVE_SECONDS

    def _comes_to_be_fresh(self):
        with self._beaten:
            while (left := self._patient_until - time.monotonic()) > 0 and not self._is_fresh():
                self._beaten.wait(left)
        return self._is_fresh()

    def _begin(self):
        with self._start:
            if self._thread is None:
                self._patient_until = time.monotonic() + PATIENCE_SECONDS
                self._thread = threading.Thread(target=self._run, name="page-cache", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _run(self):
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg.Error, Error, OSError) as error:
                self._keep_time(NEVER)
                self._say(str(error).split("\n")[0])
                self._stopping.wait(BEAT_SECONDS)

    def _keep_time(self, beat):
        with self._beaten:
            self._beat, self._patient_until = beat, beat + ALIVE_SECONDS + PATIENCE_SECONDS
            self._beaten.notify_all()

    def _say(self, why):
        # Once, however long it lasts.
        if why != self._said:
            logger.warning("Pages are drawn anew for each reader: %s", why)
        self._said = why

    def _listen(self):
        with psycopg.connect(autocommit=True, **{**notices.params(), **notices.KEEPALIVE}) as listening:
            listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(tables.CHANNEL)))
            self._store.drop_all()
            self._seen = None
            _check_hearing(listening)
            while not self._stopping.is_set():
                self._check_tables(listening)
                # What had been committed before that statement was answered is here by now.
                self._hear(listening, seconds=0)
                self._keep_time(time.monotonic())
                self._hear(listening, seconds=BEAT_SECONDS)

    def _hear(self, listening, *, seconds):
        until, readable = time.monotonic() + seconds, select.poll()
        readable.register(listening, select.POLLIN)
        while True:
            for notice in listening.notifies(timeout=0):
                self._store.drop_readers(notice.payload)
            # One long wait: psycopg's own wakes ten times a second, and each time stands in line for Python's lock. In a
            # busy process that is where a beat was late.
            left = until - time.monotonic()
            if left <= 0 or not readable.poll(1000 * left):
                return

    def _check_tables(self, listening):
        """Drop everything if tables have been put in the place of others; raise if some tell nothing."""
        seen = dict(listening.execute(tables.TELLING, [tables.TRIGGER]).fetchall())
        if missing := tables.telling() - seen.keys():
            raise OSError(f"{', '.join(sorted(missing))}: no triggers. Run manage.py prepare.")
        if self._seen not in (None, seen):
            self._store.drop_all()
        self._seen = seen


def _check_hearing(listening):
    """Raise unless a notice that is sent as the site sends them arrives: a pooler in between passes none on."""
    word, until = f"trial {token_hex(8)}", time.monotonic() + TRIAL_SECONDS
    _send(word)
    while (left := until - time.monotonic()) > 0:
        if word in {notice.payload for notice in listening.notifies(timeout=left, stop_after=1)}:
            return
    raise OSError("notices do not arrive. Set LISTEN_URL to the database's own address.")


def _send(word):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [tables.CHANNEL, word])
    finally:
        connection.close()

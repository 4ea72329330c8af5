"""The answers that a process keeps, and who is drawing one."""

import threading
import time
from collections import OrderedDict, defaultdict
from contextlib import contextmanager

from . import answers

MAX_BYTES = 32 * 1024 * 1024
# How long a request waits for another that draws the same page; then it draws for itself.
PATIENCE_SECONDS = 2


class Store:
    """Answers by key; those used least recently go first. All of it may be called from any thread.

    A drawing that began before a notice may have read what the notice is about, so its answer is not taken.
    """

    def __init__(self, max_bytes=MAX_BYTES):
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._drawings = {}  # key: the Event that ends it
        self._notices = 0
        self._told = {}  # table: the number of its last notice
        self._emptied = 0
        self._empty()

    def _empty(self):
        self._kept, self._bytes, self._keys_of = OrderedDict(), 0, defaultdict(set)

    def get(self, key) -> answers.Answer | None:
        with self._lock:
            answer = self._kept.get(key)
            if answer is None:
                return None
            if answer.ends_at <= time.time():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return answer

    def moment(self) -> int:
        """What `put` wants to know: how many notices had come when a drawing began."""
        return self._notices

    def put(self, key, answer, *, since: int) -> None:
        """Keep the answer, unless one of its tables was written, or everything dropped, since that moment."""
        with self._lock:
            is_old = self._emptied > since or any(self._told.get(table, 0) > since for table in answer.tables)
            if is_old or answer.size > self._max_bytes:
                return
            self._drop(key)
            self._kept[key] = answer
            self._bytes += answer.size
            for table in answer.tables:
                self._keys_of[table].add(key)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._kept)))

    def drop_readers(self, table) -> None:
        """Drop what was drawn from this table."""
        with self._lock:
            self._notices += 1
            self._told[table] = self._notices
            for key in list(self._keys_of.get(table, ())):
                self._drop(key)

    def drop_all(self) -> None:
        with self._lock:
            self._notices += 1
            self._emptied = self._notices
            self._empty()

    def _drop(self, key):
        answer = self._kept.pop(key, None)
        if answer:
            self._bytes -= answer.size
            for table in answer.tables:
                self._keys_of[table].discard(key)

    @contextmanager
    def drawing(self, key):
        """Draw in this block, after looking once more: whoever drew the same meanwhile is waited for first."""
        with self._lock:
            other = self._drawings.get(key)
            if other is None:
                mine = self._drawings[key] = threading.Event()
        if other:
            other.wait(PATIENCE_SECONDS)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._drawings[key]
            mine.set()

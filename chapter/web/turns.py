"""One at a time for the whole site, whatever its processes and machines: an advisory lock of PostgreSQL."""

import time
from contextlib import contextmanager

from django.db import connection, transaction

# The first half of the lock's key, so that no other user of the database has the same.
OURS = 1_331_054_433
LOOK_EVERY = 0.05


class Busy(Exception):
    """Somebody else's turn went on for longer than we waited."""


@contextmanager
def turn(name: str, *, patience: float):
    """Hold the one turn that is called `name`. Raises Busy after `patience` seconds of waiting; 0 asks once.

    The turn ends with the transaction, whatever becomes of it; an outer one prolongs it. A pooler leaves us on the same
    connection for as long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _wait(cursor, name, time.monotonic() + patience)
        yield


def take(name: str) -> None:
    """Take the turn that is called `name` to the end of the current transaction. Waits in line; beyond the database's
    `lock_timeout` it raises OperationalError, which becomes the 503 page.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [OURS, name])


def _wait(cursor, name, deadline):
    while True:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [OURS, name])
        if cursor.fetchone()[0]:
            return
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(LOOK_EVERY)

"""How long the database lets anybody wait: kept as defaults of our role in our database, where every session gets them.

A pooler such as pgbouncer refuses parameters at the start of a connection, and a `SET` would stay with whichever of its
connections it happened to meet. See docs/decisions/0020-limits-live-in-the-database.md.
"""

import logging
import threading
from contextlib import contextmanager, suppress

from django.db import Error, connection
from psycopg import sql

logger = logging.getLogger(__name__)

LIMITS = {
    # Nobody waits longer for a seat's lock; the answer is then a page that says "try again".
    "lock_timeout": "3s",
    "statement_timeout": "15s",
}
STORED = """
    SELECT coalesce(array_agg(setting), '{}') FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND setrole = (SELECT oid FROM pg_roles WHERE rolname = session_user)
"""
OUR_IDLE_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = current_user AND datname = current_database() AND state = 'idle' AND pid <> pg_backend_pid()
"""


def store():
    """Store the limits, for the role that signs in: a session that takes another role keeps what it began with.

    Where they are new, end the idle sessions that began without them, our own last.
    """
    with connection.cursor() as cursor:
        cursor.execute(STORED)
        stored = set(cursor.fetchone()[0])
        wanted = {f"{name}={value}" for name, value in LIMITS.items()}
        if wanted <= stored:
            return
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        for name, value in LIMITS.items():
            cursor.execute(
                sql.SQL("ALTER ROLE SESSION_USER IN DATABASE {} SET {} = {}").format(
                    sql.Identifier(database), sql.Identifier(name), sql.Literal(value)
                )
            )
    if not connection.in_atomic_block:
        _begin_anew()


def _begin_anew():
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute(OUR_IDLE_SESSIONS)
        # A pooler would give it to the next who comes; the error is its end.
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()


def missing():
    """The names of the limits that do not hold in this session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in LIMITS))
        return [name for name, now in zip(LIMITS, cursor.fetchone(), strict=True) if now == "0"]


def say_if_missing():
    """Warn of limits that do not hold. In a thread, which is returned: at the start the database may be away."""
    thread = threading.Thread(target=_say_if_missing, daemon=True)
    thread.start()
    return thread


def _say_if_missing():
    try:
        if names := missing():
            logger.warning(
                "%s: not set in the database, so that whoever waits there waits for ever. Run manage.py prepare with the"
                " same DATABASE_URL; if a pooler is in between, let it open its connections anew (RECONNECT) after that.",
                " and ".join(names),
            )
    except Error as error:
        logger.warning("The database does not answer yet: %s", str(error).split("\n")[0])
    finally:
        connection.close()


@contextmanager
def lifted():
    """No statement of a transaction in this block is ended for taking long."""
    with connection.execute_wrapper(_without_limits):
        yield


def _without_limits(execute, statement, params, many, context):
    # For this transaction only: behind a pooler the session is not ours alone.
    if context["connection"].in_atomic_block:
        execute("SET LOCAL statement_timeout = 0", None, False, context)
    return execute(statement, params, many, context)

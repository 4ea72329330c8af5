"""The connection on which a process listens, and whether anything is heard on it."""

import asyncio
import logging
from secrets import token_hex

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from psycopg import sql

logger = logging.getLogger(__name__)

# A dead peer is noticed after 10 + 3 × 5 seconds.
KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
# Boards listen on a channel of their own (board_lock.CHANNEL).
TRIAL_CHANNEL = "trial"
TRIAL_SECONDS = 5


def params():
    """psycopg's parameters for LISTEN_URL, or for the site's own database where it is not set."""
    own = connections[DEFAULT_DB_ALIAS]
    database = type(own)({**own.settings_dict, **settings.LISTEN_DATABASE}, alias="listen")
    # Without what only Django's synchronous cursors understand.
    unknown = {"cursor_factory", "context"}
    return {name: value for name, value in database.get_connection_params().items() if name not in unknown}


async def connect(channel):
    """A connection that listens on this channel."""
    listener = await psycopg.AsyncConnection.connect(autocommit=True, **{**params(), **KEEPALIVE})
    await listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
    return listener


async def say_if_deaf():
    """Send ourselves a notice, as pages send theirs, and say in the log if it does not arrive."""
    try:
        is_heard = await _is_heard(token_hex(8))
    except (psycopg.Error, Error, OSError) as error:
        logger.warning("Listening could not be tried: %s", str(error).split("\n")[0])
        return
    if not is_heard:
        logger.error(
            "A NOTIFY to ourselves did not arrive: boards show changes half a minute late. A pooler between the site"
            " and PostgreSQL passes no notices on: set LISTEN_URL to the database's own address."
        )


async def _is_heard(word):
    async with await connect(TRIAL_CHANNEL) as listener:
        await asyncio.get_running_loop().run_in_executor(None, _notify, word)
        async for notice in listener.notifies(timeout=TRIAL_SECONDS):
            if notice.payload == word:
                return True
    return False


def _notify(word):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [TRIAL_CHANNEL, word])
    finally:
        connection.close()

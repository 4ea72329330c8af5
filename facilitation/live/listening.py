"""The connection on which a process listens, and whether anything is heard on it."""

import asyncio
import logging
from secrets import token_hex

import psycopg
from django.db import Error, connection
from psycopg import sql

from chapter import notices

logger = logging.getLogger(__name__)

# Boards listen on a channel of their own (board_lock.CHANNEL).
TRIAL_CHANNEL = "trial"
TRIAL_SECONDS = 5


async def connect(*channels):
    """A connection that listens on these channels."""
    listener = await psycopg.AsyncConnection.connect(autocommit=True, **{**notices.params(), **notices.KEEPALIVE})
    for channel in channels:
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

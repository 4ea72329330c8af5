"""Calls that really happen at the same time, each on a database connection of its own; and one that needs a loop of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection


def at_once(work, *arguments):
    """What `work` gives for each argument, or the exception that it raised."""
    start = Barrier(len(arguments))

    def called(argument):
        try:
            start.wait()
            return work(argument)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(called, arguments))


@contextmanager
def no_loop():
    """Chromium's driver leaves its event loop running in this thread; inside the block nobody sees it."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)

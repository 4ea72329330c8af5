"""Calls that really happen at the same time, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
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

"""Calls that really happen at the same time, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection
from django.db.backends.signals import connection_created


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

    with patient_connections(), ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(called, arguments))


@contextmanager
def patient_connections():
    """Connections that are opened meanwhile wait a minute for a lock: who wins is the question, not how busy the machine is."""
    connection_created.connect(_wait_a_minute)
    try:
        yield
    finally:
        connection_created.disconnect(_wait_a_minute)


def _wait_a_minute(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '60s'")
        cursor.execute("SET statement_timeout = '60s'")

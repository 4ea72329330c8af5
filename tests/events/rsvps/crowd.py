"""Many people at the same moment: real threads, real transactions.

The embedded PostgreSQL takes 100 connections, so 40 threads start at once behind a barrier and share out the calls:
at any moment 40 are at the door, until all have been through. On a slow machine one of them may have waited 3 s for the
event's lock: that person reads "try again" and taps again, as people do. Any other error is a result.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from psycopg.errors import LockNotAvailable

THREADS = 40


def all_at_once(calls):
    """Run the calls in parallel and return their results, or exceptions, in order."""
    calls = list(calls)
    shares = [calls[n::THREADS] for n in range(min(THREADS, len(calls)))]
    barrier = Barrier(len(shares))
    with ThreadPoolExecutor(max_workers=len(shares)) as pool:
        results = list(pool.map(lambda share: _run(share, barrier), shares))
    return [result for share in results for result in share]


def _run(share, barrier):
    try:
        connection.ensure_connection()
        barrier.wait()
        return [_result_of(call) for call in share]
    finally:
        connection.close()


def _result_of(call, *, tries=5):
    try:
        return call()
    except Exception as error:
        if tries > 1 and isinstance(error.__cause__, LockNotAvailable):
            return _result_of(call, tries=tries - 1)
        return error

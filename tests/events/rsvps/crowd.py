"""Many people at the same moment: real threads, real transactions.

The embedded PostgreSQL takes 100 connections, so 40 threads start at once behind a barrier and share out the calls:
at any moment 40 are at the door, until all have been through.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from tests.threads import patient_connections

THREADS = 40


def all_at_once(calls):
    """Run the calls in parallel and return their results, or exceptions, in order."""
    calls = list(calls)
    shares = [calls[n::THREADS] for n in range(min(THREADS, len(calls)))]
    barrier = Barrier(len(shares))
    with patient_connections(), ThreadPoolExecutor(max_workers=len(shares)) as pool:
        results = list(pool.map(lambda share: _run(share, barrier), shares))
    return [result for share in results for result in share]


def _run(share, barrier):
    try:
        connection.ensure_connection()
        barrier.wait()
        return [_result_of(call) for call in share]
    finally:
        connection.close()


def _result_of(call):
    try:
        return call()
    except Exception as error:
        return error

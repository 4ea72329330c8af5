"""Which request, and which job, a line of the log is about.

A request has the proxy's number, or one of our own. A job has its own number and, also a day later and on another
machine, the name of the request that asked for it (`jobs.py`).
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

NAME = re.compile(r"[0-9A-Za-z-]{8,64}")
_name = ContextVar("request_name", default="")
_job = ContextVar("job", default=None)


@contextmanager
def named(name: str):
    """In this block the log says this name, if it is one, or a new one."""
    token = _name.set(name if NAME.fullmatch(name) else str(uuid4()))
    try:
        yield
    finally:
        _name.reset(token)


@contextmanager
def at_work(job: int, *, lock: str | None):
    """In this block the log says this job, and the request that asked for it."""
    tokens = _name.set(request_of(lock)), _job.set(job)
    try:
        yield
    finally:
        _name.reset(tokens[0])
        _job.reset(tokens[1])


def request_of(lock: str | None) -> str:
    """The request in the `queueing_lock` of a job, or ""."""
    name, slash, _ = (lock or "").partition("/")
    return name if slash and NAME.fullmatch(name) else ""


def current() -> str:
    return _name.get()


def current_job() -> int | None:
    return _job.get()

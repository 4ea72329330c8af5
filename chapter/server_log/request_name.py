"""Which request a line of the log is about: the proxy's number for it, or one of our own."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

NAME = re.compile(r"[0-9A-Za-z-]{8,64}")
_name = ContextVar("request_name", default="")


@contextmanager
def named(name: str):
    """In this block the log says this name, if it is one, or a new one."""
    token = _name.set(name if NAME.fullmatch(name) else str(uuid4()))
    try:
        yield
    finally:
        _name.reset(token)


def current() -> str:
    return _name.get()

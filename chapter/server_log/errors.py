"""How an exception is written into the log: where it was raised, and what it says, without the values of a query."""

import traceback
from typing import NamedTuple

import psycopg
from django.db import Error as DatabaseError

from .cutting import cut
from .paths import GAP

# SQLSTATE class 22: PostgreSQL's sentence itself quotes the value that it cannot read.
DATA_EXCEPTION = "22"
CHAIN = 20
FRAMES = 100


class Frame(NamedTuple):
    file: str
    line: int
    function: str
    module: str


class Raised(NamedTuple):
    """One error of a story, as it may leave the process."""

    kind: str
    module: str
    said: str
    frames: list[Frame]


def said(error: BaseException) -> str:
    """What it says. A refusal of PostgreSQL has a sentence of its own and then values, in words of the server's language."""
    refusal = error.__cause__ if isinstance(error, DatabaseError) else error
    if isinstance(refusal, psycopg.Error) and refusal.sqlstate:
        text = GAP if refusal.sqlstate.startswith(DATA_EXCEPTION) else refusal.diag.message_primary or ""
        return cut(f"{refusal.sqlstate} {text}")
    return cut(_str(error))


def written(error: BaseException) -> str:
    """The traceback, with those of what led to it."""
    return "\n\n".join(_alone(each) for each in _story(error))


def raised(error: BaseException) -> list[Raised]:
    """The same in parts, for those who draw it themselves; the first error first."""
    return [Raised(type(one).__qualname__, type(one).__module__, said(one), _frames(one)) for one in _story(error)]


def _frames(error):
    """The outermost first, and of too many the last."""
    found = [
        Frame(cut(frame.f_code.co_filename), line, frame.f_code.co_name, frame.f_globals.get("__name__", ""))
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return found[-FRAMES:]


def _alone(error):
    trace = traceback.format_tb(error.__traceback__)
    kind, text = type(error), said(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    notes = [cut(str(note)) for note in getattr(error, "__notes__", ())]
    before = ["Traceback (most recent call last):", cut("".join(trace).rstrip("\n"))] if trace else []
    return "\n".join([*before, f"{name}: {text}" if text else name, *notes])


def _story(error, seen=None):
    """The errors that it came of, the first one first; those of a group before the group."""
    seen = set() if seen is None else seen
    if error is None or id(error) in seen or len(seen) == CHAIN:
        return
    seen.add(id(error))
    yield from _story(error.__cause__ or (None if error.__suppress_context__ else error.__context__), seen)
    for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _story(one, seen)
    yield error


def _str(error):
    try:
        return str(error)
    except Exception:
        return "(it cannot say what)"

"""Drawn cards, kept in the store of files under what they say, and drawn one at a time for the whole site."""

from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from ..web import turns

FOLDER = "cards"
DRAWING, WAITING = "share card", "share card, next"
PATIENCE_SECONDS = 1
# Old versions are deleted with those that are still shared; the next who asks draws such a one again.
KEPT = timedelta(days=30)
# Nothing follows it in a PNG that was written to its end.
END = b"IEND\xaeB`\x82"


def find(name: str) -> bytes | None:
    """The card of this name; None if it was never drawn, or not written to its end."""
    with suppress(OSError), default_storage.open(_path(name)) as file:
        content = file.read()
        return content if content.endswith(END) else None
    return None


def find_or_draw(name: str, draw) -> bytes:
    """`draw()` unless it is kept. Raises turns.Busy: one draws, one waits for a second, all others leave at once.

    So that cold cards, however many are asked for, hold two threads of the server.
    """
    return find(name) or _in_turn(name, draw)


def _in_turn(name, draw):
    with suppress(turns.Busy), turns.turn(DRAWING, patience=0):
        return _draw(name, draw)
    with turns.turn(WAITING, patience=0), turns.turn(DRAWING, patience=PATIENCE_SECONDS):
        return _draw(name, draw)


def _draw(name, draw):
    # Whoever had the turn before may have drawn this very one.
    content = find(name)
    if content is None:
        content = draw()
        _keep(name, content)
    return content


def _keep(name, content):
    # A full disk costs the next drawing, not this answer.
    with suppress(OSError):
        default_storage.delete(_path(name))
        default_storage.save(_path(name), ContentFile(content))


def tidy() -> int:
    """Delete what was drawn a month ago; returns how many."""
    before, names = timezone.now() - KEPT, _names()
    old = [name for name in names if default_storage.get_modified_time(_path(name)) < before]
    for name in old:
        default_storage.delete(_path(name))
    return len(old)


def _names():
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def _path(name):
    return f"{FOLDER}/{name}"

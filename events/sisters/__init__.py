"""Sister chapters: reading their calendar feeds, and listing their events."""

from . import ics_reader

__all__ = ["ics_reader"]

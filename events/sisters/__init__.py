"""Sister chapters: reading their calendars and listing what they have on."""

from . import ics_reader

__all__ = ["ics_reader"]

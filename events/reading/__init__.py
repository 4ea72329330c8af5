"""Reading: calendars of others, from bytes to entries and remarks. It touches no row."""

from .archives import unpacked
from .calendar import Calendar, Entry, read_calendar
from .lines import MAX_BYTES, Unreadable, is_calendar
from .parts import called_off, put_off
from .places import Place, place_of, whole_address
from .zones import zone_called

__all__ = [
    "MAX_BYTES",
    "Calendar",
    "Entry",
    "Place",
    "Unreadable",
    "called_off",
    "is_calendar",
    "place_of",
    "put_off",
    "read_calendar",
    "unpacked",
    "whole_address",
    "zone_called",
]

"""Time zones a chapter can meet in, and the wall clock there."""

from datetime import UTC
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def choices():
    """Europe's zones and UTC; a callable, so that nothing is read at import and migrations do not list them."""
    return [(zone, zone) for zone in _zones()]


@cache
def _zones():
    """Read once: the system keeps each zone in a file of its own."""
    return [zone for zone in sorted(available_timezones()) if zone.startswith("Europe/") or zone == "UTC"]


def from_wall_clock(moment, zone):
    """The aware datetime of a naive wall-clock `moment` in the IANA `zone`.

    Raises ValidationError for a time that the night of the clock change skips. A time that this night has
    twice means the first of the two.
    """
    aware = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    if aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) != moment:
        raise ValidationError(
            _("This time does not exist: the clocks go forward that night. Choose an hour earlier or later."),
            code="no_such_time",
        )
    return aware

"""European time zones and their wall clocks."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


# A callable, so that migrations do not list the zones.
def choices():
    return [(zone, zone) for zone in _zones()]


# Cached, since the system keeps each zone in a file of its own.
@cache
def _zones():
    return [zone for zone in sorted(available_timezones()) if zone.startswith("Europe/") or zone == "UTC"]


def from_wall_clock(moment: datetime, zone: str) -> datetime:
    """The aware datetime of a naive wall-clock `moment` in an IANA `zone`.

    Raises ValidationError for a time that the change to summer time skips; an ambiguous time means the earlier one.
    """
    aware = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    if aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) != moment:
        raise ValidationError(
            _("This time doesn’t exist: the clocks go forward that night. Choose a time an hour earlier or later."),
            code="no_such_time",
        )
    return aware

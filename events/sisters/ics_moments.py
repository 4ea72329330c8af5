"""A time as calendars write it: a date, a wall clock in a zone, in UTC, or in no zone at all."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON


def zone_of(name, *, otherwise):
    """The IANA zone that a calendar means by `name`: also "/…/Europe/Oslo" and Windows' names; `otherwise` for what nobody knows."""
    name = name.strip().strip('"')
    for candidate in (name, "/".join(name.split("/")[-2:]), WINDOWS_TO_OLSON.get(name, "")):
        if candidate and len(candidate) <= 40 and _is_known(candidate):
            return candidate
    return otherwise


def _is_known(name):
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return "/" in name or name == "UTC"


@dataclass(frozen=True)
class Moment:
    """A time as it stands in the file: the wall clock, and where."""

    wall: datetime
    zone: str
    is_day: bool = False
    # Where it is to be read, when it is written in UTC.
    shown: str = ""

    @property
    def aware(self):
        return self.wall.replace(tzinfo=ZoneInfo(self.zone))

    def wall_in(self, zone):
        return self.wall if self.is_day else self.aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moment_of(text, params, zone):
    """A date, a time of a zone, of UTC, or of no zone ("floating")."""
    text = text.strip()
    if len(text) == 8:
        return Moment(datetime.strptime(text, "%Y%m%d"), zone, is_day=True)
    if text.endswith("Z"):
        return Moment(datetime.strptime(text, "%Y%m%dT%H%M%SZ"), "UTC", shown=zone)
    return Moment(datetime.strptime(text, "%Y%m%dT%H%M%S"), zone_of(str(params.get("TZID", "")), otherwise=zone))

"""Dates and times as calendars write them (RFC 5545): a date, or a time in a zone, in UTC, or floating."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON


def zone_of(name, *, otherwise) -> str:
    """The IANA zone of a TZID, also of "/…/Europe/Oslo" and Windows' names; `otherwise` for an unknown one."""
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
    wall: datetime  # naive
    zone: str
    is_day: bool = False
    shown: str = ""  # the zone to show it in, where it is written in UTC

    @property
    def aware(self) -> datetime:
        return self.wall.replace(tzinfo=ZoneInfo(self.zone))

    def wall_in(self, zone) -> datetime:
        return self.wall if self.is_day else self.aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moment_of(text, params, zone) -> Moment:
    text = text.strip()
    if len(text) == 8:
        return Moment(datetime.strptime(text, "%Y%m%d"), zone, is_day=True)
    if text.endswith("Z"):
        return Moment(datetime.strptime(text, "%Y%m%dT%H%M%SZ"), "UTC", shown=zone)
    return Moment(datetime.strptime(text, "%Y%m%dT%H%M%S"), zone_of(str(params.get("TZID", "")), otherwise=zone))

"""The zone that a TZID means: a name of IANA or Windows, the file's own VTIMEZONE, an offset; else the chapter's.

Nothing is remembered between files: two of them may call different clocks "Customized Time Zone".
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from chapter import timezones
from chapter.remarks import remark as _

from .lines import Component
from .own_zones import first_version_of, key_of, zones_of

UTC_NAMES = {"utc", "gmt", "z", "zulu", "uct", "universal", "greenwich", "gmt0", "gmt+0", "gmt-0"}
# As Windows shows zones to people: “(UTC-05:00) Eastern Time (US & Canada)”. Others name their towns.
SHOWN_BY_WINDOWS = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "arizona": "America/Phoenix",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "coordinated universal time": "UTC",
    "west central africa": "Africa/Lagos",
    # Towns that no zone is named after.
    "bern": "Europe/Zurich",
    "edinburgh": "Europe/London",
    "st. petersburg": "Europe/Moscow",
    "mumbai": "Asia/Kolkata",
    "chennai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "hanoi": "Asia/Bangkok",
    "osaka": "Asia/Tokyo",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
    "abu dhabi": "Asia/Dubai",
    "pretoria": "Africa/Johannesburg",
    "kyiv": "Europe/Kyiv",
}
# Windows in Norwegian and Swedish, and Lotus Notes.
OTHER_NAMES = {
    # Short names in summer, and in German.
    "cest": "Europe/Paris",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "eest": "Europe/Helsinki",
    "west": "Europe/Lisbon",
    "edt": "America/New_York",
    "cdt": "America/Chicago",
    "mdt": "America/Denver",
    "pdt": "America/Los_Angeles",
    "vest-europa (normaltid)": "Europe/Berlin",
    "västeuropa, normaltid": "Europe/Berlin",
    "västeuropa (normaltid)": "Europe/Berlin",
    "romansk (normaltid)": "Europe/Paris",
    "sentral-europa (normaltid)": "Europe/Budapest",
    "centraleuropa (normaltid)": "Europe/Budapest",
    "gmt (normaltid)": "Europe/London",
    "mitteleuropäische zeit": "Europe/Berlin",
    "central european time": "Europe/Berlin",
    "romance": "Europe/Paris",
}
OFFSET = re.compile(r"\(?(?:UTC|GMT)? *(?:([+-−]) *(\d{1,2})(?:[:.]?(\d\d))?)? *\)? *(.*)", re.IGNORECASE | re.DOTALL)
MAX_NAME = 200


class Zone(NamedTuple):
    tz: tzinfo
    shown: str  # an IANA name


class Zones:
    """The zones of one calendar. `remarks` says what was guessed; `otherwise` is the IANA zone of what is not known."""

    def __init__(self, calendar: Component, *, otherwise: str):
        self.remarks: dict[str, str] = {}
        self._own = zones_of(calendar)
        self._found: dict[str, Zone] = {}
        self._chapters = Zone(ZoneInfo(otherwise), otherwise)
        self._otherwise = self._of_calendar(calendar) or self._chapters

    def of(self, name: str) -> Zone:
        name = name.replace("\\", "").strip().strip('"').strip()[:MAX_NAME]
        if not name:
            return self._otherwise
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _of_calendar(self, calendar):
        for wanted in ("X-WR-TIMEZONE", "TIMEZONE-ID", "TZID"):
            if name := calendar.text(wanted).strip().strip('"')[:MAX_NAME]:
                self._otherwise = self._chapters
                return self.of(name)
        own = first_version_of(calendar)
        if not own or {one.offset for one in own.observances} <= set(_offsets(self._chapters.shown)):
            return None
        return Zone(own, self._chapters.shown)

    def _look_up(self, name):
        if found := iana_zone(name):
            return self._shown(found)
        if found := windows_zone(name):
            return self._shown_here(found)
        own = self._own.get(key_of(name))
        if own and (place := iana_zone(own.place)):
            return self._shown(place)
        if own and own.observances:
            return Zone(own, self._otherwise.shown)
        if found := short_zone(name):
            # CET and its like are no town's: people see them on the calendar's clock.
            return Zone(UTC if _is_utc(found) else ZoneInfo(found), self._otherwise.shown)
        if len(named := _towns().get(name.lower().replace(" ", "_"), ())) == 1:
            return self._shown(named[0])
        if found := _by_offset(name):
            return self._of_offset(name, *found)
        self.remarks[name] = _(
            "{name!r} isn’t a time zone we know: read as {zone}", name=name[:80], zone=self._otherwise.shown
        )
        return self._otherwise

    def _shown(self, name):
        # What is written in UTC is meant for some other clock: the calendar's, or else the chapter's.
        if _is_utc(name):
            return Zone(UTC, self._otherwise.shown)
        return Zone(ZoneInfo(name), timezones.offered(name, otherwise=self._otherwise.shown))

    def _shown_here(self, name):
        # “W. Europe” is what Windows calls Oslo's clock, and Stockholm's: nobody there means Berlin.
        zone = self._shown(name)
        return zone._replace(shown=self._otherwise.shown) if _is_as(name, self._otherwise.shown) else zone

    def _of_offset(self, name, offset, towns):
        if found := _of_towns(towns, offset):
            return self._shown_here(found)
        if towns:
            self.remarks[name] = _("{name!r}: we know only its offset, so it has no summer time", name=name[:80])
        return Zone(timezone(offset), self._otherwise.shown)


# Names


def iana_zone(name: str) -> str | None:
    """The IANA zone of a name with a slash in it, whatever stands before it, and without “(CET)” behind it."""
    name = re.sub(r"\s*\([^()]*\)\s*\Z", "", name)
    parts = [part for part in name.strip("/").split("/") if part.strip()]
    for first in range(len(parts) - 1):
        if found := _iana().get("/".join(parts[first:]).strip().lower().replace(" ", "_")):
            return found
    return None


def windows_zone(name: str) -> str | None:
    """The IANA zone of a name that Windows uses."""
    lower = name.strip().lower()
    if lower in UTC_NAMES:
        return None
    for candidate in (lower, f"{lower} standard time", lower.replace("daylight time", "standard time")):
        if found := _windows().get(candidate) or OTHER_NAMES.get(candidate):
            return found
    if lower.endswith("(us & canada)"):
        return next((zone for words, zone in SHOWN_BY_WINDOWS.items() if lower.startswith(words)), None)
    return None


def short_zone(name: str) -> str | None:
    """The IANA zone of a name without a slash, as CET or “US-Eastern”."""
    last = name.rstrip("/").rpartition("/")[2].strip().lower()
    if last in UTC_NAMES:
        return "UTC"
    return _iana().get(last) or _iana().get(last.replace("-", "/", 1))


def zone_called(name: str, *, here: str) -> str | None:
    """The IANA zone of a name; `here` where only the clock is said, and that is the clock here."""
    if found := iana_zone(name):
        return found
    found = windows_zone(name) or short_zone(name)
    return here if found and _is_as(found, here) else found


@cache
def _iana():
    names = (name for name in available_timezones() if name not in {"Factory", "localtime"})
    return {name.lower(): name for name in sorted(names)}


@cache
def _windows():
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def _is_utc(name):
    return name.lower() in UTC_NAMES or name.lower().removeprefix("etc/") in UTC_NAMES


def _by_offset(name):
    """The offset of “GMT+05:00” or “(UTC+01:00) Some Town, Another”, and its towns."""
    found = OFFSET.fullmatch(name)
    if not found or not re.match(r"\(?(UTC|GMT|[+-])", name, re.IGNORECASE):
        return None
    sign, hours, minutes, towns = found.groups()
    length = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if length > timedelta(hours=14) or (not hours and not towns):
        return None
    return (-length if sign in ("-", "−") else length), towns.strip()


def _of_towns(towns, offset):
    lower, named = towns.lower(), []
    for town in re.split(r"[,/;&]", lower):
        named += _towns().get(town.strip().replace(" ", "_"), ())
    named += [zone for words, zone in SHOWN_BY_WINDOWS.items() if words in lower]
    return next((zone for zone in named if _standard_offset(zone) == offset), None)


@cache
def _towns():
    towns: dict[str, list[str]] = {}
    for lower, name in _iana().items():
        if "/" in lower and not lower.startswith("etc/"):
            towns.setdefault(lower.rpartition("/")[2], []).append(name)
    return towns


def _standard_offset(name):
    return min(_offsets(name))


def _is_as(name, other):
    return _offsets(name) == _offsets(other)


def _offsets(name):
    zone = ZoneInfo(name)
    return [datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 4, 7, 10)]

"""The clocks that a file describes itself (VTIMEZONE).

Read here and not by dateutil, which would look for a date that never comes until the year 9999, and not by icalendar, which
keeps them by name for the whole process. Rules that are not yearly in one month are not read.
"""

import re
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from . import version_one
from .lines import Component

MAX_NAME = 200
MAX_OBSERVANCES = 100
MAX_DATES = 500
WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


class FileZone(tzinfo):
    """The clock that a VTIMEZONE describes."""

    def __init__(self, place, observances):
        self.place, self.observances = place, observances

    def utcoffset(self, moment):
        wall = moment.replace(tzinfo=None)
        onsets = [(onset, one.offset) for one in self.observances if (onset := one.last_before(wall))]
        if onsets:
            return max(onsets)[1]
        # Before everything that it says.
        return min(self.observances, key=lambda one: one.start).offset

    def dst(self, moment):
        return timedelta(0)

    def tzname(self, moment):
        return ""

    def fromutc(self, moment):
        utc = moment.replace(tzinfo=None)
        for offset in sorted({one.offset for one in self.observances}, reverse=True):
            wall = (utc + offset).replace(tzinfo=self)
            if self.utcoffset(wall) == offset:
                return wall
        return (utc + self.observances[0].offset).replace(tzinfo=self)


class Yearly(NamedTuple):
    month: int
    weekday: int | None  # Monday is 0
    ordinal: int  # which of these weekdays, from the end if negative
    days: frozenset  # the days of the month among which it lies; empty for all
    until: datetime | None

    def onset(self, year, clock) -> datetime | None:
        first = datetime(year, self.month, 1)
        length = ((first + timedelta(days=31)).replace(day=1) - first).days
        found = [first + timedelta(days=number) for number in range(length)]
        if self.days:
            found = [day for day in found if day.day in self.days or day.day - length - 1 in self.days]
        if self.weekday is not None:
            found = [day for day in found if day.weekday() == self.weekday]
        place = self.ordinal - 1 if self.ordinal > 0 else self.ordinal
        return datetime.combine(found[place], clock) if -len(found) <= place < len(found) else None


class Observance(NamedTuple):
    start: datetime
    offset: timedelta
    dates: tuple
    rule: Yearly | None

    def last_before(self, wall) -> datetime | None:
        found = [moment for moment in (self.start, *self.dates) if moment <= wall]
        if self.rule:
            years = (wall.year - 1, wall.year)
            onsets = (self.rule.onset(year, self.start.time()) for year in years if year >= self.start.year)
            until = self.rule.until or datetime.max
            found += [onset for onset in onsets if onset and self.start <= onset <= min(wall, until)]
            found += self._last_of_the_rule(wall)
        return max(found, default=None)

    def _last_of_the_rule(self, wall):
        until = self.rule.until
        if not until or until >= wall:
            return []
        onsets = (self.rule.onset(year, self.start.time()) for year in (until.year - 1, until.year))
        return [onset for onset in onsets if onset and self.start <= onset <= until]


def key_of(name):
    return name.strip().strip('"').strip().lower()


def zones_of(calendar) -> dict[str, FileZone]:
    zones = {}
    for block in calendar.parts:
        if block.name == "VTIMEZONE" and (name := key_of(block.text("TZID")[:MAX_NAME])):
            zones.setdefault(name, FileZone(block.text("X-LIC-LOCATION"), _observances(block)))
    return zones


def first_version_of(calendar: Component) -> FileZone | None:
    """The clock that a calendar of 1996 names for its times, in TZ and DAYLIGHT."""
    found = version_one.clock_of(calendar.text("TZ"), (line.value for line in calendar.all("DAYLIGHT")[:MAX_DATES]))
    if found is None:
        return None
    standard, summers = found
    observances = [Observance(datetime(1970, 1, 1), standard, (), None)]
    for begin, end, offset in summers:
        observances += [Observance(begin, offset, (), None), Observance(end, standard, (), None)]
    return FileZone("", observances)


def _observances(block: Component) -> list[Observance]:
    """Empty where one cannot be read: half of a clock would be wrong for half of the year."""
    parts = block.parts[:MAX_OBSERVANCES]
    if not block.is_whole or not all(part.is_whole for part in parts):
        return []
    try:
        return [_observance(part) for part in parts]
    except (ValueError, IndexError, OverflowError):
        return []


def _observance(part):
    start = _naive(part.first("DTSTART").value if part.first("DTSTART") else "")
    dates = [text for line in part.all("RDATE") for text in line.value.split(",")[:MAX_DATES]]
    rule = part.first("RRULE")
    return Observance(
        start=start,
        offset=_utc_offset(part.text("TZOFFSETTO")),
        dates=tuple(_naive(text.partition("/")[0]) for text in dates[:MAX_DATES]),
        rule=_yearly(rule.value, start) if rule else None,
    )


def _naive(text):
    return datetime.strptime(text.strip().rstrip("Zz"), "%Y%m%dT%H%M%S" if "T" in text.upper() else "%Y%m%d")


def _utc_offset(text):
    found = re.fullmatch(r"([+-]?)(\d\d):?(\d\d)(?::?(\d\d))?", text.strip())
    if not found:
        raise ValueError(text)
    sign, *numbers = found.groups()
    length = timedelta(**dict(zip(("hours", "minutes", "seconds"), (int(n or 0) for n in numbers), strict=True)))
    if length >= timedelta(days=1):
        raise ValueError(text)
    return -length if sign == "-" else length


def _yearly(text, start):
    """The rule of an observance; raises ValueError for one that is not yearly in one month."""
    rule = dict(part.partition("=")[::2] for part in text.upper().replace(" ", "").strip(";").split(";"))
    if rule.get("FREQ") != "YEARLY" or rule.get("INTERVAL", "1") != "1" or len(text) > 300:
        raise ValueError(text)
    month, ordinal, weekday = int(rule.get("BYMONTH") or start.month), 1, None
    days = frozenset(int(day) for day in rule["BYMONTHDAY"].split(",")) if rule.get("BYMONTHDAY") else frozenset()
    if day := rule.get("BYDAY"):
        weekday, ordinal = WEEKDAYS.get(day[-2:]), int(day[:-2] or 1)
    elif not days:
        days = frozenset({start.day})
    until = _naive(rule["UNTIL"]) if rule.get("UNTIL") else None
    if not 1 <= month <= 12 or not 1 <= abs(ordinal) <= 5 or (rule.get("BYDAY") and weekday is None):
        raise ValueError(text)
    return Yearly(month, weekday, ordinal, days, until)

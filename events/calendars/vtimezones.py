"""Short VTIMEZONEs: the one DAYLIGHT and one STANDARD rule that hold for a calendar's years (RFC 5545, 3.6.5).

Outlook is an hour off when a TZID comes without its VTIMEZONE, and some calendars choke on a full history. Why the
library's own is not used: docs/decisions/0017-own-vtimezones.md.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

# The first year of a rule, as calendars write it; the years before the events do not matter.
EPOCH = 1970


class Change(NamedTuple):
    """A clock change on the last Sunday of a month: when on the wall clock, from and to which offset."""

    month: int
    at: tuple[int, int]
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_none(self):
        return self.before == self.after


@lru_cache(maxsize=256)
def changes(zone, year) -> tuple[Change, ...] | None:
    """The clock changes of a year, a single "change" to the same offset if there is none.

    None where one of them is not on the last Sunday of a month.
    """
    tz, found = ZoneInfo(zone), []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if _offset(day, tz) != _offset(day + timedelta(days=1), tz):
            found.append(_change(_change_time(day, tz), tz))
        day += timedelta(days=1)
    if found:
        return None if None in found else tuple(found)
    offset = _offset(day, tz)
    return (Change(1, (0, 0), offset, offset, day.astimezone(tz).tzname()),)


def rules(zone, years) -> tuple[Change, ...] | None:
    """The changes that hold in all of `years`; None where no such rule can be written, and times must be in UTC."""
    found = {changes(zone, year) for year in years}
    rule = found.pop() if len(found) == 1 else None
    is_writable = rule is not None and (len(rule) == 2 or rule[0].is_none)
    return rule if is_writable else None


def component(zone, rule) -> icalendar.Timezone:
    timezone = icalendar.Timezone()
    timezone.add("tzid", zone)
    for change in rule:
        timezone.add_component(_observance(change))
    return timezone


def _offset(at, tz):
    return at.astimezone(tz).utcoffset()


def _change_time(day, tz):
    # By bisection, to the minute.
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        same = _offset(day + timedelta(minutes=middle), tz) == _offset(day, tz)
        low, high = (middle, high) if same else (low, middle)
    return day + timedelta(minutes=high)


def _change(at, tz):
    before, after = _offset(at - timedelta(minutes=1), tz), _offset(at, tz)
    # On the clock of before the change, as RFC 5545 wants it.
    wall = (at + before).replace(tzinfo=None)
    is_last_sunday = wall.weekday() == 6 and (wall + timedelta(days=7)).month != wall.month
    name = at.astimezone(tz).tzname()
    return Change(wall.month, (wall.hour, wall.minute), before, after, name) if is_last_sunday else None


def _observance(change):
    part = icalendar.TimezoneDaylight() if change.after > change.before else icalendar.TimezoneStandard()
    part.add("dtstart", datetime(EPOCH, change.month, _last_sunday(change.month), *change.at))
    if not change.is_none:
        part.add("rrule", {"freq": "yearly", "bymonth": change.month, "byday": "-1su"})
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    return part


def _last_sunday(month):
    last = datetime(EPOCH, month % 12 + 1, 1) - timedelta(days=1)
    return last.day - (last.weekday() + 1) % 7

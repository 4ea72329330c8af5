"""Dates and times as calendars write them (RFC 5545): a day, or a time in a zone, in UTC, or floating."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from chapter.remarks import remark as _

DAY = timedelta(days=1)
# Also with the marks of ISO 8601 and without seconds; a day of seven digits is no day.
MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)? *(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Moment:
    """`wall` is naive, on the clock of `tz`; `shown` is the IANA zone to show it in."""

    wall: datetime
    tz: tzinfo
    shown: str
    is_day: bool = False

    @property
    def aware(self) -> datetime:
        return self.wall.replace(tzinfo=self.tz)

    @property
    def utc(self) -> datetime:
        return self.aware.astimezone(UTC)

    def at(self, wall) -> "Moment":
        return replace(self, wall=wall)

    def wall_in(self, tz) -> datetime:
        return self.wall if self.is_day else self.aware.astimezone(tz).replace(tzinfo=None)

    def day_in(self, tz) -> date:
        """The day that is meant where a whole-day event says a time: midnight there, or else the day as written."""
        there = self.wall_in(tz)
        return there.date() if there.time() == time() else self.wall.date()


def moment_of(text: str, params: dict[str, str], zones) -> Moment:
    """Raises ValueError for what is no day and no time."""
    found = MOMENT.fullmatch(text.strip())
    if not found:
        raise ValueError(_("it has a time that can’t be read: {value!r}", value=text.strip()[:40]))
    year, month, day, hour, minute, second, offset = found.groups()
    wall = datetime(int(year), int(month), int(day))
    zone = zones.of(params.get("TZID", ""))
    if hour is None:
        return _day(wall, zone)
    wall += _clock(int(hour), int(minute), int(second or 0))
    moment = Moment(wall - _offset(offset), UTC, zone.shown) if offset else Moment(wall, zone.tz, zone.shown)
    if params.get("VALUE", "").upper() == "DATE" and time() in (
        wall.time(),
        moment.wall_in(ZoneInfo(zone.shown)).time(),
    ):
        # A day with the midnight that it begins with. Others say that they are days, and then a time.
        return _day(datetime.combine(moment.day_in(ZoneInfo(zone.shown)), time()), zone)
    return moment


def _day(wall, zone):
    # A day is one on the clock that it is shown on.
    return Moment(wall, ZoneInfo(zone.shown), zone.shown, is_day=True)


def _clock(hour, minute, second):
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError(
            _(
                "it has a time that doesn’t exist: {hour:02}:{minute:02}:{second:02}",
                hour=hour,
                minute=minute,
                second=second,
            )
        )
    # A leap second; and 24:00 is the midnight after.
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _offset(text):
    if text in "Zz":
        return timedelta(0)
    digits = text[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -length if text[0] == "-" else length


def whole_days(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Midnight of the first day and midnight after the last one; at least a day."""
    first = datetime.combine(start.date(), time())
    last = datetime.combine(end.date(), time()) + (DAY if end.time() != time() else timedelta(0))
    return first, max(last, first + DAY)

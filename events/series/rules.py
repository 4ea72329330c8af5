"""The rule of a series, and the local dates that it gives. Nothing here reads or writes a row.

A time is a wall clock time: a meetup at 11:30 is at 11:30 on both sides of a clock change.
"""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

JULY = 7
# Where every rule ends; the forms know no later day either.
LAST_DAY = date(2100, 1, 1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# In the seven days that begin this many days before a date, each weekday is the one nearest to that date.
NEAREST_WEEKDAY = 3
# What makes the dates, and what makes the hours of a day.
RULE = ("rule", "every_weeks", "nth", "weekday", "day_of_month", "skips_july", "starts_on", "ends_on")
CLOCK = ("starts_at", "minutes", "time_zone")


def dates(series, *, after) -> Iterator[date]:
    """The dates of the rule after the date `after`, in order, to `ends_on` or 2100; skipped dates included."""
    last = min(series.ends_on or LAST_DAY, LAST_DAY)
    for day in _by_rule(series, after=max(after, series.starts_on - DAY)):
        if day > last:
            return
        if not (series.skips_july and day.month == JULY):
            yield day


def _by_rule(series, *, after):
    if series.rule == series.Rule.WEEKS:
        return _every_weeks(series, after=after)
    return (day for day in _monthly(series, after) if day > after)


def _every_weeks(series, *, after):
    # The weeks of July are counted, too.
    step = series.every_weeks * WEEK
    first = series.starts_on + timedelta(days=(series.weekday - series.starts_on.weekday()) % 7)
    day = first + max(0, (after - first) // step + 1) * step
    while day <= LAST_DAY:
        yield day
        day += step


def _monthly(series, after):
    year, month = after.year, after.month
    while year <= LAST_DAY.year:
        yield _in_month(series, year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _in_month(series, year, month):
    length = calendar.monthrange(year, month)[1]
    if series.rule == series.Rule.DAY:
        return date(year, month, min(series.day_of_month, length))
    if series.nth == series.Nth.LAST:
        end = date(year, month, length)
        return end - timedelta(days=(end.weekday() - series.weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(series.weekday - first.weekday()) % 7) + (series.nth - 1) * WEEK


def moments(series, day) -> tuple[datetime, datetime]:
    """(start, end) of the event on this local date, in UTC.

    An hour that the night of the clock change skips is read with the offset before it, so that 02:30 is 03:30 in
    summer time; one that the night has twice is the first of the two. Both as RFC 5545 (3.3.5) reads a local time.
    """
    start = datetime.combine(day, series.starts_at, tzinfo=series.zone).astimezone(UTC)
    return start, start + timedelta(minutes=series.minutes)


def today(series) -> date:
    return timezone.now().astimezone(series.zone).date()


def coming(series) -> Iterator[date]:
    """The rule's dates whose event would start from now on."""
    now = timezone.now()
    return (day for day in dates(series, after=today(series) - DAY) if moments(series, day)[0] > now)


def reach(series) -> int:
    """How many days an event may move to a new date: half of the rule's usual gap."""
    return series.every_weeks * 7 // 2 if series.rule == series.Rule.WEEKS else 15

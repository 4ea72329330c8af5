"""The last twelve months in numbers, on average and by month. Numbers of events, never of people over time."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from chapter import charts
from chapter.text import dates

from . import attendance

MONTHS = 12


class Held(NamedTuple):
    """One event that is over; the fields are those of `attendance.last_year`."""

    starts_at: datetime
    signed_up: int
    ticked: int
    no_show: int
    walk_in_count: int

    @property
    def is_counted(self):
        return bool(self.ticked or self.no_show or self.walk_in_count)

    @property
    def came(self):
        return self.ticked + self.walk_in_count


class Month(NamedTuple):
    """`came` is None if nobody kept count at any of its events."""

    first: date
    events: int
    signed_up: int
    came: int | None

    @property
    def name(self):
        return dates.month_and_year(self.first)


class Averages(NamedTuple):
    """Of the events at which somebody kept count."""

    events: int
    signed_up: int
    came: int
    walk_ins: int
    no_show_percent: int


class Year(NamedTuple):
    averages: Averages | None
    months: list[Month]


def add_up(zone) -> Year:
    """The last twelve months, oldest first, on the clock of `zone`; no averages if nobody kept count. One query."""
    # Added up here: PostgreSQL would count the people of each event anew for each of the sums.
    events = [Held(*row) for row in attendance.last_year().order_by().values_list(*Held._fields)]
    return Year(_averages([event for event in events if event.is_counted]), _months(events, zone))


def _averages(counted):
    if not counted:
        return None
    signed_up, no_shows = (sum(getattr(event, name) for event in counted) for name in ("signed_up", "no_show"))
    return Averages(
        events=len(counted),
        signed_up=round(signed_up / len(counted)),
        came=round(sum(event.came for event in counted) / len(counted)),
        walk_ins=round(sum(event.walk_in_count for event in counted) / len(counted)),
        no_show_percent=round(100 * no_shows / signed_up) if signed_up else 0,
    )


def _months(events, zone):
    # With the rest of the month that began a year ago, which is left out.
    by_month = defaultdict(list)
    for event in events:
        by_month[event.starts_at.astimezone(zone).date().replace(day=1)].append(event)
    now = timezone.now().astimezone(zone)
    return [_month(first, by_month[first]) for first in (_back(now, ago) for ago in reversed(range(MONTHS)))]


def _back(now, ago):
    index = now.year * 12 + now.month - 1 - ago
    return date(index // 12, index % 12 + 1, 1)


def _month(first, events):
    counted = [event.came for event in events if event.is_counted]
    signed_up = sum(event.signed_up for event in events)
    return Month(first, len(events), signed_up, sum(counted) if counted else None)


def chart(rows) -> charts.Columns:
    labels = [dates.short_month(month.first) for month in rows]
    return charts.columns(labels, [month.signed_up for month in rows], [month.came for month in rows])

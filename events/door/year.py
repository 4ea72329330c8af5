"""The last twelve months in numbers, on average and by month. Numbers of events, never of people over time."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateTimeField, Func, IntegerField, Value
from django.utils import timezone

from chapter import charts
from chapter.text import dates

from . import attendance

MONTHS = 12


class Held(NamedTuple):
    """One event that is over; beside the number of its month the fields are those of `attendance.last_year`."""

    month: int
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
    firsts = _first_days(timezone.now().astimezone(zone))
    rows = attendance.last_year().order_by().annotate(month=_month_among(firsts, zone))
    # Added up here: PostgreSQL would count the people of each event anew for each of the sums.
    events = [Held(*row) for row in rows.values_list(*Held._fields)]
    return Year(_averages([event for event in events if event.is_counted]), _months(firsts, events))


def _first_days(now):
    this_month = now.year * 12 + now.month - 1
    indexes = range(this_month - MONTHS + 1, this_month + 1)
    return [date(index // 12, index % 12 + 1, 1) for index in indexes]


def _month_among(firsts, zone):
    # A number, since to read the moment itself of thousands of rows would take as long as to count their people.
    begins = [datetime(first.year, first.month, 1, tzinfo=zone) for first in firsts]
    begins = Value(begins, output_field=ArrayField(DateTimeField()))
    return Func("starts_at", begins, function="width_bucket", output_field=IntegerField())


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


def _months(firsts, events):
    # Number 0 is the rest of the month that began a year ago, which is left out.
    of_month = defaultdict(list)
    for event in events:
        of_month[event.month].append(event)
    return [_month(first, of_month[number]) for number, first in enumerate(firsts, 1)]


def _month(first, events):
    counted = [event.came for event in events if event.is_counted]
    signed_up = sum(event.signed_up for event in events)
    return Month(first, len(events), signed_up, sum(counted) if counted else None)


def chart(rows) -> charts.Columns:
    labels = [dates.short_month(month.first) for month in rows]
    return charts.columns(labels, [month.signed_up for month in rows], [month.came for month in rows])

"""How many signed up and came, by month, over the last year. Numbers of events, never of people over time."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from chapter import charts
from chapter.text import dates

from . import attendance

MONTHS = 12


class Month(NamedTuple):
    """`came` is None if nobody kept count at any of its events."""

    first: date
    events: int
    signed_up: int
    came: int | None

    @property
    def name(self):
        return dates.month_and_year(self.first)


def months(zone) -> list[Month]:
    """The last twelve months, oldest first, on the clock of `zone`; one query."""
    now = timezone.now().astimezone(zone)
    found = {_back(now, ago): [] for ago in reversed(range(MONTHS))}
    names = ("starts_at", "signed_up", "ticked", "no_show", "walk_in_count")
    for starts_at, *numbers in attendance.last_year().order_by().values_list(*names):
        first = starts_at.astimezone(zone).date().replace(day=1)
        # The rest of the month that began a year ago.
        if first in found:
            found[first].append(numbers)
    return [_month(first, rows) for first, rows in found.items()]


def _back(now, ago):
    index = now.year * 12 + now.month - 1 - ago
    return date(index // 12, index % 12 + 1, 1)


def _month(first, rows):
    counted = [ticked + walk_ins for _signed_up, ticked, no_show, walk_ins in rows if ticked or no_show or walk_ins]
    return Month(first, len(rows), sum(row[0] for row in rows), sum(counted) if counted else None)


def chart(rows) -> charts.Columns:
    labels = [dates.short_month(month.first) for month in rows]
    return charts.columns(labels, [month.signed_up for month in rows], [month.came for month in rows])

"""How many signed up and came, by month, over the last year. Numbers of events, never of people over time."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
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
    sums = {name: Sum(name) for name in ("signed_up", "ticked", "no_show", "walk_in_count")}
    by_month = attendance.last_year().order_by().values(month=TruncMonth("starts_at", tzinfo=zone))
    # With the rest of the month that began a year ago, which is left out.
    found = {row["month"].date(): row for row in by_month.annotate(events=Count("pk"), **sums)}
    return [_month(first, found.get(first)) for first in (_back(now, ago) for ago in reversed(range(MONTHS)))]


def _back(now, ago):
    index = now.year * 12 + now.month - 1 - ago
    return date(index // 12, index % 12 + 1, 1)


def _month(first, row):
    if row is None:
        return Month(first, 0, 0, None)
    is_counted = row["ticked"] or row["no_show"] or row["walk_in_count"]
    came = row["ticked"] + row["walk_in_count"] if is_counted else None
    return Month(first, row["events"], row["signed_up"], came)


def chart(rows) -> charts.Columns:
    labels = [dates.short_month(month.first) for month in rows]
    return charts.columns(labels, [month.signed_up for month in rows], [month.came for month in rows])

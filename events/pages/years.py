"""The years of the past events."""

from datetime import UTC, datetime, timedelta

from django.db.models import Func, IntegerField, Max, Min, QuerySet, Value

from ..models import Event

# A clock on the wall is never further from UTC.
FARTHEST_ZONE = timedelta(hours=15)
MOST_YEARS = 50


class LocalYear(Func):
    """The year on the wall clock of the event's own zone: at New Year it is another one than UTC's."""

    template = "EXTRACT(YEAR FROM timezone(%(expressions)s))::integer"
    output_field = IntegerField()


def in_year(events, year) -> QuerySet[Event]:
    # The bounds first, which an index knows.
    begin, end = (datetime(number, 1, 1, tzinfo=UTC) for number in (year, year + 1))
    near = events.filter(starts_at__range=(begin - FARTHEST_ZONE, end + FARTHEST_ZONE))
    return near.alias(year=LocalYear("time_zone", "starts_at")).filter(year=year)


def years_of(events) -> list[int]:
    """Latest first, of at most MOST_YEARS; two queries, which read a row for each year."""
    ends = events.order_by().aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if ends["last"] is None:
        return []
    last = (ends["last"] + FARTHEST_ZONE).year
    years = range(last, max((ends["first"] - FARTHEST_ZONE).year, last - MOST_YEARS) - 1, -1)
    found, *rest = (in_year(events, year).values_list(Value(year))[:1] for year in years)
    return sorted((year for (year,) in found.union(*rest, all=True)), reverse=True)


def chosen_year(request, among) -> int | None:
    """`?year=`, if it is among the years; None means all."""
    asked = request.GET.get("year", "")
    return next((year for year in among if str(year) == asked), None)

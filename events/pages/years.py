"""The years of the past events."""

from django.db.models import Func, IntegerField, QuerySet

from ..models import Event


class LocalYear(Func):
    """The year on the wall clock of the event's own zone: at New Year it is another one than UTC's."""

    template = "EXTRACT(YEAR FROM timezone(%(expressions)s))::integer"
    output_field = IntegerField()


def with_year(events) -> QuerySet[Event]:
    return events.annotate(year=LocalYear("time_zone", "starts_at"))


def years_of(events) -> list[int]:
    """Latest first."""
    return sorted(with_year(events).order_by().values_list("year", flat=True).distinct(), reverse=True)


def chosen_year(request, among) -> int | None:
    """`?year=`, if it is among the years; None means all."""
    asked = request.GET.get("year", "")
    return next((year for year in among if str(year) == asked), None)

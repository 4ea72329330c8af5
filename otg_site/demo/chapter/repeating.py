"""The demo's series: the monthly lunch, with all that have been, and the next ones made by its rule."""

from datetime import time
from itertools import takewhile

from chapter.wordings import adopt_wording
from events import series
from events.models import Event, Series
from events.series import rules as series_rules

from .calendar import CLOSED_MONTHS

AHEAD = 3
YEARS = 2


def load(happenings, members, calendar):
    """Store a series around the announced lunch, which makes the other lunches in its three languages."""
    plan, lunch = next(pair for pair in happenings.coming if pair[0]["key"] == "lunch")
    been = [event for plan, event in happenings.been if isinstance(plan["key"], int)]
    made = _row(plan, lunch, starts_on=min(event.local_start.date() for event in been))
    for wording in plan["wording"]:
        adopt_wording(made, **{**wording, "body": wording["body"].strip()})
    made.hosts.set(members[key] for key in plan["hosts"])
    made.principles.set(plan["principles"])
    _take_in(made, [lunch, *been])
    _leave_out_closed_months(made, calendar)
    series.top_up(made.pk)


def _row(plan, lunch, *, starts_on):
    return Series.objects.create(
        slug="manedlig-lunsj",
        kind=lunch.kind,
        venue=lunch.venue,
        capacity=lunch.capacity,
        starts_on=starts_on,
        starts_at=time.fromisoformat(plan["time"]),
        minutes=plan["hours"] * 60,
        time_zone=lunch.time_zone,
        ahead=AHEAD,
    )


def _take_in(made, events):
    for event in events:
        Event.objects.filter(pk=event.pk).update(series=made, series_date=event.local_start.date())


# January is skipped date by date; July by the rule.
def _leave_out_closed_months(made, calendar):
    end = calendar.day(YEARS * 366)
    days = takewhile(lambda day: day < end, series_rules.dates(made, after=calendar.today))
    for day in days:
        if day.month in CLOSED_MONTHS:
            made.skips.create(date=day)

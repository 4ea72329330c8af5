"""The next dates of a series: with an event, left out, or to be made."""

from datetime import date
from itertools import takewhile

from ..models import Event
from . import rules

# What an event of a series may be to count as one that people can plan for.
REAL = (Event.State.DRAFT, Event.State.PUBLISHED)


class Row:
    def __init__(self, series, day, *, event=None, is_skipped=False):
        self.date, self.event, self.is_skipped = day, event, is_skipped
        self.starts_at, self.ends_at = rules.moments(series, day)

    @property
    def is_new(self) -> bool:
        return self.event is None and not self.is_skipped

    @property
    def is_real(self) -> bool:
        """Whether people can plan for it: to be made, or made and neither begun, postponed nor cancelled."""
        return self.is_new or (self.event is not None and self.event.state in REAL and not self.event.has_started)


def window(series, *, skipped=None, events=None, ahead=None) -> list[Row]:
    """The next dates of the rule, until `ahead` events are to come. Two queries, or none where both are given.

    `events` is {date: event} in whatever state; `skipped` a set of dates.
    """
    skipped = skipped_dates(series) if skipped is None else skipped
    events = events_by_date(series) if events is None else events
    rows, real = [], _real_off_the_rule(series, events)
    for day in rules.coming(series):
        if real >= (series.ahead if ahead is None else ahead):
            break
        rows.append(Row(series, day, event=events.get(day), is_skipped=day in skipped and day not in events))
        real += rows[-1].is_real
    return rows


def _real_off_the_rule(series, events):
    # Events on dates that the rule does not give, or no longer, count as well.
    if not events:
        return 0
    given = set(takewhile(lambda day: day <= max(events), rules.coming(series)))
    return sum(Row(series, day, event=event).is_real for day, event in events.items() if day not in given)


def skipped_dates(series) -> set[date]:
    return set(series.skips.values_list("date", flat=True))


def events_by_date(series) -> dict[date, Event]:
    return {event.series_date: event for event in series.events.filter(series_date__gte=rules.today(series))}

"""The next dates of a series: which have an event, which are left out, which are to be made."""

from itertools import takewhile

from ..models import Event
from . import rules as series_rules

# What an event of a series may be to count as one that people can plan for.
REAL = (Event.State.DRAFT, Event.State.PUBLISHED)


class Row:
    """One of the next dates: its event if it has one, or why it has none."""

    def __init__(self, series, day, *, event=None, is_skipped=False):
        self.date, self.event, self.is_skipped = day, event, is_skipped
        self.starts_at, self.ends_at = series_rules.moments(series, day)

    @property
    def is_new(self):
        return self.event is None and not self.is_skipped

    @property
    def is_real(self):
        """Something that people can plan for: what is to be made, or made and neither begun, postponed nor cancelled."""
        return self.is_new or (self.event is not None and self.event.state in REAL and not self.event.has_started)


def window(series, *, skipped=None, events=None, ahead=None):
    """The next dates of the rule, until `ahead` events are to come. Two queries, or none where both sets are given.

    `events` is {date: event}, whatever became of them; `skipped` a set of dates.
    """
    skipped = skipped_dates(series) if skipped is None else skipped
    events = events_by_date(series) if events is None else events
    rows, real = [], _real_off_the_rule(series, events)
    for day in series_rules.coming(series):
        if real >= (series.ahead if ahead is None else ahead):
            break
        rows.append(Row(series, day, event=events.get(day), is_skipped=day in skipped and day not in events))
        real += rows[-1].is_real
    return rows


def _real_off_the_rule(series, events):
    """How many events are to come on dates that the rule does not give, or no longer: they count as well."""
    if not events:
        return 0
    given = set(takewhile(lambda day: day <= max(events), series_rules.coming(series)))
    return sum(Row(series, day, event=event).is_real for day, event in events.items() if day not in given)


def skipped_dates(series):
    return set(series.skips.values_list("date", flat=True))


def events_by_date(series):
    """{date: event} of the dates from today on, whatever became of the events."""
    return {event.series_date: event for event in series.events.filter(series_date__gte=series_rules.today(series))}

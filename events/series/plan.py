"""What an edit of a series would do to each of its coming events, computed before anything is written.

Only events that follow their series are in it: to come, a draft or published, and never edited alone. Where the rule itself
changes, an event whose date the new rule does not give moves to the nearest free new date, at most half of the rule's usual gap
away: its address, calendar entry and RSVPs stay, and the move is mailed. One without a new date is deleted if it never had
an RSVP or any related row; else it stays on its day and no longer follows the series.
"""

import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import takewhile
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .. import planning
from ..models import Event, EventWording, Rsvp, Series
from . import rules
from .window import REAL, Row, events_by_date, skipped_dates, window

# What events get from the series as it stands; their time comes from the rule.
SHARED = ("kind", "time_zone", "venue", "online_url", "capacity")
COLUMNS = (*SHARED, "starts_at", "ends_at")


@dataclass(frozen=True)
class Step:
    """What happens to one event: it gets `columns` and `date`; without columns it is deleted, or left as it is."""

    event: Event
    date: date | None
    columns: dict | None
    is_dropped: bool = False

    @property
    def people(self) -> int:
        return self.event.going_count + self.event.waiting_count

    @property
    def is_move(self) -> bool:
        return self.columns is not None and planning.is_move(self.event, self.columns)

    @property
    def tells(self) -> bool:
        return self.columns is not None and planning.needs_reason(self.event, self.columns)

    @property
    def is_left(self) -> bool:
        return self.columns is None and not self.is_dropped

    @property
    def local_start(self) -> datetime:
        """The new start, in the event's zone."""
        start, zone = (self.columns or {}).get("starts_at"), (self.columns or {}).get("time_zone")
        return timezone.localtime(start, Series(time_zone=zone).zone) if start else self.event.local_start

    @property
    def changes_time(self) -> bool:
        return self.columns is not None and any(
            getattr(self.event, name) != self.columns[name] for name in planning.TIME
        )


@dataclass(frozen=True)
class Plan:
    """`changed` is the series as it will be, not saved."""

    series: Series
    changed: Series
    steps: list

    @property
    def told(self) -> list[Step]:
        return [step for step in self.steps if step.tells and step.people]

    @property
    def dropped(self) -> list[Step]:
        return [step for step in self.steps if step.is_dropped]

    @property
    def left(self) -> list[Step]:
        return [step for step in self.steps if step.is_left]

    @property
    def moved(self) -> list[Step]:
        return [step for step in self.steps if step.tells]

    @cached_property
    def people(self) -> int:
        return Rsvp.objects.holding().filter(event__in=[step.event for step in self.told]).number_of_people()

    @property
    def asks(self) -> bool:
        return bool(self.moved or self.dropped or self.left)

    @cached_property
    def key(self) -> str:
        """A short string that differs where another plan would be carried out."""
        # Whether anybody comes, not how many: one RSVP more must not ask again.
        steps = [
            (step.event.pk, str(step.date), step.is_dropped, step.is_left, step.tells, bool(step.people))
            for step in self.steps
        ]
        columns = [str(getattr(self.changed, name)) for name in (*rules.CLOCK, "venue_id", "online_url")]
        return planning.digest([steps, columns])

    def rows(self) -> list[Row]:
        moved = {step.event.pk: step for step in self.steps}
        events = {day: event for day, event in events_by_date(self.series).items() if event.pk not in moved}
        events |= {step.date or step.event.series_date: step.event for step in self.steps if not step.is_dropped}
        rows = window(self.changed, skipped=self.skipped, events=events)
        return [row for row in rows if self.series.is_running or not row.is_new]

    @property
    def skipped(self) -> set[date]:
        return self.changed.skipped


def followers(series, *, first=None) -> QuerySet[Event]:
    """The coming events that an edit of the series changes, from the date `first` on; in order of id."""
    rows = series.events.filter(is_edited=False, state__in=REAL, starts_at__gt=timezone.now())
    if first:
        rows = rows.filter(series_date__gte=first)
    return rows.with_seats().select_related("venue").order_by("id")


def is_other_rule(series, columns) -> bool:
    return any(getattr(series, name) != columns[name] for name in rules.RULE if name in columns)


def plan(series, columns, *, first=None, skipped=None) -> Plan:
    changed = copy.copy(series)
    for name, value in columns.items():
        setattr(changed, name, value)
    changed.skipped = skipped_dates(series) if skipped is None else skipped
    rows = list(followers(series, first=first))
    if not is_other_rule(series, columns):
        days = {event.pk: event.series_date for event in rows}
    else:
        _begin_at(changed, first)
        days = _new_days(series, changed, rows)
    kept = _ids_in_use([event for event in rows if event.pk not in days])
    return Plan(series, changed, [_step(series, changed, event, days.get(event.pk), kept) for event in rows])


def _begin_at(changed, first):
    # "This and later": the new rule gives no dates among the earlier events. Every n weeks is counted from its start,
    # so the first of its weekday must be the one nearest to the chosen event.
    if first:
        back = rules.NEAREST_WEEKDAY if changed.rule == Series.Rule.WEEKS else rules.reach(changed)
        begin = max(changed.starts_on, first - timedelta(days=back))
        changed.starts_on = min(begin, changed.ends_on or begin)


def _new_days(series, changed, rows):
    """{event: its date under the new rule}; the nearest pairs first."""
    if not rows:
        return {}
    free = _free_days(series, changed, rows)
    days = {event.pk: event.series_date for event in rows if event.series_date in free}
    free -= set(days.values())
    reach = timedelta(days=rules.reach(changed))
    pairs = [(abs(day - event.series_date), day, event.pk) for event in rows for day in free if event.pk not in days]
    for distance, day, pk in sorted(pairs):
        if distance <= reach and pk not in days and day in free:
            days[pk] = day
            free.discard(day)
    return days


def _free_days(series, changed, rows):
    last = max(event.series_date for event in rows) + timedelta(days=rules.reach(changed))
    own = {event.pk for event in rows}
    taken = {day for day, event in events_by_date(series).items() if event.pk not in own}
    return set(takewhile(lambda day: day <= last, rules.coming(changed))) - taken - changed.skipped


def _step(series, changed, event, day, kept):
    if day is None:
        return Step(event, None, None, is_dropped=event.pk not in kept)
    columns = {name: getattr(event, name) for name in COLUMNS}
    columns |= {name: getattr(changed, name) for name in SHARED if getattr(series, name) != getattr(changed, name)}
    if event.capacity != series.capacity:
        # This one was given its own number of seats, on the page of attendees.
        columns["capacity"] = event.capacity
    if day != event.series_date or any(getattr(series, n) != getattr(changed, n) for n in rules.CLOCK):
        columns["starts_at"], columns["ends_at"] = rules.moments(changed, day)
    if columns["starts_at"] <= timezone.now():
        # An earlier hour of today is over.
        return Step(event, None, None)
    return Step(event, day, columns)


def _ids_in_use(events):
    """Ids of events that have an RSVP or any related row outside texts, hosts and themes. One query."""
    # These belong to the event; any other related row is somebody's.
    own = {EventWording, Event.hosts.through, Event.principles.through}
    fields = Event._meta.get_fields(include_hidden=True)
    others = [one for one in fields if one.auto_created and not one.concrete and one.related_model not in own]
    rows = [one.related_model._base_manager.filter(**{one.field.name: OuterRef("pk")}) for one in others]
    anything = reduce(or_, (Q(Exists(found)) for found in rows))
    return set(Event.objects.filter(anything, pk__in=[event.pk for event in events]).values_list("pk", flat=True))

"""A calendar that comes again: which dates of it are those that were taken in before, and which it no longer has.

A date of a repeating event is known by its UID and the start that the rule gave it. When the whole series moves, or a single
event becomes a series, these names change: a new date takes over the mark of the one on the same day, or else the nearest.
"""

import re
from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from chapter.models import ImportMark

from ..models import Event
from .event_row import EventRow

STAMP = re.compile(r"(?P<uid>.+) (?P<stamp>\d{8}T\d{6}Z)\Z", re.DOTALL)
NEAR = timedelta(days=3)


class Known:
    """What was taken in from one source before, by the source's own names."""

    def __init__(self, source: str):
        label = Event._meta.label_lower
        marks = ImportMark.objects.filter(subject_label=label, source=source[:200])
        self.ids = {mark.external_id: mark for mark in marks}
        found = Event.objects.filter(pk__in=[mark.subject_id for mark in self.ids.values()])
        self._events = {event.pk: event for event in found.prefetch_related("wordings")}
        self._by_uid = defaultdict(set)
        for name in self.ids:
            self._by_uid[uid_of(name)].add(name)

    def take_over(self, rows: list[EventRow]) -> None:
        """Give new dates of known events the marks of those that they replace."""
        names = {row.external_id for row in rows}
        new = defaultdict(list)
        for row in rows:
            if row.external_id not in self.ids:
                new[uid_of(row.external_id)].append(row)
        for uid, found in new.items():
            old = [name for name in self._by_uid.get(uid, ()) if name not in names and self.event(name)]
            for name, row in _pairs([(name, self.event(name)) for name in old], found):
                self._rename(name, row.external_id)

    def event(self, name) -> Event | None:
        return self._events.get(self.ids[name].subject_id)

    def missing(self, names: set[str], *, uids: set[str], within) -> list[Event]:
        """Events of these UIDs whose names the file no longer says, though they lie in the time that was read."""
        gone = [name for uid in uids for name in self._by_uid.get(uid, ()) if name not in names]
        found = {event.pk: event for name in gone if (event := self.event(name))}
        still = {self.ids[name].subject_id for name in names if name in self.ids}
        rows = [event for event in found.values() if event.pk not in still and not event.is_cancelled]
        return sorted(
            (event for event in rows if event.ends_at > within[0] and event.starts_at < within[1]),
            key=lambda event: (event.starts_at, event.pk),
        )

    def name_of(self, event) -> str:
        return next(name for name, mark in self.ids.items() if mark.subject_id == event.pk)

    def mark_of(self, event) -> ImportMark:
        return self.ids[self.name_of(event)]

    @property
    def uids(self) -> set[str]:
        return set(self._by_uid)

    def _rename(self, old, new):
        mark = self.ids.pop(old)
        mark.external_id = new[:500]
        mark.save(update_fields=["external_id"])
        self.ids[mark.external_id] = mark
        uid = uid_of(new)
        self._by_uid[uid] = self._by_uid[uid] - {old} | {mark.external_id}


def uid_of(external_id: str) -> str:
    """The UID of a name; that of a date without the date."""
    found = STAMP.fullmatch(external_id)
    return found["uid"] if found else external_id


def _pairs(old, rows):
    """[(name, row)]: first those of the same day, then the nearest within NEAR, each once."""
    free, left = list(rows), []
    for name, event in sorted(old, key=lambda pair: pair[1].starts_at):
        same = next((row for row in free if _day(row) == event.local_start.date()), None)
        if same is None:
            left.append((name, event))
        else:
            free.remove(same)
            yield name, same
    for name, event in left:
        near = [row for row in free if abs(row.starts_at - event.starts_at) <= NEAR]
        if near:
            nearest = min(near, key=lambda row: abs(row.starts_at - event.starts_at))
            free.remove(nearest)
            yield name, nearest


def _day(row):
    return row.starts_at.astimezone(ZoneInfo(row.time_zone)).date()


def same_event(row: EventRow, *, taken: set[int]) -> Event | None:
    """An event of the same title and start that no other row of this file is, locked: its source gave it a new name."""
    titles = {title for title, _ in row.texts.values()}
    # Current only: an older title may be that of another event by now.
    events = Event.objects.select_for_update(of=("self",)).filter(starts_at=row.starts_at).exclude(pk__in=taken)
    for event in events.order_by("id"):
        if titles & {text.title for text in event.wordings.current()}:
            return event
    return None


def newest_mark(event) -> ImportMark | None:
    """The newest mark of an event, whatever its source called it."""
    marks = ImportMark.objects.filter(subject_label=event._meta.label_lower, subject_id=event.pk)
    return marks.order_by("-pk").first()

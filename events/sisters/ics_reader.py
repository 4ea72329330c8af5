"""Read a foreign calendar (RFC 5545) without trusting it: `read_calendar` returns its entries within a window.

Only the properties that we use are kept, so no attendee's address is stored. VTIMEZONE is not read: it can hold rules that keep
a machine busy; zones are known by their IANA or Windows names. An error in one entry is a trouble of that entry; an error
in the file, or one made to do harm, raises `Unreadable`. The work is bounded by the size of the file, the number of its
entries and dates, and the days that its rules may look at: see `repeats`.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline
from icalendar.prop import vDuration, vText

from chapter.fields import clean_line, clean_text

from . import repeats
from .ics_lines import MAX_BYTES, Unreadable, blocks_of, is_ours, lines_of, plain
from .ics_moments import Moment, moment_of, zone_of

MAX_EVENTS = 500
MAX_DATES = 2_000  # RDATE and EXDATE of a whole file
MAX_LENGTH = timedelta(days=31)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAST_SECOND = DAY - timedelta(seconds=1)


__all__ = ["MAX_BYTES", "Calendar", "Entry", "Unreadable", "read_calendar"]


@dataclass(frozen=True)
class Entry:
    """One event on one date. `recurrence` is the start that its rule gave it, in UTC; empty without a rule."""

    uid: str
    title: str
    start: datetime
    end: datetime
    zone: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: str = ""
    sequence: int = 0
    recurrence: str = ""

    @property
    def is_cancelled(self) -> bool:
        return self.status == "CANCELLED"


@dataclass(frozen=True)
class Calendar:
    entries: list[Entry]  # by time
    troubles: list[tuple[str, str]]  # (what, why) of entries that cannot be read
    is_ours: bool  # written by a site like this one


def read_calendar(content, *, zone, after, before) -> Calendar:
    """The entries that end after `after` and start before `before` (both aware). Raises Unreadable.

    `zone` is that of floating times, unless the calendar names one.
    """
    head, blocks = blocks_of(lines_of(content))
    zone = zone_of(plain(head, "X-WR-TIMEZONE"), otherwise=zone)
    series, troubles = _series(blocks, zone)
    window = after.astimezone(ZoneInfo(zone)), before.astimezone(ZoneInfo(zone))
    entries, budget = [], repeats.Budget()
    for uid, parts in series.items():
        try:
            entries += _entries(uid, parts, window, budget)
        except repeats.Exploding as error:
            raise Unreadable("exploding", f"This calendar is refused: {error}.") from error
        except (repeats.UnreadableRule, ValueError, OverflowError) as error:
            troubles.append((parts[0].title or uid, str(error)))
        if len(entries) > MAX_EVENTS:
            raise Unreadable("too_many", f"This calendar has more than {MAX_EVENTS} events in the time asked for.")
    return Calendar(sorted(entries, key=lambda entry: (entry.start, entry.uid)), troubles, is_ours(head))


# Entries


@dataclass(frozen=True)
class _Part:
    """A VEVENT: an entry, a repeating entry, or one changed date of it."""

    uid: str
    title: str
    start: Moment
    length: timedelta
    values: dict
    rules: tuple = ()
    more: tuple = ()
    less: tuple = ()
    of_date: Moment | None = None


def _series(blocks, zone):
    series, troubles, dates = defaultdict(list), [], 0
    for block in blocks:
        values = {}
        try:
            values = _values(block)
            part = _part(values, zone)
        except Unreadable:
            raise
        except (ValueError, OverflowError, KeyError, IndexError) as error:
            why = str(error) if str(error).startswith("it ") else "its lines cannot be read"
            troubles.append((_text(values, "SUMMARY")[:100] or "An entry without a title", why))
            continue
        series[part.uid].append(part)
        dates += len(part.more) + len(part.less)
        if dates > MAX_DATES:
            raise Unreadable("too_many", f"This calendar names more than {MAX_DATES} single dates.")
    return series, troubles


def _values(block):
    values = defaultdict(list)
    for line in block:
        name, params, value = Contentline(line).parts()
        values[name.upper()].append((params, value))
    return values


def _first(values, name):
    return values[name][0][1] if values.get(name) else ""


def _text(values, name):
    return clean_text(str(vText.from_ical(_first(values, name)))).strip()


def _times(values, name, zone):
    found = []
    for params, value in values.get(name, ()):
        texts = value.split(",")
        if len(texts) > MAX_DATES:
            raise Unreadable("too_many", f"This calendar names more than {MAX_DATES} single dates.")
        found += [moment_of(text.partition("/")[0], params, zone) for text in texts if text.strip()]
    return tuple(found)


def _part(values, zone):
    starts = _times(values, "DTSTART", zone)
    if not starts:
        raise ValueError("it has no start")
    start = starts[0]
    title = clean_line(_text(values, "SUMMARY"))
    return _Part(
        uid=clean_line(_first(values, "UID"))[:400] or f"{title[:200]} {start.wall:%Y%m%dT%H%M}",
        title=title,
        start=start,
        length=_length(values, start, zone),
        values=values,
        rules=tuple(value for _, value in values.get("RRULE", ())),
        more=_times(values, "RDATE", zone),
        less=_times(values, "EXDATE", zone),
        of_date=next(iter(_times(values, "RECURRENCE-ID", zone)), None),
    )


def _length(values, start, zone):
    # On the wall clock; a day or an hour where the file says nothing, or an end before the start.
    ends = _times(values, "DTEND", zone)
    length = timedelta(0)
    if ends:
        length = ends[0].wall_in(start.zone) - start.wall
    elif values.get("DURATION"):
        length = vDuration.from_ical(_first(values, "DURATION"))
    if length > MAX_LENGTH:
        raise ValueError("it lasts longer than a month")
    return length if length > timedelta(0) else (DAY if start.is_day else HOUR)


def _entries(uid, parts, window, budget):
    """The events of one UID: those of its rule, with changed dates at their own time and without excluded ones."""
    parts = sorted(parts, key=lambda part: _sequence(part.values))
    masters = [part for part in parts if part.of_date is None]
    changed = {part.of_date.wall_in(part.start.zone): part for part in parts if part.of_date}
    found = []
    if masters:
        master = masters[-1]
        changed = {part.of_date.wall_in(master.start.zone): part for part in changed.values()}
        repeats_itself = bool(master.rules or master.more)
        walls = _walls(master, window, budget) - set(changed)
        found += [_entry(master, wall, recurrence=wall if repeats_itself else None) for wall in sorted(walls)]
    found += [_entry(part, part.start.wall, recurrence=wall) for wall, part in changed.items()]
    return [entry for entry in found if entry.end > window[0] and entry.start < window[1]]


def _walls(master, window, budget):
    zone, start = master.start.zone, master.start.wall
    after, before = (moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in window)
    walls = {start, *(moment.wall_in(zone) for moment in master.more)}
    for text in master.rules[:1]:
        rule = repeats.parse(text, start)
        until = _until(rule.until, zone)
        walls |= set(repeats.dates(rule, start, until=until, after=after - MAX_LENGTH, before=before, budget=budget))
    days_off = {moment.wall.date() for moment in master.less if moment.is_day}
    walls -= {moment.wall_in(zone) for moment in master.less}
    return {wall for wall in walls if wall.date() not in days_off}


def _until(text, zone):
    """The naive last start that a rule allows. A date includes that whole day; the year 9999 means for ever."""
    if not text or text.startswith("9999"):
        return None
    last = moment_of(text, {}, zone)
    return last.wall + LAST_SECOND if last.is_day else last.wall_in(zone)


def _sequence(values):
    text = _first(values, "SEQUENCE").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _entry(part, wall, *, recurrence):
    moment = replace(part.start, wall=wall)
    ends = replace(part.start, wall=wall + part.length)
    start, end = moment.aware.astimezone(UTC), ends.aware.astimezone(UTC)
    return Entry(
        uid=part.uid,
        title=part.title[:200],
        start=start,
        end=end if end > start else start + HOUR,
        zone=part.start.shown or part.start.zone,
        description=_text(part.values, "DESCRIPTION")[:20_000],
        location=clean_line(_text(part.values, "LOCATION"))[:300],
        url=_first(part.values, "URL").strip()[:500],
        status=_first(part.values, "STATUS").strip().upper(),
        sequence=_sequence(part.values),
        recurrence=_stamp(recurrence, part.start) if recurrence else "",
    )


def _stamp(wall, start):
    return f"{replace(start, wall=wall).aware.astimezone(UTC):%Y%m%dT%H%M%SZ}"

"""Events as calendar entries (RFC 5545, 7986): one file per event, and the feed that people subscribe to.

An event has the same UID everywhere. DTSTAMP is the last change and never "now", so that the same events are the same
bytes and a calendar that asks again gets 304. No ATTENDEE, no link to the online meeting, no manage link: people
share their calendars.
"""

import hashlib
import logging
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chapter.fields import clean_line, clean_text
from chapter.models import Chapter
from chapter.wordings import best_wordings

from ..models import Event, EventQuerySet, EventWording
from . import vtimezones
from .links import place_of

logger = logging.getLogger(__name__)

# A year, so that people keep in their calendar what they went to.
PAST = timedelta(days=366)
# A calendar asks for the whole feed each time, so it has an end: the nearest of those to come, the latest of those that
# were, and of those to come what changed last, so that nobody misses that one far ahead was moved or cancelled.
NEXT, LAST, CHANGED = 300, 100, 100
# How often a calendar should ask again; a hint that not all follow.
REFRESH = timedelta(hours=4)
MAX_DESCRIPTION = 2000
RING_BEFORE = timedelta(days=1)
# Nine in the morning before whole days, which begin at midnight.
RING_BEFORE_DAYS = timedelta(hours=15)
STATUS = {
    Event.State.PUBLISHED: "CONFIRMED",
    Event.State.POSTPONED: "TENTATIVE",
    Event.State.CANCELLED: "CANCELLED",
    Event.State.DRAFT: "TENTATIVE",
}


def event_ics(event, *, language) -> bytes:
    """The calendar file of one event, in `language` or the next best; at most three queries."""
    with translation.override(language):
        event.best = list(event.wordings.best_for(language, subject_field="event"))
        return calendar([event])


def events_ics(events, *, language) -> bytes:
    with translation.override(language):
        return calendar(list(feed_rows(language, events)))


def feed_rows(language, events=None) -> EventQuerySet:
    """The announced ones among `events` (or all), from twelve months back, within the limits above; four queries."""
    now = timezone.now()
    rows = (Event.objects.all() if events is None else events).announced()
    coming = rows.filter(ends_at__gt=now)
    parts = [
        coming.order_by("ends_at", "id")[:NEXT],
        rows.filter(starts_at__lt=now, ends_at__range=(now - PAST, now)).order_by("-starts_at", "-id")[:LAST],
        # By a sum, so that what is to come is read, and not whatever changed since all events were imported.
        coming.order_by((F("changed_at") + timedelta(0)).desc(), "-id")[:CHANGED],
    ]
    nearest, *others = (part.values_list("pk", flat=True) for part in parts)
    # Asked first: a subquery here would read all events beside it.
    return (
        Event.objects.filter(pk__in=list(nearest.union(*others)))
        .order_by("starts_at", "id")
        .select_related("venue")
        .prefetch_related(best_wordings(EventWording, language))
    )


def feed_ics(*, language, events=None, name="") -> bytes:
    """The feed of `events`, a queryset (all by default), under `name` (the chapter's by default); never a draft."""
    rows = list(feed_rows(language, events))
    with translation.override(language):
        return calendar(rows, name=name or Chapter.load().name)


def etag(content) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def calendar(events, *, name="", dress=None) -> bytes:
    """The calendar of these events in the active language: the same bytes for the same rows.

    `dress(event, entry)` returns the Entry to write instead; `name` makes it a feed.
    """

    def make_entry(event, *, has_rule):
        entry = entry_of(event, has_rule=has_rule)
        return dress(event, entry) if dress else entry

    return compose(events, make_entry, name=name)


def compose(rows, make_entry, *, name="") -> bytes:
    """The calendar of rows that have `time_zone`, `starts_at` and `ends_at`; `make_entry(row, has_rule=…)` gives an Entry."""
    zones = _zones(rows)
    entries = [entry for row in rows if (entry := _entry_or_nothing(row, zones, make_entry))]
    # Joined by hand, since entries are cached as bytes.
    head, end, rest = _shell(name).to_ical().partition(b"END:VCALENDAR")
    used = [vtimezones.component(zone, rule) for zone, rule in zones.items() if rule is not None]
    return b"".join([head, *(part.to_ical() for part in used), *entries, end, rest])


def _shell(name):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//One Team Gov//chapter site//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        # The library writes these three unescaped, so they must not hold a calendar's own characters.
        plain, about = _plain(name), _plain(limits_sentence())
        calendar.add("name", plain)
        calendar.add("x-wr-calname", plain)
        calendar.add("x-wr-caldesc", about)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(REFRESH).to_ical().decode())
    return calendar


def _plain(text):
    return clean_line(text.translate(str.maketrans("\\;,:", "    ")))


def limits_sentence() -> str:
    """What a feed holds, for its description and for the page where people subscribe."""
    return _("The next %(next)d events, the last %(last)d of the past year, and those changed most recently.") % {
        "next": NEXT,
        "last": LAST,
    }


def _zones(events):
    """{zone: rule} of the zones in use; the rule is None where times are written in UTC."""
    years = {}
    for event in events:
        years.setdefault(event.time_zone, set()).update({event.starts_at.year, event.ends_at.year})
    return {zone: _rule(zone, years[zone]) for zone in sorted(years)}


def _rule(zone, years):
    if zone == "UTC":
        return None
    try:
        return vtimezones.rules(zone, range(min(years), max(years) + 1))
    except (LookupError, ValueError, OSError):
        # A zone that this machine does not know.
        return None


def _entry_or_nothing(row, zones, make_entry):
    try:
        return _written(make_entry(row, has_rule=zones[row.time_zone] is not None))
    except Exception:
        # One broken row must not take the feed from everybody who follows it.
        logger.exception("%s %s is left out of a calendar", type(row).__name__, row.pk)
        return None


class Entry(NamedTuple):
    """One VEVENT. Times are (wall clock, zone name), since two zones may write the same instant differently; the zone of
    a whole day is empty."""

    uid: str
    sequence: int
    changed_at: datetime
    start: tuple[datetime | date, str]
    end: tuple[datetime | date, str]
    summary: str
    description: str
    location: str
    status: str
    transp: str
    url: str
    rings: bool = False


def entry_of(event, *, has_rule) -> Entry:
    page = settings.SITE_URL + event.get_absolute_url()
    return Entry(
        uid=str(event.uid),
        sequence=event.sequence,
        changed_at=event.changed_at,
        start=_start_or_end(event, event.local_start, has_rule=has_rule),
        end=_start_or_end(event, event.local_end, has_rule=has_rule),
        summary=summary_of(event),
        description=_description(event, page),
        location=clean_line(place_of(event)),
        status=STATUS[event.state],
        transp="TRANSPARENT" if event.is_cancelled else "OPAQUE",
        url=page,
    )


@lru_cache(maxsize=2048)
def _written(entry):
    # Cached, since escaping and folding are most of the work and calendars ask for the same entries all day.
    part = icalendar.Event()
    for name in ("uid", "sequence", "summary", "description", "location", "status", "transp", "url"):
        part.add(name, getattr(entry, name))
    part.add("dtstamp", entry.changed_at)
    part.add("last-modified", entry.changed_at)
    part.add("dtstart", _aware(*entry.start))
    part.add("dtend", _aware(*entry.end))
    if entry.rings:
        part.add_component(_alarm(entry))
    return part.to_ical()


def _alarm(entry):
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    # A whole day has no zone.
    alarm.add("trigger", -(RING_BEFORE if entry.start[1] else RING_BEFORE_DAYS))
    return alarm


def _aware(wall, zone):
    if not zone:
        return wall
    return wall.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))


def _start_or_end(event, local, *, has_rule):
    # The end of whole days is the day after the last one (RFC 5545, 3.6.1).
    return (local.date(), "") if event.is_whole_days else local_time(local, event.time_zone, has_rule=has_rule)


def local_time(local, zone, *, has_rule):
    # In UTC without a rule, and for the second pass of the hour that October has twice.
    in_zone = has_rule and not local.fold
    return (local if in_zone else local.astimezone(UTC)).replace(tzinfo=None), zone if in_zone else "UTC"


def summary_of(event) -> str:
    """The title, with the state before it unless it takes place as planned."""
    title = clean_line(event.wording.title) if event.wording else event.slug
    if event.is_cancelled:
        return _("CANCELLED: %(title)s") % {"title": title}
    if event.is_postponed:
        return _("POSTPONED: %(title)s") % {"title": title}
    return title


def _description(event, page):
    about = event.wording.body_text[:MAX_DESCRIPTION] if event.wording else ""
    return clean_text("\n\n".join(filter(None, [event.state_reason, about, page])))

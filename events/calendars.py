"""Events as calendar entries (RFC 5545, 7986): one file per event, and the feed that people subscribe to.

The same event has the same UID everywhere. DTSTAMP is the last change and never "now", so that the same events are
the same bytes and a calendar that asks again gets 304. No ATTENDEE, no link to the online meeting, no manage link:
people share their calendars.
"""

import hashlib
import logging
from datetime import UTC, timedelta

import icalendar
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chapter.fields import clean_line, clean_text
from chapter.models import Chapter
from chapter.wordings import best_wordings

from . import vtimezones
from .calendar_links import place_of
from .models import Event, EventWording

log = logging.getLogger(__name__)

PAST = timedelta(days=366)
REFRESH = timedelta(hours=4)
MAX_DESCRIPTION = 2000
STATUS = {
    Event.State.PUBLISHED: "CONFIRMED",
    Event.State.POSTPONED: "TENTATIVE",
    Event.State.CANCELLED: "CANCELLED",
    Event.State.DRAFT: "TENTATIVE",
}


def event_ics(event, *, language):
    """The calendar file of one event, texts in `language` or the next best; bytes. At most three queries."""
    with translation.override(language):
        event.best = list(event.wordings.best_for(language, subject_field="event"))
        return calendar([event])


def feed_rows(language, events=None):
    """What is announced of `events` (or of all), from twelve months back; three queries whatever its length."""
    return (
        (Event.objects.all() if events is None else events)
        .announced()
        .filter(ends_at__gt=timezone.now() - PAST)
        .order_by("starts_at", "id")
        .select_related("venue")
        .prefetch_related(best_wordings(EventWording, language))
    )


def feed_ics(*, language, events=None, name=""):
    """The feed in `language`, and the time of its last change or None; a row that cannot be written is left out.

    `events` is a queryset to choose from, e.g. those of one series; `name` is what the calendar is called instead of
    the chapter's name. Drafts never come out, whatever was asked for.
    """
    events = list(feed_rows(language, events))
    with translation.override(language):
        content = calendar(events, name=name or Chapter.load().name)
    return content, max((event.changed_at for event in events), default=None)


def etag(content):
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def calendar(events, *, name=""):
    """The calendar of these events in the active language; bytes, the same for the same rows. `name` makes it a feed."""
    zones = _zones(events)
    entries = [entry for event in events if (entry := _entry_or_nothing(event, zones))]
    head, end, rest = _shell(name).to_ical().partition(b"END:VCALENDAR")
    used = [vtimezones.component(zone, rule) for zone, rule in zones.items() if rule is not None]
    return b"".join([head, *(part.to_ical() for part in used), *entries, end, rest])


def _shell(name):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//One Team Gov//chapter site//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        # These two are written as they come, so nothing that means something to a calendar may be in them.
        plain = clean_line(name.translate(str.maketrans("\\;,:", "    ")))
        calendar.add("name", plain)
        calendar.add("x-wr-calname", plain)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(REFRESH).to_ical().decode())
    return calendar


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
        return None


def _entry_or_nothing(event, zones):
    try:
        return _entry(event, has_rule=zones[event.time_zone] is not None).to_ical()
    except Exception:
        # Whatever is wrong with one row, hundreds of people follow the others.
        log.exception("Event %s is left out of a calendar", event.pk)
        return None


def _entry(event, *, has_rule):
    page = settings.SITE_URL + event.get_absolute_url()
    entry = icalendar.Event()
    entry.add("uid", str(event.uid))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", _moment(event.local_start, has_rule=has_rule))
    entry.add("dtend", _moment(event.local_end, has_rule=has_rule))
    entry.add("summary", _summary(event))
    entry.add("description", _description(event, page))
    entry.add("location", clean_line(place_of(event)))
    entry.add("status", STATUS[event.state])
    entry.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    entry.add("url", page)
    return entry


def _moment(local, *, has_rule):
    """In the event's zone; in UTC without a rule, and for the second round of the hour that October has twice."""
    return local if has_rule and not local.fold else local.astimezone(UTC)


def _summary(event):
    title = clean_line(event.wording.title) if event.wording else event.slug
    if event.is_cancelled:
        return _("CANCELLED: %(title)s") % {"title": title}
    if event.is_postponed:
        return _("POSTPONED: %(title)s") % {"title": title}
    return title


def _description(event, page):
    about = event.wording.body_text[:MAX_DESCRIPTION] if event.wording else ""
    return clean_text("\n\n".join(filter(None, [event.state_reason, about, page])))

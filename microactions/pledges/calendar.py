"""A microaction as a calendar entry (RFC 5545), for its person's own calendar.

An entry of the whole day, or at the clock time that its moment names. A microaction keeps its UID for ever; a new date
or other words raise SEQUENCE, and DTSTAMP is the time of the last such change, never "now". There is no link to the
manage page, since people share their calendars, and CLASS says that the words are private.
"""

import re
import uuid
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
from django.utils import translation
from django.utils.translation import gettext as _

from chapter.fields import clean_line, clean_text
from chapter.models import Chapter

# Namespace of the UIDs; another one would double every entry in people's calendars.
NAMES = uuid.UUID("5f0f2f5e-2c8b-4d0c-9d0a-6b6f1c1f7a11")
LENGTH = timedelta(minutes=15)
CLOCK = re.compile(
    r"(?P<at>(?:kl(?:\.|okka|okken|ockan)?|at)\s*)?(?P<hour>\d{1,2})(?:(?P<mark>[:.])(?P<minute>\d\d))?"
    r"(?:\s*(?P<half>am|pm))?\.?",
    re.IGNORECASE,
)


def microaction_ics(microaction) -> bytes:
    """The calendar file of a microaction, in its own language; bytes. One query, for the chapter's clock."""
    with translation.override(microaction.language):
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//One Team Gov//chapter site//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add_component(_entry(microaction))
        return calendar.to_ical()


def _entry(microaction):
    changed_at = microaction.revised_at or microaction.created_at
    start, end = _span(microaction)
    entry = icalendar.Event()
    entry.add("uid", str(uuid.uuid5(NAMES, f"{microaction.pk} {microaction.created_at.isoformat()}")))
    entry.add("sequence", microaction.revision)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("summary", clean_line(microaction.what))
    entry.add("description", _description(microaction))
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry


def _span(microaction):
    clock = clock_time(microaction.moment)
    if clock is None:  # DTEND is exclusive (RFC 5545, 3.6.1)
        return microaction.due_on, microaction.due_on + timedelta(days=1)
    # In UTC, which needs no VTIMEZONE.
    zone = ZoneInfo(Chapter.load().time_zone)
    start = datetime.combine(microaction.due_on, clock, tzinfo=zone).astimezone(UTC)
    return start, start + LENGTH


def clock_time(words) -> time | None:
    """The time of day that words like "11:30", "kl. 9" or "3 pm" mean; None for what could mean more."""
    found = CLOCK.fullmatch(words.strip())
    if found is None or not _is_clear(found):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0) if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _is_clear(found):
    """Not "9", which may be anything, nor "at 3", nor "10.12", which may be a date."""
    prefix = (found["at"] or "").lower()
    if found["half"] or found["mark"] == ":" or prefix.startswith("kl"):
        return True
    return found["mark"] == "." and (bool(prefix) or not 1 <= int(found["minute"]) <= 12)


def _description(microaction):
    moment = microaction.moment if clock_time(microaction.moment) is None else ""
    return clean_text("\n".join(filter(None, [moment, microaction.plan, _("Your microaction")])))

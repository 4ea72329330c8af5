"""Import a file of events, a calendar or a table, with one line of the report for each row."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext

from chapter import languages, timezones
from chapter.refusals import Refused
from chapter.transfer import OUR_SOURCE, foreign_tables

from ..models import Event, Venue
from ..sisters import ics_reader
from . import csv_reader, own_rows
from .apply import apply_event_row
from .event_row import UNSAID, EventRow

TABLE_OPTIONS = ("source", "language", "time_zone", "publish")
MONTH = timedelta(days=30.5)
# STATUS as our own calendars write it.
OUR_STATES = {"CANCELLED": Event.State.CANCELLED, "TENTATIVE": Event.State.POSTPONED}


def import_file(content, *, report, **options) -> None:
    """Raises ics_reader.Unreadable or foreign_tables.Unreadable where the whole file is refused."""
    if b"BEGIN:VCALENDAR" in content[:1000].upper():
        return import_ics(content, report=report, **options)
    return import_csv(content, report=report, **{key: options[key] for key in TABLE_OPTIONS if key in options})


# Tables


def import_csv(content, *, source="", report, language="nb", time_zone="Europe/Oslo", publish=False) -> None:
    """A table with the columns of our own export is restored as it was."""
    header, rows = foreign_tables.table(content)
    is_own = own_rows.is_own(header)
    known = {} if is_own else csv_reader.columns(header)
    _say_ignored(header, known, is_own, report)
    names = {}
    for line, cells in rows:
        with report.row(f"line {line}"):
            if is_own:
                row = own_rows.own_row(cells)
            else:
                row = csv_reader.foreign_row(cells, known, language=language, time_zone=time_zone)
                row.source = source or "csv"
            _refuse_twice(names, row.external_id, line)
            apply_event_row(row, report=report, publish=publish)


def _say_ignored(header, known, is_own, report):
    ignored = [] if is_own else csv_reader.ignored(header, known)
    if ignored:
        report.note(f"Not taken in: {', '.join(ignored)}. Sign-ups are counted here from people, not from a file.")


def _refuse_twice(names, name, line):
    if name in names:
        raise Refused(f"line {names[name]} is the same event: give each its own id")
    names[name] = line


# Calendars


def import_ics(
    content, *, source="", report, language="nb", time_zone="Europe/Oslo", publish=False, months=12, months_back=24
) -> None:
    """Import what ends within the last `months_back` and starts within the next `months` months."""
    now = timezone.now()
    window = {"after": now - MONTH * months_back, "before": now + MONTH * months}
    calendar = ics_reader.read_calendar(content, zone=time_zone, **window)
    for what, why in calendar.troubles:
        report.refused(what, why)
    for entry in calendar.entries:
        with report.row(f"{entry.start:%Y-%m-%d} {entry.title or entry.uid}"):
            row = _row_of(entry, language=language, time_zone=time_zone, source=source, is_ours=calendar.is_ours)
            apply_event_row(row, report=report, publish=publish)


def _row_of(entry, *, language, time_zone, source, is_ours):
    title = _without_state(entry.title) if is_ours else entry.title
    row = EventRow(
        source=source or "ics",
        external_id=f"{entry.uid} {entry.recurrence}".strip(),
        starts_at=entry.start,
        ends_at=entry.end,
        time_zone=entry.zone if entry.zone in _zones() else time_zone,
        texts={language: (title, entry.description)},
        url=entry.url,
        state=Event.State.CANCELLED if entry.is_cancelled else UNSAID,
        **_place(entry.location),
    )
    return _own(row, entry) if is_ours else row


@cache
def _zones():
    return {zone for zone, _ in timezones.choices()}


def _place(text):
    """A venue or an online meeting from LOCATION: "Name, street, town"."""
    if text.startswith(("https://", "http://")):
        return {"online_url": text} if len(text) <= 200 and " " not in text else {}
    parts = Venue.parts_of(text.partition(" / ")[0])
    return {"venue": parts} if parts["name"] else {}


# What a site like this one wrote


def _own(row, entry):
    # Texts and place of an event that has this UID here are fuller here than in a calendar.
    try:
        uid = UUID(entry.uid)
    except ValueError:
        return row
    row = replace(
        row,
        uid=uid,
        source=OUR_SOURCE,
        external_id=str(uid),
        sequence=entry.sequence,
        state=OUR_STATES.get(entry.status, Event.State.PUBLISHED),
        slug=urlsplit(entry.url).path.rstrip("/").rpartition("/")[2],
    )
    if event := Event.objects.filter(uid=uid).first():
        texts = {text.language: (text.title, text.body) for text in event.wordings.current()}
        return replace(row, texts=texts, venue=UNSAID)
    return row


def _without_state(title):
    # Our calendars put this word before the title of a cancelled or postponed event.
    for language in languages.CODES:
        with translation.override(language):
            for sentence in (gettext("CANCELLED: %(title)s"), gettext("POSTPONED: %(title)s")):
                title = title.removeprefix(sentence % {"title": ""})
    return title

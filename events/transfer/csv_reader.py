"""Read events from a table (CSV): one row per event; only a title and a start are required.

Columns in any order, with English, Norwegian or Swedish names: see ALIASES. Separated by `,`, `;` or tab; UTF-8, or what Excel
writes on Windows. Every cell is text, formulas included. A row with an error is refused with its line and column; the
others are imported.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from chapter import languages
from chapter.fields import clean_line, clean_text
from chapter.refusals import Refused
from chapter.timezones import from_wall_clock
from chapter.transfer import foreign_tables

from ..models import Event, Kind
from .event_row import EventRow

ALIASES = {
    "title": ("title", "name", "event", "event name", "tittel", "titel", "navn", "namn", "rubrik", "overskrift"),
    "start": ("start", "starts", "starts at", "start time", "starter", "startar", "starttid", "begynner", "börjar"),
    "end": ("end", "ends", "ends at", "end time", "slutt", "slut", "slutter", "slutar", "sluttid"),
    "date": ("date", "day", "dato", "datum", "dag"),
    "time_zone": ("time zone", "timezone", "tz", "tidssone", "tidszon"),
    "venue": ("venue", "place", "location", "venue name", "sted", "lokale", "plats", "lokal"),
    "address": ("address", "street", "venue address", "adresse", "adress", "gate", "gata"),
    "city": ("city", "town", "venue city", "by", "stad", "ort", "poststed"),
    "description": ("description", "body", "text", "details", "beskrivelse", "beskrivning", "tekst"),
    "kind": ("kind", "type", "typ", "slag"),
    "state": ("state", "status", "tilstand"),
    "capacity": ("capacity", "seats", "rsvp limit", "plasser", "platser", "kapasitet", "kapacitet"),
    "online_url": ("online url", "online", "link", "lenke", "länk", "nettlenke"),
    "id": ("id", "event id", "external id", "uid", "nummer"),
    "url": ("url", "page", "event url", "web page", "nettside", "webbsida", "side"),
    "going": ("going", "attendees", "yes rsvps", "yes rsvp count", "påmeldte", "anmälda", "deltakere", "deltagare"),
    "language": ("language", "språk", "lang"),
}
NAMES = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
STATES = {
    **{value: value for value in Event.State.values},
    **{
        "avlyst": "cancelled",
        "inställt": "cancelled",
        "canceled": "cancelled",
        "utkast": "draft",
        "past": "published",
    },
    **{"publisert": "published", "publicerad": "published", "utsatt": "postponed", "uppskjutet": "postponed"},
}
DAY_FORMS = (
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
    r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})",
)
CLOCK = r"(?:(?:kl\.? *)?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.]\d{2})?)"
MOMENTS = [re.compile(rf"{form}(?:[T ,]+{CLOCK})?") for form in DAY_FORMS]
ONLY_CLOCK = re.compile(CLOCK)


def columns(header) -> dict[str, str]:
    """{our name: the file's name} of the known columns. Raises Unreadable without a title or a start."""
    found = {}
    for name in header:
        known = NAMES.get(name.replace("_", " ").strip())
        if known:
            found.setdefault(known, name)
    if "title" not in found or not {"start", "date"} & set(found):
        raise foreign_tables.Unreadable(
            f"The first line names no title and start. It says: {', '.join(header)[:200]}."
        )
    return found


def ignored(header, known) -> list[str]:
    return [name for name in header if name and (name not in known.values() or NAMES.get(name) == "going")]


class _Row:
    """A row being read; collects what is wrong with each column."""

    def __init__(self, cells, known):
        self._cells, self._known, self.wrong = cells, known, []

    def text(self, name):
        return self._cells.get(self._known.get(name, ""), "") or ""

    def take(self, name, convert):
        """The column's value, or None where it is empty or wrong."""
        if not (value := self.text(name)):
            return None
        try:
            return convert(value)
        except (ValueError, OverflowError, LookupError, OSError) as error:
            self.complain(name, str(error) if isinstance(error, Wrong) else f"{value[:60]!r} cannot be read")
        return None

    def complain(self, name, why):
        self.wrong.append(f"{self._known.get(name, name)}: {why}")


class Wrong(ValueError):
    """A wrong value; the message says why."""


def foreign_row(cells, known, *, language, time_zone) -> EventRow:
    """The EventRow of these cells; raises Refused that names every column with something wrong."""
    row = _Row(cells, known)
    zone = row.take("time_zone", _zone) or time_zone
    start, end = _times(row, zone)
    language = row.take("language", _language) or language
    title = clean_line(row.text("title"))
    if not title or len(title) > 200:
        row.complain("title", "longer than 200 characters" if title else "is empty")
    optional = _optional(row)
    if row.wrong:
        raise Refused("; ".join(row.wrong))
    return EventRow(
        external_id=row.text("id")[:400] or f"{title} {start.isoformat()}",
        texts={language: (title, clean_text(row.text("description"))[:20_000])},
        starts_at=start,
        ends_at=end,
        time_zone=zone,
        url=row.text("url")[:500],
        **optional,
    )


def _optional(row):
    """Optional columns; empty cells are omitted, so that they do not overwrite."""
    made = {
        "kind": row.take("kind", _kind),
        "state": row.take("state", _state),
        "capacity": row.take("capacity", lambda value: int(value) or None),
        "online_url": row.take("online_url", _address),
    }
    if venue := clean_line(row.text("venue"))[:120]:
        place = {"address": clean_line(row.text("address"))[:200], "city": clean_line(row.text("city"))[:80]}
        made["venue"] = {"name": venue, **place}
    return {name: value for name, value in made.items() if value is not None}


def _times(row, zone):
    # The date may have a column of its own, and the end may be a time of the same day.
    day = row.take("date", lambda value: _moment(value)[0])
    start, has_clock = row.take("start", lambda value: _moment(value, day)) or (day, False)
    if start is None:
        if not row.wrong:
            row.complain("start", "is empty")
        return None, None
    end, end_has_clock = row.take("end", lambda value: _moment(value, start)) or (None, False)
    if end is None:
        end = start + (timedelta(hours=1) if has_clock else timedelta(days=1))
    elif not end_has_clock or (end <= start and ONLY_CLOCK.fullmatch(row.text("end"))):
        # A last day is included; a time before the start is on the next day.
        end += timedelta(days=1)
    if end <= start:
        row.complain("end", "is before the start")
    return tuple(_aware(row, name, moment, zone) for name, moment in (("start", start), ("end", end)))


def _aware(row, name, moment, zone):
    try:
        return from_wall_clock(moment, zone) if moment.tzinfo is None else moment
    except ValidationError:
        row.complain(name, "this time does not exist: the clocks go forward that night")
        return None


def _moment(value, day=None):
    """(datetime, whether it says a time) as people and Excel write it; with `day` a time alone is enough."""
    if (clock := ONLY_CLOCK.fullmatch(value)) and day is not None:
        return datetime.combine(day, time(int(clock["h"]), int(clock["min"]))), True
    for form in MOMENTS:
        if found := form.fullmatch(value):
            moment = datetime(
                int(found["y"]), int(found["m"]), int(found["d"]), int(found["h"] or 0), int(found["min"] or 0)
            )
            return _sane(moment), found["h"] is not None
    moment = datetime.fromisoformat(value)
    return _sane(moment), True


def _sane(moment):
    if not date(1990, 1, 1) <= moment.date() <= date(2100, 1, 1):
        raise Wrong(f"{moment.year} is no year of a meetup")
    return moment


def _zone(value):
    ZoneInfo(value)
    return value


def _language(value):
    code = {"no": "nb", "nn": "nb"}.get(value.lower()[:2], value.lower()[:2])
    if code not in languages.CODES:
        raise Wrong(f"{value[:20]!r} is none of {', '.join(languages.CODES)}")
    return code


def _kind(value):
    found = value.lower().replace(" ", "_").replace("-", "_")
    return found if found in Kind.values else Kind.OTHER


def _state(value):
    if value.lower() not in STATES:
        raise Wrong(f"{value[:20]!r} is none of {', '.join(Event.State.values)}")
    return STATES[value.lower()]


def _address(value):
    if len(value) > 200:
        raise Wrong("longer than 200 characters")
    return value

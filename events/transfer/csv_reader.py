"""Read events from a table (CSV): one row per event; only a title and a start are required.

Columns in any order, with English, Norwegian or Swedish names, and those of Google Calendar and Outlook: see ALIASES. A row
with an error is refused with its line and column; the others are imported.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from chapter import foreign_texts, languages, remarks, timezones
from chapter.fields import clean_line, clean_text
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.timezones import from_wall_clock
from chapter.transfer import foreign_tables

from .. import reading
from ..models import Event, Kind
from . import csv_days
from .csv_days import Wrong
from .event_row import EventRow

ALIASES = {
    "title": (
        *("title", "name", "event", "event name", "event title", "subject", "summary"),
        *("tittel", "titel", "navn", "namn", "rubrik", "overskrift", "emne", "ämne"),
    ),
    "start": (
        *("start", "starts", "starts at", "start time", "start at", "from", "begin time", "time", "event start time"),
        *("start date & time", "start date and time", "date & time", "date and time", "when", "når", "när"),
        *("starter", "startar", "starttid", "starttidspunkt", "starter kl", "begynner", "börjar", "klokkeslett"),
        *("tid", "tidspunkt", "klokka", "kl", "fra", "från", "klockslag", "event time"),
    ),
    "end": (
        *("end", "ends", "ends at", "end time", "end at", "until", "to", "event end time"),
        *("end date & time", "end date and time"),
        *("slutt", "slut", "slutter", "slutar", "sluttid", "sluttidspunkt", "slutter kl", "til", "till"),
    ),
    "date": ("date", "day", "start date", "event date", "dato", "datum", "dag", "startdato", "startdatum"),
    "end_date": ("end date", "last day", "sluttdato", "slutdatum", "siste dag", "sista dag"),
    "all_day": (
        *("all day event", "all day", "allday", "whole day"),
        *("heldagshendelse", "hele dagen", "heldagsaktivitet", "heldagshändelse", "hela dagen", "heldag"),
    ),
    "private": ("private", "privat", "is private"),
    "sensitivity": ("sensitivity", "visibility", "class", "følsomhet", "känslighet", "synlighet", "synlighet"),
    "time_zone": ("time zone", "timezone", "tz", "tidssone", "tidszon"),
    "venue": ("venue", "place", "location", "where", "venue name", "sted", "lokale", "plats", "lokal"),
    "address": ("address", "street", "venue address", "adresse", "adress", "gate", "gata"),
    "city": ("city", "town", "venue city", "by", "stad", "ort", "poststed"),
    "description": (
        *("description", "body", "text", "details", "notes"),
        *("beskrivelse", "beskrivning", "tekst", "merknader", "anteckningar"),
    ),
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
    **{"avlyst": "cancelled", "inställt": "cancelled", "inställd": "cancelled", "canceled": "cancelled"},
    **{"utkast": "draft", "pending": "draft", "past": "published", "confirmed": "published", "active": "published"},
    **{"publisert": "published", "publicerad": "published", "bekreftet": "published", "bekräftad": "published"},
    **{"utsatt": "postponed", "uppskjutet": "postponed", "uppskjuten": "postponed"},
}
YES = {"true", "yes", "1", "x", "ja", "sann", "sant", "wahr", "on", "på"}
NO = {"", "false", "no", "0", "nei", "nej", "usann", "usant", "falskt", "falsk", "falsch", "off", "av"}
PUBLIC = {"", "normal", "public", "offentlig", "offentligt", "vanlig", "standard", "default"}
DAYS = ("date", "start", "end", "end_date")


@dataclass(frozen=True)
class Columns:
    """{our name: the file's name} of the known columns, and the order in which each writes its days."""

    known: dict[str, str]
    orders: dict[str, str] = field(default_factory=dict)


def columns(header) -> Columns:
    """Raises Unreadable without a title or a start."""
    known = {}
    for name in header:
        if found := NAMES.get(name.replace("_", " ").strip(" :*.")):
            known.setdefault(found, name)
    if "title" not in known or not {"start", "date"} & set(known):
        raise foreign_tables.Unreadable(
            _(
                "The first line has no title and start. The table needs a column called title (or subject, tittel, emne, rubrik, ämne) and one called start or date (dato, datum, startdato, startdatum). It says: {header}.",
                header=", ".join(header)[:200],
            )
        )
    return Columns(known)


def with_orders(found: Columns, rows, *, wanted="") -> tuple[Columns, list[str]]:
    """The columns with how their days are written, and the notes that say so. Raises Unreadable for a column with both."""
    _refuse_unknown_times(found, rows)
    names = [found.known[name] for name in DAYS if name in found.known]
    orders, notes = csv_days.orders(rows, names, wanted=wanted)
    return Columns(found.known, orders), notes


def _refuse_unknown_times(found, rows):
    """An hour under a name that we do not know would make a whole day of every event."""
    if "start" in found.known or not rows:
        return
    for name in [name for name in rows[0] if name and name not in found.known.values()]:
        values = [cells[name] for cells in rows if cells.get(name)]
        if values and all(csv_days.is_clock(value) for value in values):
            why = _("The column {name} seems to have times of day: call it start.", name=name)
            raise foreign_tables.Unreadable(why)


def ignored(header, found: Columns) -> list[str]:
    going = found.known.get("going")
    return [name for name in header if name and (name == going or name not in found.known.values())]


class _Row:
    """A row being read; collects what is wrong with each column."""

    def __init__(self, cells, found):
        self._cells, self._known, self._orders, self.wrong = cells, found.known, found.orders, []

    def text(self, name):
        return self._cells.get(self._known.get(name, ""), "") or ""

    def take(self, name, convert):
        """The column's value, or None where it is empty or wrong."""
        if not (value := self.text(name)):
            return None
        try:
            return convert(value)
        except (ValueError, OverflowError, LookupError, OSError) as error:
            unread = _("{value!r} can’t be read", value=value[:60])
            self.complain(name, str(error) if isinstance(error, Wrong) else unread)
        return None

    def moment(self, name, day=None):
        order = self._orders.get(self._known.get(name, ""), csv_days.DAY_FIRST)
        return self.take(name, lambda value: csv_days.said(value, order=order, day=day))

    def complain(self, name, why):
        self.wrong.append(remarks.about(self._known.get(name, name), why))


def is_private(cells, found: Columns) -> bool:
    """Also where the cell says neither yes nor no: what may be private is not for the site."""
    row = _Row(cells, found)
    return row.text("private").lower() not in NO or row.text("sensitivity").lower() not in PUBLIC


def foreign_row(cells, found: Columns, *, language, time_zone) -> EventRow:
    """Raises Refused that names every column with something wrong."""
    if None in cells:
        raise Refused(_("it has more cells than the first line: {more!r}", more=cells[None][:60]))
    row = _Row(cells, found)
    zone = row.take("time_zone", _zone) or time_zone
    start, end, is_whole_days = _times(row, zone)
    language = row.take("language", _language) or language
    title, is_off = reading.called_off(clean_line(foreign_texts.words_of_line(row.text("title"))))
    if not title or len(title) > 200:
        row.complain("title", _("longer than 200 characters") if title else _("is empty"))
    optional = _optional(row) | ({"state": Event.State.CANCELLED} if is_off else {})
    if row.wrong:
        raise Refused(remarks.joined(row.wrong))
    return EventRow(
        external_id=row.text("id")[:400] or f"{title} {start.isoformat()}",
        texts={language: (title, foreign_texts.as_markdown(clean_text(row.text("description"))[:20_000]))},
        starts_at=start,
        ends_at=end,
        time_zone=zone,
        is_whole_days=is_whole_days,
        url=reading.whole_address(row.text("url")),
        **optional,
    )


def _optional(row):
    """Optional columns; empty cells are omitted, so that they do not overwrite."""
    made = {
        **_place(row),
        "kind": row.take("kind", _kind),
        "state": row.take("state", _state),
        "capacity": row.take("capacity", lambda value: int(value) or None),
    }
    if online_url := row.take("online_url", _address):
        made["online_url"] = online_url
    return {name: value for name, value in made.items() if value is not None}


def _place(row):
    name, address, city = (clean_line(row.text(part)) for part in ("venue", "address", "city"))
    if address or city:
        return {"venue": {"name": name[:120], "address": address[:200], "city": city[:80]}} if name else {}
    # All in one cell, as calendars write it.
    place = reading.place_of(row.text("venue"))
    said = {"online_url": place.online_url} if place.online_url else {}
    if place.name:
        said["venue"] = {"name": place.name, "address": place.address, "city": place.city}
    return said


# Times


def _times(row, zone):
    """(start, end, whether it lasts whole days), aware."""
    day = row.moment("date")
    start = row.moment("start", day and day.moment.date()) or day
    if start is None:
        if not row.wrong:
            row.complain("start", _("is empty"))
        return None, None, False
    last_day = row.moment("end_date")
    end = row.moment("end", (last_day or start).moment.date()) or last_day
    is_whole_days = not start.has_clock or row.text("all_day").lower() in YES
    first, last = _whole_days(start, end) if is_whole_days else _hours(row, start, end, has_end_day=bool(last_day))
    if last.replace(tzinfo=None) <= first.replace(tzinfo=None):
        row.complain("end", _("is before the start"))
    return _aware(row, "start", first, zone), _aware(row, "end", last, zone), is_whole_days


def _whole_days(start, end):
    first = datetime.combine(start.moment.date(), datetime.min.time())
    if end is None:
        return first, first + timedelta(days=1)
    last = end.moment.replace(tzinfo=None)
    # Outlook writes the midnight after; Google and people write the last day.
    is_midnight_after = end.has_clock and last.time() == datetime.min.time() and last.date() > first.date()
    return first, last if is_midnight_after else csv_days.next_midnight(last)


def _hours(row, start, end, *, has_end_day):
    if end is None:
        return start.moment, start.moment + timedelta(hours=1)
    is_next_day = not has_end_day and csv_days.is_clock(row.text("end")) and end.moment <= start.moment
    if not end.has_clock or is_next_day:
        # A last day is included; a time before the start is on the next day.
        return start.moment, end.moment + timedelta(days=1)
    return start.moment, end.moment


def _aware(row, name, moment, zone):
    try:
        return from_wall_clock(moment, zone) if moment.tzinfo is None else moment
    except ValidationError:
        row.complain(name, _("this time doesn’t exist: the clocks go forward that night"))
        return None


# Other cells


def _zone(value):
    if found := timezones.offered(reading.zone_called(value) or value, otherwise=""):
        return found
    ZoneInfo(value)
    raise Wrong(_("{value!r} can’t be chosen here", value=value[:40]))


def _language(value):
    code = {"no": "nb", "nn": "nb"}.get(value.lower()[:2], value.lower()[:2])
    if code not in languages.CODES:
        raise Wrong(_("{value!r} isn’t one of {names}", value=value[:20], names=", ".join(languages.CODES)))
    return code


def _kind(value):
    found = value.lower().replace(" ", "_").replace("-", "_")
    return found if found in Kind.values else Kind.OTHER


def _state(value):
    if value.lower() not in STATES:
        raise Wrong(_("{value!r} isn’t one of {names}", value=value[:20], names=", ".join(Event.State.values)))
    return STATES[value.lower()]


def _address(value):
    if len(value) > 200:
        raise Wrong("longer than 200 characters")
    return value

"""Read events from a table (CSV): one row per event; only a title and a start are required.

A row with an error is refused with its line and column; the others are imported. What the columns are: `events/tables/`.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from chapter import foreign_texts, languages, remarks, timezones
from chapter.fields import clean_line, clean_text
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.timezones import from_wall_clock

from .. import reading
from ..models import Event, Kind
from ..tables import Columns, days
from .event_row import EventRow

STATES = {
    **{value: value for value in Event.State.values},
    **{"avlyst": "cancelled", "inställt": "cancelled", "inställd": "cancelled", "canceled": "cancelled"},
    **{
        "cancelled perm": "cancelled",
        "canceled perm": "cancelled",
        "avbokad": "cancelled",
        "kansellert": "cancelled",
    },
    **{"utkast": "draft", "pending": "draft", "proposed": "draft", "tentative": "draft", "suggested": "draft"},
    **dict.fromkeys(
        ("past", "confirmed", "active", "live", "started", "ended", "completed", "finished"), "published"
    ),
    **dict.fromkeys(("on sale", "sold out", "scheduled", "upcoming", "planned", "open", "full"), "published"),
    **dict.fromkeys(
        ("planlagt", "planerad", "avsluttet", "avslutad", "fullt", "utsolgt", "åpen", "öppen"), "published"
    ),
    **{"publisert": "published", "publicerad": "published", "bekreftet": "published", "bekräftad": "published"},
    **{"utsatt": "postponed", "uppskjutet": "postponed", "uppskjuten": "postponed"},
}
YES = {"true", "yes", "1", "x", "ja", "sann", "sant", "wahr", "on", "på"}
NO_LIMIT = {"unlimited", "no limit", "ubegrenset", "obegränsat", "∞", "-"}


class _Row:
    """A row being read; collects what is wrong with each column."""

    def __init__(self, cells, found):
        self._known, self._orders, self.wrong = found.known, found.orders, []
        self._texts = {name: cells.get(column) or "" for name, column in found.known.items()}
        if not self.text("end") and (span := days.span(self.text("start"))):
            self._texts["start"], self._texts["end"] = span

    def text(self, name):
        return self._texts.get(name, "")

    def take(self, name, convert):
        """The column's value, or None where it is empty or wrong."""
        if not (value := self.text(name)):
            return None
        try:
            return convert(value)
        except (ValueError, TypeError, OverflowError, LookupError, OSError) as error:
            unread = _("{value!r} can’t be read", value=value[:60])
            self.complain(name, str(error) if isinstance(error, days.Wrong) else unread)
        return None

    def moment(self, name, day=None):
        order = self._orders.get(self._known.get(name, ""), days.DAY_FIRST)
        return self.take(name, lambda value: days.said(value, order=order, day=day))

    def complain(self, name, why):
        self.wrong.append(remarks.about(self._known.get(name, name), why))


def foreign_row(cells, found: Columns, *, language, time_zone) -> EventRow:
    """Raises Refused that names every column with something wrong."""
    if None in cells:
        raise Refused(_("it has more cells than the first line: {more!r}", more=cells[None][:60]))
    row = _Row(cells, found)
    zone = row.take("time_zone", lambda value: _zone(value, time_zone)) or time_zone
    start, end, is_whole_days = _times(row, zone, shown := time_zone if zone == "UTC" else zone)
    language = row.take("language", _language) or language
    title, is_off = reading.called_off(clean_line(foreign_texts.words_of_line(row.text("title"))))
    title, is_later = reading.put_off(title)
    if not title or len(title) > 200:
        row.complain("title", _("longer than 200 characters") if title else _("is empty"))
    optional = _optional(row) | ({"state": Event.State.POSTPONED} if is_later else {})
    optional |= {"state": Event.State.CANCELLED} if is_off else {}
    if row.wrong:
        raise Refused(remarks.joined(row.wrong))
    return EventRow(
        external_id=row.text("id")[:400] or f"{title} {start.isoformat()}",
        texts={language: (title, foreign_texts.as_markdown(clean_text(row.text("description"))[:20_000]))},
        starts_at=start,
        ends_at=end,
        # What is written in UTC is meant for some other clock.
        time_zone=shown,
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
        "capacity": row.take("capacity", _capacity),
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


def _times(row, zone, shown):
    """(start, end, whether it lasts whole days), aware; days are those of the clock that is shown."""
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
    zone = shown if is_whole_days else zone
    return _aware(row, "start", first, zone), _aware(row, "end", last, zone), is_whole_days


def _whole_days(start, end):
    first = datetime.combine(start.moment.date(), datetime.min.time())
    if end is None:
        return first, first + timedelta(days=1)
    last = end.moment.replace(tzinfo=None)
    # Outlook writes the midnight after; Google and people write the last day.
    is_midnight_after = end.has_clock and last.time() == datetime.min.time() and last.date() > first.date()
    return first, last if is_midnight_after else days.next_midnight(last)


def _hours(row, start, end, *, has_end_day):
    if end is None:
        return start.moment, start.moment + timedelta(hours=1)
    is_next_day = not has_end_day and days.is_clock(row.text("end")) and end.moment <= start.moment
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


def _zone(value, here):
    if found := timezones.offered(reading.zone_called(value, here=here) or value, otherwise=""):
        return found
    ZoneInfo(value)
    raise days.Wrong(_("{value!r} can’t be chosen here", value=value[:40]))


def _language(value):
    code = {"no": "nb", "nn": "nb"}.get(value.lower()[:2], value.lower()[:2])
    if code not in languages.CODES:
        raise days.Wrong(_("{value!r} isn’t one of {names}", value=value[:20], names=", ".join(languages.CODES)))
    return code


def _capacity(value):
    """“20”, “20,0” or “20 plasser”; None where there is no limit."""
    if value.lower() in NO_LIMIT:
        return None
    return int(re.fullmatch(r"(-?\d+)(?:[.,]0+)?(?: [^\W\d]+)?", value)[1]) or None


def _kind(value):
    found = value.lower().replace(" ", "_").replace("-", "_")
    return found if found in Kind.values else Kind.OTHER


def _state(value):
    value = value.replace("_", " ")
    if value.lower() not in STATES:
        raise days.Wrong(_("{value!r} isn’t one of {names}", value=value[:20], names=", ".join(Event.State.values)))
    return STATES[value.lower()]


def _address(value):
    if len(value) > 200:
        raise days.Wrong("longer than 200 characters")
    return value

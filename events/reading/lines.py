"""A calendar file (RFC 5545) as components and content lines.

Of damaged files, what is whole can be read: each part that has no end is marked. Only the properties that we use are kept, so
no attendee's address is stored.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chapter import foreign_texts
from chapter.remarks import remark as _

from . import version_one
from .unfolding import lines_of

MAX_BYTES = 1_000_000
MAX_ENTRIES = 5_000
MAX_TEXT = 60_000
MAX_DEPTH = 20
OURS = "-//One Team Gov//chapter site//"
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-ALT-DESC"}
MOMENTS = {"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"}
KEPT = TEXTS | MOMENTS | {
    *("UID", "URL", "DURATION", "RRULE", "EXRULE", "STATUS", "SEQUENCE", "CLASS", "LAST-MODIFIED", "DTSTAMP"),
    *("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY", "X-MICROSOFT-CDO-SENSITIVITY", "X-MICROSOFT-SENSITIVITY"),
    "X-CALENDARSERVER-ACCESS",
    # Of a calendar and of its time zones.
    *("PRODID", "METHOD", "X-WR-TIMEZONE", "TIMEZONE-ID", "TZID", "X-LIC-LOCATION", "TZOFFSETTO"),
    *("TZ", "DAYLIGHT"),
}  # fmt: skip
OBSERVANCES = {"STANDARD", "DAYLIGHT"}
OTHERS = ("VJOURNAL", "VTODO")
OF_A_CALENDAR = {"VEVENT", "VTIMEZONE", "VFREEBUSY", "VAVAILABILITY", *OTHERS}
BEGINS = re.compile(rb"BEGIN:V(?:CALENDAR|EVENT)[ \t]*[\r\n]", re.IGNORECASE)
NAME = re.compile(r"[A-Z][A-Z0-9-]*\Z")
DATE = re.compile(r"\s*\d{4}")
ESCAPED = re.compile(r"\\([nN,;\\])")


class Unreadable(ValueError):
    """The whole file is refused; the text says why. `code` is short, for storing."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Property(NamedTuple):
    """One content line. `value` is as it was written, with its escapes."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return unescaped(self.value)


@dataclass
class Component:
    """`is_whole` is whether its own END stands there."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    is_whole: bool = False

    def all(self, name) -> list[Property]:
        return [found for found in self.properties if found.name == name]

    def first(self, name) -> Property | None:
        return next((found for found in self.properties if found.name == name), None)

    def text(self, name) -> str:
        return found.text if (found := self.first(name)) else ""


@dataclass
class File:
    calendars: list[Component] = field(default_factory=list)
    is_bare: bool = False  # without a calendar around its events
    letters: str = ""  # the set of letters, where it is not UTF-8

    @property
    def is_cut(self) -> bool:
        return not all(one.is_whole for one in self.calendars)


def is_calendar(content: bytes) -> bool:
    """Also the bare events of one, without a calendar around them."""
    return bool(BEGINS.search(content.replace(b"\x00", b"")))


def read_lines(content: bytes) -> File:
    """The calendars of a file, each with its VEVENTs and VTIMEZONEs. Raises Unreadable."""
    if len(content) > MAX_BYTES:
        raise Unreadable("too_big", _("This calendar is larger than {number} kB.", number=MAX_BYTES // 1000))
    if not is_calendar(content):
        raise Unreadable("no_calendar", _("This isn’t a calendar file (ICS)."))
    lines, letters = lines_of(content)
    file = _components(lines)
    file.letters = "" if letters == foreign_texts.UTF8 else letters
    if not file.calendars:
        raise Unreadable("no_calendar", _("This isn’t a calendar file (ICS)."))
    if file.is_cut and not any(
        part.is_whole and part.name == "VEVENT" for one in file.calendars for part in one.parts
    ):
        raise Unreadable("garbled", _("This calendar file was cut off: the end is missing."))
    return file


def _components(lines):
    file, inside, count = File(), [], 0
    for line in lines:
        word, _colon, name = line.strip().upper().partition(":")
        name = name.strip()
        if word == "BEGIN":
            _begin(Component(name), inside, file)
            count += 1
        elif word == "END":
            _end(name, inside)
        elif inside:
            _take(line, inside[-1])
        if count > MAX_ENTRIES or len(inside) > MAX_DEPTH:
            raise Unreadable("too_many", _("This calendar has more than {number} entries.", number=MAX_ENTRIES))
    return file


def _begin(component, inside, file):
    """Where it stands says what it lies in: what should have ended before it is not whole."""
    name = component.name
    if name == "VCALENDAR":
        inside.clear()
        file.calendars.append(component)
    elif name in OF_A_CALENDAR:
        if not file.calendars:
            file.is_bare = True
            file.calendars.append(Component("VCALENDAR", is_whole=True))
        inside[:] = [file.calendars[-1]]
        file.calendars[-1].parts.append(component)
    elif name in OBSERVANCES and len(inside) > 1 and inside[1].name == "VTIMEZONE":
        del inside[2:]
        inside[1].parts.append(component)
    inside.append(component)


def _end(name, inside):
    depth = next((depth for depth in reversed(range(len(inside))) if inside[depth].name == name), None)
    if depth is not None:
        inside[depth].is_whole = True
        del inside[depth:]


def _take(line, component):
    found = property_of(line)
    if found and found.name in KEPT:
        component.properties.append(found._replace(value=found.value[:MAX_TEXT]) if found.name in TEXTS else found)
    elif not found and line.strip() and component.properties and component.properties[-1].name in TEXTS:
        # Some programs write the line breaks of a text as they are.
        last = component.properties[-1]
        if len(last.value) + len(line) <= MAX_TEXT:
            component.properties[-1] = last._replace(value=f"{last.value}\n{line}")


# One line


def property_of(line: str) -> Property | None:
    """The property of a content line; None for a line that is none."""
    colon = _outside_quotes(line, ":")
    if colon is None:
        return None
    head, value = line[:colon], line[colon + 1 :]
    name, _, params = head.partition(";")
    name = name.strip()
    if name.upper() not in KEPT and not NAME.match(name):
        return None
    name = name.upper()
    if name in MOMENTS and not DATE.match(value) and ":" in value:
        # An unquoted “TZID=(UTC+01:00) Somewhere”.
        before, _, value = line.rpartition(":")
        params = before.partition(";")[2]
    params = _params(params)
    return Property(name, params, version_one.decoded(value, params))


def _outside_quotes(text, mark):
    quoted = False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == mark and not quoted:
            return place
    # A quote that nobody closed.
    place = text.find(mark)
    return place if place >= 0 else None


def _params(text):
    params = {}
    while text:
        end = _outside_quotes(text, ";")
        part, text = (text, "") if end is None else (text[:end], text[end + 1 :])
        name, _, value = part.partition("=")
        params[name.strip().upper()] = unescaped(value.strip().strip('"'))
    return params


def unescaped(value: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def is_ours(calendar: Component) -> bool:
    return calendar.text("PRODID").strip().startswith(OURS)

"""A calendar file (RFC 5545) as components and content lines, whatever its letters and its line ends.

Lines are put together before they are decoded, since a fold may lie inside a letter. Only the properties that we use are
kept, so no attendee's address is stored.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from chapter import foreign_texts
from chapter.remarks import remark as _

MAX_BYTES = 1_000_000
MAX_ENTRIES = 5_000
MAX_LINE = 60_000
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
}  # fmt: skip
OBSERVANCES = {"STANDARD", "DAYLIGHT"}
OTHERS = {"VTODO", "VJOURNAL"}
FOLD = re.compile(rb"(?:\r*\n|\r)[ \t]")
LINE_END = re.compile(rb"\r*\n|\r")
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
    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name) -> list[Property]:
        return [found for found in self.properties if found.name == name]

    def first(self, name) -> Property | None:
        return next((found for found in self.properties if found.name == name), None)

    def text(self, name) -> str:
        return found.text if (found := self.first(name)) else ""


@dataclass
class File:
    calendars: list[Component]
    others: Counter  # how many VTODO and VJOURNAL
    letters: str  # the encoding, where it is not UTF-8


def is_calendar(content: bytes) -> bool:
    return b"BEGIN:VCALENDAR" in content[:2000].replace(b"\x00", b"").upper()


def read_lines(content: bytes) -> File:
    """The calendars of a file, each with its VEVENTs and VTIMEZONEs. Raises Unreadable."""
    if len(content) > MAX_BYTES:
        raise Unreadable("too_big", _("This calendar is larger than {number} kB.", number=MAX_BYTES // 1000))
    content, letters = _as_bytes(content)
    content = content.replace(b"\x00", b"")
    upper = content.upper()
    if b"BEGIN:VCALENDAR" not in upper:
        raise Unreadable("no_calendar", _("This isn’t a calendar file (ICS)."))
    if b"END:VCALENDAR" not in upper:
        raise Unreadable("no_calendar", _("This calendar file was cut off: the end is missing."))
    lines, is_utf8 = _decoded(LINE_END.split(FOLD.sub(b"", content)))
    calendars, others = _components(lines)
    return File(calendars, others, letters or ("" if is_utf8 else "Windows-1252"))


def _as_bytes(content):
    """The file in an encoding in which a line end is one byte, and the name of the one that it had."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return content[2:].decode(name, "replace").encode("utf-8", "replace"), "UTF-16"
    head = content[:64]
    if head.count(b"\x00") > len(head) // 3:
        name = "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"
        return content.decode(name, "replace").encode("utf-8", "replace"), "UTF-16"
    return content.removeprefix(codecs.BOM_UTF8), ""


def _decoded(lines):
    """Each line as UTF-8 or else as Windows writes it: some files hold both."""
    found, is_utf8 = [], True
    for line in lines:
        try:
            found.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            is_utf8 = False
            found.append(foreign_texts.decoded(line).text)
    return found, is_utf8


def _components(lines):
    calendars, others, inside = [], Counter(), []
    count = 0
    for line in lines:
        word, _colon, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            component = Component(name.strip())
            _attach(component, inside, calendars, others)
            inside.append(component)
            count += 1
        elif word == "END":
            del inside[-1:]
        elif inside:
            _take(line, inside[-1])
        if count > MAX_ENTRIES or len(inside) > MAX_DEPTH:
            raise Unreadable("too_many", _("This calendar has more than {number} entries.", number=MAX_ENTRIES))
    return calendars, others


def _attach(component, inside, calendars, others):
    if component.name == "VCALENDAR" and not inside:
        calendars.append(component)
    elif component.name in OTHERS and len(inside) == 1:
        others[component.name] += 1
    elif inside and _belongs(component.name, [outer.name for outer in inside]):
        inside[-1].parts.append(component)


def _belongs(name, outer):
    if name in {"VEVENT", "VTIMEZONE"}:
        return outer == ["VCALENDAR"]
    return name in OBSERVANCES and outer == ["VCALENDAR", "VTIMEZONE"]


def _take(line, component):
    found = property_of(line)
    if found and found.name in KEPT:
        if len(line) <= MAX_LINE:
            component.properties.append(found)
    elif not found and line.strip() and component.properties and component.properties[-1].name in TEXTS:
        # Some programs write the line breaks of a text as they are.
        last = component.properties[-1]
        if len(last.value) + len(line) <= MAX_LINE:
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
    return Property(name, _params(params), value)


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

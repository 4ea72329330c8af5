"""What vCalendar 1.0 (1996) writes otherwise: old phones, Palms and Outlook still hand out such files (.vcs)."""

import binascii
import quopri
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from chapter import foreign_texts

# D1 #10, W2 MO WE #0, MP1 1+ TU 20271231T000000, MD1 15 LD #6, YM1 6 7 #3, YD1 100 #2
RULE = re.compile(
    r"(?P<kind>D|W|MP|MD|YM|YD)(?P<interval>\d{1,3})(?P<days>(?: (?:\d{1,3}[+-]?|LD|MO|TU|WE|TH|FR|SA|SU))*)"
    r" (?:#(?P<count>\d{1,6})|(?P<until>\d{8}(?:T\d{6}Z?)?))"
)
FREQ = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
DAYS = {"W": "BYDAY", "MP": "BYDAY", "MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}
CHARSETS = {
    **{"UTF-8": "utf-8", "UTF8": "utf-8", "US-ASCII": "cp1252", "ISO-8859-1": "cp1252", "WINDOWS-1252": "cp1252"},
    **{"ISO-8859-15": "iso8859-15", "MACINTOSH": "mac_roman"},
}
OFFSET = re.compile(r"([+-]?)(\d{1,2})(?::?(\d\d))?")


def as_rule(text: str) -> str:
    """A rule of 1996 as one of today; any other text as it is."""
    found = RULE.fullmatch(" ".join(text.upper().split()))
    if not found:
        return text
    kind, days = found["kind"], found["days"].split()
    said = [f"FREQ={FREQ[kind]}", f"INTERVAL={found['interval']}"]
    if days:
        said.append(f"{DAYS.get(kind, 'BYDAY')}={','.join(_places(days) if kind == 'MP' else map(_signed, days))}")
    if found["until"]:
        said.append(f"UNTIL={found['until']}")
    elif int(found["count"]):
        said.append(f"COUNT={found['count']}")
    return ";".join(said)


def _places(words) -> Iterable[str]:
    """“1+ 1- FR” is the first and the last Friday."""
    places, is_over = [], False
    for word in words:
        if not word[0].isdigit():
            yield from (f"{place}{word}" for place in places or [""])
        else:
            places = [_signed(word)] if is_over else [*places, _signed(word)]
        is_over = not word[0].isdigit()


def _signed(word):
    if word == "LD":
        return "-1"
    return f"-{word[:-1]}" if word.endswith("-") else word.rstrip("+")


def decoded(value: str, params: dict[str, str]) -> str:
    """A value without the encoding that its parameters name; one that cannot be decoded stays as it is."""
    encodings = {params.get("ENCODING", "").upper(), *(name for name in params if not params[name])}
    if "QUOTED-PRINTABLE" in encodings:
        content = quopri.decodestring(value.encode())
    elif encodings & {"B", "BASE64"}:
        try:
            content = binascii.a2b_base64(value.encode())
        except binascii.Error:
            return value
    else:
        return value
    return _text(content, params.get("CHARSET", "").upper()).replace("\r\n", "\n")


def _text(content, charset):
    try:
        return content.decode(CHARSETS.get(charset, "utf-8"))
    except UnicodeDecodeError:
        return foreign_texts.decoded(content).text


def clock_of(tz: str, daylight: Iterable[str]) -> tuple[timedelta, list[tuple[datetime, datetime, timedelta]]] | None:
    """(the offset, [(begin of summer, its end, its offset)]) of a calendar whose TZ and DAYLIGHT say so."""
    if (standard := _offset(tz)) is None:
        return None
    return standard, [summer for text in daylight if (summer := _summer(text))]


def _summer(text):
    is_kept, *parts = (part.strip() for part in text.upper().split(";"))
    try:
        offset, begin, end = (
            _offset(parts[0]),
            *(datetime.strptime(part[:15], "%Y%m%dT%H%M%S") for part in parts[1:3]),
        )
    except (ValueError, IndexError):
        return None
    return (begin, end, offset) if is_kept == "TRUE" and offset is not None and begin < end else None


def _offset(text):
    found = OFFSET.fullmatch(text.strip())
    if not found or int(found[2]) > 14:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -length if found[1] == "-" else length

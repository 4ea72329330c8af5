"""Dates as people and programs write them at the top of a post, as moments."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from chapter.refusals import Refused
from chapter.remarks import remark as _

from .front_matter import NO, YES, as_text


class NotUnderstood(Refused):
    """A value says nothing that we know; the text names it."""


DAY = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
CLOCK = (
    r"(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<part>\d{1,9}))?)?[ ]?(?P<half>[AaPp]\.?[Mm]\.?)?"
)
ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?(?=[ ]?\(?\[?[A-Z][A-Za-z/_]+\]?\)?\Z|\Z)|UTC|GMT|[A-Z]{2,4}T|\[?[A-Z][A-Za-z]+/[A-Za-z_/]+\]?)"
    # What Go and browsers write again behind it.
    r"(?:[ ]?\(?\[?[A-Z][A-Za-z/_]+\]?\)?)?"
)
# 02.01.2021, as it is written here; with slashes and hyphens it could be February, unless one number can't be a month.
DAY_FIRST = re.compile(r"\A(\d{1,2})\.(\d{1,2})\.(\d{4})(?=\Z|[ ,T])")
EITHER = re.compile(r"\A(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?=\Z|[ ,T])")
OFFSETS = {"CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "WET": 0, "WEST": 1, "BST": 1, "EET": 2, "EEST": 3}
OFFSETS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
NUMERIC = re.compile(rf"{DAY}(?:(?:[Tt]|,?[ ](?:at[ ]|kl\.?[ ]?)?){CLOCK}(?:[ ]*{ZONE})?)?\Z")
MONTHS = ["jan", "feb", "mar", "apr", "ma[yij]", "jun", "jul", "aug", "sep", "o[ck]t", "nov", "de[cs]"]
NAMED = re.compile(
    r"(?:[A-Za-zæøåäö]{3,10}\.?,?[ ]+)?(?:(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[ ]+(?P<name>[A-Za-z]{3,9})\.?"
    r"|(?P<name2>[A-Za-z]{3,9})\.?[ ]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?),?[ ]+(?P<y>\d{4})"
    rf"(?:,?[ ]+(?:at[ ]+|kl\.?[ ]*)?{CLOCK}(?:[ ]*{ZONE})?)?\Z"
)
# 05-Mar-2018, 2018 Mar 5
WITH_HYPHENS = re.compile(r"\A(\d{1,2})-([A-Za-z]{3,9})-(\d{4})\b")
YEAR_FIRST = re.compile(r"\A(\d{4})[- ]([A-Za-z]{3,9})[- ](\d{1,2})(?=\Z|[ ,T])")
SECONDS = re.compile(r"(?P<whole>\d{10})(?:\d{3}|\.\d{1,9})?\Z")
COMPACT = re.compile(r"\A(\d{4})(\d\d)(\d\d)\Z")
# Of Emacs: <2018-03-05 Mon 09:05>
WEEKDAY = re.compile(r"(?<=\d) (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=\Z| )")
HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
NOT_SAID = {"created", "last modified", "git created", "git last modified", "now", "today", "never"}


def when(value, zone) -> datetime | None:
    """The moment in UTC. A day means noon, a time without a zone the chapter's clock. Raises NotUnderstood."""
    if value in (None, "") or isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return _in_utc(value, zone)
    if isinstance(value, date):
        return _in_utc(datetime.combine(value, time(12)), zone)
    text = as_text(value)
    # Eleventy's own words; the date in the file's name is the next best.
    if text.lower() in NOT_SAID | YES | NO:
        return None
    try:
        found = _read(text)
    except (ValueError, OverflowError, TypeError, KeyError):
        found = None
    if found is None:
        raise NotUnderstood(
            _("“{text}” isn’t a date we can read; 2026-05-04 and 2026-05-04 18:00 are", text=text[:40])
        )
    return _in_utc(found, zone)


def _in_utc(at, zone):
    # What Go and WordPress write for "never".
    if at.year < 1900:
        return None
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise NotUnderstood(_("“{date}” can’t be the date of a post", date=at)) from error


def _read(text):
    text = WEEKDAY.sub("", " ".join(text.translate(HYPHENS).strip("<>[]\"' ").split()))
    text = YEAR_FIRST.sub(r"\3 \2 \1", WITH_HYPHENS.sub(r"\1 \2 \3", EITHER.sub(_told, text)))
    text = COMPACT.sub(r"\1-\2-\3", DAY_FIRST.sub(r"\3-\2-\1", text))
    if match := SECONDS.match(text):
        return datetime.fromtimestamp(int(match["whole"]), UTC)
    if match := NUMERIC.match(text):
        return _moment(match, int(match["m"]), match["d"])
    if match := NAMED.match(text):
        return _moment(match, _month(match["name"] or match["name2"]), match["d"] or match["d2"])
    try:
        return datetime.fromisoformat(text) if "T" in text or " " in text else None
    except ValueError:
        return parsedate_to_datetime(text)


def _told(match):
    one, other = int(match[1]), int(match[3])
    if (one > 12) == (other > 12) and one != other:
        return match[0]
    day, month = (other, one) if other > 12 else (one, other)
    return f"{match[4]}-{month}-{day}"


def _month(name):
    return next(number for number, begin in enumerate(MONTHS, 1) if re.match(begin, name.lower()))


def _moment(match, month, day):
    day = date(int(match["y"]), month, int(day))
    if not match["h"]:
        return datetime.combine(day, time(12))
    hour, half = int(match["h"]), (match["half"] or "").lower()[:1]
    if hour > 24 or (half and not 1 <= hour <= 12):
        raise ValueError
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    # 24:00 is the end of the day.
    later = timedelta(days=1) if hour == 24 else timedelta()
    millionths = int((match["part"] or "0").ljust(6, "0")[:6])
    clock_time = time(hour % 24, int(match["min"]), int(match["s"] or 0) % 60, millionths)
    return datetime.combine(day, clock_time, tzinfo=_zone(match["zone"])) + later


def _zone(name):
    if not name:
        return None
    name = re.sub(r"\A(?:UTC|GMT)(?=.)", "", name)
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    if name in OFFSETS:
        return timezone(timedelta(hours=OFFSETS[name]))
    if name[0] not in "+-":
        return ZoneInfo(name.strip("[]"))
    hours, _, minutes = name[1:].partition(":")
    hours, minutes = (hours[:-2], hours[-2:]) if len(hours) > 2 else (hours, minutes)
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if name[0] == "-" else offset)

"""A VEVENT as we use it: an event, one that repeats, or one changed date of that."""

import hashlib
import re
from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from icalendar.prop import vDuration

from chapter import foreign_texts
from chapter.fields import clean_line, clean_text
from chapter.remarks import remark as _

from .lines import Component, Unreadable
from .moments import DAY, Moment, moment_of, whole_days

HOUR = timedelta(hours=1)
MAX_LENGTH = timedelta(days=31)
MAX_DATES = 2_000  # RDATE and EXDATE of a whole file
MAX_UID = 400
MAX_TITLE = 200
MAX_DESCRIPTION = 20_000
PUBLIC = {"", "PUBLIC", "0", "NORMAL"}
# Beside the standard: what Outlook and Apple’s server say of the same.
PRIVACY = ("CLASS", "X-MICROSOFT-CDO-SENSITIVITY", "X-MICROSOFT-SENSITIVITY", "X-CALENDARSERVER-ACCESS")
OFF = {"CANCELLED", "CANCELED"}
YES = {"TRUE", "1", "YES"}
# As Outlook, Google and people write it around the title of what is off.
WORDS_FOR_OFF = r"(?:cancell?ed|avlyst|kansellert|annullert|inställ[td]|avbokad|avbokat|avlyses|aflyst|abgesagt|geannuleerd|peruttu|annulée?)"
OFF_BEFORE = re.compile(rf"\s*[\[(]?\s*{WORDS_FOR_OFF}\s*(?:[:!\])–—-]|\s-)+\s*", re.IGNORECASE)
LATER_BEFORE = re.compile(r"\s*(?:postponed|utsatt|uppskjute[tn])\s*:\s*", re.IGNORECASE)
OFF_IN_CAPITALS = re.compile(r"\s*(?:CANCELL?ED|AVLYST|INSTÄLL[TD])\s+")
OFF_BEHIND = re.compile(rf"\s*(?:[\[(]\s*{WORDS_FOR_OFF}\s*[\])]|\s[–—-]\s*{WORDS_FOR_OFF})\s*!*\s*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """`length` is on the wall clock of `start`. `number` is its place in the file."""

    number: int
    uid: str
    title: str
    start: Moment
    length: timedelta
    source: Component
    rules: tuple[str, ...] = ()
    less_rules: tuple[str, ...] = ()
    more: tuple[tuple[Moment, timedelta | None], ...] = ()  # with a length of their own
    less: tuple[Moment, ...] = ()
    of_date: Moment | None = None
    and_future: bool = False
    is_cancelled: bool = False
    hidden: str = ""  # why it isn’t public
    version: tuple = (0, "")

    @property
    def what(self) -> str:
        """Its name in a report."""
        return f"{self.start.wall:%Y-%m-%d} {self.title[:100] or self.uid}"

    @property
    def repeats(self) -> bool:
        return bool(self.rules or self.more)

    @property
    def end(self) -> Moment:
        return self.start.at(self.start.wall + self.length)


def part_of(block: Component, zones, *, number: int, is_cancelled: bool, remarks: list[str]) -> Part:
    """Raises ValueError that says what the event lacks; what it can do without becomes a remark."""
    if not block.is_whole:
        # What says that it is private may stand in the other half.
        raise ValueError(_("its end is missing: the file breaks off or is damaged here"))
    starts = block.first("DTSTART")
    if starts is None or not starts.value.strip():
        raise ValueError(_("it has no start"))
    start = moment_of(starts.value, starts.params, zones)
    title = clean_line(foreign_texts.words_of_line(block.text("SUMMARY")))
    title, is_off = called_off(title)
    _say_too_long(block, title, remarks)
    start, length = _length(block, start, zones, remarks)
    changed = block.first("RECURRENCE-ID")
    sequence = block.text("SEQUENCE").strip()
    return Part(
        number=number,
        uid=_short(clean_line(block.text("UID"))) or f"{title[:200]} {start.wall:%Y%m%dT%H%M}",
        title=title,
        start=start,
        length=length,
        source=block,
        rules=_rules(block, "RRULE"),
        less_rules=_rules(block, "EXRULE"),
        more=tuple(_added(block, zones)),
        less=tuple(moment for text, params in _dates(block, "EXDATE") if (moment := moment_of(text, params, zones))),
        of_date=moment_of(changed.value, changed.params, zones) if changed else None,
        and_future=bool(changed) and changed.params.get("RANGE", "").upper() == "THISANDFUTURE",
        is_cancelled=bool(is_cancelled or is_off or block.text("STATUS").strip().upper() in OFF),
        hidden=_hidden(block),
        version=(
            int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 9 else 0,
            block.text("LAST-MODIFIED") or block.text("DTSTAMP"),
        ),
    )


def _hidden(block):
    if any(block.text(name).strip().upper() not in PUBLIC for name in PRIVACY):
        return _("it is private there")
    return _("it is a draft there") if block.text("STATUS").strip().upper() == "DRAFT" else ""


def called_off(title: str) -> tuple[str, bool]:
    """The title without “Canceled:” or its like around it, and whether that stood there."""
    found = OFF_BEFORE.match(title) or OFF_IN_CAPITALS.match(title)
    rest = title[found.end() :] if found else OFF_BEHIND.sub("", title)
    return rest or title, bool(found) or rest != title


def put_off(title: str) -> tuple[str, bool]:
    """The title without “Postponed:” before it, and whether that stood there."""
    rest = LATER_BEFORE.sub("", title, count=1) if LATER_BEFORE.match(title) else title
    return rest or title, bool(rest) and rest != title


def _say_too_long(block, title, remarks):
    if len(title) > MAX_TITLE:
        remarks.append(_("its title is cut after {number} characters", number=MAX_TITLE))
    if max(len(block.text(name)) for name in ("DESCRIPTION", "X-ALT-DESC")) > MAX_DESCRIPTION:
        remarks.append(_("its description is cut after {number} characters", number=MAX_DESCRIPTION))


def _short(uid):
    # Some are whole addresses; two of them may begin alike.
    if len(uid) <= MAX_UID:
        return uid
    return f"{uid[: MAX_UID - 33]} {hashlib.sha256(uid.encode()).hexdigest()[:32]}"


def _rules(block, name):
    # An empty RRULE is no rule.
    return tuple(found.value.strip() for found in block.all(name) if found.value.strip())


def _dates(block, name):
    for found in block.all(name):
        # With semicolons in vCalendar 1.0.
        texts = [text for text in found.value.replace(";", ",").split(",") if text.strip()]
        if len(texts) > MAX_DATES:
            raise Unreadable("too_many", _("This calendar has more than {number} single dates.", number=MAX_DATES))
        yield from ((text, found.params) for text in texts)


def _added(block, zones):
    for text, params in _dates(block, "RDATE"):
        starts, _, ends = text.partition("/")
        params = params if not ends else {**params, "VALUE": ""}
        start = moment_of(starts, params, zones)
        if not ends:
            yield start, None
        elif ends.strip().upper().lstrip("+").startswith("P"):
            yield start, _positive(_duration(ends))
        else:
            yield start, _positive(moment_of(ends, params, zones).wall_in(start.tz) - start.wall)


def _positive(length):
    return length if length > timedelta(0) else None


def _duration(text):
    found = vDuration.from_ical(text.strip().upper())
    if not isinstance(found, timedelta):
        raise ValueError(_("its duration can’t be read"))
    return found


def _length(block, start, zones, remarks):
    """(start, length): a day or an hour where the file says nothing, or an end before the start."""
    length = _said_length(block, start, zones, remarks)
    if length > MAX_LENGTH:
        raise ValueError(_("it lasts longer than a month"))
    wall = start.wall if start.is_day else _marked_midnight(block, start, length)
    if wall is None:
        return start, length if length > timedelta(0) else HOUR
    first, last = whole_days(wall, wall + max(length, timedelta(0)))
    return Moment(first, ZoneInfo(start.shown), start.shown, is_day=True), last - first


def _said_length(block, start, zones, remarks):
    try:
        if (ends := block.first("DTEND")) and ends.value.strip():
            return moment_of(ends.value, ends.params, zones).wall_in(start.tz) - start.wall
        if (lasts := block.first("DURATION")) and lasts.value.strip():
            return _duration(lasts.value)
    except (ValueError, OverflowError, TypeError):
        remarks.append(
            _("its end can’t be read: it lasts a day")
            if start.is_day
            else _("its end can’t be read: it lasts an hour")
        )
    return timedelta(0)


def _marked_midnight(block, start, length):
    """Where Outlook writes midnight to midnight, on its clock or in UTC, and says what it means in a line of its own."""
    marks = {block.text(name).strip().upper() for name in ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY")}
    if not marks & YES or length <= timedelta(0) or length % DAY:
        return None
    walls = (start.wall, start.wall_in(ZoneInfo(start.shown)))
    return next((wall for wall in walls if wall.time() == time()), None)


def description_of(part: Part) -> tuple[str, bool]:
    """(text, whether it says that it is HTML)."""
    said = clean_text(part.source.text("DESCRIPTION")).strip()
    if said:
        return said[:MAX_DESCRIPTION], False
    rich = part.source.first("X-ALT-DESC")
    if rich and "html" in rich.params.get("FMTTYPE", "").lower():
        return clean_text(rich.text).strip()[:MAX_DESCRIPTION], True
    return "", False

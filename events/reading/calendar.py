"""Read a foreign calendar (RFC 5545) without trusting it: bytes to entries within a window, and what was left out.

What is wrong with one entry is said of that entry; a file that is none, or made to do harm, raises `Unreadable`. The work is
bounded by the size of the file, the number of its entries and dates, a look at its rules (`rules`), and the limits of the
process that works them out (`apart`). Every VEVENT of the file is an entry, or is counted among what is refused, left out,
or outside the window.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chapter import foreign_texts
from chapter.fields import clean_line, clean_text
from chapter.remarks import Remark, about
from chapter.remarks import remark as _

from . import apart, rules
from .lines import Component, Unreadable, is_ours, read_lines
from .parts import MAX_DATES, MAX_TITLE, Part, description_of, part_of
from .places import whole_address
from .series import alone, asked_of, series_of, taken_back
from .zones import Zones

MAX_EVENTS = 500
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One event on one date. `recurrence` is the start that its rule gave it, in UTC; empty without a rule."""

    uid: str
    title: str
    start: datetime
    end: datetime
    zone: str
    is_whole_days: bool = False
    description: str = ""
    is_html: bool = False
    location: str = ""
    url: str = ""
    status: str = ""
    sequence: int = 0
    recurrence: str = ""
    is_cancelled: bool = False
    cancels_all: bool = False  # of a calendar that takes back every date of this UID


@dataclass
class Calendar:
    entries: list[Entry] = field(default_factory=list)  # by time
    troubles: list[tuple[str, str]] = field(default_factory=list)  # (what, why) of entries that cannot be read
    left_out: list[tuple[str, str]] = field(default_factory=list)  # (what, why) of entries that are not for us
    notes: list[str] = field(default_factory=list)  # what was read otherwise than it stands there
    # Of the notes those on zones and a missing end, which name no event.
    guesses: list[str] = field(default_factory=list)
    before: int = 0  # events, and series with all their dates, outside the window
    after: int = 0
    cut: int = 0  # series with dates before the window too
    found: int = 0  # VEVENTs in the file
    private: set[str] = field(default_factory=set)  # UIDs of what is private
    unread: set[str] = field(default_factory=set)  # UIDs of what is in the file and not among the entries
    is_ours: bool = False  # written by a site like this one


def read_calendar(content: bytes, *, zone: str, after: datetime, before: datetime) -> Calendar:
    """The entries that end after `after` and start before `before` (both aware). Raises Unreadable.

    `zone` is that of floating times and unknown zones, unless the calendar names one.
    """
    file = read_lines(content)
    calendar = Calendar(is_ours=any(map(is_ours, file.calendars)))
    _say_of_the_file(file, calendar)
    parts, zones = _parts(file.calendars, zone, calendar)
    series = [one for uid, found in parts.items() for one in series_of(uid, found, calendar.left_out)]
    _read_series(series, zones, (after, before), calendar)
    _say_zones(zones, calendar)
    calendar.entries.sort(key=lambda entry: (entry.start, entry.uid))
    if len(calendar.entries) > MAX_EVENTS:
        raise Unreadable(
            "too_many",
            _("This calendar has more than {number} events in the period you chose.", number=MAX_EVENTS),
        )
    return calendar


def _say_of_the_file(file, calendar):
    if file.is_cut:
        calendar.guesses.append(_("This file breaks off before its end. What should come after is missing."))
    if file.is_bare:
        calendar.notes.append(_("This file has events without a calendar around them (VCALENDAR)."))
    if file.letters:
        calendar.notes.append(_("This file’s letters are {letters}, not UTF-8.", letters=file.letters))
    for name, kind in (("VJOURNAL", _("journal entries (VJOURNAL)")), ("VTODO", _("tasks (VTODO)"))):
        if number := sum(part.name == name for one in file.calendars for part in one.parts):
            calendar.notes.append(_("Left out: {number} {kind}.", number=number, kind=kind))


def _say_zones(zones, calendar):
    calendar.guesses += dict.fromkeys(remark for one in zones for remark in one.remarks.values())
    calendar.notes += calendar.guesses


# Entries of the file


def _parts(calendars, zone, calendar) -> tuple[dict[str, list[Part]], list[Zones]]:
    parts, all_zones, dates = defaultdict(list), [], 0
    for one in calendars:
        zones = Zones(one, otherwise=zone)
        all_zones.append(zones)
        is_cancelled = one.text("METHOD").strip().upper() == "CANCEL"
        for block in one.parts:
            if block.name != "VEVENT":
                continue
            calendar.found += 1
            part = _part(block, zones, calendar, number=calendar.found, is_cancelled=is_cancelled)
            if part:
                parts[part.uid].append(part)
                dates += len(part.more) + len(part.less)
            if dates > MAX_DATES:
                raise Unreadable(
                    "too_many",
                    _("This calendar has more than {number} single dates.", number=MAX_DATES),
                )
    return parts, all_zones


def _part(block: Component, zones, calendar, **facts) -> Part | None:
    title = clean_line(block.text("SUMMARY"))[:100] or _("An entry without a title")
    remarks = []
    try:
        part = part_of(block, zones, remarks=remarks, **facts)
        # Beyond the years that there are.
        part.start.utc, part.end.utc  # noqa: B018
    except Unreadable:
        raise
    except (ValueError, OverflowError, KeyError, IndexError, TypeError) as error:
        why = str(error) if isinstance(str(error), Remark) else _("its lines can’t be read")
        calendar.troubles.append((title, why))
        return None
    calendar.notes += [about(title, remark) for remark in remarks]
    return part


# Dates


def _read_series(all_series, zones, window, calendar):
    plain, repeating = [], []
    for series in all_series:
        if series.master and series.master.hidden:
            calendar.left_out += [(part.what, series.master.hidden) for part in [series.master, *series.changed]]
            calendar.private.add(series.uid)
        else:
            (repeating if series.repeats else plain).append(series)
    for series in plain:
        _take(series, alone(series), window, calendar)
    for series, occurrences in _worked_out(repeating, zones, window, calendar):
        _take(series, occurrences, window, calendar)


def _worked_out(all_series, zones, window, calendar):
    # Naive, and a day wider than the window on any clock.
    after, before = (moment.astimezone(UTC).replace(tzinfo=None) for moment in window)
    after, before = after.replace(hour=0) - DAY, before + DAY
    asked, budget = [], rules.Budget()
    try:
        for series in all_series:
            remarks = []
            limits = {"zones": zones[0], "before": before, "budget": budget, "remarks": remarks}
            asked.append(asked_of(series, **limits))
            calendar.notes += [about(series.master.what, remark) for remark in remarks]
        answers = apart.dates_of(asked, after=after, before=before) if asked else []
    except rules.Exploding as error:
        raise Unreadable("exploding", _("This calendar is refused: {error}.", error=str(error))) from error
    except apart.Overrun as error:
        why = _("This calendar is refused: working out its repeating entries takes too long.")
        raise Unreadable("exploding", why) from error
    for series, answer in zip(all_series, answers, strict=True):
        if isinstance(answer, str):
            why = _("its dates can’t be worked out")
            calendar.troubles += [(part.what, why) for part in [series.master, *series.changed]]
        else:
            yield series, taken_back(series, answer)


def _take(series, occurrences, window, calendar):
    """The entries of a series within the window; what lies outside is counted, a series as one."""
    master, outside = series.master, Counter()
    calendar.unread.add(series.uid)
    for occurrence in occurrences:
        side = _side(occurrence, window)
        if side:
            outside[side] += 1
        elif occurrence.part.hidden:
            calendar.left_out.append((occurrence.part.what, occurrence.part.hidden))
        else:
            calendar.entries.append(_entry(series, occurrence))
    if not series.repeats:
        calendar.before += outside["before"]
        calendar.after += outside["after"]
        return
    _say_taken_out(series, occurrences, window, calendar)
    if len(occurrences) == outside.total():
        side = _side(master, window) or next(iter(outside), "")
        calendar.after += side == "after"
        calendar.before += side == "before"
    elif master.start.utc < window[0]:
        calendar.cut += 1


def _say_taken_out(series, occurrences, window, calendar):
    """What would be within the window and is no date of its series, since that takes it out (EXDATE, UNTIL)."""
    used = {occurrence.part.number for occurrence in occurrences}
    parts = [series.master, *series.changed] if not occurrences else series.changed
    calendar.left_out += [
        (part.what, _("its series has taken this date out"))
        for part in parts
        if part.number not in used and not _side(part, window)
    ]


def _side(occurrence, window):
    """Where an occurrence or a part lies."""
    if occurrence.end.utc <= window[0]:
        return "before"
    return "after" if occurrence.start.utc >= window[1] else ""


def _entry(series, occurrence):
    part, start, end = occurrence.part, occurrence.start.utc, occurrence.end.utc
    description, is_html = description_of(part)
    return Entry(
        uid=series.uid,
        # Some write of a changed date only what differs.
        title=(part.title or (series.master.title if series.master else ""))[:MAX_TITLE],
        start=start,
        end=end if end > start else start + HOUR,
        zone=part.start.shown,
        is_whole_days=part.start.is_day,
        description=description,
        is_html=is_html,
        location=clean_text(foreign_texts.words_of_line(part.source.text("LOCATION"))).strip()[:1000],
        url=_url(part.source),
        status=part.source.text("STATUS").strip().upper(),
        sequence=part.version[0],
        recurrence=_stamp(occurrence, series),
        is_cancelled=part.is_cancelled,
        cancels_all=part.is_cancelled and part.of_date is None and not part.repeats,
    )


def _stamp(occurrence, series):
    if occurrence.recurrence is None or not (series.repeats or series.changed):
        return ""
    return f"{occurrence.recurrence.utc:%Y%m%dT%H%M%SZ}"


def _url(block):
    found = block.first("URL")
    return whole_address(clean_line(found.value) if found else "")

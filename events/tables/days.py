"""Days and times as people, Excel, Google and Outlook write them in tables.

“12/01/2026” is 1 December or 12 January: which of the two is decided for each column, by a value that can only be the one, and
said in the report. A day with dots has the day first everywhere.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import formats

from chapter.remarks import Remark, in_each_language
from chapter.remarks import remark as _
from chapter.transfer import foreign_tables

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
ISO = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
NUMBERS = r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})"
WEEKDAY = r"(?:[^\W\d]{2,12}\.?,? +(?:den +)?)??"
# A year of two digits only as in “15-Oct-26”: in “15 Oct 18” it may be an hour.
NAMED = rf"{WEEKDAY}(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?[ -]+(?P<month>[^\W\d]{{3,10}})\.?,?[ -]+(?P<y>\d{{4}}|(?<=-)\d{{2}})"
MONTH_THEN_DAY = rf"{WEEKDAY}(?P<month>[^\W\d]{{3,10}})\.? +(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y>\d{{4}})"
CLOCK = r"(?P<kl>kl\.? *)?(?P<h>\d{1,2})(?:[:.](?P<min>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?)?(?: *(?P<half>[ap])\.?m\.?)?"
ONLY_CLOCK = re.compile(CLOCK, re.IGNORECASE)
MOMENTS = [re.compile(rf"{form}(?:[T ,]+{CLOCK})?", re.IGNORECASE) for form in (ISO, NUMBERS, NAMED, MONTH_THEN_DAY)]
HOUR = r"\d{1,2}(?:[:.]\d{2})?(?: *[ap]\.?m\.?)?"
SPAN = re.compile(
    rf"(?P<day>(?:.*? )??)(?:kl\.? *)?(?P<first>{HOUR}) *(?:[-–—]|til|till|to) *(?P<last>{HOUR})", re.IGNORECASE
)
HALF = re.compile(r" *[ap]\.?m\.?\Z", re.IGNORECASE)
BY_NUMBERS = re.compile(rf"{NUMBERS}(?!\d)")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ["jan"],
            ["feb"],
            ["mar"],
            ["apr"],
            ["mai", "maj", "may"],
            ["jun"],
            ["jul"],
            ["aug"],
            ["sep"],
            ["okt", "oct"],
            ["nov"],
            ["des", "dec"],
        ),
        start=1,
    )
    for name in names
}


class Wrong(ValueError):
    """A wrong value; the message says why."""


@dataclass(frozen=True)
class Said:
    """What a cell says: a naive moment (aware where it names an offset), and whether it says a time."""

    moment: datetime
    has_clock: bool


def said(value: str, *, order=DAY_FIRST, day: date | None = None) -> Said:
    """Raises ValueError; with `day` a time alone is enough."""
    # Also the narrow spaces that are between 5:30 and PM.
    value = " ".join(value.split())
    if day is not None and (clock := ONLY_CLOCK.fullmatch(value)) and _is_a_clock(clock):
        return Said(datetime.combine(day, _clock(clock)), True)
    for form in MOMENTS:
        if found := form.fullmatch(value):
            moment = datetime.combine(_day(found.groupdict(), order), time())
            if found["h"] is None:
                return Said(_sane(moment), False)
            if not _is_a_clock(found):
                continue
            return Said(_sane(datetime.combine(moment, _clock(found))), True)
    # 20261015, or 2026-W42-4, is a day.
    has_clock = "T" in value or ":" in value
    return Said(_sane(datetime.fromisoformat(value)), has_clock)


def span(value: str) -> tuple[str, str] | None:
    """The start and the end of “11:30–13:00”, “kl. 11–13” or “15.10.2026 5–7 pm”."""
    found = SPAN.fullmatch(" ".join(value.split()))
    if not found:
        return None
    first, last = found["first"], found["last"]
    if (half := HALF.search(last)) and not HALF.search(first):
        first += half[0]
    return f"{found['day']}kl {first}", f"kl {last}"


def is_clock(value: str) -> bool:
    found = ONLY_CLOCK.fullmatch(value)
    return bool(found) and _is_a_clock(found)


def _is_a_clock(found):
    # A number alone is none.
    return bool(found["min"] or found["half"] or found["kl"])


def _clock(found):
    hour, minute = int(found["h"]), int(found["min"] or 0)
    if half := (found["half"] or "").lower():
        if not 1 <= hour <= 12:
            raise ValueError(found[0])
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def _day(parts, order):
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if parts.get("month"):
        return date(year, MONTHS[parts["month"][:3].lower()], int(parts["d"]))
    if parts.get("m"):
        return date(year, int(parts["m"]), int(parts["d"]))
    first, second = int(parts["a"]), int(parts["b"])
    is_month_first = order == MONTH_FIRST and parts["mark"] != "."
    return date(year, first, second) if is_month_first else date(year, second, first)


def _sane(moment):
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise Wrong(_("{year} can’t be the year of a meetup", year=moment.year))
    return moment


# Which number is the month


def orders(rows: list[dict[str, str]], names: list[str], *, wanted: str = "") -> tuple[dict[str, str], list[str]]:
    """({column: order}, notes). Raises Unreadable for a column in which both orders stand."""
    found = {name: _evidence(rows, name) for name in names}
    used = {name: values for name, values in found.items() if values["any"]}
    decided = {name: _decided(name, values) for name, values in used.items()}
    others = next((order for order in decided.values() if order), "")
    american = MONTH_FIRST if _has_half_days(rows) else ""
    chosen = {name: wanted or order or others or american or DAY_FIRST for name, order in decided.items()}
    return chosen, [_note(name, used[name], chosen[name]) for name in used]


def _evidence(rows, name):
    values = {"any": "", DAY_FIRST: "", MONTH_FIRST: ""}
    for row in rows:
        found = BY_NUMBERS.match(row.get(name) or "")
        if not found or found["mark"] == ".":
            continue
        first, second = int(found["a"]), int(found["b"])
        values["any"] = values["any"] or found[0]
        if first > 12:
            values[DAY_FIRST] = values[DAY_FIRST] or found[0]
        elif second > 12:
            values[MONTH_FIRST] = values[MONTH_FIRST] or found[0]
    return values


def _decided(name, values):
    if values[DAY_FIRST] and values[MONTH_FIRST]:
        raise foreign_tables.Unreadable(
            _(
                "The column {name} has the day first and the month first: {one} and {other}.",
                name=name,
                one=values[DAY_FIRST],
                other=values[MONTH_FIRST],
            )
        )
    return next((order for order in (DAY_FIRST, MONTH_FIRST) if values[order]), "")


def _has_half_days(rows):
    # 11:30 AM beside numbers with slashes is how America writes.
    return any(
        re.search(r"\d ?[ap]\.?m\b", value or "", re.IGNORECASE) for row in rows[:100] for value in row.values()
    )


def _note(name, values, order):
    example = values[order] or values["any"]
    try:
        day = _day(BY_NUMBERS.match(example).groupdict(), order)
    except ValueError:
        return _read_with(name, order)
    said = {"name": name, "example": example, "day": _long_day(day)}
    if not values[order]:
        said["option"] = " No value tells which: --dates takes the other."
    if order == DAY_FIRST:
        return _("{name}: {example} was read as {day}, with the day first.", **said)
    return _("{name}: {example} was read as {day}, with the month first.", **said)


def _read_with(name, order):
    if order == DAY_FIRST:
        return _("{name}: read with the day first.", name=name)
    return _("{name}: read with the month first.", name=name)


def _long_day(day):
    return Remark(in_each_language(lambda: formats.date_format(day, "j F Y")))


def next_midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time()) + timedelta(days=1)

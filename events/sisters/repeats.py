"""The dates of a recurrence rule in a foreign calendar (RFC 5545, 3.3.10), with a bound on the work.

`dateutil` looks for the next date until the year 9999: a rule that never matches ("30 February, each day") keeps it busy
for seconds, and a file may hold hundreds. Here a rule is evaluated for the days of a window only, and each day counts
against the file's budget; a file that exceeds it is refused. Times are on the wall clock of the entry's zone.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
NUMBERS = {"BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYSETPOS": (-366, 366)}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *NUMBERS, *CLOCK}
MAX_RULE = 500  # characters
MAX_STEP = 1000


class UnreadableRule(ValueError):
    """The entry is skipped."""


class Exploding(ValueError):
    """A rule or a file that would keep a machine busy: the whole file is refused."""


class Budget:
    """How many days may be looked at, for a whole file."""

    def __init__(self, days=400_000):
        self.days = days

    def spend(self, days) -> None:
        self.days -= days
        if self.days < 0:
            raise Exploding("its repeating entries go on for too long")


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int
    count: int | None
    until: str
    week_start: int
    weekdays: tuple  # of (ordinal or 0, weekday)
    months: frozenset
    month_days: frozenset
    year_days: frozenset
    positions: tuple


def parse(text, start) -> Rule:
    """The rule of an entry that starts at the naive `start`. Raises UnreadableRule and Exploding."""
    parts = dict(_parts(text))
    freq = parts.get("FREQ", "")
    _refuse_explosions(freq, parts)
    if freq not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or not set(parts) <= KNOWN:
        raise UnreadableRule(f"its rule {text[:60]!r} cannot be read here")
    numbers = {name: _numbers(parts.get(name, ""), *bounds) for name, bounds in NUMBERS.items()}
    rule = Rule(
        freq=freq,
        interval=_number(parts.get("INTERVAL", "1"), 1, MAX_STEP),
        count=_number(parts["COUNT"], 1, 10**6) if "COUNT" in parts else None,
        until=parts.get("UNTIL", ""),
        week_start=_weekday(parts.get("WKST", "MO"))[1],
        weekdays=tuple(_weekday(day) for day in parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
        months=frozenset(numbers["BYMONTH"]),
        month_days=frozenset(numbers["BYMONTHDAY"]),
        year_days=frozenset(numbers["BYYEARDAY"]),
        positions=numbers["BYSETPOS"],
    )
    return _with_defaults(rule, start)


def _parts(text):
    if len(text) > MAX_RULE:
        raise UnreadableRule("its rule is too long")
    for part in text.upper().replace(" ", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        yield name, value


def _refuse_explosions(freq, parts):
    if freq in TOO_OFTEN:
        raise Exploding(f"it repeats {freq.lower()}")
    if any("," in parts.get(name, "") for name in CLOCK):
        raise Exploding("it repeats several times a day")


def _number(text, low, high):
    try:
        number = int(text) if len(text) < 8 else None
    except ValueError:
        number = None
    if number is None or not low <= number <= high:
        raise UnreadableRule(f"{text[:20]!r} in its rule is out of bounds")
    return number


def _numbers(text, low, high):
    return tuple(_number(part, low, high) for part in text.split(",")) if text else ()


def _weekday(text):
    ordinal, day = text[:-2], text[-2:]
    if day not in DAYS:
        raise UnreadableRule(f"{text[:20]!r} in its rule is no weekday")
    return (_number(ordinal, -53, 53) if ordinal else 0), DAYS[day]


def _with_defaults(rule, start):
    # Without BYDAY and the like, the start decides: weekly on that weekday, monthly on that day.
    if rule.weekdays or rule.month_days or rule.year_days or rule.freq == "DAILY":
        return rule
    if rule.freq == "WEEKLY":
        return _but(rule, weekdays=((0, start.weekday()),))
    months = rule.months or (frozenset({start.month}) if rule.freq == "YEARLY" else rule.months)
    return _but(rule, months=months, month_days=frozenset({start.day}))


def _but(rule, **changes):
    return Rule(**{**rule.__dict__, **changes})


def dates(rule, start, *, until, after, before, budget) -> Iterator[datetime]:
    """The naive starts from `start` on that lie in [after, before), in order; `until` is the naive last moment, or None.

    A start that does not match the rule is left out, as in dateutil; the caller adds it.
    """
    if until and until < after:
        return
    left = rule.count
    for period in _periods(rule, start.date(), after.date(), before.date()):
        budget.spend(len(period))
        for day in _chosen(rule, period):
            moment = datetime.combine(day, start.time())
            if moment < start:
                continue
            if moment >= before or (until and moment > until) or left == 0:
                return
            left = left - 1 if left else left
            if moment >= after:
                yield moment


def _periods(rule, start, after, before):
    """The days of each period of the rule that may reach into the window."""
    # With COUNT from the first. Else a number of steps that surely does not pass the beginning of the window.
    step = 0 if rule.count else max(0, (after - start).days // (LENGTHS[rule.freq] * rule.interval) - 1)
    while (period := _period(rule, start, step * rule.interval)) and period[0] <= before:
        yield period
        step += 1


LENGTHS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}


def _period(rule, start, number):
    """The days of the period `number` after that of `start`; empty after the year 9999."""
    try:
        if rule.freq == "DAILY":
            return [start + timedelta(days=number)]
        if rule.freq == "WEEKLY":
            first = start - timedelta(days=(start.weekday() - rule.week_start) % 7) + timedelta(weeks=number)
            return [first + timedelta(days=n) for n in range(7)]
        if rule.freq == "MONTHLY":
            return _month(start.year + (start.month - 1 + number) // 12, (start.month - 1 + number) % 12 + 1)
        return [day for month in range(1, 13) for day in _month(start.year + number, month)]
    except (ValueError, OverflowError):
        return []


def _month(year, month):
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _chosen(rule, period):
    days = [day for day in period if _is_named(rule, day)]
    if rule.positions:
        places = {position - 1 if position > 0 else len(days) + position for position in rule.positions}
        days = [day for place, day in enumerate(days) if place in places]
    return days


def _is_named(rule, day):
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or _either_end(day.day, _month_length(day)) & rule.month_days)
        and (not rule.year_days or _either_end(day.timetuple().tm_yday, _year_length(day)) & rule.year_days)
        and (not rule.weekdays or any(_is_weekday(rule, day, *wanted) for wanted in rule.weekdays))
    )


def _is_weekday(rule, day, ordinal, weekday):
    if day.weekday() != weekday:
        return False
    if not ordinal or rule.freq in {"DAILY", "WEEKLY"}:
        return True
    by_year = rule.freq == "YEARLY" and not rule.months
    place, length = (day.timetuple().tm_yday, _year_length(day)) if by_year else (day.day, _month_length(day))
    return ordinal in {(place - 1) // 7 + 1, -((length - place) // 7 + 1)}


def _either_end(place, length):
    # A day's number from the beginning, and from the end.
    return {place, place - length - 1}


def _month_length(day):
    return calendar.monthrange(day.year, day.month)[1]


def _year_length(day):
    return 366 if calendar.isleap(day.year) else 365

"""A cheap look at a recurrence rule, before a library works it out: what would keep a machine busy is refused here."""

import re
from datetime import datetime

from chapter.remarks import remark as _

from . import version_one

TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
DAYS_A_STEP = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
CLOCK = {"BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 59)}
NUMBERS = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYSETPOS": (-366, 366),
    "BYWEEKNO": (-53, 53),
    **CLOCK,
}
ORDER = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *NUMBERS)
WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
LONGEST_MONTHS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
MAX_RULE = 500  # characters
MAX_STEP = 1000
MAX_A_DAY = 24
FAR = 10**6


class UnreadableRule(ValueError):
    """The entry is read without this rule."""


class Exploding(ValueError):
    """A rule or a file that would keep a machine busy: the whole file is refused."""


class Budget:
    """How many days a library may look at, for a whole file."""

    def __init__(self, days=3_000_000):
        self.days = days

    def spend(self, days) -> None:
        self.days -= max(0, days)
        if self.days < 0:
            raise Exploding(_("its repeating entries go on for too long"))


def read_rule(text: str) -> dict[str, str]:
    """The parts of a rule that can be followed, in upper case. Raises UnreadableRule and Exploding."""
    rule = _parts(text)
    freq = rule.get("FREQ", "")
    if freq in TOO_OFTEN:
        raise Exploding(_("it repeats every second, minute or hour"))
    if freq not in DAYS_A_STEP or not set(rule) <= set(ORDER):
        raise UnreadableRule(_("the rule {text!r} can’t be followed here", text=text[:60]))
    for name, bounds in NUMBERS.items():
        _check_numbers(rule.get(name, ""), *bounds)
    _check_weekdays(rule)
    _check_number(rule.get("INTERVAL", "1"), 1, MAX_STEP)
    _check_times_a_day(rule)
    _check_days_of_months(rule)
    return _with_a_count(rule)


def _parts(text):
    if len(text) > MAX_RULE:
        raise UnreadableRule(_("its rule is too long"))
    text = version_one.as_rule(text).upper().replace(" ", "").removeprefix("RRULE:").strip(";")
    parts = (part.partition("=") for part in text.split(";") if part)
    return {name: value for name, _equals, value in parts if value}


def _check_number(text, low, high):
    try:
        number = int(text) if len(text) < 8 and text.isascii() else None
    except ValueError:
        number = None
    if number is None or not low <= number <= high:
        raise UnreadableRule(_("{text!r} in its rule is out of bounds", text=text[:20]))
    return number


def _check_numbers(text, low, high):
    return [_check_number(part, low, high) for part in text.split(",")] if text else []


def _check_weekdays(rule):
    for day in [rule.get("WKST", "MO"), *(rule["BYDAY"].split(",") if "BYDAY" in rule else ())]:
        found = WEEKDAY.match(day)
        if not found or (found[1] and not 1 <= abs(int(found[1])) <= 53):
            raise UnreadableRule(_("{day!r} in its rule isn’t a weekday", day=day[:20]))


def _check_times_a_day(rule):
    times = 1
    for name in CLOCK:
        times *= len(rule[name].split(",")) if name in rule else 1
    if times > MAX_A_DAY:
        raise Exploding(_("it repeats many times a day"))


def _check_days_of_months(rule):
    months = _check_numbers(rule.get("BYMONTH", ""), 1, 12) or list(LONGEST_MONTHS)
    days = _check_numbers(rule.get("BYMONTHDAY", ""), -31, 31)
    if 0 in days or (days and min(map(abs, days)) > max(LONGEST_MONTHS[month] for month in months)):
        raise UnreadableRule(_("its rule names a day that no month has"))


def _with_a_count(rule):
    # -1 is how some programs write “for ever”.
    if "COUNT" in rule and _check_number(rule["COUNT"], -1, FAR) < 0:
        del rule["COUNT"]
    if rule.get("COUNT") == "0":
        raise UnreadableRule(_("its rule gives no dates"))
    return rule


def cost(rule: dict[str, str], start: datetime, *, until: datetime | None, before: datetime) -> int:
    """How many days a library looks at, at most, up to the end of the window."""
    last = min(before, until or before)
    days = (last - start).days // int(rule.get("INTERVAL", "1"))
    if "COUNT" in rule and not any(name.startswith("BY") for name in rule):
        return min(days, int(rule["COUNT"]) * DAYS_A_STEP[rule["FREQ"]])
    return days


def written(rule: dict[str, str], until: datetime | None) -> str:
    """The rule on one wall clock, its end with it."""
    said = {**rule, "UNTIL": f"{until:%Y%m%dT%H%M%S}"} if until else {k: v for k, v in rule.items() if k != "UNTIL"}
    return ";".join(f"{name}={said[name]}" for name in ORDER if name in said)

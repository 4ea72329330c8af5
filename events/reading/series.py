"""The dates of the entries of one UID: put on one wall clock for `dates.py`, and taken back from there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from chapter.remarks import remark as _

from . import rules
from .moments import Moment, moment_of
from .parts import Part

LAST_SECOND = timedelta(days=1, seconds=-1)
NO_END = 9999
RULE_OF_A_DATE = "RRULE:FREQ=DAILY;COUNT=1"


@dataclass
class Series:
    """The entries of one event: `master` repeats, `changed` are single dates of it."""

    uid: str
    master: Part | None
    changed: list[Part] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        return self.master is not None and self.master.repeats


@dataclass(frozen=True)
class Occurrence:
    part: Part
    start: Moment
    end: Moment
    recurrence: Moment | None  # the start that the rule gave


def series_of(uid: str, parts: list[Part], left_out: list[tuple[str, str]]) -> Iterable[Series]:
    """What one UID stands for: one event with its changed dates, or several where a program gave all the same."""
    masters = _latest([part for part in parts if part.of_date is None], left_out, key=lambda part: part.start.utc)
    newest = max((part.version[0] for part in masters), default=0)
    for part in masters:
        if part.version[0] < newest:
            left_out.append((part.what, _("the file has a later version of it")))
    masters = [part for part in masters if part.version[0] == newest]
    changed = _latest([part for part in parts if part.of_date], left_out, key=lambda part: part.of_date.utc)
    if len(masters) < 2:
        if masters or changed:
            yield Series(uid, masters[0] if masters else None, changed)
        return
    main = next((part for part in masters if part.repeats), masters[0])
    for name, part in _named_apart(uid, masters):
        yield Series(name, part, changed if part is main else [])


def _named_apart(uid, masters):
    # None of them keeps the bare UID: which is the first may be another one the next time.
    names = set()
    for part in masters:
        name = f"{uid[:300]} {part.start.utc:%Y%m%dT%H%M%SZ}"
        name = name if name not in names else f"{name} {part.title[:60]}"
        names.add(name)
        yield name, part


def _latest(parts, left_out, *, key):
    """One of each date, that of the latest version."""
    found = {}
    for part in sorted(parts, key=lambda part: part.version):
        older = found.get(key(part))
        if older and older.title != part.title and older.of_date is None and older.version[0] == part.version[0]:
            # Two events at the same time, under one UID.
            found[key(part), part.title] = part
            continue
        if older:
            left_out.append((older.what, _("the file has a later version of it")))
        found[key(part)] = part
    return sorted(found.values(), key=lambda part: part.number)


def asked_of(series: Series, *, zones, before, budget, remarks) -> dict:
    """What `dates.py` is asked. Rules that cannot be followed become remarks; raises rules.Exploding."""
    master = series.master
    lines = [*_span(master.start.wall, master.start.wall + master.length), f"SEQUENCE:{master.version[0]}"]
    limits = {"zones": zones, "before": before, "budget": budget, "remarks": remarks}
    lines += [f"RRULE:{rule}" for rule in _rules(master.rules, master, **limits)]
    lines += [_added(master, moment, length) for moment, length in master.more]
    lines += [_taken_out(master, moment) for moment in master.less]
    parts = [{"number": master.number, "lines": lines}]
    for part in series.changed:
        start = part.start.wall_in(master.start.tz)
        range_ = ";RANGE=THISANDFUTURE" if part.and_future else ""
        date = f"RECURRENCE-ID{range_}:{_stamp(_wall_of(master, part.of_date))}"
        lines = [*_span(start, start + part.length), date, f"SEQUENCE:{part.version[0]}"]
        if part.rules:
            # The library tells by it which of two versions is out of date; it makes no dates of it.
            lines.append(RULE_OF_A_DATE)
            remarks.append(_("one changed date has a rule of its own, which is left out"))
        parts.append({"number": part.number, "lines": lines})
    return {"parts": parts, "less_rules": _rules(master.less_rules, master, **limits)}


def taken_back(series: Series, answer) -> list[Occurrence]:
    parts = {part.number: part for part in [series.master, *series.changed]}
    return [_occurrence(series, parts[number], *map(datetime.fromisoformat, walls)) for number, *walls in answer]


def alone(series: Series) -> list[Occurrence]:
    """Of an event that does not repeat, or of changed dates without one that does."""
    parts = [*([series.master] if series.master else []), *series.changed]
    return [Occurrence(part, part.start, part.end, part.of_date and _given(part)) for part in parts]


def _given(part):
    return part.start.at(_wall_of(part, part.of_date))


def _occurrence(series, part, start, end, _recurrence):
    master = series.master
    if part is master:
        return Occurrence(master, master.start.at(start), master.start.at(end), master.start.at(start))
    given = _wall_of(master, part.of_date)
    moved = start - part.start.wall_in(master.start.tz)
    if not moved:
        return Occurrence(part, part.start, part.end, master.start.at(given))
    # A later date of “this and all future”.
    return Occurrence(
        part,
        part.start.at(part.start.wall + moved),
        part.end.at(part.end.wall + moved),
        master.start.at(given + moved),
    )


# On one wall clock


def _span(start, end):
    return f"DTSTART:{_stamp(start)}", f"DTEND:{_stamp(end)}"


def _stamp(wall):
    return f"{wall:%Y%m%dT%H%M%S}"


def _wall_of(master: Part, moment: Moment) -> datetime:
    """The date of a series that a moment names, on its wall clock: a day means the time that it has on that day."""
    if master.start.is_day:
        return datetime.combine(moment.day_in(master.start.tz), time())
    if moment.is_day:
        return datetime.combine(moment.wall.date(), master.start.wall.time())
    return moment.wall_in(master.start.tz)


def _added(master, moment, length):
    wall = _wall_of(master, moment)
    if length is None:
        return f"RDATE:{_stamp(wall)}"
    return f"RDATE;VALUE=PERIOD:{_stamp(wall)}/{_stamp(wall + length)}"


def _taken_out(master, moment):
    if moment.is_day and not master.start.is_day:
        return f"EXDATE;VALUE=DATE:{moment.wall:%Y%m%d}"
    return f"EXDATE:{_stamp(_wall_of(master, moment))}"


def _rules(texts, master, *, zones, before, budget, remarks):
    found = []
    for text in texts:
        try:
            rule = rules.read_rule(text)
            until = _until(rule.get("UNTIL", ""), master, zones)
            budget.spend(rules.cost(rule, master.start.wall, until=until, before=before))
            found.append(rules.written(rule, until))
        except rules.UnreadableRule as error:
            remarks.append(str(error))
        except (ValueError, OverflowError) as error:
            if isinstance(error, rules.Exploding):
                raise
            remarks.append(_("the rule {text!r} can’t be followed here", text=text[:60]))
    return found


def _until(text, master, zones):
    """The naive last start that a rule allows. A date includes that whole day; the year 9999 means for ever."""
    if not text or text.startswith(str(NO_END)):
        return None
    last = moment_of(text, {}, zones)
    if master.start.is_day:
        return datetime.combine(last.day_in(master.start.tz), time())
    if last.is_day:
        return last.wall + LAST_SECOND
    # Without a Z it is on the clock of the start (RFC 2445).
    return last.wall if not text.rstrip().upper().endswith("Z") else last.wall_in(master.start.tz)

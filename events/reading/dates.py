"""The dates of repeating entries, in a process of its own: `python dates.py < series.json > dates.json`.

Started by `apart`, never imported. The library looks for the next date until the year 9999, so this process may be killed by
its own limits. It knows no time zones: each series comes on one wall clock, so nothing of a file can outlast it here.
"""

import json
import resource
import sys
from datetime import datetime, timedelta

CPU_SECONDS = 10
MEMORY = 768 * 1024 * 1024
MARGIN = timedelta(days=62)  # what begins before the window may reach into it


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    after, before = (datetime.fromisoformat(asked[name]) for name in ("after", "before"))
    json.dump([_answer(series, after, before) for series in asked["series"]], sys.stdout)


def _answer(series, after, before):
    """[[number of the part, start, end, the date that the rule gave]], or the text of what is wrong."""
    try:
        return _dates(_calendar(series, _taken_out(series, after, before)), after, before)
    except (ValueError, TypeError, OverflowError, KeyError, IndexError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"[:200]


def _taken_out(series, after, before):
    """The dates of the rules of exceptions (EXRULE of RFC 2445), which the library does not know."""
    if not series["less_rules"]:
        return []
    from dateutil.rrule import rrulestr

    first = datetime.strptime(series["parts"][0]["lines"][0].partition(":")[2], "%Y%m%dT%H%M%S")
    rules = [rrulestr(rule, dtstart=first) for rule in series["less_rules"]]
    return [moment for rule in rules for moment in rule.between(after - MARGIN, before, inc=True)]


def _calendar(series, less):
    from icalendar import Calendar

    lines = ["BEGIN:VCALENDAR"]
    for part in series["parts"]:
        lines += ["BEGIN:VEVENT", "UID:x", f"X-PART:{part['number']}", *part["lines"]]
        if part is series["parts"][0]:
            lines += [f"EXDATE:{moment:%Y%m%dT%H%M%S}" for moment in less]
        lines.append("END:VEVENT")
    return Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]))


def _dates(calendar, after, before):
    import recurring_ical_events

    found = recurring_ical_events.of(calendar, components=["VEVENT"]).between(after, before)
    return [
        [int(event["X-PART"]), event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(), _recurrence(event)]
        for event in found
    ]


def _recurrence(event):
    return event["RECURRENCE-ID"].dt.isoformat() if "RECURRENCE-ID" in event else event["DTSTART"].dt.isoformat()


if __name__ == "__main__":
    main()

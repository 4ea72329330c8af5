"""Calendars of others, written down for tests."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from events import reading

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WINDOW = {"zone": "Europe/Oslo", "after": NOW - timedelta(days=730), "before": NOW + timedelta(days=365)}
MONTHLY = "UID:m\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20260115T113000\nRRULE:FREQ=MONTHLY;BYDAY=3TH;COUNT=12"


def calendar(*events, head=""):
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events, **options):
    return reading.read_calendar(calendar(*events, **options), **WINDOW)


def starts(*events, zone="Europe/Oslo", **options):
    """The local starts of what is read."""
    found = read(*events, **options).entries
    return [f"{entry.start.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for entry in found]


def event(*lines, start="DTSTART;TZID=Europe/Oslo:20260701T113000", uid="a"):
    return "\n".join([f"UID:{uid}", "SUMMARY:A", start, *lines])

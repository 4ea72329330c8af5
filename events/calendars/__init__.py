"""Calendar files and feeds (ICS)."""

from .ics import (
    Entry,
    calendar,
    compose,
    etag,
    event_ics,
    events_ics,
    feed_ics,
    limits_sentence,
    local_time,
    summary_of,
)
from .links import add_links, feed_url, place_of, subscribe_links
from .views import calendar_file

__all__ = [
    "Entry",
    "add_links",
    "calendar",
    "calendar_file",
    "compose",
    "etag",
    "event_ics",
    "events_ics",
    "feed_ics",
    "feed_url",
    "limits_sentence",
    "local_time",
    "place_of",
    "subscribe_links",
    "summary_of",
]

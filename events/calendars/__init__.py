"""Calendar files and feeds (ICS)."""

from .ics import calendar, etag, event_ics, events_ics, feed_ics, limits_sentence
from .links import add_links, feed_url, subscribe_links
from .views import calendar_file

__all__ = [
    "add_links",
    "calendar",
    "calendar_file",
    "etag",
    "event_ics",
    "events_ics",
    "feed_ics",
    "feed_url",
    "limits_sentence",
    "subscribe_links",
]

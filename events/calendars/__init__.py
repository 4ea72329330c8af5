"""Calendar files and feeds (ICS)."""

from . import links
from .ics import calendar, etag, event_ics, events_ics, feed_ics
from .links import feed_url
from .views import calendar_file

__all__ = ["calendar", "calendar_file", "etag", "event_ics", "events_ics", "feed_ics", "feed_url", "links"]

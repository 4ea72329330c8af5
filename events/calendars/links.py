"""Links that add an event to one of the large calendars, or subscribe to a feed."""

from datetime import UTC
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK_COM = "https://outlook.live.com/calendar/action/compose"
MICROSOFT_365 = "https://outlook.cloud.microsoft/calendar/deeplink/compose"


def add_links(event) -> list[tuple[str, str]]:
    # A copy never changes; the feed does.
    title = event.wording.title if event.wording else event.slug
    about = settings.SITE_URL + event.get_absolute_url()
    texts = {"title": title, "about": about, "place": place_of(event)}
    outlook = _outlook_query(event, **texts)
    return [
        (_("Google Calendar"), _google_link(event, **texts)),
        (_("Outlook.com"), f"{OUTLOOK_COM}?{outlook}"),
        (_("Microsoft 365"), f"{MICROSOFT_365}?{outlook}"),
    ]


def subscribe_links(feed=None) -> list[tuple[str, str]]:
    feed = feed or feed_url()
    webcal = "webcal://" + feed.partition("://")[2]
    return [
        (_("Calendar on this device"), webcal),
        (_("Google Calendar"), f"{GOOGLE}?{_query(cid=webcal)}"),
    ]


def feed_url(**filters) -> str:
    return settings.SITE_URL + reverse("events_feed") + (f"?{_query(**filters)}" if filters else "")


def place_of(event) -> str:
    # Never the link to the online meeting.
    online = _("Online") if event.is_online else ""
    return " / ".join(filter(None, [event.venue and event.venue.line, online]))


def _query(**values):
    return urlencode(values, quote_via=quote)


def _google_link(event, *, title, about, place):
    start, end = _start_and_end(event, "%Y%m%d", "%Y%m%dT%H%M%SZ")
    query = _query(
        action="TEMPLATE", dates=f"{start}/{end}", ctz=event.time_zone, text=title, details=about, location=place
    )
    return f"{GOOGLE}?{query}"


def _outlook_query(event, *, title, about, place):
    start, end = _start_and_end(event, "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")
    whole = {"allday": "true"} if event.is_whole_days else {}
    return _query(
        path="/calendar/action/compose",
        rru="addevent",
        startdt=start,
        enddt=end,
        subject=title,
        body=about,
        location=place,
        **whole,
    )


def _start_and_end(event, day, moment):
    # The end of whole days is the day after the last one, as in a calendar file.
    if event.is_whole_days:
        return event.local_start.strftime(day), event.local_end.strftime(day)
    return tuple(at.astimezone(UTC).strftime(moment) for at in (event.starts_at, event.ends_at))

"""An event as schema.org data (JSON-LD), true for every state it can be in."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

# "</script>" in a title must not end the element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
SCHEMA = "https://schema.org"
MAX_DESCRIPTION = 1000


def event_json_ld(event, chapter, card) -> SafeString:
    """JSON-LD, safe inside a script element, of an event from `for_tickets()`."""
    return SafeString(
        json.dumps({**event_data(event, chapter), "image": [card["address"]]}, ensure_ascii=False).translate(ESCAPES)
    )


def event_data(event, chapter) -> dict:
    wording = event.wording
    data = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": wording.title if wording else event.slug,
        "description": wording.body_text[:MAX_DESCRIPTION] if wording else "",
        "inLanguage": wording.language if wording else settings.LANGUAGE_CODE,
        "url": address_of(event),
        "startDate": event.start_iso,
        "endDate": (event.last_day if event.is_whole_days else event.local_end).isoformat(),
        "eventStatus": f"{SCHEMA}/{status_of(event)}",
        "eventAttendanceMode": f"{SCHEMA}/{mode_of(event)}",
        "location": locations_of(event),
        "organizer": {"@type": "Organization", "name": chapter.name, "url": settings.SITE_URL + reverse("home")},
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in {**data, **moved(event), **seats(event)}.items() if value not in ("", [])}


def address_of(event) -> str:
    return settings.SITE_URL + event.get_absolute_url()


def status_of(event) -> str:
    if event.is_cancelled:
        return "EventCancelled"
    if event.is_postponed:
        return "EventPostponed"
    return "EventRescheduled" if was_moved(event) else "EventScheduled"


def was_moved(event):
    return event.moved_from is not None and event.moved_from != event.starts_at


def moved(event):
    # A cancelled or postponed event keeps the date it had.
    if not (event.is_published and was_moved(event)):
        return {}
    return {"previousStartDate": event.old_start.isoformat()}


def mode_of(event) -> str:
    if event.venue and event.is_online:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.is_online else "OfflineEventAttendanceMode"


def locations_of(event):
    # For an online meeting this site's page: the link itself is only for those who are going.
    places = [_place(event.venue)] if event.venue else []
    if event.is_online:
        places.append({"@type": "VirtualLocation", "url": address_of(event)})
    return places[0] if len(places) == 1 else places


def _place(venue):
    parts = {"streetAddress": venue.address, "addressLocality": venue.city}
    known = {name: part for name, part in parts.items() if part}
    # Search engines ask for an address: where only a name is known, it is the name.
    address = {"@type": "PostalAddress", **known} if known else venue.name
    return {"@type": "Place", "name": venue.name, "address": address}


def seats(event):
    if event.capacity is None:
        return {}
    left = event.seats_left if event.is_open else 0
    return {"maximumAttendeeCapacity": event.capacity, "remainingAttendeeCapacity": left}

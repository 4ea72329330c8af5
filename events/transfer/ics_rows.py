"""The rows that the entries of a calendar become."""

from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from chapter import foreign_texts, languages
from chapter.transfer import OUR_SOURCE

from .. import reading
from ..models import Event, Venue
from .event_row import UNSAID, EventRow

# STATUS as our own calendars write it.
OUR_STATES = {"CANCELLED": Event.State.CANCELLED, "TENTATIVE": Event.State.POSTPONED}


def row_of(entry, *, language, source, is_ours) -> EventRow:
    if is_ours and (row := _own_row(entry, language=language)):
        return row
    return EventRow(
        source=source or "ics",
        external_id=f"{entry.uid} {entry.recurrence}".strip(),
        starts_at=entry.start,
        ends_at=entry.end,
        time_zone=entry.zone,
        is_whole_days=entry.is_whole_days,
        texts={language: (entry.title, foreign_texts.as_markdown(entry.description))},
        url=entry.url,
        state=Event.State.CANCELLED if entry.is_cancelled else UNSAID,
        **_place(entry.location),
    )


def _place(text):
    """A venue, an online meeting, or both."""
    place = reading.place_of(text)
    said = {"online_url": place.online_url} if place.online_url else {}
    if place.name:
        said["venue"] = {"name": place.name, "address": place.address, "city": place.city}
    return said


# What a site like this one wrote


def _own_row(entry, *, language):
    """The row of an event with the UID that it has there; None without one."""
    try:
        uid = UUID(entry.uid)
    except ValueError:
        return None
    place = Venue.parts_of(entry.location.partition(" / ")[0])
    row = EventRow(
        uid=uid,
        source=OUR_SOURCE,
        external_id=str(uid),
        starts_at=entry.start,
        ends_at=entry.end,
        time_zone=entry.zone,
        is_whole_days=entry.is_whole_days,
        texts={language: (_without_state(entry.title), entry.description)},
        url=entry.url,
        sequence=entry.sequence,
        state=OUR_STATES.get(entry.status, Event.State.PUBLISHED),
        slug=urlsplit(entry.url).path.rstrip("/").rpartition("/")[2],
        venue=place if place["name"] and "://" not in place["name"] else UNSAID,
    )
    # Texts and place of an event that has this UID here are fuller here than in a calendar.
    if event := Event.objects.filter(uid=uid).first():
        texts = {text.language: (text.title, text.body) for text in event.wordings.current()}
        return replace(row, texts=texts, venue=UNSAID)
    return row


def _without_state(title):
    # Our calendars put this word before the title of a cancelled or postponed event.
    for language in languages.CODES:
        with translation.override(language):
            for sentence in (gettext("CANCELLED: %(title)s"), gettext("POSTPONED: %(title)s")):
                title = title.removeprefix(sentence % {"title": ""})
    return title

"""What the pages of photos share."""

from django.db.models import Prefetch

from chapter import languages
from chapter.wordings import best_wordings, main_language

from ..models import Event, EventWording


def language_of(event):
    """The language that photos of an event are described in, where that is not the page's; one query."""
    language = main_language(event)
    return language if language and language != languages.current() else ""


def with_titles(photos):
    """Photos of several events, each with its image and its event's best title; three queries."""
    events = Event.objects.prefetch_related(best_wordings(EventWording))
    return photos.select_related("image").prefetch_related(Prefetch("event", events))


def neighbours(photo, ids):
    """(number, previous key or None, next key or None) of a photo among `ids`."""
    place = ids.index(photo.pk)
    return place + 1, ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None
